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

use super::address::{self, AddressState, may_correct};
use super::buyer;
use super::mailbox::{self, has_asked};
use super::progress::{progress, status_words};
use super::reply_forms::forms;
use crate::app::App;
use crate::articles::model::ArticleId;
use crate::clock::Micros;
use crate::files::not_kept;
use crate::i18n::Lang;
use crate::site::files::files_of;
use crate::tickets::Right;
use crate::tickets::access::page_path;
use crate::tickets::model::{Message, MessageKind, Reference, Status, TicketView};
use crate::ui::frame::Document;
use crate::ui::icons::{Draw, Icon};
use crate::ui::{Frame, Site, parts, render, times};
use crate::values::rich_text;
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
        Ok(view) => personal(StatusCode::OK, page(app, lang, headers, view, ReplyState::default()).await),
        Err(error) => failure(&error).into_response(),
    }
}

/// The page with what was typed into its forms.
pub(super) async fn page(app: &App, lang: Lang, headers: &HeaderMap, shown: TicketView, state: ReplyState) -> String {
    let (has_asked, may_correct) = (has_asked(app, headers, &shown.ticket), may_correct(app, headers, &shown));
    let purchase = buyer::standing(app, &shown.ticket).await;
    let (site, library) = (Arc::clone(&app.site), app.content.library());
    let article = shown.ticket.article.as_ref().and_then(|id: &ArticleId| library.articles.get(id)).map(|article| {
        let title = article.shown(lang, library.default_lang).title.clone();
        (title, article.urls[lang].clone())
    });
    let reason = shown.ticket.reason.as_ref().and_then(|id| Some(library.reason(id)?.texts[lang].title.clone()));
    let (now, limits) = (app.clock.now(), app.config.attachments.clone());
    let path = format!("/requests/{}", shown.ticket.key.reference);
    render::page(move || {
        let frame = Frame::private(lang, &shown.ticket.subject, &path);
        let facts = facts(&site, lang, &shown, article.clone(), reason.clone(), may_correct, now);
        let withheld = shown.withheld.map(|withheld| mailbox::notice(lang, &shown.ticket, withheld, has_asked, &state.code));
        let forms = forms(lang, &shown.ticket, &state, &limits, now);
        let purchase = purchase.as_ref().map(|standing| buyer::section(lang, &shown.ticket, standing, &state.buyer));
        let forms = view! { {forms} {purchase} }.into_any();
        view! { <Document site=site.clone() frame=frame body=content(&site, lang, &shown, now, withheld, forms, facts) /> }
    })
    .await
}

fn content(site: &Site, lang: Lang, shown: &TicketView, now: Micros, withheld: Option<AnyView>, forms: AnyView, facts: AnyView) -> AnyView {
    let words = lang.contact();
    let ticket = &shown.ticket;
    let trail = [(lang.common().my_requests.to_owned(), format!("/{}/requests", lang.code()))];
    let numbered = (1..).zip(&shown.messages);
    let messages =
        numbered.map(|(number, said)| message(site, lang, said, (number, shown.writer(said)), now, files_of(lang, shown, &said.id))).collect_view();
    let events = format!("{}/events?seen={}", page_path(lang, &ticket.key.reference), shown.version);
    let script = site.assets.has("conversation.js").then(|| view! { <script type="module" src=site.assets.url("conversation.js")></script> });
    let late = ticket.is_late(now).then(|| view! { <li class="notice"><Draw icon=Icon::Info /><div><p>{words.late}</p></div></li> });
    let name = format!("{}: {}", words.conversation, lang.message_count(shown.messages.len()));
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
                {progress(site, lang, shown, now)}
                <div>
                    <h2 class="sr" id="conversation">{words.conversation}</h2>
                    <ol class="conversation" role="list" aria-label=name aria-live="polite" data-renewed="conversation" data-events=events>{messages} {late}</ol>
                    <div aria-live="polite" data-renewed="withheld">{withheld}</div>
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
    let after = shown.followed_by.iter().map(|(reference, _)| line(words.followed_by, reference)).collect_view();
    (before, after).into_any()
}

/// A status in plain words; to who doesn't see where it stands it is said what it is.
pub fn badge(lang: Lang, status: Status) -> AnyView {
    let class = match status {
        Status::New | Status::Open => "badge",
        Status::Pending => "badge badge-waiting",
        Status::Solved => "badge badge-solved",
        Status::Closed => "badge badge-closed",
    };
    view! { <span class=class><span class="sr">{lang.contact().status} ": "</span>{status_words(lang, status)}</span> }.into_any()
}

/// The id of a message on its page, by its place from 1.
pub(super) fn message_id(number: usize) -> String {
    format!("message-{number}")
}

/// `number`: its place from 1; with it the name of who of the team wrote it, where there is one.
fn message(site: &Site, lang: Lang, message: &Message, (number, writer): (usize, Option<&str>), now: Micros, files: AnyView) -> AnyView {
    let words = lang.contact();
    let by_team = message.kind() != MessageKind::Customer;
    let heading = match writer {
        Some(name) => format!("{name} · {}", words.team),
        None => (if by_team { words.team } else { words.you }).to_owned(),
    };
    let text = if message.is_rich() {
        view! { <div class="message-text message-rich" inner_html=rich_text::to_html(&message.body)></div> }.into_any()
    } else {
        view! { <div class="message-text">{linked(&message.body)}</div> }.into_any()
    };
    let not_kept = (!message.not_kept.is_empty()).then(|| {
        let text = lang.files().not_kept.replace("{files}", &not_kept::listed(lang, &message.not_kept));
        view! { <p class="hint">{text}</p> }
    });
    view! {
        <li class="message" class:message-staff=by_team id=message_id(number) tabindex="-1">
            <div class="message-head">
                <h3>{heading}</h3>
                <p class="meta">{times::moment(site, lang, message.at, now)}</p>
            </div>
            {text}
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

fn facts(
    site: &Site,
    lang: Lang,
    shown: &TicketView,
    article: Option<(String, String)>,
    reason: Option<String>,
    may_correct: bool,
    now: Micros,
) -> AnyView {
    let words = lang.contact();
    let ticket = &shown.ticket;
    let fact = |name: &'static str, value: String| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let due = ticket.due_at.map(|due| view! { <div><dt>{lang.tickets().reply_due}</dt><dd>{times::deadline(site, lang, due, now)}</dd></div> });
    let correct = may_correct.then(|| address::form(lang, &ticket.key.reference, &AddressState::default()));
    let article = article.map(|(title, url)| view! { <div><dt>{words.article}</dt><dd><a href=url>{title}</a></dd></div> });
    view! {
        <section class="ticket-side" aria-labelledby="facts">
        <h2 id="facts">{words.details}</h2>
        <dl class="facts" data-renewed="facts">
            {reason.map(|reason| fact(words.reason, reason))}
            {ticket.code.clone().map(|code| fact(words.code, code))}
            {fact(words.name, ticket.name.clone())}
            <div><dt>{words.email}</dt><dd>{ticket.email.clone()}{correct}</dd></div>
            <div><dt>{words.sent_on}</dt><dd>{times::moment(site, lang, ticket.created_at, now)}</dd></div>
            {due}
            {article}
        </dl>
        </section>
    }
    .into_any()
}
