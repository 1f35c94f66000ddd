//! What stands behind a number: sales, subscriptions, tickets; page by page.

use std::collections::BTreeMap;

use data_encoding::HEXLOWER;
use jiff::civil::Date;

use super::Figures;
use super::ask::{Ask, date_of};
use super::support::AFTER;
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::orders::money::Money;
use crate::orders::store::figures::rows::{self, Question};
use crate::orders::store::figures::support_rows::{self, Question as SupportQuestion, TicketRow};
use crate::orders::store::figures::{subscription_rows, support};
use crate::values::words::words;

/// Which sales stand behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowKind {
    /// New orders and renewals.
    Paid,
    /// New orders.
    New,
    OneTime,
    First,
    Renewal,
    Failed,
    /// Entirely or partly, new orders and renewals.
    Refunded,
    Chargeback,
}

words!(RowKind {
    Paid => "paid",
    New => "new",
    OneTime => "one_time",
    First => "first",
    Renewal => "renewal",
    Failed => "failed",
    Refunded => "refunded",
    Chargeback => "chargeback",
});

/// A sale behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SaleRow {
    pub account: String,
    pub code: String,
    /// The day that it counts on.
    pub day: Date,
    /// Hotmart's word.
    pub status: String,
    pub product_name: Option<String>,
    pub buyer_name: Option<String>,
    pub buyer_email: Option<String>,
    pub price: Option<Money>,
    pub payment_type: Option<String>,
    /// Why a payment failed, in Hotmart's words.
    pub refusal: Option<String>,
}

/// Which subscriptions stand behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SubscriptionKind {
    /// At the end of the period.
    Active,
    New,
    Canceled,
    /// Active ones that [`super::Standing::mrr`] is without.
    WithoutPrice,
}

words!(SubscriptionKind { Active => "active", New => "new", Canceled => "canceled", WithoutPrice => "without_price" });

/// A subscription behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubscriptionRow {
    pub code: String,
    /// Hotmart's word.
    pub status: String,
    pub product_name: Option<String>,
    pub plan: Option<String>,
    pub subscriber_name: Option<String>,
    /// Of one period.
    pub price: Option<Money>,
    pub period_days: Option<i64>,
    pub began: Option<Date>,
    pub ended: Option<Date>,
}

/// Which tickets, or refunds after a ticket, stand behind a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SupportKind {
    Tickets,
    Matched,
    RefundsAfter,
    ReadFirst,
}

words!(SupportKind { Tickets => "tickets", Matched => "matched", RefundsAfter => "refunds_after", ReadFirst => "read_first" });

/// A ticket behind a number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SupportRow {
    pub reference: String,
    pub subject: String,
    pub created: Date,
    /// The word of the reason that was chosen in the form.
    pub reason: Option<String>,
    /// Of the refunded sale, else of the ticket.
    pub code: Option<String>,
    /// What it is about, where that is known: the name, else Hotmart's number.
    pub product: Option<String>,
}

/// The newest first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rows<T> {
    pub rows: Vec<T>,
    /// What the same question wants for the next page; `None`: there is none. Safe in an address.
    pub next: Option<String>,
}

/// Rows of a page.
const ROWS: usize = 50;

/// Where a page ends: the number that rows are in the order of, and what tells those of one number apart.
type End = (i64, String, String);

