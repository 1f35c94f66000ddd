//! Figures of the sales, for reports: how many, how much, and what became of them.
//!
//! Promised: a sale counts on the day on which it was approved, or ordered where Hotmart gives no approval, in the help center's time zone; amounts of two
//! currencies are never added; what is read from sums of days equals what the sales themselves say.

pub mod ask;
mod counting;
pub mod model;
mod new_orders;
mod reports;
mod rows;
mod spans;
mod support;

pub use ask::{Ask, Dimension, Filter};
pub(in crate::orders) use counting::day_of;
use jiff::civil::Date;
pub use model::{
    Choice, Choices, FailedPayments, InCurrency, Line, NewOrders, Part, Path, PathTicket, Refunds, Standing, Step, Subscriptions, Sums, WithSupport,
};
pub use new_orders::Detail;
pub use rows::{RowKind, Rows, SaleRow, SubscriptionKind, SubscriptionRow, SupportKind, SupportRow};

use self::ask::days_since_1970;
use self::new_orders::Names;
use super::{Orders, store};
use crate::clock::Micros;
use crate::error::ServiceError;

/// Figures; from [`Orders::figures`].
#[derive(Clone, Copy)]
pub struct Figures<'a>(pub(super) &'a Orders);

impl Orders {
    pub fn figures(&self) -> Figures<'_> {
        Figures(self)
    }
}

impl Figures<'_> {
    /// The day that it is in the help center's time zone.
    pub fn today(&self) -> Date {
        self.0.zone().to_datetime(self.0.0.events.now().timestamp()).date()
    }

    /// The accounts that are asked for, as far as there are such.
    async fn accounts(&self, ask: &Ask) -> Result<Vec<String>, ServiceError> {
        let known = self.0.accounts().list().await?.into_iter().map(|account| account.id);
        Ok(known.filter(|id| ask.accounts.is_empty() || ask.accounts.contains(id)).collect())
    }

    async fn names(&self, ask: &Ask) -> Result<Names, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let mut names = Names::new();
        for account in self.accounts(ask).await? {
            names.extend(store::figures::sums::product_names(&pool, &account).await?);
        }
        Ok(names)
    }

    /// The first moment of the period, and the one after its last.
    fn moments(&self, ask: &Ask) -> (Micros, Micros) {
        let begins = |day: Date| self.0.zone().to_ambiguous_timestamp(day.at(0, 0, 0, 0)).compatible().map(Micros::from).ok();
        let after = ask.to().tomorrow().ok().and_then(begins);
        (begins(ask.from()).unwrap_or(Micros(0)), after.unwrap_or(Micros(i64::MAX)))
    }
}

impl Ask {
    /// Its first and its last day, as days are kept.
    fn kept_days(&self) -> (i64, i64) {
        (days_since_1970(self.from()), days_since_1970(self.to()))
    }
}
