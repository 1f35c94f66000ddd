//! How far an account is read.

use super::{Round, Stream};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::orders::account::Account;
use crate::orders::{Orders, store};
use crate::values::words::words;

const FAILURES_MAX: i64 = 50;
/// A rate of fewer periods says nothing.
const RATED_FROM: i64 = 5;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Importing,
    Paused,
    /// Somebody has to mend something.
    Failed,
    /// Everything is here, and looked after.
    Fresh,
    /// Its sales are here, and nothing more is asked.
    Disconnected,
}

words!(State { Importing => "importing", Paused => "paused", Failed => "failed", Fresh => "fresh", Disconnected => "disconnected" });

#[derive(Debug, Clone, PartialEq)]
pub struct Progress {
    pub state: State,
    /// Whether all that there was when the account was connected is here.
    pub complete: bool,
    /// Periods of the first import.
    pub done: i64,
    pub all: i64,
    /// Items that were read in it.
    pub items: i64,
    /// Seconds until it is done, as long as it goes on as until now.
    pub seconds_left: Option<i64>,
    /// Items a second.
    pub rate: Option<i64>,
    pub failures: Vec<Failure>,
}

/// A period that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    pub stream: Stream,
    pub starts_at: Micros,
    pub ends_at: Micros,
    pub problem: String,
}

impl Orders {
    pub async fn progress(&self, account: &Account) -> Result<Progress, ServiceError> {
        let pool = self.0.db.ready().await?;
        let rows = store::windows::progress(&pool, &account.id).await?;
        let of = |state: &str| rows.iter().find(|row| row.round == Round::Import.word() && row.state == state);
        let count = |state: &str| of(state).map_or(0, |row| row.windows);
        let (done, open, failed) = (count("done"), count("open"), count("failed"));
        let items = of("done").and_then(|row| row.items).unwrap_or_default();
        let seconds = of("done").and_then(|row| Some((row.last_at? - row.first_at?) / Micros::SECOND)).filter(|_| done >= RATED_FROM);
        let failures = store::windows::failures(&pool, &account.id, FAILURES_MAX).await?;
        let failures: Vec<Failure> = failures
            .into_iter()
            .filter_map(|row| {
                let stream = Stream::parse(&row.stream)?;
                Some(Failure { stream, starts_at: Micros(row.starts_at), ends_at: Micros(row.ends_at), problem: row.problem.unwrap_or_default() })
            })
            .collect();
        let needs_somebody = account.problem.as_deref().and_then(crate::orders::CallError::parse).is_some_and(|error| !error.is_passing());
        let state = if account.is_disconnected {
            State::Disconnected
        } else if account.is_paused {
            State::Paused
        } else if needs_somebody || (open == 0 && !failures.is_empty()) {
            State::Failed
        } else if open > 0 {
            State::Importing
        } else {
            State::Fresh
        };
        Ok(Progress {
            state,
            complete: done > 0 && open == 0 && failed == 0,
            done,
            all: done + open + failed,
            items,
            seconds_left: seconds.filter(|_| open > 0).map(|seconds| seconds * open / done.max(1)),
            rate: seconds.map(|seconds| items / seconds.max(1)),
            failures,
        })
    }

    /// Reads once more what could not be read.
    pub async fn read_failed_again(&self, account: &str) -> Result<(), ServiceError> {
        let mut write = self.0.db.begin().await?;
        store::windows::reopen_failed(&mut write, account).await?;
        Ok(write.commit().await?)
    }
}
