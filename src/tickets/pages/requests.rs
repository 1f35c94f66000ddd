//! `GET /{lang}/requests`: the tickets that this browser may open.

use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, header};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::contact::personal;
use super::request::{badge, failure, right_of};
use crate::app::App;
use crate::i18n::Lang;
use crate::tickets::TicketError;
use crate::tickets::access::page_path;
use crate::tickets::model::{Reference, Ticket};
use crate::ui::frame::Document;
use crate::ui::{Frame, Site, parts, render};

/// Cookies looked at: more tickets than one person opens within the time that a cookie lives.
const COOKIES_MAX: usize = 30;

pub async fn show(app: &App, headers: &HeaderMap, lang: Lang) -> Response {
    let mut tickets = Vec::new();
    for reference in references(headers) {
        let found = match right_of(app, headers, &reference).await {
            Ok(right) => app.tickets.show(&reference, right).await,
            Err(error) => Err(error),
        };
        match found {
            Ok(view) => tickets.push(view.ticket),
            Err(TicketError::NotFound) => {}
            Err(error) => return failure(&error).into_response(),
        }
    }
    tickets.sort_by_key(|ticket| std::cmp::Reverse(ticket.created_at));
    let site = Arc::clone(&app.site);
    let html = render::page(move || {
        let frame = Frame::private(lang, lang.common().my_requests, "/requests");
        view! { <Document site=site.clone() frame=frame body=content(&site, lang, &tickets) /> }
    })
    .await;
    personal(StatusCode::OK, html)
}

/// The tickets that the request's cookies name.
fn references(headers: &HeaderMap) -> Vec<Reference> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|line| line.to_str().ok()).flat_map(|line| line.split(';'));
    cookies.filter_map(|pair| Reference::parse(pair.trim().split_once('=')?.0.strip_prefix("ajuda_")?)).take(COOKIES_MAX).collect()
}

fn content(site: &Site, lang: Lang, tickets: &[Ticket]) -> AnyView {
    let words = lang.contact();
    let list = if tickets.is_empty() {
        view! {
            <section class="empty" aria-labelledby="none">
                <h2 id="none">{words.no_requests}</h2>
                <p>{words.no_requests_text}</p>
            </section>
        }
        .into_any()
    } else {
        let rows = tickets.iter().map(|ticket| row(site, lang, ticket)).collect_view();
        view! { <ul class="rows article-list request-list">{rows}</ul> }.into_any()
    };
    view! {
        <div class="wrap narrow">
            <div class="plain-head">
                {parts::crumbs(lang, &[])}
                <h1>{lang.common().my_requests}</h1>
                <p class="lede">{words.requests_text}</p>
            </div>
            {list}
            {parts::help_band(site, lang)}
        </div>
    }
    .into_any()
}

fn row(site: &Site, lang: Lang, ticket: &Ticket) -> AnyView {
    let (machine, day) = parts::day(site, lang, ticket.created_at);
    view! {
        <li>
            <h2><a href=page_path(lang, &ticket.key.reference)>{ticket.subject.clone()}</a></h2>
            <p class="ticket-head">
                {badge(lang, ticket.status)} <span><code>{ticket.key.reference.to_string()}</code> " · " <time datetime=machine>{day}</time></span>
            </p>
        </li>
    }
    .into_any()
}
