//! The home page: search bar first, a door per section, the most read articles.

use crate::site::articles::rows::article_rows;
use crate::site::articles::rows::{Offered, most_read};
use crate::site::respond::HTML;
use crate::site::respond::kept;
use std::sync::Arc;

use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Response;
use leptos::prelude::*;

use crate::app::App;
use crate::articles::model::{Library, Section};
use crate::i18n::{Lang, PerLang};
use crate::ui::frame::Document;
use crate::ui::icons::{Draw, Icon};
use crate::ui::search_bar::search_bar;
use crate::ui::{Frame, SearchPlace, Site, parts, render};
use crate::web::{language, redirect};

/// `/`: to the home page in the reader's language.
pub async fn choose_language(State(app): State<App>, headers: HeaderMap) -> Response {
    let wish = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    let lang = wish.and_then(language::preferred).unwrap_or(app.site.default_lang);
    let mut response = redirect::found(&format!("/{}", lang.code()));
    response.headers_mut().insert(header::VARY, header::HeaderValue::from_static("accept-language"));
    response
}

/// `/{lang}`.
pub async fn show(app: &App, headers: &HeaderMap, lang: Lang) -> Response {
    // The page also changes when other articles are read most.
    let read: Vec<String> = app.counts.most_read().map(|ids| ids.iter().map(|id| id.as_str().to_owned()).collect()).unwrap_or_default();
    let popular = app.searches.popular();
    let address = format!("/{}?{}&{}", lang.code(), read.join(","), popular[lang].join(","));
    kept(app, headers, &address, HTML, || async { Some(page(app, lang).await) }).await
}

async fn page(app: &App, lang: Lang) -> String {
    let (site, library) = (Arc::clone(&app.site), app.content.library());
    let offered = most_read(app, &library);
    let popular = app.searches.popular();
    render::page(move || {
        let frame = frame(&site, lang);
        let body = content(&site, &library, lang, &offered, &popular[lang]);
        view! { <Document site=site.clone() frame=frame body=body /> }
    })
    .await
}

fn frame(site: &Site, lang: Lang) -> Frame {
    let switch = PerLang(Lang::ALL.map(|lang| format!("/{}", lang.code())));
    Frame {
        lang,
        title: lang.articles().hero_title.to_owned(),
        description: lang.articles().hero_text.to_owned(),
        canonical: Some(switch[lang].clone()),
        alternates: switch.iter().map(|(lang, path)| (lang, path.clone())).collect(),
        switch,
        is_article: false,
        structured: vec![super::structured::website(site, lang)],
        search: SearchPlace::Page,
    }
}

fn content(site: &Site, library: &Library, lang: Lang, offered: &Offered, popular: &[String]) -> AnyView {
    let words = lang.articles();
    let doors = library.sections.iter().map(|section| door(library, section, lang)).collect_view();
    let rows = article_rows(&offered.articles, lang, library.default_lang);
    let list = (!offered.articles.is_empty()).then(|| {
        view! {
            <section class="part" aria-labelledby="most-read">
                <h2 id="most-read">{offered.heading(lang)}</h2>
                <ol class="rows most-read">{rows}</ol>
            </section>
        }
    });
    view! {
        <section class="hero">
            <div class="wrap">
                <h1>{words.hero_title}</h1>
                <p class="lede">{words.hero_text}</p>
                {search_bar(lang, String::new(), true)}
                {popular_searches(lang, popular)}
            </div>
        </section>
        <div class="wrap">
            <ul class="doors">{doors}</ul>
            {list}
            {parts::help_band(site, lang)}
        </div>
    }
    .into_any()
}

/// What many people ask, a click away.
fn popular_searches(lang: Lang, popular: &[String]) -> AnyView {
    if popular.is_empty() {
        return ().into_any();
    }
    let chip = |query: &String| view! { <li><a class="chip" href=crate::site::search::address(lang, query, None)>{query.clone()}</a></li> };
    let chips = popular.iter().map(chip).collect_view();
    view! {
        <div class="popular">
            <p id="popular">{lang.search().popular}</p>
            <ul class="chips" aria-labelledby="popular">{chips}</ul>
        </div>
    }
    .into_any()
}

fn door(library: &Library, section: &Section, lang: Lang) -> AnyView {
    let text = &section.texts[lang];
    let count: usize = section.topics.iter().map(|topic| topic.articles.len()).sum();
    view! {
        <li class="card door">
            <span class="icon-tile">
                <Draw icon=Icon::named(section.icon.as_deref()) />
            </span>
            <h2>
                <a class="card-link" href=library.section_url(section, lang)>{text.door.clone()}</a>
            </h2>
            <p>{text.description.clone()}</p>
            <p class="meta">{lang.article_count(count)}</p>
        </li>
    }
    .into_any()
}
