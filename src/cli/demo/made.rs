//! What happened to one made-up ticket.

use super::random::Random;
use super::texts;
use crate::articles::model::{Article, CodeWish, Library, Reason};
use crate::clock::Micros;
use crate::customers::AddressKey;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::tickets::model::{Channel, Priority, Proof, QuarantineReason, Rating, Reference, Status, Ticket, TicketKey, Transition};
use crate::tickets::{Past, Tickets};

/// Between these many days ago a ticket was filed that is closed by now.
const CLOSED_DAYS_MIN: i64 = 20;
pub(super) const CLOSED_DAYS_MAX: i64 = 220;
/// What is solved is closed so long afterwards.
const CLOSED_AFTER: i64 = 14 * Micros::DAY;
/// One in so many tickets is open, besides some that are in any case.
const OPEN_OF: u64 = 25;
const OPEN_MIN: u64 = 100;
const TAGS: [&str; 8] = ["boleto", "bug", "chargeback", "follow-up", "imposto", "pix", "upsell", "vip"];

/// Somebody who writes.
#[derive(Debug, Clone)]
pub struct Person {
    pub lang: Lang,
    pub name: String,
    pub email: String,
    /// Of something that they bought.
    pub code: Option<String>,
}

pub(super) struct Customer {
    pub(super) person: Person,
    pub(super) address: AddressKey,
}

/// How a ticket ends up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fate {
    Open,
    Solved,
    Closed,
    Quarantined,
}

impl Fate {
    /// Of so many tickets; a small help center has more that is open.
    pub(super) fn of(random: &mut Random, tickets: u64) -> Self {
        let open = (OPEN_MIN + tickets / OPEN_OF).min(tickets * 2 / 5);
        let drawn = random.below(tickets);
        match drawn {
            _ if drawn < open => Self::Open,
            _ if drawn < open + tickets / 20 => Self::Solved,
            _ if drawn < open + tickets / 20 + tickets / 60 => Self::Quarantined,
            _ => Self::Closed,
        }
    }
}

pub(super) struct World<'a> {
    pub(super) tickets: &'a Tickets,
    pub(super) library: &'a Library,
    /// Ids.
    pub(super) staff: Vec<String>,
    pub(super) customers: Vec<Customer>,
    pub(super) now: Micros,
    pub(super) seed: u64,
}

impl<'a> World<'a> {
    /// The same for the same ticket.
    pub(super) fn random(&self, number: u64) -> Random {
        Random::new(Random::new(self.seed ^ number.rotate_left(32)).next())
    }

