//! Room jobs.
