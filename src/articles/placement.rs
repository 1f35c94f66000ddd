//! Which version of each text goes live, and at which address.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::problem::{Findings, Problem};
use super::resolve::{Checker, group_url, shown_source};
use super::source::{Entry, Source};
use crate::articles::navigation::{Navigation, derived_slug};
use crate::articles::source_cache::SourceCache;
use crate::clock::Micros;
use crate::i18n::{Lang, PerLang};

/// An article that readers can open: its texts and its address in each language.
#[derive(Debug, Default)]
pub(super) struct ArticleAddress {
    pub(super) sources: PerLang<Option<Arc<Source>>>,
    pub(super) urls: PerLang<String>,
}

impl ArticleAddress {
    pub(super) fn shown(&self, lang: Lang, default: Lang) -> Option<&Arc<Source>> {
        shown_source(&self.sources.0, lang, default)
    }
}

/// What was decided for every text.
#[derive(Debug, Default)]
pub(super) struct Placement {
    /// Articles with at least one text that readers may see, by id.
    pub(super) places: BTreeMap<String, ArticleAddress>,
    /// For every file that can be used, visible or not, the version that holds.
    pub(super) chosen: HashMap<(String, Lang), Arc<Source>>,
}

/// A text that wants an address: its current version, then its last good one.
struct Claim<'a> {
    /// 0: wrote its slug or has it on record. 1: its slug is made from the title. 2: nobody sees it at present.
    rank: u8,
    id: &'a str,
    lang: Lang,
    versions: Vec<&'a Arc<Source>>,
}

pub(super) struct Placer<'a> {
    pub(super) cache: &'a SourceCache,
    pub(super) navigation: &'a Navigation,
    pub(super) now: Micros,
    pub(super) default_lang: Lang,
}

impl Placer<'_> {
    /// Gives every text its address. Where two want the same, the one with the better right gets it, and the other keeps its
    /// last good version or is left out.
    pub(super) fn place(&self, problems: &mut Vec<Problem>) -> Placement {
        let mut claims = self.claims(problems);
        claims.sort_by_key(|claim| (claim.rank, claim.id, claim.lang));
        let mut placement = Placement::default();
        let mut taken: HashMap<String, String> = HashMap::new();
        for claim in &claims {
            self.settle(claim, &mut taken, &mut placement, problems);
        }
        let ids: Vec<String> = placement.places.keys().cloned().collect();
        for id in ids {
            self.borrow_addresses(&id, &mut taken, &mut placement, problems);
        }
        placement
    }

    fn claims(&self, problems: &mut Vec<Problem>) -> Vec<Claim<'_>> {
        let checker = Checker::new(self.cache, self.navigation);
        let mut claims = Vec::new();
        for (id, entries) in &self.cache.texts {
            for (lang, entry) in entries.iter().filter_map(|(lang, entry)| Some((lang, entry.as_ref()?))) {
                let versions = versions(entry, &checker, problems);
                if let Some(first) = versions.first() {
                    claims.push(Claim { rank: self.rank(first, id, lang), id, lang, versions });
                }
            }
        }
        claims
    }

    fn rank(&self, source: &Source, id: &str, lang: Lang) -> u8 {
        if !source.is_visible(self.now) {
            2
        } else if source.front.slug.is_some() || self.recorded(id, lang).is_some() {
            0
        } else {
            1
        }
    }

    fn recorded(&self, id: &str, lang: Lang) -> Option<&str> {
        self.cache.addresses.good.as_ref()?.slug(id, lang)
    }

    /// The slug that holds for a text: its own, else the recorded one, so that a new title doesn't move the article.
    fn slug(&self, source: &Source, id: &str) -> String {
        let written = source.front.slug.as_deref().or_else(|| self.recorded(id, source.lang));
        written.map_or_else(|| derived_slug(&source.front.title, id), str::to_owned)
    }

    fn url(&self, id: &str, lang: Lang, slug: &str) -> String {
        let topic = id.rsplit_once('/').map_or("", |(topic, _)| topic);
        format!("{}/{slug}", group_url(self.navigation, topic, lang))
    }

    fn settle(&self, claim: &Claim<'_>, taken: &mut HashMap<String, String>, placement: &mut Placement, problems: &mut Vec<Problem>) {
        for (number, source) in claim.versions.iter().enumerate() {
            let url = self.url(claim.id, claim.lang, &self.slug(source, claim.id));
            let owner = taken.get(&url);
            if let Some(owner) = owner
                && number == 0
                && !source.is_expired(self.now)
            {
                problems.extend(collision(source, &url, owner, source.is_visible(self.now)));
            }
            if !source.is_visible(self.now) {
                placement.chosen.insert((claim.id.to_owned(), claim.lang), (*source).clone());
                return;
            }
            if owner.is_none() {
                taken.insert(url.clone(), claim.id.to_owned());
                placement.chosen.insert((claim.id.to_owned(), claim.lang), (*source).clone());
                let place = placement.places.entry(claim.id.to_owned()).or_default();
                place.sources[claim.lang] = Some((*source).clone());
                place.urls[claim.lang] = url;
                return;
            }
        }
    }

    /// In a language without a text the address ends in the slug of the text shown. If another article has that address,
    /// the link leads to the page in the text's own language.
    fn borrow_addresses(&self, id: &str, taken: &mut HashMap<String, String>, placement: &mut Placement, problems: &mut Vec<Problem>) {
        let Some(place) = placement.places.get_mut(id) else { return };
        for lang in Lang::ALL {
            if place.sources[lang].is_some() {
                continue;
            }
            let Some(shown) = shown_source(&place.sources.0, lang, self.default_lang).cloned() else { continue };
            let url = self.url(id, lang, &self.slug(&shown, id));
            match taken.get(&url) {
                Some(owner) => {
                    problems.extend(borrowed_collision(&shown, &url, owner, lang));
                    place.urls[lang] = place.urls[shown.lang].clone();
                }
                None => {
                    taken.insert(url.clone(), id.to_owned());
                    place.urls[lang] = url;
                }
            }
        }
    }
}

/// The versions of a file that could go live, the current one first.
fn versions<'a>(entry: &'a Entry, checker: &Checker<'_>, problems: &mut Vec<Problem>) -> Vec<&'a Arc<Source>> {
    let mut versions = Vec::new();
    match &entry.current {
        Ok(source) => {
            let found = checker.check(source);
            if !found.iter().any(|problem| problem.level == super::problem::Level::Broken) {
                versions.push(source);
            }
            problems.extend(source.notes.iter().cloned());
            problems.extend(found);
        }
        Err(found) => problems.extend(found.iter().cloned()),
    }
    if let Some(good) = &entry.good
        && !versions.first().is_some_and(|current| Arc::ptr_eq(current, &good.source))
    {
        versions.push(&good.source);
    }
    versions
}

fn collision(source: &Source, url: &str, owner: &str, is_visible: bool) -> Vec<Problem> {
    let mut findings = Findings::new(&source.file);
    let what = format!("The address {url} is that of the article {owner}.");
    if is_visible {
        findings.broken(source.front.slug_line, what, "Write another slug.");
    } else {
        findings.wrong(source.front.slug_line, what, "Write another slug before this one is published.");
    }
    findings.into_problems()
}

fn borrowed_collision(shown: &Source, url: &str, owner: &str, lang: Lang) -> Vec<Problem> {
    let mut findings = Findings::new(&shown.file);
    let what = format!("Without {}.md, this article would be shown at {url}, the address of the article {owner}.", lang.code());
    findings.wrong(shown.front.slug_line, what, format!("Write {}.md, or another slug here.", lang.code()));
    findings.into_problems()
}
