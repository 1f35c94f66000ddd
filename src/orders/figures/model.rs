//! What the reports say. Amounts are in minor units of the currency that stands beside them; nothing is added across currencies. `docs/orders.md` says how
//! each figure is counted.

use jiff::civil::Date;

use super::ask::Dimension;
use crate::clock::Micros;
use crate::orders::Purchase;

/// Sums over sales of one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Sums {
    pub orders: i64,
    /// Prices of all orders, also of those whose money went back.
    pub revenue: i64,
    /// Of these, given back entirely, partly (at the whole price: Hotmart doesn't say which part) and by the buyer's bank.
    pub refunded: i64,
    pub refunded_amount: i64,
    pub partly: i64,
    pub partly_amount: i64,
    pub chargebacks: i64,
    pub chargeback_amount: i64,
    /// The platform's, of orders that were not given back.
    pub fee: i64,
    /// What others get of them: affiliates, coproducers, add-ons.
    pub shares: i64,
    /// Orders of which the fee is unknown, or fee or shares are in another currency: [`Self::net`] holds them without.
    pub without_fee: i64,
    /// Of the orders, first payments of subscriptions.
    pub first: i64,
    pub first_amount: i64,
    /// Persons by day: somebody who buys on three days is counted three times.
    pub customers: i64,
    /// Of these, on the day of their first order in the account.
    pub new_customers: i64,
}

impl Sums {
    /// What is left after refunds, chargebacks, the platform's fee and the shares of others.
    pub fn net(&self) -> i64 {
        self.revenue - self.refunded_amount - self.chargeback_amount - self.fee - self.shares
    }

    /// Persons by day who had bought on an earlier day.
    pub fn returning_customers(&self) -> i64 {
        self.customers - self.new_customers
    }

    /// Revenue by order, to the nearest minor unit; `None` without orders.
    pub fn average(&self) -> Option<i64> {
        (self.orders > 0).then(|| (2 * self.revenue + self.orders).div_euclid(2 * self.orders))
    }

    /// Orders that are no subscription's.
    pub fn one_time(&self) -> i64 {
        self.orders - self.first
    }

    pub fn one_time_amount(&self) -> i64 {
        self.revenue - self.first_amount
    }

    pub(in crate::orders) fn add(&mut self, other: &Self) {
        self.orders += other.orders;
        self.revenue += other.revenue;
        self.refunded += other.refunded;
        self.refunded_amount += other.refunded_amount;
        self.partly += other.partly;
        self.partly_amount += other.partly_amount;
        self.chargebacks += other.chargebacks;
        self.chargeback_amount += other.chargeback_amount;
        self.fee += other.fee;
        self.shares += other.shares;
        self.without_fee += other.without_fee;
        self.first += other.first;
        self.first_amount += other.first_amount;
        self.customers += other.customers;
        self.new_customers += other.new_customers;
    }
}

/// Sales of one currency by what they are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    /// New orders: one-time ones and first payments of subscriptions, paid, whatever became of the money later.
    pub new: Sums,
    /// Payments behind the first one.
    pub renewals: Sums,
    /// Sales that were never paid: refused, expired, canceled. Their `revenue` is what they would have brought.
    pub failed: Sums,
}

/// A value of a dimension with its sales.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Empty: sales without any.
    pub value: String,
    /// What people call it, where that is something else: a product's name.
    pub name: Option<String>,
    pub part: Part,
}

/// New orders in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InCurrency {
    /// Three letters; empty: sales that Hotmart gives no price for.
    pub currency: String,
    pub total: Part,
    /// In the order of time; days without a sale are left out.
    pub days: Vec<(Date, Part)>,
    /// Each dimension with its values, the highest revenue first.
    pub by: Vec<(Dimension, Vec<Line>)>,
}

impl InCurrency {
    pub fn by(&self, dimension: Dimension) -> &[Line] {
        self.by.iter().find(|(of, _)| *of == dimension).map_or(&[], |(_, lines)| lines)
    }
}

/// The report *New Orders*.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NewOrders {
    /// The one with the most orders first.
    pub currencies: Vec<InCurrency>,
    /// Days are being counted anew, because an import goes on or the time zone was changed: figures may still change.
    pub is_counting: bool,
}

/// Refunds and chargebacks in one currency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundsInCurrency {
    pub currency: String,
    /// New orders and renewals that were paid in the period, and what of them went back since.
    pub total: Sums,
    /// By the day of the order.
    pub days: Vec<(Date, Sums)>,
    /// The highest count of refunds first.
    pub by_product: Vec<RefundLine>,
    /// Days between payment and refund, with how many; in order.
    pub days_until: Vec<(i64, i64)>,
    /// Refunds whose day nobody told.
    pub day_unknown: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefundLine {
    /// Empty: none.
    pub product: String,
    pub name: Option<String>,
    pub sums: Sums,
}

