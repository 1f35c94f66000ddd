//! A flow walked one step at a time, by links alone: its steps, the end where it is solved, and the form where it is not.

use std::sync::Arc;

use axum::http::HeaderMap;
use axum::response::Response;
use leptos::prelude::*;

use super::{HTML, kept};
use crate::app::App;
use crate::articles::model::{Article, ArticleId, ArticleText, Library};
use crate::articles::steps::{Step, chart, steps};
use crate::i18n::{Lang, PerLang};
use crate::tickets::forms::Typed;
use crate::tickets::pages::contact::form_place;
use crate::tickets::pages::form::{FormPlaceView, FormState, contact_form};
use crate::ui::frame::Document;
use crate::ui::icons::{Draw, Icon};
use crate::ui::{Frame, Site, parts, render};
use crate::web::redirect;

/// The values of `?step=` behind the steps.
const SOLVED: &str = "solved";
pub const CONTACT: &str = "contact";

/// A page of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// Counted from 1.
    Step(usize),
    Solved,
    Contact,
}

impl Place {
    fn parse(written: &str, count: usize) -> Option<Self> {
        match written {
            SOLVED => Some(Self::Solved),
            CONTACT => Some(Self::Contact),
            number => number.parse().ok().filter(|step| (1..=count).contains(step)).map(Self::Step),
        }
    }

    fn address(self, article: &str) -> String {
        match self {
            Self::Step(step) => format!("{article}?step={step}"),
            Self::Solved => format!("{article}?step={SOLVED}"),
            Self::Contact => format!("{article}?step={CONTACT}"),
        }
    }
}

/// Everything that a page of the walk depends on.
struct Walk {
    lang: Lang,
    article: Arc<Article>,
    text: Arc<ArticleText>,
    place: Place,
    /// Section, topic and article with their address paths.
    trail: [(String, String); 3],
    form: FormPlaceView,
    /// Of a form that came back.
    state: Option<FormState>,
}

/// The page at `?step=`. A step that doesn't exist, of an article that may have had it once, leads to the whole article.
pub async fn show(app: &App, headers: &HeaderMap, library: &Arc<Library>, lang: Lang, id: &ArticleId, written: &str) -> Response {
    let Some(article) = library.articles.get(id) else { return redirect::found("/") };
    let path = article.urls[lang].clone();
    let text = article.shown(lang, library.default_lang);
    let count = steps(text).len();
    let Some(place) = Place::parse(written, count).filter(|_| count > 0) else { return redirect::found(&path) };
    let address = place.address(&path);
    kept(app, headers, &address, HTML, || page(app, library, lang, Arc::clone(article), place, None)).await
}

/// The walk's end with a form that came back; `None` if the article is gone.
pub async fn contact_again(app: &App, library: &Library, lang: Lang, id: &ArticleId, state: FormState) -> Option<String> {
    page(app, library, lang, Arc::clone(library.articles.get(id)?), Place::Contact, Some(state)).await
}

async fn page(app: &App, library: &Library, lang: Lang, article: Arc<Article>, place: Place, state: Option<FormState>) -> Option<String> {
    let text = Arc::clone(article.shown(lang, library.default_lang));
    let (section, topic) = (library.section(&article.section)?, library.topic(&article.section, &article.topic)?);
    let trail = [
        (section.texts[lang].title.clone(), library.section_url(section, lang)),
        (topic.texts[lang].title.clone(), library.topic_url(section, topic, lang)),
        (text.title.clone(), article.urls[lang].clone()),
    ];
    // Posted to where it stands, so that it comes back there.
    let form = form_place(app, library, lang, Place::Contact.address(&article.urls[lang]), true);
    let walk = Arc::new(Walk { lang, article, text, place, trail, form, state });
    let site = Arc::clone(&app.site);
    Some(render::page(move || view! { <Document site=site.clone() frame=frame(&walk) body=content(&site, &walk) /> }).await)
}

