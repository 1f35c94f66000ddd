//! *New Orders*, and what can be filtered by.

use std::collections::{BTreeMap, HashMap};

use super::Figures;
use super::ask::{ALL, Ask, Dimension, date_of};
use super::model::{Choice, Choices, InCurrency, Line, NewOrders, Part};
use super::spans::{Spans, spans};
use crate::error::ServiceError;
use crate::orders::store::figures::sums::{self, SumsRow};
use crate::orders::store::figures::{counting, days};

/// Values of a dimension that can be chosen from; others can still be asked for.
const CHOICES_MAX: usize = 200;

/// More than a period has.
const STALE_MAX: usize = 100_000;

/// Products' names by their numbers.
pub(super) type Names = HashMap<String, String>;

/// What is being added up of one currency.
#[derive(Default)]
struct Adding {
    total: Part,
    days: BTreeMap<i64, Part>,
    by: BTreeMap<Dimension, HashMap<String, Part>>,
}

#[derive(Default)]
struct All {
    currencies: BTreeMap<String, Adding>,
    is_counting: bool,
}

impl Part {
    fn add(&mut self, row: &SumsRow) {
        let of = match row.kind.as_str() {
            "renewal" => &mut self.renewals,
            "failed" => &mut self.failed,
            _ => &mut self.new,
        };
        of.add(&row.sums());
    }
}

impl All {
    fn add(&mut self, row: SumsRow) {
        let adding = self.currencies.entry(row.currency.clone()).or_default();
        if row.dimension == ALL {
            adding.total.add(&row);
            adding.days.entry(row.on_day).or_default().add(&row);
        } else if let Some(dimension) = Dimension::parse(&row.dimension) {
            let parts = adding.by.entry(dimension).or_default();
            match parts.get_mut(&row.choice) {
                Some(part) => part.add(&row),
                None => parts.entry(row.choice.clone()).or_default().add(&row),
            }
        }
    }

    fn shown(self, names: &Names) -> NewOrders {
        let mut currencies: Vec<InCurrency> = self
            .currencies
            .into_iter()
            .map(|(currency, adding)| InCurrency {
                currency,
                total: adding.total,
                days: adding.days.into_iter().map(|(day, part)| (date_of(day), part)).collect(),
                by: adding.by.into_iter().map(|(dimension, parts)| (dimension, lines(dimension, parts, names))).collect(),
            })
            .collect();
        currencies.sort_by(|a, b| b.total.new.orders.cmp(&a.total.new.orders).then_with(|| a.currency.cmp(&b.currency)));
        NewOrders { currencies, is_counting: self.is_counting }
    }
}

fn lines(dimension: Dimension, parts: HashMap<String, Part>, names: &Names) -> Vec<Line> {
    let name = |value: &str| if dimension == Dimension::Product { names.get(value).cloned() } else { None };
    let mut lines: Vec<Line> = parts.into_iter().map(|(value, part)| Line { name: name(&value), value, part }).collect();
    let size = |line: &Line| (line.part.new.revenue, line.part.new.orders, line.part.renewals.revenue, line.part.failed.orders);
    lines.sort_by(|a, b| size(b).cmp(&size(a)).then_with(|| a.value.cmp(&b.value)));
    lines
}

/// How finely *New Orders* is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Detail {
    /// Whole months stand in the series by their first days.
    pub by_month: bool,
    /// With the values of each dimension.
    pub is_broken_down: bool,
}

impl Detail {
    const WHOLE: Self = Self { by_month: false, is_broken_down: true };
}

impl Figures<'_> {
    /// New orders, and beside them renewals and payments that failed.
    pub async fn new_orders(&self, ask: &Ask) -> Result<NewOrders, ServiceError> {
        self.new_orders_in(ask, Detail::WHOLE).await
    }

    pub async fn new_orders_in(&self, ask: &Ask, detail: Detail) -> Result<NewOrders, ServiceError> {
        let mut all = All::default();
        for account in self.accounts(ask).await? {
            self.add_account(&mut all, &account, ask, detail).await?;
        }
        let names = if detail.is_broken_down { self.names(ask).await? } else { Names::default() };
        Ok(all.shown(&names))
    }

    async fn add_account(&self, all: &mut All, account: &str, ask: &Ask, detail: Detail) -> Result<(), ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let period = ask.kept_days();
        let zone = self.0.0.events.zone().name();
        let is_given = days::state(&pool, account).await?.is_some_and(|state| state.zone == zone && state.counted_to.is_none());
        let mut read = pool.acquire().await.map_err(crate::db::DbError::from)?;
        let mut stale = counting::stale(&mut read, account, true, STALE_MAX).await?;
        drop(read);
        stale.retain(|day, _| (period.0..=period.1).contains(day));
        all.is_counting |= !is_given || !stale.is_empty();
        // Of these only new customers may be others.
        stale.retain(|_, late| !*late);
        let of_sales = async |stretch| sums::of_sales(&pool, account, stretch, &ask.filter, detail.is_broken_down).await;
        if !ask.filter.is_empty() {
            of_sales(period).await?.into_iter().for_each(|row| all.add(row));
            return Ok(());
        }
        let Spans { months, days, sales } = spans(period, &stale);
        if !detail.by_month {
            let series = sums::series(&pool, account, "day", period).await?;
            series.into_iter().filter(|row| !stale.contains_key(&row.on_day)).for_each(|row| all.add(row));
        }
        for (span, stretches) in [("month", months), ("day", days)] {
            for stretch in stretches {
                if detail.by_month {
                    sums::series(&pool, account, span, stretch).await?.into_iter().for_each(|row| all.add(row));
                }
                if detail.is_broken_down {
                    sums::breakdown(&pool, account, span, stretch).await?.into_iter().for_each(|row| all.add(row));
                }
            }
        }
        for stretch in sales {
            of_sales(stretch).await?.into_iter().for_each(|row| all.add(row));
        }
        Ok(())
    }

    /// What sales of the period can be narrowed down to. `all`: those of the period, whatever they are narrowed down to.
    pub async fn choices(&self, all: &NewOrders) -> Result<Choices, ServiceError> {
        let by = Dimension::ALL.iter().map(|dimension| {
            let mut counts: HashMap<&str, (i64, Option<&str>)> = HashMap::new();
            for line in all.currencies.iter().flat_map(|of| of.by(*dimension)) {
                let count = line.part.new.orders + line.part.renewals.orders + line.part.failed.orders;
                let entry = counts.entry(&line.value).or_insert((0, line.name.as_deref()));
                entry.0 += count;
            }
            let mut counts: Vec<_> = counts.into_iter().collect();
            counts.sort_by(|a, b| b.1.0.cmp(&a.1.0).then_with(|| a.0.cmp(b.0)));
            let choice = |(value, (_, name)): (&str, (i64, Option<&str>))| Choice { value: value.to_owned(), name: name.map(str::to_owned) };
            (*dimension, counts.into_iter().take(CHOICES_MAX).map(choice).collect())
        });
        let by = by.collect();
        let accounts = self.0.accounts().list().await?.into_iter().map(|account| (account.id, account.name)).collect();
        Ok(Choices { by, accounts })
    }
}
