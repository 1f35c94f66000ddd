//! What happened to a ticket, as far as its customer is shown it: read from its events.

use super::model::{Status, Step, StepTaken, Ticket};
use crate::clock::Micros;
use crate::events::{Event, Kind};

/// The steps of a ticket, oldest first. The first is there whatever the log has.
pub(super) fn steps(ticket: &Ticket, events: &[Event]) -> Vec<StepTaken> {
    let mut taken = vec![StepTaken { step: Step::Received, at: ticket.created_at }];
    let mut before = Status::New;
    for event in events {
        let status = event.data.get("status").and_then(|word| Status::parse(word.as_str()?));
        let status = status.filter(|_| event.kind != Kind::Created).unwrap_or(before);
        if let Some(step) = step(event.kind, before, status) {
            take(&mut taken, step, event.at);
        }
        before = status;
    }
    taken
}

fn step(kind: Kind, before: Status, after: Status) -> Option<Step> {
    match (kind, after) {
        (Kind::Answered, _) => Some(Step::Answered),
        (Kind::AddressCorrected, _) => Some(Step::AddressCorrected),
        // Only thanks leaves it solved.
        (Kind::CustomerReplied, Status::Solved) => None,
        (Kind::CustomerReplied, _) if before == Status::Solved => Some(Step::Reopened),
        (Kind::CustomerReplied, _) if before == Status::Pending => Some(Step::CustomerWrote),
        (Kind::StatusChanged, Status::Open) if before == Status::Solved => Some(Step::Reopened),
        (Kind::StatusChanged, Status::Open) => Some(Step::LookedAt),
        (Kind::StatusChanged, Status::Pending) => Some(Step::Asked),
        (Kind::StatusChanged, Status::Solved) => Some(Step::Solved),
        (Kind::StatusChanged, Status::Closed) => Some(Step::Closed),
        _ => None,
    }
}

/// The same twice in a row is one, at its last moment.
fn take(taken: &mut Vec<StepTaken>, step: Step, at: Micros) {
    match taken.last_mut() {
        Some(last) if last.step == step => last.at = at,
        _ => taken.push(StepTaken { step, at }),
    }
}
