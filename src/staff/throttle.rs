//! Wrong tries make the next one wait, longer and longer.
//!
//! Counted are three things. A person from one network: a slip of the finger, or a guess. A person from everywhere, and a network for everybody: these
//! are an attack, and begin to wait much later. A browser that the person has logged in with before is counted by itself alone, so that nobody's guesses
//! lock them out, nor those of a colleague behind the same address ("device cookies" of OWASP).

use crate::clock::Micros;
use crate::db::Write;
use crate::error::ServiceError;
use crate::staff::store::tries as store;

/// Tries that are free, before the waits begin.
const FREE: i64 = 5;
const FREE_OF_PERSON: i64 = 50;
const FREE_OF_NETWORK: i64 = 100;
const FIRST_WAIT_SECONDS: i64 = 30;
const LONGEST_WAIT_SECONDS: i64 = 3600;
/// After so long without a try all is forgotten.
pub(super) const FORGOTTEN_AFTER: i64 = Micros::DAY;

/// Who tries what, as keyed hashes.
pub(super) struct Try {
    subjects: Vec<(String, i64)>,
}

/// A try that has to wait.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Wait {
    pub seconds: i64,
}

impl Try {
    pub(super) fn of_stranger(person_here: String, person: String, network: String) -> Self {
        Self { subjects: vec![(person_here, FREE), (person, FREE_OF_PERSON), (network, FREE_OF_NETWORK)] }
    }

    pub(super) fn of_known(browser: String) -> Self {
        Self { subjects: vec![(browser, FREE)] }
    }

    /// Counts the try before anything is compared, so that many at the same moment are not more than one after the other.
    pub(super) async fn begin(&self, write: &mut Write, now: Micros) -> Result<Option<Wait>, ServiceError> {
        let mut counted = Vec::new();
        for (subject, free) in self.in_order() {
            let (tries, last_at, blocked_until) = store::lock(write, subject, now).await?;
            if now < blocked_until {
                let micros = blocked_until.0 - now.0;
                return Ok(Some(Wait { seconds: (micros + Micros::SECOND - 1) / Micros::SECOND }));
            }
            let tries = if last_at.plus(FORGOTTEN_AFTER) <= now { 1 } else { tries + 1 };
            counted.push((subject, tries, now.plus(wait_seconds(tries, *free) * Micros::SECOND)));
        }
        for (subject, tries, blocked_until) in counted {
            store::set(write, subject, tries, now, blocked_until).await?;
        }
        Ok(None)
    }

    /// In one order for everybody, so that two never wait for each other.
    fn in_order(&self) -> Vec<&(String, i64)> {
        let mut sorted: Vec<_> = self.subjects.iter().collect();
        sorted.sort();
        sorted
    }

    /// It was right: what the person did here before is forgiven, and this try to everybody.
    pub(super) async fn was_right(&self, write: &mut Write) -> Result<(), ServiceError> {
        for (subject, free) in self.in_order() {
            if *free == FREE {
                store::forgive_all(write, subject).await?;
            } else {
                store::forgive_one(write, subject).await?;
            }
        }
        Ok(())
    }
}

/// What has to pass after so many tries: nothing while they are free, then 30 seconds, doubled each time, up to an hour.
fn wait_seconds(tries: i64, free: i64) -> i64 {
    match tries - free {
        over if over < 0 => 0,
        over => {
            FIRST_WAIT_SECONDS.checked_shl(u32::try_from(over).unwrap_or(u32::MAX).min(20)).unwrap_or(LONGEST_WAIT_SECONDS).min(LONGEST_WAIT_SECONDS)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waits_double_up_to_an_hour() {
        let waits: Vec<i64> = (1..=14).map(|tries| wait_seconds(tries, FREE)).collect();
        assert_eq!(waits, [0, 0, 0, 0, 30, 60, 120, 240, 480, 960, 1920, 3600, 3600, 3600]);
        assert_eq!(wait_seconds(i64::MAX, FREE), 3600);
    }
}
