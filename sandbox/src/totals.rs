//! What a complete import must hold, counted from the same sales that the server shows.

use std::collections::BTreeMap;

use jiff::{Timestamp, tz::TimeZone};
use serde::Serialize;

use crate::{
    money::Currency,
    server::views,
    words::Status,
    world::{World, sale::Sale},
};

/// A count and the sums of prices, as decimal texts by currency.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Sums {
    pub count: u64,
    pub sums: BTreeMap<String, String>,
}

/// Orders that came to be paid on a day, and what of them went back since.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Orders {
    #[serde(flatten)]
    pub orders: Sums,
    /// Refunds and chargebacks.
    pub refunded: Sums,
    /// At their whole prices: the API doesn't say which part went back.
    pub partially_refunded: Sums,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Day {
    pub new: Orders,
    /// Payments behind the first one of a subscription, or of a payment in parts.
    pub renewals: Orders,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Totals {
    pub sales: u64,
    /// By the words that the server shows: with the fault `unknown`, some are new.
    pub by_status: BTreeMap<String, Sums>,
    pub by_currency: BTreeMap<String, Sums>,
    /// By month of the order (`2026-01`) in the zone.
    pub by_month: BTreeMap<String, Sums>,
    /// By the product's number.
    pub by_product: BTreeMap<String, Sums>,
    /// By day of the approval, or of the order where the approval has no date, in the zone.
    pub new_orders_by_day: BTreeMap<String, Day>,
    /// Sums of commissions by who gets them.
    pub commissions: BTreeMap<String, Sums>,
    /// How many subscriptions have each state.
    pub subscriptions: BTreeMap<String, u64>,
}

#[derive(Default)]
struct Tally {
    count: u64,
    units: BTreeMap<Currency, i128>,
}

impl Tally {
    fn add(&mut self, currency: Currency, units: i64) {
        self.count += 1;
        *self.units.entry(currency).or_insert(0) += i128::from(units);
    }

    fn sums(&self) -> Sums {
        let sums = self.units.iter().map(|(currency, units)| (currency.code().to_owned(), currency.text(*units))).collect();
        Sums { count: self.count, sums }
    }
}

#[derive(Default)]
struct Tallies {
    orders: Tally,
    refunded: Tally,
    partially_refunded: Tally,
}

impl Tallies {
    fn add(&mut self, sale: &Sale) {
        self.orders.add(sale.currency, sale.units);
        match sale.status {
            Status::Refunded | Status::Chargeback => self.refunded.add(sale.currency, sale.units),
            Status::PartiallyRefunded => self.partially_refunded.add(sale.currency, sale.units),
            _ => {}
        }
    }

    fn orders(&self) -> Orders {
        Orders { orders: self.orders.sums(), refunded: self.refunded.sums(), partially_refunded: self.partially_refunded.sums() }
    }
}

#[derive(Default)]
struct DayTallies {
    new: Tallies,
    renewals: Tallies,
}

pub(crate) fn count(world: &World, zone: &TimeZone, unknown_words: bool) -> Totals {
    let mut by_status: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut by_currency: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut by_month: BTreeMap<String, Tally> = BTreeMap::new();
    let mut by_product: BTreeMap<u64, Tally> = BTreeMap::new();
    let mut days: BTreeMap<String, DayTallies> = BTreeMap::new();
    let mut commissions: BTreeMap<&str, Tally> = BTreeMap::new();
    for sale in &world.sales {
        by_status.entry(views::status_word(sale, unknown_words)).or_default().add(sale.currency, sale.units);
        by_currency.entry(sale.currency.code()).or_default().add(sale.currency, sale.units);
        by_month.entry(date(sale.ordered, zone)[..7].to_owned()).or_default().add(sale.currency, sale.units);
        by_product.entry(sale.product().id).or_default().add(sale.currency, sale.units);
        // A new word says nothing about money, so such a sale counts as no order.
        if sale.status.was_paid() && views::status_word(sale, unknown_words) == sale.status.word() {
            let day = days.entry(date(sale.counted_at(), zone)).or_default();
            if sale.is_renewal() { day.renewals.add(sale) } else { day.new.add(sale) }
        }
        let split = sale.split();
        for (source, units) in [("PRODUCER", Some(split.producer)), ("COPRODUCER", split.coproducer), ("AFFILIATE", split.affiliate)] {
            if let Some(units) = units {
                commissions.entry(source).or_default().add(sale.currency, units);
            }
        }
    }
    let mut subscriptions = BTreeMap::new();
    for subscription in world.subscriptions.iter().filter(|one| one.plan().is_some()) {
        let word = subscription.standing(&world.sales, world.now).status.word();
        *subscriptions.entry(word.to_owned()).or_insert(0) += 1;
    }
    let named = |tallies: BTreeMap<&str, Tally>| tallies.into_iter().map(|(key, tally)| (key.to_owned(), tally.sums())).collect();
    Totals {
        sales: world.sales.len() as u64,
        by_status: named(by_status),
        by_currency: named(by_currency),
        by_month: by_month.into_iter().map(|(key, tally)| (key, tally.sums())).collect(),
        by_product: by_product.into_iter().map(|(key, tally)| (key.to_string(), tally.sums())).collect(),
        new_orders_by_day: days.into_iter().map(|(key, day)| (key, Day { new: day.new.orders(), renewals: day.renewals.orders() })).collect(),
        commissions: named(commissions),
        subscriptions,
    }
}

/// `2026-01-31`.
fn date(millis: i64, zone: &TimeZone) -> String {
    Timestamp::from_millisecond(millis).map(|moment| zone.to_datetime(moment).date().to_string()).unwrap_or_default()
}
