//! The room's SQL. Everything that writes takes a transaction; what is read comes back as the model's types.

pub(super) mod drafts;
pub(super) mod find;
pub(super) mod held;
pub(super) mod lists;
mod messages;
mod of_customer;
pub(super) mod past;
pub(super) mod tickets;

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::{DbError, PersonalData};

pub(super) use messages::{
    count_and_status, first_message, insert_message, message_by_id, messages_for_customer, messages_for_staff, not_kept_before, same_of_staff,
    same_reply, withheld, writers,
};
pub(super) use of_customer::{last_answers, of_address, texts_of_address};
pub use tickets::Queue;
pub(super) use tickets::{
    by_id, by_reference, follow_ups, lock, move_to_address, newest, over, revoke_links, save, set_rating, solved_before, visits,
};

/// One statement, so that of two equal messages at the same moment only one gets a ticket: the other waits for the first
/// one's commit and is told its ticket. A key that is over is taken over, and so is one whose ticket is over: nobody would read it there.
const CLAIM_DEDUPE_KEY: &str = "
    INSERT INTO dedupe_keys (fingerprint, ticket, valid_until) VALUES ($1, $2, $3)
    ON CONFLICT (fingerprint) DO UPDATE SET
        ticket = CASE WHEN dedupe_keys.valid_until > $4
            AND NOT EXISTS (SELECT 1 FROM tickets WHERE id = dedupe_keys.ticket AND status IN ('solved', 'closed'))
            THEN dedupe_keys.ticket ELSE excluded.ticket END,
        valid_until = CASE WHEN dedupe_keys.valid_until > $4 THEN dedupe_keys.valid_until ELSE excluded.valid_until END
    RETURNING ticket";
/// The keys of a message that turned out to be one filed before.
const POINT_DEDUPE_KEYS: &str = "UPDATE dedupe_keys SET ticket = $2 WHERE ticket = $1";
const PRUNE_DEDUPE_KEYS: &str = "DELETE FROM dedupe_keys WHERE valid_until <= $1";
const LET_GO_OF: &str = "UPDATE tickets SET follow_up_of = NULL WHERE follow_up_of = $1";
const DELETE: &str = "DELETE FROM tickets WHERE id = $1";
const IDS_OF_CUSTOMER: &str = "SELECT id FROM tickets WHERE customer = $1 ORDER BY created_at, id";

/// What the room keeps of a customer, `$1`.
pub const PERSONAL_DATA: &[PersonalData] = &[
    PersonalData::of_customer(
        "marks of messages sent twice",
        "SELECT COUNT(*) FROM dedupe_keys WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
        "DELETE FROM dedupe_keys WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
    ),
    PersonalData::of_customer(
        "drafts of the team",
        "SELECT COUNT(*) FROM drafts WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
        "DELETE FROM drafts WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
    ),
    PersonalData::of_customer(
        "answers about to leave",
        "SELECT COUNT(*) FROM held_answers WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
        "DELETE FROM held_answers WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
    ),
    PersonalData::of_customer(
        "messages, answers and notes",
        "SELECT COUNT(*) FROM messages WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
        "DELETE FROM messages WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1)",
    ),
    PersonalData::of_customer("tickets", "SELECT COUNT(*) FROM tickets WHERE customer = $1", "DELETE FROM tickets WHERE customer = $1"),
];

/// The ticket that a message belongs to until `valid_until`: `own`, or the one it was filed as before.
pub(super) async fn claim_dedupe_key(
    connection: &mut AnyConnection,
    fingerprint: &str,
    own: &str,
    now: Micros,
    valid_until: Micros,
) -> Result<String, DbError> {
    Ok(sqlx::query_scalar(CLAIM_DEDUPE_KEY).bind(fingerprint).bind(own).bind(valid_until.0).bind(now.0).fetch_one(connection).await?)
}

/// What a message claimed for a ticket of its own becomes the earlier ticket's.
pub(super) async fn point_dedupe_keys(connection: &mut AnyConnection, own: &str, earlier: &str) -> Result<(), DbError> {
    sqlx::query(POINT_DEDUPE_KEYS).bind(own).bind(earlier).execute(connection).await?;
    Ok(())
}

/// Drops what no longer decides anything.
pub(super) async fn prune_dedupe_keys(connection: &mut AnyConnection, now: Micros) -> Result<(), DbError> {
    sqlx::query(PRUNE_DEDUPE_KEYS).bind(now.0).execute(connection).await?;
    Ok(())
}

/// Follow-ups forget a ticket that goes.
pub(super) async fn let_go_of(connection: &mut AnyConnection, ticket: &str) -> Result<(), DbError> {
    sqlx::query(LET_GO_OF).bind(ticket).execute(connection).await?;
    Ok(())
}

pub(super) async fn delete(connection: &mut AnyConnection, ticket: &str) -> Result<(), DbError> {
    sqlx::query(DELETE).bind(ticket).execute(connection).await?;
    Ok(())
}

/// Oldest first.
pub(super) async fn ids_of_customer(pool: &AnyPool, customer: &str) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(IDS_OF_CUSTOMER).bind(customer).fetch_all(pool).await?)
}
