//! The SQL of erasures.

use crate::db::from_row;
use sqlx::{AnyConnection, AnyPool};

use crate::db::DbError;

const NOTE_ERASURE: &str = "
    INSERT INTO erasures (id, subject, erased_at, tickets, messages, files, others) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ERASURES: &str = "SELECT erased_at, tickets, messages, files, others FROM erasures WHERE subject = $1 ORDER BY erased_at, id";

/// That an address was erased before.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Erasure {
    pub erased_at: i64,
    pub tickets: i64,
    pub messages: i64,
    pub files: i64,
    /// Emails, sign-ins and whatever else.
    pub others: i64,
}
from_row!(Erasure { erased_at, tickets, messages, files, others });

pub(super) async fn note_erasure(connection: &mut AnyConnection, id: &str, subject: &str, erasure: &Erasure) -> Result<(), DbError> {
    let query = sqlx::query(NOTE_ERASURE).bind(id).bind(subject).bind(erasure.erased_at).bind(erasure.tickets);
    query.bind(erasure.messages).bind(erasure.files).bind(erasure.others).execute(connection).await?;
    Ok(())
}

pub(super) async fn erasures(pool: &AnyPool, subject: &str) -> Result<Vec<Erasure>, DbError> {
    Ok(sqlx::query_as(ERASURES).bind(subject).fetch_all(pool).await?)
}
