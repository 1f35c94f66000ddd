//! The search bar: a plain form that any browser can send. `public/suggest.js` adds suggestions, a button that clears the field, and on a telephone the
//! whole screen; `loader.js` fetches it.

use leptos::prelude::*;

use super::icons::{Draw, Icon};
use crate::i18n::Lang;

pub fn search_bar(lang: Lang, query: String, big: bool) -> AnyView {
    let words = lang.common();
    let texts = serde_json::to_string(lang.suggestion_texts()).unwrap_or_default();
    view! {
        <form class="search" class:search-big=big role="search" action=format!("/{}/search", lang.code()) method="get" data-texts=texts data-contact=words.contact_us>
            <label class="sr" for="q">{words.search_label}</label>
            <div class="search-box">
                <Draw icon=Icon::Search />
                <input
                    class="search-input"
                    id="q"
                    name="q"
                    type="search"
                    value=query
                    placeholder=words.search_placeholder
                    maxlength="2000"
                    autocomplete="off"
                    enterkeyhint="search"
                />
                // An arrow on a narrow screen, a word on a wide one; whoever hears the page is told the word on both.
                <button class="search-go" type="submit" aria-label=words.search_go>
                    <span class="search-go-text">{words.search_go}</span>
                    <Draw icon=Icon::Arrow />
                </button>
            </div>
        </form>
    }
    .into_any()
}

/// Leads to the search from the header: over the page with a script, to the page of results without.
pub fn search_link(lang: Lang) -> AnyView {
    let words = lang.common();
    view! {
        <a class="nav-link search-open" href=format!("/{}/search", lang.code()) title="Ctrl+K">
            <Draw icon=Icon::Search />
            <span class="nav-text">{words.search_go}</span>
        </a>
    }
    .into_any()
}
