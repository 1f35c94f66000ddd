//! Figures of the sales, for reports: how many, how much, and what became of them.
//!
//! Promised: a sale counts on the day on which it was approved, or ordered where Hotmart gives no approval, in the help center's time zone; amounts of two
//! currencies are never added; what is read from sums of days equals what the sales themselves say.

pub mod ask;
pub mod model;

pub use ask::{Ask, Dimension, Filter};
pub use model::{
    Choice, Choices, FailedPayments, InCurrency, Line, NewOrders, Part, Path, PathTicket, Refunds, RowKind, Rows, SaleRow, Standing, Step, Subscriptions,
    Sums, WithSupport,
};

use super::Orders;
use crate::error::ServiceError;
use crate::values::Email;

/// Figures; from [`Orders::figures`].
#[derive(Clone, Copy)]
pub struct Figures<'a>(pub(super) &'a Orders);

impl Orders {
    pub fn figures(&self) -> Figures<'_> {
        Figures(self)
    }
}

// Signatures, for the pages:
//
// impl Figures<'_> {
//     /// The day that it is now, in the help center's time zone.
//     pub fn today(&self) -> jiff::civil::Date;
//     pub async fn new_orders(&self, ask: &Ask) -> Result<NewOrders, ServiceError>;
//     pub async fn refunds(&self, ask: &Ask) -> Result<Refunds, ServiceError>;
//     pub async fn subscriptions(&self, ask: &Ask) -> Result<Subscriptions, ServiceError>;   // only filter.product counts
//     pub async fn failed_payments(&self, ask: &Ask) -> Result<FailedPayments, ServiceError>;
//     pub async fn path(&self, email: &Email) -> Result<Path, ServiceError>;                 // the oldest first
//     pub async fn with_support(&self, ask: &Ask) -> Result<WithSupport, ServiceError>;      // only filter.product counts
//     /// `currency`: only these. `after`: `Rows::next` of the page before; nonsense is the first page.
//     pub async fn rows(&self, ask: &Ask, kind: RowKind, currency: Option<&str>, after: Option<&str>) -> Result<Rows, ServiceError>;
//     pub async fn choices(&self, ask: &Ask) -> Result<Choices, ServiceError>;
// }
