//! Work that goes on beside the requests: mails leave, emails come in, reads are written down, what is over is dropped. Each loop bears the
//! database's absence and tries again at its next turn. Several instances may run at the same time: they share the outbox, the mailbox and the
//! queue of jobs; what is in a process's memory, each writes down and works out for itself.

mod inbound;
mod kinds;
mod orders;
mod outbox;
mod queue;
mod store;
mod work;

use std::time::Duration;

use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

pub use kinds::{Job, SCHEDULE};
pub use queue::{Claimed, JobQueue};

use crate::articles::counts::Counts;
use crate::customers::Customers;
use crate::db::{Db, DbError};
use crate::events::Events;
use crate::files::Files;
use crate::intake::Intake;
use crate::intake::inbound::InboundEmails;
use crate::mail::{Inbox, MailRenderer, Outbox, Transport};
use crate::notifications::Notifications;
use crate::orders::Orders;
use crate::privacy::Privacy;
use crate::search::log::SearchLog;
use crate::spam::Spam;
use crate::staff::Staff;
use crate::tickets::Tickets;

/// Mails whose pause is over, and those that another process owes, are found so soon.
const MAILS_EVERY: Duration = Duration::from_secs(5);
/// While no mail can leave, the looks become rarer up to this.
const MAIL_SERVER_PAUSE_MAX: Duration = Duration::from_secs(60);
/// An answer that could be taken back leaves so soon after its moment.
const RELEASE_EVERY: Duration = Duration::from_secs(1);
const READS_EVERY: Duration = Duration::from_secs(60);
const REFRESH_EVERY: Duration = Duration::from_secs(3600);

/// What the jobs work with.
pub struct Jobs {
    pub db: Db,
    pub queue: JobQueue,
    pub events: Events,
    pub tickets: Tickets,
    pub customers: Customers,
    pub staff: Staff,
    pub files: Files,
    pub spam: Spam,
    pub intake: Intake,
    pub inbound: InboundEmails,
    pub notifications: Notifications,
    pub orders: Orders,
    pub privacy: Privacy,
    pub outbox: Outbox,
    pub renderer: MailRenderer,
    pub transport: Transport,
    pub inbox: Option<Inbox>,
    pub counts: Counts,
    pub searches: SearchLog,
}

impl Jobs {
    /// Runs until the flag becomes true or its sender is gone; ends what it is at, and writes down the last reads.
    pub async fn run(self, stop: watch::Receiver<bool>) {
        let (mails, inbound, reads) = (self.mails(stop.clone()), self.inbound(stop.clone()), self.reads(stop.clone()));
        tokio::join!(mails, inbound, reads, self.refresh(stop.clone()), self.releases(stop.clone()), self.orders(stop.clone()), self.work(stop));
    }

    async fn mails(&self, mut stop: watch::Receiver<bool>) {
        let mut pause = MAILS_EVERY;
        loop {
            let can_leave = match self.deliver_due(&stop).await {
                Ok(can_leave) => can_leave,
                Err(error) => {
                    tracing::warn!(%error, "mails wait: the outbox can't be read");
                    false
                }
            };
            pause = if can_leave { MAILS_EVERY } else { (pause * 2).min(MAIL_SERVER_PAUSE_MAX) };
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = self.outbox.woken(), if can_leave => {}
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Sends answers that can't be taken back any more. Where that fails, the row is still there at the next turn.
    async fn releases(&self, mut stop: watch::Receiver<bool>) {
        let (mut turn, mut is_away) = (every(RELEASE_EVERY), false);
        loop {
            tokio::select! {
                () = stopped(&mut stop) => return,
                _ = turn.tick() => {}
            }
            let result = self.intake.release_answers().await;
            if let (Err(error), false) = (&result, is_away) {
                tracing::warn!(%error, "answers wait to be sent");
            }
            is_away = result.is_err();
        }
    }

    async fn reads(&self, mut stop: watch::Receiver<bool>) {
        let mut turn = every(READS_EVERY);
        loop {
            let stopping = tokio::select! {
                () = stopped(&mut stop) => true,
                _ = turn.tick() => false,
            };
            if let Err(error) = self.counts.flush().await {
                tracing::warn!(%error, "reads are kept in memory for now");
            }
            if let Err(error) = self.searches.flush().await {
                tracing::warn!(%error, "what was searched for is kept in memory for now");
            }
            if stopping {
                return;
            }
        }
    }

    /// "Most read" is wanted soon after the start, so a first turn that fails is made up for within a minute.
    async fn refresh(&self, mut stop: watch::Receiver<bool>) {
        loop {
            let pause = match self.refresh_once().await {
                Ok(()) => REFRESH_EVERY,
                Err(error) => {
                    tracing::warn!(%error, "what is read and asked most stays as it was for now");
                    READS_EVERY
                }
            };
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    async fn refresh_once(&self) -> Result<(), DbError> {
        self.counts.refresh().await?;
        self.searches.refresh().await
    }
}

fn every(period: Duration) -> tokio::time::Interval {
    let mut turn = interval(period);
    turn.set_missed_tick_behavior(MissedTickBehavior::Delay);
    turn
}

async fn stopped(stop: &mut watch::Receiver<bool>) {
    // An error means that nobody is left to say stop.
    let _ = stop.wait_for(|stop| *stop).await;
}
