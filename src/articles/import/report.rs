//! What an import did, and what it could not take.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt;
use std::path::PathBuf;

use super::detect::Generator;
use crate::i18n::Lang;

/// What became of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Weight {
    /// Something that readers saw is missing.
    LeftOut,
    /// It is there in another form, which somebody should look at.
    Changed,
    /// It was no text: programs, styles, comments.
    NoText,
}

/// One thing that is not as it was.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    pub file: String,
    pub line: usize,
    pub weight: Weight,
    pub what: String,
}

/// Collects what is to be said of one file.
#[derive(Debug)]
pub(super) struct Remarks<'a> {
    pub(super) file: &'a str,
    pub(super) list: Vec<Remark>,
}

impl<'a> Remarks<'a> {
    pub(super) fn new(file: &'a str) -> Self {
        Self { file, list: Vec::new() }
    }

    pub(super) fn left_out(&mut self, line: usize, what: impl Into<String>) {
        self.add(line, Weight::LeftOut, what.into());
    }

    pub(super) fn changed(&mut self, line: usize, what: impl Into<String>) {
        self.add(line, Weight::Changed, what.into());
    }

    pub(super) fn no_text(&mut self, line: usize, what: impl Into<String>) {
        self.add(line, Weight::NoText, what.into());
    }

    /// What is left out of a line that holds others is left out of these too.
    pub(super) fn spread(&mut self, joined: &HashMap<usize, usize>) {
        let more = self.list.iter().filter(|remark| remark.weight == Weight::LeftOut).flat_map(|remark| {
            let last = joined.get(&remark.line).copied().unwrap_or(remark.line);
            (remark.line + 1..=last).map(|line| Remark { line, ..remark.clone() })
        });
        let more: Vec<Remark> = more.collect();
        self.list.extend(more);
    }

    fn add(&mut self, line: usize, weight: Weight, what: String) {
        let what: String = what.split_whitespace().collect::<Vec<_>>().join(" ").chars().take(160).collect();
        let remark = Remark { file: self.file.to_owned(), line, weight, what };
        if self.list.last() != Some(&remark) {
            self.list.push(remark);
        }
    }
}

/// What was imported, and what is left to do.
#[derive(Debug)]
pub struct ImportReport {
    pub generator: Generator,
    pub into: PathBuf,
    /// Files with a text in a language of the help center.
    pub files: usize,
    /// How many of these stand in the new folder without a problem that keeps them from readers.
    pub loaded: usize,
    pub languages: BTreeMap<Lang, usize>,
    pub pictures: usize,
    /// Lines of these texts that are not empty.
    pub lines: usize,
    /// Sorted by file and line.
    pub remarks: Vec<Remark>,
    /// Files without a text to import, and why.
    pub skipped: Vec<(String, String)>,
    /// Keys of front matter that say nothing here, and in how many files they stand.
    pub keys: BTreeMap<String, usize>,
    /// Old addresses and where they lead now.
    pub redirects: Vec<(String, String)>,
    /// What `ajuda check` says of the imported files: line by line.
    pub problems: Vec<String>,
}

/// Of a list that is also in the report file.
const SHOWN_MAX: usize = 10;

impl ImportReport {
    /// Lines of which something is missing.
    pub fn lines_left_out(&self) -> usize {
        self.remarks.iter().filter(|remark| remark.weight == Weight::LeftOut).map(|remark| (&remark.file, remark.line)).collect::<BTreeSet<_>>().len()
    }

    /// The whole report, for the file beside the articles.
    pub fn full(&self) -> String {
        let mut text = format!("What ajuda import did ({}).\n\n{}", self.generator, self.figures());
        for (weight, title) in [
            (Weight::LeftOut, "Left out: readers of the old pages saw it"),
            (Weight::Changed, "Changed: it is there in another form; have a look"),
            (Weight::NoText, "No text: programs, styles and comments"),
        ] {
            let remarks: Vec<String> = self
                .remarks
                .iter()
                .filter(|remark| remark.weight == weight)
                .map(|remark| format!("{}:{}: {}", remark.file, remark.line, remark.what))
                .collect();
            section(&mut text, title, remarks);
        }
        section(&mut text, "Files that were not imported", self.skipped.iter().map(|(file, why)| format!("{file}: {why}")).collect());
        section(
            &mut text,
            "Keys of front matter that say nothing here",
            self.keys.iter().map(|(key, files)| format!("{key} (in {files} files)")).collect(),
        );
        section(&mut text, "What ajuda check says", self.problems.clone());
        section(&mut text, "Old addresses, and where they lead now", self.redirects.iter().map(|(old, now)| format!("{old}\t{now}")).collect());
        text
    }

    fn figures(&self) -> String {
        let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { 100.0 * part as f64 / whole as f64 };
        let languages: Vec<String> = self.languages.iter().map(|(lang, files)| format!("{files} in {}", english(*lang))).collect();
        format!(
            "  files       {} with a text ({}); {} of them load without a hand ({:.1} %)\n  lines       {}; of {} something is left out ({:.2} %)\n  images      {}\n  not taken   {} files\n",
            self.files,
            languages.join(", "),
            self.loaded,
            share(self.loaded, self.files),
            self.lines,
            self.lines_left_out(),
            share(self.lines_left_out(), self.lines),
            self.pictures,
            self.skipped.len(),
        )
    }
}

fn section(text: &mut String, title: &str, lines: Vec<String>) {
    if !lines.is_empty() {
        text.push_str(&format!("\n{title} ({})\n\n", lines.len()));
        lines.iter().for_each(|line| text.push_str(&format!("  {line}\n")));
    }
}

fn english(lang: Lang) -> &'static str {
    match lang {
        Lang::Pt => "Portuguese",
        Lang::Es => "Spanish",
        Lang::En => "English",
    }
}

impl fmt::Display for ImportReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "Imported a folder of {} into {}.\n\n{}", self.generator, self.into.display(), self.figures())?;
        let left_out: Vec<&Remark> = self.remarks.iter().filter(|remark| remark.weight == Weight::LeftOut).collect();
        for remark in left_out.iter().take(SHOWN_MAX) {
            writeln!(f, "{}:{}: left out: {}", remark.file, remark.line, remark.what)?;
        }
        for (file, why) in self.skipped.iter().take(SHOWN_MAX) {
            writeln!(f, "{file}: not imported: {why}")?;
        }
        for problem in self.problems.iter().take(SHOWN_MAX) {
            writeln!(f, "{problem}")?;
        }
        let more = [left_out.len(), self.skipped.len(), self.problems.len()].iter().map(|count| count.saturating_sub(SHOWN_MAX)).sum::<usize>();
        if more > 0 {
            writeln!(f, "… and {more} more.")?;
        }
        let into = self.into.display();
        writeln!(
            f,
            "\nAll of it stands in {}.\nLook at the pages with: ajuda preview --articles {into}\nWhat is left to fix: ajuda check --articles {into}",
            self.into.join(super::REPORT_FILE).display()
        )
    }
}
