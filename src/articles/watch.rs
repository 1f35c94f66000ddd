//! Looks at the articles' folder whenever something changes in it, and every few seconds in any case: some file systems
//! report nothing, and articles appear and expire by their dates.

use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use notify::event::{AccessKind, AccessMode};
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::model::Library;
use crate::articles::content_store::{Changes, ContentStore};

/// Editors and Git write several files at once; this long after the last of them the folder is read.
const SETTLE: Duration = Duration::from_millis(150);
/// Not longer, however much is still being written.
const SETTLE_MAX: Duration = Duration::from_millis(600);
/// Without any event the folder is looked at this often, or less often when a look takes long.
const LOOK_AGAIN: Duration = Duration::from_secs(3);
/// A look may take this part of the time at most, one twentieth.
const LOOK_COST_FACTOR: u32 = 20;

/// Ends the watching when it is dropped.
#[derive(Debug)]
pub struct Watch {
    stop: Arc<AtomicBool>,
    wake: SyncSender<()>,
    thread: Option<JoinHandle<()>>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        _ = self.wake.try_send(());
        if let Some(thread) = self.thread.take() {
            // A panic of the thread has been reported where it happened.
            _ = thread.join();
        }
    }
}

/// Keeps the shelf up to date on a thread of its own. `on_change` is called there after each change that readers can see,
/// with the new library, which is already on the shelf.
pub fn watch(shelf: ContentStore, on_change: impl FnMut(&Arc<Library>, &Changes) + Send + 'static) -> io::Result<Watch> {
    let stop = Arc::new(AtomicBool::new(false));
    // One waiting wake-up is as good as many.
    let (wake, woken) = sync_channel(1);
    let thread = {
        let (stop, wake) = (stop.clone(), wake.clone());
        std::thread::Builder::new().name("articles".into()).spawn(move || look(&shelf, &stop, &wake, &woken, on_change))?
    };
    Ok(Watch { stop, wake, thread: Some(thread) })
}

fn look(shelf: &ContentStore, stop: &AtomicBool, wake: &SyncSender<()>, woken: &Receiver<()>, mut on_change: impl FnMut(&Arc<Library>, &Changes)) {
    let mut events = Events { wake: wake.clone(), watched: PathBuf::new(), watcher: None };
    let mut pause = Duration::ZERO;
    let mut was_unreadable = false;
    loop {
        events.follow(shelf);
        if woken.recv_timeout(pause).is_ok() {
            settle(woken);
        }
        if stop.load(Ordering::Relaxed) {
            return;
        }
        let start = Instant::now();
        match shelf.reload() {
            Ok(changes) => {
                was_unreadable = false;
                if !changes.is_empty() {
                    on_change(&shelf.library(), &changes);
                }
            }
            Err(error) => {
                if !was_unreadable {
                    tracing::error!("{error}; the articles stay as they were");
                }
                was_unreadable = true;
            }
        }
        pause = LOOK_AGAIN.max(start.elapsed() * LOOK_COST_FACTOR);
    }
}

/// Waits until nothing has happened for a moment.
fn settle(woken: &Receiver<()>) {
    let start = Instant::now();
    while start.elapsed() < SETTLE_MAX && woken.recv_timeout(SETTLE).is_ok() {}
}

/// The system's events of the folder.
struct Events {
    wake: SyncSender<()>,
    watched: PathBuf,
    watcher: Option<RecommendedWatcher>,
}

impl Events {
    /// Listens to the folder, also after it was replaced by another one (deployments swap a symbolic link).
    fn follow(&mut self, shelf: &ContentStore) {
        let Ok(root) = shelf.options().root.canonicalize() else { return };
        if root == self.watched {
            return;
        }
        let wake = self.wake.clone();
        let handler = move |event: notify::Result<notify::Event>| {
            if event.is_ok_and(|event| writes(event.kind)) {
                _ = wake.try_send(());
            }
        };
        let watcher = RecommendedWatcher::new(handler, notify::Config::default().with_follow_symlinks(false))
            .and_then(|mut watcher| watcher.watch(&root, RecursiveMode::Recursive).map(|()| watcher));
        self.watcher = watcher
            .inspect_err(|_| tracing::warn!("changes of the articles' folder are not reported by the system; it is looked at every few seconds"))
            .ok();
        self.watched = root;
    }
}

/// Our own reading must not wake us.
fn writes(kind: EventKind) -> bool {
    !matches!(kind, EventKind::Access(access) if access != AccessKind::Close(AccessMode::Write))
}
