//! Refunds, subscriptions, and payments that failed.

use std::collections::BTreeMap;

use super::Figures;
use super::ask::{Ask, Dimension};
use super::model::{
    FailedInCurrency, FailedLine, FailedPayments, InCurrency, PlanLine, RefundLine, Refunds, RefundsInCurrency, Standing, Subscriptions,
    SubscriptionsInCurrency, Sums,
};
use crate::error::ServiceError;
use crate::orders::store::figures::reports::{self, PlanRow};

/// Days that prices of subscriptions are told for.
const MRR_DAYS: i128 = 30;

/// Sales and minor units by status and refusal.
type Failures = BTreeMap<(String, Option<String>), (i64, i64)>;

/// A product with a plan of its own name.
type Plan = (Option<String>, Option<String>);

fn paid(new: &Sums, renewals: &Sums) -> Sums {
    let mut sums = *new;
    sums.add(renewals);
    sums
}

fn refunds_of(of: InCurrency, until: &BTreeMap<(String, Option<i64>), i64>) -> RefundsInCurrency {
    let mut by_product: Vec<RefundLine> = of
        .by(Dimension::Product)
        .iter()
        .map(|line| RefundLine { product: line.value.clone(), name: line.name.clone(), sums: paid(&line.part.new, &line.part.renewals) })
        .filter(|line| line.sums.orders > 0)
        .collect();
    let size = |line: &RefundLine| (line.sums.refunded + line.sums.partly, line.sums.chargebacks, line.sums.orders);
    by_product.sort_by(|a, b| size(b).cmp(&size(a)).then_with(|| a.product.cmp(&b.product)));
    let own = || until.iter().filter(|((currency, _), _)| *currency == of.currency);
    RefundsInCurrency {
        total: paid(&of.total.new, &of.total.renewals),
        days: of.days.iter().map(|(day, part)| (*day, paid(&part.new, &part.renewals))).filter(|(_, sums)| sums.orders > 0).collect(),
        by_product,
        days_until: own().filter_map(|((_, days), count)| Some(((*days)?, *count))).collect(),
        day_unknown: own().filter(|((_, days), _)| days.is_none()).map(|(_, count)| count).sum(),
        currency: of.currency,
    }
}

impl Figures<'_> {
    /// What became of the orders and renewals that were paid in the period.
    pub async fn refunds(&self, ask: &Ask) -> Result<Refunds, ServiceError> {
        let orders = self.new_orders(ask).await?;
        let pool = self.0.0.db.ready().await?;
        let mut until: BTreeMap<(String, Option<i64>), i64> = BTreeMap::new();
        for account in self.accounts(ask).await? {
            for row in reports::days_until(&pool, &account, ask.kept_days(), &ask.filter).await? {
                *until.entry((row.currency, row.days)).or_default() += row.sales;
            }
        }
        let currencies = orders.currencies.into_iter().map(|of| refunds_of(of, &until)).filter(|of| of.total.orders > 0).collect();
        Ok(Refunds { currencies, is_counting: orders.is_counting })
    }

    /// Of the filter only the product counts.
    pub async fn subscriptions(&self, ask: &Ask) -> Result<Subscriptions, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let mut all: BTreeMap<String, BTreeMap<Plan, PlanLine>> = BTreeMap::new();
        for account in self.accounts(ask).await? {
            for row in reports::subscriptions(&pool, &account, self.moments(ask), ask.filter.product.as_deref()).await? {
                let plan = all.entry(row.currency.clone()).or_default().entry((row.product.clone(), row.plan.clone()));
                let line = plan.or_insert_with(|| PlanLine {
                    product: row.product.clone(),
                    product_name: row.product_name.clone(),
                    plan: row.plan.clone(),
                    standing: Standing::default(),
                });
                line.standing.add(&standing(&row));
            }
        }
        let currencies = all.into_iter().map(|(currency, plans)| {
            let mut plans: Vec<PlanLine> = plans.into_values().collect();
            plans.sort_by(|a, b| (b.standing.mrr, b.standing.active).cmp(&(a.standing.mrr, a.standing.active)).then_with(|| a.plan.cmp(&b.plan)));
            let mut total = Standing::default();
            plans.iter().for_each(|line| total.add(&line.standing));
            SubscriptionsInCurrency { currency, total, plans }
        });
        let mut currencies: Vec<_> = currencies.collect();
        currencies.sort_by(|a, b| b.total.active.cmp(&a.total.active).then_with(|| a.currency.cmp(&b.currency)));
        Ok(Subscriptions { currencies })
    }

    /// Sales that were never paid, by the state that they ended in and Hotmart's words for why.
    pub async fn failed_payments(&self, ask: &Ask) -> Result<FailedPayments, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let mut all: BTreeMap<String, Failures> = BTreeMap::new();
        for account in self.accounts(ask).await? {
            for row in reports::failed(&pool, &account, ask.kept_days(), &ask.filter).await? {
                let sum = all.entry(row.currency).or_default().entry((row.status, row.refusal)).or_default();
                *sum = (sum.0 + row.sales, sum.1.saturating_add(row.amount));
            }
        }
        let currencies = all.into_iter().map(|(currency, lines)| {
            let line = |((status, refusal), (count, amount))| FailedLine { status, refusal, count, amount };
            let mut lines: Vec<FailedLine> = lines.into_iter().map(line).collect();
            lines.sort_by_key(|line| std::cmp::Reverse(line.count));
            FailedInCurrency { currency, lines }
        });
        let mut currencies: Vec<FailedInCurrency> = currencies.collect();
        currencies.sort_by_key(|of| std::cmp::Reverse(of.lines.iter().map(|line| line.count).sum::<i64>()));
        Ok(FailedPayments { currencies })
    }
}

fn standing(row: &PlanRow) -> Standing {
    let days = row.period_days.filter(|days| *days > 0);
    // To the nearest minor unit.
    let mrr = days.map(|days| (2 * MRR_DAYS * i128::from(row.paid) + i128::from(days)).div_euclid(2 * i128::from(days)));
    Standing {
        active: row.active,
        active_before: row.active_before,
        new: row.began,
        cancelled: row.ended,
        mrr: mrr.and_then(|mrr| i64::try_from(mrr).ok()).unwrap_or_default(),
        without_price: if days.is_some() { row.unpriced } else { row.active },
    }
}

impl Standing {
    fn add(&mut self, other: &Self) {
        self.active += other.active;
        self.active_before += other.active_before;
        self.new += other.new;
        self.cancelled += other.cancelled;
        self.mrr = self.mrr.saturating_add(other.mrr);
        self.without_price += other.without_price;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plan(period_days: Option<i64>, paid: i64) -> Standing {
        let (active, active_before, began, ended, unpriced) = (3, 2, 1, 0, 0);
        let (currency, product, product_name, plan) = ("BRL".to_owned(), None, None, None);
        standing(&PlanRow { currency, product, product_name, plan, period_days, active, active_before, began, ended, paid, unpriced })
    }

    #[test]
    fn mrr_is_for_30_days_to_the_nearest_unit() {
        assert_eq!(plan(Some(30), 2990).mrr, 2990);
        assert_eq!(plan(Some(365), 36_500).mrr, 3000);
        assert_eq!(plan(Some(7), 1000).mrr, 4286, "4285.71");
        for odd in [None, Some(0), Some(-30)] {
            assert_eq!((plan(odd, 2990).mrr, plan(odd, 2990).without_price), (0, 3), "{odd:?}");
        }
        assert_eq!(plan(Some(1), i64::MAX).mrr, 0, "nothing overflows");
    }
}
