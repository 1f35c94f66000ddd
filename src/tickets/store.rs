//! The room's SQL. Everything that writes takes a transaction; what is read comes back as the model's types.

use sqlx::{AnyConnection, AnyPool};

use super::model::{Draft, Entry, EntryKind, Held, NewEntry, Rating, Reference, Status, Ticket, TicketKey, Urgency, Via};
use crate::articles::model::ArticleId;
use crate::clock::Micros;
use crate::db::{self, DbError};

/// One statement, so that of two equal messages at the same moment only one gets a ticket: the other waits for the first
/// one's commit and is told its ticket. An entry that is over is taken over, and so is one whose ticket is over: nobody would read it there.
const CLAIM_FILING: &str = "
    INSERT INTO filings (fingerprint, ticket, valid_until) VALUES ($1, $2, $3)
    ON CONFLICT (fingerprint) DO UPDATE SET
        ticket = CASE WHEN filings.valid_until > $4
            AND NOT EXISTS (SELECT 1 FROM tickets WHERE id = filings.ticket AND status IN ('solved', 'closed'))
            THEN filings.ticket ELSE excluded.ticket END,
        valid_until = CASE WHEN filings.valid_until > $4 THEN filings.valid_until ELSE excluded.valid_until END
    RETURNING ticket";
const USE_BUDGET: &str = "
    INSERT INTO budgets (subject, hour, used) VALUES ($1, $2, 1)
    ON CONFLICT (subject, hour) DO UPDATE SET used = budgets.used + 1
    RETURNING used";
const INSERT_TICKET: &str = "
    INSERT INTO tickets (id, reference, created_at, updated_at, status, held, lang, article, reason, subject, name, email, email_key, code,
        answer_due_at, urgency, generation)
    VALUES ($1, $2, $3, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, 1)";
const INSERT_MESSAGE: &str = "
    INSERT INTO messages (id, ticket, created_at, kind, body, via, cut_off, author) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
const TICKET_BY_ID: &str = "
    SELECT id, reference, created_at, updated_at, status, held, lang, article, reason, subject, name, email, code, answer_due_at, generation,
        urgency, verified_at, answered_at, solved_at, follows, stars, stars_text
    FROM tickets WHERE id = $1";
const TICKET_BY_REFERENCE: &str = "
    SELECT id, reference, created_at, updated_at, status, held, lang, article, reason, subject, name, email, code, answer_due_at, generation,
        urgency, verified_at, answered_at, solved_at, follows, stars, stars_text
    FROM tickets WHERE reference = $1";
/// Reads a ticket and keeps others from changing it until the transaction ends, on both engines.
const TICKET_TO_CHANGE: &str = "
    UPDATE tickets SET updated_at = $2 WHERE reference = $1
    RETURNING id, reference, created_at, updated_at, status, held, lang, article, reason, subject, name, email, code, answer_due_at, generation,
        urgency, verified_at, answered_at, solved_at, follows, stars, stars_text";
/// `$1` is 1 for those kept aside, 0 for the queue.
const NEWEST_TICKETS: &str = "
    SELECT id, reference, created_at, updated_at, status, held, lang, article, reason, subject, name, email, code, answer_due_at, generation,
        urgency, verified_at, answered_at, solved_at, follows, stars, stars_text
    FROM tickets WHERE (CASE WHEN held IS NULL THEN 0 ELSE 1 END) = $1
    ORDER BY created_at DESC, id DESC LIMIT $2";
/// What the customer may see: notes never; answers, and what was said by whoever reads the mailbox, where `$2` is 1.
const ENTRIES_FOR_CUSTOMER: &str = "
    SELECT id, created_at, kind, body, via, cut_off, author FROM messages
    WHERE ticket = $1 AND kind <> 'note' AND ($2 = 1 OR (kind = 'customer' AND via NOT IN ('mail', 'proved_page')))
    ORDER BY created_at, id";
const COUNT_WITHHELD: &str = "
    SELECT COUNT(*) FROM messages
    WHERE ticket = $1 AND kind <> 'note' AND NOT (kind = 'customer' AND via NOT IN ('mail', 'proved_page'))";
const ENTRIES_FOR_STAFF: &str = "
    SELECT id, created_at, kind, body, via, cut_off, author FROM messages WHERE ticket = $1 ORDER BY created_at, id";
const ENTRY_BY_ID: &str = "SELECT id, created_at, kind, body, via, cut_off, author FROM messages WHERE id = $1";
/// What follows from something said or done: the status, when it was solved, when staff answered first.
const SET_STATUS: &str = "
    UPDATE tickets SET status = $2, solved_at = $3, answered_at = $4, updated_at = $5 WHERE id = $1";
