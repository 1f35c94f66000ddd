//! The SQL of the tickets themselves. `COLUMNS` stands in each statement, since a statement is one constant.

use crate::db::from_row;
use sqlx::{AnyConnection, AnyPool};

use crate::articles::model::ArticleId;
use crate::clock::Micros;
use crate::db::{self, DbError};
use crate::tickets::model::{Channel, Draft, Priority, Proof, QuarantineReason, Rating, Reference, Status, Ticket, TicketKey, Visits};

const INSERT: &str = "
    INSERT INTO tickets (id, reference, version, created_at, updated_at, status, quarantine, channel, proof, customer, address, name, lang, subject,
        article, reason, code, priority, due_at, follow_up_of, visits, generation)
    VALUES ($1, $2, 1, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, 1)";
const BY_ID: &str = "
    SELECT tickets.id, reference, tickets.created_at, updated_at, status, quarantine, proof, tickets.customer, tickets.address, written AS email, name,
        lang, subject, article, reason, code, priority, assignee, tags, snoozed_until, due_at, answered_at, solved_at, follow_up_of, rating,
        rating_comment, generation
    FROM tickets JOIN addresses ON addresses.id = tickets.address WHERE tickets.id = $1";
const BY_REFERENCE: &str = "
    SELECT tickets.id, reference, tickets.created_at, updated_at, status, quarantine, proof, tickets.customer, tickets.address, written AS email, name,
        lang, subject, article, reason, code, priority, assignee, tags, snoozed_until, due_at, answered_at, solved_at, follow_up_of, rating,
        rating_comment, generation
    FROM tickets JOIN addresses ON addresses.id = tickets.address WHERE reference = $1";
/// Keeps others from changing a ticket until the transaction ends, on both engines.
const LOCK: &str = "UPDATE tickets SET version = version + 1 WHERE reference = $1 RETURNING id";
const NEWEST_IN_QUEUE: &str = "
    SELECT tickets.id, reference, tickets.created_at, updated_at, status, quarantine, proof, tickets.customer, tickets.address, written AS email, name,
        lang, subject, article, reason, code, priority, assignee, tags, snoozed_until, due_at, answered_at, solved_at, follow_up_of, rating,
        rating_comment, generation
    FROM tickets JOIN addresses ON addresses.id = tickets.address WHERE quarantine IS NULL
    ORDER BY tickets.created_at DESC, tickets.id DESC LIMIT $1";
const NEWEST_IN_QUARANTINE: &str = "
    SELECT tickets.id, reference, tickets.created_at, updated_at, status, quarantine, proof, tickets.customer, tickets.address, written AS email, name,
        lang, subject, article, reason, code, priority, assignee, tags, snoozed_until, due_at, answered_at, solved_at, follow_up_of, rating,
        rating_comment, generation
    FROM tickets JOIN addresses ON addresses.id = tickets.address WHERE quarantine IS NOT NULL
    ORDER BY tickets.created_at DESC, tickets.id DESC LIMIT $1";
/// The queue by when an answer is due; what is not staff's turn is not in it.
const NEXT_IN_QUEUE: &str = "
    SELECT tickets.id, reference, tickets.created_at, updated_at, status, quarantine, proof, tickets.customer, tickets.address, written AS email, name,
        lang, subject, article, reason, code, priority, assignee, tags, snoozed_until, due_at, answered_at, solved_at, follow_up_of, rating,
        rating_comment, generation
    FROM tickets JOIN addresses ON addresses.id = tickets.address
    WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL AND due_at IS NOT NULL
    ORDER BY due_at, tickets.created_at LIMIT $1";
const COUNT_BY_STATUS: &str = "
    SELECT status, COUNT(*) FROM tickets WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL GROUP BY status";
/// Everything that a verb may have changed, at once.
const SAVE: &str = "
    UPDATE tickets SET updated_at = $2, status = $3, quarantine = $4, proof = $5, priority = $6, assignee = $7, tags = $8, snoozed_until = $9,
        due_at = $10, answered_at = $11, solved_at = $12, reason = $13, lang = $14
    WHERE id = $1";
