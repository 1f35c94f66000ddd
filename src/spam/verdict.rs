//! What is decided about a message.

use crate::values::words::words;

/// Why a ticket is quarantined.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuarantineReason {
    /// The invisible field was filled in.
    Trap,
    /// More messages from one network than `limits.tickets_per_network_per_hour`.
    Network,
    /// More messages from one address than `limits.tickets_per_email_per_hour`.
    Email,
    /// The address, or its domain, stands in `spam.blocked`.
    Blocked,
    /// The form was open for a moment only.
    TooFast,
    /// The same text came from other networks and addresses.
    Campaign,
    /// What it says and how it is made is like what nobody wanted before, or it hides something.
    Content,
    /// Staff said so.
    Staff,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    Accept,
    Quarantine(QuarantineReason),
    /// Far over the limits.
    Refuse,
}

words!(QuarantineReason {
    Trap => "trap",
    Network => "network",
    Email => "email",
    Blocked => "blocked",
    TooFast => "fast",
    Campaign => "campaign",
    Content => "content",
    Staff => "staff",
});
