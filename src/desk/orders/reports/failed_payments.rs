//! *Failed payments*: why they failed, and what they would have brought.

use jiff::civil::Date;

use super::asked::Asked;
use super::model::{Block, Card, Report, Row, Series, Table, Value};
use super::rows::Of;
use super::series::{Days, Parts};
use crate::app::App;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::orders::figures::model::{FailedInCurrency, FailedLine};
use crate::orders::figures::{FailedPayments, NewOrders, Part, RowKind};

/// Of one period: the reasons, and the days that they come from.
struct Read {
    reasons: FailedPayments,
    days: NewOrders,
}

pub(super) async fn report(app: &App, lang: Lang, asked: &Asked) -> Result<Report, ServiceError> {
    let figures = app.orders.figures();
    let ask = asked.ask();
    let now = Read { reasons: figures.failed_payments(&ask).await?, days: figures.new_orders(&ask).await? };
    let before = match ask.before() {
        Some(ask) => Some(Read { reasons: figures.failed_payments(&ask).await?, days: figures.new_orders(&ask).await? }),
        None => None,
    };
    let first = now.days.currencies.iter().filter_map(|one| one.days.iter().find(|(_, part)| part.failed.orders > 0)).map(|(day, _)| *day).min();
    let asked = asked.since(first);
    let blocks = now.reasons.currencies.iter().map(|one| block(lang, &asked, one, &now, before.as_ref()));
    Ok(Report { blocks: blocks.collect(), is_counting: now.days.is_counting })
}

fn total(lines: &[FailedLine]) -> (i64, i64) {
    (lines.iter().map(|line| line.count).sum(), lines.iter().map(|line| line.amount).sum())
}

fn block(lang: Lang, asked: &Asked, one: &FailedInCurrency, now: &Read, before: Option<&Read>) -> Block {
    let words = lang.desk_reports();
    let currency = one.currency.as_str();
    let lines_before = |before: &Read| before.reasons.currencies.iter().find(|other| other.currency == currency).map(|other| total(&other.lines));
    let sums_before = before.map(|before| lines_before(before).unwrap_or_default());
    let (count, amount) = total(&one.lines);
    let rows = asked.rows("", Of::Sales(RowKind::Failed), Some(currency), None);
    let mut cards = vec![Card::new(words.failed, Value::Count(count), sums_before.map(|(count, _)| Value::Count(count))).rows(rows.clone()).bad()];
    if !currency.is_empty() {
        let money = |minor| Value::money(minor, currency);
        cards.push(Card::new(words.lost_amount, money(amount), sums_before.map(|(_, amount)| money(amount))).rows(rows).bad());
    }
    Block { currency: Some(one.currency.clone()), cards, series: Some(series(lang, asked, currency, now, before)), tables: vec![reasons(lang, one)] }
}

fn series(lang: Lang, asked: &Asked, currency: &str, now: &Read, before: Option<&Read>) -> Series {
    let words = lang.desk_reports();
    let has_price = !currency.is_empty();
    let days = |read: &Read| -> Days {
        let days = read.days.currencies.iter().find(|one| one.currency == currency).map_or(&[][..], |one| &one.days);
        let numbers =
            |(day, part): &(Date, Part)| (*day, if has_price { vec![part.failed.orders, part.failed.revenue] } else { vec![part.failed.orders] });
        days.iter().map(numbers).collect()
    };
    let columns = if has_price { vec![words.failed.name, words.lost_amount.name] } else { vec![words.failed.name] };
    let value = |column: usize, number: i64| if column == 1 { Value::money(number, currency) } else { Value::Count(number) };
    let (period, step) = (asked.period, asked.step(asked.period));
    Parts { period, step, columns, days: days(now), before: before.map(days), value: &value }.series()
}

/// Hotmart tells a reason of subscriptions alone; else the sale's status is what there is.
fn reasons(lang: Lang, one: &FailedInCurrency) -> Table {
    let words = lang.desk_reports();
    let row = |line: &FailedLine| {
        let status = lang.sale_status(&line.status).map_or_else(|| line.status.clone(), str::to_owned);
        let refusal = line.refusal.as_deref().filter(|refusal| !refusal.is_empty());
        Row {
            name: refusal.map_or_else(|| status.clone(), |refusal| format!("{status}: {refusal}")),
            href: None,
            values: vec![Value::Count(line.count), Value::money(line.amount, &one.currency)],
        }
    };
    Table {
        word: "reason",
        title: words.by_reason,
        how: None,
        of: words.reason,
        columns: vec![words.failed.name, words.lost_amount.name],
        rows: one.lines.iter().map(row).collect(),
        bar: Some(0),
    }
}