const SET_RATING: &str = "UPDATE tickets SET rating = $2, rating_comment = $3 WHERE id = $1";
const VISITS: &str = "SELECT visits FROM tickets WHERE id = $1";
const FOLLOW_UPS: &str = "SELECT reference, created_at FROM tickets WHERE follow_up_of = $1 ORDER BY created_at, id";
const SOLVED_BEFORE: &str = "SELECT reference FROM tickets WHERE status = 'solved' AND solved_at <= $1 ORDER BY solved_at LIMIT $2";
/// Revokes every link made for the one before.
const MOVE_TO_ADDRESS: &str = "UPDATE tickets SET customer = $2, address = $3, generation = generation + 1 WHERE id = $1";
const ASSIGNED_TO: &str = "SELECT reference FROM tickets WHERE assignee = $1 AND status <> 'closed' ORDER BY id";
const REVOKE_LINKS: &str = "UPDATE tickets SET generation = generation + 1 WHERE id = $1";
/// Closed ones, and those that were quarantined and never let into the queue.
const OVER: &str = "
    SELECT id FROM tickets WHERE (status = 'closed' OR quarantine IS NOT NULL) AND updated_at <= $1 ORDER BY updated_at, id LIMIT $2";

/// Locks one of those, unless somebody reopened or released it in the meantime.
const LOCK_OVER: &str = "
    UPDATE tickets SET version = version + 1 WHERE id = $1 AND (status = 'closed' OR quarantine IS NOT NULL) AND updated_at <= $2 RETURNING id";

/// Which tickets are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Queue {
    /// The newest, whatever their status.
    Newest,
    Quarantine,
    /// What is staff's turn, what is due first at the top.
    Due,
}

pub(super) struct TicketRow {
    id: String,
    reference: String,
    created_at: i64,
    updated_at: i64,
    status: String,
    quarantine: Option<String>,
    proof: String,
    customer: String,
    address: String,
    email: String,
    name: String,
    lang: String,
    subject: String,
    article: Option<String>,
    reason: Option<String>,
    code: Option<String>,
    priority: String,
    assignee: Option<String>,
    tags: String,
    snoozed_until: Option<i64>,
    due_at: Option<i64>,
    answered_at: Option<i64>,
    solved_at: Option<i64>,
    follow_up_of: Option<String>,
    rating: Option<i64>,
    rating_comment: Option<String>,
    generation: i64,
}
from_row!(TicketRow {
    id,
    reference,
    created_at,
    updated_at,
    status,
    quarantine,
    proof,
    customer,
    address,
    email,
    name,
    lang,
    subject,
    article,
    reason,
    code,
    priority,
    assignee,
    tags,
    snoozed_until,
    due_at,
    answered_at,
    solved_at,
    follow_up_of,
    rating,
    rating_comment,
    generation
});

impl TryFrom<TicketRow> for Ticket {
    type Error = DbError;

    fn try_from(row: TicketRow) -> Result<Self, DbError> {
        let reference = Reference::parse(&row.reference).ok_or_else(|| db::unknown("reference", &row.reference))?;
        let quarantine = row.quarantine.as_deref();
        let quarantine = quarantine.map(|word| QuarantineReason::parse(word).ok_or_else(|| db::unknown("reason of a quarantine", word)));
        Ok(Self {
            key: TicketKey { id: row.id, reference, generation: row.generation },
            created_at: Micros(row.created_at),
            updated_at: Micros(row.updated_at),
            status: Status::parse(&row.status).ok_or_else(|| db::unknown("status", &row.status))?,
            quarantine: quarantine.transpose()?,
            proof: Proof::parse(&row.proof).ok_or_else(|| db::unknown("proof", &row.proof))?,
            customer: row.customer,
            address: row.address,
            email: row.email,
            name: row.name,
            lang: db::lang(&row.lang)?,
            subject: row.subject,
            article: row.article.map(|article| ArticleId(article.into())),
            reason: row.reason,
            code: row.code,
            priority: Priority::parse(&row.priority).ok_or_else(|| db::unknown("priority", &row.priority))?,
            assignee: row.assignee,
            tags: row.tags.split_whitespace().map(str::to_owned).collect(),
            snoozed_until: row.snoozed_until.map(Micros),
            due_at: row.due_at.map(Micros),
            answered_at: row.answered_at.map(Micros),
            solved_at: row.solved_at.map(Micros),
            follow_up_of: row.follow_up_of,
            rating: row.rating.map(|stars| Rating { stars: u8::try_from(stars).unwrap_or_default(), comment: row.rating_comment }),
        })
    }
}

