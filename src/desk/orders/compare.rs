//! An account compared with Hotmart's own sums.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::PATH;
use crate::app::App;
use crate::clock::Micros;
use crate::desk::fields::done;
use crate::desk::who::Who;
use crate::desk::{failure, frame};
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::orders::account::Account;
use crate::orders::import::State as Reading;
use crate::orders::money::Money;
use crate::orders::reconcile::Difference;
use crate::ui::{Site, times};
use crate::web::{form, redirect};

/// `2026-11` of a moment in UTC, in which Hotmart's months are asked for.
const MONTH_CHARS: usize = 7;

/// What the page shows.
#[derive(Clone)]
struct Shown {
    account: Account,
    differences: Vec<Difference>,
    /// Something is left to read, so comparing waits.
    is_reading: bool,
}

/// `GET /desk/orders/accounts/{id}/compare`.
pub(in crate::desk) async fn show(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>, uri: Uri) -> Response {
    let shown = match load(&app, &id).await {
        Ok(shown) => shown,
        Err(error) => return failure::of(&error).into_response(),
    };
    let is_asked = form::value(&form::pairs(uri.query().unwrap_or_default().as_bytes()), "done") == Some("asked");
    let (lang, site, now) = (who.lang, std::sync::Arc::clone(&app.site), app.clock.now());
    let words = lang.desk_compare();
    frame::page(&app, Some(&who), lang, StatusCode::OK, words.title, move || {
        let to = format!("{PATH}/{}/compare", shown.account.id);
        view! {
            <div class="desk-page">
                <p><a href=PATH>{lang.desk_orders().title}</a></p>
                <h1>{words.title}": "{shown.account.name.clone()}</h1>
                <p class="lede">{words.text}</p>
                {is_asked.then(|| done(words.asked))}
                {state(lang, &shown, &site, now)}
                {(!shown.account.is_disconnected).then(|| view! {
                    <form action=to method="post"><button class="button" type="submit">{words.ask}</button></form>
                })}
                {table(lang, &shown.differences)}
            </div>
        }
        .into_any()
    })
    .await
}

/// `POST /desk/orders/accounts/{id}/compare`.
pub(in crate::desk) async fn ask(State(app): State<App>, Path(id): Path<String>) -> Response {
    let asked = match app.orders.accounts().by_id(&id).await {
        Ok(account) => app.orders.ask_comparison(&account.id).await,
        Err(error) => Err(error),
    };
    match asked {
        Ok(()) => redirect::see_other(&format!("{PATH}/{id}/compare?done=asked")),
        Err(error) => failure::of(&error).into_response(),
    }
}

async fn load(app: &App, id: &str) -> Result<Shown, ServiceError> {
    let account = app.orders.accounts().by_id(id).await?;
    let differences = app.orders.differences(&account.id).await?;
    let is_reading = app.orders.progress(&account).await?.state == Reading::Importing;
    Ok(Shown { account, differences, is_reading })
}

fn state(lang: Lang, shown: &Shown, site: &Site, now: Micros) -> AnyView {
    let (words, compared) = (lang.desk_compare(), shown.account.compared);
    let waits = (compared.is_asked || compared.at.is_none()).then_some(if shown.is_reading { words.waits } else { words.runs });
    let last = compared.at.map(|at| {
        let found = match shown.differences.len() {
            0 => words.same.to_owned(),
            count => words.differ.replace("{count}", &count.to_string()),
        };
        let months = words.months.replace("{count}", &compared.months.to_string());
        view! { <p>{words.compared} " " {times::moment(site, lang, at, now)} " · " {months} " · " <strong>{found}</strong></p> }
    });
    let waits = waits.filter(|_| !shown.account.is_disconnected);
    view! { {last} {waits.map(|text| view! { <p class="meta">{text}</p> })} }.into_any()
}

fn table(lang: Lang, all: &[Difference]) -> AnyView {
    if all.is_empty() {
        return ().into_any();
    }
    let words = lang.desk_compare();
    let side = |(sales, minor): (i64, i64), currency: &str| {
        let plain = Money { minor, currency: currency.to_owned() }.plain();
        let plain = if lang == Lang::En { plain } else { plain.replace('.', ",") };
        format!("{sales} · {plain} {currency}")
    };
    let row = |one: &Difference| {
        let month: String = one.from.timestamp().to_string().chars().take(MONTH_CHARS).collect();
        let status = lang.sale_status(&one.status).map_or_else(|| one.status.clone(), str::to_owned);
        view! {
            <tr>
                <td>{month}</td>
                <td>{status}</td>
                <td>{side(one.here, &one.currency)}</td>
                <td>{side(one.there, &one.currency)}</td>
            </tr>
        }
    };
    view! {
        <div class="report-scroll" tabindex="0" role="region" aria-label=words.title>
            <table>
                <thead>
                    <tr>
                        <th scope="col">{words.month}</th>
                        <th scope="col">{words.status}</th>
                        <th scope="col">{words.here}</th>
                        <th scope="col">{words.there}</th>
                    </tr>
                </thead>
                <tbody>{all.iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}
