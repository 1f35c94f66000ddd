//! Where prints are kept for some days, for all instances.

use sqlx::any::AnyArguments;
use sqlx::query::QueryScalar;
use sqlx::{Any, AnyConnection};

use super::{Likeness, PRINTS_MAX};
use crate::clock::Micros;
use crate::db::DbError;

/// A campaign comes in hours, a fault that many report with their own words in days.
const SAME_WITHIN_MICROS: i64 = 2 * Micros::DAY;
/// A site, an address or a number is used until it is worn out.
const KEPT_MICROS: i64 = 14 * Micros::DAY;

/// From another network and another address both: whoever writes again from a telephone, or whose office writes, is one of the two.
const COUNT_COMMON: &str = "
    SELECT CAST(COALESCE(MAX(common), 0) AS BIGINT) FROM (
        SELECT COUNT(*) AS common FROM prints
        WHERE print IN ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            AND network <> $1 AND address <> $2 AND seen_at > $3
        GROUP BY network, address) AS others";
/// From the same address only the one message would be judged twice.
const COUNT_NAMED: &str = "
    SELECT COUNT(*) FROM prints
    WHERE print IN ($3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18) AND address <> $1 AND seen_at > $2";
const KEEP: &str = "
    INSERT INTO prints (print, network, address, seen_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (print, network, address) DO UPDATE SET seen_at = excluded.seen_at";
const FORGET: &str = "DELETE FROM prints WHERE print = $1";
const PRUNE: &str = "DELETE FROM prints WHERE seen_at <= $1";

/// How much of the text came from one other before.
pub(in crate::tickets) async fn likeness(
    connection: &mut AnyConnection,
    prints: &[String],
    network: &str,
    address: &str,
    now: Micros,
) -> Result<Likeness, DbError> {
    if prints.is_empty() {
        return Ok(Likeness::None);
    }
    let query = sqlx::query_scalar::<_, i64>(COUNT_COMMON).bind(network).bind(address).bind(now.plus(-SAME_WITHIN_MICROS).0);
    let common = count(connection, query, prints).await?;
    Ok(Likeness::of(usize::try_from(common).unwrap_or_default(), prints.len()))
}

/// Whether somebody else's message that was kept aside named one of these contacts.
pub(in crate::tickets) async fn is_named(connection: &mut AnyConnection, contacts: &[String], address: &str, now: Micros) -> Result<bool, DbError> {
    if contacts.is_empty() {
        return Ok(false);
    }
    let query = sqlx::query_scalar::<_, i64>(COUNT_NAMED).bind(address).bind(now.plus(-KEPT_MICROS).0);
    Ok(count(connection, query, contacts).await? > 0)
}

type Count<'q> = QueryScalar<'q, Any, i64, AnyArguments>;

async fn count<'q>(connection: &mut AnyConnection, query: Count<'q>, prints: &'q [String]) -> Result<i64, DbError> {
    let query = (0..PRINTS_MAX).fold(query, |query, at| query.bind(prints.get(at).map_or("", String::as_str)));
    Ok(query.fetch_one(connection).await?)
}

pub(in crate::tickets) async fn keep(
    connection: &mut AnyConnection,
    prints: &[String],
    network: &str,
    address: &str,
    now: Micros,
) -> Result<(), DbError> {
    for print in prints {
        sqlx::query(KEEP).bind(print).bind(network).bind(address).bind(now.0).execute(&mut *connection).await?;
    }
    Ok(())
}

/// What staff let through is no sign of spam, whoever named it.
pub(in crate::tickets) async fn forget(connection: &mut AnyConnection, contacts: &[String]) -> Result<(), DbError> {
    for contact in contacts {
        sqlx::query(FORGET).bind(contact).execute(&mut *connection).await?;
    }
    Ok(())
}

pub(in crate::tickets) async fn prune(connection: &mut AnyConnection, now: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(now.plus(-KEPT_MICROS).0).execute(connection).await?;
    Ok(())
}
