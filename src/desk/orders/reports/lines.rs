//! What dimensions and their values are called.

use crate::articles::model::Library;
use crate::i18n::{Lang, countries};
use crate::orders::figures::Dimension;

pub(super) fn title(lang: Lang, dimension: Dimension) -> &'static str {
    let words = lang.desk_reports();
    match dimension {
        Dimension::Product => words.product,
        Dimension::Offer => words.offer,
        Dimension::Source => words.source,
        Dimension::Sck => words.sck,
        Dimension::Affiliate => words.affiliate,
        Dimension::Payment => words.payment,
        Dimension::Country => words.country,
    }
}

/// `name`: what Hotmart calls it.
pub(super) fn name(lang: Lang, dimension: Dimension, value: &str, name: Option<&str>) -> String {
    let known = match dimension {
        _ if value.is_empty() => Some(lang.desk_reports().without),
        Dimension::Payment => lang.way_of_paying(value),
        Dimension::Country => countries::names(lang, &[value.to_ascii_lowercase()]).first().copied(),
        _ => None,
    };
    known.or(name.filter(|name| !name.is_empty())).unwrap_or(value).to_owned()
}

/// `word`: of what was chosen in the contact form; empty: nothing.
pub(super) fn reason(lang: Lang, library: &Library, word: &str) -> String {
    match library.reason(word) {
        _ if word.is_empty() => lang.desk_reports().no_reason.to_owned(),
        Some(known) => known.texts[lang].title.clone(),
        None => word.to_owned(),
    }
}
