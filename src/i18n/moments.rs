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

impl Lang {
    /// A day in a zone as people write it: "14 de outubro de 2025", "October 14, 2025".
    pub fn day(self, at: Micros, zone: &TimeZone) -> String {
        self.date(at.timestamp().to_zoned(zone.clone()).date())
    }

    /// The same of a day that is known as one.
    pub fn date(self, date: Date) -> String {
        let month = MONTHS[self as usize][usize::try_from(date.month() - 1).unwrap_or_default()];
        let (day, year) = (date.day(), date.year());
        match self {
            Self::Pt | Self::Es => format!("{day} de {month} de {year}"),
            Self::En => format!("{month} {day}, {year}"),
        }
    }

    /// Day and minute in a zone, with the zone's name.
    pub fn moment(self, at: Micros, zone: &TimeZone) -> String {
        let local = at.timestamp().to_zoned(zone.clone());
        let weekday = WEEKDAYS[self as usize][usize::try_from(local.weekday().to_monday_zero_offset()).unwrap_or_default()];
        let (day, time) = (self.day(at, zone), self.time(local.hour(), local.minute()));
        let zone = self.zone(zone.iana_name().unwrap_or("UTC"));
        match self {
            Self::Pt => format!("{weekday}, {day}, às {time} ({zone})"),
            Self::Es => format!("{weekday} {day}, {time} h ({zone})"),
            Self::En => format!("{weekday}, {day}, {time} ({zone})"),
        }
    }

    /// A moment until which something is done: midnight is the end of the day before, not the beginning of the next.
    pub fn deadline(self, at: Micros, zone: &TimeZone) -> String {
        let is_midnight = at.timestamp().to_zoned(zone.clone()).time() == Time::midnight();
        self.moment(if is_midnight { at.plus(-1) } else { at }, zone)
    }

    /// A time of day as people write it: "15h04", "15:04", "3:04 pm". An hour of 24 is the end of the day.
    pub(super) fn time(self, hour: i8, minute: i8) -> String {
        match (self, hour, minute) {
            (Self::Pt, _, 0) => format!("{hour}h"),
            (Self::Pt, ..) => format!("{hour}h{minute:02}"),
            (Self::Es, ..) => format!("{hour:02}:{minute:02}"),
            (Self::En, 24, _) => "midnight".to_owned(),
            (Self::En, ..) => format!("{}:{minute:02} {}", (hour + 11) % 12 + 1, if hour < 12 { "am" } else { "pm" }),
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

    #[test]
    fn a_moment_reads_naturally_in_each_language() {
        let zone = TimeZone::get("America/Sao_Paulo").expect("a zone");
        let at = Micros(1_795_370_640_000_000);
        assert_eq!(Lang::Pt.moment(at, &zone), "domingo, 22 de novembro de 2026, às 15h04 (horário de Brasília)");
        assert_eq!(Lang::Es.moment(at, &zone), "domingo 22 de noviembre de 2026, 15:04 h (hora de Brasilia)");
        assert_eq!(Lang::En.moment(at, &zone), "Sunday, November 22, 2026, 3:04 pm (Brasília time)");
        let zone = TimeZone::get("America/Mexico_City").expect("a zone");
        assert!(Lang::Es.moment(at, &zone).ends_with("12:04 h (hora de Mexico City)"));
        assert!(Lang::En.moment(at, &TimeZone::UTC).ends_with("6:04 pm (UTC)"));
    }

    #[test]
    fn a_deadline_at_midnight_is_the_end_of_the_day_before() {
        let zone = TimeZone::get("America/Sao_Paulo").expect("a zone");
        let at: Micros = "2026-12-01T03:00:00Z".parse::<jiff::Timestamp>().expect("a moment").into();
        assert_eq!(Lang::Pt.deadline(at, &zone), "segunda-feira, 30 de novembro de 2026, às 23h59 (horário de Brasília)");
        assert_eq!(Lang::Es.deadline(at, &zone), "lunes 30 de noviembre de 2026, 23:59 h (hora de Brasilia)");
        assert_eq!(Lang::En.deadline(at, &zone), "Monday, November 30, 2026, 11:59 pm (Brasília time)");
        assert!(Lang::Pt.moment(at, &zone).starts_with("terça-feira, 1 de dezembro de 2026, às 0h"));
        let later = at.plus(Micros::MINUTE);
        for lang in Lang::ALL {
            assert_eq!(lang.deadline(later, &zone), lang.moment(later, &zone));
        }
    }
}
