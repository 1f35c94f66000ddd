//! `GET /{lang}/requests`: the tickets that this browser may open, or those of a verified address of the reader's.

use super::rows::list;
use super::rows::row;
use crate::site::reader::failure;
use crate::site::reader::reader_of;
use crate::site::reader::session_of;
use crate::site::respond::personal;
use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::of_address;
use super::sign_in_forms::{Form, ask_form};
use crate::app::App;
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::tickets::access::TICKET_COOKIES;
use crate::tickets::model::{Reference, Ticket};
use crate::ui::frame::Document;
use crate::ui::{Frame, Site, parts, render};
use crate::web::cookie;

/// Cookies looked at: more tickets than one person opens within the time that a cookie lives.
const COOKIES_MAX: usize = 30;

pub async fn show(app: &App, headers: &HeaderMap, lang: Lang, uri: &Uri) -> Response {
    match session_of(app, headers).await {
        Ok(Some(address)) => of_address::show(app, lang, &address, uri).await,
        Ok(None) => with_form(app, headers, lang, StatusCode::OK, ask_form(lang, "", None)).await,
        Err(error) => failure(&error).into_response(),
    }
}

/// The tickets of this browser's cookies, and the form that asks for a code, where one could be sent.
pub(super) async fn with_form(app: &App, headers: &HeaderMap, lang: Lang, status: StatusCode, form: impl Form) -> Response {
    let mut tickets = Vec::new();
    for reference in references(app, headers) {
        let found = match reader_of(app, headers, &reference).await {
            Ok(_) => app.tickets.read().find(&reference).await,
            Err(error) => Err(error),
        };
        match found {
            Ok(ticket) => tickets.push(ticket),
            Err(ServiceError::NotFound) => {}
            Err(error) => return failure(&error).into_response(),
        }
    }
    tickets.sort_by_key(|ticket| std::cmp::Reverse(ticket.created_at));
    let (site, sends_mail, now) = (Arc::clone(&app.site), app.config.sends_mail(), app.clock.now());
    let html = render::page(move || {
        let frame = Frame::private(lang, lang.common().my_requests, "/requests");
        let form = sends_mail.then(&form);
        view! { <Document site=site.clone() frame=frame body=content(&site, lang, &tickets, form, now) /> }
    })
    .await;
    personal(status, html)
}

/// The tickets that the request's cookies name.
fn references(app: &App, headers: &HeaderMap) -> Vec<Reference> {
    let names = cookie::names(headers, TICKET_COOKIES, app.config.is_https());
    names.filter_map(|name| Reference::parse(name.strip_prefix(TICKET_COOKIES)?)).take(COOKIES_MAX).collect()
}

/// The field first: whoever has tickets here finds them below, and whoever has none needs it.
fn content(site: &Site, lang: Lang, tickets: &[Ticket], form: Option<AnyView>, now: Micros) -> AnyView {
    let words = lang.contact();
    // The form stands where email is sent, and only there does a confirmation carry a link.
    let none = if form.is_some() { words.no_requests_mail } else { words.no_requests_no_mail };
    let list = list(lang, tickets.iter().map(|ticket| row(site, lang, ticket, None, now)).collect(), (words.no_requests, none));
    let here = (!tickets.is_empty()).then(|| view! { <h2 id="here">{lang.sign_in().on_this_device}</h2> });
    view! {
        <div class="wrap narrow">
            <div class="plain-head">
                {parts::crumbs(lang, &[])}
                <h1>{lang.common().my_requests}</h1>
            </div>
            {form}
            <section class="part" aria-labelledby=(!tickets.is_empty()).then_some("here")>{here} {list}</section>
            {parts::help_band(site, lang)}
        </div>
    }
    .into_any()
}
