//! A customer shows that a mailbox is theirs, by a code or a link that came by mail, and sees all tickets of its address. Code and link are
//! made from the log-in's id with the server's key, so that a mail that is tried again says the same and nothing secret is stored.

use std::net::IpAddr;

use data_encoding::BASE64URL_NOPAD;

use super::access::same;
use super::login_store as store;
use super::model::{Email, Reference, Ticket};
use super::{TicketError, Tickets};
use crate::clock::Micros;
use crate::db;
use crate::i18n::Lang;
use crate::key::ServerKey;
use crate::mail::{LoginFacts, Mail};

/// Code and link can be used for so long.
pub const LOGIN_MAX_MINUTES: i64 = 15;
/// A browser sees an address's tickets for so long.
pub const SESSION_MAX_SECONDS: i64 = 7 * 24 * 3600;
/// Of a code of eight digits, so many guesses are nothing.
const TRIES_MAX: i64 = 5;
const PER_ADDRESS_PER_HOUR_MAX: i64 = 5;
const PER_NETWORK_PER_HOUR_MAX: i64 = 30;
/// More than a person files; the list stays one page.
const TICKETS_MAX: i64 = 200;
/// Things said that a search looks through.
const WORDS_MAX: i64 = 5000;
const CODES: u64 = 100_000_000;