impl Figures<'_> {
    /// The sales behind a number, the newest first. `currency`: only these. `after`: [`Rows::next`] of the page before; nonsense is the first page.
    pub async fn rows(&self, ask: &Ask, kind: RowKind, currency: Option<&str>, after: Option<&str>) -> Result<Rows<SaleRow>, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let (day, of, code) = begin(after);
        let limit = limit();
        let question = Question { days: ask.kept_days(), filter: &ask.filter, kind: kind.word(), currency, after: (day, &code, &of), limit };
        let mut found = Vec::new();
        for account in self.accounts(ask).await? {
            found.extend(rows::rows(&pool, &account, &question).await?);
        }
        found.sort_by(|a, b| b.day.cmp(&a.day).then_with(|| (&a.code, &a.account).cmp(&(&b.code, &b.account))));
        let next = cut(&mut found, |row| (row.day, &row.account, &row.code));
        let shown = found.into_iter().map(|row| SaleRow {
            account: row.account,
            code: row.code,
            day: date_of(row.day),
            status: row.status,
            product_name: row.product_name,
            buyer_name: row.buyer_name,
            buyer_email: row.buyer_email,
            price: row.amount.zip(row.currency).map(|(minor, currency)| Money { minor, currency }),
            payment_type: row.payment_type,
            refusal: row.refusal,
        });
        Ok(Rows { rows: shown.collect(), next })
    }

    /// Subscriptions behind a number, those that began last first. Of the filter only the product counts.
    pub async fn subscription_rows(
        &self,
        ask: &Ask,
        kind: SubscriptionKind,
        currency: Option<&str>,
        after: Option<&str>,
    ) -> Result<Rows<SubscriptionRow>, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let (began, of, code) = begin(after);
        let question = subscription_rows::Question {
            moments: self.moments(ask),
            product: ask.filter.product.as_deref(),
            kind: kind.word(),
            currency,
            after: (began, &code, &of),
            limit: limit(),
        };
        let mut found = Vec::new();
        for account in self.accounts(ask).await? {
            found.extend(subscription_rows::rows(&pool, &account, &question).await?);
        }
        found.sort_by(|a, b| b.began.cmp(&a.began).then_with(|| (&a.code, &a.account).cmp(&(&b.code, &b.account))));
        let next = cut(&mut found, |row| (row.began, &row.account, &row.code));
        let shown = found.into_iter().map(|row| SubscriptionRow {
            code: row.code,
            status: row.status,
            product_name: row.product_name.or(row.product),
            plan: row.plan,
            subscriber_name: row.subscriber_name,
            price: row.amount.zip(row.currency).map(|(minor, currency)| Money { minor, currency }),
            period_days: row.period_days,
            began: Some(row.began).filter(|began| *began > 0).map(|at| self.date(at)),
            ended: row.ended_at.map(|at| self.date(at)),
        });
        Ok(Rows { rows: shown.collect(), next })
    }

    /// Tickets behind a number, the newest first. Of the filter only the product counts, and not for all tickets of the period.
    pub async fn support_rows(&self, ask: &Ask, kind: SupportKind, after: Option<&str>) -> Result<Rows<SupportRow>, ServiceError> {
        while self.0.know_addresses().await? {}
        let mut found = match kind {
            SupportKind::Tickets | SupportKind::Matched => self.tickets_behind(ask, kind, after).await?,
            SupportKind::RefundsAfter | SupportKind::ReadFirst => self.refunds_behind(ask, kind, after).await?,
        };
        found.sort_by(|a, b| b.created_at.cmp(&a.created_at).then_with(|| (&a.id, &a.of).cmp(&(&b.id, &b.of))));
        let next = cut(&mut found, |row| (row.created_at, &row.of, &row.id));
        let names = self.names(ask).await?;
        let shown = found.into_iter().map(|row| SupportRow {
            reference: row.reference,
            subject: row.subject,
            created: self.date(row.created_at),
            reason: row.reason,
            code: row.code,
            product: row.product.filter(|product| !product.is_empty()).map(|product| names.get(&product).cloned().unwrap_or(product)),
        });
        Ok(Rows { rows: shown.collect(), next })
    }

    /// A ticket stands there for each account that has a sale of its customer, as it is counted.
    async fn tickets_behind(&self, ask: &Ask, kind: SupportKind, after: Option<&str>) -> Result<Vec<TicketRow>, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let (created, of, id) = begin(after);
        let accounts = if kind == SupportKind::Tickets { vec![String::new()] } else { self.accounts(ask).await? };
        let mut found = Vec::new();
        for account in accounts {
            let question = SupportQuestion {
                moments: self.moments(ask),
                product: ask.filter.product.as_deref(),
                with_all: kind == SupportKind::Tickets,
                after: (created, &id, &of),
                limit: limit(),
            };
            found.extend(support_rows::tickets(&pool, &account, &question).await?);
        }
        Ok(found)
    }

    /// Each sale once, beside the first ticket that it was asked back after.
    async fn refunds_behind(&self, ask: &Ask, kind: SupportKind, after: Option<&str>) -> Result<Vec<TicketRow>, ServiceError> {
        let pool = self.0.0.db.ready().await?;
        let (created, of, id) = begin(after);
        let mut sales: BTreeMap<(String, String), String> = BTreeMap::new();
        for account in self.accounts(ask).await? {
            let product = ask.filter.product.as_deref();
            let rows = support::refunds_after(&pool, &account, self.moments(ask), AFTER, product).await?;
            for row in rows.into_iter().filter(|row| kind == SupportKind::RefundsAfter || row.visits.is_some()) {
                // A sale with articles read before it is counted by its code alone.
                let product = if kind == SupportKind::RefundsAfter { row.product } else { String::new() };
                sales.entry((row.code, product)).or_insert(row.ticket);
            }
        }
        let tickets: Vec<&str> = sales.values().map(String::as_str).collect();
        let mut read = pool.acquire().await.map_err(crate::db::DbError::from)?;
        let known = support_rows::by_ids(&mut read, &tickets).await?;
        let of_ticket: BTreeMap<&str, &TicketRow> = known.iter().map(|row| (row.id.as_str(), row)).collect();
        let rows = sales.iter().filter_map(|((code, product), ticket)| {
            let row = TicketRow {
                of: code.clone(),
                code: Some(code.clone()),
                product: Some(product.clone()),
                ..(*of_ticket.get(ticket.as_str())?).clone()
            };
            let is_behind = (-row.created_at, &row.id, &row.of) > (-created, &id, &of);
            is_behind.then_some(row)
        });
        Ok(rows.collect())
    }

    fn date(&self, at: i64) -> Date {
        self.0.zone().to_datetime(Micros(at).timestamp()).date()
    }
}

