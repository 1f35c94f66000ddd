//! What the search room promises.
