//! The SQL of erasures.

use sqlx::{AnyConnection, AnyPool};

use crate::db::DbError;

const NOTE_ERASURE: &str = "
    INSERT INTO erasures (id, subject, erased_at, tickets, messages, files, others) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ERASURES: &str = "SELECT erased_at, tickets, messages, files, others FROM erasures WHERE subject = $1 ORDER BY erased_at, id";
const SIGN_INS: &str = "
    SELECT valid_until, used_at FROM sign_in_codes WHERE address IN (SELECT id FROM addresses WHERE customer = $1) ORDER BY valid_until, id";
const SESSIONS: &str = "
    SELECT valid_until FROM sessions WHERE address IN (SELECT id FROM addresses WHERE customer = $1) ORDER BY valid_until";

/// That an address was erased before.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Erasure {
    pub erased_at: i64,
    pub tickets: i64,
    pub messages: i64,
    pub files: i64,
    /// Emails, sign-ins and whatever else.
    pub others: i64,
}

pub(super) async fn note_erasure(connection: &mut AnyConnection, id: &str, subject: &str, erasure: &Erasure) -> Result<(), DbError> {
    let query = sqlx::query(NOTE_ERASURE).bind(id).bind(subject).bind(erasure.erased_at).bind(erasure.tickets);
    query.bind(erasure.messages).bind(erasure.files).bind(erasure.others).execute(connection).await?;
    Ok(())
}

pub(super) async fn erasures(pool: &AnyPool, subject: &str) -> Result<Vec<Erasure>, DbError> {
    Ok(sqlx::query_as(ERASURES).bind(subject).fetch_all(pool).await?)
}

/// Until when each code could be used, and when it was.
pub(super) async fn sign_ins(pool: &AnyPool, customer: &str) -> Result<Vec<(i64, Option<i64>)>, DbError> {
    Ok(sqlx::query_as(SIGN_INS).bind(customer).fetch_all(pool).await?)
}

/// Until when each session is open.
pub(super) async fn sessions(pool: &AnyPool, customer: &str) -> Result<Vec<i64>, DbError> {
    Ok(sqlx::query_scalar(SESSIONS).bind(customer).fetch_all(pool).await?)
}
