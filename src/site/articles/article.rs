//! The page of an article, and the article as Markdown.

use crate::site::articles::rows::article_rows;
use crate::site::contact_form::FormPlaceView;
use crate::site::contact_form::FormState;
use crate::site::contact_form::contact_form;
use crate::site::contact_form::form_place;
use std::sync::Arc;

use axum::http::header;
use axum::response::{IntoResponse, Response};
use jiff::civil::Date;
use leptos::prelude::*;

use super::{steps, structured};
use crate::app::App;
use crate::articles::model::{Article, ArticleId, ArticleText, Heading, Library, PageTarget};
use crate::articles::steps::{in_parts, steps as steps_of};
use crate::i18n::{Lang, PerLang, countries};
use crate::ui::frame::Document;
use crate::ui::icons::{Draw, Icon};
use crate::ui::{Frame, SearchPlace, Site, parts, render};
use crate::web::CachePolicy;

/// Articles under "see also".
const RELATED: usize = 3;

/// With fewer headings than this a table of contents says nothing.
const CONTENTS_MIN_HEADINGS: usize = 3;

/// Everything that the page shows.
struct ArticleView {
    lang: Lang,
    article: Arc<Article>,
    text: Arc<ArticleText>,
    /// Section and topic with their address paths.
    trail: [(String, String); 2],
    /// The articles before and after this one in its topic.
    neighbours: [Option<Arc<Article>>; 2],
    related: Vec<Arc<Article>>,
    place: FormPlaceView,
    /// Open, with what was typed, when the form was refused.
    form: Option<FormState>,
}

/// The page as every reader gets it; `None` when there is no such article.
pub async fn page(app: &App, library: &Arc<Library>, lang: Lang, id: ArticleId) -> Option<String> {
    page_with(app, library, lang, id, None).await
}

/// The page with a contact form that was refused.
pub async fn page_with(app: &App, library: &Arc<Library>, lang: Lang, id: ArticleId, form: Option<FormState>) -> Option<String> {
    let article = Arc::clone(library.articles.get(&id)?);
    let (section, topic) = (library.section(&article.section)?, library.topic(&article.section, &article.topic)?);
    let text = Arc::clone(article.shown(lang, library.default_lang));
    let trail = [
        (section.texts[lang].door.clone(), library.section_url(section, lang)),
        (topic.texts[lang].title.clone(), library.topic_url(section, topic, lang)),
    ];
    let neighbours = neighbours(&topic.articles, &article.id);
    let related = related(app, library, &article, &neighbours, lang);
    let place = form_place(app, library, lang, article.urls[lang].clone(), Some(&article));
    let shown = Arc::new(ArticleView { lang, article, text, trail, neighbours, related, place, form });
    let site = Arc::clone(&app.site);
    let default = library.default_lang;
    let view = move || view! { <Document site=site.clone() frame=frame(&site, &shown) body=content(&site, &shown, default) /> };
    Some(render::page(view).await)
}

fn neighbours(topic: &[Arc<Article>], id: &ArticleId) -> [Option<Arc<Article>>; 2] {
    let Some(at) = topic.iter().position(|article| article.id == *id) else { return [None, None] };
    [at.checked_sub(1).and_then(|before| topic.get(before)), topic.get(at + 1)].map(|article| article.cloned())
}

/// The articles closest to this one, but for the two that the page names anyway; where the search finds too few, others of the topic.
fn related(app: &App, library: &Library, article: &Article, named: &[Option<Arc<Article>>; 2], lang: Lang) -> Vec<Arc<Article>> {
    let text = article.shown(lang, library.default_lang);
    let wanted = RELATED + named.len();
    let found = app.search.related(article, &text.title, lang, wanted).into_iter().filter_map(|id| library.articles.get(&id).cloned());
    let of_topic = library.topic(&article.section, &article.topic).map(|topic| topic.articles.clone()).unwrap_or_default();
    let mut related: Vec<Arc<Article>> = Vec::new();
    for candidate in found.chain(of_topic) {
        let is_known = related.iter().chain(named.iter().flatten()).any(|known| known.id == candidate.id);
        if candidate.id != article.id && !is_known && related.len() < RELATED {
            related.push(candidate);
        }
    }
    related
}

