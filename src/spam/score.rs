//! What a message itself says for and against it. No database, no clock: the same message always has the same score.

use super::features;
use super::links::Links;
use super::submission::Submission;
use super::text;
use super::weights::Weights;

/// Points are tenths of the natural logarithm of the odds that a message is spam. From so many on it is quarantined.
pub(super) const QUARANTINED_FROM: i64 = 20;
/// From so many on a message that no script told the time of is shown to its author once more.
pub(super) const ASKED_FROM: i64 = -10;
/// Nobody reads and fills in five fields in so many seconds, not even from a prepared text.
const TOO_FAST_SECONDS: i64 = 2;
/// Below this only few do, with everything prepared.
pub(super) const FAST_SECONDS: i64 = 6;

/// Attempts to get something run.
const PROBES: [&str; 16] = [
    "union select",
    "' or '",
    "sleep(",
    "jndi:",
    "etc/passwd",
    "../..",
    "..\\..",
    "php://",
    "{{7*",
    "${7*",
    "md5(",
    "alert(",
    "%0d%0a",
    "onload=",
    "information_schema",
    "<%=",
];

/// Points by what they are for; below zero they speak for the author.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Score {
    /// What it says and how it is made, as learned from others.
    pub wording: i64,
    /// Disguises: of links, of letters, of a program as a message.
    pub disguise: i64,
    pub time: i64,
}

impl Score {
    pub(super) fn sum(self) -> i64 {
        self.wording + self.disguise + self.time
    }
}

pub(super) fn score(weights: Weights<'_>, of: &Submission<'_>) -> Score {
    Score { wording: points_of(weights.sum(&features::places(of))), disguise: disguise(of), time: time(of.seconds) }
}

/// Points for the logarithm of odds.
pub(super) fn points_of(odds: f64) -> i64 {
    (odds * 10.0).round() as i64
}

/// Markup of forums, words that mix scripts, words pulled apart, keys struck at random: no customer does that.
fn disguise(of: &Submission<'_>) -> i64 {
    let all = format!("{}\n{}\n{}", of.subject, of.name, of.message);
    let (links, lower, mixed) = (Links::of(&all), all.to_lowercase(), text::mixed_words(&all));
    points(links.bbcode, 40)
        + points(links.disguised, 28)
        + points(mixed == 1, 18)
        + points(mixed > 1, 38)
        + points(text::is_spaced_out(&all), 28)
        + points(text::is_gibberish(of.message), 33)
        + points(PROBES.iter().any(|probe| lower.contains(probe)), 28)
}

/// Without a script nothing is known.
fn time(seconds: Option<i64>) -> i64 {
    match seconds {
        Some(seconds) if is_too_fast(seconds) => 40,
        Some(seconds) if seconds < FAST_SECONDS => 28,
        _ => 0,
    }
}

/// A page that was open for no more than two seconds was not filled in by hand.
pub(super) fn is_too_fast(seconds: i64) -> bool {
    seconds <= TOO_FAST_SECONDS
}

fn points(holds: bool, points: i64) -> i64 {
    if holds { points } else { 0 }
}
