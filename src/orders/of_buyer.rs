//! What somebody bought.

use super::import::keep::buyer_key;
use super::money::Money;
use super::status::Class;
use super::{Orders, store};
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::values::Email;
use crate::values::words::words;

/// More than anybody buys; the newest.
const PURCHASES_MAX: i64 = 200;
/// Codes of one ticket that are looked up.
pub(in crate::orders) const CODES_MAX: usize = 5;
/// Digits of a transaction code. Those of today have 10, older ones 14.
const CODE_DIGITS: std::ops::RangeInclusive<usize> = 6..=30;

/// A sale, as far as its buyer is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Purchase {
    pub account: String,
    /// What the team calls the account.
    pub account_name: String,
    pub code: String,
    pub status: String,
    pub product_name: Option<String>,
    pub buyer_name: Option<String>,
    pub buyer_email: Option<String>,
    pub ordered_at: Option<Micros>,
    pub approved_at: Option<Micros>,
    /// In minor units.
    pub amount: Option<i64>,
    pub currency: Option<String>,
    /// Until then the buyer gets their money back for the asking.
    pub guarantee_until: Option<Micros>,
    pub payment_type: Option<String>,
    /// Finer than its type: which card, which bank.
    pub payment_method: Option<String>,
    pub installments: Option<i64>,
    /// Who brought the buyer.
    pub affiliate: Option<String>,
    /// Why its payment failed, in Hotmart's words.
    pub refusal: Option<String>,
    /// That it is a payment of.
    pub subscription: Option<BuyerSubscription>,
}

/// A subscription, as far as its buyer is told.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BuyerSubscription {
    pub code: String,
    pub status: String,
    pub plan: Option<String>,
    /// Of one that was canceled: the last day of access.
    pub next_charge_at: Option<Micros>,
}

impl BuyerSubscription {
    pub fn is_over(&self) -> bool {
        self.status.starts_with("CANCEL") || matches!(self.status.as_str(), "INACTIVE" | "EXPIRED")
    }

    fn is_late(&self) -> bool {
        matches!(self.status.as_str(), "DELAYED" | "OVERDUE")
    }
}

/// What a customer may want to know of a purchase: for each the help center may have an article.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Situation {
    Access,
    Refundable,
    RefundRequested,
    Refunded,
    Waiting,
    Refused,
    Overdue,
    Chargeback,
}

words!(Situation {
    Access => "access",
    Refundable => "refundable",
    RefundRequested => "refund_requested",
    Refunded => "refunded",
    Waiting => "waiting",
    Refused => "refused",
    Overdue => "overdue",
    Chargeback => "chargeback",
});

impl Purchase {
    pub fn class(&self) -> Class {
        Class::of(&self.status)
    }

    pub fn price(&self) -> Option<Money> {
        Some(Money { minor: self.amount?, currency: self.currency.clone()? })
    }

    /// Days in which the buyer gets their money back for the asking.
    pub fn refund_days_left(&self, now: Micros) -> Option<i64> {
        let until = self.guarantee_until.filter(|until| *until > now && self.class() == Class::Paid)?;
        Some((until.0 - now.0 + Micros::DAY - 1) / Micros::DAY)
    }

    /// The likeliest first.
    pub fn situations(&self, now: Micros) -> Vec<Situation> {
        let is_late = self.subscription.as_ref().is_some_and(BuyerSubscription::is_late);
        match self.class() {
            Class::Paid if is_late => vec![Situation::Overdue],
            Class::Paid if self.refund_days_left(now).is_some() => vec![Situation::Access, Situation::Refundable],
            Class::Paid => vec![Situation::Access],
            Class::Pending => vec![Situation::Waiting],
            Class::Failed if matches!(self.status.as_str(), "OVERDUE" | "DELAYED") => vec![Situation::Overdue],
            Class::Failed => vec![Situation::Refused],
            Class::RefundRequested => vec![Situation::RefundRequested],
            Class::Refunded => vec![Situation::Refunded],
            Class::Chargeback => vec![Situation::Chargeback],
            Class::Other => Vec::new(),
        }
    }
}

