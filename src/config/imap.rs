//! The mailbox that customers write to.

use serde::Deserialize;

use super::{Config, ConfigError, Secret};

/// How letters come in. Without a host none are fetched, and answers to our mails go to `support_mail`.
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
    /// Whether `support+anything@example.com` reaches the mailbox of `support@example.com`, so that each mail can ask for answers to an
    /// address that names its ticket.
    pub plus_addressing: bool,
    /// The server whose Authentication-Results are believed, as it calls itself there; empty: none is.
    pub authserv_id: String,
    /// Larger letters are not fetched.
    pub letter_max_bytes: u32,
    /// How often a look is taken where the server can't tell of new letters by itself.
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
            letter_max_bytes: 25 * 1024 * 1024,
            poll_seconds: 60,
        }
    }
}

impl Config {
    /// Where customers write to, without a name; `None` where no letters are fetched.
    pub fn inbox_address(&self) -> Option<lettre::Address> {
        if self.imap.host.is_empty() {
            return None;
        }
        let address = if self.imap.address.is_empty() { &self.support_mail } else { &self.imap.address };
        address.parse::<lettre::message::Mailbox>().ok().map(|mailbox| mailbox.email)
    }

    pub(super) fn check_imap(&self) -> Result<(), ConfigError> {
        let imap = &self.imap;
        if !imap.address.is_empty() && imap.address.parse::<lettre::message::Mailbox>().is_err() {
            return Err(ConfigError("imap.address is not a mail address; write it as support@example.com.".into()));
        }
        if imap.host.is_empty() {
            return Ok(());
        }
        if self.inbox_address().is_none() {
            return Err(ConfigError(
                "imap.host is set but neither imap.address nor support_mail is: name the address that customers write to.".into(),
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
        let largest = u32::try_from(crate::mail::inbound::LETTER_MAX_BYTES).unwrap_or(u32::MAX);
        if !(1024..=largest).contains(&imap.letter_max_bytes) {
            return Err(ConfigError(format!("imap.letter_max_bytes must be from 1024 to {largest}.")));
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

    fn with(change: impl FnOnce(&mut Config)) -> Config {
        let mut config = Config::default();
        config.imap.host = "imap.example.com".into();
        config.imap.user = "support".into();
        config.imap.password = Secret("hunter2".into());
        config.support_mail = "Equipe <team@example.com>".into();
        change(&mut config);
        config
    }

    #[test]
    fn what_can_not_work_is_named_at_the_start_without_the_password() {
        assert!(with(|_| {}).check_imap().is_ok() && Config::default().check_imap().is_ok());
        type Change = fn(&mut Config);
        let wrong: [(&str, Change); 7] = [
            ("imap.address", |config| config.support_mail = String::new()),
            ("imap.address", |config| config.imap.address = "no address".into()),
            ("imap.password", |config| config.imap.password = Secret::default()),
            ("imap.password", |config| config.imap.password = Secret("hunter2\r\nA1 LOGOUT".into())),
            ("imap.folder", |config| config.imap.folder = String::new()),
            ("imap.letter_max_bytes", |config| config.imap.letter_max_bytes = 0),
            ("imap.poll_seconds", |config| config.imap.poll_seconds = 0),
        ];
        for (key, change) in wrong {
            let error = with(change).check_imap().expect_err(key).to_string();
            assert!(error.contains(key) && !error.contains("hunter2"), "{error}");
        }
    }

    #[test]
    fn customers_write_to_the_mailboxs_own_address_where_it_has_one() {
        let address = |config: Config| config.inbox_address().map(|address| address.to_string());
        assert_eq!(address(with(|_| {})).as_deref(), Some("team@example.com"));
        assert_eq!(address(with(|config| config.imap.address = "help@example.com".into())).as_deref(), Some("help@example.com"));
        assert_eq!(address(Config { support_mail: "team@example.com".into(), ..Config::default() }), None);
    }
}
