//! The SQL of drafts.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{DbError, from_row};
use crate::tickets::drafts::{DraftKind, SavedDraft};

const FIND: &str = "SELECT body, files, saved_at, version FROM drafts WHERE staff = $1 AND ticket = $2 AND kind = $3";
/// Keeps others from saving it until the transaction ends.
const LOCK: &str = "
    UPDATE drafts SET version = version WHERE staff = $1 AND ticket = $2 AND kind = $3 RETURNING body, files, saved_at, version";
const PUT: &str = "
    INSERT INTO drafts (staff, ticket, kind, body, files, saved_at, version) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (staff, ticket, kind) DO UPDATE SET body = excluded.body, files = excluded.files, saved_at = excluded.saved_at, version = excluded.version";
const DELETE: &str = "DELETE FROM drafts WHERE staff = $1 AND ticket = $2 AND kind = $3";
/// How often somebody said so in the last moments; what stands behind the words is a signature.
const SAID_JUST_NOW: &str = "
    SELECT (SELECT COUNT(*) FROM held_answers WHERE ticket = $1 AND staff = $2 AND SUBSTR(body, 1, LENGTH($3)) = $3)
        + (SELECT COUNT(*) FROM messages WHERE ticket = $1 AND author = $2 AND created_at > $4 AND SUBSTR(body, 1, LENGTH($3)) = $3)";
const FILES_OF_TICKET: &str = "
    SELECT files FROM drafts WHERE ticket = $1 AND files <> '' UNION ALL SELECT files FROM held_answers WHERE ticket = $1 AND files <> ''";

struct Row {
    body: String,
    files: String,
    saved_at: i64,
    version: i64,
}
from_row!(Row { body, files, saved_at, version });

impl From<Row> for SavedDraft {
    fn from(row: Row) -> Self {
        let files = row.files.split_whitespace().map(str::to_owned).collect();
        Self { body: row.body, files, saved_at: Micros(row.saved_at), version: row.version }
    }
}

pub(in crate::tickets) async fn find(pool: &AnyPool, staff: &str, ticket: &str, kind: DraftKind) -> Result<Option<SavedDraft>, DbError> {
    let row: Option<Row> = sqlx::query_as(FIND).bind(staff).bind(ticket).bind(kind.word()).fetch_optional(pool).await?;
    Ok(row.map(SavedDraft::from))
}

pub(in crate::tickets) async fn lock(
    connection: &mut AnyConnection,
    staff: &str,
    ticket: &str,
    kind: DraftKind,
) -> Result<Option<SavedDraft>, DbError> {
    let row: Option<Row> = sqlx::query_as(LOCK).bind(staff).bind(ticket).bind(kind.word()).fetch_optional(connection).await?;
    Ok(row.map(SavedDraft::from))
}

pub(in crate::tickets) async fn put(
    connection: &mut AnyConnection,
    staff: &str,
    ticket: &str,
    kind: DraftKind,
    draft: &SavedDraft,
) -> Result<(), DbError> {
    let query = sqlx::query(PUT).bind(staff).bind(ticket).bind(kind.word()).bind(&draft.body).bind(draft.files.join(" "));
    query.bind(draft.saved_at.0).bind(draft.version).execute(connection).await?;
    Ok(())
}

pub(in crate::tickets) async fn delete(connection: &mut AnyConnection, staff: &str, ticket: &str, kind: DraftKind) -> Result<(), DbError> {
    sqlx::query(DELETE).bind(staff).bind(ticket).bind(kind.word()).execute(connection).await?;
    Ok(())
}

pub(in crate::tickets) async fn said_just_now(pool: &AnyPool, staff: &str, ticket: &str, body: &str, since: Micros) -> Result<bool, DbError> {
    let count: i64 = sqlx::query_scalar(SAID_JUST_NOW).bind(ticket).bind(staff).bind(body).bind(since.0).fetch_one(pool).await?;
    Ok(count > 0)
}

/// The files that wait for anything in a ticket.
pub(in crate::tickets) async fn files_of_ticket(connection: &mut AnyConnection, ticket: &str) -> Result<Vec<String>, DbError> {
    let rows: Vec<String> = sqlx::query_scalar(FILES_OF_TICKET).bind(ticket).fetch_all(connection).await?;
    Ok(rows.iter().flat_map(|files| files.split_whitespace()).map(str::to_owned).collect())
}
