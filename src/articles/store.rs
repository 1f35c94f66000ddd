//! The SQL of what readers do with articles.

use sqlx::{AnyConnection, AnyPool};

use super::model::ArticleId;
use super::votes::Vote;
use crate::clock::Micros;
use crate::db::{self, DbError};

const ADD_READS: &str = "
    INSERT INTO reads (article, day, reads) VALUES ($1, $2, $3)
    ON CONFLICT (article, day) DO UPDATE SET reads = reads.reads + excluded.reads";
const READS_SINCE: &str = "
    SELECT article, CAST(SUM(reads) AS BIGINT) FROM reads WHERE day >= $1 GROUP BY article ORDER BY 2 DESC, article";
const CAST_VOTE: &str = "
    INSERT INTO votes (article, lang, day, voter, helpful, reason, sentence, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (article, lang, day, voter) DO UPDATE SET
        helpful = excluded.helpful,
        reason = CASE WHEN excluded.helpful = 1 THEN NULL ELSE COALESCE(excluded.reason, votes.reason) END,
        sentence = COALESCE(excluded.sentence, votes.sentence), created_at = excluded.created_at";
const VOTES_SINCE: &str = "
    SELECT article, lang, helpful, COALESCE(reason, ''), CAST(COUNT(*) AS BIGINT) FROM votes WHERE day >= $1
    GROUP BY article, lang, helpful, COALESCE(reason, '') ORDER BY article, lang";
const SENTENCES_SINCE: &str = "
    SELECT article, lang, helpful, sentence FROM votes WHERE day >= $1 AND sentence IS NOT NULL ORDER BY created_at DESC LIMIT $2";
const PRUNE_READS: &str = "DELETE FROM reads WHERE day < $1";

/// Adds to the reads of articles on days.
pub(super) async fn add_reads(connection: &mut AnyConnection, reads: &[(ArticleId, i64, i64)]) -> Result<(), DbError> {
    for (article, day, count) in reads {
        sqlx::query(ADD_READS).bind(article.as_str()).bind(*day).bind(*count).execute(&mut *connection).await?;
    }
    Ok(())
}

/// Each article's reads since a day, most read first.
pub(super) async fn reads_since(pool: &AnyPool, day: i64) -> Result<Vec<(ArticleId, i64)>, DbError> {
    let rows: Vec<(String, i64)> = sqlx::query_as(READS_SINCE).bind(day).fetch_all(pool).await?;
    Ok(rows.into_iter().map(|(article, reads)| (ArticleId(article.into()), reads)).collect())
}

/// Stores a vote in place of the voter's earlier one on that day; a reason and a sentence given before stay if none comes now.
pub(super) async fn cast_vote(connection: &mut AnyConnection, vote: &Vote, now: Micros) -> Result<(), DbError> {
    sqlx::query(CAST_VOTE)
        .bind(vote.article.as_str())
        .bind(vote.lang.code())
        .bind(db::day(now))
        .bind(&vote.voter)
        .bind(i64::from(vote.helpful))
        .bind(vote.reason.map(|reason| reason.code()))
        .bind(vote.sentence.as_ref().map(|sentence| sentence.as_str()))
        .bind(now.0)
        .execute(connection)
        .await?;
    Ok(())
}

/// Article, language, whether it helped, the reason or nothing, and how many said so.
pub(super) async fn votes_since(pool: &AnyPool, day: i64) -> Result<Vec<(String, String, i64, String, i64)>, DbError> {
    Ok(sqlx::query_as(VOTES_SINCE).bind(day).fetch_all(pool).await?)
}

/// Article, language, whether it helped, and the sentence; the newest first.
pub(super) async fn sentences_since(pool: &AnyPool, day: i64, limit: i64) -> Result<Vec<(String, String, i64, String)>, DbError> {
    Ok(sqlx::query_as(SENTENCES_SINCE).bind(day).bind(limit).fetch_all(pool).await?)
}

pub(super) async fn prune_reads(connection: &mut AnyConnection, before_day: i64) -> Result<(), DbError> {
    sqlx::query(PRUNE_READS).bind(before_day).execute(connection).await?;
    Ok(())
}
