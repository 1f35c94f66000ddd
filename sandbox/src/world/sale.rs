//! One sale. A million of them stay in memory, so it holds what can't be drawn again; the rest follows from `seed`.

use super::{
    catalog::{Offer, PRODUCTS, Product},
    fate::Fate,
};
use crate::{
    money::Currency,
    random::Random,
    words::{Payment, Role, Status},
};

#[derive(Clone, Copy)]
pub(crate) struct Sale {
    /// `order_date`, in milliseconds.
    pub(crate) ordered: i64,
    /// The stream of everything that isn't stored.
    pub(crate) seed: u64,
    /// The price, in the smallest unit of its currency.
    pub(crate) units: i64,
    /// Its place among all sales.
    pub(crate) index: u32,
    /// The order that it came with; a bump comes right behind what it was bought with.
    pub(crate) order: u32,
    pub(crate) buyer: u32,
    pub(crate) subscription: Option<u32>,
    pub(crate) recurrence: u16,
    pub(crate) product: u8,
    pub(crate) offer: u8,
    pub(crate) affiliate: Option<u8>,
    pub(crate) currency: Currency,
    pub(crate) payment: Payment,
    pub(crate) fate: Fate,
    pub(crate) status: Status,
    pub(crate) bump: bool,
}

/// Who gets how much of a sale, in the smallest unit of its currency.
pub(crate) struct Split {
    pub(crate) platform: i64,
    pub(crate) fixed: i64,
    pub(crate) producer: i64,
    pub(crate) coproducer: Option<i64>,
    pub(crate) affiliate: Option<i64>,
}

/// In thousandths of the price.
pub(crate) const FEE: i64 = 99;

impl Sale {
    pub(crate) fn product(&self) -> &'static Product {
        &PRODUCTS[usize::from(self.product)]
    }

    pub(crate) fn offer(&self) -> &'static Offer {
        &self.product().offers[usize::from(self.offer)]
    }

    pub(crate) fn is_subscription(&self) -> bool {
        self.offer().plan.is_some()
    }

    /// The first payment is an order; what comes after it isn't a new one.
    pub(crate) fn is_renewal(&self) -> bool {
        self.recurrence > 1
    }

    pub(crate) fn shows_recurrence(&self) -> bool {
        self.subscription.is_some() || self.random(1).one_in(2)
    }

    /// `approved_date`. One paid sale of two hundred lacks it.
    pub(crate) fn approved(&self) -> Option<i64> {
        (self.status.was_paid() && !self.random(2).one_in(200)).then(|| self.paid_at())
    }

    /// The moment that a day's report counts it at.
    pub(crate) fn counted_at(&self) -> i64 {
        self.approved().unwrap_or(self.ordered)
    }

    /// Who sells for others doesn't see who buys, and an address is missing now and then.
    pub(crate) fn shows_email(&self) -> bool {
        self.product().role != Role::Affiliate && !self.random(3).one_in(300)
    }

    /// Where the buyer came from, if it was noted.
    pub(crate) fn source(&self) -> Option<&'static str> {
        let mut random = self.random(4);
        (!random.one_in(3)).then(|| *random.pick(&["mail", "instagram", "youtube", "busca", "grupo da família"]))
    }

    pub(crate) fn coupon(&self) -> bool {
        self.random(5).one_in(8)
    }

    pub(crate) fn installments(&self) -> u64 {
        match self.payment {
            Payment::CreditCard if self.subscription.is_none() && self.units > 5_000 => *self.random(6).pick(&[1, 1, 2, 3, 6, 12]),
            _ => 1,
        }
    }

    /// Interest of the installments: on top of the price, paid by the buyer.
    pub(crate) fn interest(&self) -> i64 {
        let months = i64::try_from(self.installments()).unwrap_or(1) - 1;
        self.units * 12 * months / 1000
    }

    pub(crate) fn split(&self) -> Split {
        let fixed = self.currency.price(100).min(self.units / 10);
        let platform = self.units * FEE / 1000 + fixed;
        let rest = self.units - platform;
        let affiliate = match self.product().role {
            Role::Affiliate => Some(rest / 2),
            _ => self.affiliate.map(|_| rest * 2 / 5),
        };
        let coproducer = (self.product().role == Role::Coproducer).then_some(rest / 5);
        Split { platform, fixed, producer: rest - affiliate.unwrap_or(0) - coproducer.unwrap_or(0), coproducer, affiliate }
    }

    /// The stream of one trait.
    pub(crate) fn random(&self, about: u64) -> Random {
        Random::of(&[self.seed, about])
    }
}
