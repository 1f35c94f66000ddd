//! Taking a step of triage back: what a ticket was like before is read from its events, and the way back is an event like any other.

use std::collections::HashSet;

use serde_json::Value;

use super::model::{QuarantineReason, Reference, Status, Ticket};
use super::store;
use super::triage::Triage;
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::{Actor, Event, Kind, NewEvent, Subject};

/// What an event that takes another one back names it by.
const UNDOES: &str = "undoes";

impl Triage<'_> {
    /// Takes back the last step that somebody made of a ticket: who has it, its tags, until when it is put off, that it is solved, that it is spam. Returns
    /// what it was. Once more takes back the step before. `NotNow` where there is none, or where the same was changed since.
    pub async fn undo_last(&self, reference: &Reference, by: &Actor) -> Result<Kind, ServiceError> {
        let mut change = self.0.0.events.begin().await?;
        let mut ticket = store::lock(&mut change, reference).await?.ok_or(ServiceError::NotFound)?;
        let events = self.0.0.events.of_locked(&mut change, &ticket.key.id).await?;
        let undone: HashSet<i64> = events.iter().filter_map(|event| event.data.get(UNDOES)?.as_i64()).collect();
        // A step and its way back are as if neither had been.
        let standing: Vec<&Event> = events.iter().filter(|event| !undone.contains(&event.seq) && !event.data.contains_key(UNDOES)).collect();
        let own = standing.iter().rposition(|event| event.by == *by && field_of(event).is_some()).ok_or(ServiceError::NotNow)?;
        let (step, field) = (standing[own], field_of(standing[own]).ok_or(ServiceError::NotNow)?);
        if standing[own + 1..].iter().any(|event| value_after(event, field).is_some()) {
            return Err(ServiceError::NotNow);
        }
        let before = |field: &str| standing[..own].iter().rev().find_map(|event| value_after(event, field)).unwrap_or(Value::Null);
        let value = before(field);
        let kind = if step.kind == Kind::Quarantined { Kind::Released } else { step.kind };
        let event = NewEvent::new(Subject::Ticket, &ticket.key.id, by, kind).with(field, value.clone()).with(UNDOES, step.seq);
        let due_at = before("due_at");
        let event = if field == "status" { event.with("due_at", due_at.clone()) } else { event };
        apply(&mut ticket, field, &value, &due_at, change.now())?;
        store::save(&mut change, &ticket).await?;
        change.record(event);
        change.commit().await?;
        Ok(step.kind)
    }
}

/// What a step of triage changes, by its name in the event; `None`: it is no such step.
fn field_of(event: &Event) -> Option<&'static str> {
    match event.kind {
        Kind::Assigned => Some("assignee"),
        Kind::Tagged => Some("tags"),
        Kind::Snoozed => Some("snoozed_until"),
        Kind::StatusChanged if event.data.get("status").and_then(Value::as_str) == Some(Status::Solved.word()) => Some("status"),
        Kind::Quarantined => Some("quarantine"),
        _ => None,
    }
}

/// What something is after an event; `None`: it says nothing of it.
fn value_after(event: &Event, field: &str) -> Option<Value> {
    match event.kind {
        Kind::Released if field == "quarantine" => Some(Value::Null),
        _ => event.data.get(field).cloned(),
    }
}

/// Gives a ticket the value that it had before.
fn apply(ticket: &mut Ticket, field: &str, value: &Value, due_at: &Value, now: Micros) -> Result<(), ServiceError> {
    match field {
        "assignee" => ticket.assignee = value.as_str().map(str::to_owned),
        "tags" => ticket.tags = value.as_str().unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
        "snoozed_until" => ticket.snoozed_until = value.as_i64().map(Micros),
        "quarantine" => {
            ticket.quarantine = value.as_str().and_then(QuarantineReason::parse);
            ticket.updated_at = now;
        }
        _ => {
            let status = value.as_str().and_then(Status::parse);
            ticket.status = status.ok_or_else(|| ServiceError::Broken("a ticket whose events say no status".into()))?;
            ticket.solved_at = None;
            ticket.due_at = due_at.as_i64().map(Micros);
            ticket.updated_at = now;
        }
    }
    Ok(())
}