/// Transaction codes in a text, each once: the first few.
pub fn codes_in<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let mut codes = Vec::new();
    for word in texts.into_iter().flat_map(|text| text.split(|char: char| !char.is_alphanumeric())) {
        let is_prefix = word.get(..2).is_some_and(|prefix| prefix.eq_ignore_ascii_case("HP"));
        let digits = if is_prefix { &word[2..] } else { continue };
        if !CODE_DIGITS.contains(&digits.len()) || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let code = format!("HP{digits}");
        if !codes.contains(&code) {
            codes.push(code);
        }
        if codes.len() == CODES_MAX {
            break;
        }
    }
    codes
}

impl Orders {
    /// Purchases under an address, the newest first, of all accounts.
    pub async fn of_buyer(&self, email: &Email) -> Result<Vec<Purchase>, ServiceError> {
        let Some(key) = buyer_key(self.0.key.get()?, Some(&email.key())) else { return Ok(Vec::new()) };
        Ok(store::of_buyer::purchases(&self.0.db.ready().await?, &key, PURCHASES_MAX).await?)
    }

    /// The purchases with transaction codes, whoever made them, the newest first; of many codes the first few.
    pub async fn of_codes(&self, codes: &[String]) -> Result<Vec<Purchase>, ServiceError> {
        if codes.is_empty() {
            return Ok(Vec::new());
        }
        Ok(store::of_buyer::by_codes(&self.0.db.ready().await?, codes).await?)
    }

    /// Whether sales are read at all.
    pub async fn is_connected(&self) -> Result<bool, ServiceError> {
        Ok(!self.accounts().list().await?.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::orders::status::STATUSES;

    fn purchase(status: &str) -> Purchase {
        Purchase {
            account: "a".into(),
            account_name: "Forno".into(),
            code: "HP1".into(),
            status: status.into(),
            product_name: None,
            buyer_name: None,
            buyer_email: None,
            ordered_at: None,
            approved_at: None,
            amount: None,
            currency: None,
            guarantee_until: None,
            payment_type: None,
            payment_method: None,
            installments: None,
            affiliate: None,
            refusal: None,
            subscription: None,
        }
    }

    #[test]
    fn codes_are_found_in_what_people_write() {
        let text = "Meu pedido: HP1234567890. (hp12345678901234), Hp1234567890; xHP1234567 HP12345x HP HP12 éHP1234567 HP٤٤٤٤٤٤٤ HP日本";
        assert_eq!(codes_in([text]), ["HP1234567890", "HP12345678901234"]);
        let many: String = (0..50).map(|number| format!("HP{:08} ", number)).collect();
        assert_eq!(codes_in([many.as_str()]).len(), CODES_MAX);
        assert!(codes_in([""; 3]).is_empty() && codes_in([format!("HP{}", "1".repeat(31)).as_str()]).is_empty());
    }

    #[test]
    fn each_of_the_17_words_is_a_situation() {
        let now = Micros(10 * Micros::DAY);
        for status in STATUSES {
            assert_eq!(purchase(status).situations(now).len(), 1, "{status}");
        }
        assert!(purchase("NEW_WORD").situations(now).is_empty());
        let within = Purchase { guarantee_until: Some(now.plus(Micros::DAY + 1)), ..purchase("APPROVED") };
        assert_eq!((within.refund_days_left(now), within.situations(now).len()), (Some(2), 2));
        assert_eq!(Purchase { status: "REFUNDED".into(), ..within }.refund_days_left(now), None);
        let late = BuyerSubscription { code: "s".into(), status: "DELAYED".into(), plan: None, next_charge_at: None };
        assert_eq!(Purchase { subscription: Some(late), ..purchase("COMPLETE") }.situations(now), [Situation::Overdue]);
    }
}
