//! The room's settings: how emails leave, where they come in, and in whose name.

mod imap;
mod smtp;

use std::path::PathBuf;

pub use imap::{Imap, ImapSecurity};
pub use smtp::{Smtp, SmtpSecurity};

use crate::config::ConfigError;
use crate::i18n::Lang;
use crate::values::Zone;

/// Everything that the room needs to know of the help center.
#[derive(Debug, Clone)]
pub struct Settings {
    pub smtp: Smtp,
    pub imap: Imap,
    /// Where each new ticket is announced; empty: nowhere.
    pub support_mail: String,
    pub brand: String,
    /// `#rrggbb`
    pub accent: String,
    /// The language of the support team.
    pub support_lang: Lang,
    /// The zone in which times are told.
    pub time_zone: Zone,
    /// Where emails are written when none is sent.
    pub folder: PathBuf,
}

impl Settings {
    /// Where customers write to, without a name; `None` where no email is fetched.
    pub fn inbox_address(&self) -> Option<lettre::Address> {
        self.imap.inbox_address(&self.support_mail)
    }
}

/// What can't work is an error at the start that names the key.
pub fn check(smtp: &Smtp, imap: &Imap, support_mail: &str) -> Result<(), ConfigError> {
    for (key, address) in [("support_mail", support_mail), ("smtp.from", &smtp.from)] {
        if !address.is_empty() && address.parse::<lettre::message::Mailbox>().is_err() {
            return Err(ConfigError(format!("{key} is not an email address; write it as support@example.com.")));
        }
    }
    if !smtp.host.is_empty() && smtp.from.is_empty() {
        return Err(ConfigError("smtp.host is set but smtp.from is empty: set the address that emails come from.".into()));
    }
    imap.check(support_mail)
}
