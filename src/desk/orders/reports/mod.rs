//! Reports of the orders: for leads and admins, off until an account is connected. Everything that is asked for stands in the address, except whose path
//! is looked at.

mod asked;
mod blocks;
mod chart;
mod controls;
mod csv;
mod export;
mod failed_payments;
mod lines;
mod model;
mod new_orders;
mod path;
mod period;
mod refunds;
mod rows;
mod series;
mod subscriptions;
mod support;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use crate::app::App;
use crate::desk::who::Who;
use crate::desk::{failure, frame};
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::orders::account::Account;
use crate::orders::figures::{Filter, NewOrders};
use crate::staff::Action;
use crate::web::{Failure, form, redirect};
pub(in crate::desk) use asked::PATH;
use asked::{Asked, Kind, Wrong};
use model::Report;
pub(in crate::desk) use path::{show as ask_path, take as show_path};
pub(in crate::desk) use rows::{send as send_rows, show as show_rows};

/// Whether the frame leads somebody here: sales are read, and they may see figures. Without a database it leads nowhere.
pub(in crate::desk) async fn are_for(app: &App, who: &Who) -> bool {
    who.member.role.may(Action::SeeFigures) && app.orders.is_connected().await.unwrap_or(false)
}

/// `GET /desk/orders/reports`.
pub(in crate::desk) async fn first() -> Response {
    redirect::found(&format!("{PATH}/{}", Kind::NewOrders.word()))
}

/// `GET /desk/orders/reports/{what}`: a report, or with `.csv` behind it one of its tables.
pub(in crate::desk) async fn show(State(app): State<App>, Extension(who): Extension<Who>, Path(what): Path<String>, uri: Uri) -> Response {
    let (word, is_file) = what.strip_suffix(".csv").map_or((what.as_str(), false), |word| (word, true));
    let Some(kind) = Kind::parse(word) else { return Failure::NotFound.into_response() };
    let accounts = match connected(&app, &who).await {
        Ok(accounts) => accounts,
        Err(response) => return response,
    };
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let (asked, wrong) = Asked::parse(kind, &pairs, &accounts, app.orders.figures().today());
    match (wrong, is_file) {
        (Some(_), true) => Failure::BadRequest.into_response(),
        (None, true) => export::send(&app, who.lang, &asked, form::value(&pairs, "table").unwrap_or_default()).await,
        (wrong, false) => page(&app, &who, asked, wrong).await,
    }
}

/// `all`: *New Orders* of the period where nothing narrows it down, if it was read already.
async fn report(app: &App, lang: Lang, asked: &Asked, all: Option<NewOrders>) -> Result<Report, ServiceError> {
    match asked.kind {
        Kind::NewOrders => new_orders::report(app, lang, asked, all).await,
        Kind::Refunds => refunds::report(app, lang, asked).await,
        Kind::Subscriptions => subscriptions::report(app, lang, asked).await,
        Kind::FailedPayments => failed_payments::report(app, lang, asked).await,
        Kind::Support => support::report(app, lang, asked).await,
    }
}

/// With wrong days there is the form alone, as it was typed.
async fn page(app: &App, who: &Who, asked: Asked, wrong: Option<Wrong>) -> Response {
    let (lang, today) = (who.lang, app.orders.figures().today());
    let read = async {
        let figures = app.orders.figures();
        let all = figures.new_orders_in(&asked.ask().narrowed(Filter::default()), asked.detail()).await?;
        let choices = figures.choices(&all).await?;
        let report = if wrong.is_none() { Some(report(app, lang, &asked, Some(all)).await?) } else { None };
        Ok((choices, report))
    };
    let (choices, report) = match read.await {
        Ok(read) => read,
        Err(error) => return failure::of(&error).into_response(),
    };
    let status = if wrong.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let title = controls::title(lang, asked.kind);
    frame::page(app, Some(who), lang, status, title, move || {
        view! {
            <div class="desk-list">
                {controls::reports(lang, Some(&asked))}
                <div class="desk-list-main">
                    <h1>{title}</h1>
                    {controls::presets(lang, &asked, today)}
                    {controls::form(lang, &asked, wrong.as_ref(), &choices)}
                    {controls::narrowed(lang, &asked, &choices)}
                    {report.as_ref().map(|report| content(lang, &asked, report))}
                </div>
            </div>
        }
        .into_any()
    })
    .await
}

fn content(lang: Lang, asked: &Asked, report: &Report) -> AnyView {
    let words = lang.desk_reports();
    let compared = asked.ask().before().map(|before| {
        let text = words.compared_with.replace("{from}", &lang.short_date(before.from())).replace("{to}", &lang.short_date(before.to()));
        view! { <p class="meta">{text}</p> }
    });
    let counting = report.is_counting.then(|| view! { <p class="notice notice-warning" role="status"><span>{words.is_counting}</span></p> });
    let id = |at: usize| format!("block-{at}");
    let jumps = (report.blocks.len() > 1).then(|| {
        let links = report.blocks.iter().enumerate().map(|(at, block)| {
            let name = block.currency.clone().filter(|currency| !currency.is_empty()).unwrap_or_else(|| words.no_currency.to_owned());
            view! { <li><a class="preset" href=format!("#{}", id(at))>{name}</a></li> }
        });
        view! { <nav class="presets" aria-label=words.currency><ul>{links.collect_view()}</ul></nav> }
    });
    let blocks = report.blocks.iter().enumerate().map(|(at, block)| blocks::block(lang, asked, &id(at), block, at == 0)).collect_view();
    let empty = report.blocks.is_empty().then(|| view! { <p class="desk-empty">{words.nothing_in_period}</p> });
    view! { {compared} {counting} {jumps} {empty} {blocks} }.into_any()
}

/// Nobody has connected an account yet.
async fn not_connected(app: &App, who: &Who) -> Response {
    let (lang, may_connect) = (who.lang, who.member.role.may(Action::ManageOrderAccounts));
    let words = lang.desk_reports();
    frame::page(app, Some(who), lang, StatusCode::OK, words.title, move || {
        let way = if may_connect {
            view! { <p><a class="button button-primary" href=super::PATH>{words.connect}</a></p> }.into_any()
        } else {
            view! { <p>{words.ask_admin}</p> }.into_any()
        };
        view! { <div class="desk-page"><h1>{words.title}</h1><p class="lede">{words.not_connected}</p>{way}</div> }.into_any()
    })
    .await
}

/// Accounts, if any; without one the page says so.
async fn connected(app: &App, who: &Who) -> Result<Vec<Account>, Response> {
    match app.orders.accounts().list().await {
        Ok(accounts) if accounts.is_empty() => Err(not_connected(app, who).await),
        Ok(accounts) => Ok(accounts),
        Err(error) => Err(failure::of(&error).into_response()),
    }
}
