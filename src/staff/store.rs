//! The SQL of the team.

use crate::db::from_row;
use sqlx::{AnyConnection, AnyPool};

use super::Role;
use crate::clock::Micros;
use crate::db::{self, DbError};

const UPSERT: &str = "
    INSERT INTO staff (id, email, name, role, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (email) DO UPDATE SET name = excluded.name, role = excluded.role, removed_at = NULL
    RETURNING id";
const REMOVE: &str = "UPDATE staff SET removed_at = $2 WHERE email = $1 AND removed_at IS NULL RETURNING id";
const LIST: &str = "SELECT id, email, name, role FROM staff WHERE removed_at IS NULL ORDER BY name, id";
const BY_EMAIL: &str = "SELECT id, email, name, role FROM staff WHERE email = $1 AND removed_at IS NULL";
const NAME: &str = "SELECT name FROM staff WHERE id = $1";

/// Somebody of the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    pub id: String,
    pub email: String,
    pub name: String,
    pub role: Role,
}

struct Row {
    id: String,
    email: String,
    name: String,
    role: String,
}
from_row!(Row { id, email, name, role });

impl TryFrom<Row> for Member {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let role = Role::parse(&row.role).ok_or_else(|| db::unknown("role", &row.role))?;
        Ok(Self { id: row.id, email: row.email, name: row.name, role })
    }
}

pub(super) async fn upsert(connection: &mut AnyConnection, id: &str, email: &str, name: &str, role: Role, now: Micros) -> Result<String, DbError> {
    Ok(sqlx::query_scalar(UPSERT).bind(id).bind(email).bind(name).bind(role.word()).bind(now.0).fetch_one(connection).await?)
}

pub(super) async fn remove(connection: &mut AnyConnection, email: &str, now: Micros) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(REMOVE).bind(email).bind(now.0).fetch_optional(connection).await?)
}

pub(super) async fn list(pool: &AnyPool) -> Result<Vec<Member>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(LIST).fetch_all(pool).await?;
    rows.into_iter().map(Member::try_from).collect()
}

pub(super) async fn by_email(pool: &AnyPool, email: &str) -> Result<Option<Member>, DbError> {
    let row: Option<Row> = sqlx::query_as(BY_EMAIL).bind(email).fetch_optional(pool).await?;
    row.map(Member::try_from).transpose()
}

pub(super) async fn name(pool: &AnyPool, id: &str) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(NAME).bind(id).fetch_optional(pool).await?)
}
