//! Sections and topics: their words in every language, and a slug for each that no neighbour has.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::groups::{Group, GroupWords};
use super::model::GroupText;
use super::problem::Findings;
use super::problem::Problem;
use super::scan::{SECTION_FILE, TOPIC_FILE};
use super::slug::{RESERVED_SLUGS, slugify};
use crate::articles::options::LoadOptions;
use crate::articles::source_cache::SourceCache;
use crate::i18n::{Lang, PerLang};

/// A section or topic, complete.
#[derive(Debug)]
pub(super) struct ShownGroup {
    pub(super) order: i64,
    pub(super) icon: Option<String>,
    pub(super) texts: PerLang<GroupText>,
}

/// All sections and topics by their folders.
pub(super) type Navigation = BTreeMap<String, ShownGroup>;

/// Completes every section and topic. A folder whose file is missing or broken is shown under its own name, so that its
/// articles stay where they are.
pub(super) fn build(cache: &SourceCache, options: &LoadOptions, problems: &mut Vec<Problem>) -> Navigation {
    let mut folders: BTreeSet<&str> = cache.groups.keys().map(String::as_str).collect();
    for id in cache.texts.keys() {
        let mut cuts = id.match_indices('/').map(|(at, _)| &id[..at]);
        folders.extend(cuts.by_ref());
    }
    let sections: BTreeSet<&str> = folders.iter().map(|folder| folder.split('/').next().unwrap_or(folder)).collect();
    folders.extend(sections);
    let folders: Vec<&str> = folders.into_iter().collect();
    let mut slugs = Slugs { cache, options, problems, taken: HashSet::new() };
    let assigned: Vec<PerLang<Option<String>>> = slugs.assign(&folders);
    let mut navigation = Navigation::new();
    for (folder, slugs) in folders.into_iter().zip(assigned) {
        let group = cache.groups.get(folder).and_then(|kept| kept.good.as_ref());
        if !cache.has_file(&group_file(folder)) {
            let mut findings = Findings::new(&group_file(folder));
            findings.wrong(1, "This file is missing.", "Write it: a table for each language, such as [pt], with title, slug and description.");
            problems.extend(findings.into_problems());
        }
        navigation.insert(folder.to_owned(), shown(folder, group, slugs, options.default_lang));
    }
    navigation
}

fn shown(folder: &str, group: Option<&Group>, mut slugs: PerLang<Option<String>>, default: Lang) -> ShownGroup {
    let mut text = |lang: Lang| {
        let words = group.and_then(|group| words(group, lang, default));
        let title = words.map_or_else(|| folder_title(folder), |words| words.title.clone());
        GroupText {
            slug: slugs[lang].take().unwrap_or_default(),
            description: words.map_or_else(String::new, |words| words.description.clone()),
            door: words.and_then(|words| words.door.clone()).unwrap_or_else(|| title.clone()),
            title,
        }
    };
    ShownGroup {
        order: group.map_or(0, |group| group.order),
        icon: group.and_then(|group| group.icon.clone()),
        texts: PerLang([text(Lang::Pt), text(Lang::Es), text(Lang::En)]),
    }
}

/// The words of a language, else those of the default language, else the first there are.
fn words(group: &Group, lang: Lang, default: Lang) -> Option<&GroupWords> {
    [lang, default].into_iter().chain(Lang::ALL).find_map(|lang| group.texts[lang].as_ref())
}

/// `ask-for-a-refund` becomes "Ask for a refund".
pub(super) fn folder_title(folder: &str) -> String {
    let name = folder.rsplit('/').next().unwrap_or(folder).replace(['-', '_'], " ");
    let mut letters = name.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

pub(super) fn group_file(folder: &str) -> String {
    format!("{folder}/{}", if folder.contains('/') { TOPIC_FILE } else { SECTION_FILE })
}

/// A slug made from a title, else from a folder's name; never empty, never a reserved word.
pub(super) fn derived_slug(title: &str, folder: &str) -> String {
    let made = Some(slugify(title)).filter(|slug| !slug.is_empty()).unwrap_or_else(|| slugify(folder.rsplit('/').next().unwrap_or(folder)));
    if made.is_empty() || RESERVED_SLUGS.contains(&made.as_str()) { format!("{made}-page").trim_start_matches('-').to_owned() } else { made }
}

struct Slugs<'a> {
    cache: &'a SourceCache,
    options: &'a LoadOptions,
    problems: &'a mut Vec<Problem>,
    /// Parent folder, language and slug.
    taken: HashSet<(String, Lang, String)>,
}

impl Slugs<'_> {
    /// Who wrote a slug, or has it on record, comes before those whose slug is made from a title.
    fn assign(&mut self, folders: &[&str]) -> Vec<PerLang<Option<String>>> {
        let mut assigned: Vec<PerLang<Option<String>>> = folders.iter().map(|_| PerLang::default()).collect();
        for lang in Lang::ALL {
            let mut wishes: Vec<(bool, usize, String)> = folders
                .iter()
                .enumerate()
                .map(|(place, folder)| {
                    let (slug, is_derived) = self.wish(folder, lang);
                    (is_derived, place, slug)
                })
                .collect();
            wishes.sort();
            for (_, place, slug) in wishes {
                assigned[place][lang] = Some(self.claim(folders[place], lang, slug));
            }
        }
        assigned
    }

    fn wish(&self, folder: &str, lang: Lang) -> (String, bool) {
        let group = self.cache.groups.get(folder).and_then(|kept| kept.good.as_ref());
        let own = group.and_then(|group| group.texts[lang].as_ref());
        let words = group.and_then(|group| words(group, lang, self.options.default_lang));
        // A borrowed slug is not on record under this language, and a folder without words is found by its record.
        let recorded = || self.cache.addresses.good.as_ref().filter(|_| own.is_some() || words.is_none())?.slug(folder, lang);
        match words.and_then(|words| words.slug.as_deref()).or_else(recorded) {
            Some(slug) => (slug.to_owned(), false),
            None => (derived_slug(words.map_or("", |words| words.title.as_str()), folder), true),
        }
    }

    fn claim(&mut self, folder: &str, lang: Lang, slug: String) -> String {
        let parent = folder.rsplit_once('/').map_or("", |(parent, _)| parent).to_owned();
        if self.taken.insert((parent.clone(), lang, slug.clone())) {
            return slug;
        }
        let own = self.cache.groups.get(folder).and_then(|kept| kept.good.as_ref()).and_then(|group| group.texts[lang].as_ref());
        if let Some(own) = own {
            let mut findings = Findings::new(&group_file(folder));
            let what = format!("The slug \"{slug}\" is taken by a neighbour in the language {}.", lang.code());
            findings.wrong(own.slug_line, what, "Write another slug.");
            self.problems.extend(findings.into_problems());
        }
        let base = derived_slug("", folder);
        let mut count = 1;
        loop {
            let other = if count == 1 { base.clone() } else { format!("{base}-{count}") };
            if self.taken.insert((parent.clone(), lang, other.clone())) {
                return other;
            }
            count += 1;
        }
    }
}
