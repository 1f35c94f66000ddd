//! A customer's page of one ticket. A link's first opening becomes a cookie, so that the secret leaves the address.

use crate::site::reader::failure;
use crate::site::reader::give_cookie;
use crate::site::reader::reader_of;
use crate::site::requests::reply_forms::ReplyState;
use crate::site::respond::personal;
use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use linkify::{LinkFinder, LinkKind};

use super::reply_forms::forms;
use crate::app::App;
use crate::articles::model::ArticleId;
use crate::files::not_kept;
use crate::i18n::Lang;
use crate::site::files::files_of;
use crate::tickets::Right;
use crate::tickets::access::page_path;
use crate::tickets::model::{Message, MessageKind, Reference, Status, TicketView};
use crate::ui::frame::Document;
use crate::ui::icons::{Draw, Icon};
use crate::ui::{Frame, Site, parts, render};
use crate::web::{Failure, form, redirect};

/// `GET /{lang}/requests/{reference}`, with `?key=` when it is opened by its link.
pub async fn show(app: &App, headers: &HeaderMap, lang: Lang, reference: &str, uri: &Uri) -> Response {
    let Some(reference) = Reference::parse(reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    if let Some(token) = form::value(&pairs, "key") {
        return match app.tickets.read().open_link(&reference, token).await {
            Ok((key, right)) => {
                let mut response = redirect::see_other(&page_path(lang, &reference));
                // Opening the link shown on the screen doesn't take away what a link from the mailbox has verified.
                if right == Right::Mailbox || reader_of(app, headers, &reference).await.is_err() {
                    give_cookie(app, &mut response, &key, right);
                }
                response
            }
            Err(error) => failure(&error).into_response(),
        };
    }
    let view = match reader_of(app, headers, &reference).await {
        // To look at a ticket shows nothing of who wrote it: the one who does so may be another.
        Ok(reader) => app.tickets.read().view(&reference, reader.right).await,
        Err(error) => Err(error),
    };
    match view {
        Ok(view) => personal(StatusCode::OK, page(app, lang, view, ReplyState::default()).await),
        Err(error) => failure(&error).into_response(),
    }
}

/// The page with what was typed into its forms.
pub(super) async fn page(app: &App, lang: Lang, shown: TicketView, state: ReplyState) -> String {
    let (site, library) = (Arc::clone(&app.site), app.content.library());
    let article = shown.ticket.article.as_ref().and_then(|id: &ArticleId| library.articles.get(id)).map(|article| {
        let title = article.shown(lang, library.default_lang).title.clone();
        (title, article.urls[lang].clone())
    });
    let reason = shown.ticket.reason.as_ref().and_then(|id| Some(library.reason(id)?.texts[lang].title.clone()));
    let (now, limits) = (app.clock.now(), app.config.attachments.clone());
    let is_late = shown.ticket.is_late(now);
    let path = format!("/requests/{}", shown.ticket.key.reference);
    render::page(move || {
        let frame = Frame::private(lang, &shown.ticket.subject, &path);
        let facts = facts(&site, lang, &shown, article.clone(), reason.clone());
        let forms = forms(lang, &shown.ticket, &state, &limits, now);
        view! { <Document site=site.clone() frame=frame body=content(&site, lang, &shown, is_late, forms, facts) /> }
    })
    .await
}

fn content(site: &Site, lang: Lang, shown: &TicketView, is_late: bool, forms: AnyView, facts: AnyView) -> AnyView {
    let words = lang.contact();
    let ticket = &shown.ticket;
    let trail = [(lang.common().my_requests.to_owned(), format!("/{}/requests", lang.code()))];
    let numbered = (1..).zip(&shown.messages);
    let messages = numbered.map(|(number, said)| message(site, lang, said, number, files_of(lang, shown, &said.id))).collect_view();
    let withheld = shown.answers_withheld.then(|| notice(Icon::Lock, Some(words.withheld_title), words.withheld_text));
    let events = format!("{}/events?seen={}", page_path(lang, &ticket.key.reference), shown.version);
    let script = site.assets.has("conversation.js").then(|| view! { <script type="module" src=site.assets.url("conversation.js")></script> });
    let late = is_late.then(|| notice(Icon::Info, None, words.late));
    view! {
        <div class="wrap">
            <div class="plain-head">
                {parts::crumbs(lang, &trail)}
                <div class="ticket-head">
                    <span data-renewed="badge" role="status">{badge(lang, ticket.status)}</span>
                    <span>{words.request} " " <code>{ticket.key.reference.to_string()}</code></span>
                </div>
                <h1>{ticket.subject.clone()}</h1>
                {linked_requests(lang, shown)}
            </div>
            <div class="with-side ticket">
                {progress(lang, ticket.status)}
                <div>
                    <h2 class="sr">{words.conversation}</h2>
                    <ol class="conversation" aria-live="polite" data-renewed="conversation" data-events=events>{messages} {withheld} {late}</ol>
                    {forms}
                </div>
                {facts}
            </div>
            {script}
        </div>
    }
    .into_any()
}

/// The tickets before and after this one. Each is opened by its own right.
fn linked_requests(lang: Lang, shown: &TicketView) -> AnyView {
    let words = lang.conversation();
    let line = |text: &'static str, reference: &Reference| {
        view! { <p class="meta">{text} " " <a href=page_path(lang, reference)><code>{reference.to_string()}</code></a></p> }
    };
    let before = shown.follow_up_of.iter().map(|reference| line(words.follow_up_of, reference)).collect_view();
    let after = shown.followed_by.iter().map(|reference| line(words.followed_by, reference)).collect_view();
    (before, after).into_any()
}

