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

#[island]
pub fn Suggestions(lang: String, query: String, texts: SuggestionTexts) -> impl IntoView {
    let answer = RwSignal::new(Answer::None);
    let newest = RwSignal::new(0);
    let open = RwSignal::new(false);
    let active = RwSignal::new(None::<usize>);
    let typed = RwSignal::new(query.clone());

    let asked_lang = lang.clone();
    let changed = move |text: String| {
        typed.set(text.clone());
        active.set(None);
        open.set(true);
        ask(asked_lang.clone(), text, SUGGESTIONS_MAX, answer, newest);
    };
    let hits = move || match answer.get() {
        Answer::Found(found) => found.hits,
        _ => Vec::new(),
    };
    let count = move || hits().len();
    let shown = move || open.get() && answer.with(|answer| *answer != Answer::None);
    let on_key = move |event: web_key::Event| match web_key::of(&event) {
        web_key::Key::Down => {
            web_key::keep(&event);
            open.set(true);
            active.update(|active| *active = step(*active, count(), 1));
        }
        web_key::Key::Up => {
            web_key::keep(&event);
            active.update(|active| *active = step(*active, count(), -1));
        }
        web_key::Key::Escape if open.get_untracked() => {
            web_key::keep(&event);
            open.set(false);
            active.set(None);
        }
        web_key::Key::Enter => {
            if let Some(hit) = active.get_untracked().and_then(|index| hits().into_iter().nth(index)).filter(|_| open.get_untracked()) {
                web_key::keep(&event);
                web_key::go(&hit.url);
            }
        }
        _ => {}
    };
    let announced = announcement(texts.clone(), shown, answer);
    let (placeholder, go) = (texts.placeholder.clone(), texts.go.clone());
    let field = NodeRef::<leptos::html::Input>::new();
    take_over(field, changed.clone());
    view! {
        <div class="search-box" on:focusout=move |_| open.set(false)>
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
                placeholder=placeholder
                maxlength="2000"
                autocomplete="off"
                enterkeyhint="search"
                role="combobox"
                aria-autocomplete="list"
                aria-controls="suggestions"
                aria-expanded=move || truth(shown() && count() != 0)
                aria-activedescendant=move || active.get().map(|index| format!("suggestion-{index}"))
                node_ref=field
                on:input=move |event| changed(event_target_value(&event))
                on:keydown=on_key
            />
            <button class="search-go" type="submit">
                <span class="search-go-text">{go.clone()}</span>
                <svg viewBox="0 0 24 24" aria-hidden="true">
                    <path d="M5 12h14M13 6l6 6-6 6"></path>
                </svg>
                <span class="sr">{go}</span>
            </button>
        </div>
        <div class="suggest" hidden=move || !shown()>
            <ul class="suggest-list" id="suggestions" role="listbox" aria-label=texts.suggestions.clone() hidden=move || count() == 0>
                {move || hits().into_iter().enumerate().map(|(index, hit)| option(index, hit, active)).collect_view()}
            </ul>
            {move || footer(&texts, &lang, &typed.get(), answer.get())}
        </div>
        <p class="sr" role="status">{announced}</p>
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

fn option(index: usize, hit: SearchHit, active: RwSignal<Option<usize>>) -> impl IntoView {
    let SearchHit { title_html, heading, url, section_title, topic_title, .. } = hit;
    let heading = heading.map(|heading| view! { <span class="suggest-heading">" › " {heading}</span> });
    view! {
        <li
            class="suggest-option"
            id=format!("suggestion-{index}")
            role="option"
            aria-selected=move || truth(active.get() == Some(index))
            on:mousedown=|event| web_key::keep_pointer(&event)
            on:click=move |_| web_key::go(&url)
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
fn announcement(texts: SuggestionTexts, shown: impl Fn() -> bool, answer: RwSignal<Answer>) -> impl Fn() -> String {
    move || match answer.get() {
        _ if !shown() => String::new(),
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
