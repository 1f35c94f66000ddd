//! Where prints are kept for some days, for all instances.

use sqlx::AnyConnection;

use super::{Likeness, PRINTS_MAX};
use crate::clock::Micros;
use crate::db::DbError;

/// A campaign comes in hours, a fault that many report with their own words in days.
const KEPT_MICROS: i64 = 2 * Micros::DAY;

/// From another network and another address both: whoever writes again from a telephone, or whose office writes, is one of the two. Prints that came at
/// one time from one sender are one message.
const COUNT_COMMON: &str = "
    SELECT CAST(COALESCE(MAX(common), 0) AS BIGINT) FROM (
        SELECT COUNT(*) AS common FROM prints
        WHERE print IN ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            AND network <> $1 AND address <> $2 AND seen_at > $3
        GROUP BY network, address, seen_at) AS others";
const KEEP: &str = "
    INSERT INTO prints (print, network, address, seen_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (print, network, address) DO UPDATE SET seen_at = excluded.seen_at";
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
    let query = sqlx::query_scalar::<_, i64>(COUNT_COMMON).bind(network).bind(address).bind(now.plus(-KEPT_MICROS).0);
    let query = (0..PRINTS_MAX).fold(query, |query, at| query.bind(prints.get(at).map_or("", String::as_str)));
    let common = query.fetch_one(connection).await?;
    Ok(Likeness::of(usize::try_from(common).unwrap_or_default(), prints.len()))
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

pub(in crate::tickets) async fn prune(connection: &mut AnyConnection, now: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(now.plus(-KEPT_MICROS).0).execute(connection).await?;
    Ok(())
}
