//! The SQL of "my requests": a few statements, however many tickets there are.

use sqlx::AnyPool;

use super::tickets::TicketRow;
use crate::db::DbError;
use crate::tickets::model::Ticket;

const OF_ADDRESS: &str = "
    SELECT tickets.id, reference, tickets.created_at, updated_at, status, quarantine, proof, tickets.customer, tickets.address, written AS email, name,
        lang, subject, article, reason, code, priority, assignee, tags, snoozed_until, due_at, answered_at, solved_at, follow_up_of, rating,
        rating_comment, generation
    FROM tickets JOIN addresses ON addresses.id = tickets.address WHERE tickets.address = $1
    ORDER BY tickets.created_at DESC, tickets.id DESC LIMIT $2";
const LAST_ANSWERS: &str = "
    SELECT messages.ticket, MAX(messages.created_at) FROM messages JOIN tickets ON tickets.id = messages.ticket
    WHERE tickets.address = $1 AND messages.author_kind = 'staff' AND messages.audience <> 'staff' GROUP BY messages.ticket";
/// What an address's tickets say to their customer.
const TEXTS_OF_ADDRESS: &str = "
    SELECT messages.ticket, messages.body FROM messages JOIN tickets ON tickets.id = messages.ticket
    WHERE tickets.address = $1 AND messages.audience <> 'staff' ORDER BY messages.created_at DESC LIMIT $2";

/// Newest first.
pub(crate) async fn of_address(pool: &AnyPool, address: &str, limit: i64) -> Result<Vec<Ticket>, DbError> {
    let rows: Vec<TicketRow> = sqlx::query_as(OF_ADDRESS).bind(address).bind(limit).fetch_all(pool).await?;
    rows.into_iter().map(Ticket::try_from).collect()
}

/// Per ticket, when staff answered last.
pub(crate) async fn last_answers(pool: &AnyPool, address: &str) -> Result<Vec<(String, i64)>, DbError> {
    Ok(sqlx::query_as(LAST_ANSWERS).bind(address).fetch_all(pool).await?)
}

/// Per ticket, what was said in it; notes never.
pub(crate) async fn texts_of_address(pool: &AnyPool, address: &str, limit: i64) -> Result<Vec<(String, String)>, DbError> {
    Ok(sqlx::query_as(TEXTS_OF_ADDRESS).bind(address).bind(limit).fetch_all(pool).await?)
}