/// One more than a page has tells whether there is another.
fn limit() -> i64 {
    i64::try_from(ROWS + 1).unwrap_or(i64::MAX)
}

/// Cuts what was found to a page. Returns what the next one begins after.
fn cut<T>(found: &mut Vec<T>, end: impl Fn(&T) -> (i64, &String, &String)) -> Option<String> {
    let has_more = found.len() > ROWS;
    found.truncate(ROWS);
    let (number, of, code) = found.last().filter(|_| has_more).map(end)?;
    Some(HEXLOWER.encode(format!("{number}\n{of}\n{code}").as_bytes()))
}

/// Nonsense is the first page.
fn begin(after: Option<&str>) -> End {
    after.and_then(cursor).unwrap_or((i64::MAX, String::new(), String::new()))
}

fn cursor(text: &str) -> Option<End> {
    let text = String::from_utf8(HEXLOWER.decode(text.as_bytes()).ok()?).ok()?;
    let mut parts = text.splitn(3, '\n');
    Some((parts.next()?.parse().ok()?, parts.next()?.to_owned(), parts.next()?.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nonsense_is_no_cursor() {
        for text in ["", "x", "00", "7a", "zz", &HEXLOWER.encode(b"1\n2"), &HEXLOWER.encode(&[0xff, 0xfe])] {
            assert_eq!(cursor(text), None, "{text}");
        }
        assert_eq!(cursor(&HEXLOWER.encode(b"7\nacc\nHP\n1")), Some((7, "acc".into(), "HP\n1".into())));
    }
}
