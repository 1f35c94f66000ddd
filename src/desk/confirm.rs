//! The password once more, before something dangerous: the form that was sent waits meanwhile in hidden fields, and goes on by itself afterwards.

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request};
use axum::http::{StatusCode, Uri};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::Field;
use super::who::{Who, browser_of, from};
use super::{frame, log_in};
use crate::app::App;
use crate::staff::LogInError;
use crate::web::client_ip::Client;
use crate::web::{Failure, form};

/// The name of the field with the password; no other form has it.
const PASSWORD: &str = "confirm_password";

/// Takes the password out of the form that it came with, or asks for it.
pub(super) async fn ask(app: &App, who: Who, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let Ok(client) = Client::from_request_parts(&mut parts, app).await;
    let Ok(bytes) = to_bytes(body, app.config.limits.form_max_bytes).await else { return Failure::TooLarge.into_response() };
    let mut pairs = form::pairs(&bytes);
    let typed = form::value(&pairs, PASSWORD).map(str::to_owned);
    pairs.retain(|(name, _)| name != PASSWORD);
    let Some(typed) = typed else { return page(app, &who, &parts.uri, pairs, StatusCode::OK, None).await };
    let browser = browser_of(&parts.headers);
    match app.staff.log_in().confirm(&who.session, &who.member, &typed, from(app, &parts.headers, client.ip, &browser)).await {
        Ok(()) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) => {
            let (status, text) = match &error {
                LogInError::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, who.lang.desk_log_in().wrong_password.to_owned()),
                other => log_in::explain(who.lang, other),
            };
            page(app, &who, &parts.uri, pairs, status, Some(text)).await
        }
    }
}

async fn page(app: &App, who: &Who, uri: &Uri, pairs: Vec<(String, String)>, status: StatusCode, wrong: Option<String>) -> Response {
    let lang = who.lang;
    let words = lang.desk_log_in();
    let action = uri.path().to_owned();
    frame::page(app, Some(who), lang, status, words.confirm_title, move || {
        let hidden = pairs.iter().map(|(name, value)| view! { <input type="hidden" name=name.clone() value=value.clone() /> }).collect_view();
        view! {
            <div class="desk-narrow">
                <h1>{words.confirm_title}</h1>
                <p class="lede">{words.confirm_text}</p>
                <form class="form" action=action.clone() method="post" novalidate>
                    {hidden}
                    {Field::password(PASSWORD, words.password, "current-password").wrong(wrong.clone()).focused().view()}
                    <div class="button-row">
                        <button class="button button-primary" type="submit">{words.confirm}</button>
                        <a class="button" href="/desk">{words.cancel}</a>
                    </div>
                </form>
            </div>
        }
        .into_any()
    })
    .await
}
