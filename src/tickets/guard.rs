//! What is kept aside. Nobody is told and nothing is lost: staff see it by `ajuda tickets list --quarantine` and let it through by
//! `ajuda tickets release`. Only far over the limits is a message refused, and then its page says so and keeps what was typed.

use crate::config::Limits;

/// A field that people can't see or reach, with a name that no browser fills in by itself. Programs that fill in everything fill it in.
pub const HONEYPOT: &str = "homepage";

/// So many times the limit are kept aside before messages are refused, so that a flood can't fill the disk.
const REFUSED_FROM_TIMES_LIMIT: i64 = 5;

/// Why a ticket is kept aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Held {
    /// The invisible field was filled in.
    Trap,
    /// More messages from one network than `limits.tickets_per_network_per_hour`.
    Network,
    /// More messages from one address than `limits.tickets_per_email_per_hour`.
    Email,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Accept,
    KeepAside(Held),
    Refuse,
}

impl Held {
    /// The word that is stored.
    pub fn word(self) -> &'static str {
        match self {
            Self::Trap => "trap",
            Self::Network => "network",
            Self::Email => "email",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        [Self::Trap, Self::Network, Self::Email].into_iter().find(|held| held.word() == word)
    }
}

/// Judges a message; the counts are those of this hour and include it.
pub(super) fn judge(trapped: bool, of_network: i64, of_email: i64, limits: &Limits) -> Verdict {
    let network_limit = i64::from(limits.tickets_per_network_per_hour);
    let email_limit = i64::from(limits.tickets_per_email_per_hour);
    if of_network > network_limit * REFUSED_FROM_TIMES_LIMIT || of_email > email_limit * REFUSED_FROM_TIMES_LIMIT {
        Verdict::Refuse
    } else if trapped {
        Verdict::KeepAside(Held::Trap)
    } else if of_network > network_limit {
        Verdict::KeepAside(Held::Network)
    } else if of_email > email_limit {
        Verdict::KeepAside(Held::Email)
    } else {
        Verdict::Accept
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn over_a_limit_is_kept_aside_and_far_over_it_is_refused() {
        let limits = Limits { tickets_per_network_per_hour: 20, tickets_per_email_per_hour: 6, ..Limits::default() };
        assert_eq!(judge(false, 20, 6, &limits), Verdict::Accept);
        assert_eq!(judge(true, 1, 1, &limits), Verdict::KeepAside(Held::Trap));
        assert_eq!(judge(false, 21, 1, &limits), Verdict::KeepAside(Held::Network));
        assert_eq!(judge(false, 1, 7, &limits), Verdict::KeepAside(Held::Email));
        assert_eq!(judge(false, 100, 30, &limits), Verdict::KeepAside(Held::Network));
        assert_eq!(judge(false, 101, 1, &limits), Verdict::Refuse);
        assert_eq!(judge(true, 1, 31, &limits), Verdict::Refuse);
    }
}
