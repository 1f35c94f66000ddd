//! Moments in words.

use jiff::civil::{Date, Time};
use jiff::tz::TimeZone;

use super::Lang;
use crate::clock::Micros;

pub(super) const WEEKDAYS: [[&str; 7]; 3] = [
    ["segunda-feira", "terça-feira", "quarta-feira", "quinta-feira", "sexta-feira", "sábado", "domingo"],
    ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
];
const MONTHS: [[&str; 12]; 3] = [
    ["janeiro", "fevereiro", "março", "abril", "maio", "junho", "julho", "agosto", "setembro", "outubro", "novembro", "dezembro"],
    ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
];

/// A day in a sentence.
enum Told {
    Named(&'static str),
    Day(String),
}

impl Told {
    fn text(self) -> String {
        match self {
            Self::Named(day) => day.to_owned(),
            Self::Day(day) => day,
        }
    }
}

fn days_between(date: Date, today: Date) -> i32 {
    date.until(today).map(|span| span.get_days()).unwrap_or(i32::MAX)
}

impl Lang {
    /// A day in a zone as people write it: "14 de outubro de 2025", "October 14, 2025".
    pub fn day(self, at: Micros, zone: &TimeZone) -> String {
        self.date(at.timestamp().to_zoned(zone.clone()).date())
    }

    /// The same of a day that is known as one.
    pub fn date(self, date: Date) -> String {
        let (day_and_month, year) = (self.day_and_month(date), date.year());
        match self {
            Self::Pt | Self::Es => format!("{day_and_month} de {year}"),
            Self::En => format!("{day_and_month}, {year}"),
        }
    }

    /// As short as a label of an axis: "1/12", "12/1".
    pub fn short_day(self, date: Date) -> String {
        match self {
            Self::Pt | Self::Es => format!("{}/{}", date.day(), date.month()),
            Self::En => format!("{}/{}", date.month(), date.day()),
        }
    }

    /// With its year: "1/12/2026", "12/1/2026".
    pub fn short_date(self, date: Date) -> String {
        format!("{}/{}", self.short_day(date), date.year())
    }

    /// "dezembro de 2026", "December 2026".
    pub fn month(self, date: Date) -> String {
        let (month, year) = (self.month_name(date), date.year());
        if self == Self::En { format!("{month} {year}") } else { format!("{month} de {year}") }
    }

    /// "dez/26", "Dec 26".
    pub fn short_month(self, date: Date) -> String {
        let (month, year) = (self.month_name(date).chars().take(3).collect::<String>(), date.year().rem_euclid(100));
        if self == Self::En { format!("{month} {year:02}") } else { format!("{month}/{year:02}") }
    }

    fn month_name(self, date: Date) -> &'static str {
        MONTHS[self as usize][usize::try_from(date.month() - 1).unwrap_or_default()]
    }

    fn day_and_month(self, date: Date) -> String {
        let month = self.month_name(date);
        match self {
            Self::Pt | Self::Es => format!("{} de {month}", date.day()),
            Self::En => format!("{month} {}", date.day()),
        }
    }

    /// Without the year where it is this one.
    fn date_in(self, date: Date, year: i16) -> String {
        if date.year() == year { self.day_and_month(date) } else { self.date(date) }
    }

