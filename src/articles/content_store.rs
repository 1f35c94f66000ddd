//! The library that is being read, and its renewal while it is.

use std::collections::HashSet;
use std::io;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use super::assemble::assemble;
use super::model::{Article, ArticleId, Library};
use super::options::LoadOptions;
use super::problem::Problem;
use crate::articles::source_cache::{SourceCache, Touched};

/// The articles' folder can't be read at all.
#[derive(Debug, thiserror::Error)]
#[error("{}: the articles' folder can't be read ({}). Check the path and its rights, or make one with: ajuda init {}", .root.display(), .kind, .root.display())]
pub struct ContentStoreError {
    root: PathBuf,
    kind: io::ErrorKind,
}

impl ContentStoreError {
    pub(super) fn new(options: &LoadOptions, error: &io::Error) -> Self {
        Self { root: options.root.clone(), kind: error.kind() }
    }
}

/// What a reload changed for readers.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changes {
    pub added: Vec<ArticleId>,
    /// Another text, title, address or link in at least one language.
    pub changed: Vec<ArticleId>,
    pub removed: Vec<ArticleId>,
    /// Sections, topics, contact reasons or recorded addresses.
    pub navigation: bool,
}

impl Changes {
    pub fn is_empty(&self) -> bool {
        self.added.is_empty() && self.changed.is_empty() && self.removed.is_empty() && !self.navigation
    }
}

/// A handle on the current library; cheap to clone. Readers hold an `Arc` of the library that they began with, so a reload
/// never changes a page half-way.
#[derive(Debug, Clone)]
pub struct ContentStore(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    options: LoadOptions,
    loaded: RwLock<Loaded>,
    cache: Mutex<SourceCache>,
}

#[derive(Debug, Clone)]
struct Loaded {
    library: Arc<Library>,
    problems: Arc<[Problem]>,
}

impl ContentStore {
    /// Reads the folder. Files with a problem are left out and named in the log and in `problems`.
    pub fn open(options: LoadOptions) -> Result<Self, ContentStoreError> {
        let mut cache = SourceCache::default();
        cache.refresh(&options).map_err(|error| ContentStoreError::new(&options, &error))?;
        let (library, problems) = assemble(&mut cache, &options, options.clock.now(), None);
        log_new(&problems, &[]);
        let loaded = Loaded { library: Arc::new(library), problems: problems.into() };
        Ok(Self(Arc::new(Inner { options, loaded: RwLock::new(loaded), cache: Mutex::new(cache) })))
    }

    pub fn library(&self) -> Arc<Library> {
        self.loaded().library
    }

    /// Everything that `ajuda check` would say about the files as they are.
    pub fn problems(&self) -> Arc<[Problem]> {
        self.loaded().problems
    }

    pub fn options(&self) -> &LoadOptions {
        &self.0.options
    }

    fn loaded(&self) -> Loaded {
        self.0.loaded.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Looks at the folder again, reads what changed, and lets articles appear and expire by their dates. When the folder
    /// can't be read, everything stays as it was.
    pub fn reload(&self) -> Result<Changes, ContentStoreError> {
        let Inner { options, loaded, cache } = &*self.0;
        let mut cache = cache.lock().unwrap_or_else(PoisonError::into_inner);
        let touched = cache.refresh(options).map_err(|error| ContentStoreError::new(options, &error))?;
        let now = options.clock.now();
        let before = self.loaded();
        let is_due = before.library.next_change.is_some_and(|moment| moment <= now);
        if !touched.any && !is_due {
            return Ok(Changes::default());
        }
        let (library, problems) = assemble(&mut cache, options, now, Some(&before.library));
        log_new(&problems, &before.problems);
        let changes = changes(&before.library, &library, touched);
        *loaded.write().unwrap_or_else(PoisonError::into_inner) = Loaded { library: Arc::new(library), problems: problems.into() };
        Ok(changes)
    }
}

fn changes(before: &Library, after: &Library, touched: Touched) -> Changes {
    let mut changes = Changes { navigation: touched.navigation, ..Changes::default() };
    for (id, article) in &after.articles {
        match before.articles.get(id) {
            None => changes.added.push(id.clone()),
            Some(known) if !Arc::<Article>::ptr_eq(known, article) => changes.changed.push(id.clone()),
            Some(_) => {}
        }
    }
    changes.removed = before.articles.keys().filter(|id| !after.articles.contains_key(*id)).cloned().collect();
    for list in [&mut changes.added, &mut changes.changed, &mut changes.removed] {
        list.sort();
    }
    changes
}

/// Each problem is logged once, when it comes up.
fn log_new(problems: &[Problem], known: &[Problem]) {
    let known: HashSet<&Problem> = known.iter().collect();
    for problem in problems.iter().filter(|problem| problem.level != super::problem::Level::Taste && !known.contains(problem)) {
        tracing::warn!(file = %problem.file, line = problem.line, "{} {}", problem.what, problem.fix);
    }
}
