//! The SQL of emails that were taken.

use crate::db::from_row;
use sqlx::{AnyConnection, AnyPool};

use super::ReviewReason;
use crate::clock::Micros;
use crate::db::{self, DbError, PersonalData};

const IS_KNOWN: &str = "SELECT COUNT(*) FROM inbound_emails WHERE fingerprint = $1";
/// Nothing comes back where another has it already: it waits for the other's commit.
const CLAIM: &str = "
    INSERT INTO inbound_emails (id, fingerprint, received_at, state, address, authenticated) VALUES ($1, $2, $3, 'filed', $4, $5)
    ON CONFLICT (fingerprint) DO NOTHING RETURNING id";
const CLAIM_REVIEWED: &str = "
    UPDATE inbound_emails SET state = 'filed', reason = NULL, subject = NULL, bytes = 0
    WHERE id = $1 AND state IN ('review', 'passed') RETURNING id";
const SETTLE: &str = "UPDATE inbound_emails SET ticket = $2, message = $3 WHERE id = $1";
const KEEP: &str = "UPDATE inbound_emails SET state = $2, reason = $3, ticket = $4, subject = $5, bytes = $6 WHERE id = $1";
const LIST: &str = "
    SELECT inbound_emails.id, inbound_emails.received_at, inbound_emails.reason, addresses.address, inbound_emails.authenticated,
        inbound_emails.subject, tickets.reference
    FROM inbound_emails LEFT JOIN tickets ON tickets.id = inbound_emails.ticket LEFT JOIN addresses ON addresses.id = inbound_emails.address
    WHERE inbound_emails.state = 'review' ORDER BY inbound_emails.received_at, inbound_emails.id LIMIT $1";
const IN_REVIEW: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM inbound_emails WHERE state = 'review'";
const COUNT_FOR: &str = "SELECT COUNT(*) FROM inbound_emails WHERE state = 'review' AND reason = $1";
/// Without its bytes an email that was passed over can only be listed.
const KEPT: &str = "
    SELECT reason, ticket, fingerprint FROM inbound_emails WHERE id = $1 AND (state = 'review' OR (state = 'passed' AND bytes > 0))";
const KEPT_FINGERPRINTS: &str = "SELECT fingerprint FROM inbound_emails WHERE state = 'review' OR (state = 'passed' AND bytes > 0)";
const DROP: &str = "
    UPDATE inbound_emails SET state = 'dropped', subject = NULL, bytes = 0 WHERE id = $1 AND state IN ('review', 'passed') RETURNING id";
const PRUNE: &str = "DELETE FROM inbound_emails WHERE state IN ('dropped', 'passed') AND received_at < $1";
const PASSED_OVER: &str = "
    SELECT inbound_emails.id, inbound_emails.received_at, inbound_emails.reason, addresses.address, inbound_emails.authenticated,
        inbound_emails.subject, NULL AS reference
    FROM inbound_emails LEFT JOIN addresses ON addresses.id = inbound_emails.address
    WHERE inbound_emails.state = 'passed' ORDER BY inbound_emails.received_at DESC, inbound_emails.id DESC LIMIT $1";
const PASSED_SIZE: &str = "SELECT COUNT(*), CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM inbound_emails WHERE state = 'passed'";
const OLDEST_PASSED_WITH_BYTES: &str = "
    SELECT id, fingerprint, bytes FROM inbound_emails WHERE state = 'passed' AND bytes > 0 ORDER BY received_at, id LIMIT 100";
const FORGET_BYTES: &str = "UPDATE inbound_emails SET bytes = 0 WHERE id = $1 AND state = 'passed'";
const FORGET_OLDEST_PASSED: &str = "
    DELETE FROM inbound_emails WHERE id IN (SELECT id FROM inbound_emails WHERE state = 'passed' ORDER BY received_at, id LIMIT $1)";
