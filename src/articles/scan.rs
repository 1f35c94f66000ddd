//! What lies in the articles' folder. Symbolic links are not followed and only plain files are ever opened.

use std::collections::BTreeMap;
use std::fs::{self, DirEntry};
use std::io;
use std::path::Path;
use std::time::UNIX_EPOCH;

use super::picture::is_picture_name;
use super::problem::{Findings, Problem};
use super::text::quoted;
use crate::i18n::Lang;

pub(super) const CONTACT_FILE: &str = "contact.toml";
pub(super) const ADDRESSES_FILE: &str = "addresses.tsv";
pub(super) const SYNONYMS_FILE: &str = "synonyms.toml";
pub(super) const PINS_FILE: &str = "pinned.toml";
pub(super) const SECTION_FILE: &str = "section.toml";
pub(super) const TOPIC_FILE: &str = "topic.toml";
pub(super) const FACTS_FILE: &str = "facts.toml";
pub(super) const RECORDS_FILE: &str = "recorded.tsv";
pub(super) const TOPICS_FILE: &str = "topics.tsv";
/// Passages that stand in many articles: `fragments/name/pt.md`. Never a section.
pub(super) const FRAGMENTS_FOLDER: &str = "fragments";
/// Folders of the articles' folder that are no sections.
const RESERVED_FOLDERS: [&str; 2] = [FRAGMENTS_FOLDER, WORDS_FOLDER];
/// Words that the check of the spelling takes for right; no section.
pub(super) const WORDS_FOLDER: &str = "words";

/// Section, topic, article: folders below an article's are not looked into.
const FOLDERS_MAX_DEPTH: usize = 3;

/// Tells two versions of a file apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Stamp {
    /// When the file was last changed, in nanoseconds since 1970.
    modified_nanos: i128,
    bytes: u64,
}

/// What a file is to the help center.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Contact,
    Addresses,
    Synonyms,
    Pins,
    Facts,
    /// When each text last changed in meaning.
    Records,
    /// Which article answers which topic.
    Topics,
    Fragment(Lang),
    Section,
    Topic,
    Text(Lang),
    Picture,
}

impl Kind {
    /// Whether texts are made with it, so that they are read after it.
    pub(super) fn is_cited(self) -> bool {
        matches!(self, Self::Facts | Self::Fragment(_))
    }
}

/// A file that matters, by its path below the articles' folder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Found {
    pub(super) kind: Kind,
    pub(super) stamp: Stamp,
}

/// One look at the folder.
#[derive(Debug, Default)]
pub(super) struct Scan {
    pub(super) files: BTreeMap<String, Found>,
    pub(super) problems: Vec<Problem>,
}

/// Looks through the folder. Fails only when the folder itself can't be read.
pub(super) fn scan(root: &Path) -> io::Result<Scan> {
    // The folder itself may be a link, as deployments like to have it.
    let root = fs::canonicalize(root)?;
    let mut scan = Scan::default();
    for entry in fs::read_dir(&root)? {
        scan.entry(&entry?, "", 0);
    }
    Ok(scan)
}

impl Scan {
    fn folder(&mut self, path: &Path, name: &str, depth: usize) {
        match fs::read_dir(path) {
            Ok(entries) => entries.flatten().for_each(|entry| self.entry(&entry, name, depth)),
            Err(error) => {
                let what = format!("The folder can't be read ({}).", error.kind());
                self.note(name, |findings| findings.broken(1, what, "Give the program the right to read it."));
            }
        }
    }

    fn entry(&mut self, entry: &DirEntry, folder: &str, depth: usize) {
        let name = entry.file_name();
        let Some(name) = name.to_str().filter(|name| !name.contains(char::is_control)) else {
            let shown = format!("{folder}/{}", quoted(&name.to_string_lossy()));
            return self.note(&shown, |findings| findings.wrong(1, "The name is not plain UTF-8 text, so it was skipped.", "Rename it."));
        };
        if name.starts_with('.') || (folder.is_empty() && name == WORDS_FOLDER) {
            return;
        }
        let path = if folder.is_empty() { name.to_owned() } else { format!("{folder}/{name}") };
        // Without following links.
        let Ok(about) = fs::symlink_metadata(entry.path()) else { return };
        if about.is_symlink() {
            self.note(&path, |findings| findings.wrong(1, "This is a symbolic link; it is not followed.", "Put the file itself there."));
        } else if about.is_dir() && depth < FOLDERS_MAX_DEPTH {
            if is_folder_name(name) {
                self.folder(&entry.path(), &path, depth + 1);
            } else {
                self.note(&path, |findings| {
                    findings.wrong(
                        1,
                        "The folder's name can't be part of an id, so it is left out.",
                        "Use only letters a to z, digits, hyphens and underscores.",
                    );
                });
            }
        } else if about.is_file() {
            self.file(name, path, depth, &about);
        }
    }

    fn file(&mut self, name: &str, path: String, depth: usize, about: &fs::Metadata) {
        let kind = match (depth, name) {
            (0, CONTACT_FILE) => Kind::Contact,
            (0, ADDRESSES_FILE) => Kind::Addresses,
            (0, SYNONYMS_FILE) => Kind::Synonyms,
            (0, PINS_FILE) => Kind::Pins,
            (0, FACTS_FILE) => Kind::Facts,
            (0, RECORDS_FILE) => Kind::Records,
            (0, TOPICS_FILE) => Kind::Topics,
            (2, _) if is_reserved(&path) => match text_lang(name) {
                Some(lang) => Kind::Fragment(lang),
                None => return self.stray(name, &path),
            },
            _ if is_reserved(&path) => return self.misplaced(name, &path),
            (1, SECTION_FILE) => Kind::Section,
            (2, TOPIC_FILE) => Kind::Topic,
            (FOLDERS_MAX_DEPTH, _) => match text_lang(name) {
                Some(lang) => Kind::Text(lang),
                None if is_picture_name(name) => Kind::Picture,
                None => return self.stray(name, &path),
            },
            _ => return self.misplaced(name, &path),
        };
        let modified_nanos = about.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos());
        let stamp = Stamp { modified_nanos: i128::try_from(modified_nanos).unwrap_or(0), bytes: about.len() };
        self.files.insert(path, Found { kind, stamp });
    }

    /// Other files are ignored, but not those that were surely meant to be read.
    fn stray(&mut self, name: &str, path: &str) {
        let lower = name.to_ascii_lowercase();
        if (lower.ends_with(".md") || lower.ends_with(".markdown")) && lower != "readme.md" {
            self.note(path, |findings| findings.taste(1, "This file is not read.", "The texts of an article are pt.md, es.md and en.md."));
        }
    }

    fn misplaced(&mut self, name: &str, path: &str) {
        if text_lang(name).is_some() {
            let fix = "An article is a folder below a section and a topic: section/topic/article/pt.md.";
            self.note(path, |findings| findings.wrong(1, "This text is not in an article's folder, so it is left out.", fix));
        }
    }

    fn note(&mut self, path: &str, add: impl FnOnce(&mut Findings)) {
        let mut findings = Findings::new(path);
        add(&mut findings);
        self.problems.extend(findings.into_problems());
    }
}

fn is_reserved(path: &str) -> bool {
    path.split_once('/').is_some_and(|(folder, _)| RESERVED_FOLDERS.contains(&folder))
}

fn text_lang(name: &str) -> Option<Lang> {
    name.strip_suffix(".md").and_then(Lang::parse)
}

fn is_folder_name(name: &str) -> bool {
    name.len() <= 100 && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_'))
}
