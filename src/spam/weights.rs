//! How much each feature speaks for spam or for a customer, learned from `benches/spam` by `make train-spam`.

use super::features::TABLE;

/// A table as it is committed, one byte a weight; the last is added to every message.
pub(super) const BYTES: usize = TABLE + 1;
/// What one step of a byte is worth, as a part of a natural logarithm of odds.
pub(super) const STEP: f64 = 1.0 / 64.0;
/// A message of fewer features than this is judged as if it had so many: a word alone shows little.
const FEATURES_MIN: f64 = 64.0;
/// Keeps the weights of usual messages within a byte.
const SCALE: f64 = 4.0;

/// Weights by place.
#[derive(Clone, Copy)]
pub(super) struct Weights<'a>(&'a [u8; BYTES]);

impl<'a> Weights<'a> {
    pub(super) const fn new(bytes: &'a [u8; BYTES]) -> Self {
        Self(bytes)
    }

    /// Logarithm of the odds that a message of these features is spam.
    pub(super) fn sum(self, places: &[usize]) -> f64 {
        let weight = |place: usize| f64::from(self.0.get(place).copied().unwrap_or_default().cast_signed()) * STEP;
        weight(TABLE) + share(places.len()) * places.iter().map(|place| weight(*place)).sum::<f64>()
    }
}

/// What one of so many features counts: a long message is no worse than a short one.
pub(super) fn share(features: usize) -> f64 {
    SCALE / f64::from(u32::try_from(features).unwrap_or(u32::MAX)).max(FEATURES_MIN).sqrt()
}
