//! Takes what lies in the mailbox. A letter is marked as read only after what became of it is on disk: whatever ends the program in between, the
//! letter is fetched again and known again.

use std::collections::HashSet;
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
        loop {
            let begun = tokio::time::Instant::now();
            // By itself, so that a fault in what it reads with ends no other job.
            let mut reading: JoinHandle<Ended> = tokio::spawn(read(inbox.clone(), self.tickets.clone()));
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
async fn read(inbox: Inbox, tickets: Tickets) -> Ended {
    let mut opened = match inbox.open().await {
        Ok(opened) => opened,
        Err(error) => return error.into(),
    };
    tracing::info!("the mailbox is open");
    loop {
        if let Err(ended) = take_all(&mut opened, &tickets).await {
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
async fn take_all(opened: &mut Opened, tickets: &Tickets) -> Result<(), Ended> {
    let mut unfiled = HashSet::new();
    loop {
        let (unread, more) = opened.unread().await?;
        for number in unread {
            if unfiled.contains(&number) {
                continue;
            }
            let Some(fetched) = opened.fetch(number).await? else { continue };
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
