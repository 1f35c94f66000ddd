//! *Refunds and chargebacks*: of what was paid in a period, what went back since.

use jiff::civil::Date;

use super::asked::Asked;
use super::lines;
use super::model::{Block, Card, Report, Row, Series, Table, Value};
use super::rows::Of;
use super::series::{Days, Parts};
use crate::app::App;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::orders::figures::model::{RefundLine, RefundsInCurrency};
use crate::orders::figures::{Dimension, Refunds, RowKind, Sums};

/// Days until a refund, put together: from each up to the next.
const UNTIL: [i64; 6] = [0, 1, 4, 8, 15, 31];

pub(super) async fn report(app: &App, lang: Lang, asked: &Asked) -> Result<Report, ServiceError> {
    let ask = asked.ask();
    let now = app.orders.figures().refunds(&ask).await?;
    let before = match ask.before() {
        Some(ask) => Some(app.orders.figures().refunds(&ask).await?),
        None => None,
    };
    let first = now.currencies.iter().filter_map(|one| one.days.first()).map(|(day, _)| *day).min();
    let asked = asked.since(first);
    let blocks = now.currencies.iter().map(|one| block(lang, &asked, one, before.as_ref()));
    Ok(Report { blocks: blocks.collect(), is_counting: now.is_counting })
}

fn block(lang: Lang, asked: &Asked, one: &RefundsInCurrency, before: Option<&Refunds>) -> Block {
    let of_before = |before: &Refunds| before.currencies.iter().find(|other| other.currency == one.currency).cloned();
    let before = before.map(|before| of_before(before).unwrap_or_else(|| nothing(&one.currency)));
    let mut tables = vec![products(lang, asked, one)];
    tables.push(until(lang, one));
    tables.retain(|table| !table.rows.is_empty());
    Block {
        currency: Some(one.currency.clone()),
        cards: cards(lang, asked, one, before.as_ref().map(|before| &before.total)),
        series: Some(series(lang, asked, one, before.as_ref())),
        tables,
    }
}

fn nothing(currency: &str) -> RefundsInCurrency {
    RefundsInCurrency {
        currency: currency.to_owned(),
        total: Sums::default(),
        days: Vec::new(),
        by_product: Vec::new(),
        days_until: Vec::new(),
        day_unknown: 0,
    }
}

fn refunded(sums: &Sums) -> i64 {
    sums.refunded + sums.partly
}

fn back(sums: &Sums) -> i64 {
    sums.refunded_amount + sums.partly_amount + sums.chargeback_amount
}

fn cards(lang: Lang, asked: &Asked, one: &RefundsInCurrency, before: Option<&Sums>) -> Vec<Card> {
    let (words, now, currency) = (lang.desk_reports(), &one.total, one.currency.as_str());
    let card = |texts, of: &dyn Fn(&Sums) -> Value| Card::new(texts, of(now), before.map(of));
    let rows = |of: RowKind| asked.rows("", Of::Sales(of), Some(currency), None);
    let amount = |minor: i64| Value::money(minor, currency);
    let mut cards = vec![
        card(words.refunded, &|sums| Value::Count(refunded(sums)))
            .beside(amount(now.refunded_amount + now.partly_amount))
            .rows(rows(RowKind::Refunded))
            .bad(),
        card(words.refund_rate, &|sums| Value::share(refunded(sums), sums.orders)).rows(rows(RowKind::Refunded)).bad(),
        card(words.chargebacks, &|sums| Value::Count(sums.chargebacks)).beside(amount(now.chargeback_amount)).rows(rows(RowKind::Chargeback)).bad(),
        card(words.chargeback_rate, &|sums| Value::share(sums.chargebacks, sums.orders)).rows(rows(RowKind::Chargeback)).bad(),
        card(words.refunded_amount, &|sums| amount(back(sums))).rows(rows(RowKind::Refunded)).bad(),
        card(words.paid_orders, &|sums| Value::Count(sums.orders)).beside(amount(now.revenue)).rows(rows(RowKind::Paid)),
    ];
    cards.retain(|card| !currency.is_empty() || !matches!(card.now, Value::None) || now.orders == 0);
    cards
}

fn series(lang: Lang, asked: &Asked, one: &RefundsInCurrency, before: Option<&RefundsInCurrency>) -> Series {
    let (words, currency) = (lang.desk_reports(), one.currency.as_str());
    let has_price = !currency.is_empty();
    let numbers = |sums: &Sums| {
        let counts = [refunded(sums), sums.chargebacks, sums.orders];
        if has_price { std::iter::once(back(sums)).chain(counts).collect() } else { counts.to_vec() }
    };
    let of = |days: &[(Date, Sums)]| -> Days { days.iter().map(|(day, sums)| (*day, numbers(sums))).collect() };
    let mut columns = vec![words.refunded.name, words.chargebacks.name, words.paid_orders.name];
    if has_price {
        columns.insert(0, words.refunded_amount.name);
    }
    let value = |column: usize, number: i64| if has_price && column == 0 { Value::money(number, currency) } else { Value::Count(number) };
    let (period, step) = (asked.period, asked.step(asked.period));
    Parts { period, step, columns, days: of(&one.days), before: before.map(|before| of(&before.days)), value: &value }.series()
}

fn products(lang: Lang, asked: &Asked, one: &RefundsInCurrency) -> Table {
    let words = lang.desk_reports();
    let row = |line: &RefundLine| {
        let sums = &line.sums;
        Row {
            name: lines::name(lang, Dimension::Product, &line.product, line.name.as_deref()),
            href: Some(asked.narrowed(Dimension::Product, Some(&line.product)).address()),
            values: vec![
                Value::Count(refunded(sums)),
                Value::share(refunded(sums), sums.orders),
                Value::Count(sums.chargebacks),
                Value::Count(sums.orders),
                Value::money(back(sums), &one.currency),
            ],
        }
    };
    Table {
        word: Dimension::Product.word(),
        title: words.by_product,
        how: None,
        of: words.product,
        columns: vec![words.refunded.name, words.refund_rate.name, words.chargebacks.name, words.paid_orders.name, words.refunded_amount.name],
        rows: one.by_product.iter().map(row).collect(),
        bar: Some(0),
    }
}

/// How long refunds took.
fn until(lang: Lang, one: &RefundsInCurrency) -> Table {
    let words = lang.desk_reports();
    let span = |at: usize| {
        let (from, next) = (UNTIL[at], UNTIL.get(at + 1).copied());
        let name = match next {
            _ if from == 0 => words.same_day.to_owned(),
            Some(next) => words.days_between.replace("{from}", &from.to_string()).replace("{to}", &(next - 1).to_string()),
            None => words.days_or_more.replace("{days}", &from.to_string()),
        };
        let is_in = |days: i64| days.max(0) >= from && next.is_none_or(|next| days.max(0) < next);
        (name, one.days_until.iter().filter(|(days, _)| is_in(*days)).map(|(_, count)| count).sum::<i64>())
    };
    let unknown = std::iter::once((words.day_unknown.to_owned(), one.day_unknown));
    let rows = (0..UNTIL.len()).map(span).chain(unknown).filter(|(_, count)| *count > 0);
    Table {
        word: "days-until",
        title: words.days_until.name,
        how: Some(words.days_until.how),
        of: words.days_until.name,
        columns: vec![words.refunded.name],
        rows: rows.map(|(name, count)| Row { name, href: None, values: vec![Value::Count(count)] }).collect(),
        bar: Some(0),
    }
}