/// Those that nobody decided on in all that time.
const ERASE_UNDECIDED: &str = "DELETE FROM inbound_emails WHERE state = 'review' AND received_at <= $1";
/// An email of somebody else that names a ticket goes on waiting without it.
const LET_GO_OF: &str = "UPDATE inbound_emails SET ticket = NULL WHERE state = 'review' AND ticket = $1";
const OF_CUSTOMER: &str = "
    SELECT id, received_at, state, subject, fingerprint, bytes FROM inbound_emails
    WHERE address IN (SELECT id FROM addresses WHERE customer = $1) AND state <> 'filed' ORDER BY received_at, id";

/// What the room keeps of a customer, `$1`.
pub const PERSONAL_DATA: &[PersonalData] = &[PersonalData::of_customer(
    "incoming emails",
    "SELECT COUNT(*) FROM inbound_emails WHERE address IN (SELECT id FROM addresses WHERE customer = $1)
        OR ticket IN (SELECT id FROM tickets WHERE customer = $1)",
    "DELETE FROM inbound_emails WHERE address IN (SELECT id FROM addresses WHERE customer = $1)
        OR ticket IN (SELECT id FROM tickets WHERE customer = $1)",
)];

/// An email in review, or one that was passed over.
#[derive(Debug, Clone)]
pub struct ReviewRow {
    pub id: String,
    pub received_at: i64,
    pub reason: Option<String>,
    /// The sender's.
    pub address: Option<String>,
    pub authenticated: i64,
    pub subject: Option<String>,
    /// Of the ticket that it names.
    pub reference: Option<String>,
}
from_row!(ReviewRow { id, received_at, reason, address, authenticated, subject, reference });

pub(super) struct Reviewed {
    pub reason: Option<String>,
    pub ticket: Option<String>,
    pub fingerprint: String,
}
from_row!(Reviewed { reason, ticket, fingerprint });

/// An email that is in no ticket, as it is exported.
pub(crate) struct UnfiledRow {
    pub id: String,
    pub received_at: i64,
    pub state: String,
    pub subject: Option<String>,
    pub fingerprint: String,
    /// 0: it is not kept whole.
    pub bytes: i64,
}
from_row!(UnfiledRow { id, received_at, state, subject, fingerprint, bytes });

pub(super) async fn is_known(pool: &AnyPool, fingerprint: &str) -> Result<bool, DbError> {
    let count: i64 = sqlx::query_scalar(IS_KNOWN).bind(fingerprint).fetch_one(pool).await?;
    Ok(count > 0)
}

/// The id under which an email is taken in this transaction; `None` if it was taken before.
pub(super) async fn claim(
    connection: &mut AnyConnection,
    fingerprint: &str,
    address: Option<&str>,
    authenticated: bool,
    now: Micros,
) -> Result<Option<String>, DbError> {
    let query = sqlx::query_scalar(CLAIM).bind(db::new_id(now)?).bind(fingerprint).bind(now.0).bind(address).bind(i64::from(authenticated));
    Ok(query.fetch_optional(connection).await?)
}

/// The same for one in review.
pub(super) async fn claim_reviewed(connection: &mut AnyConnection, id: &str) -> Result<Option<String>, DbError> {
    Ok(sqlx::query_scalar(CLAIM_REVIEWED).bind(id).fetch_optional(connection).await?)
}

/// Notes where an email went.
pub(super) async fn settle(connection: &mut AnyConnection, id: &str, ticket: &str, message: &str) -> Result<(), DbError> {
    sqlx::query(SETTLE).bind(id).bind(ticket).bind(message).execute(connection).await?;
    Ok(())
}

/// How an email is kept that goes into no ticket.
pub(super) struct Kept<'a> {
    /// `review` or `passed`.
    pub state: &'static str,
    pub why: &'static str,
    pub ticket: Option<&'a str>,
    pub subject: &'a str,
    pub bytes: i64,
}

pub(super) async fn keep(connection: &mut AnyConnection, id: &str, kept: &Kept<'_>) -> Result<(), DbError> {
    let query = sqlx::query(KEEP).bind(id).bind(kept.state).bind(kept.why).bind(kept.ticket).bind(kept.subject).bind(kept.bytes);
    query.execute(connection).await?;
    Ok(())
}

