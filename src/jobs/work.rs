//! Runs what the queue holds.

use std::panic::AssertUnwindSafe;
use std::time::Duration;

use futures_util::FutureExt;
use tokio::sync::watch;
use tokio::time::timeout;

use super::kinds::Job;
use super::queue::Claimed;
use super::{Jobs, stopped};
use crate::db::{DbError, rate_limits};
use crate::error::ServiceError;

/// What is due is found so soon.
const LOOK_EVERY: Duration = Duration::from_secs(5);
/// While the database is away, the looks become rarer up to this.
const LOOK_PAUSE_MAX: Duration = Duration::from_secs(60);
/// A job that takes longer is broken off and tried again, so that it never runs after its lease.
const RUN_MAX: Duration = Duration::from_secs(9 * 60);

impl Jobs {
    /// The first turn is made to its end, whatever the flag says.
    pub(super) async fn work(&self, mut stop: watch::Receiver<bool>) {
        let (mut pause, mut is_scheduled) = (LOOK_EVERY, false);
        loop {
            let ran = if is_scheduled { self.run_due(|| *stop.borrow()).await } else { self.run_due_once().await };
            match ran {
                Ok(_) => (pause, is_scheduled) = (LOOK_EVERY, true),
                Err(error) => {
                    tracing::warn!(%error, "jobs wait: the queue can't be read");
                    pause = (pause * 2).min(LOOK_PAUSE_MAX);
                }
            }
            tokio::select! {
                () = stopped(&mut stop) => return,
                () = tokio::time::sleep(pause) => {}
            }
        }
    }

    /// Runs what is due, what recurs with it, and returns how many jobs that were.
    pub async fn run_due_once(&self) -> Result<usize, DbError> {
        self.queue.schedule().await?;
        self.run_due(|| false).await
    }

    async fn run_due(&self, is_stopping: impl Fn() -> bool) -> Result<usize, DbError> {
        let mut ran = 0;
        while !is_stopping() {
            let Some(claimed) = self.queue.claim().await? else { break };
            self.run_one(&claimed).await?;
            ran += 1;
        }
        Ok(ran)
    }

    async fn run_one(&self, claimed: &Claimed) -> Result<(), DbError> {
        let (job, attempt) = (claimed.kind.as_str(), claimed.attempt);
        let held = match self.attempt(claimed).await {
            Ok(()) => self.queue.done(claimed).await?,
            Err(problem) => {
                tracing::warn!(job, attempt, problem, "a job failed");
                self.queue.failed(claimed, &problem).await?
            }
        };
        if !held {
            tracing::warn!(job, attempt, "a job ended after its lease; what became of it is up to its next attempt");
        }
        Ok(())
    }

    async fn attempt(&self, claimed: &Claimed) -> Result<(), String> {
        let Some(job) = &claimed.job else { return Err("this version of the program does not know such a job".into()) };
        if claimed.is_spent() {
            return Err("none of its attempts came to an end".into());
        }
        // A fault in one job ends no other.
        match timeout(RUN_MAX, AssertUnwindSafe(self.perform(job)).catch_unwind()).await {
            Ok(Ok(result)) => result.map_err(|error| error.to_string()),
            Ok(Err(_)) => Err("it broke off by a fault".into()),
            Err(_) => Err(format!("it took longer than {} minutes", RUN_MAX.as_secs() / 60)),
        }
    }

    async fn perform(&self, job: &Job) -> Result<(), ServiceError> {
        let now = self.events.now();
        match job {
            Job::Notify => self.notifications.look().await?,
            Job::PruneReads => self.counts.prune().await?,
            Job::PruneSearches => self.searches.prune().await?,
            Job::PruneMails => self.outbox.prune().await?,
            Job::PruneLimits => {
                let mut write = self.db.begin().await?;
                rate_limits::prune(&mut write, now).await?;
                write.commit().await?;
            }
            Job::PruneSpam => {
                let mut write = self.db.begin().await?;
                self.spam.prune(&mut write, now).await?;
                write.commit().await?;
            }
            Job::PruneCustomers => {
                let mut write = self.db.begin().await?;
                self.customers.prune(&mut write, now).await?;
                write.commit().await?;
            }
            Job::PruneStaff => {
                self.staff.sessions().prune().await?;
                self.notifications.prune().await?;
            }
            Job::CloseTickets => self.tickets.prune().await?,
            Job::PruneInbound => self.inbound.prune(self.privacy.kept_until()).await?,
            Job::PruneOrders => self.orders.prune().await?,
            Job::EraseOver => {
                self.privacy.erase_over().await?;
                // The files of what was erased go with it.
                self.files.sweep().await?;
            }
            Job::SweepFiles => self.files.sweep().await?,
        }
        Ok(())
    }
}
