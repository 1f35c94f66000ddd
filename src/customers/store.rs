//! The SQL of customers, of the codes by which they sign in, and of the sessions that they get for them.

use crate::db::from_row;
use sqlx::{AnyConnection, AnyPool};

use super::AddressKey;
use crate::clock::Micros;
use crate::db::{DbError, PersonalData};

const BY_ADDRESS: &str = "SELECT id, customer, address FROM addresses WHERE address = $1";
const INSERT_CUSTOMER: &str = "INSERT INTO customers (id, created_at) VALUES ($1, $2)";
/// Of two at the same moment the second gets the first one's.
const INSERT_ADDRESS: &str = "
    INSERT INTO addresses (id, customer, address, written, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (address) DO UPDATE SET address = excluded.address
    RETURNING id, customer, address";
const ADDRESSES: &str = "SELECT id, address, verified_at FROM addresses WHERE customer = $1 ORDER BY created_at, id";
const VERIFY: &str = "UPDATE addresses SET verified_at = $2 WHERE id = $1 AND verified_at IS NULL RETURNING customer";
const INSERT_SIGN_IN: &str = "INSERT INTO sign_in_codes (id, address, valid_until, tries) VALUES ($1, $2, $3, 0)";
/// Counts a try; nothing comes back for what is over, used, or was tried too often.
const TRY_SIGN_IN: &str = "
    UPDATE sign_in_codes SET tries = tries + 1 WHERE id = $1 AND used_at IS NULL AND valid_until > $2 AND tries < $3
    RETURNING address";
const USE_SIGN_IN: &str = "UPDATE sign_in_codes SET used_at = $2 WHERE id = $1";
/// Of one that can still be used.
const ADDRESS_OF_SIGN_IN: &str = "
    SELECT addresses.written FROM sign_in_codes JOIN addresses ON addresses.id = sign_in_codes.address
    WHERE sign_in_codes.id = $1 AND sign_in_codes.used_at IS NULL AND sign_in_codes.valid_until > $2";
const INSERT_SESSION: &str = "INSERT INTO sessions (token, address, valid_until) VALUES ($1, $2, $3)";
const SESSION: &str = "
    SELECT addresses.id, addresses.customer, addresses.address FROM sessions JOIN addresses ON addresses.id = sessions.address
    WHERE sessions.token = $1 AND sessions.valid_until > $2";
const SIGN_INS_OF: &str = "
    SELECT valid_until, used_at FROM sign_in_codes WHERE address IN (SELECT id FROM addresses WHERE customer = $1) ORDER BY valid_until, id";
const SESSIONS_OF: &str = "
    SELECT valid_until FROM sessions WHERE address IN (SELECT id FROM addresses WHERE customer = $1) ORDER BY valid_until";
const END_SESSIONS_BESIDE: &str = "DELETE FROM sessions WHERE address IN (SELECT address FROM sessions WHERE token = $1) AND token <> $1";
const END_SESSION: &str = "DELETE FROM sessions WHERE token = $1";
const PRUNE_SIGN_INS: &str = "DELETE FROM sign_in_codes WHERE valid_until <= $1";
const PRUNE_SESSIONS: &str = "DELETE FROM sessions WHERE valid_until <= $1";
/// Of whom nothing is kept any more.
const PRUNE_CUSTOMERS: &str = "
    DELETE FROM customers WHERE created_at <= $1
        AND NOT EXISTS (SELECT 1 FROM tickets WHERE tickets.customer = customers.id)
        AND NOT EXISTS (
            SELECT 1 FROM addresses JOIN inbound_emails ON inbound_emails.address = addresses.id WHERE addresses.customer = customers.id)";

/// What the room keeps of a customer, `$1`.
pub const PERSONAL_DATA: &[PersonalData] = &[
    PersonalData::of_customer(
        "login codes",
        "SELECT COUNT(*) FROM sign_in_codes WHERE address IN (SELECT id FROM addresses WHERE customer = $1)",
        "DELETE FROM sign_in_codes WHERE address IN (SELECT id FROM addresses WHERE customer = $1)",
    ),
    PersonalData::of_customer(
        "open sessions",
        "SELECT COUNT(*) FROM sessions WHERE address IN (SELECT id FROM addresses WHERE customer = $1)",
        "DELETE FROM sessions WHERE address IN (SELECT id FROM addresses WHERE customer = $1)",
    ),
    PersonalData::of_customer("email addresses", "SELECT COUNT(*) FROM addresses WHERE customer = $1", "DELETE FROM customers WHERE id = $1"),
];

/// An address as it is exported.
#[derive(Debug, Clone)]
pub struct AddressRow {
    pub id: String,
    pub address: String,
    pub verified_at: Option<i64>,
}
from_row!(AddressRow { id, address, verified_at });

pub(super) async fn by_address<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, address: &str) -> Result<Option<AddressKey>, DbError> {
    let row: Option<(String, String, String)> = sqlx::query_as(BY_ADDRESS).bind(address).fetch_optional(executor).await?;
    Ok(row.map(|(id, customer, address)| AddressKey { id, customer, address }))
}

