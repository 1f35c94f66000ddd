//! What becomes of a sale. Its fate is drawn once; the state that the API shows follows from the fate and the time.
//! So a sale keeps its code while its state moves on, and two looks at the same time show the same.

use super::{catalog::PRODUCTS, sale::Sale};
use crate::{
    random::Random,
    words::{Payment, Status},
};

pub(crate) const MINUTE: i64 = 60_000;
pub(crate) const DAY: i64 = 24 * 60 * MINUTE;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Stays what it is: for the first sales, so that even a small world has every state, and for what a test sets.
    Fixed(Status),
    Paid,
    Refunded,
    PartiallyRefunded,
    /// Asks for the money and takes it back.
    Calmed,
    Chargeback,
    NeverPaid,
    Declined,
    NoFunds,
    Blocked,
    Overdue,
    Analyzed,
    Processed,
    Launched,
    Abandoned,
}

const FIRST: [(Fate, u32); 14] = [
    (Fate::Paid, 750),
    (Fate::Refunded, 50),
    (Fate::PartiallyRefunded, 8),
    (Fate::Calmed, 6),
    (Fate::Chargeback, 14),
    (Fate::NeverPaid, 60),
    (Fate::Declined, 50),
    (Fate::NoFunds, 20),
    (Fate::Blocked, 5),
    (Fate::Overdue, 5),
    (Fate::Analyzed, 12),
    (Fate::Processed, 10),
    (Fate::Launched, 4),
    (Fate::Abandoned, 6),
];
const RENEWAL: [(Fate, u32); 6] =
    [(Fate::Paid, 900), (Fate::Refunded, 10), (Fate::PartiallyRefunded, 2), (Fate::Chargeback, 8), (Fate::NoFunds, 20), (Fate::Overdue, 60)];

impl Fate {
    pub(crate) fn drawn(random: &mut Random, recurrence: u16, payment: Payment) -> Self {
        let fate = if recurrence > 1 { random.weighted(&RENEWAL) } else { random.weighted(&FIRST) };
        let waits = matches!(payment, Payment::Pix | Payment::Billet | Payment::Cash);
        match fate {
            // What is paid at once is declined, and what waits for its payment expires; a later recurrence is late.
            Self::NeverPaid if !waits => Self::Declined,
            Self::NoFunds if waits && recurrence > 1 => Self::Overdue,
            Self::Declined | Self::NoFunds | Self::Blocked if waits => Self::NeverPaid,
            Self::Overdue if waits && recurrence == 1 => Self::NeverPaid,
            _ => fate,
        }
    }
}

impl Sale {
    /// Draws that the state depends on; what is shown beside it has other streams.
    fn course(&self) -> Random {
        Random::of(&[self.seed, 0xfa7e])
    }

    /// When the money comes in, if it does.
    pub(crate) fn paid_at(&self) -> i64 {
        let mut random = self.course();
        let delay = match (self.fate, self.payment) {
            (Fate::Analyzed, _) => 5 * DAY,
            (Fate::Processed, _) => DAY,
            (Fate::Launched, _) => 60 * DAY,
            (_, Payment::Billet | Payment::Cash) => DAY + random.millis(2 * DAY),
            (_, Payment::Pix) => MINUTE + random.millis(30 * MINUTE),
            _ => MINUTE,
        };
        self.ordered + delay
    }

    pub(crate) fn warranty_end(&self) -> i64 {
        self.paid_at() + PRODUCTS[usize::from(self.product)].warranty * DAY
    }

    /// When the money is asked back, or the card's holder goes to the bank.
    pub(crate) fn disputed_at(&self) -> i64 {
        let mut random = self.course();
        random.next();
        match self.fate {
            Fate::Chargeback | Fate::Fixed(Status::Chargeback) => self.paid_at() + 20 * DAY + random.millis(65 * DAY),
            _ => self.paid_at() + DAY / 2 + random.millis((PRODUCTS[usize::from(self.product)].warranty - 1) * DAY),
        }
    }

    /// The state at a moment, in milliseconds.
    pub(crate) fn status_at(&self, now: i64) -> Status {
        let settled = || if now < self.warranty_end() { Status::Approved } else { Status::Complete };
        let waits = |word| if now < self.paid_at() { word } else { settled() };
        let unpaid = match self.payment {
            Payment::Billet => Status::PrintedBillet,
            Payment::Pix | Payment::Cash => Status::WaitingPayment,
            _ => Status::ProcessingTransaction,
        };
        match self.fate {
            Fate::Fixed(status) => status,
            Fate::Paid => waits(unpaid),
            Fate::Refunded | Fate::PartiallyRefunded | Fate::Calmed => {
                let asked = self.disputed_at();
                match self.fate {
                    _ if now < asked => waits(unpaid),
                    _ if now < asked + 3 * DAY => Status::Protested,
                    Fate::Calmed => settled(),
                    Fate::Refunded => Status::Refunded,
                    _ => Status::PartiallyRefunded,
                }
            }
            Fate::Chargeback => {
                if now < self.disputed_at() {
                    waits(unpaid)
                } else {
                    Status::Chargeback
                }
            }
            Fate::NeverPaid => {
                if now < self.ordered + 3 * DAY {
                    unpaid
                } else {
                    Status::Expired
                }
            }
            Fate::Declined => Status::Cancelled,
            Fate::NoFunds => Status::NoFunds,
            Fate::Blocked => Status::Blocked,
            Fate::Overdue => Status::Overdue,
            Fate::Analyzed => waits(Status::UnderAnalisys),
            Fate::Processed => waits(Status::ProcessingTransaction),
            Fate::Launched => waits(Status::PreOrder),
            Fate::Abandoned => Status::Started,
        }
    }

    /// When the money went back; only `/subscriptions/transactions` tells.
    pub(crate) fn returned_at(&self, now: i64) -> Option<i64> {
        match self.status {
            Status::Refunded | Status::PartiallyRefunded => Some((self.disputed_at() + 3 * DAY).min(now)),
            Status::Chargeback => Some(self.disputed_at().min(now)),
            _ => None,
        }
    }
}
