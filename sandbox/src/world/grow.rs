//! Draws orders: at first those of four years, then those of each later day.

use super::{
    DAYS, World,
    catalog::{BUMP, PRODUCTS},
    fate::{DAY, Fate},
    sale::Sale,
    subscription::Subscription,
};
use crate::{
    money::Currency,
    random::Random,
    words::{Payment, Status},
};

const CURRENCIES: [(Currency, u32); 5] = [(Currency::Brl, 80), (Currency::Usd, 8), (Currency::Eur, 6), (Currency::Clp, 3), (Currency::Kwd, 3)];
const IN_BRAZIL: [(Payment, u32); 5] =
    [(Payment::Pix, 38), (Payment::CreditCard, 44), (Payment::Billet, 13), (Payment::GooglePay, 3), (Payment::HotmartBalance, 2)];
const ABROAD: [(Payment, u32); 6] = [
    (Payment::CreditCard, 55),
    (Payment::Paypal, 20),
    (Payment::PaypalAbroad, 8),
    (Payment::ApplePay, 7),
    (Payment::GooglePay, 5),
    (Payment::Cash, 5),
];

impl World {
    pub(super) fn fill(&mut self) {
        let mut sales = Vec::with_capacity(self.wanted);
        let start = self.now - DAYS * DAY;
        while sales.len() < self.wanted {
            let room = self.wanted - sales.len();
            let number = self.orders;
            self.orders += 1;
            let mut random = Random::of(&[self.seed, 0x04de4, u64::from(number)]);
            let ordered = start + random.millis(DAYS * DAY);
            // The first orders are one of each state, so that a small world has them all.
            let fixed = Status::ALL.get(number as usize).copied();
            self.order(&mut random, number, ordered, fixed, room, &mut sales);
        }
        self.settle(sales);
        self.refresh();
    }

    /// Lets days pass: states move on, subscriptions are charged, and new orders come in.
    pub(crate) fn pass(&mut self, days: u32) {
        for _ in 0..days {
            let (from, to) = (self.now, self.now + DAY);
            let day = u64::try_from((to - self.first_now) / DAY).unwrap_or(1);
            let until = |day: u64| day * self.wanted as u64 / DAYS.unsigned_abs();
            let mut sales = Vec::new();
            self.now = to;
            for id in 0..self.subscriptions.len() {
                self.renew(id, from, to, &mut sales);
            }
            for place in until(day - 1)..until(day) {
                let number = self.orders;
                self.orders += 1;
                let mut random = Random::of(&[self.seed, 0x1a7e4, day, place]);
                let ordered = from + 1 + random.millis(DAY - 1);
                self.order(&mut random, number, ordered, None, usize::MAX, &mut sales);
            }
            self.settle(sales);
        }
        self.refresh();
    }

    /// Puts new sales, all of them later than those that are there, into their order.
    fn settle(&mut self, mut sales: Vec<Sale>) {
        sales.sort_unstable_by_key(|sale| (sale.ordered, sale.order, sale.bump));
        let first = self.sales.len();
        self.sales.append(&mut sales);
        for (place, sale) in self.sales.iter_mut().enumerate().skip(first) {
            sale.index = u32::try_from(place).unwrap_or(u32::MAX);
            if let Some(id) = sale.subscription {
                self.subscriptions[id as usize].sales.push(sale.index);
            }
        }
    }

    /// Each sale comes into the state that it has by now.
    fn refresh(&mut self) {
        for sale in &mut self.sales {
            sale.status = sale.status_at(self.now);
        }
    }

