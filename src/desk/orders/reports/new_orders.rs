//! *New orders*: how many, how much, and where they come from.

use super::asked::Asked;
use super::lines;
use super::model::{Block, Card, Report, Row, Series, Table, Value};
use super::rows::Of;
use super::series::{Days, Parts};
use crate::app::App;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::orders::figures::{Detail, Dimension, InCurrency, Line, NewOrders, Part, RowKind, Sums};

/// The page's question with what it needs to be told.
#[derive(Clone, Copy)]
struct Told<'a> {
    lang: Lang,
    asked: &'a Asked,
    currency: &'a str,
}

/// `all`: the period's figures where nothing narrows them down, if they were read already.
pub(super) async fn report(app: &App, lang: Lang, asked: &Asked, all: Option<NewOrders>) -> Result<Report, ServiceError> {
    let (ask, figures) = (asked.ask(), app.orders.figures());
    let mut now = match all {
        Some(all) if ask.filter.is_empty() => all,
        _ => figures.new_orders_in(&ask, asked.detail()).await?,
    };
    let before = match ask.before() {
        // By day: its months don't begin when those of the period do.
        Some(ask) => Some(figures.new_orders_in(&ask, Detail { is_broken_down: false, by_month: false }).await?),
        None => None,
    };
    let first = now.currencies.iter().filter_map(|one| one.days.first()).map(|(day, _)| *day).min();
    let since = asked.since(first);
    if since.detail() != asked.detail() {
        now = figures.new_orders_in(&ask, since.detail()).await?;
    }
    let asked = since;
    let currencies = union(&now, before.as_ref());
    let blocks = currencies.iter().map(|one| {
        let before = before.as_ref().map(|before| before.currencies.iter().find(|other| other.currency == one.currency));
        block(Told { lang, asked: &asked, currency: &one.currency }, one, before)
    });
    Ok(Report { blocks: blocks.collect(), is_counting: now.is_counting })
}

/// Currencies of the period, and those that had orders in the one before alone.
fn union(now: &NewOrders, before: Option<&NewOrders>) -> Vec<InCurrency> {
    let gone = before.into_iter().flat_map(|before| &before.currencies);
    let gone = gone.filter(|one| now.currencies.iter().all(|other| other.currency != one.currency));
    let nothing = |one: &InCurrency| InCurrency { currency: one.currency.clone(), total: Part::default(), days: Vec::new(), by: Vec::new() };
    now.currencies.iter().cloned().chain(gone.map(nothing)).collect()
}

/// `before`: outer `None` where nothing is compared, inner where there was nothing.
fn block(told: Told<'_>, one: &InCurrency, before: Option<Option<&InCurrency>>) -> Block {
    let total_before = before.map(|before| before.map_or_else(Part::default, |before| before.total));
    let days_before = before.map(|before| before.map_or(&[][..], |before| &before.days));
    Block {
        currency: Some(one.currency.clone()),
        cards: cards(told, &one.total, total_before.as_ref()),
        series: Some(series(told, &one.days, days_before)),
        tables: one.by.iter().map(|(dimension, lines)| table(told, *dimension, lines)).filter(|table| !table.rows.is_empty()).collect(),
    }
}

