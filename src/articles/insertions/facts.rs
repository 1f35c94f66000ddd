//! `facts.toml`: days, hours, fees and limits, each once, with its value in each language.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use crate::articles::groups::{line_of, parse};
use crate::articles::problem::Findings;
use crate::articles::text::{control_character, quoted, read_text};
use crate::i18n::{Lang, PerLang};

const FILE_MAX_BYTES: usize = 1024 * 1024;
const NAME_MAX_CHARS: usize = 60;
/// A value stands in the middle of a sentence.
const VALUE_MAX_CHARS: usize = 120;

/// A value that may change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::articles) struct Fact {
    pub(in crate::articles) values: PerLang<Option<String>>,
    /// Where its table begins.
    pub(in crate::articles) line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FactTable {
    pt: Option<String>,
    es: Option<String>,
    en: Option<String>,
}

/// Reads the file; `None` when it is broken.
pub(in crate::articles) fn read_facts(path: &Path, findings: &mut Findings) -> Option<BTreeMap<String, Fact>> {
    let text = read_text(path, FILE_MAX_BYTES, findings)?;
    let tables: BTreeMap<String, FactTable> = parse(&text, &["pt", "es", "en"], findings)?;
    let mut facts = BTreeMap::new();
    for (name, table) in tables {
        let line = line_of(&text, Some(&name), "");
        if !is_name(&name) {
            let mend = format!("Use lower-case letters a to z, digits and hyphens, {NAME_MAX_CHARS} at most.");
            findings.broken(line, format!("{} can't be the name of a fact.", quoted(&name)), mend);
        }
        let values = PerLang([table.pt, table.es, table.en]);
        for (lang, value) in values.iter() {
            if let Some(value) = value {
                check_value(&text, &name, lang, value, findings);
            }
        }
        facts.insert(name, Fact { values, line });
    }
    (!findings.is_broken()).then_some(facts)
}

pub(super) fn is_name(name: &str) -> bool {
    (1..=NAME_MAX_CHARS).contains(&name.len()) && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-')
}

fn check_value(text: &str, name: &str, lang: Lang, value: &str, findings: &mut Findings) {
    let fits = !value.trim().is_empty() && value.chars().count() <= VALUE_MAX_CHARS;
    if !fits || value.contains(['\n', '\t']) || value.contains("{{") || control_character(value).is_some() {
        let what = format!("The value of {} in {} is empty, too long or not on one line.", quoted(name), lang.code());
        findings.broken(line_of(text, Some(name), lang.code()), what, format!("Write 1 to {VALUE_MAX_CHARS} characters, without {{{{…}}}}."));
    }
}
