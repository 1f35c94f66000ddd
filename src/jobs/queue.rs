//! The durable queue of jobs, shared by all instances.
//!
//! Promised: a job that was put in runs although the program is killed; one instance at a time runs it, and one that died loses it with its lease;
//! what fails is tried again after pauses that grow; what recurs is in the queue once, so that it runs once a period and not once an instance.

use super::kinds::{Job, SCHEDULE};
use super::store::{self, SCHEDULE_KEY};
use crate::clock::{Clock, Micros};
use crate::db::claim::{ClaimedRow, claim_job};
use crate::db::{Db, DbError, Write};

/// Pauses after the first, second, … failed attempt, in minutes: about a day in all, then the job is given up. What recurs never is.
const PAUSES_MINUTES: [i64; 8] = [1, 5, 15, 60, 180, 360, 360, 360];
/// Whoever claims a job has so long to run it; then it counts as not run, since the claimer must have died. Longer than `work::RUN_MAX`.
const LEASE_MICROS: i64 = 10 * Micros::MINUTE;

/// A job that somebody claimed and now has to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claimed {
    pub id: String,
    pub kind: String,
    /// `None`: another version of the program put it in, and this one does not know it.
    pub job: Option<Job>,
    /// This attempt's number, from 1.
    pub attempt: i64,
    is_scheduled: bool,
}

impl From<ClaimedRow> for Claimed {
    fn from(row: ClaimedRow) -> Self {
        let job = Job::parse(&row.kind, &row.data);
        let is_scheduled = row.unique_key.is_some_and(|key| key.starts_with(SCHEDULE_KEY));
        Self { id: row.id, kind: row.kind, job, attempt: row.attempts, is_scheduled }
    }
}

impl Claimed {
    /// How long after its end it is due again; `None`: it does not recur.
    fn period(&self) -> Option<i64> {
        let known = self.job.as_ref().and_then(Job::period);
        self.is_scheduled.then(|| known.unwrap_or(Micros::HOUR))
    }

    /// The pause after this attempt, if it fails; `None`: it was the last one.
    fn pause(&self) -> Option<i64> {
        let pause = usize::try_from(self.attempt - 1).ok().and_then(|before| PAUSES_MINUTES.get(before)).map(|minutes| minutes * Micros::MINUTE);
        match self.period() {
            Some(period) => Some(pause.unwrap_or(period).min(period)),
            None => pause,
        }
    }

    /// Whether all its attempts ended without a word, the last one too: the program may die of it.
    pub fn is_spent(&self) -> bool {
        !self.is_scheduled && usize::try_from(self.attempt).is_ok_and(|attempt| attempt > PAUSES_MINUTES.len() + 1)
    }
}

/// A handle to the queue; copies share it.
#[derive(Clone)]
pub struct JobQueue {
    db: Db,
    clock: Clock,
}

impl JobQueue {
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock }
    }

    /// Puts a job in, in the caller's transaction. While one of the same key waits, nothing is put in.
    pub async fn enqueue(&self, write: &mut Write, job: &Job, unique_key: Option<&str>, run_at: Micros) -> Result<(), DbError> {
        store::enqueue(write, job, unique_key, self.clock.now(), run_at).await
    }

    /// Puts in what recurs and is not there yet; it is due at once.
    pub async fn schedule(&self) -> Result<(), DbError> {
        let now = self.clock.now();
        let mut write = self.db.begin().await?;
        for (job, _) in SCHEDULE {
            store::enqueue_scheduled(&mut write, job, now, now).await?;
        }
        write.commit().await
    }

    /// Takes the job that has been due for longest; nobody else gets it while the lease lasts.
    pub async fn claim(&self) -> Result<Option<Claimed>, DbError> {
        let now = self.clock.now();
        let mut write = self.db.begin().await?;
        let row = claim_job(&mut write, now, now.plus(LEASE_MICROS)).await?;
        write.commit().await?;
        Ok(row.map(Claimed::from))
    }

    /// It is done. What recurs is put in for its next time with the same commit. False where another attempt holds it by now: nothing changes.
    pub async fn done(&self, claimed: &Claimed) -> Result<bool, DbError> {
        let now = self.clock.now();
        let mut write = self.db.begin().await?;
        let held = store::delete(&mut write, &claimed.id, claimed.attempt).await?;
        if let (true, Some(job), Some(period)) = (held, &claimed.job, claimed.period()) {
            store::enqueue_scheduled(&mut write, job, now, now.plus(period)).await?;
        }
        write.commit().await?;
        Ok(held)
    }

    /// It failed. It is tried again after a pause that grows, and given up after the last attempt; then it is kept and counted. False where
    /// another attempt holds it by now: nothing changes.
    pub async fn failed(&self, claimed: &Claimed, problem: &str) -> Result<bool, DbError> {
        let run_at = claimed.pause().map(|pause| self.clock.now().plus(pause));
        let mut write = self.db.begin().await?;
        let held = store::fail(&mut write, &claimed.id, claimed.attempt, run_at, problem).await?;
        write.commit().await?;
        Ok(held)
    }

    /// How many failed last or were given up, for `/metrics`.
    pub async fn count_failed(&self) -> Result<i64, DbError> {
        store::count_failed(&self.db.ready().await?).await
    }
}
