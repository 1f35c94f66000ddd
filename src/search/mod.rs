//! Room search.
