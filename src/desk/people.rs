//! The people of the team: who they are, inviting somebody, roles, and helping those who lost their way in. For admins.

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
use crate::error::ServiceError;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::staff::{Link, Member, Role};
use crate::values::{Email, NAME_MAX_CHARS, PersonName};
use crate::web::{Failure, form, redirect};

pub(super) const PATH: &str = "/desk/people";

/// An invitation that was typed and is wrong.
#[derive(Debug, Clone, Default)]
struct Typed {
    email: String,
    name: String,
    role: String,
    /// The field, and what is wrong with it.
    wrong: Option<(&'static str, String)>,
}

/// `GET /desk/people`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>, uri: Uri) -> Response {
    let words = who.lang.desk_people();
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let said = match form::value(&pairs, "done") {
        Some("invited") => Some(words.done_invited),
        Some("link") => Some(words.done_linked),
        Some("role") => Some(words.done_role),
        Some("disabled") => Some(words.done_disabled),
        Some("factor") => Some(words.done_reset),
        _ => None,
    };
    page(&app, &who, StatusCode::OK, said, None, Typed::default()).await
}

/// `POST /desk/people`: somebody is invited.
pub(super) async fn invite(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let field = |name: &str| form::value(&pairs, name).unwrap_or_default();
    let words = who.lang.desk_people();
    let (email, name, role) = (Email::parse(field("email")), PersonName::parse(field("name")), Role::parse(field("role")));
    let wrong = match (&email, &name, role) {
        (Err(_), _, _) => Some(("email", words.bad_email)),
        (_, Err(_), _) => Some(("name", who.lang.desk_account().bad_name)),
        (_, _, None) => Some(("role", words.bad_role)),
        (Ok(email), ..) => match app.staff.by_email(email).await {
            Ok(Some(_)) => Some(("email", words.known_email)),
            Ok(None) => None,
            Err(error) => return failure::of(&error).into_response(),
        },
    };
    let (None, Ok(email), Ok(name), Some(role)) = (wrong, &email, &name, role) else {
        let wrong = wrong.map(|(field, text)| (field, text.to_owned()));
        let typed = Typed { email: field("email").into(), name: field("name").into(), role: field("role").into(), wrong };
        return page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, None, None, typed).await;
    };
    let id = match app.staff.add(email, name, role, &by(&who)).await {
        Ok(id) => id,
        Err(error) => return failure::of(&error).into_response(),
    };
    send_link(&app, &who, &id, "invited").await
}

/// `POST /desk/people/{id}/link`.
pub(super) async fn new_link(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>) -> Response {
    send_link(&app, &who, &id, "link").await
}

