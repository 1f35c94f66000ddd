//! The words of the API: states of sales and of subscriptions, ways to pay.

/// Makes an enum, its words on the wire and `ALL`.
macro_rules! words {
    ($(#[$meta:meta])* $visible:vis enum $name:ident { $($variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        $visible enum $name { $($variant,)+ }

        impl $name {
            $visible const ALL: &'static [Self] = &[$(Self::$variant,)+];

            $visible fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            $visible fn named(word: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|one| one.word() == word)
            }
        }
    };
}

words! {
    /// The state of a sale, in the words of the REST API; one of them is spelled so.
    pub enum Status {
        Approved = "APPROVED",
        Complete = "COMPLETE",
        Started = "STARTED",
        WaitingPayment = "WAITING_PAYMENT",
        PrintedBillet = "PRINTED_BILLET",
        UnderAnalisys = "UNDER_ANALISYS",
        ProcessingTransaction = "PROCESSING_TRANSACTION",
        PreOrder = "PRE_ORDER",
        Cancelled = "CANCELLED",
        Expired = "EXPIRED",
        NoFunds = "NO_FUNDS",
        Blocked = "BLOCKED",
        Overdue = "OVERDUE",
        Protested = "PROTESTED",
        Refunded = "REFUNDED",
        PartiallyRefunded = "PARTIALLY_REFUNDED",
        Chargeback = "CHARGEBACK",
    }
}

impl Status {
    /// Money came in once, whatever became of it.
    pub fn was_paid(self) -> bool {
        matches!(self, Self::Approved | Self::Complete | Self::Protested | Self::Refunded | Self::PartiallyRefunded | Self::Chargeback)
    }

    pub fn is_pending(self) -> bool {
        matches!(
            self,
            Self::Started | Self::WaitingPayment | Self::PrintedBillet | Self::UnderAnalisys | Self::ProcessingTransaction | Self::PreOrder
        )
    }

    /// What a list without `transaction` and `transaction_status` shows.
    pub(crate) fn is_shown_unasked(self) -> bool {
        matches!(self, Self::Approved | Self::Complete)
    }

    /// `/price/details` refuses these three.
    pub(crate) fn has_price_details(self) -> bool {
        !matches!(self, Self::NoFunds | Self::PreOrder | Self::ProcessingTransaction)
    }

    /// `purchase.status` of a webhook and its event. The other states have none: only the REST API shows them.
    pub(crate) fn webhook(self) -> Option<(&'static str, &'static str)> {
        Some(match self {
            Self::Approved => ("APPROVED", "PURCHASE_APPROVED"),
            Self::Complete => ("COMPLETED", "PURCHASE_COMPLETE"),
            Self::Cancelled => ("CANCELED", "PURCHASE_CANCELED"),
            Self::PrintedBillet | Self::WaitingPayment => ("BILLET_PRINTED", "PURCHASE_BILLET_PRINTED"),
            Self::Expired => ("EXPIRED", "PURCHASE_EXPIRED"),
            Self::Overdue => ("DELAYED", "PURCHASE_DELAYED"),
            Self::Protested => ("DISPUTE", "PURCHASE_PROTEST"),
            Self::Refunded => ("REFUNDED", "PURCHASE_REFUNDED"),
            Self::Chargeback => ("CHARGEBACK", "PURCHASE_CHARGEBACK"),
            _ => return None,
        })
    }
}

words! {
    pub enum SubscriptionStatus {
        Started = "STARTED",
        Active = "ACTIVE",
        Inactive = "INACTIVE",
        Delayed = "DELAYED",
        Overdue = "OVERDUE",
        CancelledByCustomer = "CANCELLED_BY_CUSTOMER",
        CancelledBySeller = "CANCELLED_BY_SELLER",
        CancelledByAdmin = "CANCELLED_BY_ADMIN",
    }
}

impl SubscriptionStatus {
    pub(crate) fn is_cancelled(self) -> bool {
        matches!(self, Self::CancelledByCustomer | Self::CancelledBySeller | Self::CancelledByAdmin)
    }
}

words! {
    pub(crate) enum Payment {
        Pix = "PIX",
        CreditCard = "CREDIT_CARD",
        Billet = "BILLET",
        Paypal = "PAYPAL",
        PaypalAbroad = "PAYPAL_INTERNACIONAL",
        GooglePay = "GOOGLE_PAY",
        ApplePay = "APPLE_PAY",
        Cash = "CASH_PAYMENT",
        HotmartBalance = "HOTMART_BALANCE",
    }
}

/// Types that a filter may name though no sale here was paid so.
pub(crate) const OTHER_PAYMENTS: [&str; 12] = [
    "DIRECT_BANK_TRANSFER",
    "DIRECT_DEBIT",
    "FINANCED_BILLET",
    "FINANCED_INSTALLMENT",
    "HOTCARD",
    "HYBRID",
    "MANUAL_TRANSFER",
    "PICPAY",
    "SAMSUNG_PAY",
    "WALLET",
    "BALANCE_HOTMART",
    "ECHECK",
];

words! {
    /// As what the owner of the account earns with a sale.
    pub(crate) enum Role {
        Producer = "PRODUCER",
        Coproducer = "COPRODUCER",
        Affiliate = "AFFILIATE",
    }
}
