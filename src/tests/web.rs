//! What the web room promises.
