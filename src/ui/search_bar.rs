//! The search bar: a plain form that any browser can send. The island inside only adds suggestions.

use leptos::prelude::*;

use crate::i18n::Lang;
use crate::islands::suggestions::{SuggestionTexts, Suggestions};

pub fn search_bar(lang: Lang, query: String, big: bool) -> AnyView {
    let words = lang.common();
    let texts = SuggestionTexts::of(lang);
    view! {
        <form class="search" class:search-big=big role="search" action=format!("/{}/search", lang.code()) method="get">
            <label class="sr" for="q">{words.search_label}</label>
            <Suggestions lang=lang.code().to_owned() query=query texts=texts />
        </form>
    }
    .into_any()
}
