//! Who made a purchase, proved by a code that goes to the purchase's own address. It proves this purchase to the staff of this ticket, and gives no
//! right to anything.
//!
//! Asking tells nobody whether there is such a purchase: no purchase is looked up before the email is written, which happens beside the request. All
//! limits are counted before that, by what was typed.

use std::net::IpAddr;

use super::{Orders, Purchase, store};
use crate::clock::Micros;
use crate::db::{self, rate_limits};
use crate::error::ServiceError;
use crate::events::{Actor, Kind, NewEvent, Subject};
use crate::i18n::Lang;
use crate::key::{ServerKey, same};
use crate::mail::{BuyerCodeFacts, Mail};
use crate::values::TransactionCode;

const CODE_MAX_MINUTES: i64 = 15;
/// Of a code of eight digits, so many guesses are nothing.
const TRIES_MAX: i64 = 5;
/// Whoever asks, and from however many tickets: the emails go to somebody who may know nothing of it.
const PER_PURCHASE_PER_DAY_MAX: i64 = 3;
const PER_TICKET_PER_HOUR_MAX: i64 = 5;
const PER_NETWORK_PER_HOUR_MAX: i64 = 20;
const CODES: u64 = 100_000_000;

/// How far a ticket's customer has come with proving a purchase.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BuyerProof {
    /// A code can be typed now.
    pub has_asked: bool,
    /// Transaction codes of what was proved, in that order.
    pub proved: Vec<String>,
}

impl Orders {
    /// `None` where no account is connected: then nothing can be proved.
    pub async fn buyer_proof(&self, ticket: &str) -> Result<Option<BuyerProof>, ServiceError> {
        if !self.is_connected().await? {
            return Ok(None);
        }
        let pool = self.0.db.ready().await?;
        let has_asked = store::buyer_proof::has_open(&pool, ticket, self.0.events.now(), TRIES_MAX).await?;
        Ok(Some(BuyerProof { has_asked, proved: store::buyer_proof::proved(&pool, ticket).await? }))
    }

    /// The purchases whose buyer was proved in a ticket.
    pub async fn proved_in(&self, ticket: &str) -> Result<Vec<Purchase>, ServiceError> {
        let codes = store::buyer_proof::proved(&self.0.db.ready().await?, ticket).await?;
        self.of_codes(&codes).await
    }

    /// A ticket's customer says that a purchase is theirs: a code goes to the purchase's address, if there is one. A code that they asked for before
    /// is over.
    pub async fn ask_buyer_code(&self, ticket: &str, order: &TransactionCode, lang: Lang, from: IpAddr) -> Result<(), ServiceError> {
        let key = self.0.key.get()?;
        let mut change = self.0.events.begin().await?;
        let now = change.now();
        let of_network = rate_limits::count(&mut change, &key.tag("buyer network", &[key.network_tag(from).as_bytes()]), now).await?;
        let of_ticket = rate_limits::count(&mut change, &key.tag("buyer ticket", &[ticket.as_bytes()]), now).await?;
        if of_network > PER_NETWORK_PER_HOUR_MAX || of_ticket > PER_TICKET_PER_HOUR_MAX {
            return Err(ServiceError::TooMany);
        }
        // What was refused above takes nothing away from the purchase's own buyer.
        let of_purchase = key.tag("buyer purchase", &[order.as_str().as_bytes()]);
        if store::buyer_proof::count_day(&mut change, &of_purchase, now).await? > PER_PURCHASE_PER_DAY_MAX {
            return Err(ServiceError::TooMany);
        }
        let id = db::new_id(now)?;
        store::buyer_proof::drop_of_ticket(&mut change, ticket).await?;
        store::buyer_proof::insert(&mut change, &id, ticket, order.as_str(), now.plus(CODE_MAX_MINUTES * Micros::MINUTE)).await?;
        self.0.outbox.put(&mut change, &Mail::of_buyer_code(&id, lang), now).await?;
        change.commit().await?;
        self.0.outbox.wake();
        Ok(())
    }

    /// Uses the code that a ticket's customer asked for, once. `NotFound` for whatever is wrong with it.
    pub async fn prove_buyer(&self, ticket: &str, typed: &str) -> Result<(), ServiceError> {
        let key = self.0.key.get()?;
        let mut change = self.0.events.begin().await?;
        let now = change.now();
        let Some(tried) = store::buyer_proof::try_open(&mut change, ticket, now, TRIES_MAX).await? else { return Err(ServiceError::NotFound) };
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        let is_right = same(&digits, &code_of(key, &tried.id, ticket, &tried.code));
        let account = if is_right { store::buyer_proof::account_of(&mut change, &tried.code).await? } else { None };
        if account.is_some() || tried.tries >= TRIES_MAX {
            store::buyer_proof::drop_of_ticket(&mut change, ticket).await?;
        }
        let Some(account) = account else {
            // The try counts.
            change.commit().await?;
            return Err(ServiceError::NotFound);
        };
        if store::buyer_proof::prove(&mut change, ticket, &account, &tried.code, now).await? {
            change.record(NewEvent::new(Subject::Ticket, ticket, &Actor::Customer, Kind::BuyerProved));
        }
        Ok(change.commit().await?)
    }

    /// What the email with a code says; `None` where there is no such purchase, its buyer was erased, or the code could not be used any more.
    pub async fn buyer_code_facts(&self, mail: &Mail) -> Result<Option<BuyerCodeFacts>, ServiceError> {
        let Some(id) = &mail.buyer_code else { return Ok(None) };
        let Some(owed) = store::buyer_proof::owed(&self.0.db.ready().await?, id, self.0.events.now()).await? else { return Ok(None) };
        let code = code_of(self.0.key.get()?, id, &owed.ticket, &owed.code);
        let code = format!("{} {}", &code[..4], &code[4..]);
        Ok(Some(BuyerCodeFacts { email: owed.buyer_email, order: owed.code, product: owed.product_name, code }))
    }
}

/// Eight digits, for this request, this ticket and this purchase alone. Half of the id is random; without the server's key nobody can make it.
fn code_of(key: &ServerKey, id: &str, ticket: &str, order: &str) -> String {
    let tag = key.tag("buyer code", &[id.as_bytes(), ticket.as_bytes(), order.as_bytes()]);
    let number = tag.bytes().fold(0_u64, |number, byte| number.wrapping_mul(257).wrapping_add(u64::from(byte)));
    format!("{:08}", number % CODES)
}
