//! What follows a filed message: the reference, when staff answer, and the way to the private page.

use crate::site::reader::failure;
use crate::site::reader::give_cookie;
use crate::site::reader::reader_of;
use crate::site::requests::address::{self, AddressState, give_filed_cookie, may_correct};
use crate::site::requests::buyer::{PURCHASE, standing};
use crate::site::respond::personal;
use std::sync::Arc;

use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use crate::app::App;
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::tickets::Right;
use crate::tickets::access::{link_path, page_path};
use crate::tickets::model::{Filed, Reference, TicketView};
use crate::ui::frame::Document;
use crate::ui::icons::{Draw, Icon};
use crate::ui::{Frame, Site, render, times};
use crate::web::redirect;

/// 303 to the page below, with the cookie that opens it, and the one that lets its author correct the address.
pub fn after_filing(app: &App, lang: Lang, filed: &Filed) -> Response {
    let mut response = redirect::see_other(&format!("{}/sent", page_path(lang, &filed.key.reference)));
    give_cookie(app, &mut response, &filed.key, Right::Filer);
    if filed.by_author {
        give_filed_cookie(app, &mut response, &filed.key);
    }
    response
}

/// `GET /{lang}/requests/{reference}/sent`.
pub async fn show(app: &App, headers: &HeaderMap, lang: Lang, reference: &str) -> Response {
    let Some(reference) = Reference::parse(reference) else { return redirect::see_other(&format!("/{}/requests", lang.code())) };
    let view = match reader_of(app, headers, &reference).await {
        Ok(reader) => app.tickets.read().view(&reference, reader.right).await,
        Err(error) => Err(error),
    };
    match view {
        Ok(view) => personal(StatusCode::OK, page(app, lang, headers, view, AddressState::default()).await),
        Err(ServiceError::NotFound) => redirect::see_other(&format!("/{}/requests", lang.code())),
        Err(error) => failure(&error).into_response(),
    }
}

/// The page with what was typed into the form that corrects the address.
pub(in crate::site) async fn page(app: &App, lang: Lang, headers: &HeaderMap, shown: TicketView, state: AddressState) -> String {
    let (may_correct, now) = (may_correct(app, headers, &shown), app.clock.now());
    let site = Arc::clone(&app.site);
    let key = &shown.ticket.key;
    let token = app.tickets.access().map(|access| access.link_token(key, Right::Filer)).unwrap_or_default();
    let link = site.absolute(&link_path(lang, &key.reference, &token));
    let sends_mail = app.config.sends_mail();
    // The same for every code: nothing is looked up.
    let offers_proof = shown.ticket.code.is_some() && standing(app, &shown.ticket).await.is_some();
    render::page(move || {
        let frame = Frame::private(lang, lang.contact().sent_title, "/requests");
        // What was typed is shown again, though it came too late.
        let correct = (may_correct || state.is_wrong()).then(|| address::form(lang, &shown.ticket.key.reference, &state));
        let address = sends_mail.then_some(shown.ticket.email.as_str());
        let offer = offers_proof.then(|| {
            let href = format!("{}#{PURCHASE}", page_path(lang, &shown.ticket.key.reference));
            view! { <p><a href=href>{lang.buyer().offer}</a></p> }
        });
        let after = view! { {what_now(lang, address, correct)} {offer} }.into_any();
        view! { <Document site=site.clone() frame=frame body=content(&site, lang, &shown, &link, after, now) /> }
    })
    .await
}

fn content(site: &Site, lang: Lang, shown: &TicketView, link: &str, after: AnyView, now: Micros) -> AnyView {
    let words = lang.contact();
    let reference = &shown.ticket.key.reference;
    // The same message again finds its ticket, which may have been answered by then.
    let due = shown.ticket.due_at.map(|due_at| {
        view! { <p>{lang.tickets().we_reply} " " <b>{times::deadline(site, lang, due_at, now)}</b> "."</p> }
    });
    let corrected = (shown.corrections > 0).then(|| {
        let words = lang.conversation();
        let text = words.corrected_text.replace("{email}", &shown.ticket.email);
        view! { <div class="notice notice-success" id="corrected" tabindex="-1"><Draw icon=Icon::Check /><div><h2>{words.corrected_title}</h2><p>{text}</p></div></div> }
    });
    view! {
        <div class="wrap message-page">
            {corrected}
            <span class="seal"><Draw icon=Icon::Check /></span>
            <h1>{words.sent_title}</h1>
            <p class="lede">{format!("{} {}", words.sent_text, site.promise[lang])}</p>
            <div class="reference">
                <p class="meta">{words.your_number}</p>
                <strong class="reference-code">{reference.to_string()}</strong>
                <p class="meta">{words.keep_number}</p>
            </div>
            {due}
            <div class="button-row">
                <a class="button button-primary" href=page_path(lang, reference)>{words.follow}</a>
                <a class="button" href=format!("/{}", lang.code())>{lang.common().go_home}</a>
            </div>
            <section class="next" aria-labelledby="link">
                <h2 id="link">{words.your_link}</h2>
                <p>{words.your_link_text}</p>
                <p class="private-link"><a href=link.to_owned()>{link.to_owned()}</a></p>
            </section>
            {after}
        </div>
    }
    .into_any()
}

/// No page promises an email where none leaves: then there is no address.
fn what_now(lang: Lang, address: Option<&str>, correct: Option<AnyView>) -> AnyView {
    let words = lang.contact();
    let (kept, answered) = match address {
        Some(address) => (words.step_kept_mail.replace("{email}", address), words.step_answer_mail),
        None => (words.step_kept_no_mail.to_owned(), words.step_answer_no_mail),
    };
    view! {
        <section class="next" aria-labelledby="next">
            <h2 id="next">{words.what_now}</h2>
            <ol class="timeline">
                <li class="done"><b>{words.step_kept}</b><p>{kept}</p>{correct}</li>
                <li aria-current="step"><b>{words.step_read}</b><p>{words.step_read_text}</p></li>
                <li><b>{words.step_answer}</b><p>{answered}</p></li>
            </ol>
        </section>
    }
    .into_any()
}
