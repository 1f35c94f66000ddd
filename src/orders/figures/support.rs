//! Sales joined with support: tickets by product, refunds after a ticket, what was read before, and one customer's path.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::Figures;
use super::ask::{Ask, Dimension};
use super::model::{Path, PathTicket, Step, SupportLine, WithSupport};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::orders::store::figures::support::{self, AfterRow};
use crate::values::Email;

/// A refund that comes so soon after a ticket may have to do with it.
pub(super) const AFTER: i64 = 14 * Micros::DAY;
/// Tickets of a path; more than a person files.
const TICKETS_MAX: i64 = 200;
/// How `tickets` writes down that an article was read.
const READ: &str = "read ";

#[derive(Default)]
struct Product {
    orders: i64,
    tickets: i64,
    reasons: BTreeMap<String, i64>,
    refunds_after: i64,
}

impl Figures<'_> {
    /// Of the filter only the product counts.
    pub async fn with_support(&self, ask: &Ask) -> Result<WithSupport, ServiceError> {
        while self.0.know_addresses().await? {}
        let pool = self.0.0.db.ready().await?;
        let (moments, product) = (self.moments(ask), ask.filter.product.as_deref());
        let mut products: HashMap<String, Product> = HashMap::new();
        let mut after = Vec::new();
        for account in self.accounts(ask).await? {
            for row in support::by_product(&pool, &account, moments, product).await? {
                let of = products.entry(row.product).or_default();
                of.tickets += row.tickets;
                *of.reasons.entry(row.reason).or_default() += row.tickets;
            }
            after.extend(support::refunds_after(&pool, &account, moments, AFTER, product).await?);
        }
        let mut only = super::Filter::default();
        only.set(Dimension::Product, product);
        let orders = self.new_orders(&ask.narrowed(only)).await?;
        for line in orders.currencies.iter().flat_map(|of| of.by(Dimension::Product)).filter(|line| line.part.new.orders > 0) {
            products.entry(line.value.clone()).or_default().orders += line.part.new.orders;
        }
        let sold: BTreeSet<(&str, &str)> = after.iter().map(|row| (row.code.as_str(), row.product.as_str())).collect();
        for (_, product) in &sold {
            products.entry((*product).to_owned()).or_default().refunds_after += 1;
        }
        let refunds_after = i64::try_from(sold.len()).unwrap_or(i64::MAX);
        let names = self.names(ask).await?;
        let mut lines: Vec<SupportLine> = products.into_iter().map(|(product, of)| line(names.get(&product).cloned(), product, of)).collect();
        lines.sort_by(|a, b| (b.tickets, b.orders).cmp(&(a.tickets, a.orders)).then_with(|| a.product.cmp(&b.product)));
        Ok(WithSupport {
            tickets: support::tickets(&pool, moments).await?,
            matched: lines.iter().map(|line| line.tickets).sum(),
            products: lines,
            refunds_after,
            refunds_after_with_visits: with_visits(&after),
            read_before: read_before(&after),
        })
    }

    /// Orders and tickets of one person, the oldest first. What has no day comes first.
    pub async fn path(&self, email: &Email) -> Result<Path, ServiceError> {
        let orders = self.0.of_buyer(email).await?;
        let tickets = support::of_address(&self.0.0.db.ready().await?, &email.key(), TICKETS_MAX).await?;
        let orders = orders.into_iter().map(|order| (order.ordered_at.or(order.approved_at), Step::Order(Box::new(order))));
        let tickets = tickets.into_iter().map(|row| {
            let ticket = PathTicket { reference: row.reference, subject: row.subject, status: row.status, reason: row.reason, code: row.code };
            (Some(Micros(row.created_at)), Step::Ticket(ticket))
        });
        let mut path: Path = orders.chain(tickets).collect();
        path.sort_by_key(|(at, _)| *at);
        Ok(path)
    }
}

fn line(name: Option<String>, product: String, of: Product) -> SupportLine {
    let mut reasons: Vec<(String, i64)> = of.reasons.into_iter().collect();
    reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    SupportLine { product, name, orders: of.orders, tickets: of.tickets, reasons, refunds_after: of.refunds_after }
}

/// Sales with a ticket whose customer let see what they searched and read.
fn with_visits(after: &[AfterRow]) -> i64 {
    let sales: BTreeSet<&str> = after.iter().filter(|row| row.visits.is_some()).map(|row| row.code.as_str()).collect();
    i64::try_from(sales.len()).unwrap_or(i64::MAX)
}

/// Articles with the tickets before which they were read, each ticket once however many sales were asked back after it.
fn read_before(after: &[AfterRow]) -> Vec<(String, i64)> {
    let tickets: BTreeMap<&str, &str> = after.iter().filter_map(|row| Some((row.ticket.as_str(), row.visits.as_deref()?))).collect();
    let mut articles: BTreeMap<&str, i64> = BTreeMap::new();
    for visits in tickets.values() {
        for article in visits.lines().filter_map(|line| line.strip_prefix(READ)) {
            *articles.entry(article).or_default() += 1;
        }
    }
    let mut articles: Vec<(String, i64)> = articles.into_iter().map(|(article, count)| (article.to_owned(), count)).collect();
    articles.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    articles
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_counts_once_for_a_ticket_however_much_was_asked_back() {
        let row = |code: &str, ticket: &str, visits: Option<&str>| AfterRow {
            code: code.into(),
            product: String::new(),
            ticket: ticket.into(),
            visits: visits.map(str::to_owned),
        };
        let read = Some("searched reembolso\nread refunds/how\nread refunds/when");
        let after = [row("HP1", "a", read), row("HP2", "a", read), row("HP2", "b", Some("read refunds/when")), row("HP3", "c", None)];
        assert_eq!(read_before(&after), [("refunds/when".to_owned(), 2), ("refunds/how".to_owned(), 1)]);
        assert_eq!(with_visits(&after), 2);
    }
}
