//! One's own account: name, language, password, second factor, sessions.

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::{Field, done};
use super::who::{Who, browser_of, from};
use super::{choices, failure, frame, log_in, profile, second_factor, sessions, welcome};
use crate::app::App;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::staff::{AfterSend, LogInError, Profile, SIGNATURE_MAX_CHARS};
use crate::tickets::model::list::View;
use crate::values::{Network, PersonName};
use crate::web::client_ip::Client;
use crate::web::{form, redirect};

pub(super) const PATH: &str = "/desk/me";

/// What was typed and is wrong.
#[derive(Debug, Clone, Default)]
struct Typed {
    /// Of the profile, as it was posted.
    profile: Option<Vec<(String, String)>>,
    name_is_wrong: bool,
    public_name_is_wrong: bool,
    signature_is_wrong: bool,
    current_password: Option<String>,
    password: Option<(&'static str, String)>,
}

/// `GET /desk/me`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>, uri: Uri) -> Response {
    let words = who.lang.desk_account();
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let said = match form::value(&pairs, "done") {
        Some("profile") => Some(words.saved),
        Some("password") => Some(words.password_changed),
        Some("notifications") => Some(who.lang.notifications().saved),
        _ => None,
    };
    page(&app, &who, StatusCode::OK, said, Typed::default()).await
}

/// `POST /desk/me/profile`.
pub(super) async fn take_profile(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let field = |name: &str| form::value(&pairs, name).unwrap_or_default();
    let (name, public) = (PersonName::parse(field("name")), field("public_name").trim());
    let public_name = if public.is_empty() { Ok(None) } else { PersonName::parse(public).map(Some) };
    let signature = field("signature").replace("\r\n", "\n").replace('\0', "").trim().to_owned();
    let is_long = signature.chars().count() > SIGNATURE_MAX_CHARS;
    let (Ok(name), Ok(public_name), false) = (&name, &public_name, is_long) else {
        let profile = Some(pairs.clone());
        let typed = Typed {
            profile,
            name_is_wrong: name.is_err(),
            public_name_is_wrong: public_name.is_err(),
            signature_is_wrong: is_long,
            ..Typed::default()
        };
        return page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, None, typed).await;
    };
    let profile = Profile {
        name: name.clone(),
        public_name: public_name.clone(),
        lang: Lang::parse(field("lang")),
        default_view: View::parse(field("default_view")).map(|view| view.word().to_owned()),
        after_send: AfterSend::parse(field("after_send")).unwrap_or_default(),
        signature,
        has_keys: field("keys") == "on",
    };
    match app.staff.set_profile(&who.member.id, &profile, &Actor::Staff(who.member.id.clone())).await {
        Ok(()) => redirect::see_other(&format!("{PATH}?done=profile")),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `POST /desk/me/password`.
pub(super) async fn take_password(
    State(app): State<App>,
    client: Client,
    Extension(who): Extension<Who>,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let pairs = form::pairs(&body);
    let field = |name: &str| form::value(&pairs, name).unwrap_or_default();
    let password = match welcome::chosen(who.lang, field("password"), field("password_again"), &who.member) {
        Ok(password) => password,
        Err(wrong) => {
            let typed = Typed { password: Some(wrong), ..Typed::default() };
            return page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, None, typed).await;
        }
    };
    let browser = browser_of(&headers);
    let confirmed = app.staff.log_in().confirm(&who.session, &who.member, field("current_password"), from(&app, &headers, client.ip, &browser)).await;
    if let Err(error) = confirmed {
        let (status, text) = match &error {
            LogInError::Wrong => (StatusCode::UNPROCESSABLE_ENTITY, who.lang.desk_log_in().wrong_password.to_owned()),
            other => log_in::explain(who.lang, other),
        };
        return page(&app, &who, status, None, Typed { current_password: Some(text), ..Typed::default() }).await;
    }
    let by = Actor::Staff(who.member.id.clone());
    match app.staff.set_password(&who.member.id, &password, Network::from(client.ip), Some(&who.session.id), &by).await {
        Ok(()) => redirect::see_other(&format!("{PATH}?done=password")),
        Err(error) => failure::of(&error).into_response(),
    }
}

async fn page(app: &App, who: &Who, status: StatusCode, said: Option<&'static str>, typed: Typed) -> Response {
    let read = async { Ok((app.staff.sessions().of(&who.member.id).await?, app.staff.second_factor().codes_left(&who.member).await?)) };
    let (open, codes_left) = match read.await {
        Ok(read) => read,
        Err(error) => return failure::of(&error).into_response(),
    };
    let (site, now, shown) = (Arc::clone(&app.site), app.clock.now(), who.clone());
    let words = who.lang.desk_account();
    frame::page(app, Some(who), who.lang, status, words.title, move || {
        let factor_date = shown.member.second_factor_at.map(|at| shown.lang.day(at, &site.time_zone));
        view! {
            <div class="desk-narrow">
                <h1>{words.title}</h1>
                {said.map(done)}
                {profile::form(&shown, typed.profile.as_deref(), [typed.name_is_wrong, typed.public_name_is_wrong, typed.signature_is_wrong])}
                {choices::form(&shown)}
                {password(&shown, &typed)}
                {factor(&shown, factor_date, codes_left)}
                <section class="part" aria-labelledby="sessions">
                    <h2 id="sessions">{words.sessions}</h2>
                    {sessions::list(&site, &shown, &open, now)}
                </section>
            </div>
        }
        .into_any()
    })
    .await
}

fn password(who: &Who, typed: &Typed) -> AnyView {
    let words = who.lang.desk_account();
    view! {
        <section class="part" aria-labelledby="change-password">
            <h2 id="change-password">{words.password}</h2>
            <form class="form" action="/desk/me/password" method="post" novalidate>
                <input type="hidden" name="email" autocomplete="username" value=who.member.email.clone() />
                {Field::password("current_password", words.current_password, "current-password").wrong(typed.current_password.clone()).view()}
                {welcome::password_fields(who.lang, typed.password.as_ref())}
                <button class="button" type="submit">{words.change_password}</button>
            </form>
        </section>
    }
    .into_any()
}

fn factor(who: &Who, since: Option<String>, codes_left: i64) -> AnyView {
    let words = who.lang.desk_account();
    let shown = match since {
        Some(date) => {
            let text = words.second_factor_on.replace("{date}", &date).replace("{count}", &codes_left.to_string());
            view! {
                <p>{text}</p>
                <form action="/desk/me/recovery-codes" method="post"><button class="button" type="submit">{words.new_codes}</button></form>
            }
            .into_any()
        }
        None => view! { <p>{words.second_factor_off}</p> <p><a class="button" href=second_factor::PATH>{words.set_up}</a></p> }.into_any(),
    };
    view! { <section class="part" aria-labelledby="factor"><h2 id="factor">{words.second_factor}</h2> {shown}</section> }.into_any()
}
