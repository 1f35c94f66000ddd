//! All tickets of an address that was verified to be the reader's, to be searched and filtered by plain links.

use crate::site::reader::failure;
use crate::site::requests::rows::list;
use crate::site::requests::rows::row;
use crate::site::respond::personal;
use std::sync::Arc;

use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use crate::app::App;
use crate::clock::Micros;
use crate::customers::AddressKey;
use crate::i18n::Lang;
use crate::tickets::Listed;
use crate::tickets::model::{SUBJECT_MAX_CHARS, Status};
use crate::ui::frame::Document;
use crate::ui::{Frame, Site, parts, render};
use crate::web::form;

const OPEN: &str = "open";
const SOLVED: &str = "solved";

/// What is sought: a text, and one of the two states.
#[derive(Clone, Default)]
struct Sought {
    text: String,
    state: Option<&'static str>,
}

pub(super) async fn show(app: &App, lang: Lang, address: &AddressKey, uri: &Uri) -> Response {
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let text: String = form::value(&pairs, "q").unwrap_or_default().chars().take(SUBJECT_MAX_CHARS).collect();
    let state = form::value(&pairs, "state").and_then(|typed| [OPEN, SOLVED].into_iter().find(|state| *state == typed));
    let sought = Sought { text, state };
    let mut listed = match app.tickets.read().of_address(&address.id, &sought.text).await {
        Ok(listed) => listed,
        Err(error) => return failure(&error).into_response(),
    };
    let is_solved = |one: &Listed| matches!(one.ticket.status, Status::Solved | Status::Closed);
    listed.retain(|one| state.is_none_or(|state| (state == SOLVED) == is_solved(one)));
    let (site, email, now) = (Arc::clone(&app.site), address.address.clone(), app.clock.now());
    let html = render::page(move || {
        let frame = Frame::private(lang, lang.common().my_requests, "/requests");
        view! { <Document site=site.clone() frame=frame body=content(&site, lang, &email, &sought, &listed, now) /> }
    })
    .await;
    personal(StatusCode::OK, html)
}

fn content(site: &Site, lang: Lang, email: &str, sought: &Sought, listed: &[Listed], now: Micros) -> AnyView {
    let words = lang.sign_in();
    let rows = listed.iter().map(|one| row(site, lang, &one.ticket, one.answered_last, now)).collect();
    let list = list(lang, rows, (words.none_found, words.none_found_text));
    view! {
        <div class="wrap narrow">
            <div class="plain-head">
                {parts::crumbs(lang, &[])}
                <h1>{lang.common().my_requests}</h1>
                <p class="lede">{words.all_of} " " <b>{email.to_owned()}</b></p>
            </div>
            {filter(lang, sought)}
            {list}
            <form class="log-out" action=format!("/{}/requests/log-out", lang.code()) method="post">
                <button class="button" type="submit">{words.log_out}</button>
                <button class="button" type="submit" name="everywhere" value="1">{words.log_out_everywhere}</button>
            </form>
            {parts::help_band(site, lang)}
        </div>
    }
    .into_any()
}

fn filter(lang: Lang, sought: &Sought) -> AnyView {
    let words = lang.sign_in();
    let states = [("", words.every), (OPEN, words.open), (SOLVED, words.solved)];
    let options = states.into_iter().map(|(value, name)| {
        let selected = value == sought.state.unwrap_or_default();
        view! { <option value=value selected=selected>{name}</option> }
    });
    view! {
        <form class="form request-filter" action=format!("/{}/requests", lang.code()) method="get" role="search" aria-label=words.sought>
            <div class="field">
                <label class="label" for="sought">{words.sought}</label>
                <input class="input" id="sought" name="q" type="search" maxlength=SUBJECT_MAX_CHARS.to_string() value=sought.text.clone() />
            </div>
            <div class="field">
                <label class="label" for="state">{words.state}</label>
                <span class="select"><select class="input" id="state" name="state">{options.collect_view()}</select></span>
            </div>
            <button class="button" type="submit">{words.find}</button>
        </form>
    }
    .into_any()
}
