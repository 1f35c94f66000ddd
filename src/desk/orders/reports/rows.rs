//! The sales behind a number: each with its buyer's name and no more of them.

use axum::Extension;
use axum::body::Body;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{self, StreamExt};
use leptos::prelude::*;

use super::asked::{Asked, Kind, WITHOUT};
use super::controls;
use super::csv::{Cell, Csv};
use super::model::Value;
use crate::app::App;
use crate::desk::who::Who;
use crate::desk::{failure, frame};
use crate::i18n::Lang;
use crate::orders::figures::{Ask, RowKind, Rows, SaleRow};
use crate::web::{Failure, form};

/// Three letters; anything else is no currency.
const CURRENCY_MAX_CHARS: usize = 10;

/// Which sales.
#[derive(Debug, Clone)]
struct Wanted {
    of: RowKind,
    /// Empty: those without a price. `None`: all.
    currency: Option<String>,
}

/// `GET /desk/orders/reports/{what}/rows`.
pub(in crate::desk) async fn show(State(app): State<App>, Extension(who): Extension<Who>, Path(what): Path<String>, uri: Uri) -> Response {
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let (asked, wanted) = match parse(&app, &who, &what, &pairs).await {
        Ok(parsed) => parsed,
        Err(response) => return response,
    };
    let after = form::value(&pairs, "after");
    match app.orders.figures().rows(&asked.ask(), wanted.of, wanted.currency.as_deref(), after).await {
        Ok(rows) => page(&app, &who, asked, wanted, rows, after.is_some()).await,
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `GET /desk/orders/reports/{what}/rows.csv`: all of them.
pub(in crate::desk) async fn send(State(app): State<App>, Extension(who): Extension<Who>, Path(what): Path<String>, uri: Uri) -> Response {
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    match parse(&app, &who, &what, &pairs).await {
        Ok((asked, wanted)) => file(app, who.lang, &asked, wanted),
        Err(response) => response,
    }
}

async fn parse(app: &App, who: &Who, what: &str, pairs: &[(String, String)]) -> Result<(Asked, Wanted), Response> {
    let kind = Kind::parse(what).ok_or_else(|| Failure::NotFound.into_response())?;
    let accounts = super::connected(app, who).await?;
    let (asked, wrong) = Asked::parse(kind, pairs, &accounts, app.orders.figures().today());
    let of = form::value(pairs, "of").and_then(RowKind::parse).filter(|_| wrong.is_none()).ok_or_else(|| Failure::BadRequest.into_response())?;
    let currency =
        form::value(pairs, "currency").filter(|currency| !currency.is_empty() && currency.len() <= CURRENCY_MAX_CHARS && !currency.contains('\0'));
    let currency = currency.map(|currency| if currency == WITHOUT { String::new() } else { currency.to_owned() });
    Ok((asked, Wanted { of, currency }))
}

/// What the number is called that the sales stand behind.
fn name(lang: Lang, of: RowKind) -> &'static str {
    let words = lang.desk_reports();
    match of {
        RowKind::New => words.orders.name,
        RowKind::OneTime => words.one_time.name,
        RowKind::First => words.first_payments.name,
        RowKind::Renewal => words.renewals.name,
        RowKind::Failed => words.failed.name,
        RowKind::Refunded => words.refunded.name,
        RowKind::Chargeback => words.chargebacks.name,
    }
}

async fn page(app: &App, who: &Who, asked: Asked, wanted: Wanted, rows: Rows, is_further: bool) -> Response {
    let lang = who.lang;
    let words = lang.desk_reports();
    let currency = wanted.currency.clone().filter(|currency| !currency.is_empty());
    let title = format!("{}{}", name(lang, wanted.of), currency.map(|currency| format!(" · {currency}")).unwrap_or_default());
    let shown = title.clone();
    frame::page(app, Some(who), lang, StatusCode::OK, &title, move || {
        let address = |after: Option<&str>| asked.rows("", wanted.of, wanted.currency.as_deref(), after);
        let next = rows.next.as_deref().map(|after| view! { <a class="button" rel="next" href=address(Some(after))>{words.next_page}</a> });
        let first = is_further.then(|| view! { <a class="button" href=address(None)>{words.first_page}</a> });
        let file = asked.rows(".csv", wanted.of, wanted.currency.as_deref(), None);
        let period = format!("{} – {}", lang.short_date(asked.period.from), lang.short_date(asked.period.to));
        view! {
            <div class="desk-list">
                {controls::reports(lang, Some(&asked))}
                <div class="desk-list-main">
                    <nav class="meta"><a href=asked.address() data-key="u">{words.back}</a></nav>
                    <h1>{shown.clone()}</h1>
                    <p class="meta">{words.rows_title} " · " {period} " · " <a class="report-file" href=file download="">{words.download}</a></p>
                    {list(lang, &rows.rows)}
                    <div class="button-row">{first} {next}</div>
                </div>
            </div>
        }
        .into_any()
    })
    .await
}

fn status(lang: Lang, row: &SaleRow) -> String {
    let status = lang.sale_status(&row.status).map_or_else(|| row.status.clone(), str::to_owned);
    match row.refusal.as_deref().filter(|refusal| !refusal.is_empty()) {
        Some(refusal) => format!("{status}: {refusal}"),
        None => status,
    }
}

fn amount(row: &SaleRow) -> Value {
    row.price.clone().map_or(Value::None, Value::Money)
}

fn list(lang: Lang, rows: &[SaleRow]) -> AnyView {
    let words = lang.desk_reports();
    if rows.is_empty() {
        return view! { <p class="desk-empty">{words.no_rows}</p> }.into_any();
    }
    let body = rows.iter().map(|row| {
        view! {
            <tr>
                <td class="row-date">{lang.short_date(row.day)}</td>
                <td><code>{row.code.clone()}</code></td>
                <td dir="auto">{row.product_name.clone().unwrap_or_default()}</td>
                <td>{status(lang, row)}</td>
                <td class="row-amount">{amount(row).told(lang)}</td>
                <td dir="auto">{row.buyer_name.clone().unwrap_or_default()}</td>
            </tr>
        }
    });
    let heads = [words.date, words.code, words.product, words.status, words.amount, words.buyer];
    let heads = heads.map(|name| view! { <th scope="col" class=(name == words.amount).then_some("row-amount")>{name}</th> });
    view! {
        <div class="report-scroll" role="group" tabindex="0" aria-label=words.rows_title>
            <table class="sale-rows">
                <thead><tr>{heads.into_iter().collect_view()}</tr></thead>
                <tbody>{body.collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

/// What a file still has to be told.
struct Reading {
    app: App,
    ask: Ask,
    lang: Lang,
    wanted: Wanted,
    /// Where the next page begins; outer `None`: all was told.
    after: Option<Option<String>>,
}

/// All of them, however many there are: read and sent page by page.
fn file(app: App, lang: Lang, asked: &Asked, wanted: Wanted) -> Response {
    let words = lang.desk_reports();
    let mut head = Csv::new();
    let columns = [words.date, words.code, words.product, words.status, words.currency, words.amount, words.payment, words.buyer];
    head.row(columns.map(Cell::text));
    let name = format!("{}-{}-{}-{}", asked.kind.word(), wanted.of.word(), asked.period.from, asked.period.to);
    let reading = Reading { app, ask: asked.ask(), lang, wanted, after: Some(None) };
    let pages = stream::try_unfold(reading, |mut reading| async move {
        let Some(after) = reading.after.take() else { return Ok::<_, std::io::Error>(None) };
        let (of, currency) = (reading.wanted.of, reading.wanted.currency.as_deref());
        let read = reading.app.orders.figures().rows(&reading.ask, of, currency, after.as_deref()).await;
        // The connection breaks off, so nobody takes half a file for a whole one.
        let rows = read.map_err(|error| {
            tracing::warn!(%error, "a file of orders could not be read to its end");
            std::io::Error::other("the orders could not be read")
        })?;
        // A page that leads to itself would never end.
        reading.after = rows.next.filter(|next| after.as_ref() != Some(next)).map(Some);
        Ok(Some((lines(reading.lang, &rows.rows), reading)))
    });
    let begun = stream::iter([Ok(head.into_text())]);
    Csv::download_of(&name, Body::from_stream(begun.chain(pages)))
}

fn lines(lang: Lang, rows: &[SaleRow]) -> String {
    let mut csv = Csv::more();
    for row in rows {
        csv.row([
            Cell::Text(row.day.to_string()),
            Cell::Text(row.code.clone()),
            Cell::Text(row.product_name.clone().unwrap_or_default()),
            Cell::Text(status(lang, row)),
            Cell::Text(row.price.as_ref().map(|price| price.currency.clone()).unwrap_or_default()),
            Cell::Number(amount(row).plain()),
            Cell::Text(row.payment_type.as_deref().map(|word| lang.way_of_paying(word).unwrap_or(word).to_owned()).unwrap_or_default()),
            Cell::Text(row.buyer_name.clone().unwrap_or_default()),
        ]);
    }
    csv.into_text()
}