pub(super) async fn insert_customer(connection: &mut AnyConnection, id: &str, now: Micros) -> Result<(), DbError> {
    sqlx::query(INSERT_CUSTOMER).bind(id).bind(now.0).execute(connection).await?;
    Ok(())
}

/// The address, or the one that another made at the same moment: its customer, not ours, which is left without any and dropped later.
pub(super) async fn insert_address(
    connection: &mut AnyConnection,
    id: &str,
    customer: &str,
    address: &str,
    written: &str,
    now: Micros,
) -> Result<AddressKey, DbError> {
    let query = sqlx::query_as(INSERT_ADDRESS).bind(id).bind(customer).bind(address).bind(written).bind(now.0);
    let (id, customer, address): (String, String, String) = query.fetch_one(connection).await?;
    Ok(AddressKey { id, customer, address })
}

pub(super) async fn addresses(pool: &AnyPool, customer: &str) -> Result<Vec<AddressRow>, DbError> {
    Ok(sqlx::query_as(ADDRESSES).bind(customer).fetch_all(pool).await?)
}

/// The customer, where the address was not verified before.
pub(super) async fn verify(connection: &mut AnyConnection, address: &str, now: Micros) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(VERIFY).bind(address).bind(now.0).fetch_optional(connection).await?)
}

pub(super) async fn insert_sign_in(connection: &mut AnyConnection, id: &str, address: Option<&str>, valid_until: Micros) -> Result<(), DbError> {
    sqlx::query(INSERT_SIGN_IN).bind(id).bind(address).bind(valid_until.0).execute(connection).await?;
    Ok(())
}

/// Counts a try. `None` where no try is left, `Some(None)` for the code of an address that nobody has written under.
pub(super) async fn try_sign_in(connection: &mut AnyConnection, id: &str, now: Micros, tries_max: i64) -> Result<Option<Option<String>>, DbError> {
    Ok(sqlx::query_scalar(TRY_SIGN_IN).bind(id).bind(now.0).bind(tries_max).fetch_optional(connection).await?)
}

pub(super) async fn use_sign_in(connection: &mut AnyConnection, id: &str, now: Micros) -> Result<(), DbError> {
    sqlx::query(USE_SIGN_IN).bind(id).bind(now.0).execute(connection).await?;
    Ok(())
}

/// As it was typed.
pub(super) async fn address_of_sign_in(pool: &AnyPool, id: &str, now: Micros) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(ADDRESS_OF_SIGN_IN).bind(id).bind(now.0).fetch_optional(pool).await?)
}

pub(super) async fn insert_session(connection: &mut AnyConnection, token: &str, address: &str, valid_until: Micros) -> Result<(), DbError> {
    sqlx::query(INSERT_SESSION).bind(token).bind(address).bind(valid_until.0).execute(connection).await?;
    Ok(())
}

/// The address whose tickets a session opens.
pub(super) async fn session(pool: &AnyPool, token: &str, now: Micros) -> Result<Option<AddressKey>, DbError> {
    let row: Option<(String, String, String)> = sqlx::query_as(SESSION).bind(token).bind(now.0).fetch_optional(pool).await?;
    Ok(row.map(|(id, customer, address)| AddressKey { id, customer, address }))
}

/// Until when each code of a customer could be used, and when it was.
pub(super) async fn sign_ins_of(pool: &AnyPool, customer: &str) -> Result<Vec<(i64, Option<i64>)>, DbError> {
    Ok(sqlx::query_as(SIGN_INS_OF).bind(customer).fetch_all(pool).await?)
}

/// Until when each session of a customer is open.
pub(super) async fn sessions_of(pool: &AnyPool, customer: &str) -> Result<Vec<i64>, DbError> {
    Ok(sqlx::query_scalar(SESSIONS_OF).bind(customer).fetch_all(pool).await?)
}

/// The other sessions of the same address.
pub(super) async fn end_sessions_beside(connection: &mut AnyConnection, token: &str) -> Result<(), DbError> {
    sqlx::query(END_SESSIONS_BESIDE).bind(token).execute(connection).await?;
    Ok(())
}

pub(super) async fn end_session(connection: &mut AnyConnection, token: &str) -> Result<(), DbError> {
    sqlx::query(END_SESSION).bind(token).execute(connection).await?;
    Ok(())
}

/// Drops what opens nothing any more, and customers of whom nothing is kept since a moment.
pub(super) async fn prune(connection: &mut AnyConnection, now: Micros, customers_until: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE_SIGN_INS).bind(now.0).execute(&mut *connection).await?;
    sqlx::query(PRUNE_SESSIONS).bind(now.0).execute(&mut *connection).await?;
    sqlx::query(PRUNE_CUSTOMERS).bind(customers_until.0).execute(connection).await?;
    Ok(())
}
