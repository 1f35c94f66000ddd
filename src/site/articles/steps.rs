//! A flow walked one step at a time, by links alone: its steps, the end where it is solved, and the form where it is not.

use crate::site::contact_form::FormPlaceView;
use crate::site::contact_form::FormState;
use crate::site::contact_form::contact_form;
use crate::site::contact_form::form_place;
use crate::site::respond::HTML;
use crate::site::respond::kept;
use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use leptos::prelude::*;

use super::walk::{Stand, Stop, Written};
use crate::app::App;
use crate::articles::model::{Article, ArticleId, ArticleText, Library};
use crate::articles::steps::{Step, chart, relinked, safety_alerts, step_of_heading, steps};
use crate::i18n::{Lang, PerLang};
use crate::intake::contact_form::Typed;
use crate::ui::frame::Document;
use crate::ui::icons::{Draw, Icon};
use crate::ui::{Frame, Site, parts, render};
use crate::web::redirect;

/// The contact form at the end of an article; a walk has its own.
const FORM_ANCHOR: &str = "contact";

/// Everything that a page of the walk depends on.
struct Walk {
    lang: Lang,
    article: Arc<Article>,
    text: Arc<ArticleText>,
    stand: Stand,
    /// Section, topic and article with their address paths.
    trail: [(String, String); 3],
    form: FormPlaceView,
    /// Of a form that came back.
    state: Option<FormState>,
}

/// The page at `?step=`. A step that doesn't exist, of an article that may have had it once, leads to the whole article.
pub async fn show(app: &App, headers: &HeaderMap, library: &Arc<Library>, lang: Lang, id: &ArticleId, written: &Written) -> Response {
    let Some(article) = library.articles.get(id) else { return redirect::found("/") };
    let path = article.urls[lang].clone();
    let text = article.shown(lang, library.default_lang);
    let count = steps(text).len();
    let Some(stand) = Stand::parse(written, count) else { return redirect::found(&path) };
    let address = stand.address(&path);
    kept(app, headers, &address, HTML, || page(app, library, lang, Arc::clone(article), stand, None)).await
}

/// The walk's end with a form that came back; `None` if the article is gone.
pub async fn contact_again(app: &App, library: &Library, lang: Lang, id: &ArticleId, written: &Written, state: FormState) -> Option<String> {
    let article = library.articles.get(id)?;
    let count = steps(article.shown(lang, library.default_lang)).len();
    // What was typed comes back, also where its steps have gone meanwhile.
    let stand = Stand::parse(written, count).unwrap_or(Stand { place: Stop::Contact, seen: Vec::new() });
    page(app, library, lang, Arc::clone(article), stand, Some(state)).await
}

async fn page(app: &App, library: &Library, lang: Lang, article: Arc<Article>, stand: Stand, state: Option<FormState>) -> Option<String> {
    let text = Arc::clone(article.shown(lang, library.default_lang));
    let (section, topic) = (library.section(&article.section)?, library.topic(&article.section, &article.topic)?);
    let trail = [
        (section.texts[lang].door.clone(), library.section_url(section, lang)),
        (topic.texts[lang].title.clone(), library.topic_url(section, topic, lang)),
        (text.title.clone(), article.urls[lang].clone()),
    ];
    // Posted to where it stands, so that it comes back there.
    let form = form_place(app, library, lang, stand.address(&article.urls[lang]), Some(&article));
    let walk = Arc::new(Walk { lang, article, text, stand, trail, form, state });
    let site = Arc::clone(&app.site);
    Some(render::page(move || view! { <Document site=site.clone() frame=frame(&walk) body=content(&site, &walk) /> }).await)
}

/// Search engines keep the whole article; these pages are for those who walk. The same step stands in every language only if the
/// texts have as many, so the switch leads to the article where they don't.
fn frame(walk: &Walk) -> Frame {
    let words = walk.lang.steps();
    let count = steps(&walk.text).len();
    let title = match walk.stand.place {
        Stop::Step(step) => format!("{} · {}", walk.lang.step_of(step, count), walk.text.title),
        Stop::Solved => words.solved_title.to_owned(),
        Stop::Contact => format!("{} · {}", words.contact_title, walk.text.title),
    };
    let title = walk.state.as_ref().map_or_else(|| title.clone(), |state| state.titled(walk.lang, &title));
    let switch = PerLang(Lang::ALL.map(|lang| {
        let url = &walk.article.urls[lang];
        let same = walk.article.texts[lang].as_ref().is_some_and(|text| steps(text).len() == count);
        if same { walk.stand.address(url) } else { url.clone() }
    }));
    Frame { switch, ..Frame::private(walk.lang, &title, "") }
}

fn content(site: &Site, walk: &Walk) -> AnyView {
    let steps = steps(&walk.text);
    let inner = match walk.stand.place {
        Stop::Step(step) => step_content(walk, &steps, step),
        Stop::Solved => solved_content(walk),
        Stop::Contact => contact_content(site, walk, &steps),
    };
    view! { <div class="wrap narrow walk" data-article=walk.article.id.as_str().to_owned()>{parts::crumbs(walk.lang, &walk.trail)} {inner}</div> }
        .into_any()
}

