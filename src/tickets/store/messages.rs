//! The SQL of messages.

use crate::db::from_row;
use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{self, DbError};
use crate::files::{NotKept, not_kept};
use crate::tickets::model::{Audience, Author, Channel, Message, Proof, Reference, Status};
use crate::values::first_name;

const INSERT: &str = "
    INSERT INTO messages (id, ticket, created_at, author_kind, author, audience, channel, proof, body, cut_off, not_kept, due_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)";
/// What the customer may see: what is for staff never; what is for the mailbox where `$2` is 1.
const FOR_CUSTOMER: &str = "
    SELECT id, created_at, author_kind, author, audience, channel, proof, body, cut_off, not_kept, due_at FROM messages
    WHERE ticket = $1 AND (audience = 'filer' OR (audience = 'mailbox' AND $2 = 1))
    ORDER BY created_at, id";
const COUNT_WITHHELD: &str = "
    SELECT COUNT(*), COUNT(CASE WHEN author_kind = 'staff' THEN 1 END) FROM messages WHERE ticket = $1 AND audience = 'mailbox'";
const FOR_STAFF: &str = "
    SELECT id, created_at, author_kind, author, audience, channel, proof, body, cut_off, not_kept, due_at FROM messages
    WHERE ticket = $1 ORDER BY created_at, id";
const BY_ID: &str = "
    SELECT id, created_at, author_kind, author, audience, channel, proof, body, cut_off, not_kept, due_at FROM messages WHERE id = $1";
const FIRST: &str = "
    SELECT id, created_at, author_kind, author, audience, channel, proof, body, cut_off, not_kept, due_at FROM messages
    WHERE ticket = $1 AND author_kind = 'customer' ORDER BY created_at, id LIMIT 1";
/// What came with the customer's messages up to `$2` and was not kept, since they were answered last.
const NOT_KEPT_BEFORE: &str = "
    SELECT not_kept FROM messages
    WHERE ticket = $1 AND author_kind = 'customer' AND not_kept IS NOT NULL AND created_at <= $2 AND created_at > COALESCE(
        (SELECT MAX(created_at) FROM messages WHERE ticket = $1 AND author_kind = 'staff' AND audience <> 'staff' AND created_at < $2), 0)
    ORDER BY created_at, id";
/// What the customer said before in the same words, on the ticket's page.
const SAME_REPLY: &str = "
    SELECT id FROM messages WHERE ticket = $1 AND author_kind = 'customer' AND channel = 'page' AND body = $2 AND created_at > $3 LIMIT 1";
/// What somebody of the team said last in the same words; `$4` is 1 for a note.
const SAME_OF_STAFF: &str = "
    SELECT id FROM messages
    WHERE ticket = $1 AND author = $2 AND body = $3 AND ((audience = 'staff' AND $4 = 1) OR (audience <> 'staff' AND $4 = 0))
    ORDER BY created_at DESC, id DESC LIMIT 1";
const WRITERS: &str = "
    SELECT id, public_name, name FROM staff WHERE id IN (SELECT author FROM messages WHERE ticket = $1 AND audience <> 'staff')";
const COUNT_AND_STATUS: &str = "
    SELECT (SELECT COUNT(*) FROM messages WHERE messages.ticket = tickets.id AND messages.audience <> 'staff'), status
    FROM tickets WHERE reference = $1";

struct MessageRow {
    id: String,
    created_at: i64,
    author_kind: String,
    author: Option<String>,
    audience: String,
    channel: String,
    proof: String,
    body: String,
    cut_off: Option<String>,
    not_kept: Option<String>,
    due_at: Option<i64>,
}
from_row!(MessageRow { id, created_at, author_kind, author, audience, channel, proof, body, cut_off, not_kept, due_at });

impl TryFrom<MessageRow> for Message {
    type Error = DbError;

    fn try_from(row: MessageRow) -> Result<Self, DbError> {
        Ok(Self {
            id: row.id,
            at: Micros(row.created_at),
            author: Author::parse(&row.author_kind, row.author).ok_or_else(|| db::unknown("author", &row.author_kind))?,
            audience: Audience::parse(&row.audience).ok_or_else(|| db::unknown("audience", &row.audience))?,
            channel: Channel::parse(&row.channel).ok_or_else(|| db::unknown("channel", &row.channel))?,
            proof: Proof::parse(&row.proof).ok_or_else(|| db::unknown("proof", &row.proof))?,
            body: row.body,
            cut_off: row.cut_off,
            not_kept: not_kept::from_stored(row.not_kept.as_deref()),
            due_at: row.due_at.map(Micros),
        })
    }
}

