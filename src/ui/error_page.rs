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
    let (title, text) = words.failure(failure);
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
                    <a class="button button-primary" href=format!("/{}", lang.code())>{words.go_home}</a>
                    <a class="button" href=format!("/{}/contact", lang.code())>{words.contact_us}</a>
                </div>
                {reference}
            </div>
        };
        view! { <Document site=site.clone() frame=frame.clone() body=body.into_any() /> }
    })
    .await
}