    fn order(&mut self, random: &mut Random, number: u32, ordered: i64, fixed: Option<Status>, room: usize, sales: &mut Vec<Sale>) {
        let product = if fixed.is_some() { 0 } else { product(random) };
        let offer = random.place(PRODUCTS[product].offers.len());
        let currency = random.weighted(&CURRENCIES);
        let affiliate = random.one_in(4).then(|| random.below(4)).and_then(|place| u8::try_from(place).ok());
        let buyer = u32::try_from(random.below(self.buyers)).unwrap_or(0);
        let payment = if currency == Currency::Brl { random.weighted(&IN_BRAZIL) } else { random.weighted(&ABROAD) };
        let (currency, payment) = match fixed {
            Some(Status::PrintedBillet) => (Currency::Brl, Payment::Billet),
            Some(Status::WaitingPayment | Status::Expired) => (Currency::Brl, Payment::Pix),
            _ => (currency, payment),
        };
        let mut sale = Sale {
            ordered,
            seed: random.next(),
            units: 0,
            index: u32::MAX,
            order: number,
            buyer,
            subscription: None,
            recurrence: 1,
            product: u8::try_from(product).unwrap_or(0),
            offer: u8::try_from(offer).unwrap_or(0),
            affiliate,
            currency,
            payment,
            fate: fixed.map_or_else(|| Fate::drawn(random, 1, payment), Fate::Fixed),
            status: Status::Started,
            bump: false,
        };
        let full = currency.price(sale.offer().price);
        sale.units = if sale.coupon() { full * 9 / 10 } else { full };
        if sale.offer().plan.is_some() || sale.offer().smart_installments.is_some() {
            self.subscribe(random, sale, room, sales);
            return;
        }
        sales.push(sale);
        if room > 1 && fixed.is_none() && product != BUMP && random.one_in(12) {
            let bump = PRODUCTS[BUMP].offers[0].price;
            let product = u8::try_from(BUMP).unwrap_or(0);
            sales.push(Sale { seed: random.next(), units: currency.price(bump), product, offer: 0, bump: true, ..sale });
        }
    }

    /// The first payment and all renewals until now.
    fn subscribe(&mut self, random: &mut Random, mut sale: Sale, room: usize, sales: &mut Vec<Sale>) {
        let id = u32::try_from(self.subscriptions.len()).unwrap_or(u32::MAX);
        sale.subscription = Some(id);
        let limit = sale.offer().smart_installments.or(sale.offer().plan.and_then(|plan| plan.cycles)).unwrap_or(u16::MAX);
        let stays = u16::try_from(1 + random.below(20)).unwrap_or(1);
        let unpaid = matches!(sale.fate, Fate::NeverPaid | Fate::Declined | Fate::NoFunds | Fate::Blocked | Fate::Overdue | Fate::Abandoned);
        let ends = unpaid || matches!(sale.fate, Fate::Refunded | Fate::Chargeback);
        let planned = if ends {
            1
        } else if random.one_in(3) {
            limit
        } else {
            stays.min(limit)
        };
        self.subscriptions.push(Subscription {
            id,
            seed: sale.seed,
            started: sale.ordered,
            units: sale.units,
            order: sale.order,
            buyer: sale.buyer,
            planned,
            product: sale.product,
            offer: sale.offer,
            affiliate: sale.affiliate,
            currency: sale.currency,
            payment: sale.payment,
            sales: Vec::new(),
        });
        sales.push(sale);
        let renewals = self.renewals(id as usize, sale.ordered, self.now);
        let kept = renewals.len().min(room - 1);
        if kept < renewals.len() {
            // No room for more sales: it ends here, or its next renewal would leave a gap.
            self.subscriptions[id as usize].planned = u16::try_from(kept + 1).unwrap_or(1);
        }
        sales.extend(renewals.into_iter().take(kept));
    }

    fn renew(&self, id: usize, from: i64, to: i64, sales: &mut Vec<Sale>) {
        sales.extend(self.renewals(id, from, to));
    }

    /// The charges behind one moment and up to another.
    fn renewals(&self, id: usize, from: i64, to: i64) -> Vec<Sale> {
        let subscription = &self.subscriptions[id];
        let period = subscription.days() * DAY;
        let first = ((from - subscription.started) / period + 1).max(1);
        (first..)
            .map(|place| (place, subscription.started + place * period))
            .take_while(|(place, charged)| *charged <= to && *place < i64::from(subscription.planned))
            .map(|(place, charged)| {
                let recurrence = u16::try_from(place + 1).unwrap_or(u16::MAX);
                let mut random = Random::of(&[subscription.seed, 0x4e4e, u64::from(recurrence)]);
                Sale {
                    ordered: charged,
                    seed: random.next(),
                    units: subscription.units,
                    index: u32::MAX,
                    order: subscription.order,
                    buyer: subscription.buyer,
                    subscription: Some(subscription.id),
                    recurrence,
                    product: subscription.product,
                    offer: subscription.offer,
                    affiliate: subscription.affiliate,
                    currency: subscription.currency,
                    payment: subscription.payment,
                    fate: Fate::drawn(&mut random, recurrence, subscription.payment),
                    status: Status::Started,
                    bump: false,
                }
            })
            .collect()
    }
}

fn product(random: &mut Random) -> usize {
    let weights: [(usize, u32); PRODUCTS.len()] = std::array::from_fn(|place| (place, PRODUCTS[place].weight));
    random.weighted(&weights)
}
