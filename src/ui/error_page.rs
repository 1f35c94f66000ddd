//! The page of a request that has no answer: what happened, what to do next.

use std::sync::Arc;

use leptos::prelude::*;

use super::frame::{Document, Frame, SearchPlace};
use super::search_bar::search_bar;
use super::{Site, render};
use crate::i18n::Lang;
use crate::web::Failure;

/// `reference`: the name under which the log has it, shown for our own faults.
pub async fn page(site: Arc<Site>, lang: Lang, failure: Failure, reference: Option<String>) -> String {
    let words = lang.common();
    let way_on = (format!("/{}", lang.code()), words.go_home);
    write(site, lang, failure, failure.texts(words), way_on, reference).await
}

/// The page of a ticket that this browser may not see: the same whether there is such a ticket or not. No email is spoken of where none leaves.
pub async fn locked_request(site: Arc<Site>, lang: Lang, sends_mail: bool) -> String {
    let words = lang.sign_in();
    let text = if sends_mail { words.locked_text } else { words.locked_text_no_mail };
    let way_on = (format!("/{}/requests", lang.code()), words.enter);
    write(site, lang, Failure::NotFound, (words.locked_title, text), way_on, None).await
}

/// `way_on`: address and words of the first button.
async fn write(
    site: Arc<Site>,
    lang: Lang,
    failure: Failure,
    (title, text): (&'static str, &'static str),
    way_on: (String, &'static str),
    reference: Option<String>,
) -> String {
    let words = lang.common();
    let mut frame = Frame::private(lang, title, "");
    frame.search = SearchPlace::Page;
    let status = failure.status().as_u16();
    render::page(move || {
        let reference = reference.clone().map(|reference| view! { <p class="code-line">{words.reference} " " <code>{reference}</code></p> });
        let body = view! {
            <div class="wrap message-page">
                <p class="eyebrow">{format!("{} {status}", words.error)}</p>
                <h1>{title}</h1>
                <p class="lede">{text}</p>
                {search_bar(lang, String::new(), false)}
                <div class="button-row">
                    <a class="button button-primary" href=way_on.0.clone()>{way_on.1}</a>
                    <a class="button" href=format!("/{}/contact", lang.code())>{words.contact_us}</a>
                </div>
                {reference}
            </div>
        };
        view! { <Document site=site.clone() frame=frame.clone() body=body.into_any() /> }
    })
    .await
}
