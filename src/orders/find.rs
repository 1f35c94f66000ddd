//! Finds purchases for somebody of the team, by code, address or name. Each search leaves an event.

use data_encoding::HEXLOWER;

use super::import::keep::buyer_key;
use super::of_buyer::Purchase;
use super::{Orders, store};
use crate::error::ServiceError;
use crate::events::{Actor, Kind, NewEvent, Subject};
use crate::values::words::words;
use crate::values::{Email, TransactionCode, fold};

/// Purchases that are shown at once.
pub const FOUND_MAX: usize = 20;
const NAME_MIN_CHARS: usize = 3;
/// Of a name, as it is found by.
const NAME_BYTES: usize = 32;
const TYPED_MAX_CHARS: usize = 200;

/// What was taken for what.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SearchedBy {
    Code,
    Address,
    Name,
}

words!(SearchedBy { Code => "code", Address => "address", Name => "name" });

/// What a search came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Searched {
    pub by: SearchedBy,
    /// By code and address the newest first, by name in the order of names.
    pub purchases: Vec<Purchase>,
}

impl Orders {
    /// Purchases with a code, under a whole address, or of buyers whose name begins so. `None`: too little was typed to look for.
    pub async fn search(&self, typed: &str, by: &Actor) -> Result<Option<Searched>, ServiceError> {
        let typed: String = typed.chars().filter(|char| !char.is_control()).take(TYPED_MAX_CHARS).collect();
        let Some(searched) = self.searched(typed.trim()).await? else { return Ok(None) };
        let mut change = self.0.events.begin().await?;
        let event = NewEvent::new(Subject::Order, "", by, Kind::OrdersSearched).with("by", searched.by.word());
        change.record(event.with("found", searched.purchases.len()));
        change.commit().await?;
        Ok(Some(searched))
    }

    async fn searched(&self, typed: &str) -> Result<Option<Searched>, ServiceError> {
        let (pool, limit) = (self.0.db.ready().await?, FOUND_MAX as i64);
        if typed.contains('@') {
            let Ok(email) = Email::parse(typed) else { return Ok(None) };
            let Some(key) = buyer_key(self.0.key.get()?, Some(&email.key())) else { return Ok(None) };
            let purchases = store::of_buyer::purchases(&pool, &key, limit).await?;
            return Ok(Some(Searched { by: SearchedBy::Address, purchases }));
        }
        let code = TransactionCode::parse(typed, None).ok();
        let purchases = match &code {
            Some(code) => store::of_buyer::by_codes(&pool, &[code.as_str().to_owned()]).await?,
            None => Vec::new(),
        };
        if !purchases.is_empty() || typed.contains(|char: char| char.is_ascii_digit()) {
            return Ok(code.map(|_| Searched { by: SearchedBy::Code, purchases }));
        }
        let name = folded(typed);
        if name.chars().count() < NAME_MIN_CHARS {
            return Ok(None);
        }
        let mut purchases = store::of_buyer::by_name(&pool, &name_key(&name), limit).await?;
        purchases.retain(|purchase| purchase.buyer_name.as_deref().is_some_and(|known| folded(known).starts_with(&name)));
        Ok(Some(Searched { by: SearchedBy::Name, purchases }))
    }
}

/// Without accents, capitals and more than one space between words.
fn folded(name: &str) -> String {
    fold(name).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// By what a name is found: its beginning, so that the order of its texts is the same in every database.
pub(in crate::orders) fn name_key(name: &str) -> String {
    let name = folded(name);
    HEXLOWER.encode(&name.as_bytes()[..name.len().min(NAME_BYTES)])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_compared_without_what_people_leave_out() {
        assert_eq!(name_key("  JOSÉ \u{a0} da Silva"), name_key("jose da silva"));
        assert!(name_key("José da Silva").starts_with(&name_key("jos")));
        assert!(!name_key("Maria José").starts_with(&name_key("jos")));
        assert_eq!(name_key(&"ç".repeat(300)).len(), 2 * NAME_BYTES, "an index takes no more");
        assert_eq!(name_key(""), "");
        // Cut within a letter, it is a beginning all the same.
        assert!(name_key(&"日".repeat(30)).starts_with(&name_key("日日")));
    }
}
