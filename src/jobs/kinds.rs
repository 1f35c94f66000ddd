//! The kinds of jobs, and which of them recur. Whoever takes a kind away deletes its rows in a migration.

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::clock::Micros;
use crate::db::DbError;

/// One thing to do. Each step of housekeeping is a kind of its own, so that one that fails holds up no other.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "data", rename_all = "snake_case")]
pub enum Job {
    /// Tells people of the team what happened.
    Notify,
    PruneReads,
    PruneSearches,
    /// Emails that were sent long ago.
    PruneMails,
    PruneLimits,
    /// Texts by which spam is known again.
    PruneSpam,
    /// Codes and sessions that are over, and customers of whom nothing is left.
    PruneCustomers,
    /// Sessions, links and wrong tries of staff that are over, and what they were told long ago.
    PruneStaff,
    /// Closes what has been solved for long.
    CloseTickets,
    /// Incoming emails that were decided on long ago.
    PruneInbound,
    /// What Hotmart sent long ago.
    PruneOrders,
    /// Erases what is kept no longer.
    EraseOver,
    /// Drops files that belong to nothing.
    SweepFiles,
}

/// What recurs, and how long after its end it is due again.
pub const SCHEDULE: &[(Job, i64)] = &[
    (Job::Notify, Micros::MINUTE),
    (Job::PruneReads, Micros::HOUR),
    (Job::PruneSearches, Micros::HOUR),
    (Job::PruneMails, Micros::HOUR),
    (Job::PruneLimits, Micros::HOUR),
    (Job::PruneSpam, Micros::HOUR),
    (Job::PruneCustomers, Micros::HOUR),
    (Job::PruneStaff, Micros::HOUR),
    (Job::CloseTickets, Micros::HOUR),
    (Job::PruneInbound, Micros::HOUR),
    (Job::PruneOrders, Micros::HOUR),
    (Job::EraseOver, Micros::HOUR),
    (Job::SweepFiles, Micros::HOUR),
];

impl Job {
    /// How long after its end it is due again; `None`: it does not recur.
    pub(super) fn period(&self) -> Option<i64> {
        SCHEDULE.iter().find(|(job, _)| job == self).map(|(_, period)| *period)
    }

    /// What is stored: the kind's word, and its data as JSON.
    pub(super) fn to_words(&self) -> Result<(String, String), DbError> {
        let value = serde_json::to_value(self).map_err(|error| DbError::Broken(format!("a job that can't be stored: {error}")))?;
        Ok((value["kind"].as_str().unwrap_or_default().to_owned(), value["data"].to_string()))
    }

    /// `None` for what this version of the program does not know.
    pub(super) fn parse(kind: &str, data: &str) -> Option<Self> {
        let data: Value = serde_json::from_str(data).ok()?;
        let value = if data.is_null() { json!({ "kind": kind }) } else { json!({ "kind": kind, "data": data }) };
        serde_json::from_value(value).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_job_is_read_back_from_its_words_and_nothing_else_is() {
        for (job, _) in SCHEDULE {
            let (kind, data) = job.to_words().expect("words");
            assert_eq!(Job::parse(&kind, &data).as_ref(), Some(job));
        }
        assert_eq!(Job::SweepFiles.to_words().expect("words"), ("sweep_files".into(), "null".into()));
        for (kind, data) in [("", "null"), ("SweepFiles", "null"), ("sweep_files", ""), ("sweep_files", "{\"id\":1}")] {
            assert_eq!(Job::parse(kind, data), None, "{kind} {data}");
        }
    }
}
