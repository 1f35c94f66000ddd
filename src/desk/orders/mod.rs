//! Accounts of Hotmart: connecting one, and what is done to it. For admins.

mod compare;
pub(super) mod contact;
pub(super) mod find;
pub(super) mod purchase;
pub(super) mod reports;
mod rows;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::{Field, done, problem};
use super::who::Who;
use super::{failure, frame};
use crate::app::App;
use crate::config::Secret;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::orders::account::{self, Environment, KEY_MAX_CHARS, NAME_MAX_CHARS, NewAccount, Typed};
use crate::orders::{CallError, ConnectError};
use crate::tickets::model::FieldProblem;
use crate::web::{Failure, form, redirect};

pub(super) use compare::{ask as ask_comparison, show as show_comparison};

pub(super) const PATH: &str = "/desk/orders/accounts";

/// The form as it is shown: keys don't come back into a page.
#[derive(Debug, Clone, Default)]
struct Shown {
    name: String,
    client_id: String,
    environment: String,
    wrong: Vec<(account::Field, String)>,
    /// Why the account was not connected although every field was right, or what is wrong with another one.
    trouble: Option<&'static str>,
}

/// `GET /desk/orders/accounts`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>, uri: Uri) -> Response {
    let words = who.lang.desk_orders();
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let said = match form::value(&pairs, "done") {
        Some("connected") => Some(words.connected),
        Some("checked") => Some(words.checked),
        Some("saved") => Some(words.saved),
        Some("disconnected") => Some(words.disconnected),
        Some("deleted") => Some(words.deleted),
        _ => None,
    };
    page(&app, &who, StatusCode::OK, said, Shown::default()).await
}

/// `POST /desk/orders/accounts`.
pub(super) async fn connect(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let field = |field: account::Field| form::value(&pairs, field.name()).unwrap_or_default().to_owned();
    let Some(environment) = Environment::parse(form::value(&pairs, "environment").unwrap_or_default()) else {
        return Failure::BadRequest.into_response();
    };
    let typed = Typed {
        name: field(account::Field::Name),
        client_id: field(account::Field::ClientId),
        client_secret: Secret::new(field(account::Field::ClientSecret)),
        basic_key: Secret::new(field(account::Field::BasicKey)),
        hottok: Secret::new(field(account::Field::Hottok)),
    };
    let mut shown =
        Shown { name: typed.name.clone(), client_id: typed.client_id.clone(), environment: environment.word().to_owned(), ..Shown::default() };
    let words = who.lang.desk_orders();
    let new = match NewAccount::parse(&typed, environment) {
        Ok(new) => new,
        Err(problems) => {
            shown.wrong = problems.into_iter().map(|(field, problem)| (field, wrong(who.lang, problem))).collect();
            return page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, None, shown).await;
        }
    };
    match app.orders.accounts().connect(&new, &by(&who)).await {
        Ok(_) => return redirect::see_other(&format!("{PATH}?done=connected")),
        Err(ConnectError::NameTaken) => shown.wrong = vec![(account::Field::Name, words.name_taken.to_owned())],
        Err(ConnectError::Call(error)) => shown.trouble = Some(problem_text(who.lang, error)),
        Err(ConnectError::Failed(error)) => return failure::of(&error).into_response(),
    }
    page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, None, shown).await
}

fn wrong(lang: Lang, problem: FieldProblem) -> String {
    match problem {
        FieldProblem::NotACode | FieldProblem::NotOneLine => lang.desk_orders().not_a_key.to_owned(),
        FieldProblem::TooLong { max_chars } => lang.tickets().too_long.replace("{n}", &max_chars.to_string()),
        _ => lang.desk_orders().missing.to_owned(),
    }
}