    fn weekday(self, date: Date) -> &'static str {
        WEEKDAYS[self as usize][usize::try_from(date.weekday().to_monday_zero_offset()).unwrap_or_default()]
    }

    /// Day and minute in a zone, with the zone's name: what stands in a text that is kept, and beside a moment that is told in fewer words.
    pub fn moment(self, at: Micros, zone: &TimeZone) -> String {
        let local = at.timestamp().to_zoned(zone.clone());
        let (weekday, day, time) = (self.weekday(local.date()), self.date(local.date()), self.clock(local.time()));
        let zone = self.zone(zone.iana_name().unwrap_or("UTC"));
        match self {
            Self::Pt | Self::En => format!("{weekday}, {day}, {time} ({zone})"),
            Self::Es => format!("{weekday} {day}, {time} ({zone})"),
        }
    }

    /// When something happened, for somebody who reads it now: "hoje, 18:10", "segunda-feira, 9:00", "14 de outubro, 18:10".
    pub fn moment_ago(self, at: Micros, now: Micros, zone: &TimeZone) -> String {
        let local = at.timestamp().to_zoned(zone.clone());
        format!("{}, {}", self.day_ago(at, now, zone), self.clock(local.time()))
    }

    /// The day of it.
    pub fn day_ago(self, at: Micros, now: Micros, zone: &TimeZone) -> String {
        let [date, today] = [at, now].map(|moment| moment.timestamp().to_zoned(zone.clone()).date());
        match days_between(date, today) {
            0 | 1 => self.named_day(days_between(date, today)).to_owned(),
            2..=6 => self.weekday(date).to_owned(),
            _ => self.date_in(date, today.year()),
        }
    }

    /// Today, yesterday (1), tomorrow (-1).
    fn named_day(self, days_ago: i32) -> &'static str {
        let [today, yesterday, tomorrow] = match self {
            Self::Pt => ["hoje", "ontem", "amanhã"],
            Self::Es => ["hoy", "ayer", "mañana"],
            Self::En => ["today", "yesterday", "tomorrow"],
        };
        match days_ago {
            0 => today,
            1 => yesterday,
            _ => tomorrow,
        }
    }

    /// Until when something is done, for somebody who reads it now: "até o fim de segunda-feira (30/11)", "by 6:10 PM today".
    pub fn deadline(self, at: Micros, now: Micros, zone: &TimeZone) -> String {
        let today = now.timestamp().to_zoned(zone.clone()).date();
        self.until(at, zone, |date| {
            let ago = days_between(date, today);
            match (ago, self) {
                (-1..=1, _) => Told::Named(self.named_day(ago)),
                (-6..=6, Self::En) => Told::Day(format!("{} ({}/{})", self.weekday(date), date.month(), date.day())),
                (-6..=6, _) => Told::Day(format!("{} ({}/{})", self.weekday(date), date.day(), date.month())),
                _ => Told::Day(self.date_in(date, today.year())),
            }
        })
    }

    /// The same for somebody who reads it later: in an email that was written at a moment.
    pub fn deadline_in_mail(self, at: Micros, written: Micros, zone: &TimeZone) -> String {
        let year = written.timestamp().to_zoned(zone.clone()).date().year();
        let comma = if self == Self::Es { "" } else { "," };
        self.until(at, zone, |date| Told::Day(format!("{}{comma} {}", self.weekday(date), self.date_in(date, year))))
    }

    /// Midnight is the end of the day before, not the beginning of the next. The zone is named beside a time, unless all readers live by it.
    fn until(self, at: Micros, zone: &TimeZone, tell: impl Fn(Date) -> Told) -> String {
        let local = at.timestamp().to_zoned(zone.clone());
        if local.time() == Time::midnight() {
            let told = tell(local.date().yesterday().unwrap_or(local.date()));
            return match (self, told) {
                (Self::Pt, told) => format!("até o fim de {}", told.text()),
                (Self::Es, Told::Named(day)) => format!("antes de que termine el día de {day}"),
                (Self::Es, Told::Day(day)) => format!("antes de que termine el {day}"),
                (Self::En, told) => format!("by the end of {}", told.text()),
            };
        }
        let (told, time) = (tell(local.date()), self.clock(local.time()));
        let is_one = if self == Self::Pt { local.hour() == 1 } else { local.hour() % 12 == 1 };
        let text = match (self, told) {
            (Self::Pt, told) => format!("até {}, {} {time}", told.text(), if is_one { "à" } else { "às" }),
            (Self::Es, told) => {
                let el = if matches!(told, Told::Day(_)) { "el " } else { "" };
                format!("a más tardar {el}{}, {} {time}", told.text(), if is_one { "a la" } else { "a las" })
            }
            (Self::En, Told::Named(day)) => format!("by {time} {day}"),
            (Self::En, Told::Day(day)) => format!("by {time} on {day}"),
        };
        let iana_name = zone.iana_name().unwrap_or("UTC");
        let is_readers_own = self == Self::Pt && iana_name == "America/Sao_Paulo";
        if is_readers_own { text } else { format!("{text} ({})", self.zone(iana_name)) }
    }

    /// A time of day as a clock shows it: "18:10", "6:10 p. m.", "6:10 PM".
    fn clock(self, time: Time) -> String {
        let (hour, minute) = (time.hour(), time.minute());
        let halved = |before: &str, after: &str| format!("{}:{minute:02}\u{a0}{}", (hour + 11) % 12 + 1, if hour < 12 { before } else { after });
        match self {
            Self::Pt => format!("{hour}:{minute:02}"),
            Self::Es => halved("a.\u{a0}m.", "p.\u{a0}m."),
            Self::En => halved("AM", "PM"),
        }
    }

    /// The hours of a promise: "9h", "15h04", "15:04", "3:04 PM". An hour of 24 is the end of the day.
    pub(super) fn time(self, hour: i8, minute: i8) -> String {
        match (self, hour, minute) {
            (Self::Pt, _, 0) => format!("{hour}h"),
            (Self::Pt, ..) => format!("{hour}h{minute:02}"),
            (Self::Es, ..) => format!("{hour:02}:{minute:02}"),
            (Self::En, 24, _) => "midnight".to_owned(),
            (Self::En, ..) => format!("{}:{minute:02} {}", (hour + 11) % 12 + 1, if hour < 12 { "AM" } else { "PM" }),
        }
    }

    /// How people call a time zone: by its city. Brazil's own hour is named for the capital, which is not the city of its IANA name.
    pub(super) fn zone(self, iana_name: &str) -> String {
        let city = iana_name.rsplit('/').next().unwrap_or(iana_name).replace('_', " ");
        let city = match (iana_name, self) {
            ("America/Sao_Paulo", Self::Es) => "Brasilia",
            ("America/Sao_Paulo", _) => "Brasília",
            _ if city == "UTC" => return city,
            _ => &city,
        };
        match self {
            Self::Pt => format!("horário de {city}"),
            Self::Es => format!("hora de {city}"),
            Self::En => format!("{city} time"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Micros {
        text.parse::<jiff::Timestamp>().expect("a moment").into()
    }

    fn sao_paulo() -> TimeZone {
        TimeZone::get("America/Sao_Paulo").expect("a zone")
    }

    #[test]
    fn a_moment_reads_naturally_in_each_language() {
        let moment = at("2026-11-22T18:04:00Z");
        assert_eq!(Lang::Pt.moment(moment, &sao_paulo()), "domingo, 22 de novembro de 2026, 15:04 (horário de Brasília)");
        assert_eq!(Lang::Es.moment(moment, &sao_paulo()), "domingo 22 de noviembre de 2026, 3:04\u{a0}p.\u{a0}m. (hora de Brasilia)");
        assert_eq!(Lang::En.moment(moment, &sao_paulo()), "Sunday, November 22, 2026, 3:04\u{a0}PM (Brasília time)");
        let zone = TimeZone::get("America/Mexico_City").expect("a zone");
        assert!(Lang::Es.moment(moment, &zone).ends_with("12:04\u{a0}p.\u{a0}m. (hora de Mexico City)"));
        assert!(Lang::En.moment(moment, &TimeZone::UTC).ends_with("6:04\u{a0}PM (UTC)"));
    }

    #[test]
    fn what_happened_is_told_by_how_long_ago_it_was() {
        // A Monday, ten minutes past six in the evening.
        let now = at("2026-11-30T21:10:00Z");
        for (moment, told) in [
            ("2026-11-30T21:10:00Z", ["hoje, 18:10", "hoy, 6:10 p. m.", "today, 6:10 PM"]),
            ("2026-11-30T03:00:00Z", ["hoje, 0:00", "hoy, 12:00 a. m.", "today, 12:00 AM"]),
            ("2026-11-30T02:59:59Z", ["ontem, 23:59", "ayer, 11:59 p. m.", "yesterday, 11:59 PM"]),
            ("2026-11-28T12:00:00Z", ["sábado, 9:00", "sábado, 9:00 a. m.", "Saturday, 9:00 AM"]),
            ("2026-11-24T15:00:00Z", ["terça-feira, 12:00", "martes, 12:00 p. m.", "Tuesday, 12:00 PM"]),
            ("2026-11-23T15:00:00Z", ["23 de novembro, 12:00", "23 de noviembre, 12:00 p. m.", "November 23, 12:00 PM"]),
            ("2025-12-01T15:00:00Z", ["1 de dezembro de 2025, 12:00", "1 de diciembre de 2025, 12:00 p. m.", "December 1, 2025, 12:00 PM"]),
            // A clock that went ahead.
            ("2026-12-01T21:10:00Z", ["1 de dezembro, 18:10", "1 de diciembre, 6:10 p. m.", "December 1, 6:10 PM"]),
        ] {
            for (lang, told) in Lang::ALL.into_iter().zip(told) {
                assert_eq!(lang.moment_ago(at(moment), now, &sao_paulo()).replace('\u{a0}', " "), told, "{moment}");
            }
        }
    }

    #[test]
    fn a_deadline_is_told_by_its_day_and_midnight_is_the_end_of_the_day_before() {
        let now = at("2026-11-26T15:00:00Z");
        let told = |moment: &str| Lang::ALL.map(|lang| lang.deadline(at(moment), now, &sao_paulo()).replace('\u{a0}', " "));
        let of_day = |pt: &str, es: &str, en: &str| [pt, es, en].map(str::to_owned);
        for (moment, expected) in [
            (
                "2026-11-26T21:10:00Z",
                of_day("até hoje, às 18:10", "a más tardar hoy, a las 6:10 p. m. (hora de Brasilia)", "by 6:10 PM today (Brasília time)"),
            ),
            ("2026-11-27T03:00:00Z", of_day("até o fim de hoje", "antes de que termine el día de hoy", "by the end of today")),
            (
                "2026-11-27T04:30:00Z",
                of_day("até amanhã, à 1:30", "a más tardar mañana, a la 1:30 a. m. (hora de Brasilia)", "by 1:30 AM tomorrow (Brasília time)"),
            ),
            ("2026-11-28T03:00:00Z", of_day("até o fim de amanhã", "antes de que termine el día de mañana", "by the end of tomorrow")),
            (
                "2026-12-01T03:00:00Z",
                of_day("até o fim de segunda-feira (30/11)", "antes de que termine el lunes (30/11)", "by the end of Monday (11/30)"),
            ),
            (
                "2026-11-30T12:00:00Z",
                of_day(
                    "até segunda-feira (30/11), às 9:00",
                    "a más tardar el lunes (30/11), a las 9:00 a. m. (hora de Brasilia)",
                    "by 9:00 AM on Monday (11/30) (Brasília time)",
                ),
            ),
            ("2026-12-10T03:00:00Z", of_day("até o fim de 9 de dezembro", "antes de que termine el 9 de diciembre", "by the end of December 9")),
            (
                "2027-01-08T03:00:00Z",
                of_day("até o fim de 7 de janeiro de 2027", "antes de que termine el 7 de enero de 2027", "by the end of January 7, 2027"),
            ),
            (
                "2026-11-25T21:10:00Z",
                of_day("até ontem, às 18:10", "a más tardar ayer, a las 6:10 p. m. (hora de Brasilia)", "by 6:10 PM yesterday (Brasília time)"),
            ),
        ] {
            assert_eq!(told(moment), expected, "{moment}");
        }
    }

    #[test]
    fn an_email_says_the_day_itself() {
        let written = at("2026-12-30T15:00:00Z");
        let told = |moment: &str| Lang::ALL.map(|lang| lang.deadline_in_mail(at(moment), written, &sao_paulo()).replace('\u{a0}', " "));
        let end = [
            "até o fim de quarta-feira, 30 de dezembro",
            "antes de que termine el miércoles 30 de diciembre",
            "by the end of Wednesday, December 30",
        ];
        assert_eq!(told("2026-12-31T03:00:00Z"), end);
        let next = [
            "até sexta-feira, 1 de janeiro de 2027, às 18:10",
            "a más tardar el viernes 1 de enero de 2027, a las 6:10 p. m. (hora de Brasilia)",
            "by 6:10 PM on Friday, January 1, 2027 (Brasília time)",
        ];
        assert_eq!(told("2027-01-01T21:10:00Z"), next);
    }
}