fn frame(site: &Site, shown: &ArticleView) -> Frame {
    let (article, text) = (&shown.article, &shown.text);
    // The address of the language that the text is really in.
    let canonical = article.urls[text.lang].clone();
    let trail: Vec<_> = shown.trail.iter().cloned().chain([(text.title.clone(), article.urls[shown.lang].clone())]).collect();
    Frame {
        lang: shown.lang,
        title: shown.form.as_ref().map_or_else(|| text.title.clone(), |form| form.titled(shown.lang, &text.title)),
        description: text.summary.clone(),
        alternates: Lang::ALL.into_iter().filter(|lang| article.texts[*lang].is_some()).map(|lang| (lang, article.urls[lang].clone())).collect(),
        switch: PerLang(Lang::ALL.map(|lang| article.urls[lang].clone())),
        is_article: true,
        structured: vec![structured::article(site, text, &canonical), structured::breadcrumbs(site, shown.lang, &trail)],
        canonical: shown.form.is_none().then_some(canonical),
        search: SearchPlace::Header,
    }
}

fn content(site: &Site, shown: &ArticleView, default: Lang) -> AnyView {
    let words = shown.lang.articles();
    view! {
        <div class="wrap article-page" data-article=shown.article.id.as_str().to_owned()>
            {parts::crumbs(shown.lang, &shown.trail)}
            <div class="with-side article-columns">
                {head(shown)}
                {contents(shown)}
                <div>
                    {text(site, shown)}
                    {feedback(shown)}
                    {neighbour_links(shown, default)}
                    {see_also(shown, default)}
                    {contact_end(site, shown)}
                </div>
            </div>
            <p class="copied" role="status" data-text=words.link_copied></p>
        </div>
    }
    .into_any()
}

fn head(shown: &ArticleView) -> AnyView {
    let (lang, text) = (shown.lang, &shown.text);
    let other = (text.lang != lang).then(|| text.lang.tag());
    let notice = other.map(|_| {
        view! {
            <div class="notice" role="note">
                <Draw icon=Icon::Globe />
                <div>
                    <p>{lang.untranslated(text.lang)}</p>
                </div>
            </div>
        }
    });
    let summary = (!text.summary.is_empty()).then(|| view! { <p class="lede" lang=other>{text.summary.clone()}</p> });
    view! {
        <header class="article-head">
            {notice}
            <h1 id="article-title" lang=other>{text.title.clone()}</h1>
            {summary}
            {facts(lang, text)}
        </header>
    }
    .into_any()
}

/// A flow begins with what holds for all of its steps; then comes the way to walk it, then the steps.
fn text(site: &Site, shown: &ArticleView) -> AnyView {
    let (lang, text) = (shown.lang, &shown.text);
    let other = (text.lang != lang).then(|| text.lang.tag());
    let (intro, rest) = in_parts(text);
    let intro = (!intro.is_empty()).then(|| view! { <div class="prose" lang=other inner_html=intro></div> });
    view! {
        <article aria-labelledby="article-title">
            {intro}
            {steps::entry(lang, &shown.article, text)}
            <div class="prose" lang=other inner_html=rest></div>
            {steps::drawing(text)}
            <p class="printed-from">{site.absolute(&shown.article.urls[text.lang])}</p>
        </article>
    }
    .into_any()
}

/// How far the text can be relied on: when it changed, when somebody checked it, and where it applies; nothing where nothing of that is known.
fn facts(lang: Lang, text: &ArticleText) -> Option<AnyView> {
    let words = lang.articles();
    let day = |words: &'static str, day: Date| view! { <span>{words} " " <time datetime=day.to_string()>{lang.date(day)}</time></span> }.into_any();
    let countries = countries::names(lang, &text.applies_to).join(", ");
    let parts: Vec<AnyView> = [
        text.updated.map(|date| day(words.updated, date)),
        text.reviewed.map(|date| day(words.reviewed, date)),
        (!countries.is_empty()).then(|| view! { <span>{words.applies_to} " " {countries}</span> }.into_any()),
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| view! { <p class="meta article-facts">{parts}</p> }.into_any())
}

/// The table of contents: folded above the text, or beside it where there is room. It comes before the text, as it is read.
fn contents(shown: &ArticleView) -> AnyView {
    let headings = headings(&shown.text);
    if headings.is_empty() {
        return ().into_any();
    }
    let words = shown.lang.articles();
    let rows = contents_rows(&shown.text, &headings);
    let folded = contents_rows(&shown.text, &headings);
    view! {
        <aside class="side article-side">
            <details class="toc toc-fold">
                <summary>{words.in_this_article}</summary>
                <nav aria-label=words.in_this_article>
                    <ul>{folded}</ul>
                </nav>
            </details>
            <nav class="toc toc-side" aria-labelledby="toc-side">
                <h2 id="toc-side">{words.in_this_article}</h2>
                <ul>{rows}</ul>
            </nav>
        </aside>
    }
    .into_any()
}

