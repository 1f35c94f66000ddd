//! The page of results: a plain GET, the same for a reader with scripts and without.

pub mod api;

use crate::site::articles::rows::article_rows;
use crate::site::articles::rows::{Offered, most_read};
use crate::site::respond::HTML;
use std::sync::Arc;

use axum::http::{HeaderMap, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::app::App;
use crate::i18n::{Lang, PerLang};
use crate::search::{Mode, SearchError, SearchRequest};
use crate::tickets::model::SUBJECT_MAX_CHARS;
use crate::ui::frame::Document;
use crate::ui::icons::{Draw, Icon};
use crate::ui::search_bar::search_bar;
use crate::ui::{Frame, SearchPlace, Site, parts, render};
use crate::web::client_ip::Client;
use crate::web::{CachePolicy, Failure, form, page_cache};
use crate::wire::{SearchAnswer, SearchHit};

/// Articles on one page of results.
const RESULTS: usize = 20;

/// Articles offered when nothing was found.
const OFFERED: usize = 5;

/// What the page shows.
struct Results {
    lang: Lang,
    query: String,
    section: Option<String>,
    answer: SearchAnswer,
    offered: Offered,
    default: Lang,
}

/// `GET /{lang}/search?q=&section=`.
pub async fn show(app: &App, client: Client, headers: &HeaderMap, lang: Lang, uri: &Uri) -> Response {
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let query = form::value(&pairs, "q").unwrap_or_default().trim().to_owned();
    let section = form::value(&pairs, "section").filter(|id| app.search.has_section(id)).map(str::to_owned);
    let ask = SearchRequest { query: &query, lang, section: section.as_deref(), limit: RESULTS, mode: Mode::default() };
    let answer = match app.search.ask_from(&ask, client.ip.into()).await {
        Ok(answer) => answer,
        Err(SearchError::Busy) => return Failure::Busy.into_response(),
        Err(error) => {
            tracing::error!(?error, "search failed");
            return Failure::Internal.into_response();
        }
    };
    if !answer.query.is_empty() && section.is_none() {
        app.searches.asked(lang, &answer.query, client.ip, !answer.hits.is_empty() && !answer.closest_only);
    }
    let library = app.content.library();
    let mut offered = most_read(app, &library);
    offered.articles.truncate(OFFERED);
    let results = Arc::new(Results { lang, query: answer.query.clone(), section, answer, offered, default: library.default_lang });
    let site = Arc::clone(&app.site);
    let html = render::page(move || view! { <Document site=site.clone() frame=frame(&results) body=content(&site, &results) /> }).await;
    // Compressed as public pages are: there is no secret in it. Questions are not kept.
    let mut response = page_cache::page(HTML, html.as_bytes()).respond(headers);
    response.extensions_mut().insert(CachePolicy::Personal);
    response
}

/// Address path of a question, in a section where one is named.
pub fn address(lang: Lang, query: &str, section: Option<&str>) -> String {
    let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let section = section.map(|section| format!("&section={}", encoded(section))).unwrap_or_default();
    format!("/{}/search?q={}{section}", lang.code(), encoded(query))
}

fn frame(results: &Results) -> Frame {
    let words = results.lang.search();
    let title = if results.query.is_empty() { words.results.to_owned() } else { format!("{} · {}", results.query, words.results) };
    Frame {
        switch: PerLang(Lang::ALL.map(|lang| address(lang, &results.query, results.section.as_deref()))),
        description: results.lang.results_description(&results.query),
        search: SearchPlace::Page,
        ..Frame::private(results.lang, &title, "/search")
    }
}

fn content(site: &Site, results: &Results) -> AnyView {
    let (lang, answer) = (results.lang, &results.answer);
    let words = lang.search();
    let body = if results.query.is_empty() {
        view! { <p class="lede">{words.ask_something}</p> }.into_any()
    } else if answer.hits.is_empty() {
        nothing(results)
    } else {
        let rows = answer.hits.iter().map(|hit| result(hit, false)).collect_view();
        let status = if answer.closest_only { lang.closest().to_owned() } else { lang.article_count(answer.total as usize) };
        view! {
            <p class="meta" role="status">{status}</p>
            <ol class="part-small results">{rows}</ol>
        }
        .into_any()
    };
    view! {
        <div class="wrap narrow search-page">
            <div class="plain-head">
                <h1 class="sr">{words.results}</h1>
                {search_bar(lang, results.query.clone(), false)}
                {sections(results)}
            </div>
            {correction(results)}
            {contact_card(results)}
            {instant_answer(results)}
            {body}
            {elsewhere(results)}
            {parts::help_band(site, lang)}
        </div>
    }
    .into_any()
}

/// One chip per section that has something, with how much.
fn sections(results: &Results) -> AnyView {
    let (lang, answer) = (results.lang, &results.answer);
    if answer.sections.len() < 2 && results.section.is_none() {
        return ().into_any();
    }
    let all: u32 = answer.sections.iter().map(|section| section.count).sum();
    let chip = |title: String, count: u32, id: Option<&str>| {
        let current = (results.section.as_deref() == id).then_some("true");
        view! {
            <li>
                <a class="chip" href=address(lang, &results.query, id) aria-current=current>
                    {title} " " <span class="count" aria-hidden="true">{count}</span>
                    <span class="sr">{lang.article_count(count as usize)}</span>
                </a>
            </li>
        }
    };
    let each = answer.sections.iter().map(|section| chip(section.title.clone(), section.count, Some(&section.id))).collect_view();
    view! {
        <ul class="chips" aria-label=lang.search().filter>
            {chip(lang.search().everything.to_owned(), all, None)} {each}
        </ul>
    }
    .into_any()
}

/// What was searched instead of the words typed, with a way to search for exactly those.
fn correction(results: &Results) -> AnyView {
    let lang = results.lang;
    let words = lang.search();
    let Some(meant) = results.answer.did_you_mean.clone() else { return ().into_any() };
    let quoted = results.query.replace('"', " ");
    let exactly: String = quoted.split_whitespace().map(|word| format!("\"{word}\"")).collect::<Vec<_>>().join(" ");
    view! {
        <p class="did-you-mean">
            {words.corrected} " " <a href=address(lang, &meant, None)><b>{meant.clone()}</b></a> ". "
            <a href=address(lang, &exactly, results.section.as_deref())>{words.exactly} " “" {results.query.clone()} "”"</a>
        </p>
    }
    .into_any()
}

/// The way to us, before all else.
fn contact_card(results: &Results) -> AnyView {
    let Some(card) = results.answer.contact.clone() else { return ().into_any() };
    view! {
        <section class="on-top contact-card" aria-labelledby="contact-card">
            <h2 id="contact-card">{card.title.clone()}</h2>
            <p>{card.text}</p>
            <p><a class="button button-primary" href=card.url><Draw icon=Icon::Chat />{card.title}</a></p>
        </section>
    }
    .into_any()
}

/// What answers by itself, quoted, with the way to where it stands.
fn instant_answer(results: &Results) -> AnyView {
    let Some(answer) = &results.answer.answer else { return ().into_any() };
    let place = answer.heading.clone().map_or_else(|| answer.title.clone(), |heading| format!("{} › {heading}", answer.title));
    view! {
        <section class="on-top" aria-labelledby="on-top">
            <h2 id="on-top">{results.lang.search().answer}</h2>
            <blockquote cite=answer.url.clone()>
                <p>{answer.text.clone()}</p>
            </blockquote>
            <p class="on-top-where"><a href=answer.url.clone()><Draw icon=Icon::Turn />{place}</a></p>
        </section>
    }
    .into_any()
}

fn result(hit: &SearchHit, labelled: bool) -> AnyView {
    let lang = labelled.then(|| Lang::parse(&hit.lang)).flatten();
    let tag = lang.map(|lang| view! { <span class="tag">{lang.own_name()}</span> " " });
    let lang = lang.map(Lang::tag);
    let heading = hit.heading.clone().map(|heading| {
        view! { <p><a class="result-heading" href=hit.url.clone()><Draw icon=Icon::Turn />{heading}</a></p> }
    });
    let top = hit.url.split('#').next().unwrap_or_default().to_owned();
    view! {
        <li class="result">
            <p class="result-where">{tag} <span lang=lang>{hit.section_title.clone()} " › " {hit.topic_title.clone()}</span></p>
            <h2><a href=top lang=lang inner_html=hit.title_html.clone()></a></h2>
            <p class="snippet" lang=lang inner_html=hit.snippet_html.clone()></p>
            {heading}
        </li>
    }
    .into_any()
}

fn elsewhere(results: &Results) -> AnyView {
    let hits = &results.answer.elsewhere;
    if hits.is_empty() {
        return ().into_any();
    }
    let rows = hits.iter().map(|hit| result(hit, true)).collect_view();
    view! {
        <section class="part" aria-labelledby="elsewhere">
            <h2 id="elsewhere">{results.lang.search().elsewhere}</h2>
            <ol>{rows}</ol>
        </section>
    }
    .into_any()
}

/// Nothing found: what to try, what others read, and the form with the question filled in.
fn nothing(results: &Results) -> AnyView {
    let lang = results.lang;
    let words = lang.search();
    let tips = words.tips.map(|tip| view! { <li>{tip}</li> }).collect_view();
    let subject: String = results.query.chars().take(SUBJECT_MAX_CHARS).collect();
    let subject = utf8_percent_encode(&subject, NON_ALPHANUMERIC);
    // `asked` comes back as the address that the message was written at, and is counted.
    let contact = format!("/{}/contact?subject={subject}&asked={subject}", lang.code());
    view! {
        <section class="empty" aria-labelledby="none">
            <h2 id="none">{words.nothing_for} " “" {results.query.clone()} "”"</h2>
            <ul class="tips">{tips}</ul>
            <p><a class="button" href=contact>{lang.common().contact_us}</a></p>
        </section>
        <section class="part" aria-labelledby="many-read">
            <h2 id="many-read">{results.offered.heading(lang)}</h2>
            <ul class="rows">{article_rows(&results.offered.articles, lang, results.default)}</ul>
        </section>
    }
    .into_any()
}
