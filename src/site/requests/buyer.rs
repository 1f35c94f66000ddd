//! On a ticket's page: its customer proves that a purchase is theirs, by a code that goes to the purchase's own address. What is said is the same
//! whether there is such a purchase or not.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::reply_forms::ReplyState;
use super::request::page;
use super::sign_in_forms::{TYPED_CODE_MAX_CHARS, error};
use crate::app::App;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::intake::contact_form::Field;
use crate::orders::BuyerProof;
use crate::site::reader::{failure, reader_of};
use crate::site::respond::personal;
use crate::tickets::access::page_path;
use crate::tickets::model::{FieldProblem, Reference, Status, Ticket, TicketView};
use crate::ui::icons::{Draw, Icon};
use crate::values::{CODE_MAX_CHARS, TransactionCode};
use crate::web::client_ip::Client;
use crate::web::{Failure, form, redirect};

/// Where it stands on the page.
pub(in crate::site) const PURCHASE: &str = "purchase";

/// What its forms show besides their fields.
#[derive(Debug, Clone, Default)]
pub(super) struct BuyerState {
    /// A transaction code that was typed, with what is wrong with it.
    order: Option<(String, String)>,
    /// A code that was typed and is wrong.
    wrong: Option<String>,
}

/// How far the customer has come; `None` where nothing can be proved: no account is connected, or no email leaves.
pub(in crate::site) async fn standing(app: &App, ticket: &Ticket) -> Option<BuyerProof> {
    if !app.config.sends_mail() {
        return None;
    }
    match app.orders.buyer_proof(&ticket.key.id).await {
        Ok(standing) => standing,
        Err(error) => {
            tracing::warn!(%error, "a page leaves out the purchase");
            None
        }
    }
}

pub(super) fn section(lang: Lang, ticket: &Ticket, standing: &BuyerProof, state: &BuyerState) -> AnyView {
    let words = lang.buyer();
    let is_closed = ticket.status == Status::Closed;
    if is_closed && standing.proved.is_empty() {
        return ().into_any();
    }
    let proved = standing.proved.iter().map(|code| {
        let text = words.confirmed_text.replace("{code}", code);
        view! { <div class="notice notice-success"><Draw icon=Icon::Check /><div><h3>{words.confirmed}</h3><p>{text}</p></div></div> }
    });
    let action = format!("{}/purchase", page_path(lang, &ticket.key.reference));
    let forms = (!is_closed).then(|| view! { {enter_form(lang, &action, standing, state)} {ask_form(lang, &action, ticket, standing, state)} });
    view! {
        <section class="buyer" id=PURCHASE tabindex="-1" aria-labelledby="purchase-title">
            <h2 id="purchase-title">{words.title}</h2>
            {proved.collect_view()}
            {forms}
        </section>
    }
    .into_any()
}

/// Folded until something is wrong with it.
fn ask_form(lang: Lang, action: &str, ticket: &Ticket, standing: &BuyerProof, state: &BuyerState) -> AnyView {
    let words = lang.buyer();
    let problem = state.order.as_ref().map(|(_, problem)| error("order-error", problem.clone()));
    // Of a code that has run out of tries there is no field any more in which to say it.
    let wrong = (state.wrong.is_some() && !standing.has_asked).then(|| error("order-error", lang.sign_in().wrong_code.to_owned()));
    let is_open = problem.is_some() || wrong.is_some();
    let is_wrong = problem.is_some();
    let typed = state.order.as_ref().map(|(typed, _)| typed.chars().take(CODE_MAX_CHARS).collect::<String>());
    let typed = typed.or_else(|| ticket.code.clone()).unwrap_or_default();
    view! {
        <details class="fold" open=is_open>
            <summary>{if standing.has_asked { words.again } else { words.begin }}</summary>
            <form class="form" action=action.to_owned() method="post" novalidate>
                <p>{words.text}</p>
                <div class="field">
                    <label class="label" for="order">{lang.contact().code}</label>
                    <input class="input" id="order" name="order" type="text" maxlength=CODE_MAX_CHARS.to_string() required autocapitalize="characters" spellcheck="false" autocomplete="off" value=typed aria-describedby=is_open.then_some("order-error") aria-invalid=is_wrong.then_some("true") autofocus=is_open />
                    {problem}
                    {wrong}
                </div>
                <button class="button" type="submit">{words.send}</button>
            </form>
        </details>
    }
    .into_any()
}

