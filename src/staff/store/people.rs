//! The SQL of people: who they are, and what they log in with.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{self, DbError, from_row};
use crate::i18n::Lang;
use crate::staff::{AfterSend, Member, Profile, Role};
use crate::values::PersonName;

/// Where somebody who left comes back, they begin anew: nothing of what they logged in with holds any more.
const UPSERT: &str = "
    INSERT INTO staff (id, email, name, role, created_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (email) DO UPDATE SET name = excluded.name, role = excluded.role, removed_at = NULL
    RETURNING id";
const DISABLE: &str = "
    UPDATE staff SET removed_at = $2, password = NULL, password_set_at = NULL, second_factor = NULL, second_factor_at = NULL, second_factor_step = NULL
    WHERE email = $1 AND removed_at IS NULL RETURNING id";
const SET_ROLE: &str = "UPDATE staff SET role = $2 WHERE id = $1 AND removed_at IS NULL RETURNING id";
const SET_PROFILE: &str = "
    UPDATE staff SET name = $2, public_name = $3, lang = $4, default_view = $5, after_send = $6, signature = $7, keys_off = $8 WHERE id = $1";
const SET_NOTIFY: &str = "UPDATE staff SET notify = $2 WHERE id = $1";
const SET_LANG: &str = "UPDATE staff SET lang = $2 WHERE id = $1";
const LIST: &str = "
    SELECT id, email, name, role, public_name, lang, default_view, after_send, signature, keys_off, notify, password, password_set_at,
        second_factor_at
    FROM staff
    WHERE removed_at IS NULL ORDER BY name, id";
const BY_EMAIL: &str = "
    SELECT id, email, name, role, public_name, lang, default_view, after_send, signature, keys_off, notify, password, password_set_at,
        second_factor_at
    FROM staff
    WHERE email = $1 AND removed_at IS NULL";
const BY_ID: &str = "
    SELECT id, email, name, role, public_name, lang, default_view, after_send, signature, keys_off, notify, password, password_set_at,
        second_factor_at
    FROM staff
    WHERE id = $1 AND removed_at IS NULL";
const NAME: &str = "SELECT name FROM staff WHERE id = $1";
/// Keeps others from taking away the last admin at the same moment.
const LOCK_ADMINS: &str = "UPDATE staff SET role = role WHERE role = 'admin' AND removed_at IS NULL RETURNING id";

const SET_PASSWORD: &str = "UPDATE staff SET password = $2, password_set_at = $3 WHERE id = $1 AND removed_at IS NULL RETURNING id";
const SECOND_FACTOR: &str = "SELECT second_factor FROM staff WHERE id = $1 AND second_factor IS NOT NULL AND removed_at IS NULL";
/// What waits to be tried out does not take the place of what is in use.
const OFFER_SECOND_FACTOR: &str = "
    UPDATE staff SET second_factor = $2, second_factor_step = NULL WHERE id = $1 AND second_factor_at IS NULL AND removed_at IS NULL RETURNING id";
const CONFIRM_SECOND_FACTOR: &str = "UPDATE staff SET second_factor_at = $2 WHERE id = $1 AND second_factor IS NOT NULL RETURNING id";
const DROP_SECOND_FACTOR: &str = "
    UPDATE staff SET second_factor = NULL, second_factor_at = NULL, second_factor_step = NULL WHERE id = $1 AND removed_at IS NULL RETURNING id";
/// Of two who come with the same code only one gets through.
const USE_STEP: &str = "
    UPDATE staff SET second_factor_step = $2 WHERE id = $1 AND (second_factor_step IS NULL OR second_factor_step < $2) RETURNING id";
const INSERT_RECOVERY_CODE: &str = "INSERT INTO staff_recovery_codes (code, staff) VALUES ($1, $2)";
const DROP_RECOVERY_CODES: &str = "DELETE FROM staff_recovery_codes WHERE staff = $1";
const USE_RECOVERY_CODE: &str = "DELETE FROM staff_recovery_codes WHERE code = $1 AND staff = $2 RETURNING code";
const COUNT_RECOVERY_CODES: &str = "SELECT COUNT(*) FROM staff_recovery_codes WHERE staff = $1";

pub(super) struct Row {
    id: String,
    email: String,
    name: String,
    role: String,
    public_name: Option<String>,
    lang: Option<String>,
    default_view: Option<String>,
    after_send: Option<String>,
    signature: Option<String>,
    keys_off: Option<i64>,
    notify: Option<String>,
    password: Option<String>,
    password_set_at: Option<i64>,
    second_factor_at: Option<i64>,
}
from_row!(Row {
    id,
    email,
    name,
    role,
    public_name,
    lang,
    default_view,
    after_send,
    signature,
    keys_off,
    notify,
    password,
    password_set_at,
    second_factor_at
});

/// Somebody with the hash of their password, which stays in this room.
pub(in crate::staff) struct WithPassword {
    pub(in crate::staff) member: Member,
    pub(in crate::staff) password: Option<String>,
}

impl TryFrom<Row> for WithPassword {
    type Error = DbError;

    fn try_from(row: Row) -> Result<Self, DbError> {
        let role = Role::parse(&row.role).ok_or_else(|| db::unknown("role", &row.role))?;
        let member = Member {
            id: row.id,
            email: row.email,
            name: row.name,
            role,
            public_name: row.public_name,
            lang: row.lang.as_deref().map(db::lang).transpose()?,
            default_view: row.default_view,
            after_send: row.after_send.as_deref().and_then(AfterSend::parse).unwrap_or_default(),
            signature: row.signature.unwrap_or_default(),
            has_keys: row.keys_off != Some(1),
            notify: row.notify,
            password_set_at: row.password_set_at.map(Micros),
            second_factor_at: row.second_factor_at.map(Micros),
        };
        Ok(Self { member, password: row.password })
    }
}

pub(in crate::staff) async fn upsert(
    connection: &mut AnyConnection,
    id: &str,
    email: &str,
    name: &str,
    role: Role,
    now: Micros,
) -> Result<String, DbError> {
    Ok(sqlx::query_scalar(UPSERT).bind(id).bind(email).bind(name).bind(role.word()).bind(now.0).fetch_one(connection).await?)
}

pub(in crate::staff) async fn disable(connection: &mut AnyConnection, email: &str, now: Micros) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(DISABLE).bind(email).bind(now.0).fetch_optional(connection).await?)
}

