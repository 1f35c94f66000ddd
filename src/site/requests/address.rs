//! The address of a ticket, corrected from the browser that filed it: the form, and what becomes of it. Without a script, two pages.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::sign_in_forms::error;
use crate::app::App;
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::intake::contact_form::Field;
use crate::site::contact::sent;
use crate::site::reader::{failure, give_cookie, reader_of};
use crate::site::respond::personal;
use crate::tickets::access::{filed_cookie_name, page_path};
use crate::tickets::model::{ADDRESS_CORRECTED_TIMES_MAX, ADDRESS_CORRECTED_WITHIN_MICROS, Reference, TicketKey, TicketView};
use crate::tickets::{Corrected, Right};
use crate::values::{EMAIL_MAX_CHARS, Email, address_slip};
use crate::web::client_ip::Client;
use crate::web::{Failure, cookie, form, redirect};

/// Where the form stands on its page.
pub(in crate::site) const ADDRESS: &str = "address";
/// Pressed instead of the form's own button: what was meant, or that what was typed is meant.
const MEANT: &str = "meant";
const SURE: &str = "sure";

/// What the form shows besides its field.
#[derive(Debug, Clone, Default)]
pub(in crate::site) struct AddressState {
    typed: String,
    problem: Option<String>,
    /// The address that was probably meant.
    meant: Option<String>,
}

impl AddressState {
    pub(in crate::site) fn is_wrong(&self) -> bool {
        self.problem.is_some() || self.meant.is_some()
    }
}

/// Lets this browser, which filed a ticket just now, correct its address.
pub(in crate::site) fn give_filed_cookie(app: &App, response: &mut Response, key: &TicketKey) {
    let Ok(access) = app.tickets.access() else { return };
    let seconds = ADDRESS_CORRECTED_WITHIN_MICROS / Micros::SECOND;
    if let Some(value) = cookie::set(&filed_cookie_name(&key.reference), &access.filed_token(key), seconds, app.config.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}

fn has_filed(app: &App, headers: &HeaderMap, shown: &TicketView) -> bool {
    let key = &shown.ticket.key;
    let value = cookie::read(headers, &filed_cookie_name(&key.reference), app.config.is_https());
    value.is_some_and(|value| app.tickets.access().is_ok_and(|access| access.verify_filed(key, shown.corrections, value)))
}

/// Whether the form is offered. Where no email leaves, no address matters.
pub(in crate::site) fn may_correct(app: &App, headers: &HeaderMap, shown: &TicketView) -> bool {
    let is_in_time = shown.ticket.takes_correction(app.clock.now()) && shown.corrections < ADDRESS_CORRECTED_TIMES_MAX && shown.withheld.is_none();
    is_in_time && app.config.sends_mail() && has_filed(app, headers, shown)
}

/// Folded until something is wrong with it.
pub(in crate::site) fn form(lang: Lang, reference: &Reference, state: &AddressState) -> AnyView {
    let words = lang.conversation();
    let is_wrong = state.is_wrong();
    let described_by = is_wrong.then_some("right-email-error");
    let question = state.meant.clone().map(|meant| {
        view! {
            <div class="question" id="right-email-error">
                <p>{words.did_you_mean.replace("{address}", &meant)}</p>
                <div class="button-row">
                    <button class="button button-primary" type="submit" name=MEANT value=meant.clone()>{words.yes_that}</button>
                    <button class="button" type="submit" name=SURE value="1">{words.as_typed}</button>
                </div>
            </div>
        }
    });
    let button = question.is_none().then(|| view! { <button class="button" type="submit">{words.correct}</button> });
    view! {
        <details class="fold correct" id=ADDRESS open=is_wrong>
            <summary>{words.wrong_address}</summary>
            <form class="form" action=format!("{}/address", page_path(lang, reference)) method="post" novalidate>
                <p>{words.correct_text}</p>
                <div class="field">
                    <label class="label" for="right-email">{words.correct_label}</label>
                    <input class="input" id="right-email" name="email" type="email" inputmode="email" maxlength=EMAIL_MAX_CHARS.to_string() required autocomplete="email" value=state.typed.clone() aria-describedby=described_by aria-invalid=state.problem.as_ref().map(|_| "true") autofocus=is_wrong />
                    {state.problem.clone().map(|text| error("right-email-error", text))}
                </div>
                {question}
                {button}
            </form>
        </details>
    }
    .into_any()
}

/// `POST /{lang}/requests/{reference}/address`. Whoever did not file the ticket in this browser gets the answer of a ticket that is not theirs.
pub async fn take(
    State(app): State<App>,
    client: Client,
    Path((lang, reference)): Path<(String, String)>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let (Some(lang), Some(reference)) = (Lang::parse(&lang), Reference::parse(&reference)) else { return Failure::NotFound.into_response() };
    let shown = match app.tickets.read().view(&reference, Right::Filer).await {
        Ok(shown) if has_filed(&app, &headers, &shown) => shown,
        Ok(_) => return Failure::NotFound.into_response(),
        Err(error) => return failure(&error).into_response(),
    };
    let pairs = form::pairs(&body);
    let typed = form::value(&pairs, MEANT).or(form::value(&pairs, "email")).unwrap_or_default();
    let is_sure = [MEANT, SURE].iter().any(|name| form::value(&pairs, name).is_some());
    let words = lang.conversation();
    let email = match Email::parse(typed) {
        Ok(email) => email,
        Err(problem) => return again(&app, lang, &headers, shown, typed, problem.text(Field::Email, lang, "")).await,
    };
    if let Some(meant) = address_slip::suggest(email.as_str()).filter(|_| !is_sure) {
        let state = AddressState { typed: typed.to_owned(), problem: None, meant: Some(meant) };
        return personal(StatusCode::UNPROCESSABLE_ENTITY, sent::page(&app, lang, &headers, shown, state).await);
    }
    let key = match app.tickets.correct_address(&reference, &email, client.ip).await {
        Ok(Corrected::Done(key)) => key,
        Ok(Corrected::Same(_)) if reader_of(&app, &headers, &reference).await.is_ok() => {
            return again(&app, lang, &headers, shown, typed, words.correct_same.to_owned()).await;
        }
        // The button was pressed twice, and what the first answer gave did not arrive.
        Ok(Corrected::Same(key)) => key,
        Err(ServiceError::NotNow) => return again(&app, lang, &headers, shown, typed, words.correct_late.to_owned()).await,
        Err(ServiceError::TooMany) => return again(&app, lang, &headers, shown, typed, words.correct_busy.to_owned()).await,
        Err(error) => return failure(&error).into_response(),
    };
    let mut response = redirect::see_other(&format!("{}/sent#corrected", page_path(lang, &reference)));
    give_cookie(&app, &mut response, &key, Right::Filer);
    response
}

/// The page after sending, with what is wrong.
async fn again(app: &App, lang: Lang, headers: &HeaderMap, shown: TicketView, typed: &str, problem: String) -> Response {
    let state = AddressState { typed: typed.to_owned(), problem: Some(problem), meant: None };
    personal(StatusCode::UNPROCESSABLE_ENTITY, sent::page(app, lang, headers, shown, state).await)
}
