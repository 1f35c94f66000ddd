//! Tables of a report as files: the same numbers as on the page, of all currencies, each row with its own.

use axum::response::{IntoResponse, Response};

use super::asked::{Asked, Kind};
use super::csv::{Cell, Csv};
use super::model::{Report, Value};
use crate::app::App;
use crate::desk::failure;
use crate::i18n::Lang;
use crate::orders::figures::Dimension;
use crate::web::Failure;

const SERIES: &str = "series";

/// What can be asked for; the first where nothing is named.
fn tables(kind: Kind) -> Vec<&'static str> {
    let product = Dimension::Product.word();
    match kind {
        Kind::NewOrders => std::iter::once(SERIES).chain(Dimension::ALL.iter().map(|dimension| dimension.word())).collect(),
        Kind::Refunds => vec![SERIES, product, "days-until"],
        Kind::Subscriptions => vec!["plan"],
        Kind::FailedPayments => vec![SERIES, "reason"],
        Kind::Support => vec![product, "reason", "article"],
    }
}

/// `table`: the word of a table.
pub(super) async fn send(app: &App, lang: Lang, asked: &Asked, table: &str) -> Response {
    let known = tables(asked.kind);
    let Some(word) = known.iter().find(|word| **word == table || table.is_empty()) else { return Failure::NotFound.into_response() };
    let report = match super::report(app, lang, asked, None).await {
        Ok(report) => report,
        Err(error) => return failure::of(&error).into_response(),
    };
    let csv = if *word == SERIES { series(lang, &report) } else { table_of(lang, &report, word) };
    csv.download(&format!("{}-{word}-{}-{}", asked.kind.word(), asked.period.from, asked.period.to))
}

/// Names of columns with what stands in each, whichever of them a block has.
fn aligned(columns: &[&'static str], of: &[&'static str], values: &[Value]) -> Vec<Cell> {
    let value = |column: &&'static str| of.iter().position(|name| name == column).and_then(|at| values.get(at));
    columns.iter().map(|column| Cell::Number(value(column).map(Value::plain).unwrap_or_default())).collect()
}

fn union<'a>(all: impl Iterator<Item = &'a Vec<&'static str>>) -> Vec<&'static str> {
    let mut columns = Vec::new();
    for name in all.flatten() {
        if !columns.contains(name) {
            columns.push(*name);
        }
    }
    columns
}

fn series(lang: Lang, report: &Report) -> Csv {
    let words = lang.desk_reports();
    let all = || report.blocks.iter().filter_map(|block| Some((block, block.series.as_ref()?)));
    let columns = union(all().map(|(_, series)| &series.columns));
    let is_compared = all().any(|(_, series)| series.before.is_some());
    let mut csv = Csv::new();
    let before = is_compared.then(|| Cell::text(words.period_before));
    csv.row([words.currency, words.from, words.to].into_iter().chain(columns.iter().copied()).map(Cell::text).chain(before));
    for (block, series) in all() {
        for (at, point) in series.points.iter().enumerate() {
            let head = [block.currency.clone().unwrap_or_default(), point.from.to_string(), point.to.to_string()].map(Cell::Text);
            let before = is_compared.then(|| {
                let value = series.before.as_ref().and_then(|before| before.get(at));
                Cell::Number(value.map(Value::plain).unwrap_or_default())
            });
            csv.row(head.into_iter().chain(aligned(&columns, &series.columns, &point.values)).chain(before));
        }
    }
    csv
}

fn table_of(lang: Lang, report: &Report, word: &str) -> Csv {
    let all = || report.blocks.iter().filter_map(|block| Some((block, block.tables.iter().find(|table| table.word == word)?)));
    let columns = union(all().map(|(_, table)| &table.columns));
    let first = all().next().map_or(word, |(_, table)| table.of);
    // What is not about money has no currency.
    let has_currency = report.blocks.iter().any(|block| block.currency.is_some());
    let mut csv = Csv::new();
    let head = has_currency.then_some(lang.desk_reports().currency);
    csv.row(head.into_iter().chain(std::iter::once(first)).chain(columns.iter().copied()).map(Cell::text));
    for (block, table) in all() {
        for row in &table.rows {
            let currency = has_currency.then(|| Cell::Text(block.currency.clone().unwrap_or_default()));
            let name = std::iter::once(Cell::Text(row.name.clone()));
            csv.row(currency.into_iter().chain(name).chain(aligned(&columns, &table.columns, &row.values)));
        }
    }
    csv
}
