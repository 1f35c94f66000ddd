//! Words of the desk, where staff work.

mod account;
mod compare;
mod keys;
mod list;
mod log_in;
mod mail;
mod orders;
mod people;
mod purchases;
mod replies;
mod reports;
mod sales;
mod ticket;
mod tools;

pub use account::DeskAccountTexts;
pub use keys::DeskKeysTexts;
pub use list::DeskListTexts;
pub use log_in::DeskLogInTexts;
pub use mail::DeskMailTexts;
pub use people::DeskPeopleTexts;
pub use replies::DeskRepliesTexts;
pub use reports::{DeskReportsTexts, FigureTexts};
pub use ticket::DeskTicketTexts;
pub use tools::DeskToolsTexts;

use super::Lang;

impl Lang {
    /// "40 min", "3 h", "2 d": how far a moment is away, as short as it can be told.
    pub fn short_time(self, micros: i64) -> String {
        let minutes = micros.abs() / 60_000_000;
        match minutes {
            ..60 => format!("{} min", minutes.max(1)),
            60..2880 => format!("{} h", minutes / 60),
            _ => format!("{} d", minutes / 1440),
        }
    }

    /// "30 segundos", "2 minutos", "1 hora": how long somebody has to wait, rounded up.
    pub fn waiting_time(self, seconds: i64) -> String {
        let (count, names) = match seconds {
            ..60 => (seconds.max(1), [["segundo", "segundos"], ["segundo", "segundos"], ["second", "seconds"]]),
            60..3600 => ((seconds + 59) / 60, [["minuto", "minutos"], ["minuto", "minutos"], ["minute", "minutes"]]),
            _ => ((seconds + 3599) / 3600, [["hora", "horas"], ["hora", "horas"], ["hour", "hours"]]),
        };
        format!("{count} {}", names[self as usize][usize::from(count != 1)])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_told_in_the_largest_unit_and_never_too_short() {
        for (seconds, told) in [(0, "1 second"), (30, "30 seconds"), (60, "1 minute"), (61, "2 minutes"), (3600, "1 hour"), (3601, "2 hours")] {
            assert_eq!(Lang::En.waiting_time(seconds), told);
        }
        assert_eq!(Lang::Pt.waiting_time(120), "2 minutos");
    }
}