const SET_URGENCY: &str = "UPDATE tickets SET urgency = $2, answer_due_at = $3 WHERE id = $1";
const SET_RATING: &str = "UPDATE tickets SET stars = $2, stars_text = $3 WHERE id = $1";
const SET_FOLLOWS: &str = "UPDATE tickets SET follows = $2 WHERE id = $1 AND follows IS NULL";
const REFERENCES_AFTER: &str = "SELECT reference FROM tickets WHERE follows = $1 ORDER BY created_at, id";
/// What the customer said before in the same words, on the ticket's page.
const SAME_REPLY: &str = "
    SELECT id FROM messages WHERE ticket = $1 AND kind = 'customer' AND via IN ('page', 'proved_page') AND body = $2 AND created_at > $3 LIMIT 1";
const SAID_AND_STATUS: &str = "
    SELECT (SELECT COUNT(*) FROM messages WHERE messages.ticket = tickets.id AND messages.kind <> 'note'), status
    FROM tickets WHERE reference = $1";
/// Nobody will write in them any more.
const CLOSE_SOLVED: &str = "UPDATE tickets SET status = 'closed', updated_at = $2 WHERE status = 'solved' AND solved_at <= $1";
/// Whoever reads one mailbox has proved the address of all its tickets.
const PROVE_ADDRESS: &str = "UPDATE tickets SET verified_at = $2 WHERE email_key = $1 AND verified_at IS NULL";
const RELEASE: &str = "UPDATE tickets SET held = NULL, updated_at = $2 WHERE reference = $1 AND held IS NOT NULL RETURNING id, lang";
const REVOKE_LINKS: &str = "UPDATE tickets SET generation = generation + 1 WHERE reference = $1 RETURNING generation";
const PRUNE_FILINGS: &str = "DELETE FROM filings WHERE valid_until <= $1";
const PRUNE_BUDGETS: &str = "DELETE FROM budgets WHERE hour < $1";

#[derive(sqlx::FromRow)]
struct TicketRow {
    id: String,
    reference: String,
    created_at: i64,
    updated_at: i64,
    status: String,
    held: Option<String>,
    lang: String,
    article: Option<String>,
    reason: Option<String>,
    subject: String,
    name: String,
    email: String,
    code: Option<String>,
    answer_due_at: i64,
    generation: i64,
    urgency: String,
    verified_at: Option<i64>,
    answered_at: Option<i64>,
    solved_at: Option<i64>,
    follows: Option<String>,
    stars: Option<i64>,
    stars_text: Option<String>,
}

impl TryFrom<TicketRow> for Ticket {
    type Error = DbError;

    fn try_from(row: TicketRow) -> Result<Self, DbError> {
        let reference = Reference::parse(&row.reference).ok_or_else(|| db::unknown("reference", &row.reference))?;
        let held = row.held.as_deref().map(|word| Held::parse(word).ok_or_else(|| db::unknown("reason to hold", word))).transpose()?;
        Ok(Self {
            key: TicketKey { id: row.id, reference, generation: row.generation },
            created_at: Micros(row.created_at),
            updated_at: Micros(row.updated_at),
            status: Status::parse(&row.status).ok_or_else(|| db::unknown("status", &row.status))?,
            held,
            lang: db::lang(&row.lang)?,
            article: row.article.map(|article| ArticleId(article.into())),
            reason: row.reason,
            subject: row.subject,
            name: row.name,
            email: row.email,
            code: row.code,
            answer_due_at: Micros(row.answer_due_at),
            urgency: Urgency::parse(&row.urgency).ok_or_else(|| db::unknown("urgency", &row.urgency))?,
            verified_at: row.verified_at.map(Micros),
            answered_at: row.answered_at.map(Micros),
            solved_at: row.solved_at.map(Micros),
            follows: row.follows,
            rating: row.stars.map(|stars| Rating { stars: u8::try_from(stars).unwrap_or_default(), text: row.stars_text }),
        })
    }
}

#[derive(sqlx::FromRow)]
struct EntryRow {
    id: String,
    created_at: i64,
    kind: String,
    body: String,
    via: String,
    cut_off: Option<String>,
    author: Option<String>,
}

impl TryFrom<EntryRow> for Entry {
    type Error = DbError;

    fn try_from(row: EntryRow) -> Result<Self, DbError> {
        Ok(Self {
            id: row.id,
            at: Micros(row.created_at),
            kind: EntryKind::parse(&row.kind).ok_or_else(|| db::unknown("kind of message", &row.kind))?,
            via: Via::parse(&row.via).ok_or_else(|| db::unknown("way of a message", &row.via))?,
            body: row.body,
            cut_off: row.cut_off,
            author: row.author,
        })
    }
}

