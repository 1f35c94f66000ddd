//! When the first answer is due.

use jiff::ToSpan;
use jiff::tz::TimeZone;

use crate::clock::Micros;
use crate::config::Promise;

/// More hours than this are cut, so that the walk over the calendar ends.
const HOURS_MAX: u32 = 24 * 366;

/// The promised hours after a moment, where the clock runs on working days only, all day long, in the help centre's zone.
/// A message of Friday at 15:00 with 24 hours is due on Monday at 15:00.
pub(super) fn first_answer_due(filed: Micros, promise: &Promise, time_zone: &TimeZone) -> Micros {
    let mut remaining = i64::from(promise.first_answer_hours.min(HOURS_MAX)) * Micros::HOUR;
    let mut at = filed;
    loop {
        let local = at.timestamp().to_zoned(time_zone.clone());
        // Only fails at the end of the calendar, thousands of years from now.
        let Ok(tomorrow) = local.start_of_day().and_then(|midnight| midnight.checked_add(1.day())).and_then(|day| day.start_of_day()) else {
            return at;
        };
        let tomorrow = Micros::from(tomorrow.timestamp());
        if promise.working_days.iter().any(|day| i64::from(*day) == i64::from(local.weekday().to_monday_one_offset())) {
            let left_today = tomorrow.0 - at.0;
            if remaining <= left_today {
                return at.plus(remaining);
            }
            remaining -= left_today;
        }
        at = tomorrow;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn due(filed: &str, hours: u32, days: &[u8]) -> String {
        let zone = TimeZone::get("America/Sao_Paulo").expect("a zone");
        let filed: jiff::Zoned = format!("{filed}[America/Sao_Paulo]").parse().expect("a moment");
        let promise = Promise { first_answer_hours: hours, working_days: days.to_vec() };
        let due = first_answer_due(filed.timestamp().into(), &promise, &zone);
        due.timestamp().to_zoned(zone).strftime("%a %d %H:%M").to_string()
    }

    #[test]
    fn the_clock_stands_still_at_the_weekend() {
        let weekdays = [1, 2, 3, 4, 5];
        assert_eq!(due("2026-11-23T09:30", 24, &weekdays), "Tue 24 09:30");
        assert_eq!(due("2026-11-20T15:00", 24, &weekdays), "Mon 23 15:00");
        assert_eq!(due("2026-11-21T11:00", 24, &weekdays), "Tue 24 00:00");
        assert_eq!(due("2026-11-21T11:00", 4, &weekdays), "Mon 23 04:00");
        assert_eq!(due("2026-11-21T11:00", 24, &[1, 2, 3, 4, 5, 6, 7]), "Sun 22 11:00");
        assert_eq!(due("2026-11-23T09:30", 0, &weekdays), "Mon 23 09:30");
    }

    #[test]
    fn absurd_settings_still_give_a_moment() {
        let promise = Promise { first_answer_hours: u32::MAX, working_days: vec![3] };
        assert!(first_answer_due(Micros(i64::MAX), &promise, &TimeZone::UTC) <= Micros(i64::MAX));
        assert!(first_answer_due(Micros(0), &promise, &TimeZone::UTC) > Micros(0));
    }
}
