//! Articles that may answer, shown while a subject is typed into the contact form.
//!
//! Without this island: the subject is a plain field, and the form works as it is.

use leptos::prelude::*;

use super::ask::{Answer, ask};

/// Articles offered at once.
const OFFERED_MAX: u8 = 3;

/// A subject shorter than this, in characters, says too little to search for.
const SUBJECT_MIN_CHARS: usize = 4;

/// The subject's field with the articles below it. `described_by` and `invalid` come from a refused form.
#[island]
pub fn SubjectField(lang: String, typed: String, title: String, described_by: Option<String>, invalid: bool) -> impl IntoView {
    let answer = RwSignal::new(Answer::None);
    let newest = RwSignal::new(0);
    let on_input = move |text: String| {
        let text = if text.trim().chars().count() < SUBJECT_MIN_CHARS { String::new() } else { text };
        ask(lang.clone(), text, OFFERED_MAX, answer, newest);
    };
    let offered = move || match answer.get() {
        Answer::Found(found) if !found.hits.is_empty() => {
            let rows =
                found.hits.into_iter().map(|hit| view! { <li><a href=hit.url target="_blank" rel="noopener">{hit.title}</a></li> }).collect_view();
            view! {
                <div class="suggested">
                    <p class="suggested-title">{title.clone()}</p>
                    <ul class="rows">{rows}</ul>
                </div>
            }
            .into_any()
        }
        _ => ().into_any(),
    };
    view! {
        <input
            class="input"
            id="subject"
            name="subject"
            type="text"
            minlength="3"
            maxlength="140"
            required=true
            autocomplete="off"
            value=typed
            aria-describedby=described_by
            aria-invalid=invalid.then_some("true")
            on:input=move |event| on_input(event_target_value(&event))
        />
        <div aria-live="polite">{offered}</div>
    }
}
