//! One customer's path: what they bought and what they wrote, in time. Their address is posted, so that it stands in no address and no log.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::controls::{self, PERSON_PATH};
use crate::app::App;
use crate::clock::Micros;
use crate::desk::fields::Field;
use crate::desk::ticket::status_name;
use crate::desk::who::Who;
use crate::desk::{failure, frame};
use crate::i18n::Lang;
use crate::orders::Purchase;
use crate::orders::figures::{Path, PathTicket, Step};
use crate::tickets::model::{Reference, Status};
use crate::ui::times;
use crate::values::Email;
use crate::web::form;

/// What the page shows.
#[derive(Debug, Clone, Default)]
struct Shown {
    typed: String,
    is_wrong: bool,
    path: Option<Path>,
}

/// `GET /desk/orders/reports/path`.
pub(in crate::desk) async fn show(State(app): State<App>, Extension(who): Extension<Who>) -> Response {
    page(&app, &who, StatusCode::OK, Shown::default()).await
}

/// `POST /desk/orders/reports/path`.
pub(in crate::desk) async fn take(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let typed = form::value(&pairs, "email").unwrap_or_default().trim().to_owned();
    let Ok(email) = Email::parse(&typed) else {
        return page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, Shown { typed, is_wrong: true, path: None }).await;
    };
    match app.orders.figures().path(&email).await {
        Ok(path) => page(&app, &who, StatusCode::OK, Shown { typed, is_wrong: false, path: Some(path) }).await,
        Err(error) => failure::of(&error).into_response(),
    }
}

async fn page(app: &App, who: &Who, status: StatusCode, shown: Shown) -> Response {
    if let Err(response) = super::connected(app, who).await {
        return response;
    }
    let (site, library, lang, now) = (std::sync::Arc::clone(&app.site), app.content.library(), who.lang, app.clock.now());
    let words = lang.desk_reports();
    frame::page(app, Some(who), lang, status, words.path, move || {
        let wrong = shown.is_wrong.then(|| words.path_bad_email.to_owned());
        let reason = |id: &str| library.reason(id).map_or_else(|| id.to_owned(), |reason| reason.texts[lang].title.clone());
        let day = |at: Option<Micros>| match at {
            Some(at) => times::moment(&site, lang, at, now),
            None => words.path_no_day.into_any(),
        };
        let steps = shown.path.as_ref().map(|path| {
            if path.is_empty() {
                return view! { <p class="desk-empty">{words.path_none}</p> }.into_any();
            }
            let steps = path.iter().map(|(at, step)| match step {
                Step::Order(purchase) => order(lang, purchase, day(*at)),
                Step::Ticket(ticket) => of_ticket(lang, ticket, ticket.reason.as_deref().map(reason), day(*at)),
            });
            view! { <ol class="thread customer-path" role="list">{steps.collect_view()}</ol> }.into_any()
        });
        view! {
            <div class="desk-list">
                {controls::reports(lang, None)}
                <div class="desk-list-main">
                    <h1>{words.path}</h1>
                    <p class="meta">{words.path_text}</p>
                    <form class="form desk-form customer-path-form" action=PERSON_PATH method="post" novalidate>
                        {Field::email("email", words.path_email, "off").value(&shown.typed).wrong(wrong).view()}
                        <button class="button button-primary" type="submit">{words.path_show}</button>
                    </form>
                    {steps}
                </div>
            </div>
        }
        .into_any()
    })
    .await
}

fn order(lang: Lang, purchase: &Purchase, day: AnyView) -> AnyView {
    let words = lang.desk_reports();
    let status = lang.sale_status(&purchase.status).map_or_else(|| purchase.status.clone(), str::to_owned);
    let price = purchase.price().map(|price| lang.money(&price.plain(), &price.currency));
    let way = purchase.payment_type.as_deref().map(|word| lang.way_of_paying(word).unwrap_or(word).to_owned());
    let facts: Vec<String> = [price, way].into_iter().flatten().collect();
    view! {
        <li class="said said-answer">
            <div class="said-head">
                <h2>{words.path_order} ": " <span dir="auto">{purchase.product_name.clone().unwrap_or_default()}</span></h2>
                <p class="meta">{day}</p>
            </div>
            <p><span class="mark">{status}</span> " " {facts.join(" · ")} " " <code class="meta">{purchase.code.clone()}</code></p>
        </li>
    }
    .into_any()
}

fn of_ticket(lang: Lang, ticket: &PathTicket, reason: Option<String>, day: AnyView) -> AnyView {
    let words = lang.desk_reports();
    let status = Status::parse(&ticket.status).map_or_else(|| ticket.status.clone(), |status| status_name(lang, status).to_owned());
    let reference = Reference::parse(&ticket.reference).map_or_else(|| ticket.reference.clone(), |reference| reference.to_string());
    let facts: Vec<String> = reason.into_iter().chain(ticket.code.clone()).collect();
    view! {
        <li class="said">
            <div class="said-head">
                <h2>{words.path_ticket} ": " <a href=format!("/desk/tickets/{reference}") dir="auto">{ticket.subject.clone()}</a></h2>
                <p class="meta">{day}</p>
            </div>
            <p><span class="mark">{status}</span> " " {facts.join(" · ")} " " <code class="meta">{reference}</code></p>
        </li>
    }
    .into_any()
}
