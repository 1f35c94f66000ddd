//! The attachments' SQL.

use crate::db::from_row;
use sqlx::{AnyConnection, AnyPool};

use super::Attachment;
use crate::clock::Micros;
use crate::db::{DbError, PersonalData};

const INSERT: &str = "
    INSERT INTO attachments (id, created_at, name, media_type, bytes, width, height, fingerprint, staged_until)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const STAGED: &str = "
    SELECT id, message, name, media_type, bytes, width, height FROM attachments WHERE id = $1 AND ticket IS NULL AND staged_until > $2";
/// What a message has already, it does not get twice. From now on it counts as made at `$5`, so that files keep the order of their form.
const ATTACH: &str = "
    UPDATE attachments SET ticket = $2, message = $3, staged_until = NULL, created_at = $5
    WHERE id = $1 AND ticket IS NULL AND staged_until > $4
        AND NOT EXISTS (SELECT 1 FROM attachments other WHERE other.message = $3 AND other.fingerprint = attachments.fingerprint)";
const KEEP_STAGED: &str = "UPDATE attachments SET staged_until = $2 WHERE id = $1 AND ticket IS NULL";
const OF_TICKET: &str = "
    SELECT id, message, name, media_type, bytes, width, height FROM attachments WHERE ticket = $1 ORDER BY created_at, id";
const ONE_OF_TICKET: &str = "
    SELECT id, message, name, media_type, bytes, width, height FROM attachments WHERE ticket = $1 AND id = $2";
/// Those that were staged and never attached, and those whose ticket is gone.
const ORPHANS: &str = "
    SELECT id FROM attachments WHERE ticket IS NULL AND (staged_until IS NULL OR staged_until <= $1) ORDER BY id LIMIT $2";
const STORED_BYTES: &str = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM attachments";
const STAGED_BYTES: &str = "SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM attachments WHERE ticket IS NULL";
const FORGET_NAMES: &str = "UPDATE attachments SET name = '' WHERE ticket = $1";
const DELETE_ORPHAN: &str = "DELETE FROM attachments WHERE id = $1 AND ticket IS NULL";

/// What the room keeps of a customer, `$1`. The rows stay until their files are gone, without what they say.
pub const PERSONAL_DATA: &[PersonalData] = &[PersonalData::of_customer(
    "files",
    "SELECT COUNT(*) FROM attachments WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
    "UPDATE attachments SET name = '' WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
)];

struct Row {
    id: String,
    message: Option<String>,
    name: String,
    media_type: String,
    bytes: i64,
    width: Option<i64>,
    height: Option<i64>,
}
from_row!(Row { id, message, name, media_type, bytes, width, height });

impl From<Row> for Attachment {
    fn from(row: Row) -> Self {
        Self { id: row.id, message: row.message, name: row.name, media_type: row.media_type, bytes: row.bytes, size: row.width.zip(row.height) }
    }
}

pub(super) async fn insert(
    connection: &mut AnyConnection,
    attachment: &Attachment,
    fingerprint: &str,
    now: Micros,
    staged_until: Micros,
) -> Result<(), DbError> {
    sqlx::query(INSERT)
        .bind(&attachment.id)
        .bind(now.0)
        .bind(&attachment.name)
        .bind(&attachment.media_type)
        .bind(attachment.bytes)
        .bind(attachment.size.map(|(width, _)| width))
        .bind(attachment.size.map(|(_, height)| height))
        .bind(fingerprint)
        .bind(staged_until.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// One that waits for its form.
pub(super) async fn staged(pool: &AnyPool, id: &str, now: Micros) -> Result<Option<Attachment>, DbError> {
    let row: Option<Row> = sqlx::query_as(STAGED).bind(id).bind(now.0).fetch_optional(pool).await?;
    Ok(row.map(Attachment::from))
}

/// It waits until a moment.
pub(super) async fn keep_staged(connection: &mut AnyConnection, id: &str, until: Micros) -> Result<(), DbError> {
    sqlx::query(KEEP_STAGED).bind(id).bind(until.0).execute(connection).await?;
    Ok(())
}

/// Gives one that waits to a message, at a place among those that come with it; nothing transition when it waits no longer, or the ticket has the same already.
pub(super) async fn attach(connection: &mut AnyConnection, id: &str, ticket: &str, message: &str, now: Micros, place: i64) -> Result<(), DbError> {
    sqlx::query(ATTACH).bind(id).bind(ticket).bind(message).bind(now.0).bind(now.plus(place).0).execute(connection).await?;
    Ok(())
}

/// All of a ticket, oldest first.
pub(super) async fn of_ticket(pool: &AnyPool, ticket: &str) -> Result<Vec<Attachment>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(OF_TICKET).bind(ticket).fetch_all(pool).await?;
    Ok(rows.into_iter().map(Attachment::from).collect())
}

pub(super) async fn one_of_ticket(pool: &AnyPool, ticket: &str, id: &str) -> Result<Option<Attachment>, DbError> {
    let row: Option<Row> = sqlx::query_as(ONE_OF_TICKET).bind(ticket).bind(id).fetch_optional(pool).await?;
    Ok(row.map(Attachment::from))
}

/// The ids of those that nobody waits for since a moment.
pub(super) async fn orphans(pool: &AnyPool, since: Micros, limit: i64) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(ORPHANS).bind(since.0).bind(limit).fetch_all(pool).await?)
}

/// How much room those take that belong to no ticket yet.
pub(super) async fn stored_bytes(pool: &AnyPool) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(STORED_BYTES).fetch_one(pool).await?)
}

pub(super) async fn staged_bytes(pool: &AnyPool) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(STAGED_BYTES).fetch_one(pool).await?)
}

/// The rows stay until their bytes are gone, without what they say.
pub(super) async fn forget_names(connection: &mut AnyConnection, ticket: &str) -> Result<(), DbError> {
    sqlx::query(FORGET_NAMES).bind(ticket).execute(connection).await?;
    Ok(())
}

pub(super) async fn delete_orphan(connection: &mut AnyConnection, id: &str) -> Result<(), DbError> {
    sqlx::query(DELETE_ORPHAN).bind(id).execute(connection).await?;
    Ok(())
}