/// What somebody holds who says that a mailbox is theirs.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    /// Eight digits; whatever else was typed between them is forgiven.
    Code(&'a str),
    Link(&'a str),
}

/// A ticket in the list of its address.
#[derive(Debug, Clone)]
pub struct Listed {
    pub ticket: Ticket,
    /// When staff answered last.
    pub answered_last: Option<Micros>,
}

impl Tickets {
    /// Somebody says that an address is theirs. Returns the log-in's id, which is no secret. What happens is the same whether there are
    /// tickets of that address or not, but for the mail.
    pub async fn ask_login(&self, email: &Email, lang: Lang, from: IpAddr) -> Result<String, TicketError> {
        let (key, now) = (self.0.key.get()?, self.0.clock.now());
        let mut write = self.0.db.begin().await?;
        let of_network = super::store::use_budget(&mut write, &key.tag("login network", &[key.network_tag(from).as_bytes()]), now).await?;
        let of_address = super::store::use_budget(&mut write, &key.tag("login address", &[email.key().as_bytes()]), now).await?;
        if of_network > PER_NETWORK_PER_HOUR_MAX || of_address > PER_ADDRESS_PER_HOUR_MAX {
            return Err(TicketError::TooMany);
        }
        let id = db::new_id(now)?;
        store::insert_login(&mut write, &id, &email.key(), now.plus(LOGIN_MAX_MINUTES * Micros::MINUTE)).await?;
        if store::is_known(&mut write, &email.key()).await? {
            self.0.outbox.put(&mut write, &Mail::of_login(&id, lang), now).await?;
        }
        write.commit().await?;
        self.0.outbox.wake();
        Ok(id)
    }

    /// Uses a log-in, once. Returns the value of the cookie that opens the address's tickets; `NotFound` for whatever is wrong with it.
    pub async fn log_in(&self, id: &str, proof: Proof<'_>) -> Result<String, TicketError> {
        let (key, now) = (self.0.key.get()?, self.0.clock.now());
        let mut write = self.0.db.begin().await?;
        let Some(email_key) = store::try_login(&mut write, id, now, TRIES_MAX).await? else { return Err(TicketError::NotFound) };
        let is_right = match proof {
            Proof::Code(typed) => same(&typed.chars().filter(char::is_ascii_digit).collect::<String>(), &code(key, id)),
            Proof::Link(token) => same(token, &link_token(key, id)),
        };
        if !is_right {
            // The try counts.
            write.commit().await?;
            return Err(TicketError::NotFound);
        }
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|_| TicketError::Unavailable("no random numbers from the system".into()))?;
        let cookie = BASE64URL_NOPAD.encode(&random);
        store::use_login(&mut write, id, now).await?;
        store::insert_session(&mut write, &session_tag(key, &cookie), &email_key, now.plus(SESSION_MAX_SECONDS * Micros::SECOND)).await?;
        super::store::prove_address(&mut write, &email_key, now).await?;
        write.commit().await?;
        Ok(cookie)
    }

    /// The address whose tickets a cookie opens, in the form in which addresses are compared.
    pub async fn session(&self, cookie: &str) -> Result<Option<String>, TicketError> {
        Ok(store::session(&self.0.db.ready().await?, &session_tag(self.0.key.get()?, cookie), self.0.clock.now()).await?)
    }

    /// The cookie opens nothing any more.
    pub async fn log_out(&self, cookie: &str) -> Result<(), TicketError> {
        let mut write = self.0.db.begin().await?;
        store::end_session(&mut write, &session_tag(self.0.key.get()?, cookie)).await?;
        Ok(write.commit().await?)
    }

    /// Whether a ticket is one of an address.
    pub async fn is_of(&self, reference: &Reference, email_key: &str) -> Result<bool, TicketError> {
        let ticket = super::store::ticket_by_reference(&self.0.db.ready().await?, reference).await?;
        Ok(ticket.is_some_and(|ticket| ticket.email.to_ascii_lowercase() == email_key))
    }

    /// The tickets of an address, newest first; those that hold a text, where one is sought.
    pub async fn of_address(&self, email_key: &str, sought: &str) -> Result<Vec<Listed>, TicketError> {
        let pool = self.0.db.ready().await?;
        let answers = store::last_answers(&pool, email_key).await?;
        let sought = sought.trim().to_lowercase();
        let words = if sought.is_empty() { Vec::new() } else { store::words_of_address(&pool, email_key, WORDS_MAX).await? };
        let mut found = Vec::new();
        for stored in store::references_of_address(&pool, email_key, TICKETS_MAX).await? {
            let reference = Reference::parse(&stored).ok_or_else(|| db::unknown("reference", &stored))?;
            let Some(ticket) = super::store::ticket_by_reference(&pool, &reference).await? else { continue };
            let holds = |text: &str| text.to_lowercase().contains(&sought);
            let is_sought = holds(&ticket.subject) || holds(&stored) || words.iter().any(|(of, body)| *of == stored && holds(body));
            if sought.is_empty() || is_sought {
                let answered_last = answers.iter().find(|(of, _)| *of == stored).map(|(_, at)| Micros(*at));
                found.push(Listed { ticket, answered_last });
            }
        }
        Ok(found)
    }

    /// What the mail of a log-in says; `None` where it could not be used any more.
    pub async fn login_facts(&self, mail: &Mail) -> Result<Option<LoginFacts>, TicketError> {
        let Some(id) = &mail.login else { return Ok(None) };
        let Some(email) = store::address_of_login(&self.0.db.ready().await?, id, self.0.clock.now()).await? else { return Ok(None) };
        let key = self.0.key.get()?;
        let digits = code(key, id);
        let link = format!("{}/{}/requests/code?login={id}&key={}", self.0.public_url, mail.lang.code(), link_token(key, id));
        Ok(Some(LoginFacts { email, code: format!("{} {}", &digits[..4], &digits[4..]), link }))
    }
}

/// Eight digits: easy to read out and to type from another screen.
fn code(key: &ServerKey, id: &str) -> String {
    let tag = key.tag("login code", &[id.as_bytes()]);
    let number = tag.bytes().fold(0_u64, |number, byte| number.wrapping_mul(257).wrapping_add(u64::from(byte)));
    format!("{:08}", number % CODES)
}

fn link_token(key: &ServerKey, id: &str) -> String {
    key.tag("login link", &[id.as_bytes()])
}

fn session_tag(key: &ServerKey, cookie: &str) -> String {
    key.tag("session", &[cookie.as_bytes()])
}
