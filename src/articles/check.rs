//! `ajuda check`: everything that is wrong with a folder of articles, and the records of its addresses and days.

mod asks;
mod citations;
mod recording;

use crate::values::fold;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fmt;
use std::fs;
use std::path::PathBuf;

use super::addresses::{self, State, lang_of};
use super::assemble::assemble;
use super::lint;
use super::markdown::template::Target;
use super::model::{Library, PageTarget};
use super::problem::{Findings, Level, Problem};
use super::records;
use super::scan::{ADDRESSES_FILE, RECORDS_FILE, SYNONYMS_FILE};
use super::slug::did_you_mean;
use super::text::quoted;
use crate::articles::content_store::ContentStoreError;
use crate::articles::options::LoadOptions;
use crate::articles::source_cache::SourceCache;
use crate::i18n::Lang;

pub use recording::Recording;

/// What `ajuda check` found.
#[derive(Debug)]
pub struct Report {
    root: PathBuf,
    /// Sorted by file and line.
    pub problems: Vec<Problem>,
    /// Articles that readers can open.
    pub articles: usize,
    /// Addresses now on record, if they were to be recorded and nothing stood in the way.
    pub recorded: Option<usize>,
    /// Every fact with the files that cite it, for people to read.
    pub facts: String,
}

impl Report {
    /// Whether anything but notes was found.
    pub fn failed(&self) -> bool {
        self.mistakes() > 0
    }

    fn mistakes(&self) -> usize {
        self.problems.iter().filter(|problem| problem.level != Level::Taste).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for problem in &self.problems {
            writeln!(f, "{}:{}: {}", self.root.join(&*problem.file).display(), problem.line, problem.message())?;
        }
        let (mistakes, notes) = (self.mistakes(), self.problems.len() - self.mistakes());
        writeln!(f, "{} articles, {mistakes} problems, {notes} notes.", self.articles)?;
        match self.recorded {
            Some(count) => writeln!(f, "{count} addresses are on record in {}.", self.root.join(ADDRESSES_FILE).display()),
            None => Ok(()),
        }
    }
}

/// Reads the whole folder and names every problem. When it records, it writes `addresses.tsv` and `recorded.tsv`, unless there are problems.
pub fn run(options: &LoadOptions, recording: &Recording) -> Result<Report, ContentStoreError> {
    let mut cache = SourceCache::default();
    cache.refresh(options).map_err(|error| ContentStoreError::new(options, &error))?;
    let (library, mut problems) = assemble(&mut cache, options, options.clock.now(), None);
    problems.extend(unused_pictures(&cache));
    problems.extend(unknown_synonyms(&library));
    problems.extend(lint::run(options, &cache));
    problems.extend(citations::unused(&cache));
    problems.extend(asks::repeated(&library, &cache));
    problems.extend(asks::topics_without_article(&cache));
    problems.extend(recording::overtaken(&cache));
    let facts = citations::list(&cache);
    let mut report = Report { root: options.root.clone(), problems, articles: library.articles.len(), recorded: None, facts };
    report.problems.extend(recording.unknown(&cache).map(|name| unknown_name(name, &cache)));
    let addresses = addresses_to_record(&library, &cache);
    if *recording != Recording::No && !report.failed() {
        record(options, recording, &cache, &addresses, &mut report);
    } else {
        report.problems.extend(address_notes(&library, &cache, &addresses));
        report.problems.extend(recording::notes(&cache));
    }
    report.problems.sort();
    Ok(report)
}

/// Nothing is recorded then: a day that moved by a slip of the pen would not come back.
fn unknown_name(name: &str, cache: &SourceCache) -> Problem {
    let fix =
        format!("Write section/topic/article, as it lies below the articles' folder.{}", did_you_mean(name, cache.texts.keys().map(String::as_str)));
    let what = format!("--meaning-unchanged names no article: {}.", quoted(name));
    Problem { file: RECORDS_FILE.into(), line: 1, level: Level::Wrong, what, fix }
}

fn record(options: &LoadOptions, recording: &Recording, cache: &SourceCache, addresses: &BTreeMap<String, (String, State)>, report: &mut Report) {
    let days = records::render(&recording::records(cache, options, recording));
    for (file, text) in [(ADDRESSES_FILE, addresses::render(addresses)), (RECORDS_FILE, days)] {
        if let Err(error) = write(options, file, &text) {
            let mut findings = Findings::new(file);
            findings.wrong(1, format!("The file can't be written ({}).", error.kind()), "Check the rights of the folder.");
            report.problems.extend(findings.into_problems());
            return;
        }
    }
    report.recorded = Some(addresses.len());
}

/// All addresses, those of today and those on record, with what they are.
fn addresses_to_record(library: &Library, cache: &SourceCache) -> BTreeMap<String, (String, State)> {
    let mut records = BTreeMap::new();
    for (address, target) in &library.pages {
        let (lang, id, is_own) = match target {
            PageTarget::Section(lang, section) => (lang, section.clone(), has_words(cache, section, *lang)),
            PageTarget::Topic(lang, section, topic) => {
                let id = format!("{section}/{topic}");
                let is_own = has_words(cache, &id, *lang);
                (lang, id, is_own)
            }
            PageTarget::Article(lang, id) => {
                (lang, id.as_str().to_owned(), library.articles.get(id).is_some_and(|article| article.texts[*lang].is_some()))
            }
        };
        debug_assert_eq!(lang_of(address), Some(*lang));
        records.insert(address.clone(), (id, if is_own { State::Now } else { State::Borrowed }));
    }
    let known = |address: &str| cache.addresses.good.as_ref().and_then(|addresses| addresses.records.get(address));
    for (address, target) in &library.moved {
        let id = target.as_ref().and_then(|target| records.get(target)).map(|(id, _)| id.clone());
        let record = match (id, known(address)) {
            (Some(id), _) => (id, State::Old),
            (None, Some(record)) => (record.id.clone(), if is_there(cache, &record.id) { State::Old } else { State::Gone }),
            (None, None) => continue,
        };
        records.insert(address.clone(), record);
    }
    records
}

