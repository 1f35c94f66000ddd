//! Takes what lies in the mailbox. An email is marked as read only after what became of it is on disk: whatever ends the program in between, the
//! email is fetched again and known again.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::watch;
use tokio::task::JoinHandle;

use super::{Jobs, stopped};
use crate::error::ServiceError;
use crate::intake::inbound::{InboundEmails, IntakeOutcome, ReviewReason};
use crate::mail::{Inbox, InboxError, Opened};

/// Pauses before the mailbox is opened again, doubled each time it fails.
const PAUSE_MIN: Duration = Duration::from_secs(2);
const PAUSE_MAX: Duration = Duration::from_secs(300);
/// A connection that held so long was a good one.
const GOOD_AFTER: Duration = Duration::from_secs(60);

/// Emails at which a connection ended. They come last from then on, so that one which can't be fetched holds up no other.
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
    #[error("emails can't be filed: {0}")]
    Database(String),
}

impl Jobs {
    pub(super) async fn inbound(&self, mut stop: watch::Receiver<bool>) {
        let Some(inbox) = &self.inbox else { return };
        let mut pause = PAUSE_MIN;
        let stumbled = Stumbled::default();
        loop {
            let begun = tokio::time::Instant::now();
            // By itself, so that a fault in what it reads with ends no other job.
            let mut reading: JoinHandle<Ended> = tokio::spawn(read(inbox.clone(), self.inbound.clone(), stumbled.clone()));
            let ended = tokio::select! {
                () = stopped(&mut stop) => {
                    // An email under way is undone as a whole, or filed and known again.
                    reading.abort();
                    let _ = reading.await;
                    return;
                }
                ended = &mut reading => ended,
            };
            match ended {
                Ok(problem) => tracing::warn!(%problem, "emails wait in the mailbox"),
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
async fn read(inbox: Inbox, emails: InboundEmails, stumbled: Stumbled) -> Ended {
    let mut opened = match inbox.open().await {
        Ok(opened) => opened,
        Err(error) => return error.into(),
    };
    tracing::info!("the mailbox is open");
    loop {
        if let Err(ended) = take_all(&mut opened, &emails, &stumbled).await {
            return ended;
        }
        opened = match opened.wait().await {
            Ok(opened) => opened,
            Err(error) => return error.into(),
        };
    }
}

/// Emails that can't be filed by a fault of ours, two transactions in each other's way for example, stay unread and are tried again at the next
/// look: a connection may hold for days.
async fn take_all(opened: &mut Opened, emails: &InboundEmails, stumbled: &Stumbled) -> Result<(), Ended> {
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
            match emails.take(fetched.raw, fetched.is_whole).await {
                Ok(outcome) => {
                    tell(outcome);
                    opened.mark(number, matches!(outcome, IntakeOutcome::Refused | IntakeOutcome::Review(ReviewReason::TooLarge))).await?;
                }
                Err(ServiceError::Unavailable(problem)) => return Err(Ended::Database(problem)),
                Err(error) => {
                    tracing::error!(%error, "an email could not be filed; it stays unread");
                    unfiled.insert(number);
                }
            }
        }
        if !more {
            return Ok(());
        }
    }
}

fn tell(outcome: IntakeOutcome) {
    match outcome {
        IntakeOutcome::Opened => tracing::info!("an email opened a ticket"),
        IntakeOutcome::Added => tracing::info!("an email went into its ticket"),
        IntakeOutcome::Known => tracing::info!("an email was known already"),
        IntakeOutcome::PassedOver(program) => {
            tracing::info!(reason = program.word(), "an email that no person wrote was passed over; `ajuda tickets inbound` lists it");
        }
        IntakeOutcome::Review(why) => tracing::warn!(why = why.word(), "an email has to be reviewed; `ajuda tickets inbound` shows it"),
        IntakeOutcome::Refused => tracing::warn!("an email was not kept, so many come or wait; it stays in the mailbox, flagged"),
    }
}
