//! Room db.