/// `POST /desk/orders/accounts/{id}/check`.
pub(super) async fn check(State(app): State<App>, Path(id): Path<String>) -> Response {
    match app.orders.accounts().check(&id).await {
        Ok(Ok(())) => redirect::see_other(&format!("{PATH}?done=checked")),
        // The row says what is wrong.
        Ok(Err(_)) => redirect::see_other(PATH),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `POST /desk/orders/accounts/{id}/pause`, with `to` paused or active.
pub(super) async fn pause(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>, body: Bytes) -> Response {
    let is_paused = match form::value(&form::pairs(&body), "to") {
        Some("paused") => true,
        Some("active") => false,
        _ => return Failure::BadRequest.into_response(),
    };
    saved(app.orders.accounts().pause(&id, is_paused, &by(&who)).await)
}

/// `POST /desk/orders/accounts/{id}/name`.
pub(super) async fn rename(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let words = who.lang.desk_orders();
    let name = match account::parse_name(form::value(&pairs, "name").unwrap_or_default()) {
        Ok(name) => name,
        Err(problem) => {
            let trouble = if problem == FieldProblem::Missing { who.lang.desk_orders().missing } else { words.not_a_key };
            return page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, None, Shown { trouble: Some(trouble), ..Shown::default() }).await;
        }
    };
    match app.orders.accounts().rename(&id, &name, &by(&who)).await {
        Ok(true) => redirect::see_other(&format!("{PATH}?done=saved")),
        Ok(false) => {
            let shown = Shown { trouble: Some(words.name_taken), ..Shown::default() };
            page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, None, shown).await
        }
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `POST /desk/orders/accounts/{id}/hottok`; an empty one takes it away.
pub(super) async fn hottok(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    match account::parse_hottok(form::value(&pairs, "hottok").unwrap_or_default()) {
        Ok(hottok) => saved(app.orders.accounts().set_hottok(&id, hottok.as_ref(), &by(&who)).await),
        Err(_) => {
            let shown = Shown { trouble: Some(who.lang.desk_orders().not_a_key), ..Shown::default() };
            page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, None, shown).await
        }
    }
}

/// `POST /desk/orders/accounts/{id}/disconnect`, with `sales` keep or delete.
pub(super) async fn disconnect(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>, body: Bytes) -> Response {
    let (deletes, done) = match form::value(&form::pairs(&body), "sales") {
        Some("keep") => (false, "disconnected"),
        Some("delete") => (true, "deleted"),
        _ => return Failure::BadRequest.into_response(),
    };
    match app.orders.accounts().disconnect(&id, deletes, &by(&who)).await {
        Ok(()) => redirect::see_other(&format!("{PATH}?done={done}")),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// Why Hotmart does not answer, and what to do.
fn problem_text(lang: Lang, error: CallError) -> &'static str {
    let words = lang.desk_orders();
    match error {
        CallError::WrongKeys => words.wrong_keys,
        CallError::NoRight => words.no_right,
        CallError::OtherEnvironment => words.other_environment,
        CallError::NotReached => words.not_reached,
        CallError::TooMany => words.busy,
        CallError::PeriodRefused | CallError::ValueRefused => words.refused,
        CallError::TooSlow | CallError::Failing => words.failing,
        CallError::NotHotmart => words.not_hotmart,
    }
}

fn saved(result: Result<(), ServiceError>) -> Response {
    match result {
        Ok(()) => redirect::see_other(&format!("{PATH}?done=saved")),
        Err(error) => failure::of(&error).into_response(),
    }
}

fn by(who: &Who) -> Actor {
    Actor::Staff(who.member.id.clone())
}

async fn page(app: &App, who: &Who, status: StatusCode, said: Option<&'static str>, shown: Shown) -> Response {
    let rows = match rows::read(app).await {
        Ok(rows) => rows,
        Err(error) => return failure::of(&error).into_response(),
    };
    let (lang, words, site, now) = (who.lang, who.lang.desk_orders(), std::sync::Arc::clone(&app.site), app.clock.now());
    frame::page(app, Some(who), lang, status, words.title, move || {
        view! {
            <div class="desk-page">
                <h1>{words.title}</h1>
                <p class="lede">{words.text}</p>
                {said.map(done)}
                {shown.trouble.map(|text| view! { <div role="alert">{problem("trouble".to_owned(), text.to_owned())}</div> })}
                {list(lang, &rows, &site, now)}
                {form(lang, &shown)}
            </div>
        }
        .into_any()
    })
    .await
}

fn list(lang: Lang, rows: &[rows::Row], site: &crate::ui::Site, now: crate::clock::Micros) -> AnyView {
    if rows.is_empty() {
        return view! { <p>{lang.desk_orders().none}</p> }.into_any();
    }
    let rows = rows.iter().map(|row| rows::row(lang, row, site, now)).collect_view();
    view! { <ul class="desk-rows">{rows}</ul> }.into_any()
}

fn form(lang: Lang, shown: &Shown) -> AnyView {
    let words = lang.desk_orders();
    let wrong = |field: account::Field| shown.wrong.iter().find(|(wrong, _)| *wrong == field).map(|(_, text)| text.clone());
    let is_sandbox = shown.environment == Environment::Sandbox.word();
    let key = |name: &'static str, label: &'static str, of: account::Field| Field::key(name, label, KEY_MAX_CHARS).wrong(wrong(of));
    let lost = (!shown.wrong.is_empty() || shown.trouble.is_some()) && !shown.name.is_empty();
    view! {
        <section class="part" aria-labelledby="connect">
            <h2 id="connect">{words.connect_title}</h2>
            <p>{words.connect_text}</p>
            {lost.then(|| view! { <p class="hint">{words.not_connected}</p> })}
            <form class="form desk-form" action=PATH method="post" novalidate>
                {Field::text("name", words.name, NAME_MAX_CHARS).value(&shown.name).hint(words.name_hint.to_owned()).wrong(wrong(account::Field::Name)).view()}
                <div class="field">
                    <label class="label" for="environment">{words.environment}</label>
                    <span class="select">
                        <select class="input" id="environment" name="environment">
                            <option value=Environment::Production.word() selected=!is_sandbox>{words.production}</option>
                            <option value=Environment::Sandbox.word() selected=is_sandbox>{words.sandbox}</option>
                        </select>
                    </span>
                </div>
                {Field::text("client_id", words.client_id, KEY_MAX_CHARS).value(&shown.client_id).wrong(wrong(account::Field::ClientId)).view()}
                {key("client_secret", words.client_secret, account::Field::ClientSecret).view()}
                {key("basic_key", words.basic_key, account::Field::BasicKey).hint(words.basic_key_hint.to_owned()).view()}
                {key("hottok", words.hottok, account::Field::Hottok).hint(words.hottok_hint.to_owned()).view()}
                <button class="button button-primary" type="submit">{words.connect}</button>
            </form>
        </section>
    }
    .into_any()
}
