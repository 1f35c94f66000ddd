//! Signing in: a code and a link that come by email, made from the sign-in's id with the server's key, so that an email that is tried again says the
//! same and nothing secret is stored.

use std::net::IpAddr;

use data_encoding::BASE64URL_NOPAD;

use super::{AddressKey, Customers, store};
use crate::clock::Micros;
use crate::db::{self, Write, rate_limits};
use crate::error::ServiceError;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::key::{ServerKey, same};
use crate::mail::{Mail, SignInFacts};
use crate::values::Email;

/// Code and link can be used for so long.
pub const SIGN_IN_MAX_MINUTES: i64 = 15;
/// A browser sees an address's tickets for so long.
pub const SESSION_MAX_SECONDS: i64 = 7 * 24 * 3600;
/// Of a code of eight digits, so many guesses are nothing.
const TRIES_MAX: i64 = 5;
/// Of one address: from one network, so that a stranger who asks for codes doesn't keep its owner from one, and from all together, so that many
/// strangers don't fill a mailbox.
const PER_ADDRESS_AND_NETWORK_PER_HOUR_MAX: i64 = 5;
const PER_ADDRESS_PER_HOUR_MAX: i64 = 20;
const PER_NETWORK_PER_HOUR_MAX: i64 = 30;
const CODES: u64 = 100_000_000;
/// A customer of whom nothing is kept stays so long: a ticket may be on its way.
const EMPTY_CUSTOMER_KEPT_MICROS: i64 = Micros::DAY;

/// What somebody holds who says that a mailbox is theirs.
#[derive(Debug, Clone, Copy)]
pub enum Secret<'a> {
    /// Eight digits; whatever else was typed between them is forgiven.
    Code(&'a str),
    Link(&'a str),
}

impl Customers {
    /// Somebody says that an address is theirs. Returns the sign-in's id, which is no secret. What happens is the same whether somebody has written under
    /// that address or not, but for the email.
    pub async fn ask_sign_in(&self, email: &Email, lang: Lang, from: IpAddr) -> Result<String, ServiceError> {
        let key = self.key.get()?;
        let mut change = self.events.begin().await?;
        let now = change.now();
        let of_network = rate_limits::count(&mut change, &key.tag("login network", &[key.network_tag(from).as_bytes()]), now).await?;
        let both = key.tag("login address and network", &[email.key().as_bytes(), key.network_tag(from).as_bytes()]);
        let of_both = rate_limits::count(&mut change, &both, now).await?;
        if of_network > PER_NETWORK_PER_HOUR_MAX || of_both > PER_ADDRESS_AND_NETWORK_PER_HOUR_MAX {
            return Err(ServiceError::TooMany);
        }
        // What was refused above is no request for the address.
        if rate_limits::count(&mut change, &key.tag("login address", &[email.key().as_bytes()]), now).await? > PER_ADDRESS_PER_HOUR_MAX {
            return Err(ServiceError::TooMany);
        }
        let id = db::new_id(now)?;
        let known = store::by_address(&mut **change, &email.key()).await?;
        let address = known.as_ref().map(|known| known.id.as_str());
        store::insert_sign_in(&mut change, &id, address, now.plus(SIGN_IN_MAX_MINUTES * Micros::MINUTE)).await?;
        if known.is_some() {
            self.outbox.put(&mut change, &Mail::of_sign_in(&id, lang), now).await?;
        }
        change.commit().await?;
        self.outbox.wake();
        Ok(id)
    }

    /// Uses a code or a link, once. Returns the value of the cookie that opens the address's tickets; `NotFound` for whatever is wrong with it.
    pub async fn sign_in(&self, id: &str, secret: Secret<'_>) -> Result<String, ServiceError> {
        let key = self.key.get()?;
        let mut change = self.events.begin().await?;
        let now = change.now();
        let Some(address) = store::try_sign_in(&mut change, id, now, TRIES_MAX).await? else { return Err(ServiceError::NotFound) };
        let is_right = match secret {
            Secret::Code(typed) => same(&typed.chars().filter(char::is_ascii_digit).collect::<String>(), &code(key, id)),
            Secret::Link(token) => same(token, &link_token(key, id)),
        };
        let Some(address) = address.filter(|_| is_right) else {
            // The try counts.
            change.commit().await?;
            return Err(ServiceError::NotFound);
        };
        let mut random = [0; 32];
        getrandom::fill(&mut random).map_err(|_| ServiceError::Unavailable("no random numbers from the system".into()))?;
        let cookie = BASE64URL_NOPAD.encode(&random);
        store::use_sign_in(&mut change, id, now).await?;
        store::insert_session(&mut change, &session_tag(key, &cookie), &address, now.plus(SESSION_MAX_SECONDS * Micros::SECOND)).await?;
        self.verify(&mut change, &address, &Actor::Customer).await?;
        change.commit().await?;
        Ok(cookie)
    }

    /// The address whose tickets a cookie opens.
    pub async fn session(&self, cookie: &str) -> Result<Option<AddressKey>, ServiceError> {
        let now = self.events.now();
        Ok(store::session(&self.db.ready().await?, &session_tag(self.key.get()?, cookie), now).await?)
    }

    /// The cookie opens nothing any more; `everywhere`: nor does any other of its address.
    pub async fn sign_out(&self, cookie: &str, everywhere: bool) -> Result<(), ServiceError> {
        let token = session_tag(self.key.get()?, cookie);
        let mut write = self.db.begin().await?;
        if everywhere {
            store::end_sessions_beside(&mut write, &token).await?;
        }
        store::end_session(&mut write, &token).await?;
        Ok(write.commit().await?)
    }

    /// What the email of a sign-in says; `None` where it could not be used any more.
    pub async fn sign_in_facts(&self, mail: &Mail) -> Result<Option<SignInFacts>, ServiceError> {
        let Some(id) = &mail.sign_in else { return Ok(None) };
        let Some(email) = store::address_of_sign_in(&self.db.ready().await?, id, self.events.now()).await? else { return Ok(None) };
        let key = self.key.get()?;
        let digits = code(key, id);
        let link = format!("{}/{}/requests/code?login={id}&key={}", self.public_url, mail.lang.code(), link_token(key, id));
        Ok(Some(SignInFacts { email, code: format!("{} {}", &digits[..4], &digits[4..]), link }))
    }

    /// Drops codes and sessions that open nothing any more, and customers of whom nothing is kept.
    pub async fn prune(&self, write: &mut Write, now: Micros) -> Result<(), ServiceError> {
        Ok(store::prune(write, now, now.plus(-EMPTY_CUSTOMER_KEPT_MICROS)).await?)
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
