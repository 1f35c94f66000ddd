//! What the customer does on a ticket's own page: write again, end it, judge the help.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::contact::personal;
use super::reply_forms::NEXT;
use super::request::{failure, message_id, page, right_of};
use super::sent::give_cookie;
use super::stranded;
use crate::app::App;
use crate::i18n::Lang;
use crate::tickets::access::page_path;
use crate::tickets::attachments::Taken;
use crate::tickets::model::{Event, FieldProblem, Message, NewEntry, Reference, TicketView, Via};
use crate::tickets::replies::{self, Typed, Wish};
use crate::tickets::{Right, TicketError};
use crate::web::client_ip::Client;
use crate::web::{Failure, form, posted, redirect};

/// What the forms of the page show besides their fields.
#[derive(Debug, Clone, Default)]
pub struct ReplyState {
    pub typed: Typed,
    /// Why nothing could be taken although the fields were right: heading and text.
    pub notice: Option<(&'static str, &'static str)>,
    /// The files that arrived, and what was wrong with others.
    pub files: Taken,
}

impl ReplyState {
    /// Whether the forms are as everybody gets them.
    pub fn is_untouched(&self) -> bool {
        self.typed == Typed::default() && self.notice.is_none() && self.files.kept.is_empty() && self.files.problems.is_empty()
    }
}

/// `POST /{lang}/requests/{reference}`.
pub async fn take(
    State(app): State<App>,
    client: Client,
    Path((lang, reference)): Path<(String, String)>,
    headers: HeaderMap,
    request: Request,
) -> Response {
    let (Some(lang), Some(reference)) = (Lang::parse(&lang), Reference::parse(&reference)) else { return Failure::NotFound.into_response() };
    let read = match right_of(&app, &headers, &reference).await {
        Ok(right) => app.tickets.show(&reference, right).await.map(|view| (right, view)),
        Err(error) => Err(error),
    };
    let (right, view) = match read {
        Ok(read) => read,
        Err(TicketError::Unavailable(_)) => return stranded::show(&app, lang, &reference, request).await,
        Err(error) => return failure(&error).into_response(),
    };
    let posted = match posted::read(request, posted::Bounds::of(&app.config)).await {
        Ok(posted) => posted,
        Err(failure) => return failure.into_response(),
    };
    let pairs = posted.pairs.clone();
    let typed = Typed { message: form::value(&pairs, "message").unwrap_or_default().to_owned(), ..Typed::default() };
    let files = match app.tickets.take_files(posted, client.ip).await {
        Ok(files) => files,
        Err(error) => return not_now(&app, lang, view, typed, Taken::default(), &error).await,
    };
    let wish = match replies::parse(&pairs) {
        // Files alone say nothing; without a word they would be lost.
        Ok(Wish::Solve(None)) if !files.kept.is_empty() => Err(Box::new(Typed { message_problem: Some(FieldProblem::Missing), ..typed.clone() })),
        wish => wish,
    };
    let wish = match wish {
        Ok(wish) if files.problems.is_empty() => wish,
        refused => {
            let typed = refused.map_or_else(|typed| *typed, |_| typed);
            let state = ReplyState { typed, notice: None, files };
            return personal(StatusCode::UNPROCESSABLE_ENTITY, page(&app, lang, view, state).await);
        }
    };
    let done = match wish {
        Wish::Write(message) => write(&app, lang, &view, right, message, &files, client).await,
        Wish::Solve(message) => solve(&app, lang, &view, right, message, &files, client).await,
        Wish::Rate(rating) => app.tickets.rate(&reference, &rating).await.map(|()| next(lang, &reference)),
    };
    match done {
        Ok(response) => response,
        Err(error @ (TicketError::TooMany | TicketError::Unavailable(_))) => not_now(&app, lang, view, typed, files, &error).await,
        // The ticket moved while its page was read: what it shows now says what can be done.
        Err(TicketError::NotNow) => redirect::see_other(&page_path(lang, &reference)),
        Err(error) => failure(&error).into_response(),
    }
}

/// The page with everything that was typed, where nothing is wrong with it and it can't be taken all the same.
async fn not_now(app: &App, lang: Lang, view: TicketView, typed: Typed, files: Taken, error: &TicketError) -> Response {
    tracing::warn!(%error, "a reply could not be taken");
    let (status, notice) = match error {
        TicketError::TooMany => (StatusCode::TOO_MANY_REQUESTS, (lang.conversation().busy_title, lang.conversation().busy_text)),
        _ => (StatusCode::SERVICE_UNAVAILABLE, (lang.contact().closed_title, lang.contact().closed_text)),
    };
    personal(status, page(app, lang, view, ReplyState { typed, notice: Some(notice), files }).await)
}

/// In this ticket, or in a new one that goes on with it where nothing can be written any more.
async fn write(
    app: &App,
    lang: Lang,
    view: &TicketView,
    right: Right,
    message: Message,
    files: &Taken,
    client: Client,
) -> Result<Response, TicketError> {
    let key = &view.ticket.key;
    let via = if right == Right::Mailbox { Via::ProvedPage } else { Via::Page };
    let entry = NewEntry { via, body: message.clone(), cut_off: None, author: None };
    match app.tickets.customer_writes(&key.reference, &entry, &files.kept).await {
        Ok(id) => Ok(to_message(app, lang, &key.reference, right, &id).await),
        Err(TicketError::NotNow) => {
            let filed = app.tickets.go_on(&view.ticket, lang, message, &files.kept, right, client.ip).await?;
            app.metrics.tickets_filed.inc_by(u64::from(!filed.repeated));
            let mut response = redirect::see_other(&format!("{}/sent", page_path(lang, &filed.key.reference)));
            give_cookie(app, &mut response, &filed.key, right);
            Ok(response)
        }
        Err(error) => Err(error),
    }
}

/// To what was said just now, however much stands above it.
async fn to_message(app: &App, lang: Lang, reference: &Reference, right: Right, id: &str) -> Response {
    let shown = app.tickets.show(reference, right).await.ok();
    let place = shown.and_then(|view| view.entries.iter().position(|entry| entry.id == id));
    let fragment = place.map(|place| format!("#{}", message_id(place + 1))).unwrap_or_default();
    redirect::see_other(&format!("{}{fragment}", page_path(lang, reference)))
}

/// Pressed twice it is done once.
async fn solve(
    app: &App,
    lang: Lang,
    view: &TicketView,
    right: Right,
    message: Option<Message>,
    files: &Taken,
    client: Client,
) -> Result<Response, TicketError> {
    let reference = &view.ticket.key.reference;
    let response = match message {
        Some(message) => write(app, lang, view, right, message, files, client).await?,
        None => next(lang, reference),
    };
    match app.tickets.happens(reference, Event::Solved).await {
        Ok(_) | Err(TicketError::NotNow) => Ok(response),
        Err(error) => Err(error),
    }
}

/// To what can be done with the ticket now, below everything that was said.
fn next(lang: Lang, reference: &Reference) -> Response {
    redirect::see_other(&format!("{}#{NEXT}", page_path(lang, reference)))
}
