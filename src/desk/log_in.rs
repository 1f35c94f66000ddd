//! Logging in: address and password, then the code of the second factor where there is one; and logging out.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::{Field, problem};
use super::who::{SESSION_COOKIE, browser_of, from, give_cookies, lang_of, session_cookie};
use super::{failure, frame};
use crate::app::App;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::staff::LogInError;
use crate::staff::sessions::{Found, Stage};
use crate::values::Email;
use crate::web::client_ip::Client;
use crate::web::{cookie, form, redirect};

pub(super) const PATH: &str = "/desk/log-in";
pub(super) const CODE_PATH: &str = "/desk/log-in/code";

/// An address of logging in that leads on to another page of the desk.
pub(super) fn with_next(path: &str, next: &str) -> String {
    let next = percent_encoding::utf8_percent_encode(page_of_desk(next), percent_encoding::NON_ALPHANUMERIC);
    format!("{path}?next={next}")
}

/// Where somebody goes on: a page of the desk, whatever was asked for.
pub(super) fn page_of_desk(next: &str) -> &str {
    let is_page = next == "/desk" || next.starts_with("/desk/") || next.starts_with("/desk?");
    let is_way_in = [PATH, "/desk/log-out", crate::staff::LINK_PATH].iter().any(|path| next.starts_with(path));
    if is_page && !is_way_in { next } else { "/desk" }
}

fn next_of(pairs: &[(String, String)]) -> String {
    page_of_desk(form::value(pairs, "next").unwrap_or_default()).to_owned()
}

/// `GET /desk/log-in`.
pub(super) async fn show(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let next = next_of(&pairs);
    if let Some(cookie) = session_cookie(&app, &headers)
        && let Ok(Found::Live(session, _)) = app.staff.sessions().find(cookie).await
        && session.stage == Stage::Full
    {
        return redirect::see_other(&next);
    }
    let form = LogInForm { next, has_ended: form::value(&pairs, "ended").is_some(), ..LogInForm::default() };
    form.page(&app, lang_of(&app, &headers), StatusCode::OK).await
}

/// `POST /desk/log-in`.
pub(super) async fn take(State(app): State<App>, client: Client, headers: HeaderMap, body: Bytes) -> Response {
    let (pairs, lang) = (form::pairs(&body), lang_of(&app, &headers));
    let (typed, password) = (form::value(&pairs, "email").unwrap_or_default(), form::value(&pairs, "password").unwrap_or_default());
    let next = next_of(&pairs);
    let browser = browser_of(&headers);
    let result = match Email::parse(typed) {
        Ok(email) => app.staff.log_in().password(&email, password, from(&app, &headers, client.ip, &browser)).await,
        Err(_) => Err(LogInError::Wrong),
    };
    match result {
        Ok(logged_in) => {
            // A session that this browser had before ends: nobody goes on with a cookie that somebody else may have put there.
            end_present(&app, &headers).await;
            let way_on = if logged_in.stage == Stage::Full { next } else { with_next(CODE_PATH, &next) };
            let mut response = redirect::see_other(&way_on);
            give_cookies(&app, &mut response, &logged_in);
            response
        }
        Err(error) => {
            let (status, text) = explain(lang, &error);
            let form = LogInForm { email: typed.to_owned(), next, problem: Some(text), has_ended: false };
            with_wait(form.page(&app, lang, status).await, &error)
        }
    }
}

#[derive(Debug, Clone, Default)]
struct LogInForm {
    email: String,
    next: String,
    problem: Option<String>,
    /// A session has ended by itself.
    has_ended: bool,
}

impl LogInForm {
    async fn page(self, app: &App, lang: Lang, status: StatusCode) -> Response {
        let words = lang.desk_log_in();
        frame::page(app, None, lang, status, words.title, move || {
            let is_new = self.email.is_empty();
            let email = Field::email("email", words.email, "username").value(&self.email);
            let password = Field::password("password", words.password, "current-password");
            let (email, password) = if is_new { (email.focused(), password) } else { (email, password.focused()) };
            let ended = self.has_ended.then(|| view! { <p class="notice" role="status">{words.ended}</p> });
            view! {
                <div class="desk-narrow">
                    <h1>{words.title}</h1>
                    {ended}
                    {self.problem.clone().map(|text| view! { <div role="alert">{problem("problem".to_owned(), text)}</div> })}
                    <form class="form" action=PATH method="post" novalidate>
                        <input type="hidden" name="next" value=self.next.clone() />
                        {email.view()}
                        {password.view()}
                        <button class="button button-primary" type="submit">{words.log_in}</button>
                    </form>
                    <p class="meta">{words.forgot}</p>
                </div>
            }
            .into_any()
        })
        .await
    }
}

/// `GET /desk/log-in/code`.
pub(super) async fn show_code(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let next = next_of(&form::pairs(uri.query().unwrap_or_default().as_bytes()));
    match is_halfway(&app, &headers).await {
        Ok(true) => code_page(&app, lang_of(&app, &headers), StatusCode::OK, next, None).await,
        Ok(false) => redirect::see_other(&with_next(PATH, &next)),
        Err(error) => failure::of(&error).into_response(),
    }
}

