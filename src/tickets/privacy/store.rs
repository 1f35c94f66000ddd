//! The SQL of what is kept about one address.

use sqlx::{AnyConnection, AnyPool};

use crate::clock::Micros;
use crate::db::DbError;

/// A place in which something about an address is kept.
pub(super) struct Place {
    /// What stands there, in words for the terminal.
    pub what: &'static str,
    by: By,
    count: &'static str,
    erase: &'static str,
}

/// What a place knows an address by.
#[derive(Clone, Copy)]
enum By {
    /// The address as it is compared.
    Address,
    /// Keyed hashes of it.
    Hashes,
}

/// Everything about an address, in the order in which it is erased. What hangs on a ticket goes with it; here it is only counted before.
pub(super) const PLACES: &[Place] = &[
    Place {
        what: "mails owed or sent",
        by: By::Address,
        count: "
            SELECT COUNT(*) FROM mails
            WHERE ticket IN (SELECT id FROM tickets WHERE email_key = $1) OR login IN (SELECT id FROM logins WHERE email_key = $1)",
        erase: "
            DELETE FROM mails
            WHERE ticket IN (SELECT id FROM tickets WHERE email_key = $1) OR login IN (SELECT id FROM logins WHERE email_key = $1)",
    },
    Place {
        what: "marks of messages sent twice",
        by: By::Address,
        count: "SELECT COUNT(*) FROM filings WHERE ticket IN (SELECT id FROM tickets WHERE email_key = $1)",
        erase: "DELETE FROM filings WHERE ticket IN (SELECT id FROM tickets WHERE email_key = $1)",
    },
    Place {
        what: "files",
        by: By::Address,
        count: "SELECT COUNT(*) FROM attachments WHERE ticket IN (SELECT id FROM tickets WHERE email_key = $1)",
        // The rows stay until their files are gone, without what they say.
        erase: "UPDATE attachments SET name = '' WHERE ticket IN (SELECT id FROM tickets WHERE email_key = $1)",
    },
    Place {
        what: "letters",
        by: By::Address,
        count: "SELECT COUNT(*) FROM letters WHERE email_key = $1 OR ticket IN (SELECT id FROM tickets WHERE email_key = $1)",
        erase: "DELETE FROM letters WHERE email_key = $1 OR ticket IN (SELECT id FROM tickets WHERE email_key = $1)",
    },
    Place {
        what: "messages, answers and notes",
        by: By::Address,
        count: "SELECT COUNT(*) FROM messages WHERE ticket IN (SELECT id FROM tickets WHERE email_key = $1)",
        erase: "DELETE FROM messages WHERE ticket IN (SELECT id FROM tickets WHERE email_key = $1)",
    },
    Place {
        what: "tickets",
        by: By::Address,
        count: "SELECT COUNT(*) FROM tickets WHERE email_key = $1",
        erase: "DELETE FROM tickets WHERE email_key = $1",
    },
    Place {
        what: "log-ins",
        by: By::Address,
        count: "SELECT COUNT(*) FROM logins WHERE email_key = $1",
        erase: "DELETE FROM logins WHERE email_key = $1",
    },
    Place {
        what: "open sessions",
        by: By::Address,
        count: "SELECT COUNT(*) FROM sessions WHERE email_key = $1",
        erase: "DELETE FROM sessions WHERE email_key = $1",
    },
    Place {
        what: "prints of texts",
        by: By::Hashes,
        count: "SELECT COUNT(*) FROM prints WHERE address IN ($1, $2, $3, $4, $5)",
        erase: "DELETE FROM prints WHERE address IN ($1, $2, $3, $4, $5)",
    },
    Place {
        what: "hourly limits",
        by: By::Hashes,
        count: "SELECT COUNT(*) FROM budgets WHERE subject IN ($1, $2, $3, $4, $5)",
        erase: "DELETE FROM budgets WHERE subject IN ($1, $2, $3, $4, $5)",
    },
];

const LET_GO: &str = "UPDATE tickets SET follows = NULL WHERE follows IN (SELECT id FROM tickets WHERE email_key = $1)";
/// Somebody else's letter that names a ticket goes on waiting without it.
const LET_GO_LETTERS: &str = "
    UPDATE letters SET ticket = NULL WHERE state = 'waits' AND email_key <> $1 AND ticket IN (SELECT id FROM tickets WHERE email_key = $1)";
const LETTERS: &str = "SELECT id, taken_at, state, subject, raw FROM letters WHERE email_key = $1 AND state <> 'filed' ORDER BY taken_at, id";
const IDS_OF_ADDRESS: &str = "SELECT id FROM tickets WHERE email_key = $1 ORDER BY created_at, id";
const LOGINS: &str = "SELECT valid_until, used_at FROM logins WHERE email_key = $1 ORDER BY valid_until, id";
const SESSIONS: &str = "SELECT valid_until FROM sessions WHERE email_key = $1 ORDER BY valid_until";
const MAILS: &str = "SELECT created_at, template, state FROM mails WHERE ticket = $1 ORDER BY created_at, id";
const NOTE_ERASURE: &str = "
    INSERT INTO erasures (id, subject, erased_at, tickets, messages, files, others) VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ERASURES: &str = "SELECT erased_at, tickets, messages, files, others FROM erasures WHERE subject = $1 ORDER BY erased_at, id";
/// Closed ones, and those that were kept aside and never let into the queue.
const OVER: &str = "
    SELECT id FROM tickets WHERE (status = 'closed' OR held IS NOT NULL) AND updated_at <= $1 ORDER BY updated_at, id LIMIT $2";