pub(in crate::staff) async fn set_role(connection: &mut AnyConnection, id: &str, role: Role) -> Result<bool, DbError> {
    found(sqlx::query_scalar(SET_ROLE).bind(id).bind(role.word()).fetch_optional(connection).await?)
}

pub(in crate::staff) async fn set_profile(connection: &mut AnyConnection, id: &str, profile: &Profile) -> Result<(), DbError> {
    let given = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
    sqlx::query(SET_PROFILE)
        .bind(id)
        .bind(profile.name.as_str())
        .bind(profile.public_name.as_ref().map(PersonName::as_str))
        .bind(profile.lang.map(Lang::code))
        .bind(profile.default_view.as_deref())
        .bind(profile.after_send.word())
        .bind(given(&profile.signature))
        .bind(i64::from(!profile.has_keys))
        .execute(connection)
        .await?;
    Ok(())
}

pub(in crate::staff) async fn set_lang(connection: &mut AnyConnection, id: &str, lang: Option<Lang>) -> Result<(), DbError> {
    sqlx::query(SET_LANG).bind(id).bind(lang.map(Lang::code)).execute(connection).await?;
    Ok(())
}

pub(in crate::staff) async fn set_notify(connection: &mut AnyConnection, id: &str, choices: Option<&str>) -> Result<(), DbError> {
    sqlx::query(SET_NOTIFY).bind(id).bind(choices).execute(connection).await?;
    Ok(())
}

pub(in crate::staff) async fn list(pool: &AnyPool) -> Result<Vec<Member>, DbError> {
    let rows: Vec<Row> = sqlx::query_as(LIST).fetch_all(pool).await?;
    rows.into_iter().map(|row| WithPassword::try_from(row).map(|found| found.member)).collect()
}

