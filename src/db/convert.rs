//! Between the two column types, BIGINT and TEXT, and the program's own types.

use data_encoding::BASE32HEX_NOPAD;

use super::DbError;
use crate::clock::Micros;
use crate::i18n::Lang;

/// Days since 1970 UTC.
pub fn day(at: Micros) -> i64 {
    at.0.div_euclid(Micros::DAY)
}

/// Hours since 1970 UTC.
pub fn hour(at: Micros) -> i64 {
    at.0.div_euclid(Micros::HOUR)
}

pub fn lang(stored: &str) -> Result<Lang, DbError> {
    Lang::parse(stored).ok_or_else(|| unknown("language", stored))
}

/// A stored word that this version of the program does not know.
pub fn unknown(what: &str, stored: &str) -> DbError {
    DbError::Broken(format!("unknown {what} {stored:?} in a row"))
}

/// A new id: 26 characters that sort by time, the second half random.
pub fn new_id(now: Micros) -> Result<String, DbError> {
    let mut random = [0; 8];
    getrandom::fill(&mut random).map_err(|error| DbError::Unavailable(format!("no random numbers from the system: {error}")))?;
    Ok(id_of(now, random))
}

/// The id of a moment and eight bytes that no other row of this moment has.
pub fn id_of(at: Micros, distinct: [u8; 8]) -> String {
    let mut bytes = [0; 16];
    bytes[..8].copy_from_slice(&at.0.to_be_bytes());
    bytes[8..].copy_from_slice(&distinct);
    BASE32HEX_NOPAD.encode(&bytes).to_ascii_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_differ_within_a_moment() {
        let id = |at| new_id(Micros(at)).expect("random numbers");
        assert!(id(1) < id(2) && id(255) < id(256) && id(1_700_000_000_000_000) < id(1_700_000_000_000_001));
        assert_ne!(id(7), id(7));
        assert_eq!(id(7).len(), 26);
    }
}
