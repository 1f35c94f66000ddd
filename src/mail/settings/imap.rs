//! The mailbox that customers write to.

use serde::Deserialize;

use crate::config::{ConfigError, Secret};

/// How emails come in. Without a host none are fetched, and answers to our emails go to `support_mail`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Imap {
    pub host: String,
    pub port: u16,
    pub user: String,
    pub password: Secret,
    pub security: ImapSecurity,
    pub folder: String,
    /// The mailbox's own address, to which customers answer; empty: `support_mail`.
    pub address: String,
    /// Whether `support+anything@example.com` reaches the mailbox of `support@example.com`, so that each email can ask for answers to an
    /// address that names its ticket.
    pub plus_addressing: bool,
    /// The server whose Authentication-Results are believed, as it calls itself there; empty: none is.
    pub authserv_id: String,
    /// Larger emails are not fetched.
    pub email_max_bytes: u32,
    /// How often a look is taken where the server can't tell of new emails by itself.
    pub poll_seconds: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum ImapSecurity {
    Tls,
    Starttls,
    None,
}

impl Default for Imap {
    fn default() -> Self {
        Self {
            host: String::new(),
            port: 993,
            user: String::new(),
            password: Secret::default(),
            security: ImapSecurity::Tls,
            folder: "INBOX".into(),
            address: String::new(),
            plus_addressing: true,
            authserv_id: String::new(),
            email_max_bytes: 25 * 1024 * 1024,
            poll_seconds: 60,
        }
    }
}

impl Imap {
    /// Where customers write to, without a name; `None` where no email is fetched.
    pub fn inbox_address(&self, support_mail: &str) -> Option<lettre::Address> {
        if self.host.is_empty() {
            return None;
        }
        let address = if self.address.is_empty() { support_mail } else { &self.address };
        address.parse::<lettre::message::Mailbox>().ok().map(|mailbox| mailbox.email)
    }

    pub(super) fn check(&self, support_mail: &str) -> Result<(), ConfigError> {
        let imap = self;
        if !imap.address.is_empty() && imap.address.parse::<lettre::message::Mailbox>().is_err() {
            return Err(ConfigError("imap.address is not an email address; write it as support@example.com.".into()));
        }
        if imap.host.is_empty() {
            return Ok(());
        }
        if self.inbox_address(support_mail).is_none() {
            return Err(ConfigError(
                "imap.host is set but neither imap.address nor support_mail is: set the address that customers write to.".into(),
            ));
        }
        if imap.user.is_empty() || imap.password.reveal().is_empty() {
            return Err(ConfigError("imap.host is set but imap.user or imap.password is empty: a mailbox can't be opened without them.".into()));
        }
        for (key, text) in [("imap.user", imap.user.as_str()), ("imap.password", imap.password.reveal()), ("imap.folder", imap.folder.as_str())] {
            if text.is_empty() || text.chars().any(char::is_control) {
                return Err(ConfigError(format!("{key} must be one line of text and not empty.")));
            }
        }
        let largest = u32::try_from(crate::mail::inbound::EMAIL_MAX_BYTES).unwrap_or(u32::MAX);
        if !(1024..=largest).contains(&imap.email_max_bytes) {
            return Err(ConfigError(format!("imap.email_max_bytes must be from 1024 to {largest}.")));
        }
        if imap.poll_seconds == 0 {
            return Err(ConfigError("imap.poll_seconds must be 1 or more.".into()));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SUPPORT: &str = "Equipe <team@example.com>";

    fn with(change: impl FnOnce(&mut Imap)) -> Imap {
        let mut imap = Imap { host: "imap.example.com".into(), user: "support".into(), password: Secret::new("hunter2"), ..Imap::default() };
        change(&mut imap);
        imap
    }

    #[test]
    fn what_can_not_work_is_named_at_the_start_without_the_password() {
        assert!(with(|_| {}).check(SUPPORT).is_ok() && Imap::default().check("").is_ok());
        assert!(with(|_| {}).check("").is_err_and(|error| error.to_string().contains("imap.address")));
        type Change = fn(&mut Imap);
        let wrong: [(&str, Change); 6] = [
            ("imap.address", |imap| imap.address = "no address".into()),
            ("imap.password", |imap| imap.password = Secret::default()),
            ("imap.password", |imap| imap.password = Secret::new("hunter2\r\nA1 LOGOUT")),
            ("imap.folder", |imap| imap.folder = String::new()),
            ("imap.email_max_bytes", |imap| imap.email_max_bytes = 0),
            ("imap.poll_seconds", |imap| imap.poll_seconds = 0),
        ];
        for (key, change) in wrong {
            let error = with(change).check(SUPPORT).expect_err(key).to_string();
            assert!(error.contains(key) && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn customers_write_to_the_mailboxs_own_address_where_it_has_one() {
        let address = |imap: Imap| imap.inbox_address(SUPPORT).map(|address| address.to_string());
        assert_eq!(address(with(|_| {})).as_deref(), Some("team@example.com"));
        assert_eq!(address(with(|imap| imap.address = "help@example.com".into())).as_deref(), Some("help@example.com"));
        assert_eq!(address(Imap::default()), None);
    }
}