/// What a new ticket gets besides what its author wrote.
pub(crate) struct Opening<'a> {
    pub key: &'a TicketKey,
    pub customer: &'a str,
    pub address: &'a str,
    pub channel: Channel,
    pub proof: Proof,
    pub quarantine: Option<QuarantineReason>,
    pub priority: Priority,
    pub due_at: Micros,
    pub follow_up_of: Option<&'a str>,
}

pub(crate) async fn insert(connection: &mut AnyConnection, draft: &Draft, opening: &Opening<'_>, now: Micros) -> Result<(), DbError> {
    sqlx::query(INSERT)
        .bind(&opening.key.id)
        .bind(opening.key.reference.as_str())
        .bind(now.0)
        .bind(Status::New.word())
        .bind(opening.quarantine.map(QuarantineReason::word))
        .bind(opening.channel.word())
        .bind(opening.proof.word())
        .bind(opening.customer)
        .bind(opening.address)
        .bind(draft.name.as_str())
        .bind(draft.lang.code())
        .bind(draft.subject.as_str())
        .bind(draft.article.as_ref().map(ArticleId::as_str))
        .bind(draft.reason.as_deref())
        .bind(draft.code.as_ref().map(|code| code.as_str()))
        .bind(opening.priority.word())
        .bind(opening.due_at.0)
        .bind(opening.follow_up_of)
        .bind(draft.visits.lines())
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn by_id<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, id: &str) -> Result<Option<Ticket>, DbError> {
    let row: Option<TicketRow> = sqlx::query_as(BY_ID).bind(id).fetch_optional(executor).await?;
    row.map(Ticket::try_from).transpose()
}

pub(crate) async fn by_reference<'c>(
    executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
    reference: &Reference,
) -> Result<Option<Ticket>, DbError> {
    let row: Option<TicketRow> = sqlx::query_as(BY_REFERENCE).bind(reference.as_str()).fetch_optional(executor).await?;
    row.map(Ticket::try_from).transpose()
}

/// The ticket, which nobody else changes until the transaction ends.
pub(crate) async fn lock(connection: &mut AnyConnection, reference: &Reference) -> Result<Option<Ticket>, DbError> {
    let id: Option<String> = sqlx::query_scalar(LOCK).bind(reference.as_str()).fetch_optional(&mut *connection).await?;
    match id {
        Some(id) => by_id(connection, &id).await,
        None => Ok(None),
    }
}

pub(crate) async fn newest(pool: &AnyPool, queue: Queue, limit: i64) -> Result<Vec<Ticket>, DbError> {
    let query = sqlx::query_as(match queue {
        Queue::Newest => NEWEST_IN_QUEUE,
        Queue::Quarantine => NEWEST_IN_QUARANTINE,
        Queue::Due => NEXT_IN_QUEUE,
    });
    let rows: Vec<TicketRow> = query.bind(limit).fetch_all(pool).await?;
    rows.into_iter().map(Ticket::try_from).collect()
}

/// How many there are in the queue of each status that is not over.
pub(crate) async fn count_by_status(pool: &AnyPool) -> Result<Vec<(Status, i64)>, DbError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(COUNT_BY_STATUS).fetch_all(pool).await?;
    rows.into_iter().map(|(word, count)| Ok((Status::parse(&word).ok_or_else(|| db::unknown("status", &word))?, count))).collect()
}

