//! What the articles room promises.
