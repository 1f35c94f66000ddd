//! Suggestions below the search bar while the reader types: a combobox (WAI-ARIA) with the matched words marked; each opens the part
//! of the article that fits.
//!
//! Without this island: the bar is a plain form, and Enter opens the page of results.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ask::{Answer, ask};
use super::web_key;
use crate::wire::SearchHit;

/// Suggestions shown at once.
const SUGGESTIONS_MAX: u8 = 6;

/// The words of the island in the page's language; `{n}` stands for a number.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SuggestionTexts {
    pub placeholder: String,
    pub go: String,
    pub suggestions: String,
    pub count: String,
    pub all: String,
    pub keys: String,
    pub nothing: String,
    pub offline: String,
    pub contact: String,
}

/// What the island knows; copies share it.
#[derive(Clone, Copy)]
struct Bar {
    answer: RwSignal<Answer>,
    newest: RwSignal<u32>,
    open: RwSignal<bool>,
    active: RwSignal<Option<usize>>,
    typed: RwSignal<String>,
}

impl Bar {
    fn new(query: String) -> Self {
        Self {
            answer: RwSignal::new(Answer::None),
            newest: RwSignal::new(0),
            open: RwSignal::new(false),
            active: RwSignal::new(None),
            typed: RwSignal::new(query),
        }
    }

    fn changed(self, lang: String, text: String) {
        self.typed.set(text.clone());
        self.active.set(None);
        self.open.set(true);
        ask(lang, text, SUGGESTIONS_MAX, self.answer, self.newest);
    }

    fn hits(self) -> Vec<SearchHit> {
        match self.answer.get() {
            Answer::Found(found) => found.hits,
            _ => Vec::new(),
        }
    }

    fn shown(self) -> bool {
        self.open.get() && self.answer.with(|answer| *answer != Answer::None)
    }

    fn walk(self, by: isize) {
        // A better answer that is under way must not move what is being chosen from.
        self.newest.update(|newest| *newest = newest.wrapping_add(1));
        let count = self.hits().len();
        self.active.update(|active| *active = step(*active, count, by));
    }

    fn open_hit(self, url: &str) {
        if let Answer::Found(found) = self.answer.get_untracked() {
            web_key::opened(&found.lang, &found.query, &found.token);
        }
        web_key::go(url);
    }

    fn key(self, event: &web_key::Event) {
        match web_key::of(event) {
            web_key::Key::Down => {
                web_key::keep(event);
                self.open.set(true);
                self.walk(1);
            }
            web_key::Key::Up => {
                web_key::keep(event);
                self.walk(-1);
            }
            web_key::Key::Escape if self.open.get_untracked() => {
                web_key::keep(event);
                self.open.set(false);
                self.active.set(None);
            }
            web_key::Key::Enter => {
                let chosen = self.active.get_untracked().and_then(|index| self.hits().into_iter().nth(index));
                if let Some(hit) = chosen.filter(|_| self.open.get_untracked()) {
                    web_key::keep(event);
                    self.open_hit(&hit.url);
                }
            }
            _ => {}
        }
    }
}

#[island]
pub fn Suggestions(lang: String, query: String, texts: SuggestionTexts) -> impl IntoView {
    let bar = Bar::new(query.clone());
    let asked_lang = lang.clone();
    let changed = move |text: String| bar.changed(asked_lang.clone(), text);
    let announced = announcement(texts.clone(), bar);
    let field = NodeRef::<leptos::html::Input>::new();
    take_over(field, changed.clone());
    view! {
        <div class="search-box" on:focusout=move |_| bar.open.set(false)>
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <circle cx="11" cy="11" r="6.5"></circle>
                <path d="m16 16 4.5 4.5"></path>
            </svg>
            <input
                class="search-input"
                id="q"
                name="q"
                type="search"
                value=query
                placeholder=texts.placeholder.clone()
                maxlength="2000"
                autocomplete="off"
                enterkeyhint="search"
                role="combobox"
                aria-autocomplete="list"
                aria-controls="suggestions"
                aria-expanded=move || truth(bar.shown() && !bar.hits().is_empty())
                aria-activedescendant=move || bar.active.get().map(|index| format!("suggestion-{index}"))
                node_ref=field
                on:input=move |event| changed(event_target_value(&event))
                on:keydown=move |event| bar.key(&event)
            />
            {go_button(&texts)}
        </div>
        {suggested(bar, lang, texts)}
        <p class="sr" role="status">{announced}</p>
    }
}

