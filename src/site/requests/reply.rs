//! What the customer does on a ticket's own page: write again, end it, judge the help.

use super::reply_forms::ReplyState;
use crate::site::reader::failure;
use crate::site::reader::give_cookie;
use crate::site::reader::reader_of;
use crate::site::respond::personal;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::reply_forms::NEXT;
use super::request::{message_id, page};
use super::unavailable;
use crate::app::App;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::files::Taken;
use crate::i18n::Lang;
use crate::intake::reply_form::{self, CustomerAction, Typed};
use crate::intake::{Reader, Replied, ReplyPost};
use crate::site::files::bounds;
use crate::tickets::access::page_path;
use crate::tickets::model::{FieldProblem, MessageBody, Reference, TicketView, Transition};
use crate::web::client_ip::Client;
use crate::web::{Failure, form, posted, redirect};

/// `POST /{lang}/requests/{reference}`.
pub async fn take(
    State(app): State<App>,
    client: Client,
    Path((lang, reference)): Path<(String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let (Some(lang), Some(reference)) = (Lang::parse(&lang), Reference::parse(&reference)) else { return Failure::NotFound.into_response() };
    let read = match reader_of(&app, &headers, &reference).await {
        Ok(reader) => app.tickets.read().view(&reference, reader.right).await.map(|view| (reader, view)),
        Err(error) => Err(error),
    };
    let (reader, view) = match read {
        Ok(read) => read,
        Err(ServiceError::Unavailable(_)) => return unavailable::show(&app, lang, &reference, client, request).await,
        Err(error) => return failure(&error).into_response(),
    };
    let posted = match posted::read(request, bounds(&app.config), client.ip).await {
        Ok(posted) => posted,
        Err(failure) => return failure.into_response(),
    };
    let pairs = posted.pairs.clone();
    let typed = Typed { message: form::value(&pairs, "message").unwrap_or_default().to_owned(), ..Typed::default() };
    let files = match app.files.take_form(posted, client.ip).await {
        Ok(files) => files,
        Err(error) => return not_now(&app, lang, &headers, view, typed, Taken::default(), &error).await,
    };
    let action = match reply_form::parse(&pairs) {
        // Files alone say nothing; without a word they would be lost.
        Ok(CustomerAction::Solve(None)) if !files.kept.is_empty() => {
            Err(Box::new(Typed { message_problem: Some(FieldProblem::Missing), ..typed.clone() }))
        }
        action => action,
    };
    let action = match action {
        Ok(action) if files.problems.is_empty() => action,
        refused => {
            let typed = refused.map_or_else(|typed| *typed, |_| typed);
            let state = ReplyState { typed, files, ..ReplyState::default() };
            return personal(StatusCode::UNPROCESSABLE_ENTITY, page(&app, lang, &headers, view, state).await);
        }
    };
    let done = match action {
        CustomerAction::Write(message) => write(&app, lang, &view, reader, message, &files, client).await,
        CustomerAction::Solve(message) => solve(&app, lang, &view, reader, message, &files, client).await,
        CustomerAction::Rate(rating) => app.tickets.rate(&reference, &rating, &Actor::Customer).await.map(|()| next(lang, &reference)),
    };
    match done {
        Ok(response) => response,
        Err(error @ (ServiceError::TooMany | ServiceError::Unavailable(_))) => not_now(&app, lang, &headers, view, typed, files, &error).await,
        // The ticket moved while its page was read: what it shows now says what can be done.
        Err(ServiceError::NotNow) => redirect::see_other(&page_path(lang, &reference)),
        Err(error) => failure(&error).into_response(),
    }
}

/// The page with everything that was typed, where nothing is wrong with it and it can't be taken all the same.
async fn not_now(app: &App, lang: Lang, headers: &HeaderMap, view: TicketView, typed: Typed, files: Taken, error: &ServiceError) -> Response {
    tracing::warn!(%error, "a reply could not be taken");
    let (status, notice) = match error {
        ServiceError::TooMany => (StatusCode::TOO_MANY_REQUESTS, (lang.conversation().busy_title, lang.conversation().busy_text)),
        _ => (StatusCode::SERVICE_UNAVAILABLE, (lang.contact().closed_title, lang.contact().closed_text)),
    };
    personal(status, page(app, lang, headers, view, ReplyState { typed, notice: Some(notice), files, ..ReplyState::default() }).await)
}

/// In this ticket, or in a follow-up where nothing can be written any more.
async fn write(
    app: &App,
    lang: Lang,
    view: &TicketView,
    reader: Reader,
    message: MessageBody,
    files: &Taken,
    client: Client,
) -> Result<Response, ServiceError> {
    let reference = &view.ticket.key.reference;
    match app.intake.reply(ReplyPost { reference, lang, reader, message, files: &files.kept, from: client.ip }).await? {
        Replied::Added(id) => Ok(to_message(app, lang, reference, reader, &id).await),
        Replied::FollowUp(filed) => {
            let mut response = redirect::see_other(&format!("{}/sent", page_path(lang, &filed.key.reference)));
            give_cookie(app, &mut response, &filed.key, reader.right);
            Ok(response)
        }
    }
}

/// To what was said just now, however much stands above it.
async fn to_message(app: &App, lang: Lang, reference: &Reference, reader: Reader, id: &str) -> Response {
    let shown = app.tickets.read().view(reference, reader.right).await.ok();
    let place = shown.and_then(|view| view.messages.iter().position(|message| message.id == id));
    let fragment = place.map(|place| format!("#{}", message_id(place + 1))).unwrap_or_default();
    redirect::see_other(&format!("{}{fragment}", page_path(lang, reference)))
}

/// Pressed twice it is done once.
async fn solve(
    app: &App,
    lang: Lang,
    view: &TicketView,
    reader: Reader,
    message: Option<MessageBody>,
    files: &Taken,
    client: Client,
) -> Result<Response, ServiceError> {
    let reference = &view.ticket.key.reference;
    let response = match message {
        Some(message) => write(app, lang, view, reader, message, files, client).await?,
        None => next(lang, reference),
    };
    match app.tickets.transition(reference, Transition::Solved, &Actor::Customer).await {
        Ok(_) | Err(ServiceError::NotNow) => Ok(response),
        Err(error) => Err(error),
    }
}

/// To what can be done with the ticket now, below everything that was said.
fn next(lang: Lang, reference: &Reference) -> Response {
    redirect::see_other(&format!("{}#{NEXT}", page_path(lang, reference)))
}