/// The ticket that a message belongs to until `valid_until`: `own`, or the one it was filed as before.
pub(super) async fn claim_filing(
    connection: &mut AnyConnection,
    fingerprint: &str,
    own: &str,
    now: Micros,
    valid_until: Micros,
) -> Result<String, DbError> {
    Ok(sqlx::query_scalar(CLAIM_FILING).bind(fingerprint).bind(own).bind(valid_until.0).bind(now.0).fetch_one(connection).await?)
}

/// Uses one of a subject's budget of this hour; returns how much is used now.
pub(super) async fn use_budget(connection: &mut AnyConnection, subject: &str, now: Micros) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(USE_BUDGET).bind(subject).bind(db::hour(now)).fetch_one(connection).await?)
}

/// The ticket and its first message. How pressing it is, and when its answer is due, belong together.
pub(super) async fn insert_ticket(
    connection: &mut AnyConnection,
    key: &TicketKey,
    draft: &Draft,
    first: &NewEntry,
    held: Option<Held>,
    now: Micros,
    (urgency, answer_due_at): (Urgency, Micros),
) -> Result<(), DbError> {
    sqlx::query(INSERT_TICKET)
        .bind(&key.id)
        .bind(key.reference.as_str())
        .bind(now.0)
        .bind(Status::Received.word())
        .bind(held.map(Held::word))
        .bind(draft.lang.code())
        .bind(draft.article.as_ref().map(ArticleId::as_str))
        .bind(draft.reason.as_deref())
        .bind(draft.subject.as_str())
        .bind(draft.name.as_str())
        .bind(draft.email.as_str())
        .bind(draft.email.key())
        .bind(draft.code.as_ref().map(|code| code.as_str()))
        .bind(answer_due_at.0)
        .bind(urgency.word())
        .execute(&mut *connection)
        .await?;
    insert_entry(connection, &key.id, EntryKind::Customer, first, now).await.map(drop)
}

/// Returns the entry's id.
pub(super) async fn insert_entry(
    connection: &mut AnyConnection,
    ticket: &str,
    kind: EntryKind,
    entry: &NewEntry,
    now: Micros,
) -> Result<String, DbError> {
    let id = db::new_id(now)?;
    sqlx::query(INSERT_MESSAGE)
        .bind(&id)
        .bind(ticket)
        .bind(now.0)
        .bind(kind.word())
        .bind(entry.body.as_str())
        .bind(entry.via.word())
        .bind(entry.cut_off.as_deref())
        .bind(entry.author.as_deref())
        .execute(connection)
        .await?;
    Ok(id)
}

/// Writes down where the ticket stands after something was said or done.
pub(super) async fn set_status(connection: &mut AnyConnection, ticket: &Ticket, now: Micros) -> Result<(), DbError> {
    sqlx::query(SET_STATUS)
        .bind(&ticket.key.id)
        .bind(ticket.status.word())
        .bind(ticket.solved_at.map(|at| at.0))
        .bind(ticket.answered_at.map(|at| at.0))
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn ticket_by_id<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, id: &str) -> Result<Option<Ticket>, DbError> {
    let row: Option<TicketRow> = sqlx::query_as(TICKET_BY_ID).bind(id).fetch_optional(executor).await?;
    row.map(Ticket::try_from).transpose()
}

pub(super) async fn ticket_by_reference<'c>(
    executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
    reference: &Reference,
) -> Result<Option<Ticket>, DbError> {
    let row: Option<TicketRow> = sqlx::query_as(TICKET_BY_REFERENCE).bind(reference.as_str()).fetch_optional(executor).await?;
    row.map(Ticket::try_from).transpose()
}

/// The ticket, which nobody else changes until the transaction ends.
pub(super) async fn ticket_to_change(connection: &mut AnyConnection, reference: &Reference, now: Micros) -> Result<Option<Ticket>, DbError> {
    let row: Option<TicketRow> = sqlx::query_as(TICKET_TO_CHANGE).bind(reference.as_str()).bind(now.0).fetch_optional(connection).await?;
    row.map(Ticket::try_from).transpose()
}

/// Newest first.
pub(super) async fn newest_tickets(pool: &AnyPool, held: bool, limit: i64) -> Result<Vec<Ticket>, DbError> {
    let rows: Vec<TicketRow> = sqlx::query_as(NEWEST_TICKETS).bind(i64::from(held)).bind(limit).fetch_all(pool).await?;
    rows.into_iter().map(Ticket::try_from).collect()
}

/// What the customer may see, oldest first, and how much there is that only the mailbox may see.
pub(super) async fn entries_for_customer(pool: &AnyPool, ticket: &str, with_answers: bool) -> Result<(Vec<Entry>, i64), DbError> {
    let rows = sqlx::query_as(ENTRIES_FOR_CUSTOMER).bind(ticket).bind(i64::from(with_answers)).fetch_all(pool).await?;
    let withheld = sqlx::query_scalar(COUNT_WITHHELD).bind(ticket).fetch_one(pool).await?;
    Ok((entries(rows)?, withheld))
}

