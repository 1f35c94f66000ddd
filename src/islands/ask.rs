//! Asks the search while somebody types: by words at every key, by meaning too once typing pauses; stale answers are dropped.

use leptos::prelude::*;

use crate::wire::SearchHit;

/// How long typing pauses before a question leaves, in milliseconds: keeps a fast typist from asking at every key.
#[cfg(feature = "hydrate")]
const PAUSE_MILLIS: u64 = 60;
/// How long it pauses before the question is asked by meaning, which costs the server more.
#[cfg(feature = "hydrate")]
const MEANING_PAUSE_MILLIS: u64 = 150;

/// Asks for `text` and puts what is found into `hits`, unless a newer question was asked meanwhile. Nothing is found for an empty text, nor offline.
#[cfg(feature = "hydrate")]
pub(super) fn ask(lang: String, text: String, limit: u8, hits: RwSignal<Vec<SearchHit>>, newest: RwSignal<u32>) {
    let number = newest.get_untracked().wrapping_add(1);
    newest.set(number);
    if text.trim().is_empty() {
        hits.set(Vec::new());
        return;
    }
    let question = String::from(js_sys::encode_uri_component(&text));
    for (mode, pause) in [("lexical", PAUSE_MILLIS), ("hybrid", MEANING_PAUSE_MILLIS)] {
        let url = format!("/api/v1/search?lang={lang}&limit={limit}&mode={mode}&q={question}");
        let is_newest = move || newest.try_get_untracked() == Some(number);
        let send = move || {
            if !is_newest() {
                return;
            }
            wasm_bindgen_futures::spawn_local(async move {
                let found = fetch(&url).await;
                match found {
                    _ if !is_newest() => {}
                    Some(found) if mode == found.mode_used => hits.set(found.hits),
                    // The first question has been answered, or has said that nobody answers.
                    _ if mode == "hybrid" => {}
                    Some(found) => hits.set(found.hits),
                    None => hits.set(Vec::new()),
                }
            });
        };
        set_timeout(send, std::time::Duration::from_millis(pause));
    }
}

/// On the server nobody types.
#[cfg(not(feature = "hydrate"))]
pub(super) fn ask(_lang: String, _text: String, _limit: u8, _hits: RwSignal<Vec<SearchHit>>, _newest: RwSignal<u32>) {}

#[cfg(feature = "hydrate")]
async fn fetch(url: &str) -> Option<crate::wire::SearchAnswer> {
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
