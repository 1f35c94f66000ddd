//! When the first answer is due: hours that count on working days only, within business hours where there are such, in the help center's
//! zone. A message of Friday at 15:00 with 24 hours is due on Monday at 15:00.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::clock::Micros;

/// More hours than this can't be promised: a year around the clock.
pub const HOURS_MAX: u32 = 24 * 366;
/// A day on which nobody works for at least so long is better taken off the working days.
pub(crate) const OPEN_MIN_MINUTES: i16 = 30;
/// The walk over the calendar ends here.
const DAYS_MAX: usize = 3 * 366;
const DAY_MINUTES: i16 = 24 * 60;

/// When somebody works, as the settings write it.
#[derive(Debug, Clone, Copy)]
pub struct BusinessHours<'a> {
    /// 1 is Monday, 7 is Sunday.
    pub working_days: &'a [u8],
    /// `09:00` and `18:00`; empty: all day long.
    pub opens: &'a str,
    pub closes: &'a str,
    /// `2026-12-25` once, `12-25` every year.
    pub holidays: &'a [String],
}

impl BusinessHours<'_> {
    /// Minutes since midnight between which the hours count; `None`: all day long.
    pub fn open_minutes(&self) -> Option<(i16, i16)> {
        let (opens, closes) = (minutes(self.opens)?, minutes(self.closes)?);
        (closes - opens >= OPEN_MIN_MINUTES && closes - opens < DAY_MINUTES).then_some((opens, closes))
    }
}

/// The same, ready to reckon with.
#[derive(Debug, Clone)]
pub struct BusinessCalendar {
    /// From Monday on.
    working: [bool; 7],
    opens: i16,
    closes: i16,
    days_off: BTreeSet<Date>,
    days_off_each_year: BTreeSet<(i8, i8)>,
    zone: TimeZone,
}

impl BusinessCalendar {
    pub fn new(hours: BusinessHours<'_>, zone: TimeZone) -> Self {
        let (opens, closes) = hours.open_minutes().unwrap_or((0, DAY_MINUTES));
        let days_off = hours.holidays.iter().filter_map(|day| once(day)).collect();
        let days_off_each_year = hours.holidays.iter().filter_map(|day| yearly(day)).collect();
        let mut working = [false; 7];
        for day in hours.working_days.iter().filter(|day| (1..=7).contains(*day)) {
            working[usize::from(*day - 1)] = true;
        }
        Self { working, opens, closes, days_off, days_off_each_year, zone }
    }

    /// The moment at which so many hours were worked since another; `None` when that takes more than three years.
    pub fn due(&self, since: Micros, hours: u32) -> Option<Micros> {
        let mut remaining = i64::from(hours.min(HOURS_MAX)) * Micros::HOUR;
        let mut day = since.timestamp().to_zoned(self.zone.clone()).date();
        for _ in 0..DAYS_MAX {
            if let Some((opens, closes)) = self.open_on(day) {
                let from = opens.max(since);
                if from <= closes {
                    let left = closes.0 - from.0;
                    if remaining <= left {
                        return Some(from.plus(remaining));
                    }
                    remaining -= left;
                }
            }
            day = day.tomorrow().ok()?;
        }
        None
    }

    /// Between which moments somebody works on a day.
    fn open_on(&self, day: Date) -> Option<(Micros, Micros)> {
        let weekday = usize::try_from(day.weekday().to_monday_zero_offset()).ok()?;
        let is_off = self.days_off.contains(&day) || self.days_off_each_year.contains(&(day.month(), day.day()));
        if !self.working[weekday] || is_off {
            return None;
        }
        Some((self.moment(day, self.opens)?, self.moment(day, self.closes)?))
    }

    /// A time of day as a moment. One that a change of the clock leaves out is as much later; of one that comes twice it is the first.
    fn moment(&self, day: Date, minutes: i16) -> Option<Micros> {
        let (day, minutes) = if minutes < DAY_MINUTES { (day, minutes) } else { (day.tomorrow().ok()?, 0) };
        let local = day.at((minutes / 60) as i8, (minutes % 60) as i8, 0, 0).to_zoned(self.zone.clone()).ok()?;
        Some(local.timestamp().into())
    }
}

