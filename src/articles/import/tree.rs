//! The folder that is imported: which files there are, and their contents. Symbolic links are not followed, and nothing outside it is read.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, Read};
use std::path::{Path, PathBuf};

use crate::articles::resolve;

/// More files than any documentation has.
const FILES_MAX: usize = 100_000;
const FOLDERS_MAX_DEPTH: usize = 24;
/// Of one text or settings file.
pub(super) const TEXT_MAX_BYTES: u64 = 1024 * 1024;
/// Of all texts together.
const TEXTS_MAX_BYTES: u64 = 512 * 1024 * 1024;

/// Folders that hold programs, or what a generator made.
const LEFT_OUT_FOLDERS: [&str; 10] =
    ["node_modules", "vendor", "_site", "dist", "build", "target", "__pycache__", "venv", "bower_components", "snippets"];
/// Hidden folders that are looked into all the same.
const HIDDEN_FOLDERS: [&str; 2] = [".vitepress", ".vuepress"];

/// Why the folder can't be imported.
#[derive(Debug, thiserror::Error)]
pub enum TreeError {
    #[error("{}: can't be read ({}). Name a folder that exists and that you may read.", .0.display(), .1)]
    Unreadable(PathBuf, io::ErrorKind),
    #[error("{}: there are more than {FILES_MAX} files. Name the folder of the texts alone.", .0.display())]
    TooMany(PathBuf),
    #[error("{}: the texts together are larger than {} MiB. Import its folders one by one.", .0.display(), TEXTS_MAX_BYTES / 1024 / 1024)]
    TooLarge(PathBuf),
}

/// The files of a folder by their paths below it, with their sizes.
#[derive(Debug)]
pub(super) struct Tree {
    root: PathBuf,
    pub(super) files: BTreeMap<String, u64>,
    /// What is not read: symbolic links and names that are no text.
    pub(super) skipped: Vec<String>,
}

impl Tree {
    /// Without the folder into which it is imported, where that lies within.
    pub(super) fn read(folder: &Path, into: &Path) -> Result<Self, TreeError> {
        let unreadable = |error: &io::Error| TreeError::Unreadable(folder.to_owned(), error.kind());
        let root = fs::canonicalize(folder).map_err(|error| unreadable(&error))?;
        let mut tree = Self { root: root.clone(), files: BTreeMap::new(), skipped: Vec::new() };
        let entries = fs::read_dir(&root).map_err(|error| unreadable(&error))?;
        tree.folder(entries, "", 0);
        if let Some(inner) =
            fs::canonicalize(into).ok().and_then(|into| into.strip_prefix(&root).ok()?.to_str().map(str::to_owned)).filter(|inner| !inner.is_empty())
        {
            tree.files.retain(|path, _| !path.starts_with(&format!("{inner}/")));
        }
        if tree.files.len() > FILES_MAX {
            return Err(TreeError::TooMany(folder.to_owned()));
        }
        if tree.files.iter().filter(|(path, _)| is_text(path)).map(|(_, bytes)| bytes).sum::<u64>() > TEXTS_MAX_BYTES {
            return Err(TreeError::TooLarge(folder.to_owned()));
        }
        Ok(tree)
    }

    fn folder(&mut self, entries: fs::ReadDir, path: &str, depth: usize) {
        for entry in entries.flatten() {
            if self.files.len() > FILES_MAX {
                return;
            }
            let name = entry.file_name();
            let Some(name) = name.to_str().filter(|name| !name.contains(char::is_control)) else {
                self.skipped.push(format!("{path}/{}", name.to_string_lossy()));
                continue;
            };
            let inner = if path.is_empty() { name.to_owned() } else { format!("{path}/{name}") };
            let Ok(about) = fs::symlink_metadata(entry.path()) else { continue };
            if about.is_symlink() {
                self.skipped.push(inner);
            } else if about.is_dir() {
                let is_hidden = name.starts_with('.') && !HIDDEN_FOLDERS.contains(&name);
                if !is_hidden
                    && !LEFT_OUT_FOLDERS.contains(&name)
                    && depth < FOLDERS_MAX_DEPTH
                    && let Ok(entries) = fs::read_dir(entry.path())
                {
                    self.folder(entries, &inner, depth + 1);
                }
            } else if about.is_file() {
                self.files.insert(inner, about.len());
            }
        }
    }

    pub(super) fn has(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// Whether any file lies in a folder.
    pub(super) fn has_folder(&self, folder: &str) -> bool {
        let prefix = format!("{folder}/");
        self.files.range(prefix.clone()..).next().is_some_and(|(path, _)| path.starts_with(&prefix))
    }

    /// A file of the folder; one that the look at it did not find is never opened.
    pub(super) fn bytes(&self, path: &str, max_bytes: u64) -> Option<Vec<u8>> {
        self.files.get(path).filter(|bytes| **bytes <= max_bytes)?;
        let file = File::open(self.on_disk(path)).ok()?;
        let mut bytes = Vec::new();
        file.take(max_bytes).read_to_end(&mut bytes).ok()?;
        Some(bytes)
    }

    /// A text with plain line ends; `None` where it is too large or no UTF-8.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        let text = String::from_utf8(self.bytes(path, TEXT_MAX_BYTES)?).ok()?;
        let text = text.strip_prefix('\u{feff}').unwrap_or(&text).replace("\r\n", "\n").replace('\r', "\n");
        // Control characters can't be shown; those of the private area are marks of this import.
        let is_plain = |letter: &char| !letter.is_control() || matches!(letter, '\n' | '\t');
        Some(text.chars().filter(|letter| is_plain(letter) && !('\u{e000}'..='\u{f8ff}').contains(letter)).collect())
    }

    pub(super) fn on_disk(&self, path: &str) -> PathBuf {
        self.root.join(path)
    }
}

/// Whether a file is a text in Markdown.
pub(super) fn is_text(path: &str) -> bool {
    [".md", ".mdx", ".markdown"].iter().any(|ending| path.to_ascii_lowercase().ends_with(ending))
}

/// A path without `.` and `..`; `None` when it leads out of the folder.
pub(super) fn joined(folder: &str, path: &str) -> Option<String> {
    resolve::joined(if path.starts_with('/') { "" } else { folder }, path)
}

/// Folder and name of a path.
pub(super) fn split(path: &str) -> (&str, &str) {
    path.rsplit_once('/').unwrap_or(("", path))
}

/// The name of a file without its ending.
pub(super) fn stem(path: &str) -> &str {
    let name = split(path).1;
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
