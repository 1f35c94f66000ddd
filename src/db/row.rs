//! What a query gives back, as a struct.

/// Reads a struct from a row with columns of the names of its fields. sqlx's derive does the same, but its macros build both drivers,
/// SQLite's C library too, a second time for the compiler.
macro_rules! from_row {
    ($type:ident { $($field:ident),+ $(,)? }) => {
        impl<'r> sqlx::FromRow<'r, sqlx::any::AnyRow> for $type {
            fn from_row(row: &'r sqlx::any::AnyRow) -> Result<Self, sqlx::Error> {
                use sqlx::Row as _;
                Ok(Self { $($field: row.try_get(stringify!($field))?),+ })
            }
        }
    };
}

pub(crate) use from_row;
