//! The page of a ticket: what was said and what happened, the customer beside it, and what to answer.

mod acts;
mod conversation;
mod corrections;
mod facts;
pub(super) mod files;
mod forms;
mod heads;
mod insert;
mod loaded;
mod panels;
mod purchases;
mod writing;

use std::sync::Arc;

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::{done, problem};
use super::who::Who;
use super::{failure, frame, live};
use crate::app::App;
use crate::i18n::Lang;
use crate::tickets::model::Reference;
use crate::tickets::presence::Doing;
use crate::web::{Failure, form};
pub(super) use acts::{assign, priority, quarantine, release, snooze, status, tags, undo_step, until};
pub(super) use corrections::take as correct;
pub(super) use files::send as send_file;
use forms::State as FormState;
pub(super) use heads::status_name;
pub(super) use insert::{find_articles, find_saved, insert};
use loaded::Loaded;
pub(super) use writing::{note, reply, rescue, save_draft, undo};

/// The address of a ticket's page.
fn path(reference: &Reference) -> String {
    format!("/desk/tickets/{reference}")
}

/// `GET /desk/tickets/{reference}`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>, uri: Uri) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let said = form::value(&pairs, "done").and_then(|what| said(who.lang, what));
    page(&app, &who, &reference, StatusCode::OK, FormState { said, ..FormState::default() }).await
}

/// What was done, or could not be.
fn said(lang: Lang, what: &str) -> Option<forms::Said> {
    let words = lang.desk_ticket();
    Some(match what {
        "note" => forms::Said::Done(words.done_note),
        "sent" => forms::Said::Done(words.done_sent),
        "draft" => forms::Said::Done(words.draft_saved),
        "changed" => forms::Said::Changed(words.done_changed),
        "step_undone" => forms::Said::Done(words.step_undone),
        "undone" => forms::Said::Done(words.undone),
        "too_late" => forms::Said::Problem(words.too_late),
        "not_possible" => forms::Said::Problem(words.not_possible),
        "bad_date" => forms::Said::Problem(lang.desk_tools().bad_date),
        "corrected" => forms::Said::Done(words.done_changed),
        "bad_correction" => forms::Said::Problem(lang.desk_tools().bad_correction),
        "opened" => forms::Said::Done(lang.desk_tools().opened),
        "bad_tags" => forms::Said::Problem(words.bad_tags),
        _ => return None,
    })
}

/// The page, with what was typed where something is wrong with it.
async fn page(app: &App, who: &Who, reference: &Reference, status: StatusCode, state: FormState) -> Response {
    let loaded = match Loaded::read(app, who, reference).await {
        Ok(loaded) => Arc::new(loaded),
        Err(error) => return failure::of(&error).into_response(),
    };
    // As the page shows it: what comes in meanwhile is unread.
    if let Err(error) = app.tickets.lists().mark_read(&who.member.id, &loaded.ticket.key.id, loaded.base_seq).await {
        tracing::warn!(%error, "a ticket stays unread");
    }
    if let Err(error) = app.notifications.read_ticket(&who.member.id, &loaded.ticket.key.id, loaded.base_seq).await {
        tracing::warn!(%error, "notifications of a ticket stay unread");
    }
    app.presence.see(&loaded.ticket.key.id, &who.member.id, &who.member.name, Doing::Looks);
    let title = loaded.ticket.subject.clone();
    frame::page(app, Some(who), who.lang, status, &title, move || content(&loaded, &state)).await
}

/// What was done, with the way back.
fn changed(loaded: &Loaded, text: &'static str) -> AnyView {
    view! {
        <div class="notice notice-success held" role="status">
            <p>{text}</p>
            <form action=format!("{}/undo-step", path(&loaded.ticket.key.reference)) method="post">
                <button class="button" type="submit" data-key="z">{loaded.shown.lang.desk_ticket().undo}</button>
            </form>
        </div>
    }
    .into_any()
}

fn content(loaded: &Loaded, state: &FormState) -> AnyView {
    let words = loaded.shown.lang.desk_ticket();
    let said = state.said.map(|said| match said {
        forms::Said::Done(text) => done(text),
        forms::Said::Changed(text) => changed(loaded, text),
        forms::Said::Problem(text) => view! { <div role="alert">{problem("said".to_owned(), text.to_owned())}</div> }.into_any(),
    });
    view! {
        <div class="desk-ticket">
            {live::place(loaded.base_seq, &loaded.shown.staff, Some((&loaded.ticket.key.id, path(&loaded.ticket.key.reference))), loaded.shown.lang)}
            {heads::head(loaded)}
            <div class="desk-ticket-main">
                {said}
                <h2 class="sr" id="conversation">{words.conversation}</h2>
                {conversation::list(loaded)}
                {forms::held(loaded)}
                {forms::both(loaded, state)}
            </div>
            {facts::side(loaded, state.tags.as_deref())}
        </div>
    }
    .into_any()
}
