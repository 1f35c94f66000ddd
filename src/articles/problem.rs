//! What is wrong with a file, where, and how to fix it.

use std::fmt;
use std::sync::Arc;

/// More findings than this in one file are not worth reading before the first are fixed.
const PROBLEMS_PER_FILE_MAX: usize = 20;

/// What a problem does to its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Level {
    /// The file can't go live: readers see its last good version, or nothing.
    Broken,
    /// The file is live all the same, because the fault is elsewhere or what is wrong can be left out; `ajuda check` fails.
    Wrong,
    /// A matter of taste, or a note; `ajuda check` names it and passes.
    Taste,
}

/// One finding, printed as `file:line: what is wrong. How to fix it.`
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Problem {
    /// Path below the articles' folder, with `/`.
    pub file: Arc<str>,
    /// Counted from 1; 1 where the whole file or folder is meant.
    pub line: usize,
    pub level: Level,
    pub what: String,
    pub fix: String,
}

impl Problem {
    /// What is wrong and how to fix it, without the place.
    pub fn message(&self) -> String {
        let note = if self.level == Level::Taste { "note: " } else { "" };
        format!("{note}{} {}", self.what, self.fix)
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}: {}", self.file, self.line, self.message())
    }
}

/// Collects the problems of one file.
#[derive(Debug)]
pub(super) struct Findings {
    file: Arc<str>,
    problems: Vec<Problem>,
}

impl Findings {
    pub(super) fn new(file: &str) -> Self {
        Self { file: file.into(), problems: Vec::new() }
    }

    pub(super) fn broken(&mut self, line: usize, what: impl Into<String>, fix: impl Into<String>) {
        self.add(Level::Broken, line, what.into(), fix.into());
    }

    pub(super) fn wrong(&mut self, line: usize, what: impl Into<String>, fix: impl Into<String>) {
        self.add(Level::Wrong, line, what.into(), fix.into());
    }

    pub(super) fn taste(&mut self, line: usize, what: impl Into<String>, fix: impl Into<String>) {
        self.add(Level::Taste, line, what.into(), fix.into());
    }

    fn add(&mut self, level: Level, line: usize, what: String, fix: String) {
        // A broken file must stay known as broken, however many notes came first.
        let room = self.problems.len() < PROBLEMS_PER_FILE_MAX || (level == Level::Broken && !self.is_broken());
        if room {
            self.problems.push(Problem { file: self.file.clone(), line: line.max(1), level, what, fix });
        }
    }

    pub(super) fn is_broken(&self) -> bool {
        self.problems.iter().any(|problem| problem.level == Level::Broken)
    }

    pub(super) fn into_problems(self) -> Vec<Problem> {
        self.problems
    }
}
