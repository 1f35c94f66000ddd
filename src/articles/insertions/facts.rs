//! `facts.toml`: days, hours, fees and limits, each once, with its value in each language.

use std::collections::BTreeMap;
use std::path::Path;

use toml::Value;

use crate::articles::groups::{line_of, parse};
use crate::articles::problem::Findings;
use crate::articles::text::{quoted, read_text};
use crate::i18n::{Lang, PerLang};

const FILE_MAX_BYTES: usize = 1024 * 1024;
const NAME_MAX_CHARS: usize = 60;
/// A value stands in the middle of a sentence.
const VALUE_MAX_CHARS: usize = 120;
const MARKUP: &str = "|`*[]{}<>\\";

/// A value that may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::articles) struct Fact {
    pub(in crate::articles) values: PerLang<Option<String>>,
    /// Where its table begins.
    pub(in crate::articles) line: usize,
}

/// Reads the file; `None` when it can't be read at all. A fact with something wrong is left out, the others count.
pub(in crate::articles) fn read_facts(path: &Path, findings: &mut Findings) -> Option<BTreeMap<String, Fact>> {
    let text = read_text(path, FILE_MAX_BYTES, findings)?;
    let tables: BTreeMap<String, Value> = parse(&text, &["pt", "es", "en"], findings)?;
    let mut facts = BTreeMap::new();
    for (name, table) in tables {
        let line = line_of(&text, Some(&name), "");
        if !is_name(&name) {
            let fix = format!("Use lower-case letters a to z, digits and hyphens, {NAME_MAX_CHARS} at most.");
            findings.wrong(line, format!("{} can't be the name of a fact.", quoted(&name)), fix);
        } else if let Some(values) = values(&text, &name, &table, findings) {
            facts.insert(name, Fact { values, line });
        }
    }
    Some(facts)
}

fn values(text: &str, name: &str, table: &Value, findings: &mut Findings) -> Option<PerLang<Option<String>>> {
    const FIX: &str = "Write below [name] a line pt = \"…\", es = \"…\" and en = \"…\", each a short text.";
    let Some(table) = table.as_table() else {
        findings.wrong(line_of(text, None, name), format!("{} is not a table of languages.", quoted(name)), FIX);
        return None;
    };
    let mut values = PerLang::<Option<String>>::default();
    for (key, value) in table {
        let line = line_of(text, Some(name), key);
        match (Lang::parse(key), value.as_str()) {
            (Some(lang), Some(value)) if fits(value) => values[lang] = Some(value.to_owned()),
            (Some(lang), Some(_)) => {
                let what = format!("The value of {} in {} is empty, too long, or more than plain words.", quoted(name), lang.code());
                let fix = format!("Write 1 to {VALUE_MAX_CHARS} characters on one line, without quotation marks and the signs {MARKUP}.");
                findings.wrong(line, what, fix);
                return None;
            }
            _ => {
                findings.wrong(line, format!("{} of {} is not a language with a text.", quoted(key), quoted(name)), FIX);
                return None;
            }
        }
    }
    Some(values)
}

/// A value is put into Markdown, tables and titles as it is: signs that mean something there would change what stands around it.
fn fits(value: &str) -> bool {
    let is_plain = |letter: char| !MARKUP.contains(letter) && letter != '"' && !letter.is_control() && !is_invisible(letter);
    !value.trim().is_empty() && value.chars().count() <= VALUE_MAX_CHARS && value.chars().all(is_plain)
}

/// Turns the direction of writing, or ends a line, without being seen.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

pub(super) fn is_name(name: &str) -> bool {
    (1..=NAME_MAX_CHARS).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}
