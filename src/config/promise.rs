//! When staff answer: `[promise]`.

use std::collections::BTreeSet;

use jiff::civil::Date;
use serde::Deserialize;

use super::ConfigError;
use crate::clock::Micros;
use crate::tickets::model::{Calendar, Urgency};

/// More hours than this can't be promised: a year around the clock.
pub const HOURS_MAX: u32 = 24 * 366;
const DAY_MINUTES: i16 = 24 * 60;
/// A day on which nobody works for at least so long is better taken off the working days.
const OPEN_MIN_MINUTES: i16 = 30;
/// Any year will do: it is looked whether the promise can be kept at all.
const PROBE: Micros = Micros(1_767_225_600_000_000);

/// The promise of a first answer.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Promise {
    /// First answer within so many hours, counted on working days.
    pub first_answer_hours: u32,
    /// 1 is Monday, 7 is Sunday.
    pub working_days: Vec<u8>,
    /// Between these the hours count, `09:00` and `18:00`, in the help centre's zone. Empty: all day long.
    pub opens: String,
    pub closes: String,
    /// Days on which nobody works: `2026-12-25` once, `12-25` every year.
    pub holidays: Vec<String>,
    /// Other hours for some tickets.
    pub targets: Vec<Target>,
}

/// Hours for tickets of a reason, of an urgency, or of both.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) urgency: Option<Urgency>,
    pub(crate) hours: u32,
}

impl Default for Promise {
    fn default() -> Self {
        Self {
            first_answer_hours: 24,
            working_days: vec![1, 2, 3, 4, 5],
            opens: String::new(),
            closes: String::new(),
            holidays: Vec::new(),
            targets: Vec::new(),
        }
    }
}

impl Promise {
    /// The hours for a ticket: what names its reason and its urgency, else the shorter of what names one of them, else the general ones.
    pub fn hours(&self, reason: Option<&str>, urgency: Urgency) -> u32 {
        let fits = |target: &&Target| {
            target.reason.as_deref().is_none_or(|named| Some(named) == reason) && target.urgency.is_none_or(|named| named == urgency)
        };
        let of = |both: bool| {
            let found = self.targets.iter().filter(fits).filter(|target| (target.reason.is_some() && target.urgency.is_some()) == both);
            found.map(|target| target.hours).min()
        };
        of(true).or_else(|| of(false)).unwrap_or(self.first_answer_hours)
    }

    /// What holds for every ticket, whatever becomes of it: the longest of all hours.
    pub fn longest_hours(&self) -> u32 {
        self.targets.iter().map(|target| target.hours).fold(self.first_answer_hours, u32::max)
    }

    /// Minutes since midnight between which the hours count; `None`: all day long.
    pub fn open_minutes(&self) -> Option<(i16, i16)> {
        let (opens, closes) = (minutes(&self.opens)?, minutes(&self.closes)?);
        (closes - opens >= OPEN_MIN_MINUTES && closes - opens < DAY_MINUTES).then_some((opens, closes))
    }

    /// Holidays of one year, and those of every year by month and day.
    pub(crate) fn days_off(&self) -> (BTreeSet<Date>, BTreeSet<(i8, i8)>) {
        (self.holidays.iter().filter_map(|day| once(day)).collect(), self.holidays.iter().filter_map(|day| yearly(day)).collect())
    }

    pub(super) fn check(&self, zone: &jiff::tz::TimeZone) -> Result<(), ConfigError> {
        let refuse = |text: String| Err(ConfigError(text));
        if self.working_days.is_empty() || self.working_days.iter().any(|day| !(1..=7).contains(day)) {
            return refuse("promise.working_days must hold at least one day, 1 (Monday) to 7 (Sunday).".into());
        }
        if !(1..=HOURS_MAX).contains(&self.first_answer_hours) {
            return refuse(format!("promise.first_answer_hours is {}; write 1 to {HOURS_MAX}.", self.first_answer_hours));
        }
        for (key, value) in [("opens", &self.opens), ("closes", &self.closes)] {
            if !value.is_empty() && minutes(value).is_none() {
                return refuse(format!("promise.{key} is {value:?}; write a time of day such as 09:00, 24:00 at the latest."));
            }
        }
        if self.opens.is_empty() != self.closes.is_empty() {
            return refuse("promise.opens and promise.closes belong together: set both, or leave both empty for the whole day.".into());
        }
        if let (Some(opens), Some(closes)) = (minutes(&self.opens), minutes(&self.closes))
            && closes - opens < OPEN_MIN_MINUTES
        {
            return refuse(format!("promise.closes must be at least {OPEN_MIN_MINUTES} minutes after promise.opens, on the same day."));
        }
        if let Some(day) = self.holidays.iter().find(|day| once(day).is_none() && yearly(day).is_none()) {
            return refuse(format!("promise.holidays holds {day:?}; write 2026-12-25 for one day, 12-25 for a day of every year."));
        }
        for target in &self.targets {
            if target.reason.is_none() && target.urgency.is_none() {
                return refuse("promise.targets: an entry names neither a reason nor an urgency; without them it is first_answer_hours.".into());
            }
            if !(1..=HOURS_MAX).contains(&target.hours) {
                return refuse(format!("promise.targets: hours is {}; write 1 to {HOURS_MAX}.", target.hours));
            }
        }
        if Calendar::new(self, zone.clone()).due(PROBE, self.longest_hours()).is_none() {
            return refuse(
                "promise: so many hours are not worked within three years. Make first_answer_hours or the targets shorter, or holidays fewer.".into(),
            );
        }
        Ok(())
    }
}

