//! The pages of a section (its topics as cards) and of a topic (its articles with their summaries).

use crate::site::articles::rows::article_rows;
use std::sync::Arc;

use leptos::prelude::*;

use super::structured;
use crate::app::App;
use crate::articles::model::{Article, Library, Section, Topic};
use crate::i18n::{Lang, PerLang};
use crate::ui::frame::Document;
use crate::ui::icons::{Draw, Icon};
use crate::ui::{Frame, SearchPlace, Site, parts, render};

/// Articles that a topic's card names before it leads to the topic's own page.
const ARTICLES_ON_CARD: usize = 5;

/// The page of a section; `None` when there is no such section.
pub async fn section(app: &App, library: &Arc<Library>, lang: Lang, id: String) -> Option<String> {
    library.section(&id)?;
    let (site, library) = (Arc::clone(&app.site), Arc::clone(library));
    let view = move || {
        let section = library.section(&id)?;
        let text = &section.texts[lang];
        let switch = PerLang(Lang::ALL.map(|lang| library.section_url(section, lang)));
        let structured = structured::breadcrumbs(&site, lang, &[(text.door.clone(), switch[lang].clone())]);
        let frame = frame(lang, &text.door, &text.description, switch, structured);
        let body = section_content(&site, &library, section, lang);
        Some(view! { <Document site=site.clone() frame=frame body=body /> })
    };
    Some(render::page(view).await)
}

fn frame(lang: Lang, title: &str, description: &str, switch: PerLang<String>, structured: serde_json::Value) -> Frame {
    Frame {
        lang,
        title: title.to_owned(),
        description: description.to_owned(),
        canonical: Some(switch[lang].clone()),
        alternates: switch.iter().map(|(lang, path)| (lang, path.clone())).collect(),
        switch,
        is_article: false,
        structured: vec![structured],
        search: SearchPlace::Header,
    }
}

fn section_content(site: &Site, library: &Library, section: &Section, lang: Lang) -> AnyView {
    let text = &section.texts[lang];
    let cards = section.topics.iter().map(|topic| card(library, section, topic, lang)).collect_view();
    let empty = section.topics.is_empty().then(|| view! { <p class="part">{lang.articles().no_articles}</p> });
    view! {
        <div class="page-head">
            <div class="wrap">
                {parts::crumbs(lang, &[])}
                <div class="page-title">
                    <span class="icon-tile">
                        <Draw icon=Icon::named(section.icon.as_deref()) />
                    </span>
                    <h1>{text.door.clone()}</h1>
                </div>
                <p class="lede">{text.description.clone()}</p>
            </div>
        </div>
        <div class="wrap">
            <div class="topics">{cards}</div>
            {empty}
            {parts::help_band(site, lang)}
        </div>
    }
    .into_any()
}

fn card(library: &Library, section: &Section, topic: &Topic, lang: Lang) -> AnyView {
    let text = &topic.texts[lang];
    let url = library.topic_url(section, topic, lang);
    let count = topic.articles.len();
    let named: Vec<Arc<Article>> = topic.articles.iter().take(ARTICLES_ON_CARD).cloned().collect();
    let more = (count > ARTICLES_ON_CARD).then(|| {
        let (short, full) = lang.all_articles(count, &text.title);
        view! { <a class="more" href=url.clone() aria-label=full>{short}</a> }
    });
    let description = (!text.description.is_empty()).then(|| view! { <p>{text.description.clone()}</p> });
    view! {
        <section class="card topic">
            <h2>
                <a href=url.clone()>{text.title.clone()}</a>
            </h2>
            {description}
            <ul class="rows">{article_rows(&named, lang, library.default_lang)}</ul>
            {more}
        </section>
    }
    .into_any()
}

/// The page of a topic; `None` when there is no such topic.
pub async fn topic(app: &App, library: &Arc<Library>, lang: Lang, section: String, topic: String) -> Option<String> {
    library.topic(&section, &topic)?;
    let (site, library) = (Arc::clone(&app.site), Arc::clone(library));
    let view = move || {
        let (section, topic) = (library.section(&section)?, library.topic(&section, &topic)?);
        let text = &topic.texts[lang];
        let switch = PerLang(Lang::ALL.map(|lang| library.topic_url(section, topic, lang)));
        let trail = [(section.texts[lang].door.clone(), library.section_url(section, lang)), (text.title.clone(), switch[lang].clone())];
        let frame = frame(lang, &text.title, &text.description, switch, structured::breadcrumbs(&site, lang, &trail));
        let body = topic_content(&site, &library, section, topic, lang);
        Some(view! { <Document site=site.clone() frame=frame body=body /> })
    };
    Some(render::page(view).await)
}

fn topic_content(site: &Site, library: &Library, section: &Section, topic: &Topic, lang: Lang) -> AnyView {
    let text = &topic.texts[lang];
    let trail = [(section.texts[lang].door.clone(), library.section_url(section, lang))];
    let rows = topic.articles.iter().map(|article| summary_row(article, lang, library.default_lang)).collect_view();
    let others = section.topics.iter().map(|other| {
        let current = (other.id == topic.id).then_some("page");
        view! { <li><a href=library.topic_url(section, other, lang) aria-current=current>{other.texts[lang].title.clone()}</a></li> }
    });
    view! {
        <div class="page-head">
            <div class="wrap">
                {parts::crumbs(lang, &trail)}
                <h1>{text.title.clone()}</h1>
                <p class="lede">{text.description.clone()}</p>
            </div>
        </div>
        <div class="wrap">
            <div class="with-side">
                <div>
                    <ul class="rows article-list">{rows}</ul>
                </div>
                <nav class="side" aria-labelledby="topics">
                    <h2 id="topics">{lang.articles().section_topics}</h2>
                    <ul class="side-links">{others.collect_view()}</ul>
                </nav>
            </div>
            {parts::help_band(site, lang)}
        </div>
    }
    .into_any()
}

fn summary_row(article: &Article, lang: Lang, default: Lang) -> AnyView {
    let shown = article.shown(lang, default);
    let other = (shown.lang != lang).then(|| shown.lang.tag());
    let summary = (!shown.summary.is_empty()).then(|| view! { <p lang=other>{shown.summary.clone()}</p> });
    view! {
        <li>
            <h2>
                <a href=article.urls[lang].clone() lang=other>{shown.title.clone()}</a>
            </h2>
            {summary}
        </li>
    }
    .into_any()
}
