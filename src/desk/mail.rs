//! Incoming emails that wait for a decision: each with what made the program doubt, to be let into a ticket or dropped.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::{done, problem};
use super::who::Who;
use super::{failure, frame};
use crate::app::App;
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::intake::inbound::{IntakeOutcome, ReviewReason, ReviewRow};
use crate::ui::{Site, times};
use crate::web::{Failure, form, redirect};

pub(super) const PATH: &str = "/desk/mail";
/// Emails on the page; the rest come when these are decided on.
const EMAILS_MAX: u32 = 50;
/// Of each so much is shown; it is read whole in its ticket.
const TEXT_MAX_CHARS: usize = 4000;

/// An email with what it says; `None` where it can't be read.
type Waiting = (ReviewRow, Option<String>);

/// `GET /desk/mail`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>, uri: Uri) -> Response {
    let words = who.lang.desk_mail();
    let read = async {
        let mut emails: Vec<Waiting> = Vec::new();
        for row in app.inbound.in_review(EMAILS_MAX).await? {
            // One that a colleague decided on at this moment is gone.
            match app.inbound.text(&row.id).await {
                Ok(text) => emails.push((row, text.map(|text| text.chars().take(TEXT_MAX_CHARS).collect()))),
                Err(ServiceError::NotFound) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(emails)
    };
    let emails = match read.await {
        Ok(emails) => emails,
        Err(error) => return failure::of(&error).into_response(),
    };
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let said: Option<(bool, &'static str)> = match form::value(&pairs, "done") {
        Some("opened") => Some((true, words.done_opened)),
        Some("added") => Some((true, words.done_added)),
        Some("dropped") => Some((true, words.done_dropped)),
        Some("gone") => Some((false, words.gone)),
        Some("nobody") => Some((false, words.nobody_to_answer)),
        Some("many") => Some((false, words.too_many_now)),
        _ => None,
    };
    let (site, lang, now) = (Arc::clone(&app.site), who.lang, app.clock.now());
    frame::page(&app, Some(&who), lang, StatusCode::OK, words.title, move || {
        let rows = emails.iter().map(|email| row(&site, lang, email, now)).collect_view();
        let empty = emails.is_empty().then(|| view! { <p class="desk-empty">{words.empty}</p> });
        view! {
            <div class="desk-page">
                <nav class="meta"><a href="/desk" data-key="u">{lang.desk_ticket().back}</a></nav>
                <h1>{words.title}</h1>
                {said.map(|(is_done, text)| if is_done { done(text) } else { alert(text) })}
                {empty}
                <ul class="waiting-mail" role="list">{rows}</ul>
            </div>
        }
        .into_any()
    })
    .await
}

fn alert(text: &'static str) -> AnyView {
    view! { <div role="alert">{problem("said".to_owned(), text.to_owned())}</div> }.into_any()
}

fn row(site: &Site, lang: Lang, (row, text): &Waiting, now: Micros) -> AnyView {
    let words = lang.desk_mail();
    let from = row.address.clone().unwrap_or_else(|| words.no_sender.to_owned());
    let ticket = row.reference.clone().map(|reference| {
        view! { <p class="meta">{words.names} " " <a href=format!("/desk/tickets/{reference}")><code>{reference.clone()}</code></a></p> }
    });
    let verified = (row.authenticated == 0).then(|| view! { <span class="mark mark-high">{words.not_verified}</span> });
    let subject = row.subject.clone().filter(|subject| !subject.is_empty()).unwrap_or_else(|| lang.inbound().no_subject.to_owned());
    let accept = text.is_some().then(|| {
        view! {
            <form action=format!("{PATH}/{}/accept", row.id) method="post">
                <button class="button button-primary" type="submit">{words.accept}<span class="sr">": " {subject.clone()}</span></button>
            </form>
        }
    });
    view! {
        <li class="said">
            <div class="said-head">
                <h2>{subject.clone()}</h2>
                <p class="meta">{times::moment(site, lang, Micros(row.received_at), now)}</p>
            </div>
            <p dir="auto">{from} " " {verified}</p>
            <p>{why(lang, row.reason.as_deref())}</p>
            {ticket}
            <details class="fold"><summary>{words.read}</summary><div class="said-text" dir="auto">{text.clone().unwrap_or_else(|| words.unreadable.to_owned())}</div></details>
            <div class="button-row">
                {accept}
                <form action=format!("{PATH}/{}/drop", row.id) method="post">
                    <button class="button" type="submit">{words.drop}<span class="sr">": " {subject.clone()}</span></button>
                </form>
            </div>
        </li>
    }
    .into_any()
}

/// What made the program doubt, in plain words.
fn why(lang: Lang, reason: Option<&str>) -> &'static str {
    let words = lang.desk_mail();
    match reason.and_then(ReviewReason::parse) {
        Some(ReviewReason::Sender) => words.why_sender,
        Some(ReviewReason::Token) => words.why_token,
        Some(ReviewReason::Nobody) => words.why_nobody,
        Some(ReviewReason::Automatic) => words.why_automatic,
        Some(ReviewReason::TooMany) => words.why_too_many,
        Some(ReviewReason::TooLarge) => words.why_too_large,
        Some(ReviewReason::Broken) | None => words.why_broken,
    }
}

/// `POST /desk/mail/{id}/{what}`: `accept` or `drop`.
pub(super) async fn decide(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Path((id, what)): Path<(String, String)>,
    _body: Bytes,
) -> Response {
    // It comes from an address: not everything that stands there may be asked of a database.
    if !id.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        return Failure::NotFound.into_response();
    }
    let by = Actor::Staff(who.member.id.clone());
    let came = match what.as_str() {
        "accept" => app.inbound.accept(&id, &by).await.map(|outcome| match outcome {
            IntakeOutcome::Opened => "opened",
            IntakeOutcome::Review(ReviewReason::TooMany) => "many",
            IntakeOutcome::Known => "gone",
            _ => "added",
        }),
        "drop" => app.inbound.drop_email(&id, &by).await.map(|()| "dropped"),
        _ => return Failure::NotFound.into_response(),
    };
    match came {
        Ok(came) => redirect::see_other(&format!("{PATH}?done={came}")),
        Err(ServiceError::NotFound) => redirect::see_other(&format!("{PATH}?done=gone")),
        Err(ServiceError::NotNow) => redirect::see_other(&format!("{PATH}?done=nobody")),
        Err(error) => failure::of(&error).into_response(),
    }
}
