//! The SQL of what people are told.

use sqlx::{AnyConnection, AnyPool};

use super::model::{Notification, NotificationKind, Who};
use crate::clock::Micros;
use crate::db::{self, DbError, from_row};
use crate::events::Actor;

/// Locks the row until the commit, so that one process at a time looks through the log.
const LOCK_CURSOR: &str = "UPDATE notification_cursor SET seq = seq WHERE id = 1 RETURNING seq";
const MOVE_CURSOR: &str = "UPDATE notification_cursor SET seq = $1 WHERE id = 1";

const STANDING: &str = "SELECT assignee FROM tickets WHERE id = $1 AND quarantine IS NULL";
const NOTE: &str = "SELECT body FROM messages WHERE id = $1 AND audience = 'staff' AND author_kind = 'staff'";
const COUNT_SEEN: &str = "SELECT COUNT(*) FROM ticket_reads WHERE staff = $1 AND ticket = $2 AND seq >= $3";
const INSERT: &str = "
    INSERT INTO notifications (id, staff, kind, ticket, occasion, actor_kind, actor, created_at, in_desk, mail_due_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
    ON CONFLICT (staff, kind, ticket, occasion) DO NOTHING";
/// What is due between two moments and its assignee was not told yet.
const DUE: &str = "
    SELECT id AS ticket, assignee AS staff, due_at FROM tickets
    WHERE status IN ('new', 'open', 'pending') AND quarantine IS NULL AND status <> 'pending' AND assignee IS NOT NULL
        AND due_at > $1 AND due_at <= $2 AND COALESCE(snoozed_until, 0) <= $1
        AND NOT EXISTS (SELECT 1 FROM notifications AS told WHERE told.staff = tickets.assignee AND told.kind = 'due_soon'
            AND told.ticket = tickets.id AND told.occasion = tickets.due_at)
    ORDER BY due_at";

/// Who has something unread that may leave now, `$1`, and got no email after `$2`. What is older than `$3` is no news any more.
const TO_MAIL: &str = "
    SELECT DISTINCT staff FROM notifications
    WHERE mail_due_at <= $1 AND mailed_at IS NULL AND read_at IS NULL AND created_at > $3
        AND NOT EXISTS (SELECT 1 FROM outbox WHERE outbox.staff = notifications.staff AND (outbox.state = 'ready' OR outbox.due_at > $2))";
/// Gives an email whatever has not left by one yet.
const PUT_INTO_MAIL: &str = "
    UPDATE notifications SET mail = $2
    WHERE staff = $1 AND mail_due_at IS NOT NULL AND mailed_at IS NULL AND read_at IS NULL AND created_at > $3";
const IN_MAIL: &str = "
    SELECT kind, actor_kind, actor, notifications.created_at, read_at, reference, subject, tickets.name AS customer, staff.name AS staff_name
    FROM notifications JOIN tickets ON tickets.id = notifications.ticket LEFT JOIN staff ON staff.id = notifications.actor
    WHERE mail = $1 AND mailed_at IS NULL AND read_at IS NULL AND quarantine IS NULL
    ORDER BY notifications.id DESC LIMIT $2";
const COUNT_IN_MAIL: &str = "
    SELECT COUNT(*) FROM notifications JOIN tickets ON tickets.id = notifications.ticket
    WHERE mail = $1 AND mailed_at IS NULL AND read_at IS NULL AND quarantine IS NULL";
const MAILED: &str = "UPDATE notifications SET mailed_at = $2 WHERE mail = $1 AND mailed_at IS NULL";

const LIST: &str = "
    SELECT kind, actor_kind, actor, notifications.created_at, read_at, reference, subject, tickets.name AS customer, staff.name AS staff_name
    FROM notifications JOIN tickets ON tickets.id = notifications.ticket LEFT JOIN staff ON staff.id = notifications.actor
    WHERE notifications.staff = $1 AND in_desk = 1
    ORDER BY CASE WHEN read_at IS NULL THEN 0 ELSE 1 END, notifications.id DESC LIMIT $2";
const COUNT_UNREAD: &str = "SELECT COUNT(*) FROM notifications WHERE staff = $1 AND in_desk = 1 AND read_at IS NULL";
const COUNT_UNREAD_OF_TICKET: &str = "SELECT COUNT(*) FROM notifications WHERE staff = $1 AND ticket = $2 AND read_at IS NULL";
const READ_TICKET: &str = "
    UPDATE notifications SET read_at = $4
    WHERE staff = $1 AND ticket = $2 AND read_at IS NULL AND (kind = 'due_soon' OR occasion <= $3)";
const READ_ALL: &str = "UPDATE notifications SET read_at = $2 WHERE staff = $1 AND read_at IS NULL";
const PRUNE: &str = "DELETE FROM notifications WHERE created_at < $1";

/// A notification on its way into the table.
pub(super) struct New<'a> {
    pub(super) staff: &'a str,
    pub(super) kind: NotificationKind,
    pub(super) ticket: &'a str,
    /// The number of the event, or the due moment.
    pub(super) occasion: i64,
    /// `None`: nobody, time passed.
    pub(super) by: Option<&'a Actor>,
    pub(super) in_desk: bool,
    pub(super) mail_due_at: Option<Micros>,
}

