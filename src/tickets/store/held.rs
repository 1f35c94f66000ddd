//! The SQL of answers that can still be taken back.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{DbError, from_row};
use crate::tickets::held::HeldAnswer;
use crate::tickets::model::Reference;

const INSERT: &str = "
    INSERT INTO held_answers (id, ticket, staff, body, files, solves, held_at, release_at, base_seq) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const OF_TICKET: &str = "
    SELECT id, ticket, staff, body, files, solves, release_at, base_seq FROM held_answers WHERE ticket = $1 ORDER BY release_at, id";
const OF_STAFF: &str = "
    SELECT held_answers.id, reference, release_at FROM held_answers JOIN tickets ON tickets.id = held_answers.ticket
    WHERE staff = $1 ORDER BY release_at, held_answers.id";
const SAME: &str = "
    SELECT id, ticket, staff, body, files, solves, release_at, base_seq FROM held_answers
    WHERE ticket = $1 AND staff = $2 AND body = $3 ORDER BY release_at DESC LIMIT 1";
const DUE: &str = "SELECT id FROM held_answers WHERE release_at <= $1 ORDER BY release_at, id LIMIT 100";
const TAKE: &str = "DELETE FROM held_answers WHERE id = $1 RETURNING id, ticket, staff, body, files, solves, release_at, base_seq";

struct Row {
    id: String,
    ticket: String,
    staff: String,
    body: String,
    files: String,
    solves: i64,
    release_at: i64,
    base_seq: i64,
}
from_row!(Row { id, ticket, staff, body, files, solves, release_at, base_seq });

impl From<Row> for HeldAnswer {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            ticket: row.ticket,
            staff: row.staff,
            body: row.body,
            files: row.files.split_whitespace().map(str::to_owned).collect(),
            solves: row.solves != 0,
            release_at: Micros(row.release_at),
            base_seq: row.base_seq,
        }
    }
}

pub(in crate::tickets) async fn insert(connection: &mut AnyConnection, answer: &HeldAnswer, now: Micros) -> Result<(), DbError> {
    sqlx::query(INSERT)
        .bind(&answer.id)
        .bind(&answer.ticket)
        .bind(&answer.staff)
        .bind(&answer.body)
        .bind(answer.files.join(" "))
        .bind(i64::from(answer.solves))
        .bind(now.0)
        .bind(answer.release_at.0)
        .bind(answer.base_seq)
        .execute(connection)
        .await?;
    Ok(())
}

pub(in crate::tickets) async fn of_ticket(pool: &AnyPool, ticket: &str) -> Result<Vec<HeldAnswer>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(OF_TICKET).bind(ticket).fetch_all(pool).await?;
    Ok(rows.into_iter().map(HeldAnswer::from).collect())
}

/// One of somebody with the same words.
pub(in crate::tickets) async fn same(connection: &mut AnyConnection, ticket: &str, staff: &str, body: &str) -> Result<Option<HeldAnswer>, DbError> {
    let row: Option<Row> = sqlx::query_as(SAME).bind(ticket).bind(staff).bind(body).fetch_optional(connection).await?;
    Ok(row.map(HeldAnswer::from))
}

/// Those of somebody: id, ticket, and when each leaves.
pub(in crate::tickets) async fn of_staff(pool: &AnyPool, staff: &str) -> Result<Vec<(String, Reference, Micros)>, DbError> {
    let rows: Vec<(String, String, i64)> = sqlx::query_as(OF_STAFF).bind(staff).fetch_all(pool).await?;
    let read = |(id, reference, at): (String, String, i64)| Some((id, Reference::parse(&reference)?, Micros(at)));
    Ok(rows.into_iter().filter_map(read).collect())
}

pub(in crate::tickets) async fn due(pool: &AnyPool, now: Micros) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(DUE).bind(now.0).fetch_all(pool).await?)
}

pub(in crate::tickets) async fn take(connection: &mut AnyConnection, id: &str) -> Result<Option<HeldAnswer>, DbError> {
    let row: Option<Row> = sqlx::query_as(TAKE).bind(id).fetch_optional(connection).await?;
    Ok(row.map(HeldAnswer::from))
}
