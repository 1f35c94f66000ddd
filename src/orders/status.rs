//! The words that Hotmart has for where a sale stands, and how we read them.

use crate::values::words::words;

/// All words that sales are asked for by. Without any, Hotmart gives paid ones alone.
pub const STATUSES: [&str; 17] = [
    "APPROVED",
    "COMPLETE",
    "STARTED",
    "WAITING_PAYMENT",
    "PRINTED_BILLET",
    "UNDER_ANALISYS",
    "PROCESSING_TRANSACTION",
    "PRE_ORDER",
    "CANCELLED",
    "EXPIRED",
    "NO_FUNDS",
    "BLOCKED",
    "OVERDUE",
    "PROTESTED",
    "REFUNDED",
    "PARTIALLY_REFUNDED",
    "CHARGEBACK",
];
/// Those that the details of a price can't be asked for by.
pub const WITHOUT_PRICE_DETAILS: [&str; 3] = ["NO_FUNDS", "PRE_ORDER", "PROCESSING_TRANSACTION"];

/// What a status means to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    Paid,
    Pending,
    Failed,
    /// The buyer has asked for their money.
    RefundRequested,
    Refunded,
    Chargeback,
    /// A word that we don't know: shown as it is.
    Other,
}

words!(Class {
    Paid => "paid",
    Pending => "pending",
    Failed => "failed",
    RefundRequested => "refund_requested",
    Refunded => "refunded",
    Chargeback => "chargeback",
    Other => "other",
});

impl Class {
    pub fn of(status: &str) -> Self {
        match status {
            "APPROVED" | "COMPLETE" => Self::Paid,
            "STARTED" | "WAITING_PAYMENT" | "PRINTED_BILLET" | "UNDER_ANALISYS" | "UNDER_ANALYSIS" | "PROCESSING_TRANSACTION" | "PRE_ORDER" => {
                Self::Pending
            }
            "CANCELLED" | "EXPIRED" | "NO_FUNDS" | "BLOCKED" | "OVERDUE" | "DELAYED" => Self::Failed,
            "PROTESTED" => Self::RefundRequested,
            "REFUNDED" | "PARTIALLY_REFUNDED" => Self::Refunded,
            "CHARGEBACK" => Self::Chargeback,
            _ => Self::Other,
        }
    }

    /// Whether money came in, even where it went back later.
    pub fn was_paid(self) -> bool {
        matches!(self, Self::Paid | Self::RefundRequested | Self::Refunded | Self::Chargeback)
    }
}

/// A webhook's word as the API says it. Words that both have, and unknown ones, stay.
pub fn of_webhook(word: &str) -> &str {
    match word {
        "COMPLETED" => "COMPLETE",
        "CANCELED" => "CANCELLED",
        "BILLET_PRINTED" => "PRINTED_BILLET",
        "DELAYED" => "OVERDUE",
        "DISPUTE" => "PROTESTED",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_of_the_17_words_has_a_meaning() {
        use Class::{Chargeback, Failed, Other, Paid, Pending, RefundRequested, Refunded};
        let classes = [
            Paid,
            Paid,
            Pending,
            Pending,
            Pending,
            Pending,
            Pending,
            Pending,
            Failed,
            Failed,
            Failed,
            Failed,
            Failed,
            RefundRequested,
            Refunded,
            Refunded,
            Chargeback,
        ];
        for (status, class) in STATUSES.into_iter().zip(classes) {
            assert_eq!(Class::of(status), class, "{status}");
        }
        assert!(["", "NEW_WORD", "approved"].iter().all(|word| Class::of(word) == Other));
        assert!(WITHOUT_PRICE_DETAILS.iter().all(|word| STATUSES.contains(word)));
    }

    #[test]
    fn every_word_of_a_webhook_is_one_of_the_api() {
        let webhook =
            ["APPROVED", "COMPLETED", "CANCELED", "BILLET_PRINTED", "EXPIRED", "DELAYED", "DISPUTE", "REFUNDED", "CHARGEBACK"].map(of_webhook);
        let api = ["APPROVED", "COMPLETE", "CANCELLED", "PRINTED_BILLET", "EXPIRED", "OVERDUE", "PROTESTED", "REFUNDED", "CHARGEBACK"];
        assert_eq!(webhook, api);
        assert_eq!(of_webhook("SOMETHING"), "SOMETHING");
    }
}
