//! What a reader of a ticket may not see before they have shown that its address is theirs: what is said of it on the ticket's page, and the code that
//! shows it. It is the code of a login, with its limits.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::reply_forms::ReplyState;
use super::request::{message_id, page};
use super::sign_in::{asked, give_session, remember};
use super::sign_in_forms::{code_field, error};
use crate::app::App;
use crate::customers::Secret;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::site::reader::{failure, reader_of};
use crate::site::respond::personal;
use crate::tickets::Right;
use crate::tickets::access::page_path;
use crate::tickets::model::{Audience, Message, MessageKind, Reference, Ticket, TicketView, Withheld};
use crate::ui::icons::{Draw, Icon};
use crate::values::Email;
use crate::web::client_ip::Client;
use crate::web::{Failure, form, redirect};

/// Where it stands on the page.
const PLACE: &str = "answer";

/// What its forms show.
#[derive(Debug, Clone, Default)]
pub(super) struct CodeState {
    /// A code that was typed and is wrong.
    wrong: Option<String>,
    /// Why no code could be sent.
    problem: Option<&'static str>,
}

/// Whether this browser asked for a code of the ticket's address. A code that is over is asked for anew.
pub(super) fn has_asked(app: &App, headers: &HeaderMap, ticket: &Ticket) -> bool {
    login(app, headers, ticket).is_some()
}

fn login(app: &App, headers: &HeaderMap, ticket: &Ticket) -> Option<String> {
    asked(app, headers).filter(|(_, email)| ticket.is_of(email.as_str())).map(|(login, _)| login)
}

/// What is said where something is withheld.
pub(super) fn notice(lang: Lang, ticket: &Ticket, withheld: Withheld, has_asked: bool, state: &CodeState) -> AnyView {
    let words = lang.conversation();
    let (title, text, show) = match withheld {
        Withheld::Answer => (words.answered_title, words.answered_text, words.show_answer),
        Withheld::Mail => (words.hidden_title, words.hidden_text, words.show_all),
    };
    let action = format!("{}/code", page_path(lang, &ticket.key.reference));
    let code = (has_asked || state.wrong.is_some()).then(|| {
        view! {
            <form class="form" action=action.clone() method="post" novalidate>
                <p role="status">{words.code_sent}</p>
                {code_field(lang, state.wrong.as_deref(), true)}
                <button class="button button-primary" type="submit">{show}</button>
            </form>
        }
    });
    let (class, send) = if code.is_some() { ("button", words.send_code_again) } else { ("button button-primary", words.send_code) };
    let problem = state.problem.map(|text| error("code-problem", text.to_owned()));
    // It may have been read there by somebody else: it stays where it was sent to.
    let wrong_address = (withheld == Withheld::Answer).then(|| {
        let text = words.wrong_address_late.replace("{reference}", ticket.key.reference.as_str());
        let contact = format!("/{}/contact", lang.code());
        view! { <details class="fold"><summary>{words.wrong_address}</summary><p>{text} " " <a href=contact>{words.write_anew}</a></p></details> }
    });
    view! {
        <section class="notice withheld" id=PLACE tabindex="-1" aria-labelledby="withheld">
            <Draw icon=Icon::Lock />
            <div>
                <h3 id="withheld">{title}</h3>
                <p>{text.replace("{address}", &ticket.masked_email())}</p>
                {code}
                <form action=action.clone() method="post">
                    <button class=class type="submit" aria-describedby=problem.is_some().then_some("code-problem")>{send}</button>
                    {problem}
                </form>
                {wrong_address}
            </div>
        </section>
    }
    .into_any()
}

/// `POST /{lang}/requests/{reference}/code`: a code is asked for, or used.
pub async fn take(
    State(app): State<App>,
    client: Client,
    Path((lang, reference)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (Some(lang), Some(reference)) = (Lang::parse(&lang), Reference::parse(&reference)) else { return Failure::NotFound.into_response() };
    // Where no email leaves, no code could arrive, and nothing is withheld.
    if !app.config.sends_mail() {
        return Failure::NotFound.into_response();
    }
    let shown = match reader_of(&app, &headers, &reference).await {
        Ok(reader) => app.tickets.read().view(&reference, reader.right).await,
        Err(error) => Err(error),
    };
    let shown = match shown {
        Ok(shown) => shown,
        Err(error) => return failure(&error).into_response(),
    };
    match form::value(&form::pairs(&body), "code") {
        Some(code) => enter(&app, lang, &headers, shown, code).await,
        None => ask(&app, lang, &headers, shown, client).await,
    }
}

async fn ask(app: &App, lang: Lang, headers: &HeaderMap, shown: TicketView, client: Client) -> Response {
    let reference = &shown.ticket.key.reference;
    let Ok(email) = Email::parse(&shown.ticket.email) else { return Failure::Internal.into_response() };
    let (status, problem) = match app.customers.ask_sign_in(&email, lang, client.ip).await {
        Ok(login) => {
            let mut response = redirect::see_other(&format!("{}#code", page_path(lang, reference)));
            remember(app, &mut response, &login, &email);
            return response;
        }
        Err(ServiceError::TooMany) => (StatusCode::TOO_MANY_REQUESTS, lang.sign_in().busy),
        Err(error) => {
            tracing::warn!(%error, "a code could not be made");
            (StatusCode::SERVICE_UNAVAILABLE, lang.sign_in().away)
        }
    };
    let state = ReplyState { code: CodeState { wrong: None, problem: Some(problem) }, ..ReplyState::default() };
    personal(status, page(app, lang, headers, shown, state).await)
}

async fn enter(app: &App, lang: Lang, headers: &HeaderMap, shown: TicketView, code: &str) -> Response {
    let reference = &shown.ticket.key.reference;
    // The code that this browser asked for, of this ticket's address: not of one that a form names.
    let signed_in = match login(app, headers, &shown.ticket) {
        Some(login) => app.customers.sign_in(&login, Secret::Code(code)).await,
        None => Err(ServiceError::NotFound),
    };
    match signed_in {
        Ok(value) => {
            let mut response = to_answer(app, lang, reference).await;
            give_session(app, &mut response, &value);
            response
        }
        Err(ServiceError::NotFound) => {
            let state = ReplyState { code: CodeState { wrong: Some(code.to_owned()), problem: None }, ..ReplyState::default() };
            personal(StatusCode::UNPROCESSABLE_ENTITY, page(app, lang, headers, shown, state).await)
        }
        Err(error) => failure(&error).into_response(),
    }
}

/// To the first answer that could not be seen before.
async fn to_answer(app: &App, lang: Lang, reference: &Reference) -> Response {
    let shown = app.tickets.read().view(reference, Right::Mailbox).await.ok();
    let is_answer = |message: &Message| message.audience == Audience::Mailbox && message.kind() != MessageKind::Customer;
    let place = shown.and_then(|shown| shown.messages.iter().position(is_answer));
    let fragment = place.map(|place| format!("#{}", message_id(place + 1))).unwrap_or_default();
    redirect::see_other(&format!("{}{fragment}", page_path(lang, reference)))
}
