//! What a room keeps of a customer: each room lists its own tables, `privacy` counts and erases them.

use sqlx::AnyConnection;

use super::DbError;

/// A table, or a part of one, in which something about a customer is kept.
#[derive(Debug, Clone, Copy)]
pub struct PersonalData {
    /// What it is, in words for the terminal.
    pub what: &'static str,
    by: By,
    count: &'static str,
    erase: &'static str,
}

/// What a table knows a customer by.
#[derive(Debug, Clone, Copy)]
enum By {
    /// The customer's id.
    Customer,
    /// A keyed hash of an address.
    Hash,
}

/// Whom the data is about.
#[derive(Debug, Clone)]
pub struct DataSubject {
    /// Empty where nobody has written under the address.
    pub customer: String,
    /// Keyed hashes of the addresses, for each purpose that one is hashed for.
    pub hashes: Vec<String>,
}

impl PersonalData {
    /// Both statements get the customer's id as `$1`.
    pub const fn of_customer(what: &'static str, count: &'static str, erase: &'static str) -> Self {
        Self { what, by: By::Customer, count, erase }
    }

    /// Both statements get a keyed hash as `$1`.
    pub const fn of_hash(what: &'static str, count: &'static str, erase: &'static str) -> Self {
        Self { what, by: By::Hash, count, erase }
    }

    /// How much there is.
    pub async fn count(&self, connection: &mut AnyConnection, subject: &DataSubject) -> Result<i64, DbError> {
        let mut all = 0;
        for key in self.keys(subject) {
            all += sqlx::query_scalar::<_, i64>(self.count).bind(key).fetch_one(&mut *connection).await?;
        }
        Ok(all)
    }

    /// Erases it, in the caller's transaction.
    pub async fn erase(&self, connection: &mut AnyConnection, subject: &DataSubject) -> Result<(), DbError> {
        for key in self.keys(subject) {
            sqlx::query(self.erase).bind(key).execute(&mut *connection).await?;
        }
        Ok(())
    }

    fn keys<'a>(&self, subject: &'a DataSubject) -> &'a [String] {
        match self.by {
            By::Customer => std::slice::from_ref(&subject.customer),
            By::Hash => &subject.hashes,
        }
    }
}
