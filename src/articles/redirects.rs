//! Old addresses: where each of them leads.

use std::collections::HashMap;

use super::addresses::lang_of;
use super::model::{ArticleId, Library};
use super::problem::{Findings, Problem};
use crate::articles::placement::Placement;
use crate::articles::source_cache::SourceCache;
use crate::i18n::Lang;

/// Fills the library's old addresses from the record and from what articles say they were formerly.
pub(super) fn fill(library: &mut Library, cache: &SourceCache, placement: &Placement, problems: &mut Vec<Problem>) {
    let mut moved: HashMap<String, Option<String>> = HashMap::new();
    for (address, record) in cache.addresses.good.iter().flat_map(|addresses| &addresses.records) {
        if library.pages.contains_key(address) {
            continue;
        }
        // What a site before this one had says no language.
        let lang = lang_of(address).unwrap_or(library.default_lang);
        let now = current_url(library, &record.id, lang);
        if now.is_none() && is_withheld(cache, placement, &record.id) {
            library.withheld.insert(address.clone());
        } else {
            moved.insert(address.clone(), now);
        }
    }
    formerly(library, placement, &mut moved, problems);
    for address in moved.keys() {
        library.withheld.remove(address);
    }
    library.moved = moved;
}

/// Where something stands now, if readers can open it.
fn current_url(library: &Library, id: &str, lang: Lang) -> Option<String> {
    match id.split('/').collect::<Vec<_>>()[..] {
        [section] => library.section(section).map(|section| library.section_url(section, lang)),
        [section, topic] => {
            library.section(section).zip(library.topic(section, topic)).map(|(section, topic)| library.topic_url(section, topic, lang))
        }
        _ => library.articles.get(&ArticleId(id.into())).map(|article| article.urls[lang].clone()),
    }
}

/// Whether an article is absent only because its files have a problem: then its addresses are not gone.
fn is_withheld(cache: &SourceCache, placement: &Placement, id: &str) -> bool {
    cache
        .texts
        .get(id)
        .is_some_and(|entries| entries.iter().any(|(lang, entry)| entry.is_some() && !placement.chosen.contains_key(&(id.to_owned(), lang))))
}

fn formerly(library: &Library, placement: &Placement, moved: &mut HashMap<String, Option<String>>, problems: &mut Vec<Problem>) {
    let mut claimed: HashMap<String, String> = HashMap::new();
    for (id, place) in &placement.places {
        for (lang, source) in place.sources.iter().filter_map(|(lang, source)| Some((lang, source.as_ref()?))) {
            let url = &place.urls[lang];
            let mut findings = Findings::new(&source.file);
            for old in &source.front.formerly {
                let address =
                    if old.starts_with('/') { old.clone() } else { format!("{}/{old}", url.rsplit_once('/').map_or("", |(topic, _)| topic)) };
                if &address == url {
                    continue;
                }
                let other = claimed.get(&address).filter(|other| *other != id).cloned().or_else(|| {
                    // Another article's address, present or recorded, is not this one's to take.
                    let leads_to = moved.get(&address).cloned().flatten();
                    let taken = library.pages.contains_key(&address) || leads_to.is_some_and(|other| !place.urls.0.contains(&other));
                    taken.then(|| "another page".to_owned())
                });
                if let Some(other) = other {
                    let what = format!("The old address {address} belongs to {other}.");
                    findings.wrong(source.front.formerly_line, what, "Take it out of formerly, here or there.");
                    continue;
                }
                claimed.insert(address.clone(), id.clone());
                let target = lang_of(&address).map_or(url, |lang| &place.urls[lang]);
                moved.insert(address, Some(target.clone()));
            }
            problems.extend(findings.into_problems());
        }
    }
}