    pub(super) fn ticket(&self, number: u64, fate: Fate) -> Result<Past<'a>, ServiceError> {
        let mut random = self.random(number);
        // What decided the fate.
        random.next();
        let age = match fate {
            Fate::Closed => random.between(CLOSED_DAYS_MIN * Micros::DAY, CLOSED_DAYS_MAX * Micros::DAY),
            Fate::Solved => random.between(Micros::DAY, 12 * Micros::DAY),
            Fate::Quarantined => random.between(Micros::MINUTE, 20 * Micros::DAY),
            // Half of what is open is of the last three days, the oldest is a hundred days old.
            Fate::Open => random.between(1, 100).pow(5) * (100 * Micros::DAY / 100_i64.pow(5)) + random.between(0, 6 * Micros::HOUR),
        };
        let mut past = self.filed(number, self.now.plus(-age), fate, &mut random)?;
        match fate {
            Fate::Quarantined => {}
            Fate::Open => self.worked_at(&mut past, &mut random)?,
            Fate::Solved | Fate::Closed => self.over(&mut past, fate == Fate::Closed, &mut random)?,
        }
        Ok(past)
    }

    fn filed(&self, number: u64, at: Micros, fate: Fate, random: &mut Random) -> Result<Past<'a>, ServiceError> {
        let nobody = || ServiceError::Broken("nobody writes in the demo".into());
        let customer = self.customers.get(usize::try_from(number % self.customers.len() as u64).unwrap_or_default()).ok_or_else(nobody)?;
        let person = &customer.person;
        let reason = random.pick(&self.library.reasons);
        let article = random.chance(60).then(|| self.article(reason, random)).flatten();
        let (subject, body) = if fate == Fate::Quarantined { texts::spam(random) } else { texts::first(person.lang, reason, random) };
        let has_code = reason.is_some_and(|reason| reason.code != CodeWish::Never) && random.chance(60);
        let channel = if random.chance(20) { Channel::Email } else { Channel::Form };
        let ticket = Ticket {
            key: TicketKey { id: String::new(), reference: Reference::of_number(number.wrapping_add(self.seed << 24)), generation: 1 },
            created_at: at,
            updated_at: at,
            status: Status::New,
            quarantine: if fate == Fate::Quarantined { random.pick(QuarantineReason::ALL).copied() } else { None },
            proof: *random.pick(&[Proof::None, Proof::None, Proof::Session, Proof::MailboxLink, Proof::VouchedEmail]).unwrap_or(&Proof::None),
            customer: customer.address.customer.clone(),
            address: customer.address.id.clone(),
            email: person.email.clone(),
            name: person.name.clone(),
            lang: person.lang,
            subject,
            article: article.map(|article| article.id.clone()),
            reason: reason.map(|reason| reason.id.clone()),
            code: has_code.then(|| person.code.clone().unwrap_or_else(|| format!("HP{:010}", random.below(10_000_000_000)))),
            priority: reason.and_then(|reason| reason.priority).unwrap_or(if random.chance(10) { Priority::Low } else { Priority::Normal }),
            assignee: None,
            tags: Vec::new(),
            snoozed_until: None,
            due_at: None,
            answered_at: None,
            solved_at: None,
            follow_up_of: None,
            rating: None,
        };
        Ok(self.tickets.past(ticket, channel, body, self.random(number).next()))
    }

    /// An article whose readers are offered the reason.
    fn article(&self, reason: Option<&Reason>, random: &mut Random) -> Option<&'a Article> {
        let sections: Vec<_> = self.library.sections.iter().filter(|section| reason.is_none_or(|reason| reason.is_for(&section.id))).collect();
        let topics: Vec<_> = sections.iter().flat_map(|section| &section.topics).collect();
        let topic = random.pick(&topics).copied()?;
        random.pick(&topic.articles).map(AsRef::as_ref)
    }

    /// A ticket that is not over.
    fn worked_at(&self, past: &mut Past<'a>, random: &mut Random) -> Result<(), ServiceError> {
        let lang = past.ticket().lang;
        let mut at = past.ticket().created_at;
        if random.chance(25) {
            return Ok(());
        }
        let who = self.taken(past, &mut at, random);
        if random.chance(15) {
            self.goes_by(&mut at, 90, random);
            past.noted(at, &who, texts::note(lang, random));
        }
        if random.chance(30) {
            past.moved(at, Transition::Opened, &Actor::Staff(who.clone()))?;
        } else {
            while random.chance(55) {
                self.goes_by(&mut at, 600, random);
                past.answered(at, &who, texts::answer(lang, random))?;
                if random.chance(35) {
                    break;
                }
                self.goes_by(&mut at, 900, random);
                past.customer_wrote(at, texts::reply(lang, random))?;
            }
        }
        if random.chance(7) {
            let until = self.now.plus(random.between(-2, 10) * 12 * Micros::HOUR);
            past.snoozed(at, Some(until), &Actor::Staff(who));
        }
        Ok(())
    }

    /// A ticket that was solved, and perhaps closed.
    fn over(&self, past: &mut Past<'a>, closes: bool, random: &mut Random) -> Result<(), ServiceError> {
        let lang = past.ticket().lang;
        let mut at = past.ticket().created_at;
        let who = self.taken(past, &mut at, random);
        self.goes_by(&mut at, 300, random);
        past.answered(at, &who, texts::answer(lang, random))?;
        if random.chance(30) {
            self.goes_by(&mut at, 600, random);
            past.customer_wrote(at, texts::reply(lang, random))?;
            self.goes_by(&mut at, 300, random);
            past.answered(at, &who, texts::answer(lang, random))?;
        }
        self.goes_by(&mut at, 120, random);
        let by = if random.chance(30) { Actor::Customer } else { Actor::Staff(who) };
        past.moved(at, Transition::Solved, &by)?;
        if random.chance(30) {
            self.goes_by(&mut at, 240, random);
            let stars = *random.pick(&[5, 5, 5, 4, 4, 3, 2, 1]).unwrap_or(&5);
            past.rated(at, Rating { stars, comment: random.chance(40).then(|| texts::comment(lang, stars)) });
        }
        if closes {
            past.moved(at.plus(CLOSED_AFTER), Transition::Closed, &Actor::System("closing"))?;
        }
        Ok(())
    }

    /// Somebody looks at it: takes it mostly, and perhaps puts tags on it. Returns who.
    fn taken(&self, past: &mut Past<'a>, at: &mut Micros, random: &mut Random) -> String {
        let who = random.pick(&self.staff).cloned().unwrap_or_default();
        let by = Actor::Staff(who.clone());
        self.goes_by(at, 60, random);
        if random.chance(65) {
            past.assigned(*at, &who, &by);
        }
        if random.chance(30) {
            let mut tags: Vec<String> = (0..random.between(1, 3)).filter_map(|_| random.pick(&TAGS).map(|tag| (*tag).to_owned())).collect();
            tags.sort();
            tags.dedup();
            past.tagged(*at, tags, &by);
        }
        if random.chance(12) {
            past.prioritized(*at, *random.pick(Priority::ALL).unwrap_or(&Priority::Normal), &by);
        }
        who
    }

    /// Some minutes pass; never beyond now.
    fn goes_by(&self, at: &mut Micros, minutes_max: i64, random: &mut Random) {
        let left = self.now.0.saturating_sub(at.0).max(0);
        *at = at.plus(random.between(1, minutes_max) * Micros::MINUTE.min(left / (minutes_max + 1)));
    }
}
