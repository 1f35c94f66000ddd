//! How a customer shows that an address is theirs: they ask for a code, and use it or its link. A link alone does nothing until its page's
//! button is pressed, since programs that check emails open links.

use crate::site::reader::SESSION_COOKIE;
use crate::site::reader::failure;
use crate::site::respond::personal;
use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use data_encoding::BASE64URL_NOPAD;
use leptos::prelude::*;

use crate::app::App;
use crate::customers::{SESSION_MAX_SECONDS, SIGN_IN_MAX_MINUTES, Secret};
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::intake::contact_form::Field;
use crate::site::requests::list as requests;
use crate::site::requests::sign_in_forms::{Form, ask_form, code_form, link_form, over};
use crate::tickets::access::TICKET_COOKIES;
use crate::ui::frame::Document;
use crate::ui::{Frame, render};
use crate::values::Email;
use crate::web::client_ip::Client;
use crate::web::{Failure, cookie, form, redirect};

/// Holds a sign-in's id and the address typed for it: a sign-in's address must not be told to whoever has its id.
const ASKED_COOKIE: &str = "ajuda_asked";

/// `POST /{lang}/requests`: a code is asked for. The answer is the same whether the address is known or not.
pub async fn ask(State(app): State<App>, client: Client, Path(lang): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return Failure::NotFound.into_response() };
    // Where no email leaves, no code could arrive.
    if !app.config.sends_mail() {
        return Failure::NotFound.into_response();
    }
    let pairs = form::pairs(&body);
    let typed = form::value(&pairs, "email").unwrap_or_default();
    let (status, problem) = match Email::parse(typed) {
        Err(problem) => (StatusCode::UNPROCESSABLE_ENTITY, problem.text(Field::Email, lang, "")),
        Ok(email) => match app.customers.ask_sign_in(&email, lang, client.ip).await {
            Ok(id) => return to_code(&app, lang, &id, &email),
            Err(ServiceError::TooMany) => (StatusCode::TOO_MANY_REQUESTS, lang.sign_in().busy.to_owned()),
            Err(error) => {
                tracing::warn!(%error, "a code could not be made");
                (StatusCode::SERVICE_UNAVAILABLE, lang.sign_in().away.to_owned())
            }
        },
    };
    requests::with_form(&app, &headers, lang, status, ask_form(lang, typed, Some(problem))).await
}

fn to_code(app: &App, lang: Lang, login: &str, email: &Email) -> Response {
    let mut response = redirect::see_other(&format!("/{}/requests/code?login={login}", lang.code()));
    remember(app, &mut response, login, email);
    response
}

/// This browser asked for a code.
pub(super) fn remember(app: &App, response: &mut Response, login: &str, email: &Email) {
    let asked = format!("{login}.{}", BASE64URL_NOPAD.encode(email.as_str().as_bytes()));
    if let Some(set) = cookie::set(ASKED_COOKIE, &asked, SIGN_IN_MAX_MINUTES * 60, app.config.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, set);
    }
}

/// The address for which this browser asked for a sign-in's code.
fn asked_for(app: &App, headers: &HeaderMap, login: &str) -> Option<String> {
    asked(app, headers).filter(|(of, _)| of == login).map(|(_, email)| email.as_str().to_owned())
}

/// The sign-in for which this browser asked for a code last, and its address.
pub(super) fn asked(app: &App, headers: &HeaderMap) -> Option<(String, Email)> {
    let (login, address) = cookie::read(headers, ASKED_COOKIE, app.config.is_https())?.split_once('.')?;
    let address = String::from_utf8(BASE64URL_NOPAD.decode(address.as_bytes()).ok()?).ok()?;
    Some((login.to_owned(), Email::parse(&address).ok()?))
}

/// Opens the tickets of an address to this browser.
pub(super) fn give_session(app: &App, response: &mut Response, value: &str) {
    if let Some(set) = cookie::set(SESSION_COOKIE, value, SESSION_MAX_SECONDS, app.config.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, set);
    }
}

/// `GET /{lang}/requests/code`: where the code is entered, or the button of a link stands.
pub async fn code(Path(lang): Path<String>, State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let Some(login) = form::value(&pairs, "login") else { return redirect::see_other(&format!("/{}/requests", lang.code())) };
    match form::value(&pairs, "key") {
        Some(key) => page(&app, lang, StatusCode::OK, link_form(lang, login, key)).await,
        None => page(&app, lang, StatusCode::OK, code_form(lang, login, asked_for(&app, &headers, login).as_deref(), None)).await,
    }
}

/// `POST /{lang}/requests/code`: the code or the link is used.
pub async fn take(State(app): State<App>, Path(lang): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    let login = form::value(&pairs, "login").unwrap_or_default();
    let typed = form::value(&pairs, "code").unwrap_or_default();
    let key = form::value(&pairs, "key");
    let proof = key.map_or(Secret::Code(typed), Secret::Link);
    match app.customers.sign_in(login, proof).await {
        Ok(value) => {
            let mut response = redirect::see_other(&format!("/{}/requests", lang.code()));
            give_session(&app, &mut response, &value);
            response
        }
        Err(ServiceError::NotFound) if key.is_some() => page(&app, lang, StatusCode::UNPROCESSABLE_ENTITY, over(lang)).await,
        Err(ServiceError::NotFound) => {
            let form = code_form(lang, login, asked_for(&app, &headers, login).as_deref(), Some(typed));
            page(&app, lang, StatusCode::UNPROCESSABLE_ENTITY, form).await
        }
        Err(error) => failure(&error).into_response(),
    }
}

/// `POST /{lang}/requests/log-out`: this browser forgets the address and every ticket that it could open; with `everywhere` so do all browsers that
/// are signed in to the address.
pub async fn sign_out(State(app): State<App>, Path(lang): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let Some(lang) = Lang::parse(&lang) else { return Failure::NotFound.into_response() };
    let is_https = app.config.is_https();
    let everywhere = form::value(&form::pairs(&body), "everywhere").is_some();
    if let Some(value) = cookie::read(&headers, SESSION_COOKIE, is_https)
        && let Err(error) = app.customers.sign_out(value, everywhere).await
    {
        return failure(&error).into_response();
    }
    let mut response = redirect::see_other(&format!("/{}/requests", lang.code()));
    let tickets = cookie::names(&headers, TICKET_COOKIES, is_https);
    for set in tickets.chain([SESSION_COOKIE, ASKED_COOKIE]).filter_map(|name| cookie::set(name, "", 0, is_https)) {
        response.headers_mut().append(header::SET_COOKIE, set);
    }
    // What answered a form is in the browser's cache, so that Back finds it; with it whatever of a ticket stands there.
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    response
}

async fn page(app: &App, lang: Lang, status: StatusCode, form: impl Form) -> Response {
    let site = Arc::clone(&app.site);
    let html = render::page(move || {
        let frame = Frame::private(lang, lang.common().my_requests, "/requests");
        view! { <Document site=site.clone() frame=frame body=form() /> }
    })
    .await;
    personal(status, html)
}
