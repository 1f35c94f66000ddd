//! Sends what the outbox owes.

use std::time::Duration;

use tokio::sync::watch;

use super::Jobs;
use crate::db::DbError;
use crate::error::ServiceError;
use crate::mail::{Owed, Template};

/// A mail that left must be noted down, else it leaves again: worth some patience with the database.
const NOTE_ATTEMPTS_MAX: u32 = 5;
const NOTE_PAUSE: Duration = Duration::from_secs(2);

/// What became of one mail.
enum Outcome {
    Sent,
    /// This one did not leave; try it again after a pause.
    NotSent(String),
    /// No mail can leave now.
    ServerAway(String),
    /// There was nothing left to say.
    NotNeeded,
    /// Can never be sent.
    Hopeless(String),
}

impl Jobs {
    /// Sends all mails that are due, oldest first. Stops early when the program stops, and when no mail can leave now: then it returns
    /// false, and every mail keeps its place.
    pub async fn deliver_due(&self, stop: &watch::Receiver<bool>) -> Result<bool, DbError> {
        while !*stop.borrow() {
            let Some(owed) = self.outbox.claim().await? else { return Ok(true) };
            let outcome = self.deliver(&owed).await;
            match &outcome {
                Outcome::Sent => tracing::info!(mail = owed.id, template = ?owed.mail.template, attempt = owed.attempt, "a mail left"),
                Outcome::NotNeeded => tracing::info!(mail = owed.id, template = ?owed.mail.template, "a mail was not needed any more"),
                Outcome::NotSent(problem) => tracing::warn!(mail = owed.id, attempt = owed.attempt, problem, "a mail did not leave"),
                Outcome::ServerAway(problem) => tracing::warn!(problem, "mails wait"),
                Outcome::Hopeless(problem) => tracing::error!(mail = owed.id, problem, "a mail was given up"),
            }
            self.note(&owed, &outcome).await?;
            if matches!(outcome, Outcome::ServerAway(_)) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn deliver(&self, owed: &Owed) -> Outcome {
        let written = match owed.mail.template {
            Template::SignIn => {
                self.customers.sign_in_facts(&owed.mail).await.map(|facts| facts.map(|facts| self.renderer.write_sign_in(owed, &facts)))
            }
            Template::StaffLink => {
                self.staff.links().mail_facts(&owed.mail).await.map(|facts| facts.map(|facts| self.renderer.write_staff_link(owed, &facts)))
            }
            Template::Notifications => {
                self.notifications.mail_facts(owed).await.map(|facts| facts.map(|facts| self.renderer.write_notifications(owed, &facts)))
            }
            Template::BuyerCode => {
                self.orders.buyer_code_facts(&owed.mail).await.map(|facts| facts.map(|facts| self.renderer.write_buyer_code(owed, &facts)))
            }
            _ => self.tickets.read().mail_facts(&owed.mail).await.map(|facts| facts.map(|facts| self.renderer.write(owed, &facts))),
        };
        let written = match written {
            Ok(Some(written)) => written,
            // Whether there is such a purchase is seen only here.
            Ok(None) if matches!(owed.mail.template, Template::Notifications | Template::BuyerCode) => return Outcome::NotNeeded,
            Ok(None) => return Outcome::Hopeless("what it is about is gone".into()),
            Err(error @ ServiceError::Unavailable(_)) => return Outcome::ServerAway(error.to_string()),
            Err(error) => return Outcome::Hopeless(error.to_string()),
        };
        let message = match written {
            Ok(message) => message,
            Err(error) => return Outcome::Hopeless(error.to_string()),
        };
        match self.transport.deliver(&owed.id, message).await {
            Ok(()) => Outcome::Sent,
            Err(error) if error.only_this_mail => Outcome::NotSent(error.to_string()),
            Err(error) => Outcome::ServerAway(error.to_string()),
        }
    }

    /// What it told goes first: should the rest fail, it has nothing to say when it is tried again.
    async fn note_sent(&self, owed: &Owed) -> Result<(), DbError> {
        if owed.mail.template == Template::Notifications {
            self.notifications.mailed(owed).await?;
        }
        self.outbox.sent(owed).await
    }

    async fn note(&self, owed: &Owed, outcome: &Outcome) -> Result<(), DbError> {
        let mut attempt = 1;
        loop {
            let noted = match outcome {
                Outcome::Sent => self.note_sent(owed).await,
                Outcome::NotNeeded => self.outbox.sent(owed).await,
                Outcome::NotSent(problem) => self.outbox.not_sent(owed, problem).await,
                Outcome::ServerAway(problem) => self.outbox.put_back(owed, problem).await,
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
