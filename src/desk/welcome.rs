//! What a one-time link opens: the form in which somebody chooses a password. Opening it uses nothing up, since programs that check emails open links.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::Field;
use super::who::{browser_of, give_cookies, lang_of};
use super::{failure, frame, log_in};
use crate::app::App;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::staff::sessions::Stage;
use crate::staff::{LINK_PATH, Member, Password, PasswordProblem};
use crate::values::Network;
use crate::web::client_ip::Client;
use crate::web::{form, redirect};

/// `GET /desk/welcome?key=…`.
pub(super) async fn show(State(app): State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let key = form::value(&pairs, "key").unwrap_or_default();
    match app.staff.links().owner(key).await {
        Ok(Some(member)) => page(&app, lang_for(&app, &headers, &member), StatusCode::OK, key, &member, None).await,
        Ok(None) => over(&app, lang_of(&app, &headers)).await,
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `POST /desk/welcome`: the password is chosen, and this browser logged in.
pub(super) async fn take(State(app): State<App>, client: Client, headers: HeaderMap, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let field = |name: &str| form::value(&pairs, name).unwrap_or_default();
    let key = field("key");
    let member = match app.staff.links().owner(key).await {
        Ok(Some(member)) => member,
        Ok(None) => return over(&app, lang_of(&app, &headers)).await,
        Err(error) => return failure::of(&error).into_response(),
    };
    let lang = lang_for(&app, &headers, &member);
    let password = match chosen(lang, field("password"), field("password_again"), &member) {
        Ok(password) => password,
        Err(wrong) => return page(&app, lang, StatusCode::UNPROCESSABLE_ENTITY, key, &member, Some(wrong)).await,
    };
    match app.staff.links().spend(key, &password, Network::from(client.ip), &browser_of(&headers)).await {
        Ok(logged_in) => {
            let mut response = redirect::see_other(if logged_in.stage == Stage::Full { "/desk" } else { log_in::CODE_PATH });
            give_cookies(&app, &mut response, &logged_in);
            response
        }
        Err(ServiceError::NotFound) => over(&app, lang).await,
        Err(error) => failure::of(&error).into_response(),
    }
}

/// A new password that was typed twice; else which field is wrong, and why.
pub(super) fn chosen(lang: Lang, typed: &str, again: &str, member: &Member) -> Result<Password, (&'static str, String)> {
    let words = lang.desk_log_in();
    let password = Password::parse(typed, &[&member.email, &member.name]).map_err(|problem| {
        let text = match problem {
            PasswordProblem::Short => words.password_short,
            PasswordProblem::Long => words.password_long,
            PasswordProblem::Common => words.password_common,
            PasswordProblem::Own => words.password_own,
        };
        ("password", text.to_owned())
    })?;
    // A form that has one field only, as programs fill it in, says it once.
    if !again.is_empty() && again != typed { Err(("password_again", words.password_differs.to_owned())) } else { Ok(password) }
}

/// The two fields of a new password.
pub(super) fn password_fields(lang: Lang, wrong: Option<&(&'static str, String)>) -> AnyView {
    let words = lang.desk_log_in();
    let wrong = |name: &str| wrong.filter(|(field, _)| *field == name).map(|(_, text)| text.clone());
    let first = Field::password("password", words.new_password, "new-password").wrong(wrong("password"));
    let again = Field::password("password_again", words.repeat_password, "new-password").wrong(wrong("password_again"));
    (first.view(), again.view()).into_any()
}

fn lang_for(app: &App, headers: &HeaderMap, member: &Member) -> Lang {
    member.lang.unwrap_or_else(|| lang_of(app, headers))
}

async fn page(app: &App, lang: Lang, status: StatusCode, key: &str, member: &Member, wrong: Option<(&'static str, String)>) -> Response {
    let words = lang.desk_log_in();
    let (key, email) = (key.to_owned(), member.email.clone());
    let text = words.welcome_text.replace("{email}", &email);
    frame::page(app, None, lang, status, words.welcome_title, move || {
        view! {
            <div class="desk-narrow">
                <h1>{words.welcome_title}</h1>
                <p class="lede">{text.clone()}</p>
                <form class="form" action=LINK_PATH method="post" novalidate>
                    <input type="hidden" name="key" value=key.clone() />
                    // Tells password managers whose password it is.
                    <input type="hidden" name="email" autocomplete="username" value=email.clone() />
                    {password_fields(lang, wrong.as_ref())}
                    <button class="button button-primary" type="submit">{words.set_password}</button>
                </form>
            </div>
        }
        .into_any()
    })
    .await
}

async fn over(app: &App, lang: Lang) -> Response {
    let words = lang.desk_log_in();
    frame::page(app, None, lang, StatusCode::GONE, words.link_over_title, move || {
        view! {
            <div class="desk-narrow">
                <h1>{words.link_over_title}</h1>
                <p class="lede">{words.link_over_text}</p>
                <p><a class="button button-primary" href=log_in::PATH>{words.title}</a></p>
            </div>
        }
        .into_any()
    })
    .await
}