async fn is_halfway(app: &App, headers: &HeaderMap) -> Result<bool, ServiceError> {
    let Some(cookie) = session_cookie(app, headers) else { return Ok(false) };
    Ok(matches!(app.staff.sessions().find(cookie).await?, Found::Live(session, _) if session.stage == Stage::Code))
}

/// `POST /desk/log-in/code`.
pub(super) async fn take_code(State(app): State<App>, client: Client, headers: HeaderMap, body: Bytes) -> Response {
    let (pairs, lang) = (form::pairs(&body), lang_of(&app, &headers));
    let (next, typed) = (next_of(&pairs), form::value(&pairs, "code").unwrap_or_default());
    let Some(cookie) = session_cookie(&app, &headers) else { return redirect::see_other(&with_next(PATH, &next)) };
    let browser = browser_of(&headers);
    match app.staff.log_in().code(cookie, typed, from(&app, &headers, client.ip, &browser)).await {
        Ok(logged_in) => {
            let mut response = redirect::see_other(&next);
            give_cookies(&app, &mut response, &logged_in);
            response
        }
        Err(LogInError::Failed(ServiceError::NotFound)) => redirect::see_other(&with_next(PATH, &next)),
        Err(error) => {
            let (status, text) = match &error {
                LogInError::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, lang.desk_log_in().wrong_code.to_owned()),
                other => explain(lang, other),
            };
            with_wait(code_page(&app, lang, status, next, Some(text)).await, &error)
        }
    }
}

async fn code_page(app: &App, lang: Lang, status: StatusCode, next: String, wrong: Option<String>) -> Response {
    let words = lang.desk_log_in();
    frame::page(app, None, lang, status, words.code_title, move || {
        view! {
            <div class="desk-narrow">
                <h1>{words.code_title}</h1>
                <p class="lede">{words.code_text}</p>
                <form class="form" action=CODE_PATH method="post" novalidate>
                    <input type="hidden" name="next" value=next.clone() />
                    {Field::code("code", words.code).wrong(wrong.clone()).focused().view()}
                    <button class="button button-primary" type="submit">{words.log_in}</button>
                </form>
                <form action="/desk/log-out" method="post"><button class="text-button" type="submit">{words.other_account}</button></form>
            </div>
        }
        .into_any()
    })
    .await
}

/// `POST /desk/log-out`: this browser's session ends, whatever it is.
pub(super) async fn leave(State(app): State<App>, headers: HeaderMap) -> Response {
    end_present(&app, &headers).await;
    let mut response = redirect::see_other(PATH);
    if let Some(gone) = cookie::set(SESSION_COOKIE, "", 0, app.config.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, gone);
    }
    response.headers_mut().insert("clear-site-data", HeaderValue::from_static("\"cache\""));
    response
}

async fn end_present(app: &App, headers: &HeaderMap) {
    if let Some(cookie) = session_cookie(app, headers)
        && let Ok(Found::Live(session, member)) = app.staff.sessions().find(cookie).await
        && let Err(error) = app.staff.sessions().end(&session.id, &member.id, &Actor::Staff(member.id.clone())).await
    {
        tracing::warn!(%error, "a session of the desk could not be ended");
    }
}

/// Status and words of what did not go well.
pub(super) fn explain(lang: Lang, error: &LogInError) -> (StatusCode, String) {
    let words = lang.desk_log_in();
    match error {
        LogInError::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, words.wrong.to_owned()),
        LogInError::Wait(wait) => (StatusCode::TOO_MANY_REQUESTS, words.wait.replace("{time}", &lang.waiting_time(wait.seconds))),
        LogInError::Failed(ServiceError::TooMany) => (StatusCode::TOO_MANY_REQUESTS, words.wait.replace("{time}", &lang.waiting_time(30))),
        LogInError::Failed(error) => {
            tracing::warn!(%error, "somebody could not log in to the desk");
            (StatusCode::SERVICE_UNAVAILABLE, words.away.to_owned())
        }
    }
}

fn with_wait(mut response: Response, error: &LogInError) -> Response {
    if let LogInError::Wait(wait) = error {
        response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(wait.seconds));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logging_in_leads_to_pages_of_the_desk_alone() {
        for page in ["/desk", "/desk?view=mine", "/desk/tickets/K7M-4QX-92P?a=b#c"] {
            assert_eq!(page_of_desk(page), page);
        }
        for elsewhere in
            ["", "/", "//evil.example/desk/", "https://evil.example/desk/", "/desk-evil", "/pt/requests", PATH, CODE_PATH, "/desk/log-out"]
        {
            assert_eq!(page_of_desk(elsewhere), "/desk", "{elsewhere}");
        }
        assert_eq!(with_next(PATH, "/desk/people?a=b&c"), "/desk/log-in?next=%2Fdesk%2Fpeople%3Fa%3Db%26c");
    }
}