fn has_words(cache: &SourceCache, folder: &str, lang: Lang) -> bool {
    cache.groups.get(folder).and_then(|group| group.good.as_ref()).is_some_and(|group| group.texts[lang].is_some())
}

/// Whether the folder of an id still exists, visible to readers or not.
fn is_there(cache: &SourceCache, id: &str) -> bool {
    let prefix = format!("{id}/");
    cache.texts.contains_key(id)
        || cache.groups.contains_key(id)
        || cache.texts.range(prefix.clone()..).next().is_some_and(|(other, _)| other.starts_with(&prefix))
}

/// Names addresses that are not on record yet, and those that would be lost.
fn address_notes(library: &Library, cache: &SourceCache, records: &BTreeMap<String, (String, State)>) -> Vec<Problem> {
    let mut problems = Vec::new();
    let recorded = cache.addresses.good.as_ref().map(|addresses| &addresses.records);
    let fresh: Vec<&String> = records.keys().filter(|address| recorded.is_none_or(|recorded| !recorded.contains_key(*address))).collect();
    if let Some(first) = fresh.first() {
        let mut findings = Findings::new(ADDRESSES_FILE);
        findings.taste(
            1,
            format!("{} addresses are not on record, such as {first}.", fresh.len()),
            "Run ajuda check --record and commit the file, so that they are never lost.",
        );
        problems.extend(findings.into_problems());
    }
    for (address, record) in recorded.into_iter().flatten() {
        let is_lost = record.state != State::Gone && library.moved.get(address).is_some_and(Option::is_none) && !is_there(cache, &record.id);
        if is_lost {
            let mut findings = Findings::new(ADDRESSES_FILE);
            let what = format!("{address} leads nowhere: {} was withdrawn, and readers are told that it is gone.", record.id);
            let fix =
                format!("If another article answers instead, write formerly: [{address}] there; if not, ajuda check --record accepts the loss.");
            findings.taste(record.line, what, fix);
            problems.extend(findings.into_problems());
        }
    }
    problems
}

/// Synonyms that lead to nothing, because no article has the words.
fn unknown_synonyms(library: &Library) -> Vec<Problem> {
    let mut findings = Findings::new(SYNONYMS_FILE);
    for lang in Lang::ALL.into_iter().filter(|lang| !library.synonyms[*lang].is_empty()) {
        let words = words_of(library, lang);
        let is_known = |entry: &String| entry.split_whitespace().all(|word| begins_a_word(&words, &fold(word)));
        for synonym in &library.synonyms[lang] {
            // Of a row that means the same, one that articles know is enough: the others are what readers type instead.
            let leads_nowhere =
                if synonym.both_ways { !synonym.to.iter().any(is_known) && !is_known(&synonym.from) } else { !synonym.to.iter().all(is_known) };
            if leads_nowhere {
                let what = format!("{} leads to words that no article in the language {} has.", quoted(&synonym.from), lang.code());
                findings.wrong(synonym.line, what, "Write words as the articles have them, or take the entry out.");
            }
        }
    }
    findings.into_problems()
}

fn words_of(library: &Library, lang: Lang) -> BTreeSet<String> {
    let texts = library.articles.values().filter_map(|article| article.texts[lang].as_ref());
    let parts = texts.flat_map(|text| {
        let passages = text.passages.iter().flat_map(|passage| passage.heading.iter().map(|heading| &heading.text).chain([&passage.text]));
        [&text.title, &text.summary].into_iter().chain(&text.keywords).chain(passages)
    });
    parts.flat_map(|part| part.split(|letter: char| !letter.is_alphanumeric())).map(fold).collect()
}

/// Whether any word is this one or a form of it: endings of two letters don't matter.
fn begins_a_word(words: &BTreeSet<String>, word: &str) -> bool {
    let letters = word.chars().count();
    let start: String = word.chars().take(letters.saturating_sub(2).max(4)).collect();
    words.range(start.clone()..).next().is_some_and(|found| found.starts_with(&start))
}

fn unused_pictures(cache: &SourceCache) -> Vec<Problem> {
    let mut used = HashSet::new();
    for (id, entries) in &cache.texts {
        for entry in entries.0.iter().flatten() {
            // A broken text may show them once it is fixed.
            let Ok(source) = &entry.current else {
                used.insert(id.clone());
                continue;
            };
            used.extend(source.references.iter().filter_map(|reference| match &reference.target {
                Target::Picture { name, .. } => cache.picture(id, name).map(|(path, _)| path.clone()),
                Target::Folder { .. } => None,
            }));
        }
    }
    let mut problems = Vec::new();
    for path in cache.pictures.keys() {
        let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        if !used.contains(path) && !used.contains(folder) {
            let mut findings = Findings::new(path);
            findings.taste(1, "No text shows this picture.", "Delete it, or show it: ![what it shows](file name).");
            problems.extend(findings.into_problems());
        }
    }
    problems
}

/// Writes beside the file and renames, so that a crash leaves the old record or the new one.
fn write(options: &LoadOptions, name: &str, text: &str) -> std::io::Result<()> {
    let file = options.root.join(name);
    if fs::read_to_string(&file).is_ok_and(|known| known == text) {
        return Ok(());
    }
    let beside = options.root.join(format!(".{name}.new"));
    fs::write(&beside, text)?;
    fs::rename(&beside, &file)
}
