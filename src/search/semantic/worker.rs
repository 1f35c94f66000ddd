//! Reads articles with the model, on a thread of its own that steps back behind everything else the machine has to do.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::PoisonError;
use std::sync::atomic::Ordering;
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use ajuda_embedding::{Encoder, Kind, ModelError};
use rayon::{ThreadPool, ThreadPoolBuildError, ThreadPoolBuilder};

use super::SemanticModel;
use super::parts::{Part, PartHash};
use super::store::{Known, Store};
use super::table::Table;
use super::vector::Vector;
use crate::i18n::{Lang, PerLang};
use crate::search::Search;
use crate::search::index::Snapshot;

/// Parts that the model reads at once: it costs less than one after the other, and a change of the articles waits for no more than these.
const BATCH: usize = 4;
/// What has been read is put to use this often while there is more to read.
const PUBLISH_EVERY: Duration = Duration::from_secs(5);
/// The lowest priority that Unix knows.
const NICENESS: i32 = 19;

/// Ends the reading when it is dropped; what has been read is on disk.
pub struct Reading {
    meaning: SemanticModel,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Reading {
    fn drop(&mut self) {
        self.meaning.shared.wake.lock().unwrap_or_else(PoisonError::into_inner).stop = true;
        self.meaning.shared.woken.notify_all();
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported where it happened.
            _ = thread.join();
        }
    }
}

/// How much of the machine the reading takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Effort {
    /// One core, behind everything else that wants it.
    Background,
    /// All cores: somebody waits for the end.
    Full,
}

/// Loads the model and reads the articles with it, now and after every change. `on_read` is called when readers can see the difference.
pub(in crate::search) fn start(
    search: Search,
    model: PathBuf,
    data: PathBuf,
    effort: Effort,
    on_read: impl Fn() + Send + 'static,
) -> std::io::Result<Reading> {
    let meaning = search.model().clone();
    // Counted from the start, so that nobody takes "not begun" for "done".
    meaning.shared.pending.store(1, Ordering::Relaxed);
    let reading = meaning.clone();
    let thread = std::thread::Builder::new().name("meaning".into()).spawn(move || {
        if effort == Effort::Background {
            step_back();
        }
        match ready(&reading, &model, effort) {
            Ok(pool) => Worker { search, meaning: reading, pool, on_read }.run(&data),
            Err(problem) => {
                reading.shared.pending.store(0, Ordering::Relaxed);
                tracing::error!(model = %model.display(), "the search goes by words alone: the model can't be used: {problem}");
            }
        }
    })?;
    Ok(Reading { meaning, thread: Some(thread) })
}

fn step_back() {
    // Where the system refuses, the reading is in nobody's way for longer than a batch.
    _ = rustix::process::setpriority_process(None, NICENESS);
}

/// One thread that steps back.
pub(in crate::search) fn pool_that_steps_back() -> Result<ThreadPool, ThreadPoolBuildError> {
    ThreadPoolBuilder::new().num_threads(1).thread_name(|_| "meaning".into()).start_handler(|_| step_back()).build()
}

fn ready(meaning: &SemanticModel, model: &Path, effort: Effort) -> Result<ThreadPool, ModelError> {
    let encoder = Encoder::load(model)?;
    // The products of matrices run on this pool.
    let pool = match effort {
        Effort::Background => pool_that_steps_back(),
        Effort::Full => ThreadPoolBuilder::new().build(),
    };
    let pool = pool.map_err(|error| ModelError::Unreadable(std::io::Error::other(error)))?;
    _ = meaning.shared.encoder.set(encoder);
    Ok(pool)
}

struct Worker<F> {
    search: Search,
    meaning: SemanticModel,
    pool: ThreadPool,
    on_read: F,
}

impl<F: Fn()> Worker<F> {
    fn run(&self, data: &Path) {
        let Some(encoder) = self.meaning.shared.encoder.get() else { return };
        let (mut store, mut known) = Store::open(data, encoder.hash());
        loop {
            let snapshot = self.search.snapshot();
            let unread = self.publish(&snapshot, &known);
            self.read(encoder, unread, &mut store, &mut known);
            let unread = self.publish(&snapshot, &known);
            (self.on_read)();
            if !self.is_woken() {
                // What the model could not make anything of is waited for by nobody.
                self.meaning.shared.pending.store(0, Ordering::Relaxed);
            }
            if unread.is_empty() {
                known = in_use(&snapshot, known);
                store.tidy(&known);
            }
            if !self.wait() {
                return;
            }
        }
    }

    /// Reads until all is read, or the articles have changed, or the program stops.
    fn read(&self, encoder: &Encoder, mut unread: Vec<(PartHash, Part)>, store: &mut Store, known: &mut Known) {
        let mut published = Instant::now();
        // Parts of about one length together: the model is as slow as the longest.
        unread.sort_by_key(|(_, part)| part.text.len());
        let mut left = unread.len();
        for batch in unread.chunks(BATCH) {
            if self.is_woken() {
                return;
            }
            let texts: Vec<&str> = batch.iter().map(|(_, part)| part.text.as_str()).collect();
            let vectors = self.pool.install(|| encoder.embed(Kind::Passage, &texts));
            let read: Known = batch.iter().zip(vectors).filter_map(|((hash, _), numbers)| Some((*hash, Vector::new(&numbers)?.into()))).collect();
            store.add(read.iter());
            known.extend(read);
            left -= batch.len();
            // Never "none left" before the search has it all.
            self.meaning.shared.pending.store(left.max(1), Ordering::Relaxed);
            if published.elapsed() >= PUBLISH_EVERY {
                self.publish(&self.search.snapshot(), known);
                published = Instant::now();
            }
        }
    }

    /// Gives the search what is known, and returns what is not.
    fn publish(&self, snapshot: &Snapshot, known: &Known) -> Vec<(PartHash, Part)> {
        let mut unread = HashMap::new();
        let tables = Lang::ALL.map(|lang| {
            let (table, missing) = Table::new(&snapshot.langs[lang], known);
            unread.extend(missing);
            table
        });
        snapshot.set_tables(PerLang(tables));
        self.meaning.shared.pending.store(unread.len(), Ordering::Relaxed);
        unread.into_iter().collect()
    }

    fn is_woken(&self) -> bool {
        let wake = self.meaning.shared.wake.lock().unwrap_or_else(PoisonError::into_inner);
        wake.changed || wake.stop
    }

    /// Waits for a change of the articles; false when the program stops.
    fn wait(&self) -> bool {
        let wake = self.meaning.shared.wake.lock().unwrap_or_else(PoisonError::into_inner);
        let mut wake = self.meaning.shared.woken.wait_while(wake, |wake| !wake.changed && !wake.stop).unwrap_or_else(PoisonError::into_inner);
        wake.changed = false;
        !wake.stop
    }
}

/// The vectors of the articles as they are now.
fn in_use(snapshot: &Snapshot, known: Known) -> Known {
    let tables = snapshot.tables();
    let mut kept = Known::new();
    for hash in tables.0.iter().flat_map(Table::hashes) {
        if let Some(vector) = known.get(hash) {
            kept.insert(*hash, vector.clone());
        }
    }
    kept
}