/// Search engines keep the whole article; these pages are for those who walk. The same step stands in every language only if the
/// texts have as many, so the switch leads to the article where they don't.
fn frame(walk: &Walk) -> Frame {
    let words = walk.lang.steps();
    let count = steps(&walk.text).len();
    let title = match walk.place {
        Place::Step(step) => format!("{} · {}", walk.lang.step_of(step, count), walk.text.title),
        Place::Solved => words.solved_title.to_owned(),
        Place::Contact => format!("{} · {}", words.contact_title, walk.text.title),
    };
    let switch = PerLang(Lang::ALL.map(|lang| {
        let url = &walk.article.urls[lang];
        let same = walk.article.texts[lang].as_ref().is_some_and(|text| steps(text).len() == count);
        if same { walk.place.address(url) } else { url.clone() }
    }));
    Frame { switch, ..Frame::private(walk.lang, &title, "") }
}

fn content(site: &Site, walk: &Walk) -> AnyView {
    let steps = steps(&walk.text);
    let inner = match walk.place {
        Place::Step(step) => step_content(walk, &steps, step),
        Place::Solved => solved_content(walk),
        Place::Contact => contact_content(site, walk, &steps),
    };
    view! { <div class="wrap narrow walk">{parts::crumbs(walk.lang, &walk.trail)} {inner}</div> }.into_any()
}

fn step_content(walk: &Walk, steps: &[Step<'_>], step: usize) -> AnyView {
    let words = walk.lang.steps();
    let path = &walk.article.urls[walk.lang];
    let Some(current) = steps.get(step - 1) else { return ().into_any() };
    let other = (walk.text.lang != walk.lang).then(|| walk.text.lang.tag());
    let (no, next) = if step == steps.len() { (words.write, Place::Contact) } else { (words.next, Place::Step(step + 1)) };
    let back = if step == 1 { path.clone() } else { Place::Step(step - 1).address(path) };
    view! {
        <article>
            <header class="article-head">
                <h1 lang=other>{walk.text.title.clone()}</h1>
                <p class="meta">{walk.lang.step_of(step, steps.len())}</p>
            </header>
            <div class="prose" lang=other inner_html=current.html.to_owned()></div>
        </article>
        <section class="walk-choice" aria-labelledby="helped">
            <h2 id="helped">{words.question}</h2>
            <div class="button-row">
                <a class="button button-primary button-big" href=next.address(path)>{no}</a>
                <a class="button button-big" href=Place::Solved.address(path)>
                    <Draw icon=Icon::Check />
                    {words.solved}
                </a>
            </div>
            <p><a href=back>{words.back}</a></p>
        </section>
    }
    .into_any()
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
    let state = walk.state.clone().unwrap_or_else(|| {
        let typed = Typed { reason: walk.text.contact.clone().unwrap_or_default(), message: tried(walk.lang, steps), ..Typed::default() };
        FormState { typed, ..FormState::default() }
    });
    let back = Place::Step(steps.len()).address(&walk.article.urls[walk.lang]);
    view! {
        <div class="plain-head">
            <h1>{words.contact_title}</h1>
            <p class="lede">{format!("{} {}", words.contact_text, site.promise[walk.lang])}</p>
            <p><a href=back>{words.back}</a></p>
        </div>
        {contact_form(&walk.form, &state)}
    }
    .into_any()
}

/// What the message begins with. The reader's own words come after it.
fn tried(lang: Lang, steps: &[Step<'_>]) -> String {
    let words = lang.steps();
    let list: String = steps.iter().enumerate().map(|(index, step)| format!("{}. {}\n", index + 1, step.title)).collect();
    format!("{}\n{list}\n{}\n", words.tried, words.now)
}

/// The way into the walk and its chart, on the page of the article; nothing for an article without steps.
pub fn entry(lang: Lang, article: &Article, text: &ArticleText) -> AnyView {
    let steps = steps(text);
    if steps.is_empty() {
        return ().into_any();
    }
    let words = lang.steps();
    let other = (text.lang != lang).then(|| text.lang.tag());
    let drawn = chart(text.lang, &steps).html(text.lang.markdown(), text.lang.steps().chart_caption);
    view! {
        <div class="walk-entry">
            <p>{words.walk_text}</p>
            <a class="button button-primary button-big" href=Place::Step(1).address(&article.urls[lang])>{words.walk}</a>
        </div>
        <div class="walk-chart" lang=other inner_html=drawn></div>
    }
    .into_any()
}
