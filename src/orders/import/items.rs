//! From an item of a list to the rows that are kept of it.

use serde_json::Value;

use super::fields::{moment, money, text, truth, whole};
use crate::clock::Micros;
use crate::orders::money::Money;

/// A sale, as the history has it.
#[derive(Debug, Clone, PartialEq)]
pub struct Sale {
    pub code: String,
    /// Hotmart's word, also one that we don't know.
    pub status: String,
    pub product: Option<String>,
    pub product_name: Option<String>,
    /// Hotmart's id of the buyer.
    pub buyer: Option<String>,
    pub buyer_name: Option<String>,
    pub buyer_email: Option<String>,
    pub ordered_at: Option<Micros>,
    pub approved_at: Option<Micros>,
    pub guarantee_until: Option<Micros>,
    pub price: Option<Money>,
    /// The platform's share.
    pub fee: Option<Money>,
    pub payment_type: Option<String>,
    pub payment_method: Option<String>,
    pub installments: Option<i64>,
    pub offer: Option<String>,
    pub source: Option<String>,
    pub sck: Option<String>,
    pub external_code: Option<String>,
    /// 1: the first payment; more: a renewal.
    pub recurrence: Option<i64>,
    pub is_subscription: bool,
    pub commission_as: Option<String>,
}

impl Sale {
    /// `None` without a code or a status: then it can't be told from others.
    pub fn of(item: &Value) -> Option<Self> {
        Some(Self {
            code: text(item, "/purchase/transaction")?,
            status: text(item, "/purchase/status")?,
            product: text(item, "/product/id"),
            product_name: text(item, "/product/name"),
            buyer: text(item, "/buyer/ucode"),
            buyer_name: text(item, "/buyer/name"),
            buyer_email: text(item, "/buyer/email"),
            ordered_at: moment(item, "/purchase/order_date"),
            approved_at: moment(item, "/purchase/approved_date"),
            guarantee_until: moment(item, "/purchase/warranty_expire_date"),
            price: money(item, "/purchase/price", "value"),
            fee: money(item, "/purchase/hotmart_fee", "total"),
            payment_type: text(item, "/purchase/payment/type"),
            payment_method: text(item, "/purchase/payment/method"),
            installments: whole(item, "/purchase/payment/installments_number"),
            offer: text(item, "/purchase/offer/code"),
            source: text(item, "/purchase/tracking/source"),
            sck: text(item, "/purchase/tracking/source_sck"),
            external_code: text(item, "/purchase/tracking/external_code"),
            recurrence: whole(item, "/purchase/recurrency_number"),
            is_subscription: truth(item, "/purchase/is_subscription"),
            commission_as: text(item, "/purchase/commission_as"),
        })
    }

    /// Without whom it was sold to.
    pub fn without_buyer(self) -> Self {
        Self { buyer: None, buyer_name: None, buyer_email: None, ..self }
    }
}

/// Who took part in a sale.
#[derive(Debug, Clone, PartialEq)]
pub struct People {
    pub code: String,
    pub country: Option<String>,
    pub locale: Option<String>,
    pub affiliate: Option<String>,
    /// The buyer's telephone, documents and address as JSON, to be sealed.
    pub contact: Option<String>,
}

impl People {
    pub fn of(item: &Value) -> Option<Self> {
        let code = text(item, "/transaction")?;
        let users = item.get("users").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let of_role = |role: &str| users.iter().find(|user| user.get("role").and_then(Value::as_str) == Some(role)).and_then(|user| user.get("user"));
        let buyer = of_role("BUYER");
        let contact = buyer.map(|buyer| {
            let kept = ["cellphone", "phone", "documents", "address"].iter().filter_map(|name| Some(((*name).to_owned(), buyer.get(name)?.clone())));
            Value::Object(kept.collect()).to_string()
        });
        Some(Self {
            code,
            country: buyer.and_then(|buyer| text(buyer, "/address/country")),
            locale: buyer.and_then(|buyer| text(buyer, "/locale")),
            affiliate: of_role("AFFILIATE").and_then(|affiliate| text(affiliate, "/name")),
            contact,
        })
    }
}

