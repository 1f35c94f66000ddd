//! Saved replies: the list, and the form of one. A person's own are theirs; those for all are for leads to change.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, Request, State};
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::{Field, done, problem};
use super::ticket::files::control;
use super::who::Who;
use super::{failure, frame};
use crate::app::App;
use crate::error::ServiceError;
use crate::files::Attachment;
use crate::i18n::Lang;
use crate::saved_replies::{NAME_MAX_CHARS, SavedReply, TEXT_MAX_CHARS, Written};
use crate::site::files::{bounds, problem_texts};
use crate::staff::Action;
use crate::ui::TextArea;
use crate::web::client_ip::Client;
use crate::web::{form, posted, redirect};

pub(super) const PATH: &str = "/desk/replies";
/// In place of an id: one that is not there yet.
const NEW: &str = "new";
/// Names of the fields that have the texts, in the order of the languages.
const TEXTS: [&str; 3] = ["text-pt", "text-es", "text-en"];

/// `GET /desk/replies`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>, uri: Uri) -> Response {
    let words = who.lang.desk_replies();
    let all = match app.saved_replies.all(&who.member.id).await {
        Ok(all) => all,
        Err(error) => return failure::of(&error).into_response(),
    };
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let said = match form::value(&pairs, "done") {
        Some("kept") => Some(words.kept),
        Some("deleted") => Some(words.deleted),
        _ => None,
    };
    let lang = who.lang;
    frame::page(&app, Some(&who), lang, StatusCode::OK, words.title, move || {
        let rows = all.iter().map(|reply| row(lang, reply)).collect_view();
        let empty = all.is_empty().then(|| view! { <p class="desk-empty">{words.none}</p> });
        view! {
            <div class="desk-page">
                <nav class="meta"><a href="/desk" data-key="u">{lang.desk_ticket().back}</a></nav>
                <h1>{words.title}</h1>
                <p class="lede">{words.lede}</p>
                {said.map(done)}
                <p><a class="button button-primary" href=format!("{PATH}/{NEW}") data-key="c">{words.new}</a></p>
                {empty}
                <ul class="desk-rows" role="list">{rows}</ul>
            </div>
        }
        .into_any()
    })
    .await
}

fn row(lang: Lang, reply: &SavedReply) -> AnyView {
    let words = lang.desk_replies();
    let missing: Vec<&str> = Lang::ALL.into_iter().filter(|one| reply.text(*one).is_none()).map(|one| one.name_in(lang)).collect();
    let missing = (!missing.is_empty()).then(|| view! { <span class="mark">{words.missing.replace("{langs}", &missing.join(", "))}</span> });
    let whose = if reply.owner.is_some() { words.own } else { words.for_all };
    view! {
        <li>
            <div>
                <a href=format!("{PATH}/{}", reply.id)>{reply.name.clone()}</a> " " {missing}
                <p class="meta">{whose} " · " {words.uses.replace("{count}", &reply.uses.to_string())}</p>
            </div>
        </li>
    }
    .into_any()
}

/// What the form shows.
#[derive(Clone, Default)]
struct Typed {
    id: String,
    name: String,
    texts: [String; 3],
    is_shared: bool,
    files: Vec<(Attachment, String)>,
    name_is_wrong: bool,
    problems: Vec<String>,
}

/// The saved reply that an address names; `None`: a new one. Who may not change it gets `NotNow`.
async fn named(app: &App, who: &Who, id: &str) -> Result<Option<SavedReply>, ServiceError> {
    if id == NEW {
        return Ok(None);
    }
    let reply = app.saved_replies.by_id(id, &who.member.id).await?;
    if reply.owner.is_none() && !who.member.role.may(Action::ShareSavedReplies) { Err(ServiceError::NotNow) } else { Ok(Some(reply)) }
}

async fn answer(app: &App, who: &Who, error: &ServiceError) -> Response {
    match error {
        ServiceError::NotNow => failure::not_allowed(app, who).await,
        other => failure::of(other).into_response(),
    }
}

/// `GET /desk/replies/{id}`.
pub(super) async fn edit(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>) -> Response {
    let read = async {
        let Some(reply) = named(&app, &who, &id).await? else { return Ok(Typed { id: NEW.to_owned(), ..Typed::default() }) };
        let texts = Lang::ALL.map(|lang| reply.text(lang).unwrap_or_default().to_owned());
        let files = app.saved_replies.files_of(&reply).await?;
        Ok(Typed { id: reply.id.clone(), name: reply.name.clone(), texts, is_shared: reply.owner.is_none(), files, ..Typed::default() })
    };
    match read.await {
        Ok(typed) => page(&app, &who, StatusCode::OK, typed).await,
        Err(error) => answer(&app, &who, &error).await,
    }
}

