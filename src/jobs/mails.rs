//! Sends what the outbox owes.

use std::time::Duration;

use tokio::sync::watch;

use super::Jobs;
use crate::db::DbError;
use crate::mail::Owed;
use crate::tickets::TicketError;

/// A mail that left must be noted down, else it leaves again: worth some patience with the database.
const NOTE_ATTEMPTS_MAX: u32 = 5;
const NOTE_PAUSE: Duration = Duration::from_secs(2);

/// What became of one mail.
enum Outcome {
    Sent,
    /// Try again later.
    NotSent {
        problem: String,
        only_this_mail: bool,
    },
    /// Can never be sent.
    Hopeless(String),
}

impl Jobs {
    /// Sends all mails that are due, oldest first; stops early when the mail server can't be reached or the program stops.
    pub async fn deliver_due(&self, stop: &watch::Receiver<bool>) -> Result<(), DbError> {
        while !*stop.borrow() {
            let Some(owed) = self.outbox.claim().await? else { return Ok(()) };
            let outcome = self.deliver(&owed).await;
            match &outcome {
                Outcome::Sent => tracing::info!(mail = owed.id, template = ?owed.template, attempt = owed.attempt, "a mail left"),
                Outcome::NotSent { problem, .. } => tracing::warn!(mail = owed.id, attempt = owed.attempt, problem, "a mail did not leave"),
                Outcome::Hopeless(problem) => tracing::error!(mail = owed.id, problem, "a mail was given up"),
            }
            self.note(&owed, &outcome).await?;
            if matches!(outcome, Outcome::NotSent { only_this_mail: false, .. }) {
                return Ok(());
            }
        }
        Ok(())
    }

    async fn deliver(&self, owed: &Owed) -> Outcome {
        let facts = match self.tickets.mail_facts(&owed.ticket).await {
            Ok(Some(facts)) => facts,
            Ok(None) => return Outcome::Hopeless("its ticket is gone".into()),
            Err(error @ TicketError::Unavailable(_)) => return Outcome::NotSent { problem: error.to_string(), only_this_mail: false },
            Err(error) => return Outcome::Hopeless(error.to_string()),
        };
        let message = match self.house.write(owed, &facts) {
            Ok(message) => message,
            Err(error) => return Outcome::Hopeless(error.to_string()),
        };
        match self.transport.deliver(&owed.id, message).await {
            Ok(()) => Outcome::Sent,
            Err(error) => Outcome::NotSent { problem: error.to_string(), only_this_mail: error.only_this_mail },
        }
    }

    async fn note(&self, owed: &Owed, outcome: &Outcome) -> Result<(), DbError> {
        let mut attempt = 1;
        loop {
            let noted = match outcome {
                Outcome::Sent => self.outbox.sent(owed).await,
                Outcome::NotSent { problem, .. } => self.outbox.not_sent(owed, problem).await,
                Outcome::Hopeless(problem) => self.outbox.give_up(owed, problem).await,
            };
            if noted.is_ok() || attempt == NOTE_ATTEMPTS_MAX {
                return noted;
            }
            attempt += 1;
            tokio::time::sleep(NOTE_PAUSE).await;
        }
    }
}
