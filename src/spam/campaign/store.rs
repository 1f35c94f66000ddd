//! Where shingles are kept for some days, for all instances.

use sqlx::AnyConnection;

use super::{SHINGLES_MAX, Similarity};
use crate::clock::Micros;
use crate::db::{DbError, PersonalData};

/// A campaign comes in hours, a fault that many report with their own words in days.
const KEPT_MICROS: i64 = 2 * Micros::DAY;

/// From another network and another address both: whoever writes again from a telephone, or whose office writes, is one of the two. Shingles that came at
/// one time from one sender are one message.
const COUNT_COMMON: &str = "
    SELECT CAST(COALESCE(MAX(common), 0) AS BIGINT) FROM (
        SELECT COUNT(*) AS common FROM shingles
        WHERE shingle IN ($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)
            AND network <> $1 AND address <> $2 AND seen_at > $3
        GROUP BY network, address, seen_at) AS others";
const KEEP: &str = "
    INSERT INTO shingles (shingle, network, address, seen_at) VALUES ($1, $2, $3, $4)
    ON CONFLICT (shingle, network, address) DO UPDATE SET seen_at = excluded.seen_at";
const PRUNE: &str = "DELETE FROM shingles WHERE seen_at <= $1";

/// What is kept under a keyed hash of an address, `$1`.
pub const PERSONAL_DATA: &[PersonalData] =
    &[PersonalData::of_hash("hashes of texts", "SELECT COUNT(*) FROM shingles WHERE address = $1", "DELETE FROM shingles WHERE address = $1")];

/// How much of the text came from one other before.
pub(in crate::spam) async fn similarity(
    connection: &mut AnyConnection,
    shingles: &[String],
    network: &str,
    address: &str,
    now: Micros,
) -> Result<Similarity, DbError> {
    if shingles.is_empty() {
        return Ok(Similarity::None);
    }
    let query = sqlx::query_scalar::<_, i64>(COUNT_COMMON).bind(network).bind(address).bind(now.plus(-KEPT_MICROS).0);
    let query = (0..SHINGLES_MAX).fold(query, |query, at| query.bind(shingles.get(at).map_or("", String::as_str)));
    let common = query.fetch_one(connection).await?;
    Ok(Similarity::of(usize::try_from(common).unwrap_or_default(), shingles.len()))
}

pub(in crate::spam) async fn keep(
    connection: &mut AnyConnection,
    shingles: &[String],
    network: &str,
    address: &str,
    now: Micros,
) -> Result<(), DbError> {
    for shingle in shingles {
        sqlx::query(KEEP).bind(shingle).bind(network).bind(address).bind(now.0).execute(&mut *connection).await?;
    }
    Ok(())
}

pub(in crate::spam) async fn prune(connection: &mut AnyConnection, now: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(now.plus(-KEPT_MICROS).0).execute(connection).await?;
    Ok(())
}