pub(crate) async fn insert_message(connection: &mut AnyConnection, ticket: &str, message: &Message) -> Result<(), DbError> {
    let (author_kind, author) = message.author.words();
    sqlx::query(INSERT)
        .bind(&message.id)
        .bind(ticket)
        .bind(message.at.0)
        .bind(author_kind)
        .bind(author)
        .bind(message.audience.word())
        .bind(message.channel.word())
        .bind(message.proof.word())
        .bind(&message.body)
        .bind(message.cut_off.as_deref())
        .bind(not_kept::to_stored(&message.not_kept))
        .bind(message.due_at.map(|at| at.0))
        .execute(connection)
        .await?;
    Ok(())
}

/// What the customer may see, oldest first.
pub(crate) async fn messages_for_customer(pool: &AnyPool, ticket: &str, of_mailbox: bool) -> Result<Vec<Message>, DbError> {
    messages(sqlx::query_as(FOR_CUSTOMER).bind(ticket).bind(i64::from(of_mailbox)).fetch_all(pool).await?)
}

/// How many messages only those see who read the mailbox, and how many of them are the team's.
pub(crate) async fn withheld<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, ticket: &str) -> Result<(i64, i64), DbError> {
    Ok(sqlx::query_as(COUNT_WITHHELD).bind(ticket).fetch_one(executor).await?)
}

pub(crate) async fn same_of_staff(
    connection: &mut AnyConnection,
    ticket: &str,
    staff: &str,
    body: &str,
    is_note: bool,
) -> Result<Option<String>, DbError> {
    let query = sqlx::query_scalar(SAME_OF_STAFF).bind(ticket).bind(staff).bind(body).bind(i64::from(is_note));
    Ok(query.fetch_optional(connection).await?)
}

/// Who of the team wrote to the customer: id, and what the customer sees of the name.
pub(crate) async fn writers<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, ticket: &str) -> Result<Vec<(String, String)>, DbError> {
    let rows: Vec<(String, Option<String>, String)> = sqlx::query_as(WRITERS).bind(ticket).fetch_all(executor).await?;
    let shown = |(id, public, name): (String, Option<String>, String)| (id, public.unwrap_or_else(|| first_name(&name).to_owned()));
    Ok(rows.into_iter().map(shown).collect())
}

/// Everything, oldest first.
pub(crate) async fn messages_for_staff(pool: &AnyPool, ticket: &str) -> Result<Vec<Message>, DbError> {
    messages(sqlx::query_as(FOR_STAFF).bind(ticket).fetch_all(pool).await?)
}

fn messages(rows: Vec<MessageRow>) -> Result<Vec<Message>, DbError> {
    rows.into_iter().map(Message::try_from).collect()
}

pub(crate) async fn message_by_id(pool: &AnyPool, id: &str) -> Result<Option<Message>, DbError> {
    let row: Option<MessageRow> = sqlx::query_as(BY_ID).bind(id).fetch_optional(pool).await?;
    row.map(Message::try_from).transpose()
}

/// The message that opened a ticket.
pub(crate) async fn first_message<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, ticket: &str) -> Result<Option<Message>, DbError> {
    let row: Option<MessageRow> = sqlx::query_as(FIRST).bind(ticket).fetch_optional(executor).await?;
    row.map(Message::try_from).transpose()
}

/// Files that were not kept and that the answer given at `at` has to tell of.
pub(crate) async fn not_kept_before(pool: &AnyPool, ticket: &str, at: Micros) -> Result<Vec<NotKept>, DbError> {
    let stored: Vec<String> = sqlx::query_scalar(NOT_KEPT_BEFORE).bind(ticket).bind(at.0).fetch_all(pool).await?;
    Ok(stored.iter().flat_map(|stored| not_kept::from_stored(Some(stored))).collect())
}

/// Id of what the customer said in the same words since a moment.
pub(crate) async fn same_reply(connection: &mut AnyConnection, ticket: &str, body: &str, since: Micros) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(SAME_REPLY).bind(ticket).bind(body).bind(since.0).fetch_optional(connection).await?)
}

/// How many messages there are that are not for staff alone, and the status; `None` if there is no such ticket.
pub(crate) async fn count_and_status(pool: &AnyPool, reference: &Reference) -> Result<Option<(i64, Status)>, DbError> {
    let row: Option<(i64, String)> = sqlx::query_as(COUNT_AND_STATUS).bind(reference.as_str()).fetch_optional(pool).await?;
    row.map(|(count, word)| Ok((count, Status::parse(&word).ok_or_else(|| db::unknown("status", &word))?))).transpose()
}