/// How far the ticket has come: the steps behind it, the one it stands at, those ahead. Of one that is over, its beginning and its end: not every
/// ticket goes the whole way.
fn progress(lang: Lang, status: Status) -> AnyView {
    let is_over = matches!(status, Status::Solved | Status::Closed);
    let steps = if is_over { vec![Status::New, status] } else { vec![Status::New, Status::Open, Status::Pending, Status::Solved] };
    let place = steps.iter().position(|step| *step == status).unwrap_or_default();
    let rows = steps.into_iter().enumerate().map(|(index, step)| {
        let (done, current) = (is_over || index < place, (index == place).then_some("step"));
        view! { <li class:done=done aria-current=current><b>{status_words(lang, step)}</b></li> }
    });
    view! {
        <section class="ticket-side" aria-labelledby="progress">
            <h2 id="progress">{lang.contact().status}</h2>
            <ol class="timeline" data-renewed="progress">{rows.collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn status_words(lang: Lang, status: Status) -> &'static str {
    let words = lang.tickets();
    match status {
        Status::New => words.status_received,
        Status::Open => words.status_looked_at,
        Status::Pending => words.status_waiting,
        Status::Solved => words.status_solved,
        Status::Closed => words.status_closed,
    }
}

/// A status in plain words.
pub fn badge(lang: Lang, status: Status) -> AnyView {
    let class = match status {
        Status::New | Status::Open => "badge",
        Status::Pending => "badge badge-waiting",
        Status::Solved => "badge badge-solved",
        Status::Closed => "badge badge-closed",
    };
    view! { <span class=class>{status_words(lang, status)}</span> }.into_any()
}

fn notice(icon: Icon, title: Option<&'static str>, text: &'static str) -> AnyView {
    let title = title.map(|title| view! { <h3>{title}</h3> });
    view! { <li class="notice"><Draw icon=icon /><div>{title}<p>{text}</p></div></li> }.into_any()
}

/// The id of a message on its page, by its place from 1.
pub(super) fn message_id(number: usize) -> String {
    format!("message-{number}")
}

fn message(site: &Site, lang: Lang, message: &Message, number: usize, files: AnyView) -> AnyView {
    let words = lang.contact();
    let by_team = message.kind() != MessageKind::Customer;
    let (machine, shown) = parts::moment(site, lang, message.at);
    let not_kept = (!message.not_kept.is_empty()).then(|| {
        let text = lang.files().not_kept.replace("{files}", &not_kept::listed(lang, &message.not_kept));
        view! { <p class="hint">{text}</p> }
    });
    view! {
        <li class="message" class:message-staff=by_team id=message_id(number) tabindex="-1">
            <div class="message-head">
                <h3>{if by_team { words.team } else { words.you }}</h3>
                <p class="meta"><time datetime=machine>{shown}</time></p>
            </div>
            <div class="message-text">{linked(&message.body)}</div>
            {files}
            {not_kept}
        </li>
    }
    .into_any()
}

/// Plain text with the web addresses in it as links. Never Markdown, never HTML.
fn linked(text: &str) -> AnyView {
    let mut finder = LinkFinder::new();
    finder.kinds(&[LinkKind::Url]).url_must_have_scheme(true);
    let pieces = finder.spans(text).map(|span| {
        let piece = span.as_str().to_owned();
        let is_web = piece.starts_with("https://") || piece.starts_with("http://");
        if span.kind().is_some() && is_web {
            let address = piece.clone();
            view! { <a href=address rel="nofollow noopener noreferrer ugc">{piece}</a> }.into_any()
        } else {
            piece.into_any()
        }
    });
    pieces.collect_view().into_any()
}

fn facts(site: &Site, lang: Lang, shown: &TicketView, article: Option<(String, String)>, reason: Option<String>) -> AnyView {
    let words = lang.contact();
    let ticket = &shown.ticket;
    let fact = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let due = ticket.due_at.map(|due| fact(words.due, parts::deadline(site, lang, due).1));
    let article = article.map(|(title, url)| view! { <div><dt>{words.article}</dt><dd><a href=url>{title}</a></dd></div> });
    view! {
        <section class="ticket-side" aria-labelledby="facts">
        <h2 id="facts">{words.details}</h2>
        <dl class="facts" data-renewed="facts">
            {reason.map(|reason| fact(words.reason, reason))}
            {ticket.code.clone().map(|code| fact(words.code, code))}
            {fact(words.name, ticket.name.clone())}
            {fact(words.email, ticket.email.clone())}
            {fact(words.sent_on, parts::moment(site, lang, ticket.created_at).1)}
            {due}
            {article}
        </dl>
        </section>
    }
    .into_any()
}
