//! Takes what lies in the mailbox. A letter is marked as read only after what became of it is on disk: whatever ends the program in between, the
//! letter is fetched again and known again.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Jobs, stopped};
use crate::mail::{Inbox, InboxError, Opened};
use crate::tickets::letters::{Fate, Why};
use crate::tickets::{TicketError, Tickets};

/// Pauses before the mailbox is opened again, doubled each time it fails.
const PAUSE_MIN: Duration = Duration::from_secs(2);
const PAUSE_MAX: Duration = Duration::from_secs(300);
/// A connection that held so long was a good one.
const GOOD_AFTER: Duration = Duration::from_secs(60);

/// Letters at which a connection ended. They come last from then on, so that one which can't be fetched holds up no other.
#[derive(Clone, Default)]
struct Stumbled(Arc<Mutex<HashSet<u32>>>);

impl Stumbled {
    fn with<T>(&self, work: impl FnOnce(&mut HashSet<u32>) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Why reading ended.
#[derive(Debug, thiserror::Error)]
enum Ended {
    #[error("{0}")]
    Inbox(#[from] InboxError),
    #[error("letters can't be filed: {0}")]
    Database(String),
}

impl Jobs {
    pub(super) async fn letters(&self, mut stop: watch::Receiver<bool>) {
        let Some(inbox) = &self.inbox else { return };
        let mut pause = PAUSE_MIN;
        let stumbled = Stumbled::default();
        loop {
            let begun = tokio::time::Instant::now();
            // By itself, so that a fault in what it reads with ends no other job.
            let mut reading: JoinHandle<Ended> = tokio::spawn(read(inbox.clone(), self.tickets.clone(), stumbled.clone()));
            let ended = tokio::select! {
                () = stopped(&mut stop) => {
                    // A letter under way is undone as a whole, or filed and known again.
                    reading.abort();
                    let _ = reading.await;
                    return;
                }
                ended = &mut reading => ended,
            };
            match ended {
                Ok(problem) => tracing::warn!(%problem, "letters wait in the mailbox"),
                Err(_) => tracing::error!("reading the mailbox broke off by a fault; it is opened again"),
            }
            pause = if begun.elapsed() >= GOOD_AFTER { PAUSE_MIN } else { pause };
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = tokio::time::sleep(pause) => {}
            }
            pause = (pause * 2).min(PAUSE_MAX);
        }
    }
}

/// Reads until something fails.
async fn read(inbox: Inbox, tickets: Tickets, stumbled: Stumbled) -> Ended {
    let mut opened = match inbox.open().await {
        Ok(opened) => opened,
        Err(error) => return error.into(),
    };
    tracing::info!("the mailbox is open");
    loop {
        if let Err(ended) = take_all(&mut opened, &tickets, &stumbled).await {
            return ended;
        }
        opened = match opened.wait().await {
            Ok(opened) => opened,
            Err(error) => return error.into(),
        };
    }
}

/// Letters that can't be filed by a fault of ours, two transactions in each other's way for example, stay unread and are tried again at the next
/// look: a connection may hold for days.
async fn take_all(opened: &mut Opened, tickets: &Tickets, stumbled: &Stumbled) -> Result<(), Ended> {
    let mut unfiled = HashSet::new();
    loop {
        let (mut unread, more) = opened.unread().await?;
        stumbled.with(|stumbled| unread.sort_by_key(|number| stumbled.contains(number)));
        for number in unread {
            if unfiled.contains(&number) {
                continue;
            }
            stumbled.with(|stumbled| stumbled.insert(number));
            let fetched = opened.fetch(number).await?;
            stumbled.with(|stumbled| stumbled.remove(&number));
            let Some(fetched) = fetched else { continue };
            match tickets.take_letter(fetched.raw, fetched.is_whole).await {
                Ok(fate) => {
                    tell(fate);
                    opened.mark(number, matches!(fate, Fate::Refused | Fate::Waits(Why::TooLarge))).await?;
                }
                Err(TicketError::Unavailable(problem)) => return Err(Ended::Database(problem)),
                Err(error) => {
                    tracing::error!(%error, "a letter could not be filed; it stays unread");
                    unfiled.insert(number);
                }
            }
        }
        if !more {
            return Ok(());
        }
    }
}

fn tell(fate: Fate) {
    match fate {
        Fate::Opened => tracing::info!("a letter opened a ticket"),
        Fate::Said => tracing::info!("a letter went into its ticket"),
        Fate::Known => tracing::info!("a letter was known already"),
        Fate::Automatic(kind) => tracing::info!(?kind, "a letter that no person wrote was passed over"),
        Fate::Waits(why) => tracing::warn!(why = why.word(), "a letter waits for staff; `ajuda tickets letters` shows it"),
        Fate::Refused => tracing::warn!("a letter was not kept, so many come or wait; it stays in the mailbox, flagged"),
    }
}