/// Where a code can be typed.
fn enter_form(lang: Lang, action: &str, standing: &BuyerProof, state: &BuyerState) -> AnyView {
    if !standing.has_asked {
        return ().into_any();
    }
    let (words, sign_in) = (lang.buyer(), lang.sign_in());
    let is_wrong = state.wrong.is_some();
    let described_by = if is_wrong { "buyer-code-hint buyer-code-error" } else { "buyer-code-hint" };
    let typed = state.wrong.as_ref().map(|code| code.chars().take(TYPED_CODE_MAX_CHARS).collect::<String>());
    view! {
        <form class="form" action=action.to_owned() method="post" novalidate>
            <p role="status">{words.asked}</p>
            <div class="field">
                <label class="label" for="buyer-code">{sign_in.code}</label>
                <p class="hint" id="buyer-code-hint">{sign_in.code_hint}</p>
                <input class="input" id="buyer-code" name="code" type="text" inputmode="numeric" autocomplete="one-time-code" maxlength=TYPED_CODE_MAX_CHARS.to_string() required value=typed aria-describedby=described_by aria-invalid=is_wrong.then_some("true") autofocus=is_wrong />
                {is_wrong.then(|| error("buyer-code-error", sign_in.wrong_code.to_owned()))}
            </div>
            <button class="button button-primary" type="submit">{words.confirm}</button>
        </form>
    }
    .into_any()
}

/// `POST /{lang}/requests/{reference}/purchase`: a code is asked for, or used, by whoever has the right to the ticket.
pub async fn take(
    State(app): State<App>,
    client: Client,
    Path((lang, reference)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (Some(lang), Some(reference)) = (Lang::parse(&lang), Reference::parse(&reference)) else { return Failure::NotFound.into_response() };
    let shown = match reader_of(&app, &headers, &reference).await {
        Ok(reader) => app.tickets.read().view(&reference, reader.right).await,
        Err(error) => Err(error),
    };
    let shown = match shown {
        Ok(shown) => shown,
        Err(error) => return failure(&error).into_response(),
    };
    let standing = match app.orders.buyer_proof(&shown.ticket.key.id).await {
        Ok(Some(standing)) if app.config.sends_mail() => standing,
        Ok(_) => return Failure::NotFound.into_response(),
        Err(error) => return failure(&error).into_response(),
    };
    if shown.ticket.status == Status::Closed {
        return to_purchase(lang, &reference);
    }
    let pairs = form::pairs(&body);
    match form::value(&pairs, "code") {
        Some(code) => enter(&app, lang, &headers, shown, &standing, code).await,
        None => ask(&app, lang, &headers, shown, form::value(&pairs, "order").unwrap_or_default(), client).await,
    }
}

async fn ask(app: &App, lang: Lang, headers: &HeaderMap, shown: TicketView, typed: &str, client: Client) -> Response {
    let (status, problem) = match TransactionCode::parse(typed, Some(&app.config.code_pattern)) {
        Err(problem) => {
            let problem = if problem == FieldProblem::Missing { FieldProblem::NotACode } else { problem };
            (StatusCode::UNPROCESSABLE_ENTITY, problem.text(Field::Code, lang, &app.config.code_example))
        }
        Ok(order) => match app.orders.ask_buyer_code(&shown.ticket.key.id, &order, shown.ticket.lang, client.ip).await {
            Ok(()) => return to_purchase(lang, &shown.ticket.key.reference),
            Err(ServiceError::TooMany) => (StatusCode::TOO_MANY_REQUESTS, lang.buyer().busy.to_owned()),
            Err(error) => {
                tracing::warn!(%error, "a code for a buyer could not be made");
                (StatusCode::SERVICE_UNAVAILABLE, lang.sign_in().away.to_owned())
            }
        },
    };
    let state = ReplyState { buyer: BuyerState { order: Some((typed.to_owned(), problem)), wrong: None }, ..ReplyState::default() };
    personal(status, page(app, lang, headers, shown, state).await)
}

async fn enter(app: &App, lang: Lang, headers: &HeaderMap, shown: TicketView, standing: &BuyerProof, code: &str) -> Response {
    let done = app.orders.prove_buyer(&shown.ticket.key.id, code).await;
    match done {
        Ok(()) => to_purchase(lang, &shown.ticket.key.reference),
        // Pressed twice: the page says what came of the first time.
        Err(ServiceError::NotFound) if !standing.has_asked && !standing.proved.is_empty() => to_purchase(lang, &shown.ticket.key.reference),
        Err(ServiceError::NotFound) => {
            let state = ReplyState { buyer: BuyerState { order: None, wrong: Some(code.to_owned()) }, ..ReplyState::default() };
            personal(StatusCode::UNPROCESSABLE_ENTITY, page(app, lang, headers, shown, state).await)
        }
        Err(error) => failure(&error).into_response(),
    }
}

fn to_purchase(lang: Lang, reference: &Reference) -> Response {
    redirect::see_other(&format!("{}#{PURCHASE}", page_path(lang, reference)))
}
