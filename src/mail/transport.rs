//! The way out: a mail server, or a folder where none is configured.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::config::{Config, SmtpSecurity};

/// The wait for each answer of the mail server.
const ANSWER_MAX: Duration = Duration::from_secs(30);
/// All of one mail's attempt; well below the lease of the outbox.
const ATTEMPT_MAX: Duration = Duration::from_secs(120);

pub enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Each mail becomes a file `{id}.eml`.
    Folder(PathBuf),
}

/// Why mails could never leave with these settings.
#[derive(Debug, thiserror::Error)]
#[error("smtp.host can't be used: {0}")]
pub struct TransportError(String);

/// Why a mail did not leave. Holds no address, since servers like to repeat them in their answers.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct DeliveryError {
    text: String,
    /// The server is there and refused this mail; others may still leave. If false, no mail can leave now.
    pub only_this_mail: bool,
}

impl Transport {
    pub fn new(config: &Config) -> Result<Self, TransportError> {
        let smtp = &config.smtp;
        if smtp.host.is_empty() {
            return Ok(Self::Folder(config.data.join("mails")));
        }
        let builder = match smtp.security {
            SmtpSecurity::Starttls => AsyncSmtpTransport::<Tokio1Executor>::starttls_relay(&smtp.host),
            SmtpSecurity::Tls => AsyncSmtpTransport::<Tokio1Executor>::relay(&smtp.host),
            SmtpSecurity::None => Ok(AsyncSmtpTransport::<Tokio1Executor>::builder_dangerous(&smtp.host)),
        };
        let mut builder = builder.map_err(|error| TransportError(error.to_string()))?.port(smtp.port).timeout(Some(ANSWER_MAX));
        if !smtp.user.is_empty() {
            builder = builder.credentials(Credentials::new(smtp.user.clone(), smtp.password.reveal().to_owned()));
        }
        Ok(Self::Smtp(builder.build()))
    }

    /// When this returns `Ok`, the server has taken the mail, or its file is on disk.
    pub async fn deliver(&self, id: &str, message: Message) -> Result<(), DeliveryError> {
        match self {
            Self::Smtp(server) => {
                let error = match tokio::time::timeout(ATTEMPT_MAX, server.send(message)).await {
                    Ok(Ok(_)) => return Ok(()),
                    Ok(Err(error)) => DeliveryError::from_smtp(&error),
                    Err(_) => DeliveryError { text: "the mail server took too long".into(), only_this_mail: false },
                };
                // A server that breaks off at one mail and is there for others must not hold up all of them.
                let only_this_mail = error.only_this_mail || is_there(server).await;
                Err(DeliveryError { only_this_mail, ..error })
            }
            Self::Folder(folder) => {
                let (folder, file) = (folder.clone(), format!("{id}.eml"));
                let written = tokio::task::spawn_blocking(move || write_file(&folder, &file, &message.formatted())).await;
                let written = written.unwrap_or_else(|error| Err(std::io::Error::other(error)));
                written.map_err(|error| DeliveryError { text: format!("the folder of mails can't be written: {error}"), only_this_mail: false })
            }
        }
    }
}

impl DeliveryError {
    fn from_smtp(error: &lettre::transport::smtp::Error) -> Self {
        match error.status() {
            // 421: the server is closing for everybody.
            Some(code) => Self { text: format!("the mail server answered {code}"), only_this_mail: code.to_string() != "421" },
            None => {
                let kind = if error.is_timeout() {
                    "the mail server did not answer in time"
                } else if error.is_tls() {
                    "no encrypted connection to the mail server; check smtp.security and its certificate"
                } else {
                    "no connection to the mail server; check smtp.host and smtp.port"
                };
                Self { text: kind.into(), only_this_mail: error.is_response() || error.is_client() }
            }
        }
    }
}

async fn is_there(server: &AsyncSmtpTransport<Tokio1Executor>) -> bool {
    matches!(tokio::time::timeout(ANSWER_MAX, server.test_connection()).await, Ok(Ok(true)))
}

/// Writes a file whole or not at all. A second time it replaces the first.
fn write_file(folder: &Path, name: &str, content: &[u8]) -> std::io::Result<()> {
    crate::db::make_private_folder(folder)?;
    let draft = folder.join(format!("{name}.part"));
    let mut file = std::fs::File::create(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(&draft, folder.join(name))
}
