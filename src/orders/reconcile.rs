//! Compares what is here with the sums that Hotmart itself gives, per month, status and currency. What differs is read again.

use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::account::Account;
use super::client::{CallError, Client, item};
use super::import::{Round, Stream};
use super::money::{Money, decimals};
use super::status::STATUSES;
use super::store::{self, totals::SumRow};
use super::{Orders, import};
use crate::clock::Micros;
use crate::error::ServiceError;

const SUMMARY: &str = "/payments/api/v1/sales/summary";
/// Rounding of sums in major units: each side may be off by half a unit.
const OFF_MAX: i64 = 1;
/// Until nothing differs any more.
const COMPARED_AGAIN: i64 = Micros::HOUR;
/// More than a page should list; the newest.
const DIFFERENCES_MAX: i64 = 200;

/// A month and status in which Hotmart's sum is another one than ours.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    pub from: Micros,
    pub to: Micros,
    pub status: String,
    pub currency: String,
    /// Sales and minor units here, and at Hotmart.
    pub here: (i64, i64),
    pub there: (i64, i64),
}

/// What a comparison brought.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Reconciled {
    pub months: usize,
    pub differences: Vec<Difference>,
}

/// Why a comparison did not come to its end.
#[derive(Debug, thiserror::Error)]
pub enum ReconcileError {
    #[error("{0}")]
    Call(#[from] CallError),
    #[error("{0}")]
    Failed(#[from] ServiceError),
}

impl From<crate::db::DbError> for ReconcileError {
    fn from(error: crate::db::DbError) -> Self {
        Self::Failed(error.into())
    }
}

impl Orders {
    /// Somebody wants to see it compared. It comes as soon as nothing is left to read.
    pub async fn ask_comparison(&self, account: &str) -> Result<(), ServiceError> {
        let mut write = self.0.db.begin().await?;
        if !store::ask_comparison(&mut write, account, self.0.events.now()).await? {
            return Err(ServiceError::NotNow);
        }
        Ok(write.commit().await?)
    }

    /// What differed when it was compared last.
    pub async fn differences(&self, account: &str) -> Result<Vec<Difference>, ServiceError> {
        Ok(store::differences::of_account(&self.0.db.ready().await?, account, DIFFERENCES_MAX).await?)
    }

    /// Compares where somebody asked for it, after everything was read, and again until nothing differs.
    pub(super) async fn compare_due(&self, account: &Account) -> Result<(), ServiceError> {
        let again = self.0.events.now().plus(-COMPARED_AGAIN);
        if !store::comparison_is_due(&self.0.db.ready().await?, &account.id, again).await? {
            return Ok(());
        }
        match self.reconcile(account).await {
            Ok(_) => Ok(()),
            Err(ReconcileError::Call(error)) => self.wait_after(&account.id, error).await,
            Err(ReconcileError::Failed(error)) => Err(error),
        }
    }

    /// Compares every month from the first sale until now, and keeps what differs. Months that differ are planned to be read again.
    pub async fn reconcile(&self, account: &Account) -> Result<Reconciled, ReconcileError> {
        let pool = self.0.db.ready().await?;
        let Some((first, _)) = store::totals::period(&pool, &account.id).await? else { return self.nothing_to_compare(account).await };
        let client = self.client_of(account).await?;
        let mut reconciled = Reconciled::default();
        for (from, to) in months(first, self.0.events.now()) {
            let here = store::totals::by_status(&pool, &account.id, from, to).await?;
            let mut differences = Vec::new();
            for status in STATUSES {
                let there = sums(&client, status, from, to).await?;
                differences.extend(compared(&here, &there, status, from, to));
            }
            if !differences.is_empty() {
                self.read_again(&account.id, from, to).await?;
            }
            reconciled.months += 1;
            reconciled.differences.extend(differences);
        }
        let mut write = self.0.db.begin().await?;
        store::differences::replace(&mut write, &account.id, &reconciled.differences).await?;
        let months = i64::try_from(reconciled.months).unwrap_or(i64::MAX);
        store::set_compared(&mut write, &account.id, self.0.events.now(), months).await?;
        write.commit().await?;
        Ok(reconciled)
    }

    /// No sale is here.
    async fn nothing_to_compare(&self, account: &Account) -> Result<Reconciled, ReconcileError> {
        let mut write = self.0.db.begin().await?;
        store::set_compared(&mut write, &account.id, self.0.events.now(), 0).await?;
        write.commit().await?;
        Ok(Reconciled::default())
    }

    /// Sales and sums by status and currency.
    pub async fn by_status(&self, account: &Account) -> Result<Vec<SumRow>, ServiceError> {
        Ok(store::totals::all_by_status(&self.0.db.ready().await?, &account.id).await?)
    }

    async fn read_again(&self, account: &str, from: Micros, to: Micros) -> Result<(), ServiceError> {
        let mut write = self.0.db.begin().await?;
        for window in import::periods(from, to, Round::Recent).into_iter().filter(|window| window.stream == Stream::Sales) {
            store::windows::add(&mut write, account, &window).await?;
        }
        Ok(write.commit().await?)
    }
}

/// What Hotmart says of a status in a period: sales and minor units, by currency.
async fn sums(client: &Client, status: &str, from: Micros, to: Micros) -> Result<Vec<(Money, i64)>, CallError> {
    // Its end belongs to the period.
    let (from, to) = ((from.0 / 1000).to_string(), (to.0 / 1000 - 1).to_string());
    let page = client.page(SUMMARY, &[("start_date", &from), ("end_date", &to), ("transaction_status", status), ("max_results", "500")]).await?;
    let sum = |item: serde_json::Value| {
        let count = item.get("total_items")?.as_i64()?;
        let total = item.get("total_value")?;
        Some((Money::of_major(total.get("value")?.as_f64()?, total.get("currency_code")?.as_str()?)?, count))
    };
    Ok(page.items.iter().map(|raw| item(raw)).filter_map(sum).collect())
}

fn compared(here: &[SumRow], there: &[(Money, i64)], status: &str, from: Micros, to: Micros) -> Vec<Difference> {
    let ours = here.iter().filter(|row| row.status == status).filter_map(|row| Some((row.currency.clone()?, (row.sales, row.amount))));
    let ours: Vec<(String, (i64, i64))> = ours.collect();
    let theirs: Vec<(String, (i64, i64))> = there.iter().map(|(sum, count)| (sum.currency.clone(), (*count, sum.minor))).collect();
    let mut currencies: Vec<&String> = ours.iter().chain(&theirs).map(|(currency, _)| currency).collect();
    currencies.sort_unstable();
    currencies.dedup();
    let of = |all: &[(String, (i64, i64))], currency: &str| all.iter().find(|(of, _)| of == currency).map_or((0, 0), |(_, sum)| *sum);
    let differs = |currency: &&String| {
        let (here, there) = (of(&ours, currency), of(&theirs, currency));
        let off = if decimals(currency) == 0 { 0 } else { OFF_MAX };
        here.0 != there.0 || (here.1 - there.1).abs() > off
    };
    let differing = currencies.into_iter().filter(differs);
    differing
        .map(|currency| Difference {
            from,
            to,
            status: status.to_owned(),
            currency: currency.clone(),
            here: of(&ours, currency),
            there: of(&theirs, currency),
        })
        .collect()
}

/// Calendar months (UTC) that hold a period.
fn months(first: Micros, now: Micros) -> Vec<(Micros, Micros)> {
    let start = |date: Date| date.to_zoned(TimeZone::UTC).map(|day| Micros(day.timestamp().as_microsecond())).ok();
    let mut month = first.timestamp().to_zoned(TimeZone::UTC).date().first_of_month();
    let mut all = Vec::new();
    while let Some(from) = start(month).filter(|from| *from < now) {
        let Some((next, to)) = month.last_of_month().tomorrow().ok().and_then(|next| Some((next, start(next)?))) else { break };
        all.push((from, to.min(now)));
        month = next;
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_cover_the_period_without_a_gap() {
        let (first, now) = (Micros(1_735_732_800_000_000), Micros(1_743_000_000_000_000));
        let all = months(first, now);
        assert_eq!(all.len(), 3, "January to March 2025");
        assert!(all[0].0 <= first && all.windows(2).all(|pair| pair[0].1 == pair[1].0) && all[2].1 == now);
        assert_eq!(months(now, first), []);
    }

    #[test]
    fn what_only_one_side_has_is_a_difference() {
        let row = |status: &str, sales, amount| SumRow { status: status.into(), currency: Some("BRL".into()), sales, amount };
        let sum = |minor| Money { minor, currency: "BRL".into() };
        let of = |here: &[SumRow], there: &[(Money, i64)]| compared(here, there, "APPROVED", Micros(0), Micros(1)).len();
        assert_eq!(of(&[row("APPROVED", 2, 300)], &[(sum(300), 2)]), 0);
        assert_eq!(of(&[row("APPROVED", 2, 300)], &[(sum(301), 2)]), 0, "rounding");
        assert_eq!(of(&[row("APPROVED", 2, 300)], &[(sum(310), 2)]), 1);
        assert_eq!(of(&[row("APPROVED", 2, 300)], &[]), 1);
        assert_eq!(of(&[row("COMPLETE", 2, 300)], &[(sum(300), 2)]), 1);
    }
}