fn step_content(walk: &Walk, steps: &[Step<'_>], step: usize) -> AnyView {
    let words = walk.lang.steps();
    let path = &walk.article.urls[walk.lang];
    let Some(current) = steps.get(step - 1) else { return ().into_any() };
    let other = (walk.text.lang != walk.lang).then(|| walk.text.lang.tag());
    let is_last = step == steps.len();
    let (no, icon, next) = if is_last { (words.write, Icon::Chat, Stop::Contact) } else { (words.next, Icon::Arrow, Stop::Step(step + 1)) };
    let contact = if is_last { "button button-primary button-big" } else { "button button-big" };
    let alerts = if step == 1 { safety_alerts(&walk.text) } else { String::new() };
    let html = relinked(&format!("{alerts}{}", current.html), |anchor| lead(walk, steps, step, anchor));
    view! {
        <article>
            <header class="article-head">
                <h1 lang=other>{walk.text.title.clone()}</h1>
                <p class="meta" id="step-of">{walk.lang.step_of(step, steps.len())}</p>
                <progress class="walk-progress" aria-labelledby="step-of" max=steps.len() value=step></progress>
            </header>
            <div class="prose" lang=other inner_html=html></div>
        </article>
        <section class="walk-choice" aria-labelledby="helped">
            <h2 id="helped">{words.question}</h2>
            <div class="button-row">
                <a class="button button-big" href=walk.stand.to(Stop::Solved).address(path)>
                    <Draw icon=Icon::Check />
                    {words.solved}
                </a>
                <a class=contact href=walk.stand.to(next).address(path)>
                    <Draw icon=icon />
                    {no}
                </a>
            </div>
            {way_back(walk)}
        </section>
    }
    .into_any()
}

/// Where a link to a place of the article leads on the page of a step, escaped; `None`: it is on this page.
fn lead(walk: &Walk, steps: &[Step<'_>], step: usize, anchor: &str) -> Option<String> {
    let path = &walk.article.urls[walk.lang];
    let to = |place: Stop| walk.stand.to(place).address(path).replace('&', "&amp;");
    match step_of_heading(&walk.text, steps, anchor) {
        Some(other) if other == step => None,
        Some(0) => Some(format!("{path}#{anchor}")),
        // The step's own heading begins its page.
        Some(other) if steps[other - 1].anchor == anchor => Some(to(Stop::Step(other))),
        Some(other) => Some(format!("{}#{anchor}", to(Stop::Step(other)))),
        None if anchor == FORM_ANCHOR => Some(to(Stop::Contact)),
        // A footnote stands below the whole article.
        None => Some(format!("{path}#{anchor}")),
    }
}

/// Back to the step before; from where the walk began, to the article.
fn way_back(walk: &Walk) -> AnyView {
    let path = &walk.article.urls[walk.lang];
    let (address, words) = match walk.stand.back() {
        Some(stand) => {
            let words = match stand.place {
                Stop::Step(step) => walk.lang.back_to_step(step),
                Stop::Solved | Stop::Contact => walk.lang.articles().back_to_article.to_owned(),
            };
            (stand.address(path), words)
        }
        None => (path.clone(), walk.lang.articles().back_to_article.to_owned()),
    };
    view! { <p><a href=address>{words}</a></p> }.into_any()
}

fn solved_content(walk: &Walk) -> AnyView {
    let words = walk.lang.steps();
    view! {
        <div class="plain-head">
            <h1>{words.solved_title}</h1>
            <p class="lede">{words.solved_text}</p>
        </div>
        <div class="button-row">
            <a class="button button-primary" href=walk.article.urls[walk.lang].clone()>{walk.lang.articles().back_to_article}</a>
            <a class="button" href=format!("/{}", walk.lang.code())>{words.home}</a>
        </div>
    }
    .into_any()
}

fn contact_content(site: &Site, walk: &Walk, steps: &[Step<'_>]) -> AnyView {
    let words = walk.lang.steps();
    let message = tried(walk.lang, steps, &walk.stand.seen);
    // Who came here without a step has nothing in the message.
    let text = if message.is_empty() { walk.lang.articles().tell_us } else { words.contact_text };
    let state = walk.state.clone().unwrap_or_else(|| {
        let typed = Typed { reason: walk.text.contact.clone().unwrap_or_default(), message, ..Typed::default() };
        FormState { typed, ..FormState::default() }
    });
    view! {
        <div class="plain-head">
            <h1>{words.contact_title}</h1>
            <p class="lede">{format!("{text} {}", site.promise[walk.lang])}</p>
            {way_back(walk)}
        </div>
        {contact_form(&walk.form, &state)}
    }
    .into_any()
}

/// What the message begins with: the steps that were taken, under their numbers. The reader's own words come after it.
fn tried(lang: Lang, steps: &[Step<'_>], seen: &[usize]) -> String {
    let words = lang.steps();
    let list: String = seen.iter().filter_map(|number| Some(format!("{number}. {}\n", steps.get(number - 1)?.title))).collect();
    if list.is_empty() { list } else { format!("{}\n{list}\n{}\n", words.tried, words.now) }
}

/// The way into the walk, on the page of the article; nothing for an article without steps.
pub fn entry(lang: Lang, article: &Article, text: &ArticleText) -> AnyView {
    if steps(text).is_empty() {
        return ().into_any();
    }
    let words = lang.steps();
    view! {
        <div class="walk-entry">
            <p>{words.walk_text}</p>
            <a class="button button-primary" href=Stand::first().address(&article.urls[lang])>{words.walk}</a>
        </div>
    }
    .into_any()
}

/// The steps drawn, folded: who reads has them above in words.
pub fn drawing(text: &ArticleText) -> AnyView {
    let steps = steps(text);
    if steps.is_empty() {
        return ().into_any();
    }
    let words = text.lang.steps();
    let drawn = chart(text.lang, &steps).html(text.lang.markdown(), words.chart_caption);
    view! {
        <details class="fold walk-chart" lang=text.lang.tag()>
            <summary>{words.chart_summary}</summary>
            <div inner_html=drawn></div>
        </details>
    }
    .into_any()
}
