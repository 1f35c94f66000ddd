//! The SQL of codes that prove who made a purchase, and of what they proved.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{self, DbError, from_row};

const COUNT_DAY: &str = "
    INSERT INTO buyer_code_days (subject, day, used) VALUES ($1, $2, 1)
    ON CONFLICT (subject, day) DO UPDATE SET used = buyer_code_days.used + 1
    RETURNING used";
const INSERT: &str = "INSERT INTO buyer_codes (id, ticket, code, valid_until, tries) VALUES ($1, $2, $3, $4, 0)";
const DROP_OF_TICKET: &str = "DELETE FROM buyer_codes WHERE ticket = $1";
const COUNT_OPEN: &str = "SELECT COUNT(*) FROM buyer_codes WHERE ticket = $1 AND valid_until > $2 AND tries < $3";
/// Counts a try; nothing comes back for what is over, used, or was tried too often.
const TRY_OPEN: &str = "
    UPDATE buyer_codes SET tries = tries + 1 WHERE ticket = $1 AND valid_until > $2 AND tries < $3
    RETURNING id, code, tries";
const ACCOUNT_OF: &str = "SELECT account FROM orders WHERE code = $1 AND buyer_email IS NOT NULL AND erased = 0 ORDER BY account LIMIT 1";
/// Nothing leaves for a ticket in quarantine.
const OWED: &str = "
    SELECT buyer_codes.ticket, buyer_codes.code, orders.buyer_email, orders.product_name
    FROM buyer_codes JOIN tickets ON tickets.id = buyer_codes.ticket JOIN orders ON orders.code = buyer_codes.code
    WHERE buyer_codes.id = $1 AND buyer_codes.valid_until > $2 AND tickets.quarantine IS NULL
        AND orders.buyer_email IS NOT NULL AND orders.erased = 0
    ORDER BY orders.account LIMIT 1";
const PROVE: &str = "
    INSERT INTO buyer_proofs (ticket, account, code, proved_at) VALUES ($1, $2, $3, $4) ON CONFLICT (ticket, account, code) DO NOTHING";
const PROVED: &str = "SELECT code FROM buyer_proofs WHERE ticket = $1 ORDER BY proved_at, code";
const PRUNE_CODES: &str = "DELETE FROM buyer_codes WHERE valid_until <= $1";
const PRUNE_DAYS: &str = "DELETE FROM buyer_code_days WHERE day < $1";

/// A code that was tried.
pub(in crate::orders) struct Tried {
    pub id: String,
    /// The transaction code.
    pub code: String,
    /// With this one.
    pub tries: i64,
}
from_row!(Tried { id, code, tries });

/// A purchase to whose address a code goes.
pub(in crate::orders) struct OwedCode {
    pub ticket: String,
    pub code: String,
    pub buyer_email: String,
    pub product_name: Option<String>,
}
from_row!(OwedCode { ticket, code, buyer_email, product_name });

/// Counts one for a purchase; how many there were on this day, with this one.
pub(in crate::orders) async fn count_day(connection: &mut AnyConnection, subject: &str, now: Micros) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT_DAY).bind(subject).bind(db::day(now)).fetch_one(connection).await?)
}

pub(in crate::orders) async fn insert(
    connection: &mut AnyConnection,
    id: &str,
    ticket: &str,
    code: &str,
    valid_until: Micros,
) -> Result<(), DbError> {
    sqlx::query(INSERT).bind(id).bind(ticket).bind(code).bind(valid_until.0).execute(connection).await?;
    Ok(())
}

/// With the email, where it has not left.
pub(in crate::orders) async fn drop_of_ticket(connection: &mut AnyConnection, ticket: &str) -> Result<(), DbError> {
    sqlx::query(DROP_OF_TICKET).bind(ticket).execute(connection).await?;
    Ok(())
}

pub(in crate::orders) async fn has_open(pool: &AnyPool, ticket: &str, now: Micros, tries_max: i64) -> Result<bool, DbError> {
    let count: i64 = sqlx::query_scalar(COUNT_OPEN).bind(ticket).bind(now.0).bind(tries_max).fetch_one(pool).await?;
    Ok(count > 0)
}

/// Counts a try; `None` where no try is left.
pub(in crate::orders) async fn try_open(connection: &mut AnyConnection, ticket: &str, now: Micros, tries_max: i64) -> Result<Option<Tried>, DbError> {
    Ok(sqlx::query_as(TRY_OPEN).bind(ticket).bind(now.0).bind(tries_max).fetch_optional(connection).await?)
}

/// The account of a purchase that a code can have been sent for.
pub(in crate::orders) async fn account_of(connection: &mut AnyConnection, code: &str) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(ACCOUNT_OF).bind(code).fetch_optional(connection).await?)
}

/// To whom the email of a code goes.
pub(in crate::orders) async fn owed(pool: &AnyPool, id: &str, now: Micros) -> Result<Option<OwedCode>, DbError> {
    Ok(sqlx::query_as(OWED).bind(id).bind(now.0).fetch_optional(pool).await?)
}

/// False where it was proved before.
pub(in crate::orders) async fn prove(connection: &mut AnyConnection, ticket: &str, account: &str, code: &str, now: Micros) -> Result<bool, DbError> {
    let done = sqlx::query(PROVE).bind(ticket).bind(account).bind(code).bind(now.0).execute(connection).await?;
    Ok(done.rows_affected() > 0)
}

/// Transaction codes of what was proved in a ticket.
pub(in crate::orders) async fn proved(pool: &AnyPool, ticket: &str) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(PROVED).bind(ticket).fetch_all(pool).await?)
}

/// Drops codes that are over, and counts of days that are.
pub(in crate::orders) async fn prune(connection: &mut AnyConnection, now: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE_CODES).bind(now.0).execute(&mut *connection).await?;
    sqlx::query(PRUNE_DAYS).bind(db::day(now)).execute(connection).await?;
    Ok(())
}
