//! `synonyms.toml` and `pinned.toml`: by these, staff help the search where articles alone don't do.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use serde::Deserialize;

use super::groups::{line_of, parse};
use super::model::{ArticleId, Pin, Synonym};
use super::problem::Findings;
use super::text::{quoted, read_text};
use crate::i18n::{Lang, PerLang};

const FILE_MAX_BYTES: usize = 8 * 1024 * 1024;
/// Words of one entry: longer ones are sentences, which nobody types alike.
const ENTRY_MAX_WORDS: usize = 6;
const ENTRY_MAX_CHARS: usize = 80;
/// Entries of one row that mean the same.
const ROW_MAX_ENTRIES: usize = 20;
/// Synonyms of one language, both directions counted.
const SYNONYMS_MAX: usize = 200_000;
/// A way back that is longer than this is nobody's mistake of a moment.
const CYCLE_MAX_ENTRIES: usize = 50;
const QUERIES_MAX: usize = 10_000;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SynonymFile {
    pt: Option<SynonymTable>,
    es: Option<SynonymTable>,
    en: Option<SynonymTable>,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct SynonymTable {
    same: Vec<Vec<String>>,
    also: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PinFile {
    #[serde(default)]
    pt: Vec<PinTable>,
    #[serde(default)]
    es: Vec<PinTable>,
    #[serde(default)]
    en: Vec<PinTable>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct PinTable {
    queries: Vec<String>,
    article: String,
}

/// Reads `synonyms.toml`; `None` when it is broken.
pub(super) fn read_synonyms(path: &Path, findings: &mut Findings) -> Option<PerLang<Vec<Synonym>>> {
    const KEYS: [&str; 5] = ["pt", "es", "en", "same", "also"];
    let text = read_text(path, FILE_MAX_BYTES, findings)?;
    let file: SynonymFile = parse(&text, &KEYS, findings)?;
    let mut synonyms = PerLang::<Vec<Synonym>>::default();
    for (lang, table) in [(Lang::Pt, file.pt), (Lang::Es, file.es), (Lang::En, file.en)] {
        let table = table.unwrap_or_default();
        let same_line = line_of(&text, Some(lang.code()), "same");
        for row in &table.same {
            let line = row.first().map_or(same_line, |entry| line_holding(&text, entry, same_line));
            check_row(row, 2, line, findings);
            for from in row {
                let to: Vec<String> = row.iter().filter(|entry| *entry != from).cloned().collect();
                synonyms[lang].push(Synonym { from: from.clone(), to, line, both_ways: true });
            }
        }
        for (from, to) in table.also {
            let line = line_of(&text, Some(&format!("{}.also", lang.code())), &from);
            check_row(&to, 1, line, findings);
            check_entry(&from, line, findings);
            synonyms[lang].push(Synonym { from, to, line, both_ways: false });
        }
        if synonyms[lang].len() > SYNONYMS_MAX {
            findings.broken(same_line, "There are too many synonyms.", format!("Keep at most {SYNONYMS_MAX} in a language."));
        }
        note_cycles(&synonyms[lang], findings);
    }
    (!findings.is_broken()).then_some(synonyms)
}

fn check_row(row: &[String], least: usize, line: usize, findings: &mut Findings) {
    if row.len() < least || row.len() > ROW_MAX_ENTRIES {
        findings.broken(line, format!("This row has {} entries.", row.len()), format!("Write {least} to {ROW_MAX_ENTRIES}."));
    }
    row.iter().for_each(|entry| check_entry(entry, line, findings));
}

fn check_entry(entry: &str, line: usize, findings: &mut Findings) {
    let words = entry.split_whitespace().count();
    if !(1..=ENTRY_MAX_WORDS).contains(&words) || entry.chars().count() > ENTRY_MAX_CHARS || entry.chars().any(char::is_control) {
        let fix = format!("Write 1 to {ENTRY_MAX_WORDS} words, {ENTRY_MAX_CHARS} characters at most.");
        findings.broken(line, format!("{} can't be a synonym.", quoted(entry)), fix);
    }
}

/// One way there and one way back is both ways, which has a clearer place.
fn note_cycles(synonyms: &[Synonym], findings: &mut Findings) {
    let also: HashMap<&str, &Synonym> =
        synonyms.iter().filter(|synonym| !synonym.both_ways).map(|synonym| (synonym.from.as_str(), synonym)).collect();
    for synonym in also.values() {
        let mut reached: Vec<&str> = synonym.to.iter().map(String::as_str).collect();
        let mut at = 0;
        while let Some(next) = reached.get(at).copied() {
            at += 1;
            for further in also.get(next).into_iter().flat_map(|next| &next.to) {
                if !reached.contains(&further.as_str()) && reached.len() < CYCLE_MAX_ENTRIES {
                    reached.push(further);
                }
            }
        }
        if reached.contains(&synonym.from.as_str()) {
            let what = format!("From {} the one-way synonyms lead back to it.", quoted(&synonym.from));
            findings.wrong(synonym.line, what, "Put those that mean the same into one row of same, and take them out of also.");
        }
    }
}

/// Reads `pinned.toml`; `None` when it is broken.
pub(super) fn read_pins(path: &Path, findings: &mut Findings) -> Option<Vec<Pin>> {
    const KEYS: [&str; 5] = ["pt", "es", "en", "queries", "article"];
    let text = read_text(path, FILE_MAX_BYTES, findings)?;
    let file: PinFile = parse(&text, &KEYS, findings)?;
    let mut pins = Vec::new();
    for (lang, tables) in [(Lang::Pt, file.pt), (Lang::Es, file.es), (Lang::En, file.en)] {
        for table in tables {
            let line = line_holding(&text, &table.article, 1);
            for query in table.queries {
                if query.trim().is_empty() || query.chars().count() > ENTRY_MAX_CHARS {
                    findings.broken(line, "A question here is empty or too long.", format!("Write 1 to {ENTRY_MAX_CHARS} characters."));
                }
                pins.push(Pin { lang, query, article: ArticleId(table.article.as_str().into()), line });
            }
        }
    }
    if pins.len() > QUERIES_MAX {
        findings.broken(1, "There are too many pinned questions.", format!("Keep at most {QUERIES_MAX}; synonyms and keywords go further."));
    }
    (!findings.is_broken()).then_some(pins)
}

/// The first line that holds a text between quotes, else another.
fn line_holding(text: &str, entry: &str, otherwise: usize) -> usize {
    let quoted = format!("\"{entry}\"");
    text.lines().position(|line| line.contains(&quoted)).map_or(otherwise, |index| index + 1)
}
