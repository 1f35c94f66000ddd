//! `asks` measure the search, so nothing that the search goes by may repeat one; and rows of `topics.tsv` that lead nowhere.

use crate::values::fold;
use std::collections::HashMap;

use crate::articles::model::Library;
use crate::articles::problem::{Findings, Problem};
use crate::articles::scan::{PINS_FILE, SYNONYMS_FILE, TOPICS_FILE};
use crate::articles::slug::did_you_mean;
use crate::articles::source_cache::SourceCache;
use crate::articles::text::quoted;
use crate::i18n::{Lang, PerLang};

/// Keywords, synonyms and pins that repeat a question of `asks` whole.
pub(super) fn repeated(library: &Library, cache: &SourceCache) -> Vec<Problem> {
    let mut asked: PerLang<HashMap<String, String>> = PerLang::default();
    let mut problems = Vec::new();
    let entries = cache.texts.values().flat_map(|entries| entries.0.iter().flatten());
    let sources: Vec<_> = entries.filter_map(|entry| entry.current.as_ref().ok()).collect();
    for source in &sources {
        asked[source.lang].extend(source.front.asks.iter().map(|ask| (plain(ask), source.file.to_string())));
    }
    for source in &sources {
        let mut findings = Findings::new(&source.file);
        for keyword in source.front.keywords.iter().filter_map(|keyword| repeats(&asked[source.lang], keyword).map(|file| (keyword, file))) {
            findings.wrong(source.front.keywords_line, what("keyword", keyword.0, keyword.1), FIX);
        }
        problems.extend(findings.into_problems());
    }
    let mut synonyms = Findings::new(SYNONYMS_FILE);
    let mut pins = Findings::new(PINS_FILE);
    for lang in Lang::ALL {
        for synonym in &library.synonyms[lang] {
            for entry in std::iter::once(&synonym.from).chain(&synonym.to) {
                if let Some(file) = repeats(&asked[lang], entry) {
                    synonyms.wrong(synonym.line, what("synonym", entry, file), FIX);
                }
            }
        }
        for pin in library.pins.iter().filter(|pin| pin.lang == lang) {
            if let Some(file) = repeats(&asked[lang], &pin.query) {
                pins.wrong(pin.line, what("pinned question", &pin.query, file), FIX);
            }
        }
    }
    problems.extend(synonyms.into_problems());
    problems.extend(pins.into_problems());
    problems.dedup();
    problems
}

const FIX: &str = "Take it out, or ask something else: a question that the search was told beforehand measures nothing.";

fn what(kind: &str, text: &str, file: &str) -> String {
    format!("The {kind} {} repeats a question of asks in {file}.", quoted(text))
}

fn repeats<'a>(asked: &'a HashMap<String, String>, text: &str) -> Option<&'a str> {
    asked.get(&plain(text)).map(String::as_str)
}

/// Without capitals, accents and signs.
fn plain(text: &str) -> String {
    fold(text).split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Rows of `topics.tsv` whose article isn't there.
pub(super) fn topics_without_article(cache: &SourceCache) -> Vec<Problem> {
    let mut findings = Findings::new(TOPICS_FILE);
    for row in cache.topics.good.iter().flatten().filter(|row| !cache.texts.contains_key(&row.article)) {
        let fix = format!("Write section/topic/article.{}", did_you_mean(&row.article, cache.texts.keys().map(String::as_str)));
        findings.wrong(row.line, format!("There is no article {}.", quoted(&row.article)), fix);
    }
    findings.into_problems()
}
