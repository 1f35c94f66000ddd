//! Who of the team is at a ticket at this moment, and who writes: a hint for colleagues, kept in memory by each process and never a lock.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::broadcast;

use crate::clock::{Clock, Micros};

/// A page says so every twenty seconds; who has said nothing for so long is gone.
const GONE_AFTER: i64 = 45 * Micros::SECOND;
/// More tickets than a team has open.
const TICKETS_MAX: usize = 2_000;
const NEWS_MAX: usize = 256;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doing {
    Looks,
    Writes,
    Leaves,
}

impl Doing {
    pub fn parse(word: &str) -> Option<Self> {
        match word {
            "look" => Some(Self::Looks),
            "write" => Some(Self::Writes),
            "leave" => Some(Self::Leaves),
            _ => None,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Self::Looks => "look",
            Self::Writes => "write",
            Self::Leaves => "leave",
        }
    }
}

/// Somebody at a ticket.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Present {
    pub ticket: Arc<str>,
    /// By id.
    pub staff: String,
    pub name: String,
    pub doing: Doing,
}

/// Who was seen at a ticket, by id, and when.
type Seen = HashMap<String, (Present, Micros)>;

/// Copies share what is known.
#[derive(Clone)]
pub struct Presence(Arc<Inner>);

struct Inner {
    clock: Clock,
    /// By ticket.
    present: Mutex<HashMap<Arc<str>, Seen>>,
    news: broadcast::Sender<Present>,
}

impl Presence {
    pub fn new(clock: Clock) -> Self {
        Self(Arc::new(Inner { clock, present: Mutex::default(), news: broadcast::Sender::new(NEWS_MAX) }))
    }

    /// Somebody of the team is at a ticket, or leaves it.
    pub fn see(&self, ticket: &str, staff: &str, name: &str, doing: Doing) {
        let now = self.0.clock.now();
        let seen = Present { ticket: ticket.into(), staff: staff.to_owned(), name: name.to_owned(), doing };
        let mut present = self.0.present.lock().unwrap_or_else(PoisonError::into_inner);
        if present.len() >= TICKETS_MAX {
            present.retain(|_, all| all.values().any(|(_, at)| now < at.plus(GONE_AFTER)));
        }
        if doing == Doing::Leaves {
            if let Some(all) = present.get_mut(ticket) {
                all.remove(staff);
                if all.is_empty() {
                    present.remove(ticket);
                }
            }
        } else if present.len() < TICKETS_MAX || present.contains_key(ticket) {
            present.entry(Arc::clone(&seen.ticket)).or_default().insert(staff.to_owned(), (seen.clone(), now));
        }
        drop(present);
        // An error says that nobody is told.
        let _ = self.0.news.send(seen);
    }

    /// Who else is at a ticket, by name.
    pub fn others(&self, ticket: &str, but: &str) -> Vec<Present> {
        let now = self.0.clock.now();
        let present = self.0.present.lock().unwrap_or_else(PoisonError::into_inner);
        let Some(all) = present.get(ticket) else { return Vec::new() };
        let here = all.values().filter(|(seen, at)| seen.staff != but && now < at.plus(GONE_AFTER));
        let mut here: Vec<Present> = here.map(|(seen, _)| seen.clone()).collect();
        here.sort_by(|one, other| one.name.cmp(&other.name));
        here
    }

    /// What is said of anybody from now on.
    pub fn follow(&self) -> broadcast::Receiver<Present> {
        self.0.news.subscribe()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_says_nothing_more_is_gone_and_one_is_never_told_of_oneself() {
        let clock = Clock::fixed(Micros(0));
        let presence = Presence::new(clock.clone());
        presence.see("t", "ana", "Ana", Doing::Looks);
        presence.see("t", "rui", "Rui", Doing::Writes);
        let names = |but: &str| presence.others("t", but).into_iter().map(|seen| (seen.name, seen.doing)).collect::<Vec<_>>();
        assert_eq!(names("ana"), [("Rui".to_owned(), Doing::Writes)]);
        clock.advance(30 * Micros::SECOND);
        presence.see("t", "ana", "Ana", Doing::Looks);
        clock.advance(20 * Micros::SECOND);
        assert_eq!(names("x"), [("Ana".to_owned(), Doing::Looks)]);
        presence.see("t", "ana", "Ana", Doing::Leaves);
        assert!(names("x").is_empty());
    }

    #[test]
    fn nobody_fills_the_memory_with_tickets() {
        let presence = Presence::new(Clock::fixed(Micros(0)));
        for number in 0..3 * TICKETS_MAX {
            presence.see(&number.to_string(), "ana", "Ana", Doing::Looks);
        }
        assert_eq!(presence.0.present.lock().expect("no panic").len(), TICKETS_MAX);
    }
}
