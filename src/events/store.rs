//! The SQL of the log.

use crate::db::from_row;
use serde_json::Map;
use sqlx::{AnyConnection, AnyPool};

use super::{Actor, Event, Kind, NewEvent, Subject};
use crate::clock::Micros;
use crate::db::{self, DbError, PersonalData};

/// Locks the counter until the commit.
const TAKE_NUMBERS: &str = "UPDATE event_counter SET last = last + $1 WHERE id = 1 RETURNING last";
const LAST: &str = "SELECT last FROM event_counter WHERE id = 1";
const INSERT: &str = "
    INSERT INTO events (seq, subject_kind, subject, ticket, at, local_day, actor_kind, actor, kind, data)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
/// What is written in bulk waits for fewer answers so.
const INSERT_EIGHT: &str = "
    INSERT INTO events (seq, subject_kind, subject, ticket, at, local_day, actor_kind, actor, kind, data)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10),
        ($11, $12, $13, $14, $15, $16, $17, $18, $19, $20),
        ($21, $22, $23, $24, $25, $26, $27, $28, $29, $30),
        ($31, $32, $33, $34, $35, $36, $37, $38, $39, $40),
        ($41, $42, $43, $44, $45, $46, $47, $48, $49, $50),
        ($51, $52, $53, $54, $55, $56, $57, $58, $59, $60),
        ($61, $62, $63, $64, $65, $66, $67, $68, $69, $70),
        ($71, $72, $73, $74, $75, $76, $77, $78, $79, $80)";
const EIGHT: usize = 8;
const OF_TICKET: &str = "
    SELECT seq, ticket, at, local_day, actor_kind, actor, kind, data FROM events WHERE ticket = $1 ORDER BY seq";
const COUNT: &str = "SELECT COUNT(*) FROM events WHERE ticket = $1 AND kind = $2";
const LAST_OF: &str = "SELECT COALESCE(MAX(seq), 0) FROM events WHERE ticket = $1";
/// What somebody else said, or is about to say. What is answered on the desk counts from when it was written.
const COUNT_SAID: &str = "
    SELECT COUNT(*) FROM events WHERE ticket = $1 AND seq > $2 AND COALESCE(actor, '') <> $3
        AND (kind IN ('customer_replied', 'files_added', 'answer_held', 'noted') OR (kind = 'answered' AND data NOT LIKE '%_channel_:_desk_%'))";
const COUNT_SAID_BY: &str = "
    SELECT COUNT(*) FROM events WHERE ticket = $1 AND seq > $2 AND actor = $3 AND kind IN ('answer_held', 'answered', 'noted')";
const COUNT_OF_CUSTOMER: &str = "
    SELECT COUNT(*) FROM events WHERE ticket = $1 AND seq > $2 AND kind IN ('customer_replied', 'files_added')";
const AFTER: &str = "
    SELECT seq, ticket, at, local_day, actor_kind, actor, kind, data FROM events WHERE seq > $1 ORDER BY seq LIMIT $2";
/// One row at least, with the log's last number; without an event where there is none after the number.
const BRIEF_AFTER: &str = "
    SELECT event_counter.last, news.seq, news.ticket, news.kind, news.subject_kind, news.subject
    FROM event_counter LEFT JOIN (SELECT seq, ticket, kind, subject_kind, subject FROM events WHERE seq > $1 ORDER BY seq LIMIT $2) AS news ON 1 = 1
    WHERE event_counter.id = 1 ORDER BY news.seq";
const KEEP_SUMS: &str = "
    INSERT INTO event_sums (local_day, kind, actor_kind, events)
    SELECT local_day, kind, actor_kind, COUNT(*) FROM events WHERE ticket = $1 GROUP BY local_day, kind, actor_kind
    ON CONFLICT (local_day, kind, actor_kind) DO UPDATE SET events = event_sums.events + excluded.events";
const DELETE_OF_TICKET: &str = "DELETE FROM events WHERE ticket = $1";

/// What is kept about a customer as such, `$1`; the events of their tickets go with those.
pub const PERSONAL_DATA: &[PersonalData] = &[PersonalData::of_customer(
    "events",
    "SELECT COUNT(*) FROM events WHERE subject_kind = 'customer' AND subject = $1 AND subject <> ''",
    "DELETE FROM events WHERE subject_kind = 'customer' AND subject = $1 AND subject <> ''",
)];

struct Row {
    seq: i64,
    ticket: Option<String>,
    at: i64,
    local_day: i64,
    actor_kind: String,
    actor: Option<String>,
    kind: String,
    data: String,
}
from_row!(Row { seq, ticket, at, local_day, actor_kind, actor, kind, data });