/// A ticket that is due soon, and whose it is.
pub(super) struct Due {
    pub(super) ticket: String,
    pub(super) staff: String,
    pub(super) due_at: i64,
}
from_row!(Due { ticket, staff, due_at });

struct Row {
    kind: String,
    actor_kind: String,
    actor: Option<String>,
    created_at: i64,
    read_at: Option<i64>,
    reference: String,
    subject: String,
    customer: String,
    staff_name: Option<String>,
}
from_row!(Row { kind, actor_kind, actor, created_at, read_at, reference, subject, customer, staff_name });

impl TryFrom<Row> for Notification {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let kind = NotificationKind::parse(&row.kind).ok_or_else(|| db::unknown("kind of notification", &row.kind))?;
        let who = match Actor::parse(&row.actor_kind, row.actor.as_deref()) {
            _ if kind == NotificationKind::DueSoon => Who::Nobody,
            Some(Actor::Customer) => Who::Named(row.customer),
            Some(Actor::Staff(_)) => row.staff_name.map_or(Who::Nobody, Who::Named),
            Some(Actor::Console) => Who::Console,
            Some(Actor::Rule(_) | Actor::System(_)) | None => Who::Nobody,
        };
        let (reference, subject, is_read) = (row.reference, row.subject, row.read_at.is_some());
        Ok(Self { kind, reference, subject, who, at: Micros(row.created_at), is_read })
    }
}

/// How far the log was looked through; `None`: never. Nobody else looks through it until the transaction ends.
pub(super) async fn lock_cursor(connection: &mut AnyConnection) -> Result<Option<i64>, DbError> {
    Ok(sqlx::query_scalar(LOCK_CURSOR).fetch_one(connection).await?)
}

pub(super) async fn move_cursor(connection: &mut AnyConnection, seq: i64) -> Result<(), DbError> {
    sqlx::query(MOVE_CURSOR).bind(seq).execute(connection).await?;
    Ok(())
}

/// Whose a ticket is that is not in quarantine; `None`: it is, or it is no more.
pub(super) async fn assignee(connection: &mut AnyConnection, ticket: &str) -> Result<Option<Option<String>>, DbError> {
    Ok(sqlx::query_scalar(STANDING).bind(ticket).fetch_optional(connection).await?)
}

pub(super) async fn note(connection: &mut AnyConnection, message: &str) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(NOTE).bind(message).fetch_optional(connection).await?)
}

