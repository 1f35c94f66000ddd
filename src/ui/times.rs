//! Moments on a page for one reader: in words for who reads them now, exactly on hover and for machines. A page that is kept for everybody has none.

use leptos::prelude::*;

use super::{Site, parts};
use crate::clock::Micros;
use crate::i18n::Lang;

/// "hoje, 18:10"
pub fn moment(site: &Site, lang: Lang, at: Micros, now: Micros) -> AnyView {
    time(site, lang, at, lang.moment_ago(at, now, &site.time_zone))
}

/// "hoje"
pub fn day(site: &Site, lang: Lang, at: Micros, now: Micros) -> AnyView {
    time(site, lang, at, lang.day_ago(at, now, &site.time_zone))
}

/// "até o fim de segunda-feira (30/11)"
pub fn deadline(site: &Site, lang: Lang, at: Micros, now: Micros) -> AnyView {
    time(site, lang, at, lang.deadline(at, now, &site.time_zone))
}

fn time(site: &Site, lang: Lang, at: Micros, told: String) -> AnyView {
    let (machine, exact) = parts::moment(site, lang, at);
    view! { <time datetime=machine title=exact>{told}</time> }.into_any()
}