/// Headings of the first two levels; none when they are too few to need a table.
fn headings(text: &ArticleText) -> Vec<&Heading> {
    let headings: Vec<&Heading> = text.passages.iter().filter_map(|passage| passage.heading.as_ref()).filter(|heading| heading.level <= 3).collect();
    if headings.len() < CONTENTS_MIN_HEADINGS { Vec::new() } else { headings }
}

fn contents_rows(text: &ArticleText, headings: &[&Heading]) -> AnyView {
    let steps = steps_of(text);
    let row = |heading: &&Heading| {
        let deeper = heading.level > 2;
        let step = steps.iter().position(|step| step.anchor == heading.anchor).map(|at| format!("{}. ", at + 1));
        view! { <li class:deeper=deeper><a href=format!("#{}", heading.anchor)>{step} {heading.text.clone()}</a></li> }
    };
    headings.iter().map(row).collect_view().into_any()
}

fn feedback(shown: &ArticleView) -> AnyView {
    let words = shown.lang.articles();
    view! {
        <form class="feedback" action=format!("{}/vote", shown.article.urls[shown.lang]) method="post">
            <h2 id="helped" tabindex="-1">{words.helped}</h2>
            <div class="button-row" role="group" aria-labelledby="helped">
                <button class="button" name="helpful" value="yes">
                    <Draw icon=Icon::ThumbUp />
                    {words.yes}
                </button>
                <button class="button" name="helpful" value="no">
                    <Draw icon=Icon::ThumbDown />
                    {words.no}
                </button>
            </div>
        </form>
    }
    .into_any()
}

fn neighbour_links(shown: &ArticleView, default: Lang) -> AnyView {
    let (lang, words) = (shown.lang, shown.lang.articles());
    let [before, after] = &shown.neighbours;
    let link = |article: &Arc<Article>, rel, label| {
        let text = article.shown(lang, default);
        let other = (text.lang != lang).then(|| text.lang.tag());
        view! {
            <a href=article.urls[lang].clone() rel=rel>
                <span class="meta">{label}</span>
                <span lang=other>{text.title.clone()}</span>
            </a>
        }
    };
    let before = before.as_ref().map(|article| link(article, "prev", words.previous));
    let after = after.as_ref().map(|article| link(article, "next", words.next));
    (before.is_some() || after.is_some())
        .then(|| view! { <nav class="neighbours" aria-label=lang.more_in(&shown.trail[1].0)>{before} {after}</nav> })
        .into_any()
}

fn see_also(shown: &ArticleView, default: Lang) -> AnyView {
    if shown.related.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="related" aria-labelledby="related">
            <h2 id="related">{shown.lang.articles().see_also}</h2>
            <ul class="rows">{article_rows(&shown.related, shown.lang, default)}</ul>
        </section>
    }
    .into_any()
}

/// The form stands in a `<details>`; a link to `#contact`, which is inside, opens it.
fn contact_end(site: &Site, shown: &ArticleView) -> AnyView {
    let words = shown.lang.articles();
    let fresh = || {
        let mut state = FormState::default();
        state.typed.reason = shown.text.contact.clone().unwrap_or_default();
        state
    };
    let state = shown.form.clone().unwrap_or_else(fresh);
    view! {
        <section class="contact-end" aria-labelledby="contact-title">
            <h2 id="contact-title">{words.not_solved}</h2>
            <p>{format!("{} {}", words.tell_us, site.promise[shown.lang])}</p>
            <details class="contact" open=shown.form.is_some()>
                <summary class="button button-primary button-big">
                    <span class="contact-open"><Draw icon=Icon::Chat /> {shown.lang.common().contact_us}</span>
                    <span class="contact-close">{shown.lang.contact().close}</span>
                </summary>
                <h3 class="contact-heading">{shown.lang.common().contact_us}</h3>
                {contact_form(&shown.place, &state)}
            </details>
        </section>
    }
    .into_any()
}

/// The article at an address path as Markdown, under its title; `None` when no article stands there.
pub fn markdown(app: &App, library: &Library, path: &str) -> Option<Response> {
    let Some(PageTarget::Article(lang, id)) = library.pages.get(path) else { return None };
    let article = library.articles.get(id)?;
    let text = article.shown(*lang, library.default_lang);
    let summary = if text.summary.is_empty() { String::new() } else { format!("{}\n\n", text.summary) };
    let source = app.site.absolute(&article.urls[text.lang]);
    let body = format!("# {}\n\n{summary}{}\n\n---\n\n{source}\n", text.title, text.markdown.trim());
    let mut response = ([(header::CONTENT_TYPE, "text/markdown; charset=utf-8")], body).into_response();
    response.extensions_mut().insert(CachePolicy::Short);
    Some(response)
}
