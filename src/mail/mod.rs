//! Emails that leave. The outbox keeps which email is owed to whom, in the transaction that owes it; a worker writes each from
//! its template when its turn comes and hands it to the mail server, or puts it into a folder where none is configured.
//!
//! Promised: an email that was promised leaves, also after an outage of hours; it leaves once, as far as SMTP lets anybody know; what
//! people typed can't become a header; no address stands in a log.
//!
//! `inbox` fetches the emails that come in, `inbound` takes them apart.

mod buyer_template;
pub mod inbound;
mod inbox;
mod notification_templates;
mod outbox;
pub mod settings;
mod staff_templates;
mod templates;
mod transport;

pub use buyer_template::BuyerCodeFacts;
pub use inbox::{Fetched, Inbox, InboxError, Opened};
pub use notification_templates::{NotificationFacts, NotificationLine};
pub use outbox::{Mail, MailCounts, Outbox, Owed, PERSONAL_DATA, Template};
pub use staff_templates::StaffLinkFacts;
pub use templates::{MailRenderer, RenderError, SignInFacts, TicketFacts};
pub use transport::{DeliveryError, Transport, TransportError};
