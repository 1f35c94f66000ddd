//! What `ajuda check --record` writes down: on which day each text last changed in meaning.

use std::collections::BTreeMap;

use crate::articles::options::LoadOptions;
use crate::articles::problem::{Findings, Problem};
use crate::articles::records::{Record, Records};
use crate::articles::scan::RECORDS_FILE;
use crate::articles::source::Source;
use crate::articles::source_cache::SourceCache;

/// Whether `ajuda check` records, and what it takes changed texts for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Recording {
    #[default]
    No,
    /// A text whose words changed has another meaning as of today.
    Changed,
    /// The same, except for these: their words changed, their meaning didn't. Ids of articles or of topics, or files; none: all texts.
    MeaningUnchanged(Vec<String>),
}

impl Recording {
    fn keeps_day(&self, file: &str) -> bool {
        let Self::MeaningUnchanged(given) = self else { return false };
        given.is_empty() || given.iter().any(|given| holds(given, file))
    }

    /// Names of articles that there are none of.
    pub(super) fn unknown<'a>(&'a self, cache: &'a SourceCache) -> impl Iterator<Item = &'a str> {
        let given = if let Self::MeaningUnchanged(given) = self { given.as_slice() } else { &[] };
        given.iter().map(String::as_str).filter(|given| !texts(cache).keys().any(|file| holds(given, file)))
    }
}

/// Whether a name is a file's, or that of a folder it lies in.
fn holds(name: &str, file: &str) -> bool {
    let name = name.trim_end_matches('/');
    !name.is_empty() && file.strip_prefix(name).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The texts that are published or will be, by file.
fn texts(cache: &SourceCache) -> BTreeMap<&str, &Source> {
    let entries = cache.texts.values().flat_map(|entries| entries.0.iter().flatten());
    let sources = entries.filter_map(|entry| entry.current.as_ref().ok()).filter(|source| !source.front.draft);
    sources.map(|source| (&*source.file, &**source)).collect()
}

/// The records as they are to be: today for what is new or changed.
pub(super) fn records(cache: &SourceCache, options: &LoadOptions, recording: &Recording) -> Records {
    let today = options.today();
    let known = cache.records.good.clone().unwrap_or_default();
    let day = |source: &Source| match known.get(&*source.file) {
        Some(record) if record.hash == source.hash || recording.keeps_day(&source.file) => record.day,
        _ => today,
    };
    let now = texts(cache).into_iter().map(|(file, source)| (file.to_owned(), Record { day: day(source), hash: source.hash.clone() }));
    let now: Records = now.collect();
    // A text that went away for a while, or became a draft, has its day when it comes back.
    known.into_iter().chain(now).collect()
}

/// Texts that another language of the same article has overtaken.
pub(super) fn overtaken(cache: &SourceCache) -> Vec<Problem> {
    let Some(records) = &cache.records.good else { return Vec::new() };
    let mut problems = Vec::new();
    for entries in cache.texts.values() {
        let sources = entries.0.iter().flatten().filter_map(|entry| entry.current.as_ref().ok()).filter(|source| !source.front.draft);
        let dated: Vec<_> = sources.filter_map(|source| Some((source, records.get(&*source.file)?.day))).collect();
        let Some((newest, last)) = dated.iter().max_by_key(|(_, day)| *day) else { continue };
        for (source, day) in dated.iter().filter(|(_, day)| day < last) {
            let mut findings = Findings::new(&source.file);
            let what = format!("The text in {} changed in meaning on {last}, this one on {day}.", newest.lang.code());
            findings.taste(1, what, "Bring it up to date, or leave it where nothing changed for its readers.");
            problems.extend(findings.into_problems());
        }
    }
    problems
}

/// Names how many texts are not recorded as they are.
pub(super) fn notes(cache: &SourceCache) -> Vec<Problem> {
    let known = cache.records.good.as_ref();
    let is_recorded = |file: &str, source: &Source| known.and_then(|known| known.get(file)).is_some_and(|record| record.hash == source.hash);
    let changed: Vec<&str> = texts(cache).into_iter().filter(|(file, source)| !is_recorded(file, source)).map(|(file, _)| file).collect();
    let mut findings = Findings::new(RECORDS_FILE);
    if let Some(first) = changed.first() {
        findings.taste(
            1,
            format!("{} texts are new or changed since they were recorded, such as {first}.", changed.len()),
            "Run ajuda check --record and commit the file; add --meaning-unchanged ARTICLE for those where only the words changed.",
        );
    }
    findings.into_problems()
}