/// Minutes since midnight of `09:00`, up to `24:00`.
pub(crate) fn minutes(text: &str) -> Option<i16> {
    let (hour, minute) = text.split_once(':')?;
    let digits = |part: &str| (part.len() == 2 && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse::<i16>().ok()).flatten();
    let (hour, minute) = (digits(hour)?, digits(minute)?);
    (minute < 60 && hour * 60 + minute <= DAY_MINUTES).then_some(hour * 60 + minute)
}

/// The day that `2026-12-25` names.
pub(crate) fn once(text: &str) -> Option<Date> {
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// Month and day that `12-25` names, in a leap year, so that 29 February is one.
pub(crate) fn yearly(text: &str) -> Option<(i8, i8)> {
    (text.len() == 5).then(|| once(&format!("2028-{text}"))).flatten().map(|date| (date.month(), date.day()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const WEEKDAYS: [u8; 5] = [1, 2, 3, 4, 5];

    #[derive(Clone)]
    struct Promise {
        first_answer_hours: u32,
        working_days: Vec<u8>,
        opens: String,
        closes: String,
        holidays: Vec<String>,
    }

    impl Default for Promise {
        fn default() -> Self {
            Self { first_answer_hours: 24, working_days: WEEKDAYS.to_vec(), opens: String::new(), closes: String::new(), holidays: Vec::new() }
        }
    }

    fn calendar(promise: &Promise, zone: TimeZone) -> BusinessCalendar {
        let Promise { working_days, opens, closes, holidays, .. } = promise;
        BusinessCalendar::new(BusinessHours { working_days, opens, closes, holidays }, zone)
    }

    fn zoned(local: &str, zone: &str) -> Micros {
        let moment: jiff::Zoned = format!("{local}[{zone}]").parse().expect("a moment");
        moment.timestamp().into()
    }

    fn due_in(zone: &str, filed: &str, promise: &Promise) -> String {
        let calendar = calendar(promise, TimeZone::get(zone).expect("a zone"));
        let due = calendar.due(zoned(filed, zone), promise.first_answer_hours).expect("a moment");
        due.timestamp().to_zoned(TimeZone::get(zone).expect("a zone")).strftime("%a %d %H:%M").to_string()
    }

    fn due(filed: &str, hours: u32, days: &[u8]) -> String {
        due_in("America/Sao_Paulo", filed, &Promise { first_answer_hours: hours, working_days: days.to_vec(), ..Promise::default() })
    }

    fn business(hours: u32, opens: &str, closes: &str, holidays: &[&str]) -> Promise {
        Promise {
            first_answer_hours: hours,
            opens: opens.into(),
            closes: closes.into(),
            holidays: holidays.iter().map(|day| (*day).to_owned()).collect(),
            ..Promise::default()
        }
    }

    #[test]
    fn the_clock_stands_still_at_the_weekend() {
        assert_eq!(due("2026-11-23T09:30", 24, &WEEKDAYS), "Tue 24 09:30");
        assert_eq!(due("2026-11-20T15:00", 24, &WEEKDAYS), "Mon 23 15:00");
        assert_eq!(due("2026-11-21T11:00", 24, &WEEKDAYS), "Tue 24 00:00");
        assert_eq!(due("2026-11-21T11:00", 4, &WEEKDAYS), "Mon 23 04:00");
        assert_eq!(due("2026-11-21T11:00", 24, &[1, 2, 3, 4, 5, 6, 7]), "Sun 22 11:00");
        assert_eq!(due("2026-11-23T09:30", 0, &WEEKDAYS), "Mon 23 09:30");
    }

    #[test]
    fn business_hours_count_alone() {
        let zone = "America/Sao_Paulo";
        let office = |hours| business(hours, "09:00", "18:00", &[]);
        for (filed, hours, expected) in [
            ("2026-11-23T10:00", 4, "Mon 23 14:00"),
            ("2026-11-23T16:00", 4, "Tue 24 11:00"),
            ("2026-11-23T03:00", 4, "Mon 23 13:00"),
            ("2026-11-23T18:00", 1, "Tue 24 10:00"),
            ("2026-11-23T09:00", 9, "Mon 23 18:00"),
            ("2026-11-20T17:59", 1, "Mon 23 09:59"),
            ("2026-11-21T12:00", 18, "Tue 24 18:00"),
        ] {
            assert_eq!(due_in(zone, filed, &office(hours)), expected, "{filed} {hours}");
        }
        let late = business(8, "18:00", "24:00", &[]);
        assert_eq!(due_in(zone, "2026-11-20T23:00", &late), "Tue 24 19:00");
        assert_eq!(due_in(zone, "2026-11-23T18:00", &business(6, "18:00", "24:00", &[])), "Tue 24 00:00");
    }

    #[test]
    fn holidays_stop_the_clock_also_long_ones_and_at_the_weekend() {
        let zone = "America/Sao_Paulo";
        assert_eq!(due_in(zone, "2026-12-24T15:00", &business(24, "", "", &["12-25"])), "Mon 28 15:00");
        assert_eq!(due_in(zone, "2026-12-24T15:00", &business(24, "", "", &["2026-12-25", "2026-12-28"])), "Tue 29 15:00");
        // 15 November 2026 is a Sunday: nothing is moved to the Monday.
        assert_eq!(due_in(zone, "2026-11-13T15:00", &business(24, "", "", &["11-15"])), "Mon 16 15:00");
        assert_eq!(due_in(zone, "2025-12-24T15:00", &business(24, "", "", &["2026-12-25"])), "Thu 25 15:00");
        let december: Vec<String> = (21..=31).map(|day| format!("12-{day}")).collect();
        let december: Vec<&str> = december.iter().map(String::as_str).collect();
        assert_eq!(due_in(zone, "2026-12-18T17:00", &business(2, "09:00", "18:00", &december)), "Fri 01 10:00");
        assert_eq!(due_in(zone, "2028-02-28T23:00", &business(2, "", "", &["02-29"])), "Wed 01 01:00");
    }

    #[test]
    fn a_change_of_the_clock_takes_or_gives_an_hour_of_the_night() {
        let every_day = Promise { working_days: (1..=7).collect(), ..Promise::default() };
        // New York: 8 March 2026 has 23 hours, 1 November 25.
        assert_eq!(due_in("America/New_York", "2026-03-07T12:00", &every_day), "Sun 08 13:00");
        assert_eq!(due_in("America/New_York", "2026-10-31T12:00", &every_day), "Sun 01 11:00");
        let office = Promise { working_days: (1..=7).collect(), ..business(9, "09:00", "18:00", &[]) };
        assert_eq!(due_in("America/New_York", "2026-03-07T12:00", &office), "Sun 08 12:00");
        let night = Promise { working_days: (1..=7).collect(), ..business(2, "02:30", "04:00", &[]) };
        // 02:30 does not exist there on that day: the work begins at 03:30.
        assert_eq!(due_in("America/New_York", "2026-03-08T00:00", &night), "Mon 09 04:00");
        // In Santiago midnight itself is left out on 6 September 2026.
        assert_eq!(due_in("America/Santiago", "2026-09-05T23:00", &Promise { first_answer_hours: 2, ..every_day.clone() }), "Sun 06 02:00");
    }

    #[test]
    fn more_hours_are_never_due_earlier_nor_a_later_message_before_an_earlier_one() {
        let zone = TimeZone::get("America/New_York").expect("a zone");
        for promise in [business(1, "", "", &["12-25"]), business(1, "09:00", "18:00", &["11-26"]), business(1, "22:00", "24:00", &[])] {
            let calendar = calendar(&promise, zone.clone());
            let start = zoned("2026-02-27T00:00", "America/New_York");
            let mut before = Micros(0);
            for step in 0..400 {
                let filed = start.plus(step * 17 * Micros::HOUR + step * 13 * Micros::MINUTE);
                let (short, long) = (calendar.due(filed, 3).expect("a moment"), calendar.due(filed, 30).expect("a moment"));
                assert!(filed < short && short < long && before <= short, "{filed:?}");
                let local = short.plus(-1).timestamp().to_zoned(zone.clone());
                assert!(WEEKDAYS.iter().any(|day| i64::from(*day) == i64::from(local.weekday().to_monday_one_offset())), "{local}");
                before = short;
            }
        }
    }

    #[test]
    fn absurd_settings_still_end() {
        let rare = Promise { working_days: vec![3], ..business(u32::MAX, "09:00", "09:30", &[]) };
        assert_eq!(calendar(&rare, TimeZone::UTC).due(Micros(0), u32::MAX), None);
        assert_eq!(calendar(&Promise::default(), TimeZone::UTC).due(Micros(i64::MAX), 24), None);
        assert!(calendar(&Promise::default(), TimeZone::UTC).due(Micros(0), u32::MAX).is_none_or(|due| due > Micros(0)));
    }
}
