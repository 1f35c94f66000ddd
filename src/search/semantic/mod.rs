//! Search by meaning: what a question and a part of an article say, not the words they say it in. A small model turns both into vectors
//! (`embedding/`), and those that point alike belong together, across wordings and languages.
//!
//! `parts` cuts articles into pieces, `vector` packs what the model says of them, `store` keeps that on disk, so that only changed articles
//! are read by the model again, `table` holds one language's, `worker` does the reading in the background. `fusion` joins both ways of
//! ranking. Until all is read, and wherever there is no model, the search goes by words alone; nothing else changes.

mod fusion;
mod parts;
mod store;
mod table;
mod vector;
mod worker;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Condvar, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use ajuda_embedding::{Encoder, Kind, MODEL_FILE};
use moka::sync::Cache;
use rayon::{ThreadPool, ThreadPoolBuilder};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use fusion::Measure;
pub(super) use fusion::fuse;
pub(super) use parts::Spot;
pub(super) use table::{Similarities, Table};
pub(super) use vector::Asked;
pub(super) use worker::start;
pub use worker::{Effort, Reading};

/// Vectors of questions that are kept for those who ask the same again, or turn to the next page.
const QUESTIONS_KEPT_MAX: u64 = 2_000;
/// Questions that are read at the same time, at most.
const READERS_MAX: usize = 4;
const QUESTION_KEPT: Duration = Duration::from_secs(600);

/// Where the model is, by the settings: a named file, or wherever it is usually kept. `None`: no model is wanted, or none is there.
pub fn find_model(setting: &str, data: &Path) -> Option<PathBuf> {
    match setting {
        "none" => None,
        "" => {
            let beside_program = std::env::current_exe().ok().and_then(|program| Some(program.parent()?.join(MODEL_FILE)));
            [Some(data.join(MODEL_FILE)), beside_program].into_iter().flatten().find(|path| path.is_file())
        }
        named => Some(named.into()),
    }
}

/// The model, once it is loaded, and how far the reading of the articles is.
#[derive(Clone, Default)]
pub struct SemanticModel {
    shared: Arc<Shared>,
}

struct Shared {
    encoder: OnceLock<Encoder>,
    /// One thread each: a question is too short to be shared among several.
    readers: Vec<ThreadPool>,
    next_reader: AtomicUsize,
    /// As many questions at a time as there are readers.
    turns: Arc<Semaphore>,
    message_reader: Option<ThreadPool>,
    message_turn: Arc<Semaphore>,
    /// Parts of articles that the model has still to read.
    pending: AtomicUsize,
    questions: Cache<String, Arc<Asked>>,
    /// Raised when the articles have changed or the program stops.
    wake: Mutex<Wake>,
    woken: Condvar,
}

#[derive(Debug, Default)]
struct Wake {
    changed: bool,
    stop: bool,
}

impl Default for Shared {
    fn default() -> Self {
        let questions = Cache::builder().max_capacity(QUESTIONS_KEPT_MAX).time_to_live(QUESTION_KEPT).build();
        let readers = std::thread::available_parallelism().map_or(1, usize::from).min(READERS_MAX);
        let readers: Vec<ThreadPool> = (0..readers).filter_map(|_| ThreadPoolBuilder::new().num_threads(1).build().ok()).collect();
        Self {
            encoder: OnceLock::new(),
            turns: Arc::new(Semaphore::new(readers.len())),
            readers,
            message_reader: worker::pool_that_steps_back().ok(),
            message_turn: Arc::new(Semaphore::new(1)),
            next_reader: AtomicUsize::new(0),
            pending: AtomicUsize::new(0),
            questions,
            wake: Mutex::default(),
            woken: Condvar::new(),
        }
    }
}

impl SemanticModel {
    /// Whether questions can be asked by meaning at all; articles may still be unread.
    pub fn is_ready(&self) -> bool {
        self.shared.encoder.get().is_some()
    }

    /// Parts of articles that the model has still to read.
    pub fn pending(&self) -> usize {
        self.shared.pending.load(Ordering::Relaxed)
    }

    /// The vector of a question; `None` without a model. Takes the model's time, about 10 ms.
    pub(super) fn read(&self, question: &str) -> Option<Arc<Asked>> {
        if let Some(known) = self.shared.questions.get(question) {
            return Some(known);
        }
        let encoder = self.shared.encoder.get()?;
        let turn = self.shared.next_reader.fetch_add(1, Ordering::Relaxed);
        let reader = self.shared.readers.get(turn % self.shared.readers.len().max(1))?;
        let asked = Arc::new(Asked::new(reader.install(|| encoder.embed(Kind::Query, &[question])).first()?)?);
        self.shared.questions.insert(question.to_owned(), asked.clone());
        Some(asked)
    }

    /// What the model makes of a customer's message, in its own numbers; `None` without a model, or where that takes longer than `patience`. One
    /// message is read at a time, on a thread that steps back behind all others, so that a flood of them is in no question's way; nothing of
    /// them is kept.
    pub async fn read_message(&self, text: String, patience: Duration) -> Option<Vec<f32>> {
        let shared = self.shared.clone();
        let reading = async {
            let turn = shared.message_turn.clone().acquire_owned().await.ok()?;
            let read = move || {
                let read = shared.message_reader.as_ref()?.install(|| shared.encoder.get()?.embed(Kind::Query, &[text]).pop());
                // Not before: a message that nobody waits for any more is still being read.
                drop(turn);
                read
            };
            tokio::task::spawn_blocking(read).await.ok().flatten()
        };
        tokio::time::timeout(patience, reading).await.ok().flatten()
    }

    /// Waits until a question may be read. The turn lasts as long as what is returned is kept.
    pub(super) async fn turn(&self) -> Option<OwnedSemaphorePermit> {
        self.shared.turns.clone().acquire_owned().await.ok()
    }

    /// Says that articles have changed.
    pub(super) fn wake(&self) {
        if self.is_ready() {
            // Something waits from now on, not only once the reader has looked.
            self.shared.pending.fetch_max(1, Ordering::Relaxed);
        }
        self.shared.wake.lock().unwrap_or_else(PoisonError::into_inner).changed = true;
        self.shared.woken.notify_all();
    }
}
