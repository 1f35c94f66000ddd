//! Room mail.
