//! Subscriptions, and payments in parts that look like some: what they hold and what state they are in.

use super::{
    catalog::{Offer, PRODUCTS, Plan, Product},
    fate::DAY,
    sale::Sale,
};
use crate::{
    money::Currency,
    random::Random,
    words::{Payment, Status, SubscriptionStatus},
};

#[derive(Clone)]
pub(crate) struct Subscription {
    pub(crate) id: u32,
    pub(crate) seed: u64,
    pub(crate) started: i64,
    pub(crate) units: i64,
    pub(crate) order: u32,
    pub(crate) buyer: u32,
    /// Payments until it ends.
    pub(crate) planned: u16,
    pub(crate) product: u8,
    pub(crate) offer: u8,
    pub(crate) affiliate: Option<u8>,
    pub(crate) currency: Currency,
    pub(crate) payment: Payment,
    /// Its payments, the oldest first, as places among all sales.
    pub(crate) sales: Vec<u32>,
}

/// How it stands at a moment.
pub(crate) struct Standing {
    pub(crate) status: SubscriptionStatus,
    /// When it was canceled.
    pub(crate) ended: Option<i64>,
    /// Of a canceled one, the last day of access.
    pub(crate) next_charge: i64,
}

impl Subscription {
    pub(crate) fn product(&self) -> &'static Product {
        &PRODUCTS[usize::from(self.product)]
    }

    pub(crate) fn offer(&self) -> &'static Offer {
        &self.product().offers[usize::from(self.offer)]
    }

    /// `None` for a payment in parts.
    pub(crate) fn plan(&self) -> Option<Plan> {
        self.offer().plan
    }

    pub(crate) fn days(&self) -> i64 {
        self.plan().map_or(30, |plan| plan.days)
    }

    pub(crate) fn code(&self) -> String {
        let mut random = Random::of(&[self.seed, 0xc0de]);
        let letters: String = (0..4).map(|_| char::from(*random.pick(b"ABCDEFGHJKLMNPQRSTUVWXYZ23456789"))).collect();
        format!("{letters}{:06}", self.id)
    }

    /// The number that a code ends with.
    pub(crate) fn id_in(code: &str) -> Option<u32> {
        code.get(4..)?.parse().ok()
    }

    pub(crate) fn number(&self) -> u64 {
        900_000 + u64::from(self.id)
    }

    pub(crate) fn is_trial(&self, now: i64) -> bool {
        self.plan().is_some_and(|plan| now < self.started + plan.trial * DAY)
    }

    pub(crate) fn charge(&self, payments: usize) -> i64 {
        self.started + i64::try_from(payments).unwrap_or(0) * self.days() * DAY
    }

    pub(crate) fn standing(&self, sales: &[Sale], now: i64) -> Standing {
        let next_charge = self.charge(self.sales.len());
        let sale = |index: Option<&u32>| index.and_then(|index| sales.get(*index as usize));
        let (Some(first), Some(last)) = (sale(self.sales.first()), sale(self.sales.last())) else {
            return Standing { status: SubscriptionStatus::Started, ended: None, next_charge };
        };
        let cancelled_at = last.ordered + self.days() * DAY / 2;
        let (status, ended) = if first.status.is_pending() {
            (SubscriptionStatus::Started, None)
        } else if !first.status.was_paid() {
            (SubscriptionStatus::Inactive, None)
        } else if matches!(first.status, Status::Refunded | Status::Chargeback) {
            (SubscriptionStatus::CancelledByCustomer, first.returned_at(now))
        } else if self.sales.len() >= usize::from(self.planned) && cancelled_at <= now {
            (self.end(), Some(cancelled_at))
        } else if !last.status.was_paid() && !last.status.is_pending() {
            let word = if now < next_charge { SubscriptionStatus::Delayed } else { SubscriptionStatus::Overdue };
            (word, None)
        } else {
            (SubscriptionStatus::Active, None)
        };
        Standing { status, ended, next_charge }
    }

    fn end(&self) -> SubscriptionStatus {
        Random::of(&[self.seed, 0xe4d]).weighted(&[
            (SubscriptionStatus::CancelledByCustomer, 7),
            (SubscriptionStatus::CancelledBySeller, 1),
            (SubscriptionStatus::CancelledByAdmin, 2),
        ])
    }
}
