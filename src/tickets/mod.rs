//! Room tickets.
