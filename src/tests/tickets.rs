//! What the tickets room promises.
