//! When staff answer: `[promise]`.

use serde::Deserialize;

use crate::clock::Micros;
use crate::config::ConfigError;
use crate::i18n::Lang;
use crate::i18n::promise::PromisedHours;
use crate::values::calendar::{OPEN_MIN_MINUTES, minutes, once, yearly};
use crate::values::{BusinessCalendar, BusinessHours, HOURS_MAX, Priority, Zone};

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
    /// Between these the hours count, `09:00` and `18:00`, in the help center's zone. Empty: all day long.
    pub opens: String,
    pub closes: String,
    /// Days on which nobody works: `2026-12-25` once, `12-25` every year.
    pub holidays: Vec<String>,
    /// Other hours for some tickets.
    pub targets: Vec<Target>,
}

/// Hours for tickets of a reason, of a priority, or of both.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Target {
    #[serde(default)]
    pub(crate) reason: Option<String>,
    #[serde(default)]
    pub(crate) priority: Option<Priority>,
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
    /// The hours for a ticket: what names its reason and its priority, else the shorter of what names one of them, else the general ones.
    pub fn hours(&self, reason: Option<&str>, priority: Priority) -> u32 {
        let fits = |target: &&Target| {
            target.reason.as_deref().is_none_or(|named| Some(named) == reason) && target.priority.is_none_or(|named| named == priority)
        };
        let of = |both: bool| {
            let found = self.targets.iter().filter(fits).filter(|target| (target.reason.is_some() && target.priority.is_some()) == both);
            found.map(|target| target.hours).min()
        };
        of(true).or_else(|| of(false)).unwrap_or(self.first_answer_hours)
    }

    /// What holds for every ticket, whatever becomes of it: the longest of all hours.
    pub fn longest_hours(&self) -> u32 {
        self.targets.iter().map(|target| target.hours).fold(self.first_answer_hours, u32::max)
    }

    /// When somebody works.
    pub fn business_hours(&self) -> BusinessHours<'_> {
        BusinessHours { working_days: &self.working_days, opens: &self.opens, closes: &self.closes, holidays: &self.holidays }
    }

    /// In words, to stand at the end of a sentence, with its full stop.
    pub fn in_words(&self, lang: Lang, zone: &Zone) -> String {
        lang.promise(&PromisedHours {
            hours: self.longest_hours(),
            working_days: &self.working_days,
            open_minutes: self.business_hours().open_minutes(),
            has_holidays: !self.holidays.is_empty(),
            time_zone: zone.name(),
        })
    }

    pub(crate) fn check(&self, zone: &Zone) -> Result<(), ConfigError> {
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
            if target.reason.is_none() && target.priority.is_none() {
                return refuse("promise.targets: an entry names neither a reason nor a priority; without them it is first_answer_hours.".into());
            }
            if !(1..=HOURS_MAX).contains(&target.hours) {
                return refuse(format!("promise.targets: hours is {}; write 1 to {HOURS_MAX}.", target.hours));
            }
        }
        if BusinessCalendar::new(self.business_hours(), zone.zone().clone()).due(PROBE, self.longest_hours()).is_none() {
            return refuse(
                "promise: these hours don't fit within three years of working time. Make first_answer_hours or the targets shorter, \
                 or holidays fewer."
                    .into(),
            );
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem(text: &str) -> String {
        let promise: Promise = toml::from_str(text).expect("valid TOML");
        promise.check(&Zone::utc()).expect_err(text).to_string()
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
            ("targets = [{ priority = \"high\", hours = 0 }]", "promise.targets"),
            ("first_answer_hours = 8784\nworking_days = [3]\nopens = \"09:00\"\ncloses = \"10:00\"", "three years"),
        ] {
            assert!(problem(text).contains(named), "{text}: {}", problem(text));
        }
        let all_year: Vec<String> =
            (1..=12).flat_map(|month| (1..=31).map(move |day| format!("{month:02}-{day:02}"))).filter(|day| yearly(day).is_some()).collect();
        assert!(problem(&format!("holidays = {all_year:?}")).contains("three years"));
        for unread in ["targets = [{ priority = \"hihg\", hours = 4 }]", "targets = [{ reasn = \"x\", hours = 4 }]", "targets = 4", "opens = 9"] {
            assert!(toml::from_str::<Promise>(unread).is_err(), "{unread}");
        }
    }

    #[test]
    fn the_hours_of_reason_and_priority_go_first_then_the_shorter_of_one_of_them() {
        let promise: Promise = toml::from_str(
            "targets = [{ priority = \"high\", hours = 4 }, { priority = \"low\", hours = 72 }, { reason = \"payment\", hours = 12 },
             { reason = \"payment\", priority = \"high\", hours = 6 }, { reason = \"tax\", hours = 48 }]",
        )
        .expect("a promise");
        for (reason, priority, hours) in [
            (Some("payment"), Priority::High, 6),
            (Some("payment"), Priority::Low, 12),
            (Some("payment"), Priority::Normal, 12),
            (Some("tax"), Priority::High, 4),
            (Some("tax"), Priority::Low, 48),
            (Some("other"), Priority::Normal, 24),
            (None, Priority::Low, 72),
            (None, Priority::High, 4),
        ] {
            assert_eq!(promise.hours(reason, priority), hours, "{reason:?} {priority:?}");
        }
        assert_eq!(promise.longest_hours(), 72);
        assert!(promise.check(&Zone::utc()).is_ok());
    }

    fn said(lang: Lang, text: &str) -> String {
        let promise: Promise = toml::from_str(text).expect("a promise");
        promise.in_words(lang, &Zone::parse("America/Sao_Paulo").expect("a zone"))
    }

    #[test]
    fn the_shipped_promise_reads_as_it_always_did() {
        assert_eq!(said(Lang::Pt, ""), "em até 24 horas, em dias úteis.");
        assert_eq!(said(Lang::Es, ""), "en un máximo de 24 horas, en días hábiles.");
        assert_eq!(said(Lang::En, "holidays = [\"12-25\"]"), "within 24 hours on business days.");
        assert_eq!(said(Lang::En, "first_answer_hours = 1\nworking_days = [1, 2, 3, 4, 5, 6, 7]"), "within 1 hour.");
    }

    #[test]
    fn the_words_say_what_is_configured() {
        let office = "first_answer_hours = 8\nopens = \"09:00\"\ncloses = \"18:00\"";
        assert_eq!(said(Lang::Pt, office), "em até 8 horas de atendimento, em dias úteis, das 9h às 18h (horário de Brasília).");
        assert_eq!(said(Lang::Es, office), "en un máximo de 8 horas de atención, en días hábiles, de 09:00 a 18:00 h (hora de Brasilia).");
        assert_eq!(said(Lang::En, office), "within 8 business hours on business days, from 9:00 AM to 6:00 PM (Brasília time).");
        let targets = "targets = [{ priority = \"high\", hours = 4 }, { priority = \"low\", hours = 72 }]";
        assert_eq!(said(Lang::En, targets), "within 72 hours on business days.");
        let saturday = "working_days = [6, 1, 2, 3, 4, 5]\nholidays = [\"12-25\"]";
        assert_eq!(said(Lang::Pt, saturday), "em até 24 horas, de segunda-feira a sábado, exceto feriados.");
        assert_eq!(said(Lang::Es, "working_days = [1, 3]"), "en un máximo de 24 horas, los días lunes y miércoles.");
        assert_eq!(said(Lang::En, "working_days = [1, 3, 5]"), "within 24 hours, on Monday, Wednesday and Friday.");
        assert_eq!(said(Lang::Pt, "working_days = [2, 6]"), "em até 24 horas, na terça-feira e no sábado.");
    }
}