/// Those that nobody decided on in all that time.
const ERASE_LETTERS_OVER: &str = "DELETE FROM letters WHERE state = 'waits' AND taken_at <= $1";
const LET_GO_OF: &str = "UPDATE tickets SET follows = NULL WHERE follows = $1";
const LET_GO_LETTERS_OF: &str = "UPDATE letters SET ticket = NULL WHERE state = 'waits' AND ticket = $1";
/// Not where somebody took it up or released it in the meantime.
const ERASE_OVER: &str = "DELETE FROM tickets WHERE id = $1 AND (status = 'closed' OR held IS NOT NULL) AND updated_at <= $2";

/// How an address is known.
pub(super) struct Subject {
    pub email_key: String,
    /// Of messages, of log-ins, and of letters: their number, their place and their files.
    pub hashes: [String; 5],
}

/// That an address was erased before.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub struct Erasure {
    pub erased_at: i64,
    pub tickets: i64,
    pub messages: i64,
    pub files: i64,
    /// Mails, log-ins and whatever else.
    pub others: i64,
}

impl Place {
    pub(super) async fn count(&self, connection: &mut AnyConnection, subject: &Subject) -> Result<i64, DbError> {
        let query = sqlx::query_scalar(self.count);
        let query = match self.by {
            By::Address => query.bind(&subject.email_key),
            By::Hashes => subject.hashes.iter().fold(query, |query, hash| query.bind(hash)),
        };
        Ok(query.fetch_one(connection).await?)
    }

    pub(super) async fn erase(&self, connection: &mut AnyConnection, subject: &Subject) -> Result<(), DbError> {
        let query = sqlx::query(self.erase);
        let query = match self.by {
            By::Address => query.bind(&subject.email_key),
            By::Hashes => subject.hashes.iter().fold(query, |query, hash| query.bind(hash)),
        };
        query.execute(connection).await?;
        Ok(())
    }
}

/// Tickets and letters of others that point to a ticket of an address forget it.
pub(super) async fn let_go(connection: &mut AnyConnection, subject: &Subject) -> Result<(), DbError> {
    sqlx::query(LET_GO).bind(&subject.email_key).execute(&mut *connection).await?;
    sqlx::query(LET_GO_LETTERS).bind(&subject.email_key).execute(connection).await?;
    Ok(())
}

/// Oldest first.
pub(super) async fn ids_of_address<'c>(executor: impl sqlx::Executor<'c, Database = sqlx::Any>, email_key: &str) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(IDS_OF_ADDRESS).bind(email_key).fetch_all(executor).await?)
}

/// Until when each could be used, and when it was.
pub(super) async fn logins(pool: &AnyPool, email_key: &str) -> Result<Vec<(i64, Option<i64>)>, DbError> {
    Ok(sqlx::query_as(LOGINS).bind(email_key).fetch_all(pool).await?)
}

/// Until when each is open.
pub(super) async fn sessions(pool: &AnyPool, email_key: &str) -> Result<Vec<i64>, DbError> {
    Ok(sqlx::query_scalar(SESSIONS).bind(email_key).fetch_all(pool).await?)
}

/// A letter that is in no ticket.
#[derive(sqlx::FromRow)]
pub(super) struct LetterRow {
    pub id: String,
    pub taken_at: i64,
    pub state: String,
    pub subject: Option<String>,
    /// As it came, in Base64; gone once staff dropped it.
    pub raw: Option<String>,
}

pub(super) async fn letters(pool: &AnyPool, email_key: &str) -> Result<Vec<LetterRow>, DbError> {
    Ok(sqlx::query_as(LETTERS).bind(email_key).fetch_all(pool).await?)
}

/// When, which template, and where it stands.
pub(super) async fn mails(pool: &AnyPool, ticket: &str) -> Result<Vec<(i64, String, String)>, DbError> {
    Ok(sqlx::query_as(MAILS).bind(ticket).fetch_all(pool).await?)
}

pub(super) async fn note_erasure(connection: &mut AnyConnection, id: &str, subject: &str, erasure: &Erasure) -> Result<(), DbError> {
    let query = sqlx::query(NOTE_ERASURE).bind(id).bind(subject).bind(erasure.erased_at).bind(erasure.tickets);
    query.bind(erasure.messages).bind(erasure.files).bind(erasure.others).execute(connection).await?;
    Ok(())
}

pub(super) async fn erasures(pool: &AnyPool, subject: &str) -> Result<Vec<Erasure>, DbError> {
    Ok(sqlx::query_as(ERASURES).bind(subject).fetch_all(pool).await?)
}

/// The tickets that ended at a moment or before, those that wait longest first.
pub(super) async fn over(pool: &AnyPool, until: Micros, limit: i64) -> Result<Vec<String>, DbError> {
    Ok(sqlx::query_scalar(OVER).bind(until.0).bind(limit).fetch_all(pool).await?)
}

/// Erases a ticket that ended; false when it is none any more.
pub(super) async fn erase_over(connection: &mut AnyConnection, ticket: &str, until: Micros) -> Result<bool, DbError> {
    sqlx::query(LET_GO_OF).bind(ticket).execute(&mut *connection).await?;
    sqlx::query(LET_GO_LETTERS_OF).bind(ticket).execute(&mut *connection).await?;
    Ok(sqlx::query(ERASE_OVER).bind(ticket).bind(until.0).execute(connection).await?.rows_affected() > 0)
}

/// Erases the letters that waited in vain until a moment; how many.
pub(super) async fn erase_letters_over(connection: &mut AnyConnection, until: Micros) -> Result<u64, DbError> {
    Ok(sqlx::query(ERASE_LETTERS_OVER).bind(until.0).execute(connection).await?.rows_affected())
}