/// `POST /desk/replies/{id}`.
pub(super) async fn take(
    State(app): State<App>,
    client: Client,
    Extension(who): Extension<Who>,
    Path(id): Path<String>,
    request: Request,
) -> Response {
    let earlier = match named(&app, &who, &id).await {
        Ok(earlier) => earlier,
        Err(error) => return answer(&app, &who, &error).await,
    };
    let posted = match posted::read(request, bounds(&app.config), client.ip).await {
        Ok(posted) => posted,
        Err(failure) => return failure.into_response(),
    };
    let field = |name: &str| form::value(&posted.pairs, name).unwrap_or_default().replace("\r\n", "\n").replace('\0', "");
    let texts = TEXTS.map(|name| field(name).trim_end().to_owned());
    let is_shared = !field("shared").is_empty() && who.member.role.may(Action::ShareSavedReplies);
    let mut typed = Typed { id, name: field("name").trim().to_owned(), texts, is_shared, ..Typed::default() };
    let taken = match app.files.take_form(posted, client.ip).await {
        Ok(taken) => taken,
        Err(error) => return failure::of(&error).into_response(),
    };
    let words = who.lang.desk_replies();
    typed.problems = problem_texts(who.lang, &app.config.attachments, &taken);
    typed.name_is_wrong = typed.name.is_empty() || typed.name.chars().count() > NAME_MAX_CHARS || typed.name.contains(char::is_control);
    if typed.texts.iter().all(|text| text.trim().is_empty()) {
        typed.problems.push(words.no_text.to_owned());
    }
    if typed.texts.iter().any(|text| text.chars().count() > TEXT_MAX_CHARS) {
        typed.problems.push(words.long_text.to_owned());
    }
    typed.files = taken.kept;
    if typed.name_is_wrong || !typed.problems.is_empty() {
        return page(&app, &who, StatusCode::UNPROCESSABLE_ENTITY, typed).await;
    }
    let texts = Lang::ALL.into_iter().zip(typed.texts).filter(|(_, text)| !text.trim().is_empty()).collect();
    let files = typed.files.into_iter().map(|(_, token)| token).collect();
    let written = Written { name: typed.name, is_shared, texts, files };
    match app.saved_replies.save(earlier.as_ref(), &written, &who.member.id).await {
        Ok(_) => redirect::see_other(&format!("{PATH}?done=kept")),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `POST /desk/replies/{id}/delete`.
pub(super) async fn delete(State(app): State<App>, Extension(who): Extension<Who>, Path(id): Path<String>, _body: Bytes) -> Response {
    let deleted = async {
        let reply = named(&app, &who, &id).await?.ok_or(ServiceError::NotFound)?;
        app.saved_replies.delete(&reply).await
    };
    match deleted.await {
        Ok(()) => redirect::see_other(&format!("{PATH}?done=deleted")),
        Err(error) => answer(&app, &who, &error).await,
    }
}

async fn page(app: &App, who: &Who, status: StatusCode, typed: Typed) -> Response {
    let (lang, may_share) = (who.lang, who.member.role.may(Action::ShareSavedReplies));
    let (words, files_max) = (lang.desk_replies(), app.config.attachments.files_max);
    let title = if typed.id == NEW || typed.name.is_empty() { words.new.to_owned() } else { typed.name.clone() };
    frame::page(app, Some(who), lang, status, &title.clone(), move || {
        view! {
            <div class="desk-narrow">
                <nav class="meta"><a href=PATH data-key="u">{words.title}</a></nav>
                <h1>{title.clone()}</h1>
                {form_of(lang, &typed, may_share, files_max)}
                {(typed.id != NEW).then(|| view! {
                    <form action=format!("{PATH}/{}/delete", typed.id) method="post">
                        <button class="text-button danger" type="submit">{words.delete}</button>
                    </form>
                })}
            </div>
        }
        .into_any()
    })
    .await
}

fn form_of(lang: Lang, typed: &Typed, may_share: bool, files_max: usize) -> AnyView {
    let words = lang.desk_replies();
    let texts = Lang::ALL.into_iter().zip(TEXTS).zip(typed.texts.clone()).map(|((of, name), text)| {
        view! {
            <div class="field">
                <label class="label" for=name>{words.text_in.replace("{lang}", of.name_in(lang))}</label>
                <TextArea id=name name=name text=text rows=5 max_chars=TEXT_MAX_CHARS described_by="places" />
            </div>
        }
    });
    let problems = typed.problems.iter().enumerate().map(|(at, text)| problem(format!("problem-{at}"), text.clone())).collect_view();
    let shared =
        may_share.then(|| view! { <label class="check"><input type="checkbox" name="shared" checked=typed.is_shared /> {words.shared}</label> });
    view! {
        <form class="form" action=format!("{PATH}/{}", typed.id) method="post" enctype="multipart/form-data" novalidate>
            {(!typed.problems.is_empty()).then(|| view! { <div role="alert">{problems}</div> })}
            {Field::text("name", words.name, NAME_MAX_CHARS).value(&typed.name).wrong(typed.name_is_wrong.then(|| words.bad_name.to_owned())).view()}
            <p class="hint" id="places">{words.places}</p>
            {texts.collect_view()}
            {(files_max > 0).then(|| control(lang, "reply-files", &typed.files))}
            {shared}
            <button class="button button-primary" type="submit">{lang.desk_ticket().save}</button>
        </form>
    }
    .into_any()
}
