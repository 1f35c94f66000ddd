//! Keeps the sums of days. Whoever changes a sale marks its day in the same transaction; a marked day is read from the sales until its sums are made
//! anew: when all lists are read for its period, or a moment later.

use std::collections::BTreeSet;

use jiff::tz::TimeZone;

use super::ask::days_since_1970;
use super::spans::{Days, month_of, stretches};
use crate::clock::Micros;
use crate::db::{DbError, Write};
use crate::error::ServiceError;
use crate::orders::store::figures::{counting, days};
use crate::orders::{Orders, import::Window};

/// Days that are counted in one transaction: others wait for it.
const DAYS_AT_ONCE: usize = 10;
/// Sales that get their day in one transaction.
const SALES_AT_ONCE: i64 = 2_000;

/// The day that a sale counts on, as it is kept.
pub(in crate::orders) fn day_of(approved_at: Option<Micros>, ordered_at: Option<Micros>, zone: &TimeZone) -> Option<i64> {
    approved_at.or(ordered_at).map(|at| days_since_1970(zone.to_datetime(at.timestamp()).date()))
}

impl Orders {
    pub(in crate::orders) fn zone(&self) -> &TimeZone {
        self.0.events.zone().zone()
    }

    /// An account without sales has nothing to be counted anew.
    pub(in crate::orders) async fn begin_counting(&self, write: &mut Write, account: &str) -> Result<(), ServiceError> {
        Ok(days::begin(write, account, self.0.events.zone().name(), None).await?)
    }

    /// What was changed is counted anew before it is read from sums. In their order, so that two who write don't wait for each other.
    pub(in crate::orders) async fn mark_days(write: &mut Write, account: &str, changed: &BTreeSet<i64>) -> Result<(), ServiceError> {
        Ok(counting::mark(write, account, changed, false).await?)
    }

    /// After a window: counts what its period changed, once all lists that sums need are read for it.
    pub(in crate::orders) async fn count_period(
        &self,
        account: &str,
        window: &Window,
        is_stopping: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), ServiceError> {
        let mut read = self.0.db.ready().await?.acquire().await.map_err(DbError::from)?;
        let is_reading = days::is_reading(&mut read, account, Some(window.ends_at)).await?;
        drop(read);
        if is_reading { Ok(()) } else { self.count_marked(account, false, is_stopping).await }
    }

    /// Counts all that is left, also where nothing is read: webhooks change days too. A zone that was changed is seen here.
    pub(in crate::orders) async fn count_rest(&self, account: &str, is_stopping: &(dyn Fn() -> bool + Sync)) -> Result<(), ServiceError> {
        while !is_stopping() && self.give_days(account).await? {}
        let mut read = self.0.db.ready().await?.acquire().await.map_err(DbError::from)?;
        let with_late = !days::is_reading(&mut read, account, None).await?;
        drop(read);
        self.count_marked(account, with_late, is_stopping).await
    }

    async fn count_marked(&self, account: &str, with_late: bool, is_stopping: &(dyn Fn() -> bool + Sync)) -> Result<(), ServiceError> {
        while !is_stopping() {
            let mut read = self.0.db.ready().await?.acquire().await.map_err(DbError::from)?;
            let is_marked = !counting::stale(&mut read, account, with_late, 1).await?.is_empty();
            drop(read);
            if !is_marked {
                break;
            }
            let mut write = self.0.db.begin().await?;
            let is_counted = self.count_some(&mut write, account, with_late).await?;
            write.commit().await?;
            if !is_counted {
                break;
            }
        }
        Ok(())
    }

    /// Counts the first days that wait. False where nothing may be counted now.
    async fn count_some(&self, write: &mut Write, account: &str, with_late: bool) -> Result<bool, ServiceError> {
        let Some(state) = days::lock(write, account).await? else { return Ok(false) };
        if state.counted_to.is_some() || state.zone != self.0.events.zone().name() {
            return Ok(false);
        }
        let mut stale = counting::stale(write, account, with_late, DAYS_AT_ONCE + 1).await?;
        let next = if stale.len() > DAYS_AT_ONCE { stale.pop_last() } else { None };
        // A month with days that wait is read from its days, so it is made anew with the last of them. Not where they may wait: then it is read.
        let waiting = next.filter(|(_, is_late)| !is_late).map(|(day, _)| month_of(day));
        for days in stretches(stale.keys()) {
            counting::count_days(write, account, days).await?;
        }
        let months: BTreeSet<Days> = stale.keys().map(|day| month_of(*day)).filter(|month| Some(*month) != waiting).collect();
        for (first, last) in months {
            counting::count_month(write, account, first, last).await?;
        }
        Ok(!stale.is_empty())
    }

    /// Gives some sales the day of another zone, or their first one. False where all have theirs.
    async fn give_days(&self, account: &str) -> Result<bool, ServiceError> {
        let zone = self.0.events.zone();
        let is_given = |state: &Option<days::State>| state.as_ref().is_some_and(|state| state.zone == zone.name() && state.counted_to.is_none());
        if is_given(&days::state(&self.0.db.ready().await?, account).await?) {
            return Ok(false);
        }
        let mut write = self.0.db.begin().await?;
        let state = days::lock(&mut write, account).await?;
        let after = match state {
            Some(state) if state.zone == zone.name() => match state.counted_to {
                Some(code) => code,
                None => return Ok(false),
            },
            _ => {
                days::drop_all(&mut write, account).await?;
                days::begin(&mut write, account, zone.name(), Some("")).await?;
                String::new()
            }
        };
        let sales = days::next(&mut write, account, &after, SALES_AT_ONCE).await?;
        for sale in &sales {
            let day = day_of(sale.approved_at.map(Micros), sale.ordered_at.map(Micros), zone.zone());
            if day != sale.day {
                days::set_day(&mut write, account, &sale.code, day).await?;
            }
        }
        if sales.is_empty() {
            days::mark_all(&mut write, account).await?;
        }
        days::set_counted_to(&mut write, account, sales.last().map(|sale| sale.code.as_str())).await?;
        write.commit().await?;
        Ok(!sales.is_empty())
    }
}
