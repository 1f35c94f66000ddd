//! The lists that an account is read from, and how each wants to be asked.

use crate::orders::status::{STATUSES, WITHOUT_PRICE_DETAILS};
use crate::values::words::words;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// Whether a year has sales at all: only then its periods are read.
    Years,
    Sales,
    People,
    Commissions,
    Prices,
    Subscriptions,
    Recurrences,
}

words!(Stream {
    Years => "years",
    Sales => "sales",
    People => "people",
    Commissions => "commissions",
    Prices => "prices",
    Subscriptions => "subscriptions",
    Recurrences => "recurrences",
});

impl Stream {
    /// Those that are read period by period; sales first.
    pub const OF_PERIODS: [Self; 6] = [Self::Sales, Self::People, Self::Commissions, Self::Prices, Self::Subscriptions, Self::Recurrences];

    pub(super) fn path(self) -> &'static str {
        match self {
            Self::Years => "/payments/api/v1/sales/summary",
            Self::Sales => "/payments/api/v1/sales/history",
            Self::People => "/payments/api/v1/sales/users",
            Self::Commissions => "/payments/api/v1/sales/commissions",
            Self::Prices => "/payments/api/v1/sales/price/details",
            Self::Subscriptions => "/payments/api/v1/subscriptions",
            Self::Recurrences => "/payments/api/v1/subscriptions/transactions",
        }
    }

    /// The parameters of a period's beginning and end. Without the first, subscriptions are those of the last 30 days alone.
    pub(super) fn period(self) -> (&'static str, &'static str) {
        match self {
            Self::Years | Self::Sales | Self::People | Self::Commissions | Self::Prices => ("start_date", "end_date"),
            Self::Subscriptions => ("accession_date", "end_accession_date"),
            Self::Recurrences => ("transaction_date", "end_transaction_date"),
        }
    }

    /// The statuses that have to be asked for by name, since without any only paid sales come. None: it has no such rule.
    pub(super) fn statuses(self) -> Vec<&'static str> {
        match self {
            Self::Years | Self::Sales | Self::People | Self::Commissions => STATUSES.to_vec(),
            Self::Prices => STATUSES.into_iter().filter(|status| !WITHOUT_PRICE_DETAILS.contains(status)).collect(),
            Self::Subscriptions | Self::Recurrences => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_list_of_sales_is_asked_for_every_status_that_it_takes() {
        for (stream, count) in
            [(Stream::Sales, 17), (Stream::People, 17), (Stream::Commissions, 17), (Stream::Prices, 14), (Stream::Subscriptions, 0)]
        {
            assert_eq!(stream.statuses().len(), count, "{stream:?}");
        }
    }
}
