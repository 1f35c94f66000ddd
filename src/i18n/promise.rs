//! When staff answer, in words.

use super::Lang;
use super::moments::WEEKDAYS;
use crate::config::Promise;

/// Days that every reader understands as business days.
const MONDAY_TO_FRIDAY: [u8; 5] = [1, 2, 3, 4, 5];

impl Lang {
    /// When staff answer, to stand at the end of a sentence, with its full stop. It holds for every ticket, so it names the longest hours.
    pub fn promise(self, promise: &Promise, time_zone: &str) -> String {
        let hours = promise.longest_hours();
        let s = if hours == 1 { "" } else { "s" };
        let open = promise.open_minutes();
        let within = match (self, open.is_some()) {
            (Self::Pt, false) => format!("em até {hours} hora{s}"),
            (Self::Pt, true) => format!("em até {hours} hora{s} de atendimento"),
            (Self::Es, false) => format!("en un máximo de {hours} hora{s}"),
            (Self::Es, true) => format!("en un máximo de {hours} hora{s} de atención"),
            (Self::En, false) => format!("within {hours} hour{s}"),
            (Self::En, true) => format!("within {hours} business hour{s}"),
        };
        let times = open.map(|(opens, closes)| {
            let (opens, closes) = (self.time_of_day(opens), self.time_of_day(closes));
            let zone = self.zone(time_zone);
            match self {
                Self::Pt => format!(", das {opens} às {closes} ({zone})"),
                Self::Es => format!(", de {opens} a {closes} h ({zone})"),
                Self::En => format!(", from {opens} to {closes} ({zone})"),
            }
        });
        format!("{within}{}{}.", self.days(&promise.working_days, !promise.holidays.is_empty()), times.unwrap_or_default())
    }

    /// " on business days"; other days by their names; nothing where every day is one. With what stands before it: a comma or none.
    fn days(self, days: &[u8], has_holidays: bool) -> String {
        let worked: Vec<u8> = (1..=7).filter(|day| days.contains(day)).collect();
        if worked == MONDAY_TO_FRIDAY {
            let words = match self {
                Self::Pt => ", em dias úteis",
                Self::Es => ", en días hábiles",
                Self::En => " on business days",
            };
            return words.to_owned();
        }
        let except = match (self, has_holidays) {
            (_, false) => "",
            (Self::Pt, true) => ", exceto feriados",
            (Self::Es, true) => ", excepto días festivos",
            (Self::En, true) => ", except public holidays",
        };
        if worked.len() == 7 {
            return except.to_owned();
        }
        let name = |day: &u8| WEEKDAYS[self as usize][usize::from(*day - 1)];
        let in_a_row = worked.len() > 2 && worked.windows(2).all(|pair| pair[1] == pair[0] + 1);
        let named = match (self, worked.as_slice()) {
            (Self::Pt, [first, .., last]) if in_a_row => format!("de {} a {}", name(first), name(last)),
            (Self::Es, [first, .., last]) if in_a_row => format!("de {} a {}", name(first), name(last)),
            (Self::En, [first, .., last]) if in_a_row => format!("from {} to {}", name(first), name(last)),
            (_, days) => self.named(&days.iter().map(name).collect::<Vec<_>>()),
        };
        format!(", {named}{except}")
    }

    /// "on Monday, Wednesday and Friday"
    fn named(self, names: &[&str]) -> String {
        // In Portuguese each day has its own article.
        let names: Vec<String> = names
            .iter()
            .map(|name| match self {
                Self::Pt if name.ends_with("feira") => format!("na {name}"),
                Self::Pt => format!("no {name}"),
                Self::Es | Self::En => (*name).to_owned(),
            })
            .collect();
        let (on, and) = match self {
            Self::Pt => ("", "e"),
            Self::Es => ("los días ", "y"),
            Self::En => ("on ", "and"),
        };
        match names.as_slice() {
            [rest @ .., last] if !rest.is_empty() => format!("{on}{} {and} {last}", rest.join(", ")),
            names => format!("{on}{}", names.concat()),
        }
    }

    fn time_of_day(self, minutes: i16) -> String {
        let part = |minutes: i16| i8::try_from(minutes).unwrap_or_default();
        self.time(part(minutes / 60), part(minutes % 60))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(lang: Lang, text: &str) -> String {
        lang.promise(&toml::from_str(text).expect("a promise"), "America/Sao_Paulo")
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
        assert_eq!(said(Lang::En, office), "within 8 business hours on business days, from 9:00 am to 6:00 pm (Brasília time).");
        let targets = "targets = [{ urgency = \"high\", hours = 4 }, { urgency = \"low\", hours = 72 }]";
        assert_eq!(said(Lang::En, targets), "within 72 hours on business days.");
        let saturday = "working_days = [6, 1, 2, 3, 4, 5]\nholidays = [\"12-25\"]";
        assert_eq!(said(Lang::Pt, saturday), "em até 24 horas, de segunda-feira a sábado, exceto feriados.");
        assert_eq!(said(Lang::Es, "working_days = [1, 3]"), "en un máximo de 24 horas, los días lunes y miércoles.");
        assert_eq!(said(Lang::En, "working_days = [1, 3, 5]"), "within 24 hours, on Monday, Wednesday and Friday.");
        assert_eq!(said(Lang::Pt, "working_days = [2, 6]"), "em até 24 horas, na terça-feira e no sábado.");
    }
}
