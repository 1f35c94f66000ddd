//! Tickets in a list.

use super::request::badge;
use crate::clock::Micros;
use crate::i18n::Lang;
use crate::tickets::access::page_path;
use crate::tickets::model::Ticket;
use crate::ui::Site;
use crate::ui::times;
use leptos::prelude::*;

/// The tickets, or what is said where there are none: heading and text.
pub(super) fn list(lang: Lang, rows: Vec<AnyView>, none: (&'static str, &'static str)) -> AnyView {
    if rows.is_empty() {
        return view! {
            <section class="empty" aria-labelledby="none">
                <h2 id="none">{none.0}</h2>
                <p>{none.1}</p>
            </section>
        }
        .into_any();
    }
    let count = lang.ticket_count(rows.len());
    view! {
        <p class="meta request-count" id="request-count">{count}</p>
        <ul class="rows article-list request-list" role="list" aria-labelledby="request-count">{rows}</ul>
    }
    .into_any()
}

/// One ticket of a list; `answered_last` where the reader may know of answers.
pub(super) fn row(site: &Site, lang: Lang, ticket: &Ticket, answered_last: Option<Micros>, now: Micros) -> AnyView {
    let answered = answered_last.map(|at| view! { <span>{lang.sign_in().answered_on} " " {times::day(site, lang, at, now)}</span> });
    view! {
        <li>
            <h2><a href=page_path(lang, &ticket.key.reference)>{ticket.subject.clone()}</a></h2>
            <p class="ticket-head">
                {badge(lang, ticket.status)} <span><code>{ticket.key.reference.to_string()}</code> " · " {times::day(site, lang, ticket.created_at, now)}</span> {answered}
            </p>
        </li>
    }
    .into_any()
}