/// Writes down what a verb changed.
pub(crate) async fn save(connection: &mut AnyConnection, ticket: &Ticket) -> Result<(), DbError> {
    sqlx::query(SAVE)
        .bind(&ticket.key.id)
        .bind(ticket.updated_at.0)
        .bind(ticket.status.word())
        .bind(ticket.quarantine.map(QuarantineReason::word))
        .bind(ticket.proof.word())
        .bind(ticket.priority.word())
        .bind(ticket.assignee.as_deref())
        .bind(ticket.tags.join(" "))
        .bind(ticket.snoozed_until.map(|at| at.0))
        .bind(ticket.due_at.map(|at| at.0))
        .bind(ticket.answered_at.map(|at| at.0))
        .bind(ticket.solved_at.map(|at| at.0))
        .bind(ticket.reason.as_deref())
        .bind(ticket.lang.code())
        .execute(connection)
        .await?;
    Ok(())
}

pub(crate) async fn set_rating(connection: &mut AnyConnection, ticket: &str, rating: &Rating) -> Result<(), DbError> {
    sqlx::query(SET_RATING).bind(ticket).bind(i64::from(rating.stars)).bind(rating.comment.as_deref()).execute(connection).await?;
    Ok(())
}

/// What its customer sent along of what they searched and read.
pub(crate) async fn visits(pool: &AnyPool, ticket: &str) -> Result<Visits, DbError> {
    let lines: Option<Option<String>> = sqlx::query_scalar(VISITS).bind(ticket).fetch_optional(pool).await?;
    Ok(lines.flatten().map(|lines| Visits::parse(&lines)).unwrap_or_default())
}

/// When each was filed, oldest first.
pub(crate) async fn follow_ups(pool: &AnyPool, ticket: &str) -> Result<Vec<(Reference, Micros)>, DbError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(FOLLOW_UPS).bind(ticket).fetch_all(pool).await?;
    rows.into_iter().map(|(row, at)| Ok((reference(&row)?, Micros(at)))).collect()
}

/// Those that are solved since a moment or longer.
pub(crate) async fn solved_before(pool: &AnyPool, until: Micros, limit: i64) -> Result<Vec<Reference>, DbError> {
    references(sqlx::query_scalar(SOLVED_BEFORE).bind(until.0).bind(limit).fetch_all(pool).await?)
}

/// Those of somebody that are not over.
pub(crate) async fn assigned_to(connection: &mut AnyConnection, staff: &str) -> Result<Vec<Reference>, DbError> {
    references(sqlx::query_scalar(ASSIGNED_TO).bind(staff).fetch_all(connection).await?)
}

fn references(rows: Vec<String>) -> Result<Vec<Reference>, DbError> {
    rows.iter().map(|row| reference(row)).collect()
}

fn reference(row: &str) -> Result<Reference, DbError> {
    Reference::parse(row).ok_or_else(|| db::unknown("reference", row))
}

/// The ticket is a customer's under an address from now on.
pub(crate) async fn move_to_address(connection: &mut AnyConnection, ticket: &str, customer: &str, address: &str) -> Result<(), DbError> {
    sqlx::query(MOVE_TO_ADDRESS).bind(ticket).bind(customer).bind(address).execute(connection).await?;
    Ok(())
}

pub(crate) async fn revoke_links(connection: &mut AnyConnection, ticket: &str) -> Result<(), DbError> {
    sqlx::query(REVOKE_LINKS).bind(ticket).execute(connection).await?;
    Ok(())
}

/// Ids of the tickets that ended at a moment or before, those that wait longest first.
pub(crate) async fn over(pool: &AnyPool, until: Micros, limit: i64) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(OVER).bind(until.0).bind(limit).fetch_all(pool).await?)
}

/// Whether a ticket still ended at a moment or before; nobody changes it until the transaction ends.
pub(crate) async fn lock_over(connection: &mut AnyConnection, ticket: &str, until: Micros) -> Result<bool, DbError> {
    let id: Option<String> = sqlx::query_scalar(LOCK_OVER).bind(ticket).bind(until.0).fetch_optional(connection).await?;
    Ok(id.is_some())
}
