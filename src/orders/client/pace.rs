//! Keeps the calls for one account below its limit. All that asks for the account shares one.

use std::time::Duration;

use reqwest::header::HeaderMap;
use tokio::sync::Mutex;
use tokio::time::{Instant, sleep_until};

/// Where Hotmart says that there were too many, and not for how long.
const UNSAID_PAUSE: Duration = Duration::from_secs(30);
/// Whatever an answer says, no longer than this.
const PAUSE_MAX: Duration = Duration::from_secs(300);

#[derive(Debug)]
pub(super) struct Pace {
    between: Duration,
    next: Mutex<Instant>,
}

impl Pace {
    pub(super) fn new(calls_per_minute: u32) -> Self {
        Self { between: Duration::from_secs(60) / calls_per_minute.max(1), next: Mutex::new(Instant::now()) }
    }

    /// Returns when the next call may go out.
    pub(super) async fn turn(&self) {
        let at = {
            let mut next = self.next.lock().await;
            let at = (*next).max(Instant::now());
            *next = at + self.between;
            at
        };
        sleep_until(at).await;
    }

    /// Obeys what an answer says of the limit. `refused`: it was a 429.
    pub(super) async fn obey(&self, headers: &HeaderMap, refused: bool) {
        let Some(pause) = pause(headers, refused) else { return };
        let mut next = self.next.lock().await;
        *next = (*next).max(Instant::now() + pause);
    }
}

fn pause(headers: &HeaderMap, refused: bool) -> Option<Duration> {
    let seconds = |name: &str| headers.get(name)?.to_str().ok()?.trim().parse::<u64>().ok().map(Duration::from_secs);
    let is_empty = ["ratelimit-remaining", "x-ratelimit-remaining-minute"].iter().any(|name| seconds(name) == Some(Duration::ZERO));
    if !refused && !is_empty {
        return None;
    }
    Some(seconds("retry-after").or_else(|| seconds("ratelimit-reset")).unwrap_or(UNSAID_PAUSE).min(PAUSE_MAX))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().expect("a name"), value.parse().expect("a value"))).collect()
    }

    #[test]
    fn a_pause_is_as_long_as_hotmart_says_and_no_longer_than_five_minutes() {
        let of = |pairs: &[(&'static str, &'static str)], refused| pause(&said(pairs), refused).map(|pause| pause.as_secs());
        assert_eq!(of(&[("ratelimit-reset", "7")], true), Some(7));
        assert_eq!(of(&[("retry-after", "3"), ("ratelimit-reset", "7")], true), Some(3));
        assert_eq!(of(&[], true), Some(30));
        assert_eq!(of(&[("retry-after", "soon")], true), Some(30));
        assert_eq!(of(&[("ratelimit-reset", "999999")], true), Some(300));
        assert_eq!(of(&[("ratelimit-remaining", "0"), ("ratelimit-reset", "2")], false), Some(2));
        assert_eq!(of(&[("ratelimit-remaining", "12"), ("ratelimit-reset", "2")], false), None);
    }

    #[tokio::test]
    async fn calls_are_spread_over_the_minute() {
        let pace = Pace::new(3000);
        let begun = Instant::now();
        for _ in 0..4 {
            pace.turn().await;
        }
        assert!(begun.elapsed() >= Duration::from_millis(60), "{:?}", begun.elapsed());
    }
}
