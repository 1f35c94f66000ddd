//! Who may see a ticket. Links and cookies are made from the server's key, not stored, so that they can be made again at any
//! time; raising the ticket's generation revokes them all.

use data_encoding::{BASE32HEX_NOPAD, BASE64URL_NOPAD};

use super::model::{Reference, TicketKey};
use crate::clock::{Clock, Micros};
use crate::i18n::Lang;
use crate::key::{ServerKey, same};

/// A browser keeps the right to a ticket for so long; the link gives it again.
pub const COOKIE_MAX_SECONDS: i64 = 30 * 24 * 3600;

/// What a reader has shown about themselves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Right {
    /// They filed the ticket: they see what was typed and the status.
    Filer,
    /// They opened a link from an email to the ticket's address: they see staff's answers too.
    Mailbox,
}

impl Right {
    const ALL: [Self; 2] = [Self::Filer, Self::Mailbox];

    fn letter(self) -> &'static str {
        match self {
            Self::Filer => "f",
            Self::Mailbox => "m",
        }
    }
}

/// Signs and checks links and cookies.
pub struct Access<'key> {
    key: &'key ServerKey,
    clock: &'key Clock,
}

impl<'key> Access<'key> {
    pub(super) fn new(key: &'key ServerKey, clock: &'key Clock) -> Self {
        Self { key, clock }
    }

    /// The secret part of a link to a ticket.
    pub fn link_token(&self, ticket: &TicketKey, right: Right) -> String {
        self.key.tag("ticket link", &[ticket.id.as_bytes(), right.letter().as_bytes(), &ticket.generation.to_be_bytes()])
    }

    /// What a link's token gives; `None` for any that was not made for this ticket and its present generation.
    pub fn verify_link(&self, ticket: &TicketKey, token: &str) -> Option<Right> {
        Right::ALL.into_iter().find(|right| same(token, &self.link_token(ticket, *right)))
    }

    /// What names a ticket in the address that answers to our emails go to: the reference, and a signature. In small letters, since mail programs
    /// change capitals in addresses.
    pub fn reply_token(&self, ticket: &TicketKey) -> String {
        format!("{}-{}", ticket.reference.as_str().replace('-', "").to_ascii_lowercase(), self.reply_tag(ticket))
    }

    /// The ticket that such a token speaks of, not checked yet.
    pub fn reference_in(token: &str) -> Option<Reference> {
        token.split_once('-').and_then(|(reference, _)| Reference::parse(reference))
    }

    /// Whether a token was made for this ticket and its present generation.
    pub fn verify_reply(&self, ticket: &TicketKey, token: &str) -> bool {
        same(&token.to_ascii_lowercase(), &self.reply_token(ticket))
    }

    fn reply_tag(&self, ticket: &TicketKey) -> String {
        let tag = self.key.tag("ticket reply", &[ticket.id.as_bytes(), &ticket.generation.to_be_bytes()]);
        // Made by the same encoding a line above: it always decodes.
        BASE32HEX_NOPAD.encode(&BASE64URL_NOPAD.decode(tag.as_bytes()).unwrap_or_default()).to_ascii_lowercase()
    }

    /// What only the browser gets that filed a ticket. It stays the same when links are revoked.
    pub fn filed_token(&self, ticket: &TicketKey) -> String {
        self.key.tag("ticket filed", &[ticket.id.as_bytes()])
    }

    /// Whether a browser filed the ticket. `corrections`: how often that revoked the links; whoever else did took this away too.
    pub fn verify_filed(&self, ticket: &TicketKey, corrections: i64, value: &str) -> bool {
        ticket.generation == 1 + corrections && same(value, &self.filed_token(ticket))
    }

    /// The cookie's value: the right, its end in seconds since 1970, and a signature.
    pub fn cookie_value(&self, ticket: &TicketKey, right: Right) -> String {
        let end = self.clock.now().0 / Micros::SECOND + COOKIE_MAX_SECONDS;
        format!("{}.{end}.{}", right.letter(), self.cookie_tag(ticket, right, end))
    }

    /// What a cookie gives; `None` when it is over, revoked or another's.
    pub fn verify_cookie(&self, ticket: &TicketKey, value: &str) -> Option<Right> {
        let (letter, rest) = value.split_once('.')?;
        let (end, tag) = rest.split_once('.')?;
        let right = Right::ALL.into_iter().find(|right| right.letter() == letter)?;
        let end: i64 = end.parse().ok()?;
        let is_over = end <= self.clock.now().0 / Micros::SECOND;
        (!is_over && same(tag, &self.cookie_tag(ticket, right, end))).then_some(right)
    }

    fn cookie_tag(&self, ticket: &TicketKey, right: Right, end: i64) -> String {
        let parts: [&[u8]; 4] = [ticket.id.as_bytes(), right.letter().as_bytes(), &ticket.generation.to_be_bytes(), &end.to_be_bytes()];
        self.key.tag("ticket cookie", &parts)
    }
}

/// How the names of tickets' cookies begin.
pub const TICKET_COOKIES: &str = "ajuda_";

/// The name of a ticket's cookie.
pub fn cookie_name(reference: &Reference) -> String {
    format!("{TICKET_COOKIES}{}", reference.as_str().replace('-', ""))
}