/// Who gets how much of a sale.
#[derive(Debug, Clone, PartialEq)]
pub struct Commissions {
    pub code: String,
    /// Summed by who gets it (PRODUCER, COPRODUCER, AFFILIATE, ADDON) and currency.
    pub shares: Vec<(String, Money)>,
}

impl Commissions {
    pub fn of(item: &Value) -> Option<Self> {
        let code = text(item, "/transaction")?;
        let mut shares: Vec<(String, Money)> = Vec::new();
        for one in item.get("commissions").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default() {
            let (Some(source), Some(share)) = (text(one, "/source"), money(one, "/commission", "value")) else { continue };
            match shares.iter_mut().find(|(of, sum)| *of == source && sum.currency == share.currency) {
                Some((_, sum)) => sum.minor = sum.minor.saturating_add(share.minor),
                None => shares.push((source, share)),
            }
        }
        Some(Self { code, shares })
    }
}

/// What a price is made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Price {
    pub code: String,
    pub base: Option<Money>,
    pub total: Option<Money>,
    pub tax: Option<Money>,
    /// Of instalments, paid by the buyer.
    pub interest: Option<Money>,
    pub coupon: Option<String>,
}

impl Price {
    pub fn of(item: &Value) -> Option<Self> {
        Some(Self {
            code: text(item, "/transaction")?,
            base: money(item, "/base", "value"),
            total: money(item, "/total", "value"),
            tax: money(item, "/vat", "value"),
            interest: money(item, "/fee", "value"),
            coupon: text(item, "/coupon/code"),
        })
    }
}

/// A subscription.
#[derive(Debug, Clone, PartialEq)]
pub struct Subscription {
    pub code: String,
    pub status: String,
    pub plan: Option<String>,
    pub period_days: Option<i64>,
    pub product: Option<String>,
    pub product_name: Option<String>,
    pub subscriber_name: Option<String>,
    pub subscriber_email: Option<String>,
    pub price: Option<Money>,
    pub began_at: Option<Micros>,
    /// When its end was asked for.
    pub ended_at: Option<Micros>,
    /// Of one that was canceled: the last day of access.
    pub next_charge_at: Option<Micros>,
    pub is_trial: bool,
    /// The code of its last sale.
    pub last_sale: Option<String>,
}

impl Subscription {
    pub fn of(item: &Value) -> Option<Self> {
        Some(Self {
            code: text(item, "/subscriber_code")?,
            status: text(item, "/status")?,
            plan: text(item, "/plan/name"),
            period_days: whole(item, "/plan/recurrency_period"),
            product: text(item, "/product/id"),
            product_name: text(item, "/product/name"),
            subscriber_name: text(item, "/subscriber/name"),
            subscriber_email: text(item, "/subscriber/email"),
            price: money(item, "/price", "value"),
            began_at: moment(item, "/accession_date"),
            ended_at: moment(item, "/end_accession_date"),
            next_charge_at: moment(item, "/date_next_charge"),
            is_trial: truth(item, "/trial"),
            last_sale: text(item, "/transaction"),
        })
    }

    /// Without whose it is.
    pub fn without_subscriber(self) -> Self {
        Self { subscriber_name: None, subscriber_email: None, ..self }
    }
}

/// A payment of a subscription.
#[derive(Debug, Clone, PartialEq)]
pub struct Recurrence {
    /// The sale's code.
    pub code: String,
    pub subscription: Option<String>,
    pub number: Option<i64>,
    pub status: Option<String>,
    /// Why a payment failed, in Hotmart's words.
    pub refusal: Option<String>,
    pub refunded_at: Option<Micros>,
}

impl Recurrence {
    pub fn of(item: &Value) -> Option<Self> {
        Some(Self {
            code: text(item, "/purchase/transaction")?,
            subscription: text(item, "/subscriber_code"),
            number: whole(item, "/recurrency/number"),
            status: text(item, "/recurrency/status"),
            refusal: text(item, "/purchase/payment/refusal_message"),
            refunded_at: moment(item, "/purchase/payment/refund_chargeback_date"),
        })
    }
}
