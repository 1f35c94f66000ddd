//! What has to be read, and when again.

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::{Round, Stream, Window};
use crate::clock::Micros;
use crate::db::Write;
use crate::error::ServiceError;
use crate::orders::{Orders, store};

/// Hotmart began in this year.
const FIRST_YEAR: i16 = 2011;
/// How much is asked for at once. Longer periods are refused or take Hotmart too long in large accounts.
const WINDOW: i64 = 30 * Micros::DAY;
/// A period is halved until it is this short.
pub(super) const WINDOW_MIN: i64 = Micros::DAY;

const NEWEST_EVERY: i64 = 15 * Micros::MINUTE;
const NEWEST_BACK: i64 = 2 * Micros::DAY;
const RECENT_EVERY: i64 = Micros::HOUR;
/// A guarantee has 60 days at most; disputes take longer, which the full round finds.
const RECENT_BACK: i64 = 90 * Micros::DAY;
const FULL_EVERY: i64 = 7 * Micros::DAY;

impl Orders {
    /// Plans the first import of an account that is being connected.
    pub(in crate::orders) async fn plan_import(&self, write: &mut Write, account: &str, now: Micros) -> Result<(), ServiceError> {
        for window in years(now, Round::Import) {
            store::windows::add(write, account, &window).await?;
        }
        store::set_looked(write, account, [now, now, now]).await?;
        Ok(())
    }

    /// Plans the round that is due, if one is. Every round covers those that are shorter.
    pub(super) async fn plan_due(&self, account: &str) -> Result<bool, ServiceError> {
        let mut write = self.0.db.begin().await?;
        let now = self.0.events.now();
        let Some(stand) = store::stand(&mut write, account).await? else { return Ok(false) };
        let is_due = |last: i64, every: i64| now.0 >= last.saturating_add(every);
        let before = Micros(0);
        let (round, looked) = if is_due(stand.full_at, FULL_EVERY) {
            (Round::Full, [now, now, now])
        } else if is_due(stand.recent_at, RECENT_EVERY) {
            (Round::Recent, [now, now, before])
        } else if is_due(stand.newest_at, NEWEST_EVERY) {
            (Round::Newest, [now, before, before])
        } else {
            return Ok(false);
        };
        store::windows::drop_round(&mut write, account, round).await?;
        let planned = match round {
            Round::Import | Round::Full => years(now, round),
            Round::Recent => periods(now.plus(-RECENT_BACK), now, round),
            Round::Newest => periods(now.plus(-NEWEST_BACK), now, round),
        };
        for window in planned {
            store::windows::add(&mut write, account, &window).await?;
        }
        store::set_looked(&mut write, account, looked).await?;
        write.commit().await?;
        Ok(true)
    }
}

/// A question for each year: those without a sale are skipped.
fn years(now: Micros, round: Round) -> Vec<Window> {
    let begins = |year: i16| date(year, 1, 1).to_zoned(TimeZone::UTC).map(|day| Micros(day.timestamp().as_microsecond()));
    let mut all = Vec::new();
    for year in FIRST_YEAR.. {
        let (Ok(starts_at), Ok(next)) = (begins(year), begins(year + 1)) else { break };
        if starts_at >= now {
            break;
        }
        all.push(Window { stream: Stream::Years, starts_at, ends_at: next.min(now), round });
    }
    all
}

/// The windows of all lists for a period.
pub(in crate::orders) fn periods(starts_at: Micros, ends_at: Micros, round: Round) -> Vec<Window> {
    let mut all = Vec::new();
    let mut from = starts_at;
    while from < ends_at {
        let to = from.plus(WINDOW).min(ends_at);
        all.extend(Stream::OF_PERIODS.map(|stream| Window { stream, starts_at: from, ends_at: to, round }));
        from = to;
    }
    all
}

/// Two halves of a window; `None`: it is as short as can be.
pub(super) fn halves(window: &Window) -> Option<[Window; 2]> {
    let length = window.ends_at.0 - window.starts_at.0;
    if length <= WINDOW_MIN {
        return None;
    }
    let middle = window.starts_at.plus(length / 2);
    Some([Window { ends_at: middle, ..window.clone() }, Window { starts_at: middle, ..window.clone() }])
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Micros = Micros(1_796_000_000_000_000);

    #[test]
    fn years_and_periods_leave_no_gap() {
        let years = years(NOW, Round::Import);
        assert_eq!(years.len(), 16, "2011 to 2026");
        assert!(years.windows(2).all(|pair| pair[0].ends_at == pair[1].starts_at) && years[15].ends_at == NOW);
        let sales: Vec<Window> =
            periods(NOW.plus(-RECENT_BACK), NOW, Round::Recent).into_iter().filter(|window| window.stream == Stream::Sales).collect();
        assert_eq!(sales.len(), 3);
        assert!(sales.windows(2).all(|pair| pair[0].ends_at == pair[1].starts_at) && sales[2].ends_at == NOW);
    }

    #[test]
    fn a_window_is_halved_down_to_about_a_day() {
        let mut window = periods(NOW.plus(-WINDOW), NOW, Round::Import).remove(0);
        let mut times = 0;
        while let Some([first, second]) = halves(&window) {
            assert_eq!((first.starts_at, first.ends_at, second.ends_at), (window.starts_at, second.starts_at, window.ends_at));
            window = first;
            times += 1;
        }
        assert!(times == 5 && window.ends_at.0 - window.starts_at.0 <= WINDOW_MIN);
    }
}
