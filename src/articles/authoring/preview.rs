//! What `ajuda preview` knows beside the articles: what is wrong with which file, and whether anything was saved since.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use pulldown_cmark::{Event, Parser, Tag};

use crate::articles::check::{self, Recording};
use crate::articles::content_store::{ContentStore, ContentStoreError};
use crate::articles::front_matter as front;
use crate::articles::markdown::options;
use crate::articles::model::ArticleId;
use crate::articles::options::LoadOptions;
use crate::articles::problem::{Findings, Problem};
use crate::articles::source::ARTICLE_MAX_BYTES;
use crate::articles::text::{Lines, read_text};
use crate::i18n::Lang;

/// Section, topic, article and the files in it.
const FOLDERS_MAX_DEPTH: usize = 4;

/// The folder as its author sees it.
#[derive(Debug)]
pub struct Desk {
    /// As readers will get it: what is not on this shelf they don't see.
    public: ContentStore,
    state: Mutex<State>,
}

#[derive(Debug, Default)]
struct State {
    version: u64,
    problems: Vec<Problem>,
}

impl Desk {
    /// `options`: those with which readers would be served.
    pub fn open(options: LoadOptions) -> Result<Self, ContentStoreError> {
        Ok(Self { public: ContentStore::open(LoadOptions { drafts: false, ..options })?, state: Mutex::default() })
    }

    /// Looks at the folder. When a file was saved since the last look, everything is checked anew, and `on_change` is called first.
    /// Gives a number that is another one after every change.
    pub fn look(&self, on_change: impl FnOnce()) -> u64 {
        let options = self.public.options();
        let version = version(&options.root);
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        if state.version != version {
            on_change();
            // Where the folder is gone for a moment, everything stays as it was.
            let _ = self.public.reload();
            if let Ok(report) = check::run(options, &Recording::No) {
                state.problems = report.problems;
            }
            state.version = version;
        }
        version
    }

    /// Whether readers get this text.
    pub fn is_public(&self, id: &ArticleId, lang: Lang) -> bool {
        self.public.library().articles.get(id).is_some_and(|article| article.texts[lang].is_some())
    }

    /// What is wrong, by file.
    pub fn problems(&self) -> BTreeMap<String, Vec<Problem>> {
        let mut by_file: BTreeMap<String, Vec<Problem>> = BTreeMap::new();
        for problem in &self.state.lock().unwrap_or_else(PoisonError::into_inner).problems {
            by_file.entry(problem.file.to_string()).or_default().push(problem.clone());
        }
        by_file
    }

    /// The text of a file in which something is wrong. No other file is shown, whatever is asked for.
    pub fn file(&self, file: &str) -> Option<String> {
        self.problems().contains_key(file).then_some(())?;
        // A link has a problem too, and would show whatever it leads to.
        let root = fs::canonicalize(&self.public.options().root).ok()?;
        let path = root.join(Path::new(file));
        if fs::canonicalize(&path).ok()? != path {
            return None;
        }
        read_text(&path, ARTICLE_MAX_BYTES, &mut Findings::new(file))
    }
}

/// The lines on which the headings of an article's file stand.
pub fn heading_lines(text: &str) -> Vec<usize> {
    let Some(split) = front::split(text, &mut Findings::new("")) else { return Vec::new() };
    let lines = Lines::new(split.body, split.body_line);
    let events = Parser::new_ext(split.body, options()).into_offset_iter();
    events.filter(|(event, _)| matches!(event, Event::Start(Tag::Heading { .. }))).map(|(_, range)| lines.at(range.start)).collect()
}

/// A number made from the names, sizes and times of all files.
fn version(root: &Path) -> u64 {
    let mut hasher = DefaultHasher::new();
    add_folder(root, 0, &mut hasher);
    hasher.finish()
}

fn add_folder(folder: &Path, depth: usize, hasher: &mut DefaultHasher) {
    let mut entries: Vec<_> = fs::read_dir(folder).into_iter().flatten().flatten().collect();
    entries.sort_by_key(|entry| entry.file_name());
    for entry in entries.iter().filter(|entry| !entry.file_name().to_string_lossy().starts_with('.')) {
        // Without following links, as the articles are read.
        let Ok(about) = fs::symlink_metadata(entry.path()) else { continue };
        (entry.file_name(), about.len(), about.modified().ok()).hash(hasher);
        if about.is_dir() && depth < FOLDERS_MAX_DEPTH {
            add_folder(&entry.path(), depth + 1, hasher);
        }
    }
}