fn cards(told: Told<'_>, now: &Part, before: Option<&Part>) -> Vec<Card> {
    let words = told.lang.desk_reports();
    let count = |of: fn(&Part) -> i64| (Value::Count(of(now)), before.map(|before| Value::Count(of(before))));
    let money = |of: fn(&Part) -> i64| (Value::money(of(now), told.currency), before.map(|before| Value::money(of(before), told.currency)));
    let amount = |minor: i64| Value::money(minor, told.currency);
    let rows = |of: RowKind| told.asked.rows("", Of::Sales(of), Some(told.currency), None);
    let card = |texts, (now, before): (Value, Option<Value>)| Card::new(texts, now, before);
    let average = |sums: &Sums| sums.average().map_or(Value::None, amount);
    let net_note = (now.new.without_fee > 0).then(|| words.without_fee.replace("{count}", &told.lang.number(now.new.without_fee)));
    let mut cards = vec![
        card(words.orders, count(|part| part.new.orders)).rows(rows(RowKind::New)),
        card(words.revenue, money(|part| part.new.revenue)).rows(rows(RowKind::New)),
        card(words.net, money(|part| part.new.net())).rows(rows(RowKind::New)).note(net_note),
        card(words.new_customers, count(|part| part.new.new_customers)).rows(rows(RowKind::New)),
        card(words.returning_customers, count(|part| part.new.returning_customers())).rows(rows(RowKind::New)),
        Card::new(words.average, average(&now.new), before.map(|before| average(&before.new))).rows(rows(RowKind::New)),
        card(words.one_time, count(|part| part.new.one_time())).beside(amount(now.new.one_time_amount())).rows(rows(RowKind::OneTime)),
        card(words.first_payments, count(|part| part.new.first)).beside(amount(now.new.first_amount)).rows(rows(RowKind::First)),
        card(words.renewals, count(|part| part.renewals.orders)).beside(amount(now.renewals.revenue)).rows(rows(RowKind::Renewal)),
        card(words.failed, count(|part| part.failed.orders)).beside(amount(now.failed.revenue)).rows(rows(RowKind::Failed)).bad(),
        card(words.refunded, count(refunded)).beside(amount(refunded_amount(now))).rows(rows(RowKind::Refunded)).bad(),
        card(words.chargebacks, count(chargebacks)).beside(amount(chargeback_amount(now))).rows(rows(RowKind::Chargeback)).bad(),
    ];
    // Sales without a price have no sums.
    cards.retain(|card| !told.currency.is_empty() || matches!(card.now, Value::Count(_)));
    cards
}

fn refunded(part: &Part) -> i64 {
    [part.new, part.renewals].iter().map(|sums| sums.refunded + sums.partly).sum()
}

fn refunded_amount(part: &Part) -> i64 {
    [part.new, part.renewals].iter().map(|sums| sums.refunded_amount + sums.partly_amount).sum()
}

fn chargebacks(part: &Part) -> i64 {
    part.new.chargebacks + part.renewals.chargebacks
}

fn chargeback_amount(part: &Part) -> i64 {
    part.new.chargeback_amount + part.renewals.chargeback_amount
}

fn series(told: Told<'_>, days: &[(jiff::civil::Date, Part)], before: Option<&[(jiff::civil::Date, Part)]>) -> Series {
    let words = told.lang.desk_reports();
    let has_price = !told.currency.is_empty();
    let numbers = |part: &Part| {
        if has_price { vec![part.new.revenue, part.new.orders, part.new.net()] } else { vec![part.new.orders] }
    };
    let of = |days: &[(jiff::civil::Date, Part)]| -> Days { days.iter().map(|(day, part)| (*day, numbers(part))).collect() };
    let columns = if has_price { vec![words.revenue.name, words.orders.name, words.net.name] } else { vec![words.orders.name] };
    let value = |column: usize, number: i64| {
        if has_price && column != 1 { Value::money(number, told.currency) } else { Value::Count(number) }
    };
    let (period, step) = (told.asked.period, told.asked.step(told.asked.period));
    Parts { period, step, columns, days: of(days), before: before.map(of), value: &value }.series()
}

fn table(told: Told<'_>, dimension: Dimension, lines: &[Line]) -> Table {
    let words = told.lang.desk_reports();
    let has_price = !told.currency.is_empty();
    let row = |line: &Line| {
        let money = |minor: i64| Value::money(minor, told.currency);
        let sums = &line.part.new;
        let mut values = vec![Value::Count(sums.orders)];
        if has_price {
            values.extend([money(sums.revenue), money(sums.net())]);
        }
        Row {
            name: lines::name(told.lang, dimension, &line.value, line.name.as_deref()),
            href: Some(told.asked.narrowed(dimension, Some(&line.value)).address()),
            values,
        }
    };
    let columns = if has_price { vec![words.orders.name, words.revenue.name, words.net.name] } else { vec![words.orders.name] };
    Table {
        word: dimension.word(),
        title: lines::title(told.lang, dimension),
        how: None,
        of: lines::title(told.lang, dimension),
        bar: Some(columns.len().min(2) - 1),
        columns,
        // A value that brought renewals or failed payments alone has no new order.
        rows: lines.iter().filter(|line| line.part.new.orders > 0).map(row).collect(),
    }
}