/// Oldest first.
pub(super) async fn list(pool: &AnyPool, limit: i64) -> Result<Vec<ReviewRow>, DbError> {
    Ok(sqlx::query_as(LIST).bind(limit).fetch_all(pool).await?)
}

/// How many are in review, and how much room they take.
pub(super) async fn in_review(pool: &AnyPool) -> Result<(i64, i64), DbError> {
    Ok(sqlx::query_as(IN_REVIEW).fetch_one(pool).await?)
}

pub(super) async fn count_for(pool: &AnyPool, why: ReviewReason) -> Result<i64, DbError> {
    Ok(sqlx::query_scalar(COUNT_FOR).bind(why.word()).fetch_one(pool).await?)
}

/// One that staff can decide on.
pub(super) async fn reviewed(pool: &AnyPool, id: &str) -> Result<Option<Reviewed>, DbError> {
    Ok(sqlx::query_as(KEPT).bind(id).fetch_optional(pool).await?)
}

/// Of all whose bytes are kept.
pub(super) async fn kept_fingerprints(pool: &AnyPool) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(KEPT_FINGERPRINTS).fetch_all(pool).await?)
}

/// Newest first.
pub(super) async fn passed_over(pool: &AnyPool, limit: i64) -> Result<Vec<ReviewRow>, DbError> {
    Ok(sqlx::query_as(PASSED_OVER).bind(limit).fetch_all(pool).await?)
}

/// How many are listed as passed over, and how much room those take that are kept whole.
pub(super) async fn passed_size(connection: &mut AnyConnection) -> Result<(i64, i64), DbError> {
    Ok(sqlx::query_as(PASSED_SIZE).fetch_one(connection).await?)
}

/// Id, fingerprint and size of some that were passed over and are kept whole, oldest first.
pub(super) async fn oldest_passed(connection: &mut AnyConnection) -> Result<Vec<(String, String, i64)>, DbError> {
    Ok(sqlx::query_as(OLDEST_PASSED_WITH_BYTES).fetch_all(connection).await?)
}

pub(super) async fn forget_bytes(connection: &mut AnyConnection, id: &str) -> Result<(), DbError> {
    sqlx::query(FORGET_BYTES).bind(id).execute(connection).await?;
    Ok(())
}

/// The oldest that were passed over are listed no longer.
pub(super) async fn forget_oldest_passed(connection: &mut AnyConnection, count: i64) -> Result<(), DbError> {
    sqlx::query(FORGET_OLDEST_PASSED).bind(count).execute(connection).await?;
    Ok(())
}

/// False if no such email was kept.
pub(super) async fn drop_reviewed(connection: &mut AnyConnection, id: &str) -> Result<bool, DbError> {
    let dropped: Option<String> = sqlx::query_scalar(DROP).bind(id).fetch_optional(connection).await?;
    Ok(dropped.is_some())
}

pub(super) async fn prune(connection: &mut AnyConnection, before: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE).bind(before.0).execute(connection).await?;
    Ok(())
}

/// Erases those in review that came at a moment or before; how many.
pub(super) async fn erase_undecided(connection: &mut AnyConnection, until: Micros) -> Result<u64, DbError> {
    Ok(sqlx::query(ERASE_UNDECIDED).bind(until.0).execute(connection).await?.rows_affected())
}

/// Emails in review forget a ticket that goes.
pub(crate) async fn let_go_of(connection: &mut AnyConnection, ticket: &str) -> Result<(), DbError> {
    sqlx::query(LET_GO_OF).bind(ticket).execute(connection).await?;
    Ok(())
}

/// Those of a customer that are in no ticket.
pub(crate) async fn of_customer(pool: &AnyPool, customer: &str) -> Result<Vec<UnfiledRow>, DbError> {
    Ok(sqlx::query_as(OF_CUSTOMER).bind(customer).fetch_all(pool).await?)
}
