//! What the database room promises.
