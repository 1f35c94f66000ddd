//! The SQL of what was searched for.

use sqlx::{AnyConnection, AnyPool};

use super::{Key, Missed, Tally};
use crate::clock::Micros;
use crate::db::DbError;
use crate::i18n::Lang;

const ADD: &str = "
    INSERT INTO searches (day, lang, query, asked, empty, clicked, wrote) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (day, lang, query) DO UPDATE SET
        asked = searches.asked + excluded.asked, empty = searches.empty + excluded.empty,
        clicked = searches.clicked + excluded.clicked, wrote = searches.wrote + excluded.wrote";
const POPULAR: &str = "
    SELECT lang, query FROM (
        SELECT lang, query, 0 AS place, CAST(SUM(asked) AS BIGINT) AS asked FROM searches WHERE day >= $1
        GROUP BY lang, query HAVING SUM(CASE WHEN asked >= $3 THEN 1 ELSE 0 END) >= $2 AND SUM(empty) = 0
        UNION ALL SELECT lang, query, 1 AS place, 0 AS asked FROM allowed_searches) popular
    GROUP BY lang, query ORDER BY MAX(place) DESC, MAX(asked) DESC, query LIMIT 1000";
const ALLOW: &str = "INSERT INTO allowed_searches (lang, query, allowed_at) VALUES ($1, $2, $3) ON CONFLICT (lang, query) DO NOTHING";
const DISALLOW: &str = "DELETE FROM allowed_searches WHERE lang = $1 AND query = $2";
const MISSED: &str = "
    SELECT lang, query, CAST(SUM(asked) AS BIGINT), CAST(SUM(empty) AS BIGINT), CAST(SUM(clicked) AS BIGINT), CAST(SUM(wrote) AS BIGINT)
    FROM searches WHERE day >= $1
    GROUP BY lang, query HAVING SUM(empty) > 0 OR SUM(clicked) = 0 OR SUM(wrote) > 0
    ORDER BY SUM(wrote) DESC, SUM(asked) DESC, lang, query LIMIT $2";
const PRUNE: &str = "DELETE FROM searches WHERE day < $1";

pub(super) async fn add(connection: &mut AnyConnection, tallies: &[(Key, Tally)]) -> Result<(), DbError> {
    for ((day, lang, query), tally) in tallies {
        let add = sqlx::query(ADD).bind(*day).bind(lang.code()).bind(query);
        add.bind(tally.asked).bind(tally.empty).bind(tally.clicked).bind(tally.wrote).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Language and question of what staff allow, and of what so many networks asked on at least so many days since a day and always found something.
pub(super) async fn popular(pool: &AnyPool, since_day: i64, days: i64, networks: i64) -> Result<Vec<(String, String)>, DbError> {
    Ok(sqlx::query_as(POPULAR).bind(since_day).bind(days).bind(networks).fetch_all(pool).await?)
}

/// Allows a question at a moment, or no more.
pub(super) async fn allow(connection: &mut AnyConnection, lang: Lang, query: &str, at: Option<Micros>) -> Result<(), DbError> {
    match at {
        Some(at) => sqlx::query(ALLOW).bind(lang.code()).bind(query).bind(at.0).execute(connection).await?,
        None => sqlx::query(DISALLOW).bind(lang.code()).bind(query).execute(connection).await?,
    };
    Ok(())
}

pub(super) async fn missed(pool: &AnyPool, since_day: i64, limit: i64) -> Result<Vec<Missed>, DbError> {
    let rows: Vec<(String, String, i64, i64, i64, i64)> = sqlx::query_as(MISSED).bind(since_day).bind(limit).fetch_all(pool).await?;
    Ok(rows.into_iter().map(|(lang, query, asked, empty, clicked, wrote)| Missed { lang, query, asked, empty, clicked, wrote }).collect())
}

pub(super) async fn prune(connection: &mut AnyConnection, before_day: i64) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(before_day).execute(connection).await?;
    Ok(())
}