/// Minutes since midnight of `09:00`, up to `24:00`.
fn minutes(text: &str) -> Option<i16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<i16>().ok()).flatten();
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    (minute < 60 && hour * 60 + minute <= DAY_MINUTES).then_some(hour * 60 + minute)
}

fn once(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// In a leap year, so that 29 February is one.
fn yearly(text: &str) -> Option<(i8, i8)> {
    (text.len() == 5).then(|| once(&format!("2028-{text}"))).flatten().map(|date| (date.month(), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        let promise: Promise = toml::from_str(text).expect("valid TOML");
        promise.check(&jiff::tz::TimeZone::UTC).expect_err(text).to_string()
    }

    #[test]
    fn what_can_not_be_kept_or_read_is_refused_by_name() {
        for (text, named) in [
            ("first_answer_hours = 0", "promise.first_answer_hours"),
            ("first_answer_hours = 4000000000", "promise.first_answer_hours"),
            ("working_days = []", "promise.working_days"),
            ("working_days = [0]", "promise.working_days"),
            ("opens = \"9:00\"\ncloses = \"18:00\"", "promise.opens"),
            ("opens = \"09:00\"\ncloses = \"24:01\"", "promise.closes"),
            ("opens = \"09:00\"\ncloses = \"-1:00\"", "promise.closes"),
            ("opens = \"09:00\"", "promise.opens and promise.closes"),
            ("opens = \"18:00\"\ncloses = \"09:00\"", "promise.closes"),
            ("holidays = [\"2026-02-30\"]", "2026-02-30"),
            ("holidays = [\"25-12\"]", "25-12"),
            ("holidays = [\"Natal\"]", "Natal"),
            ("targets = [{ hours = 4 }]", "promise.targets"),
            ("targets = [{ urgency = \"high\", hours = 0 }]", "promise.targets"),
            ("first_answer_hours = 8784\nworking_days = [3]\nopens = \"09:00\"\ncloses = \"10:00\"", "three years"),
        ] {
            assert!(problem(text).contains(named), "{text}: {}", problem(text));
        }
        let all_year: Vec<String> =
            (1..=12).flat_map(|month| (1..=31).map(move |day| format!("{month:02}-{day:02}"))).filter(|day| yearly(day).is_some()).collect();
        assert!(problem(&format!("holidays = {all_year:?}")).contains("three years"));
        for unread in ["targets = [{ urgency = \"hihg\", hours = 4 }]", "targets = [{ reasn = \"x\", hours = 4 }]", "targets = 4", "opens = 9"] {
            assert!(toml::from_str::<Promise>(unread).is_err(), "{unread}");
        }
    }

    #[test]
    fn the_hours_of_reason_and_urgency_go_first_then_the_shorter_of_one_of_them() {
        let promise: Promise = toml::from_str(
            "targets = [{ urgency = \"high\", hours = 4 }, { urgency = \"low\", hours = 72 }, { reason = \"payment\", hours = 12 },
             { reason = \"payment\", urgency = \"high\", hours = 6 }, { reason = \"tax\", hours = 48 }]",
        )
        .expect("a promise");
        for (reason, urgency, hours) in [
            (Some("payment"), Urgency::High, 6),
            (Some("payment"), Urgency::Low, 12),
            (Some("payment"), Urgency::Normal, 12),
            (Some("tax"), Urgency::High, 4),
            (Some("tax"), Urgency::Low, 48),
            (Some("other"), Urgency::Normal, 24),
            (None, Urgency::Low, 72),
            (None, Urgency::High, 4),
        ] {
            assert_eq!(promise.hours(reason, urgency), hours, "{reason:?} {urgency:?}");
        }
        assert_eq!(promise.longest_hours(), 72);
        assert!(promise.check(&jiff::tz::TimeZone::UTC).is_ok());
    }
}