impl Sums {
    /// Refunds of 10,000 paid orders, partial ones too; `None` without orders.
    pub fn refund_rate(&self) -> Option<i64> {
        (self.orders > 0).then(|| (self.refunded + self.partly) * 10_000 / self.orders)
    }

    /// Chargebacks of 10,000 paid orders.
    pub fn chargeback_rate(&self) -> Option<i64> {
        (self.orders > 0).then(|| self.chargebacks * 10_000 / self.orders)
    }
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Refunds {
    pub currencies: Vec<RefundsInCurrency>,
    pub is_counting: bool,
}

/// Subscriptions of one plan, or of all.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Standing {
    /// At the end of the period.
    pub active: i64,
    /// At its beginning.
    pub active_before: i64,
    pub new: i64,
    pub cancelled: i64,
    /// What the active ones pay in 30 days, in minor units.
    pub mrr: i64,
    /// Active ones whose price or period Hotmart doesn't tell: they are not in [`Self::mrr`].
    pub without_price: i64,
}

impl Standing {
    /// Cancelled of 10,000 that were active at the beginning; `None` where none was.
    pub fn churn(&self) -> Option<i64> {
        (self.active_before > 0).then(|| self.cancelled * 10_000 / self.active_before)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    pub product: Option<String>,
    pub product_name: Option<String>,
    pub plan: Option<String>,
    pub standing: Standing,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionsInCurrency {
    pub currency: String,
    pub total: Standing,
    /// The highest MRR first.
    pub plans: Vec<PlanLine>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Subscriptions {
    pub currencies: Vec<SubscriptionsInCurrency>,
}

/// Payments that failed for one reason.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedLine {
    /// Hotmart's word for the sale's state.
    pub status: String,
    /// Hotmart's words for why, of subscriptions alone.
    pub refusal: Option<String>,
    pub count: i64,
    pub amount: i64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailedInCurrency {
    pub currency: String,
    /// The most frequent first.
    pub lines: Vec<FailedLine>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FailedPayments {
    pub currencies: Vec<FailedInCurrency>,
}

/// A step of a customer's path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Order(Box<Purchase>),
    Ticket(PathTicket),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathTicket {
    pub reference: String,
    pub subject: String,
    pub status: String,
    /// The word of the reason that was chosen in the form.
    pub reason: Option<String>,
    pub code: Option<String>,
}

/// Joined with support.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WithSupport {
    /// Tickets of the period, without quarantine.
    pub tickets: i64,
    /// Of these, those whose customer bought something before, or named a code.
    pub matched: i64,
    /// The most tickets first.
    pub products: Vec<SupportLine>,
    /// Sales whose refund came within 14 days after a ticket of the period, and those of them whose customer let see what they read.
    pub refunds_after: i64,
    pub refunds_after_with_visits: i64,
    /// Articles that were read before such a ticket, with how many of the tickets; the most read first.
    pub read_before: Vec<(String, i64)>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportLine {
    /// Empty: sales without any.
    pub product: String,
    pub name: Option<String>,
    /// New orders of the period, in all currencies: a count, no amount.
    pub orders: i64,
    pub tickets: i64,
    /// Tickets by the word of their reason; empty: none was chosen. The most frequent first.
    pub reasons: Vec<(String, i64)>,
    /// Sales whose refund came within 14 days after a ticket of the period.
    pub refunds_after: i64,
}

impl SupportLine {
    /// Tickets per 100 orders, in hundredths; `None` without orders.
    pub fn per_100_orders(&self) -> Option<i64> {
        (self.orders > 0).then(|| self.tickets * 10_000 / self.orders)
    }
}

/// A value that can be filtered by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice {
    /// Empty: sales without any.
    pub value: String,
    pub name: Option<String>,
}

/// What sales of the period can be narrowed down to; each dimension with its most frequent values.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Choices {
    pub by: Vec<(Dimension, Vec<Choice>)>,
    /// Accounts that are connected: id and name.
    pub accounts: Vec<(String, String)>,
}

impl Choices {
    pub fn of(&self, dimension: Dimension) -> &[Choice] {
        self.by.iter().find(|(of, _)| *of == dimension).map_or(&[], |(_, choices)| choices)
    }
}

/// A customer's path, with when each step was.
pub type Path = Vec<(Option<Micros>, Step)>;
