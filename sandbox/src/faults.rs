//! What can go wrong on demand. Which call fails depends on how many calls came before, so a test repeats exactly.

use std::str::FromStr;

/// Each is something that the real API was seen to do, or that any server may do. Read from a list such as `html,slow-502=7`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Faults {
    /// 400 where `transaction_status` comes more than once.
    pub no_repeated_key: bool,
    /// 200 without a body where a list is empty.
    pub empty_body: bool,
    /// 200 without `items` where a list is empty.
    pub no_items: bool,
    /// A 502 in HTML, for every eleventh call.
    pub html: bool,
    /// Every fifth further page names itself as the next one.
    pub same_cursor: bool,
    /// 502 for a window of more days than this.
    pub slow_502: Option<u32>,
    /// 429 for every thirteenth call, to be tried again in a second.
    pub rate_limit: bool,
    /// Every seventeenth call ends the token.
    pub expire_token: bool,
    /// The connection is cut in the middle of every nineteenth answer.
    pub broken: bool,
    /// Every answer goes on without end.
    pub huge: bool,
    /// Every answer begins, and then comes a byte a second.
    pub stall: bool,
    /// No call gets an answer.
    pub silent: bool,
    /// Every call is sent elsewhere, to where nothing listens.
    pub redirect: bool,
    /// Fields and states that no document names.
    pub unknown: bool,
    /// Subscriptions date in seconds, as the document's samples do.
    pub seconds: bool,
    /// Commissions say `currency_code`, as some saw, for `currency_value`.
    pub currency_code: bool,
    /// No `/user/api/v1/me`, which is new.
    pub no_me: bool,
}

/// For the help of the command line, and for who mistypes one.
pub const WORDS: &str = "no-repeated-key, empty-body, no-items, html, same-cursor, slow-502[=DAYS], rate-limit, expire-token, broken, huge, stall, silent, \
    redirect, unknown, seconds, currency-code, no-me";

/// Without a number, a window of more days is too slow. Below the 30 that most clients use.
const SLOW: u32 = 20;

impl FromStr for Faults {
    type Err = String;

    fn from_str(list: &str) -> Result<Self, String> {
        let mut faults = Self::default();
        for word in list.split(',').map(str::trim).filter(|word| !word.is_empty()) {
            let known = match word {
                "no-repeated-key" => &mut faults.no_repeated_key,
                "empty-body" => &mut faults.empty_body,
                "no-items" => &mut faults.no_items,
                "html" => &mut faults.html,
                "same-cursor" => &mut faults.same_cursor,
                "rate-limit" => &mut faults.rate_limit,
                "expire-token" => &mut faults.expire_token,
                "broken" => &mut faults.broken,
                "huge" => &mut faults.huge,
                "stall" => &mut faults.stall,
                "silent" => &mut faults.silent,
                "redirect" => &mut faults.redirect,
                "unknown" => &mut faults.unknown,
                "seconds" => &mut faults.seconds,
                "currency-code" => &mut faults.currency_code,
                "no-me" => &mut faults.no_me,
                _ => {
                    faults.slow_502 = Some(slow(word)?);
                    continue;
                }
            };
            *known = true;
        }
        Ok(faults)
    }
}

fn slow(word: &str) -> Result<u32, String> {
    let unknown = || format!("no fault is called `{word}`; there are {WORDS}");
    let rest = word.strip_prefix("slow-502").ok_or_else(unknown)?;
    if rest.is_empty() {
        return Ok(SLOW);
    }
    rest.strip_prefix('=').and_then(|days| days.parse().ok()).ok_or_else(unknown)
}

/// What happens to one call.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mishap {
    Html,
    RateLimit,
    ExpireToken,
    Broken,
    Huge,
    Stall,
    Silent,
    Redirect,
}

impl Faults {
    /// `call` counts from 1. The numbers share no factor, so two mishaps of one call are rare, and a call that is made again passes.
    pub(crate) fn mishap(&self, call: u64) -> Option<Mishap> {
        let every = |faulty: bool, times: u64, mishap| (faulty && call.is_multiple_of(times)).then_some(mishap);
        every(self.redirect, 1, Mishap::Redirect)
            .or(every(self.silent, 1, Mishap::Silent))
            .or(every(self.stall, 1, Mishap::Stall))
            .or(every(self.huge, 1, Mishap::Huge))
            .or(every(self.html, 11, Mishap::Html))
            .or(every(self.rate_limit, 13, Mishap::RateLimit))
            .or(every(self.expire_token, 17, Mishap::ExpireToken))
            .or(every(self.broken, 19, Mishap::Broken))
    }
}