/// The name of the cookie of the browser that filed a ticket.
pub fn filed_cookie_name(reference: &Reference) -> String {
    format!("{TICKET_COOKIES}filed_{}", reference.as_str().replace('-', ""))
}

/// Address path of a ticket's page, without any right to see it.
pub fn page_path(lang: Lang, reference: &Reference) -> String {
    format!("/{}/requests/{reference}", lang.code())
}

/// Address path of the link that gives the right to see a ticket. Never to be logged.
pub fn link_path(lang: Lang, reference: &Reference, token: &str) -> String {
    format!("{}?key={token}", page_path(lang, reference))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ticket(id: &str, generation: i64) -> TicketKey {
        TicketKey { id: id.into(), reference: Reference::parse("K7M4QX92P").expect("a reference"), generation }
    }

    fn with_access(test: impl Fn(&Access<'_>, &Clock)) {
        let key = ServerKey::parse(&"5a".repeat(32)).expect("a key");
        let clock = Clock::fixed(Micros(1_700_000_000 * Micros::SECOND));
        test(&Access::new(&key, &clock), &clock);
    }

    #[test]
    fn a_link_opens_its_own_ticket_only_with_its_own_right() {
        with_access(|access, _| {
            let token = access.link_token(&ticket("a", 1), Right::Filer);
            assert_eq!(access.verify_link(&ticket("a", 1), &token), Some(Right::Filer));
            assert_eq!(access.verify_link(&ticket("b", 1), &token), None);
            assert_eq!(access.verify_link(&ticket("a", 2), &token), None, "revoked");
            let mailed = access.link_token(&ticket("a", 1), Right::Mailbox);
            assert_eq!(access.verify_link(&ticket("a", 1), &mailed), Some(Right::Mailbox));
            assert_ne!(token, mailed);
            let other = ServerKey::parse(&"5b".repeat(32)).expect("a key");
            assert_eq!(Access::new(&other, access.clock).verify_link(&ticket("a", 1), &token), None, "another server's key");
        });
    }

    #[test]
    fn a_token_with_any_character_changed_or_missing_is_refused() {
        with_access(|access, _| {
            let token = access.link_token(&ticket("a", 1), Right::Filer);
            for place in 0..token.len() {
                let mut changed = token.clone().into_bytes();
                changed[place] = if changed[place] == b'A' { b'B' } else { b'A' };
                let changed = String::from_utf8(changed).expect("ASCII");
                assert_eq!(access.verify_link(&ticket("a", 1), &changed), None, "{changed}");
                assert_eq!(access.verify_link(&ticket("a", 1), &token[..place]), None);
            }
            for hostile in ["", "=", "\0", "á", &token.repeat(2), &"A".repeat(100_000)] {
                assert_eq!(access.verify_link(&ticket("a", 1), hostile), None);
            }
        });
    }

    #[test]
    fn a_reply_token_survives_capitals_and_is_good_for_its_own_ticket_and_generation() {
        with_access(|access, _| {
            let token = access.reply_token(&ticket("a", 1));
            assert!(token.len() < 48 && token.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-'), "{token}");
            assert!(access.verify_reply(&ticket("a", 1), &token) && access.verify_reply(&ticket("a", 1), &token.to_ascii_uppercase()));
            assert_eq!(Access::reference_in(&token), Some(ticket("a", 1).reference));
            assert!(!access.verify_reply(&ticket("b", 1), &token) && !access.verify_reply(&ticket("a", 2), &token));
            let tag = access.link_token(&ticket("a", 1), Right::Mailbox);
            for hostile in ["", "-", "k7m4qx92p", "k7m4qx92p-", &token[..token.len() - 1], &format!("{token}0"), &tag, &"a".repeat(100_000)] {
                assert!(!access.verify_reply(&ticket("a", 1), hostile), "{hostile}");
            }
        });
    }

    #[test]
    fn a_cookie_ends_and_can_not_be_prolonged_or_raised() {
        with_access(|access, clock| {
            let value = access.cookie_value(&ticket("a", 1), Right::Filer);
            assert_eq!(access.verify_cookie(&ticket("a", 1), &value), Some(Right::Filer));
            assert_eq!(access.verify_cookie(&ticket("b", 1), &value), None);
            assert_eq!(access.verify_cookie(&ticket("a", 2), &value), None);
            assert_eq!(access.verify_cookie(&ticket("a", 1), &value.replacen('f', "m", 1)), None);
            let (right, end_and_tag) = value.split_once('.').expect("a right");
            let (end, tag) = end_and_tag.split_once('.').expect("an end");
            let later: i64 = end.parse::<i64>().expect("a number") + 1;
            assert_eq!(access.verify_cookie(&ticket("a", 1), &format!("{right}.{later}.{tag}")), None);
            assert_eq!(access.verify_cookie(&ticket("a", 1), &format!("{right}.{end}.{}", access.link_token(&ticket("a", 1), Right::Filer))), None);
            for hostile in ["", ".", "..", "f", "f.", "f.9", "f.99999999999999999999.x", "m..", "f.-1.x"] {
                assert_eq!(access.verify_cookie(&ticket("a", 1), hostile), None, "{hostile}");
            }
            clock.advance(COOKIE_MAX_SECONDS * Micros::SECOND);
            assert_eq!(access.verify_cookie(&ticket("a", 1), &value), None, "over");
        });
    }
}