pub(in crate::staff) async fn by_email<'c>(
    executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
    email: &str,
) -> Result<Option<WithPassword>, DbError> {
    let row: Option<Row> = sqlx::query_as(BY_EMAIL).bind(email).fetch_optional(executor).await?;
    row.map(WithPassword::try_from).transpose()
}

pub(in crate::staff) async fn by_id<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, id: &str) -> Result<Option<WithPassword>, DbError> {
    let row: Option<Row> = sqlx::query_as(BY_ID).bind(id).fetch_optional(executor).await?;
    row.map(WithPassword::try_from).transpose()
}

pub(in crate::staff) async fn name(pool: &AnyPool, id: &str) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(NAME).bind(id).fetch_optional(pool).await?)
}

/// Ids of all admins; nobody else becomes one or stops being one until the transaction ends.
pub(in crate::staff) async fn lock_admins(connection: &mut AnyConnection) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(LOCK_ADMINS).fetch_all(connection).await?)
}

pub(in crate::staff) async fn set_password(connection: &mut AnyConnection, id: &str, hash: Option<&str>, now: Micros) -> Result<bool, DbError> {
    let at = hash.map(|_| now.0);
    found(sqlx::query_scalar(SET_PASSWORD).bind(id).bind(hash).bind(at).fetch_optional(connection).await?)
}

/// The encrypted secret, in use or only offered.
pub(in crate::staff) async fn second_factor<'c>(
    executor: impl sqlx::Executor<'c, Database = sqlx::Any>,
    id: &str,
) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(SECOND_FACTOR).bind(id).fetch_optional(executor).await?)
}

pub(in crate::staff) async fn offer_second_factor(connection: &mut AnyConnection, id: &str, sealed: &str) -> Result<bool, DbError> {
    found(sqlx::query_scalar(OFFER_SECOND_FACTOR).bind(id).bind(sealed).fetch_optional(connection).await?)
}

pub(in crate::staff) async fn confirm_second_factor(connection: &mut AnyConnection, id: &str, now: Micros) -> Result<bool, DbError> {
    found(sqlx::query_scalar(CONFIRM_SECOND_FACTOR).bind(id).bind(now.0).fetch_optional(connection).await?)
}

pub(in crate::staff) async fn drop_second_factor(connection: &mut AnyConnection, id: &str) -> Result<bool, DbError> {
    sqlx::query(DROP_RECOVERY_CODES).bind(id).execute(&mut *connection).await?;
    found(sqlx::query_scalar(DROP_SECOND_FACTOR).bind(id).fetch_optional(connection).await?)
}

/// Whether a step's code was not used before.
pub(in crate::staff) async fn use_step(connection: &mut AnyConnection, id: &str, step: i64) -> Result<bool, DbError> {
    found(sqlx::query_scalar(USE_STEP).bind(id).bind(step).fetch_optional(connection).await?)
}

/// New codes in place of all earlier ones.
pub(in crate::staff) async fn set_recovery_codes(connection: &mut AnyConnection, id: &str, codes: &[String]) -> Result<(), DbError> {
    sqlx::query(DROP_RECOVERY_CODES).bind(id).execute(&mut *connection).await?;
    for code in codes {
        sqlx::query(INSERT_RECOVERY_CODE).bind(code).bind(id).execute(&mut *connection).await?;
    }
    Ok(())
}

pub(in crate::staff) async fn use_recovery_code(connection: &mut AnyConnection, id: &str, code: &str) -> Result<bool, DbError> {
    found(sqlx::query_scalar(USE_RECOVERY_CODE).bind(code).bind(id).fetch_optional(connection).await?)
}

pub(in crate::staff) async fn count_recovery_codes(pool: &AnyPool, id: &str) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT_RECOVERY_CODES).bind(id).fetch_one(pool).await?)
}

fn found(id: Option<String>) -> Result<bool, DbError> {
    Ok(id.is_some())
}