/// An arrow on a narrow screen, a word on a wide one; whoever hears the page is told the word on both.
fn go_button(texts: &SuggestionTexts) -> impl IntoView + use<> {
    view! {
        <button class="search-go" type="submit" aria-label=texts.go.clone()>
            <span class="search-go-text">{texts.go.clone()}</span>
            <svg viewBox="0 0 24 24" aria-hidden="true">
                <path d="M5 12h14M13 6l6 6-6 6"></path>
            </svg>
        </button>
    }
}

/// What drops down below the bar.
fn suggested(bar: Bar, lang: String, texts: SuggestionTexts) -> impl IntoView {
    view! {
        <div class="suggest" hidden=move || !bar.shown()>
            <ul class="suggest-list" id="suggestions" role="listbox" aria-label=texts.suggestions.clone() hidden=move || bar.hits().is_empty()>
                {move || bar.hits().into_iter().enumerate().map(|(index, hit)| option(index, hit, bar)).collect_view()}
            </ul>
            {move || footer(&texts, &lang, &bar.typed.get(), bar.answer.get())}
        </div>
    }
}

fn truth(value: bool) -> &'static str {
    if value { "true" } else { "false" }
}

/// The next option in a direction; past either end lies the field itself.
fn step(active: Option<usize>, count: usize, by: isize) -> Option<usize> {
    let places = count as isize + 1;
    let place = active.map_or(0, |index| index as isize + 1);
    let next = (place + by).rem_euclid(places);
    usize::try_from(next - 1).ok()
}

fn option(index: usize, hit: SearchHit, bar: Bar) -> impl IntoView {
    let SearchHit { title_html, heading, url, section_title, topic_title, .. } = hit;
    let heading = heading.map(|heading| view! { <span class="suggest-heading">" › " {heading}</span> });
    view! {
        <li
            class="suggest-option"
            id=format!("suggestion-{index}")
            role="option"
            aria-selected=move || truth(bar.active.get() == Some(index))
            on:mousedown=|event| web_key::keep_pointer(&event)
            on:click=move |_| bar.open_hit(&url)
        >
            <span class="suggest-title">
                <span inner_html=title_html></span>
                {heading}
            </span>
            " "
            <span class="suggest-where">{section_title} " › " {topic_title}</span>
        </li>
    }
}

/// What stands under the options: the way to all results, or what went wrong and what to do.
fn footer(texts: &SuggestionTexts, lang: &str, typed: &str, answer: Answer) -> AnyView {
    match answer {
        Answer::None => ().into_any(),
        Answer::Offline => view! { <p class="suggest-note">{texts.offline.clone()}</p> }.into_any(),
        Answer::Found(found) if found.hits.is_empty() => view! {
            <p class="suggest-note">{texts.nothing.clone()}</p>
            <a class="suggest-all" href=format!("/{lang}/contact") on:mousedown=|event| web_key::keep_pointer(&event)>
                {texts.contact.clone()}
            </a>
        }
        .into_any(),
        Answer::Found(found) => view! {
            <a class="suggest-all" href=format!("/{lang}/search?q={}", web_key::encoded(typed)) on:mousedown=|event| web_key::keep_pointer(&event)>
                {texts.all.replace("{n}", &found.total.to_string())}
                " "
                <span class="suggest-keys">{texts.keys.clone()}</span>
            </a>
        }
        .into_any(),
    }
}

/// What a screen reader is told when the suggestions change.
fn announcement(texts: SuggestionTexts, bar: Bar) -> impl Fn() -> String {
    move || match bar.answer.get() {
        _ if !bar.shown() => String::new(),
        Answer::None => String::new(),
        Answer::Offline => texts.offline.clone(),
        Answer::Found(found) if found.hits.is_empty() => texts.nothing.clone(),
        Answer::Found(found) => texts.count.replace("{n}", &found.hits.len().to_string()),
    }
}

/// Takes over what was typed before the island woke.
fn take_over(field: NodeRef<leptos::html::Input>, changed: impl Fn(String) + 'static) {
    Effect::new(move |_| {
        if let Some(field) = field.get() {
            let value = web_key::value(&field);
            if !value.trim().is_empty() && web_key::has_focus(&field) {
                changed(value);
            }
        }
    });
}
