//! The SQL of tickets that are written as they stand.

use sqlx::AnyConnection;

use crate::articles::model::ArticleId;
use crate::db::DbError;
use crate::tickets::model::{Channel, QuarantineReason, Ticket};

const INSERT: &str = "
    INSERT INTO tickets (id, reference, version, created_at, updated_at, status, quarantine, channel, proof, customer, address, name, lang, subject,
        article, reason, code, priority, assignee, tags, snoozed_until, due_at, answered_at, solved_at, rating, rating_comment, generation)
    VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26)";

pub(in crate::tickets) async fn insert(connection: &mut AnyConnection, ticket: &Ticket, channel: Channel) -> Result<(), DbError> {
    sqlx::query(INSERT)
        .bind(&ticket.key.id)
        .bind(ticket.key.reference.as_str())
        .bind(ticket.created_at.0)
        .bind(ticket.updated_at.0)
        .bind(ticket.status.word())
        .bind(ticket.quarantine.map(QuarantineReason::word))
        .bind(channel.word())
        .bind(ticket.proof.word())
        .bind(&ticket.customer)
        .bind(&ticket.address)
        .bind(&ticket.name)
        .bind(ticket.lang.code())
        .bind(&ticket.subject)
        .bind(ticket.article.as_ref().map(ArticleId::as_str))
        .bind(ticket.reason.as_deref())
        .bind(ticket.code.as_deref())
        .bind(ticket.priority.word())
        .bind(ticket.assignee.as_deref())
        .bind(ticket.tags.join(" "))
        .bind(ticket.snoozed_until.map(|at| at.0))
        .bind(ticket.due_at.map(|at| at.0))
        .bind(ticket.answered_at.map(|at| at.0))
        .bind(ticket.solved_at.map(|at| at.0))
        .bind(ticket.rating.as_ref().map(|rating| i64::from(rating.stars)))
        .bind(ticket.rating.as_ref().and_then(|rating| rating.comment.as_deref()))
        .bind(ticket.key.generation)
        .execute(connection)
        .await?;
    Ok(())
}
