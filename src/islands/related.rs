//! Articles that may answer, shown while a subject is typed into the contact form.
//!
//! Without this island: the subject is a plain field, and the form works as it is.

use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::ask::ask;
use crate::wire::SearchHit;

/// Articles offered at once.
const OFFERED_MAX: u8 = 3;

/// A subject shorter than this, in characters, says too little to search for.
const SUBJECT_MIN_CHARS: usize = 4;

/// How long the offer stays as it is before it is told to who hears the page, in milliseconds.
#[cfg(feature = "hydrate")]
const TOLD_AFTER_MILLIS: u64 = 1500;

/// The words of the island in the page's language.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RelatedTexts {
    pub title: String,
    /// `{n}` stands for the number of articles.
    pub count: String,
    pub new_tab: String,
}

/// The subject's field with the articles below it. `described_by` and `invalid` come from a refused form.
#[island]
pub fn SubjectField(lang: String, typed: String, texts: RelatedTexts, described_by: Option<String>, invalid: bool) -> impl IntoView {
    let hits = RwSignal::new(Vec::<SearchHit>::new());
    let newest = RwSignal::new(0);
    let told = RwSignal::new(String::new());
    tell(hits, told, texts.count);
    let on_input = move |text: String| {
        let text = if text.trim().chars().count() < SUBJECT_MIN_CHARS { String::new() } else { text };
        ask(lang.clone(), text, OFFERED_MAX, hits, newest);
    };
    let offered = move || {
        let hits = hits.get();
        if hits.is_empty() {
            return ().into_any();
        }
        let row = |hit: SearchHit| {
            view! {
                <li>
                    <a href=hit.url target="_blank" rel="noopener">
                        {hit.title} <span class="sr">" " {texts.new_tab.clone()}</span>
                    </a>
                </li>
            }
        };
        let rows = hits.into_iter().map(row).collect_view();
        view! {
            <div class="suggested">
                <p class="suggested-title">{texts.title.clone()}</p>
                <ul class="rows">{rows}</ul>
            </div>
        }
        .into_any()
    };
    view! {
        <input
            class="input"
            id="subject"
            name="subject"
            type="text"
            maxlength="140"
            aria-required="true"
            value=typed
            aria-describedby=described_by
            aria-invalid=invalid.then_some("true")
            on:input=move |event| on_input(event_target_value(&event))
        />
        <div>{offered}</div>
        <p class="sr" role="status">{told}</p>
    }
}

/// Says how many articles are offered, once that has been the same for a while: the list itself is there to be read.
#[cfg(feature = "hydrate")]
fn tell(hits: RwSignal<Vec<SearchHit>>, told: RwSignal<String>, text: String) {
    let changes = StoredValue::new(0_u32);
    Effect::new(move |_| {
        let count = hits.with(Vec::len);
        changes.update_value(|changes| *changes = changes.wrapping_add(1));
        let (number, text) = (changes.get_value(), text.clone());
        let say = move || {
            let text = if count == 0 { String::new() } else { text.replace("{n}", &count.to_string()) };
            if changes.try_get_value() == Some(number) && told.try_get_untracked().is_some_and(|before| before != text) {
                told.set(text);
            }
        };
        set_timeout(say, std::time::Duration::from_millis(TOLD_AFTER_MILLIS));
    });
}

/// On the server nobody hears.
#[cfg(not(feature = "hydrate"))]
fn tell(_hits: RwSignal<Vec<SearchHit>>, _told: RwSignal<String>, _text: String) {}
