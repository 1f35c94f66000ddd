//! Many rows in few statements: on PostgreSQL every statement is a way there and back. Here alone a text of SQL is put together, from constants and numbers.

use sqlx::any::{AnyArguments, AnyRow};
use sqlx::query::Query;
use sqlx::{Any, AnyConnection, AssertSqlSafe, FromRow};

use super::DbError;

/// Rows of a statement. More make it no faster, and SQLite takes 32,766 values at most.
const ROWS_MAX: usize = 50;
/// Values of a list.
const LISTED_MAX: usize = 500;

/// A statement with values on their way.
pub(crate) type Bound = Query<'static, Any, AnyArguments>;

/// An `INSERT`, without its values.
pub(crate) struct Insert {
    /// `INSERT INTO table (columns)`.
    pub head: &'static str,
    pub columns: usize,
    /// `ON CONFLICT …`. On PostgreSQL no row may come twice in what is written at once.
    pub tail: &'static str,
}

impl Insert {
    /// `bind` binds as many values as there are columns.
    pub(crate) async fn rows<T>(&self, connection: &mut AnyConnection, rows: &[T], bind: impl Fn(Bound, &T) -> Bound) -> Result<(), DbError> {
        let is_numbered = is_numbered(connection);
        for rows in rows.chunks(ROWS_MAX) {
            let query = sqlx::query(AssertSqlSafe(self.text(rows.len(), is_numbered)));
            rows.iter().fold(query, &bind).execute(&mut *connection).await?;
        }
        Ok(())
    }

    /// The same where the tail ends with `RETURNING`: what it returned, in no order.
    pub(crate) async fn returning<T, R>(
        &self,
        connection: &mut AnyConnection,
        rows: &[T],
        bind: impl Fn(Bound, &T) -> Bound,
    ) -> Result<Vec<R>, DbError>
    where
        R: for<'r> FromRow<'r, AnyRow> + Send + Unpin,
    {
        let is_numbered = is_numbered(connection);
        let mut returned = Vec::with_capacity(rows.len());
        for rows in rows.chunks(ROWS_MAX) {
            let query = sqlx::query(AssertSqlSafe(self.text(rows.len(), is_numbered)));
            for row in rows.iter().fold(query, &bind).fetch_all(&mut *connection).await? {
                returned.push(R::from_row(&row)?);
            }
        }
        Ok(returned)
    }

    /// Only numbers are added to the texts of the sources.
    fn text(&self, rows: usize, is_numbered: bool) -> String {
        let of_row = |row: usize| if is_numbered { places(row * self.columns, self.columns) } else { vec!["?"; self.columns].join(", ") };
        let values: Vec<String> = (0..rows).map(|row| format!("({})", of_row(row))).collect();
        format!("{} VALUES {} {}", self.head, values.join(", "), self.tail)
    }
}

/// A statement about some of many rows. `LIST` in it is where they stand; what comes before has the first places.
pub(crate) struct Among(pub &'static str);

impl Among {
    /// How many rows were changed. Nothing is asked where the list is empty.
    pub(crate) async fn execute(&self, connection: &mut AnyConnection, first: &[&str], list: &[&str]) -> Result<u64, DbError> {
        let mut changed = 0;
        for list in list.chunks(LISTED_MAX) {
            changed += self.query(first, list).execute(&mut *connection).await?.rows_affected();
        }
        Ok(changed)
    }

    /// Nothing where the list is empty.
    pub(crate) async fn rows<R>(&self, connection: &mut AnyConnection, first: &[&str], list: &[&str]) -> Result<Vec<R>, DbError>
    where
        R: for<'r> FromRow<'r, AnyRow> + Send + Unpin,
    {
        let mut rows = Vec::new();
        for list in list.chunks(LISTED_MAX) {
            for row in self.query(first, list).fetch_all(&mut *connection).await? {
                rows.push(R::from_row(&row)?);
            }
        }
        Ok(rows)
    }

    fn query(&self, first: &[&str], list: &[&str]) -> Bound {
        let query = sqlx::query(AssertSqlSafe(self.text(first.len(), list.len())));
        first.iter().chain(list).fold(query, |query, value| query.bind((*value).to_owned()))
    }

    fn text(&self, first: usize, list: usize) -> String {
        self.0.replace("LIST", &places(first, list))
    }
}

/// PostgreSQL knows values by their numbers alone. SQLite looks each name up among all others, which takes longer than writing the rows.
fn is_numbered(connection: &AnyConnection) -> bool {
    connection.backend_name() != "SQLite"
}

/// `$3, $4` behind two others.
fn places(before: usize, count: usize) -> String {
    let places: Vec<String> = (1..=count).map(|place| format!("${}", before + place)).collect();
    places.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_value_has_a_place_of_its_own() {
        let insert = Insert { head: "INSERT INTO t (a, b)", columns: 2, tail: "ON CONFLICT DO NOTHING" };
        assert_eq!(insert.text(2, true), "INSERT INTO t (a, b) VALUES ($1, $2), ($3, $4) ON CONFLICT DO NOTHING");
        assert_eq!(insert.text(2, false), "INSERT INTO t (a, b) VALUES (?, ?), (?, ?) ON CONFLICT DO NOTHING");
        assert_eq!(Among("DELETE FROM t WHERE a = $1 AND b IN (LIST)").text(1, 2), "DELETE FROM t WHERE a = $1 AND b IN ($2, $3)");
    }
}
