//! The SQL of saved replies.

use std::collections::HashMap;

use sqlx::{AnyConnection, AnyPool};

use super::SavedReply;
use crate::clock::Micros;
use crate::db::{self, DbError, from_row};
use crate::i18n::Lang;

/// What `$1` sees.
const ALL: &str = "
    SELECT id, owner, name, files, uses FROM saved_replies WHERE owner IS NULL OR owner = $1 ORDER BY uses DESC, name, id LIMIT $2";
const BY_ID: &str = "SELECT id, owner, name, files, uses FROM saved_replies WHERE id = $1 AND (owner IS NULL OR owner = $2)";
const TEXTS: &str = "
    SELECT reply, lang, body FROM saved_reply_texts
    WHERE reply IN (SELECT id FROM saved_replies WHERE owner IS NULL OR owner = $1) ORDER BY reply, lang";
const TEXTS_OF: &str = "SELECT reply, lang, body FROM saved_reply_texts WHERE reply = $1 ORDER BY lang";
const PUT: &str = "
    INSERT INTO saved_replies (id, owner, name, files, uses, updated_at) VALUES ($1, $2, $3, $4, 0, $5)
    ON CONFLICT (id) DO UPDATE SET owner = excluded.owner, name = excluded.name, files = excluded.files, updated_at = excluded.updated_at";
const DROP_TEXTS: &str = "DELETE FROM saved_reply_texts WHERE reply = $1";
const PUT_TEXT: &str = "INSERT INTO saved_reply_texts (reply, lang, body) VALUES ($1, $2, $3)";
const DELETE: &str = "DELETE FROM saved_replies WHERE id = $1";
const COUNT_USE: &str = "UPDATE saved_replies SET uses = uses + 1 WHERE id = $1";

struct Row {
    id: String,
    owner: Option<String>,
    name: String,
    files: String,
    uses: i64,
}
from_row!(Row { id, owner, name, files, uses });

impl Row {
    fn with(self, texts: Vec<(Lang, String)>) -> SavedReply {
        let files = self.files.split_whitespace().map(str::to_owned).collect();
        SavedReply { id: self.id, owner: self.owner, name: self.name, texts, files, uses: self.uses }
    }
}

pub(super) async fn all(pool: &AnyPool, staff: &str, limit: i64) -> Result<Vec<SavedReply>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(ALL).bind(staff).bind(limit).fetch_all(pool).await?;
    let mut texts = by_reply(sqlx::query_as(TEXTS).bind(staff).fetch_all(pool).await?)?;
    let with_texts = |row: Row| {
        let own = texts.remove(&row.id).unwrap_or_default();
        row.with(own)
    };
    Ok(rows.into_iter().map(with_texts).collect())
}

pub(super) async fn by_id(pool: &AnyPool, id: &str, staff: &str) -> Result<Option<SavedReply>, DbError> {
    let row: Option<Row> = sqlx::query_as(BY_ID).bind(id).bind(staff).fetch_optional(pool).await?;
    let Some(row) = row else { return Ok(None) };
    let mut texts = by_reply(sqlx::query_as(TEXTS_OF).bind(id).fetch_all(pool).await?)?;
    let own = texts.remove(&row.id).unwrap_or_default();
    Ok(Some(row.with(own)))
}

/// The texts of each.
fn by_reply(rows: Vec<(String, String, String)>) -> Result<HashMap<String, Vec<(Lang, String)>>, DbError> {
    let mut texts: HashMap<String, Vec<(Lang, String)>> = HashMap::new();
    for (reply, lang, body) in rows {
        texts.entry(reply).or_default().push((db::lang(&lang)?, body));
    }
    Ok(texts)
}

pub(super) async fn put(connection: &mut AnyConnection, reply: &SavedReply, now: Micros) -> Result<(), DbError> {
    let query = sqlx::query(PUT).bind(&reply.id).bind(reply.owner.as_deref()).bind(&reply.name).bind(reply.files.join(" "));
    query.bind(now.0).execute(&mut *connection).await?;
    sqlx::query(DROP_TEXTS).bind(&reply.id).execute(&mut *connection).await?;
    for (lang, body) in &reply.texts {
        sqlx::query(PUT_TEXT).bind(&reply.id).bind(lang.code()).bind(body).execute(&mut *connection).await?;
    }
    Ok(())
}

pub(super) async fn delete(connection: &mut AnyConnection, id: &str) -> Result<(), DbError> {
    sqlx::query(DELETE).bind(id).execute(connection).await?;
    Ok(())
}

pub(super) async fn count_use(connection: &mut AnyConnection, id: &str) -> Result<(), DbError> {
    sqlx::query(COUNT_USE).bind(id).execute(connection).await?;
    Ok(())
}