/// Whether somebody had a ticket before them as it was at an event or later.
pub(super) async fn has_seen(connection: &mut AnyConnection, staff: &str, ticket: &str, seq: i64) -> Result<bool, DbError> {
    let count: i64 = sqlx::query_scalar(COUNT_SEEN).bind(staff).bind(ticket).bind(seq).fetch_one(connection).await?;
    Ok(count > 0)
}

pub(super) async fn insert(connection: &mut AnyConnection, new: &New<'_>, now: Micros) -> Result<(), DbError> {
    let (actor_kind, actor) = new.by.map_or(("system", None), Actor::words);
    sqlx::query(INSERT)
        .bind(db::new_id(now)?)
        .bind(new.staff)
        .bind(new.kind.word())
        .bind(new.ticket)
        .bind(new.occasion)
        .bind(actor_kind)
        .bind(actor)
        .bind(now.0)
        .bind(i64::from(new.in_desk))
        .bind(new.mail_due_at.map(|at| at.0))
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn due(connection: &mut AnyConnection, now: Micros, until: Micros) -> Result<Vec<Due>, DbError> {
    Ok(sqlx::query_as(DUE).bind(now.0).bind(until.0).fetch_all(connection).await?)
}

pub(super) async fn to_mail(connection: &mut AnyConnection, now: Micros, last_mail: Micros, oldest: Micros) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(TO_MAIL).bind(now.0).bind(last_mail.0).bind(oldest.0).fetch_all(connection).await?)
}

pub(super) async fn put_into_mail(connection: &mut AnyConnection, staff: &str, mail: &str, oldest: Micros) -> Result<(), DbError> {
    sqlx::query(PUT_INTO_MAIL).bind(staff).bind(mail).bind(oldest.0).execute(connection).await?;
    Ok(())
}

/// What an email has to tell, the newest first, and how much that is in all.
pub(super) async fn in_mail(connection: &mut AnyConnection, mail: &str, limit: i64) -> Result<(Vec<Notification>, i64), DbError> {
    let rows: Vec<Row> = sqlx::query_as(IN_MAIL).bind(mail).bind(limit).fetch_all(&mut *connection).await?;
    let count: i64 = sqlx::query_scalar(COUNT_IN_MAIL).bind(mail).fetch_one(connection).await?;
    Ok((rows.into_iter().map(Notification::try_from).collect::<Result<_, _>>()?, count))
}

pub(super) async fn mailed(connection: &mut AnyConnection, mail: &str, now: Micros) -> Result<(), DbError> {
    sqlx::query(MAILED).bind(mail).bind(now.0).execute(connection).await?;
    Ok(())
}

pub(super) async fn list(pool: &AnyPool, staff: &str, limit: i64) -> Result<Vec<Notification>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(LIST).bind(staff).bind(limit).fetch_all(pool).await?;
    rows.into_iter().map(Notification::try_from).collect()
}

pub(super) async fn count_unread(pool: &AnyPool, staff: &str) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT_UNREAD).bind(staff).fetch_one(pool).await?)
}

pub(super) async fn count_unread_of_ticket(pool: &AnyPool, staff: &str, ticket: &str) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT_UNREAD_OF_TICKET).bind(staff).bind(ticket).fetch_one(pool).await?)
}

pub(super) async fn read_ticket(connection: &mut AnyConnection, staff: &str, ticket: &str, seq: i64, now: Micros) -> Result<(), DbError> {
    sqlx::query(READ_TICKET).bind(staff).bind(ticket).bind(seq).bind(now.0).execute(connection).await?;
    Ok(())
}

pub(super) async fn read_all(connection: &mut AnyConnection, staff: &str, now: Micros) -> Result<(), DbError> {
    sqlx::query(READ_ALL).bind(staff).bind(now.0).execute(connection).await?;
    Ok(())
}

pub(super) async fn prune(connection: &mut AnyConnection, before: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(before.0).execute(connection).await?;
    Ok(())
}