impl TryFrom<Row> for Event {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        Ok(Self {
            seq: row.seq,
            ticket: row.ticket,
            at: Micros(row.at),
            local_day: row.local_day,
            by: Actor::parse(&row.actor_kind, row.actor.as_deref()).ok_or_else(|| db::unknown("actor", &row.actor_kind))?,
            kind: Kind::parse(&row.kind).ok_or_else(|| db::unknown("kind of event", &row.kind))?,
            data: serde_json::from_str::<Map<_, _>>(&row.data).map_err(|_| db::unknown("data of an event", &row.kind))?,
        })
    }
}

/// Where the log ends, and perhaps that something happened, and to which ticket.
pub(super) struct BriefRow {
    pub(super) last: i64,
    pub(super) seq: Option<i64>,
    pub(super) ticket: Option<String>,
    /// A word that this version of the program may not know: another one may write beside it.
    pub(super) kind: Option<String>,
    subject_kind: Option<String>,
    subject: Option<String>,
}
from_row!(BriefRow { last, seq, ticket, kind, subject_kind, subject });

impl BriefRow {
    /// Whom of the team it is about.
    pub(super) fn staff(&self) -> Option<&str> {
        let is_staff = self.subject_kind.as_deref() == Some(Subject::Staff.word());
        self.subject.as_deref().filter(|_| is_staff)
    }
}

/// Gives the events their numbers and writes them.
pub(super) async fn insert(connection: &mut AnyConnection, events: &[(NewEvent, Micros)], local_day: impl Fn(Micros) -> i64) -> Result<(), DbError> {
    let count = i64::try_from(events.len()).unwrap_or(i64::MAX);
    let last: i64 = sqlx::query_scalar(TAKE_NUMBERS).bind(count).fetch_one(&mut *connection).await?;
    let mut seqs = last - count + 1..;
    let mut rest = events;
    while !rest.is_empty() {
        let (few, left) = rest.split_at(if rest.len() >= EIGHT { EIGHT } else { 1 });
        let mut query = if few.len() == EIGHT { sqlx::query(INSERT_EIGHT) } else { sqlx::query(INSERT) };
        for (event, at) in few {
            let (actor_kind, actor) = event.by.words();
            let ticket = Some(event.subject.as_str()).filter(|_| event.subject_kind == Subject::Ticket && !event.subject.is_empty());
            query = query.bind(seqs.next()).bind(event.subject_kind.word()).bind(&event.subject).bind(ticket).bind(at.0).bind(local_day(*at));
            query = query.bind(actor_kind).bind(actor).bind(event.kind.word()).bind(serde_json::Value::Object(event.data.clone()).to_string());
        }
        query.execute(&mut *connection).await?;
        rest = left;
    }
    Ok(())
}

pub(super) async fn of_ticket<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, ticket: &str) -> Result<Vec<Event>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(OF_TICKET).bind(ticket).fetch_all(executor).await?;
    rows.into_iter().map(Event::try_from).collect()
}

pub(super) async fn count(connection: &mut AnyConnection, ticket: &str, kind: Kind) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT).bind(ticket).bind(kind.word()).fetch_one(connection).await?)
}

pub(super) async fn last_of<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, ticket: &str) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(LAST_OF).bind(ticket).fetch_one(executor).await?)
}

pub(super) async fn count_said(connection: &mut AnyConnection, ticket: &str, seq: i64, but: &str) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT_SAID).bind(ticket).bind(seq).bind(but).fetch_one(connection).await?)
}

pub(super) async fn count_said_by(connection: &mut AnyConnection, ticket: &str, seq: i64, staff: &str) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT_SAID_BY).bind(ticket).bind(seq).bind(staff).fetch_one(connection).await?)
}

pub(super) async fn count_of_customer(connection: &mut AnyConnection, ticket: &str, seq: i64) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT_OF_CUSTOMER).bind(ticket).bind(seq).fetch_one(connection).await?)
}

pub(super) async fn after<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, seq: i64, limit: i64) -> Result<Vec<Event>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(AFTER).bind(seq).bind(limit).fetch_all(executor).await?;
    rows.into_iter().map(Event::try_from).collect()
}

pub(super) async fn brief_after(pool: &AnyPool, seq: i64, limit: i64) -> Result<Vec<BriefRow>, DbError> {
    Ok(sqlx::query_as(BRIEF_AFTER).bind(seq).bind(limit).fetch_all(pool).await?)
}

pub(super) async fn last<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(LAST).fetch_one(executor).await?)
}

pub(super) async fn keep_sums(connection: &mut AnyConnection, ticket: &str) -> Result<(), DbError> {
    sqlx::query(KEEP_SUMS).bind(ticket).execute(&mut *connection).await?;
    sqlx::query(DELETE_OF_TICKET).bind(ticket).execute(connection).await?;
    Ok(())
}
