//! Facts and fragments: which are cited where, and which are not cited at all.

use std::collections::{BTreeMap, BTreeSet};

use crate::articles::insertions::Citation;
use crate::articles::problem::{Findings, Problem};
use crate::articles::scan::{FACTS_FILE, FRAGMENTS_FOLDER};
use crate::articles::source_cache::SourceCache;
use crate::i18n::Lang;

/// Files by what they cite.
fn citing(cache: &SourceCache) -> BTreeMap<&Citation, BTreeSet<&str>> {
    let mut citing: BTreeMap<&Citation, BTreeSet<&str>> = BTreeMap::new();
    let entries = cache.texts.values().flat_map(|entries| entries.0.iter().flatten());
    for source in entries.filter_map(|entry| entry.current.as_ref().ok()) {
        for citation in &source.citations {
            citing.entry(citation).or_default().insert(&source.file);
        }
    }
    citing
}

/// Facts and fragments that nothing cites. Nothing is said while a text is broken: it may cite them.
pub(super) fn unused(cache: &SourceCache) -> Vec<Problem> {
    if cache.texts.values().flat_map(|entries| entries.0.iter().flatten()).any(|entry| entry.current.is_err()) {
        return Vec::new();
    }
    let citing = citing(cache);
    let mut facts = Findings::new(FACTS_FILE);
    for (name, fact) in &cache.insertions.facts {
        if !citing.contains_key(&Citation::Fact(name.clone())) {
            facts.taste(
                fact.line,
                format!("No article cites the fact {name}."),
                format!("Write {{{{fact:{name}}}}} where it is said, or delete it."),
            );
        }
    }
    let mut problems = facts.into_problems();
    for (name, texts) in cache.insertions.fragments.iter().filter(|(name, _)| !citing.contains_key(&Citation::Fragment((*name).clone()))) {
        let lang = texts.iter().find(|(_, text)| text.is_some()).map_or(Lang::En, |(lang, _)| lang);
        let mut findings = Findings::new(&format!("{FRAGMENTS_FOLDER}/{name}/{}.md", lang.code()));
        let fix = format!("Write {{{{include:{FRAGMENTS_FOLDER}/{name}}}}} where it is said, or delete the folder.");
        findings.taste(1, "No article includes this fragment.", fix);
        problems.extend(findings.into_problems());
    }
    problems
}

/// Every fact with its values and the files that cite it, for people to read.
pub(super) fn list(cache: &SourceCache) -> String {
    let citing = citing(cache);
    let mut list = String::new();
    for (name, fact) in &cache.insertions.facts {
        let values = fact.values.iter().map(|(lang, value)| format!("{}: {}", lang.code(), value.as_deref().unwrap_or("–")));
        list.push_str(&format!("{name} ({})\n", values.collect::<Vec<_>>().join("; ")));
        let files = citing.get(&Citation::Fact(name.clone()));
        files.into_iter().flatten().for_each(|file| list.push_str(&format!("  {file}\n")));
        if files.is_none() {
            list.push_str("  cited by no article\n");
        }
    }
    list
}
