//! Puts what is cited in its place, and keeps for each line the line of the file that it came from.

use std::collections::BTreeSet;

use super::facts::is_name;
use super::{Citation, Insertions};
use crate::articles::problem::Findings;
use crate::articles::scan::FRAGMENTS_FOLDER;
use crate::articles::slug::did_you_mean;
use crate::articles::text::quoted;
use crate::i18n::Lang;

const FACT: &str = "{{fact:";
const INCLUDE: &str = "{{include:";
const END: &str = "}}";

/// Fragments that cite fragments that cite fragments: nobody could follow more.
const INCLUDES_MAX_DEPTH: usize = 8;
/// Of a text together with what it includes: a few fragments that include each other twice would fill any memory.
const FILLED_MAX_BYTES: usize = 1024 * 1024;

/// A text with everything in its place.
#[derive(Debug, Default)]
pub(in crate::articles) struct Filled {
    pub(in crate::articles) text: String,
    /// For each line of `text`, the line of the article's file: an included line has that of the citation.
    pub(in crate::articles) lines: Vec<usize>,
}

/// Fills the texts of one file, and keeps what they cite.
pub(in crate::articles) struct Cited<'a> {
    insertions: &'a Insertions,
    lang: Lang,
    pub(in crate::articles) citations: BTreeSet<Citation>,
    /// Fragments that are being included.
    open: Vec<&'a str>,
}

impl<'a> Cited<'a> {
    pub(in crate::articles) fn new(insertions: &'a Insertions, lang: Lang) -> Self {
        Self { insertions, lang, citations: BTreeSet::new(), open: Vec::new() }
    }

    /// Fills a body whose first line is `first_line` of its file.
    pub(in crate::articles) fn fill_body(&mut self, text: &str, first_line: usize, findings: &mut Findings) -> Filled {
        let mut filled = Filled { text: String::with_capacity(text.len()), lines: Vec::new() };
        for (index, line) in text.split_inclusive('\n').enumerate() {
            self.add(&mut filled, line, first_line + index, findings);
        }
        filled
    }

    fn add(&mut self, filled: &mut Filled, line: &str, number: usize, findings: &mut Findings) {
        match included(line) {
            Some(path) => self.include(filled, path, number, findings),
            None => {
                filled.lines.push(number);
                filled.text.push_str(&self.fill(line, number, findings));
            }
        }
    }

    fn include(&mut self, filled: &mut Filled, path: &str, number: usize, findings: &mut Findings) {
        let (insertions, lang) = (self.insertions, self.lang);
        let name = path.strip_prefix(FRAGMENTS_FOLDER).and_then(|rest| rest.strip_prefix('/')).unwrap_or_default();
        let Some((name, texts)) = insertions.fragments.get_key_value(name) else {
            let known = insertions.fragments.keys().map(|name| format!("{FRAGMENTS_FOLDER}/{name}")).collect::<Vec<_>>();
            let fix = format!(
                "Write {INCLUDE}{FRAGMENTS_FOLDER}/name{END} for the folder {FRAGMENTS_FOLDER}/name.{}",
                did_you_mean(path, known.iter().map(String::as_str))
            );
            return findings.broken(number, format!("There is no fragment {}.", quoted(path)), fix);
        };
        self.citations.insert(Citation::Fragment(name.clone()));
        if self.open.contains(&name.as_str()) || self.open.len() >= INCLUDES_MAX_DEPTH {
            let way = self.open.iter().copied().chain([name.as_str()]).collect::<Vec<_>>().join(" → ");
            return findings.broken(number, format!("The fragments include each other in a circle or too deep: {way}."), "Take one of these out.");
        }
        let Some(text) = &texts[lang] else {
            let what = format!("The fragment {} has no text in the language {}.", quoted(name), lang.code());
            return findings.broken(number, what, format!("Write {FRAGMENTS_FOLDER}/{name}/{}.md.", lang.code()));
        };
        self.open.push(name);
        for line in text.split_inclusive('\n') {
            if filled.text.len() > FILLED_MAX_BYTES {
                findings.broken(number, "The text with all that it includes is too long.", "Include fewer fragments.");
                break;
            }
            self.add(filled, line, number, findings);
        }
        self.open.pop();
        if !filled.text.ends_with('\n') {
            filled.text.push('\n');
        }
    }

    /// A line with the values of the facts that it cites.
    pub(in crate::articles) fn fill(&mut self, line: &str, number: usize, findings: &mut Findings) -> String {
        if line.contains(INCLUDE) {
            findings.broken(number, "An {{include:…}} stands within a line.", "Write it on a line of its own.");
        }
        let mut filled = String::with_capacity(line.len());
        let mut rest = line;
        while let Some((before, after)) = rest.split_once(FACT) {
            filled.push_str(before);
            let Some((name, behind)) = after.split_once(END).filter(|(name, _)| is_name(name.trim())) else {
                let fix = "Write {{fact:name}}, with the name as in facts.toml.";
                findings.broken(number, "A {{fact:…}} is not closed, or its name is not one.", fix);
                return line.to_owned();
            };
            rest = behind;
            self.citations.insert(Citation::Fact(name.trim().to_owned()));
            filled.push_str(self.value(name.trim(), number, findings));
        }
        filled.push_str(rest);
        filled
    }

    fn value(&self, name: &str, number: usize, findings: &mut Findings) -> &'a str {
        let Some(fact) = self.insertions.facts.get(name) else {
            let known = self.insertions.facts.keys().map(String::as_str);
            let fix = format!("Write it into facts.toml, or correct the name.{}", did_you_mean(name, known));
            findings.broken(number, format!("There is no fact {}.", quoted(name)), fix);
            return "";
        };
        let lang = self.lang.code();
        fact.values[self.lang].as_deref().unwrap_or_else(|| {
            let what = format!("The fact {} has no value in the language {lang}.", quoted(name));
            findings.broken(number, what, format!("Write {lang} = \"…\" below [{name}] in facts.toml."));
            ""
        })
    }
}

/// The path of a line that is nothing but an include.
fn included(line: &str) -> Option<&str> {
    line.trim().strip_prefix(INCLUDE)?.strip_suffix(END).map(str::trim).filter(|path| !path.contains(['{', '}']))
}