/// Everything, oldest first.
pub(super) async fn entries_for_staff(pool: &AnyPool, ticket: &str) -> Result<Vec<Entry>, DbError> {
    entries(sqlx::query_as(ENTRIES_FOR_STAFF).bind(ticket).fetch_all(pool).await?)
}

fn entries(rows: Vec<EntryRow>) -> Result<Vec<Entry>, DbError> {
    rows.into_iter().map(Entry::try_from).collect()
}

pub(super) async fn entry_by_id(pool: &AnyPool, id: &str) -> Result<Option<Entry>, DbError> {
    let row: Option<EntryRow> = sqlx::query_as(ENTRY_BY_ID).bind(id).fetch_optional(pool).await?;
    row.map(Entry::try_from).transpose()
}

/// Lets a kept ticket through; its id and language, `None` if it was not kept aside.
pub(super) async fn release(connection: &mut AnyConnection, reference: &Reference, now: Micros) -> Result<Option<(String, String)>, DbError> {
    Ok(sqlx::query_as(RELEASE).bind(reference.as_str()).bind(now.0).fetch_optional(connection).await?)
}

/// Raises the generation; `None` if there is no such ticket.
pub(super) async fn revoke_links(connection: &mut AnyConnection, reference: &Reference) -> Result<Option<i64>, DbError> {
    Ok(sqlx::query_scalar(REVOKE_LINKS).bind(reference.as_str()).fetch_optional(connection).await?)
}

/// Drops what no longer decides anything.
pub(super) async fn prune(connection: &mut AnyConnection, now: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE_FILINGS).bind(now.0).execute(&mut *connection).await?;
    sqlx::query(PRUNE_BUDGETS).bind(db::hour(now) - 1).execute(connection).await?;
    Ok(())
}

pub(super) async fn set_urgency(connection: &mut AnyConnection, ticket: &str, urgency: Urgency, answer_due_at: Micros) -> Result<(), DbError> {
    sqlx::query(SET_URGENCY).bind(ticket).bind(urgency.word()).bind(answer_due_at.0).execute(connection).await?;
    Ok(())
}

pub(super) async fn set_rating(connection: &mut AnyConnection, ticket: &str, rating: &Rating) -> Result<(), DbError> {
    sqlx::query(SET_RATING).bind(ticket).bind(i64::from(rating.stars)).bind(rating.text.as_deref()).execute(connection).await?;
    Ok(())
}

/// Notes that a ticket goes on with another.
pub(super) async fn set_follows(connection: &mut AnyConnection, ticket: &str, earlier: &str) -> Result<(), DbError> {
    sqlx::query(SET_FOLLOWS).bind(ticket).bind(earlier).execute(connection).await?;
    Ok(())
}

/// The tickets that go on with this one, oldest first.
pub(super) async fn references_after(pool: &AnyPool, ticket: &str) -> Result<Vec<Reference>, DbError> {
    let stored: Vec<String> = sqlx::query_scalar(REFERENCES_AFTER).bind(ticket).fetch_all(pool).await?;
    stored.iter().map(|reference| Reference::parse(reference).ok_or_else(|| db::unknown("reference", reference))).collect()
}

/// The entry in which the customer said the same since a moment.
pub(super) async fn same_reply(connection: &mut AnyConnection, ticket: &str, body: &str, since: Micros) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(SAME_REPLY).bind(ticket).bind(body).bind(since.0).fetch_optional(connection).await?)
}

/// Closes what was solved until a moment.
pub(super) async fn close_solved(connection: &mut AnyConnection, until: Micros, now: Micros) -> Result<(), DbError> {
    sqlx::query(CLOSE_SOLVED).bind(until.0).bind(now.0).execute(connection).await?;
    Ok(())
}

pub(super) async fn prove_address(connection: &mut AnyConnection, email_key: &str, now: Micros) -> Result<(), DbError> {
    sqlx::query(PROVE_ADDRESS).bind(email_key).bind(now.0).execute(connection).await?;
    Ok(())
}

/// How many things customer and staff said to each other, and where the ticket stands.
pub(super) async fn said_and_status(pool: &AnyPool, reference: &Reference) -> Result<Option<(i64, Status)>, DbError> {
    let row: Option<(i64, String)> = sqlx::query_as(SAID_AND_STATUS).bind(reference.as_str()).fetch_optional(pool).await?;
    row.map(|(said, word)| Ok((said, Status::parse(&word).ok_or_else(|| db::unknown("status", &word))?))).transpose()
}
