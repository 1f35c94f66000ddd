//! Asks the search while somebody types: one question at a time, stale answers dropped.

use leptos::prelude::*;

use crate::wire::SearchAnswer;

/// What came back for the newest question.
#[derive(Debug, Clone, Default, PartialEq)]
#[cfg_attr(not(feature = "hydrate"), expect(dead_code, reason = "nobody types on the server"))]
pub(super) enum Answer {
    /// Nothing was asked yet, or the field is empty.
    #[default]
    None,
    Found(SearchAnswer),
    /// The network or the server did not answer.
    Offline,
}

/// How long typing pauses before a question leaves, in milliseconds: keeps a fast typist from asking at every key.
#[cfg(feature = "hydrate")]
const PAUSE_MILLIS: u64 = 60;

/// Asks for `text` and puts the answer into `answer`, unless a newer question was asked meanwhile.
#[cfg(feature = "hydrate")]
pub(super) fn ask(lang: String, text: String, limit: u8, answer: RwSignal<Answer>, newest: RwSignal<u32>) {
    let number = newest.get_untracked().wrapping_add(1);
    newest.set(number);
    if text.trim().is_empty() {
        answer.set(Answer::None);
        return;
    }
    set_timeout(
        move || {
            if newest.try_get_untracked() != Some(number) {
                return;
            }
            wasm_bindgen_futures::spawn_local(async move {
                let question = String::from(js_sys::encode_uri_component(&text));
                let found = fetch(&format!("/api/v1/search?lang={lang}&limit={limit}&q={question}")).await;
                if newest.try_get_untracked() == Some(number) {
                    answer.set(found.map_or(Answer::Offline, Answer::Found));
                }
            });
        },
        std::time::Duration::from_millis(PAUSE_MILLIS),
    );
}

/// On the server nobody types.
#[cfg(not(feature = "hydrate"))]
pub(super) fn ask(_lang: String, _text: String, _limit: u8, _answer: RwSignal<Answer>, _newest: RwSignal<u32>) {}

#[cfg(feature = "hydrate")]
async fn fetch(url: &str) -> Option<SearchAnswer> {
    use wasm_bindgen::JsCast;
    use wasm_bindgen_futures::JsFuture;
    let response = JsFuture::from(web_sys::window()?.fetch_with_str(url)).await.ok()?;
    let response: web_sys::Response = response.dyn_into().ok()?;
    if !response.ok() {
        return None;
    }
    let text = JsFuture::from(response.text().ok()?).await.ok()?.as_string()?;
    serde_json::from_str(&text).ok()
}
