//! When staff answer, in words.

use super::Lang;
use super::moments::WEEKDAYS;

/// Days that every reader understands as business days.
const MONDAY_TO_FRIDAY: [u8; 5] = [1, 2, 3, 4, 5];

/// What a promise of an answer says.
pub struct PromisedHours<'a> {
    pub hours: u32,
    /// 1 is Monday, 7 is Sunday.
    pub working_days: &'a [u8],
    /// Minutes since midnight between which the hours count; `None`: all day long.
    pub open_minutes: Option<(i16, i16)>,
    pub has_holidays: bool,
    /// IANA name.
    pub time_zone: &'a str,
}

impl Lang {
    /// When staff answer, to stand at the end of a sentence, with its full stop. It holds for every ticket, so it names the longest hours.
    pub fn promise(self, promise: &PromisedHours<'_>) -> String {
        let hours = promise.hours;
        let s = if hours == 1 { "" } else { "s" };
        let open = promise.open_minutes;
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
            let zone = self.zone(promise.time_zone);
            match self {
                Self::Pt => format!(", das {opens} às {closes} ({zone})"),
                Self::Es => format!(", de {opens} a {closes} h ({zone})"),
                Self::En => format!(", from {opens} to {closes} ({zone})"),
            }
        });
        format!("{within}{}{}.", self.days(promise.working_days, promise.has_holidays), times.unwrap_or_default())
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