/// The link goes by email where that leaves, else it is shown to who asked for it, once.
async fn send_link(app: &App, who: &Who, id: &str, what: &str) -> Response {
    let member = match app.staff.by_id(id).await {
        Ok(Some(member)) => member,
        Ok(None) => return Failure::NotFound.into_response(),
        Err(error) => return failure::of(&error).into_response(),
    };
    let mail = app.config.sends_mail().then_some(who.lang);
    match app.staff.links().make(&member, &by(who), mail).await {
        Ok(_) if mail.is_some() => redirect::see_other(&format!("{PATH}?done={what}")),
        Ok(link) => page(app, who, StatusCode::OK, None, Some((member.name, link)), Typed::default()).await,
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `POST /desk/people/{id}/role`.
pub(super) async fn set_role(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let Some(role) = form::value(&pairs, "role").and_then(Role::parse) else { return Failure::BadRequest.into_response() };
    let result = app.staff.set_role(&id, role, &by(&who)).await;
    changed(&app, &who, result, "role").await
}

/// `POST /desk/people/{id}/second-factor`.
pub(super) async fn reset_second_factor(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>) -> Response {
    let result = app.staff.second_factor().reset(&id, &by(&who)).await;
    changed(&app, &who, result, "factor").await
}

/// `POST /desk/people/{id}/disable`.
pub(super) async fn disable(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>) -> Response {
    let email = match app.staff.by_id(&id).await {
        Ok(member) => member.and_then(|member| Email::parse(&member.email).ok()),
        Err(error) => return failure::of(&error).into_response(),
    };
    let Some(email) = email else { return Failure::NotFound.into_response() };
    let result = app.disable_member(&email, &by(&who)).await;
    changed(&app, &who, result, "disabled").await
}

async fn changed(app: &App, who: &Who, result: Result<(), ServiceError>, what: &str) -> Response {
    match result {
        Ok(()) => redirect::see_other(&format!("{PATH}?done={what}")),
        Err(ServiceError::NotNow) => {
            let wrong = Some(("last_admin", who.lang.desk_people().last_admin.to_owned()));
            page(app, who, StatusCode::UNPROCESSABLE_ENTITY, None, None, Typed { wrong, ..Typed::default() }).await
        }
        Err(error) => failure::of(&error).into_response(),
    }
}

fn by(who: &Who) -> Actor {
    Actor::Staff(who.member.id.clone())
}

async fn page(app: &App, who: &Who, status: StatusCode, said: Option<&'static str>, link: Option<(String, Link)>, typed: Typed) -> Response {
    let members = match app.staff.list().await {
        Ok(members) => members,
        Err(error) => return failure::of(&error).into_response(),
    };
    let words = who.lang.desk_people();
    let (shown, sends_mail) = (who.clone(), app.config.sends_mail());
    let last_admin = typed.wrong.clone().filter(|(field, _)| *field == "last_admin").map(|(_, text)| text);
    frame::page(app, Some(who), who.lang, status, words.people, move || {
        let rows = members.iter().map(|member| row(&shown, member, sends_mail)).collect_view();
        view! {
            <div class="desk-page">
                <h1>{words.people}</h1>
                <p class="meta">{words.count.replace("{count}", &members.len().to_string())}</p>
                {said.map(done)}
                {last_admin.clone().map(|text| view! { <div role="alert">{problem("last-admin".to_owned(), text)}</div> })}
                {link.as_ref().map(|(name, link)| link_notice(shown.lang, name, link))}
                <ul class="desk-rows people">{rows}</ul>
                {invitation(shown.lang, &typed, sends_mail)}
            </div>
        }
        .into_any()
    })
    .await
}

fn link_notice(lang: Lang, name: &str, link: &Link) -> AnyView {
    let words = lang.desk_people();
    view! {
        <div class="notice" role="status">
            <div>
                <h2>{words.link_title.replace("{name}", name)}</h2>
                <p>{words.link_text}</p>
                <p><code class="secret">{link.url.clone()}</code></p>
            </div>
        </div>
    }
    .into_any()
}

fn role_options(lang: Lang, chosen: &str) -> AnyView {
    let words = lang.desk_people();
    let name = |role: Role| match role {
        Role::Agent => words.agent,
        Role::Lead => words.lead,
        Role::Admin => words.admin,
    };
    let options = Role::ALL.iter().map(|role| view! { <option value=role.word() selected=role.word() == chosen>{name(*role)}</option> });
    options.collect_view().into_any()
}

fn row(who: &Who, member: &Member, sends_mail: bool) -> AnyView {
    let words = who.lang.desk_people();
    let access = match (member.password_set_at, member.second_factor_at) {
        (None, _) => words.no_password,
        (Some(_), None) => words.has_password,
        (Some(_), Some(_)) => words.has_both,
    };
    let is_self = member.id == who.member.id;
    let path = |what: &str| format!("{PATH}/{}/{what}", member.id);
    let label = format!("{}: {}", words.role, member.name);
    let link = if sends_mail { words.new_link } else { words.make_link };
    let factor = member.second_factor_at.is_some().then(|| {
        view! { <form action=path("second-factor") method="post"><button class="text-button" type="submit">{words.reset_factor}</button></form> }
    });
    let more = (!is_self).then(|| {
        view! {
            <details class="menu">
                <summary class="button">{words.more}<span class="sr">{format!(": {}", member.name)}</span></summary>
                <div class="menu-list">
                    <form action=path("link") method="post"><button class="text-button" type="submit">{link}</button></form>
                    {factor}
                    <form action=path("disable") method="post">
                        <button class="text-button danger" type="submit">{words.disable}</button>
                    </form>
                    <p class="hint">{words.disable_text}</p>
                </div>
            </details>
        }
    });
    view! {
        <li>
            <div class="person">
                <p><strong>{member.name.clone()}</strong> {is_self.then(|| format!(" ({})", words.you))}</p>
                <p class="meta">{member.email.clone()}</p>
                <p class="meta">{access}</p>
            </div>
            <form class="inline-form" action=path("role") method="post">
                <span class="select"><select class="input" name="role" aria-label=label>{role_options(who.lang, member.role.word())}</select></span>
                <button class="button" type="submit">{words.change_role}</button>
            </form>
            {more}
        </li>
    }
    .into_any()
}

fn invitation(lang: Lang, typed: &Typed, sends_mail: bool) -> AnyView {
    let words = lang.desk_people();
    let wrong = |name: &str| typed.wrong.as_ref().filter(|(field, _)| *field == name).map(|(_, text)| text.clone());
    let role = if typed.role.is_empty() { Role::Agent.word() } else { typed.role.as_str() };
    let hints = [(words.agent, words.agent_hint), (words.lead, words.lead_hint), (words.admin, words.admin_hint)];
    let hints = hints.map(|(name, hint)| view! { <li><strong>{name}</strong> ": " {hint}</li> }).into_iter().collect_view();
    view! {
        <section class="part" aria-labelledby="invite">
            <h2 id="invite">{words.invite_title}</h2>
            <p>{if sends_mail { words.invite_hint_mail } else { words.invite_hint_link }}</p>
            <form class="form desk-form" action=PATH method="post" novalidate>
                {Field::email("email", lang.desk_log_in().email, "off").value(&typed.email).wrong(wrong("email")).view()}
                {Field::text("name", words.name, NAME_MAX_CHARS).value(&typed.name).wrong(wrong("name")).view()}
                <div class="field">
                    <label class="label" for="role">{words.role}</label>
                    <span class="select"><select class="input" id="role" name="role">{role_options(lang, role)}</select></span>
                    {wrong("role").map(|text| problem("role-error".to_owned(), text))}
                </div>
                <button class="button button-primary" type="submit">{words.invite}</button>
            </form>
            <ul class="meta role-hints">{hints}</ul>
        </section>
    }
    .into_any()
}
