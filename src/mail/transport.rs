//! The way out: a mail server, or a folder where none is configured.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::Duration;

use lettre::transport::smtp::authentication::Credentials;
use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor};

use crate::mail::settings::{Settings, SmtpSecurity};
use crate::private_folder;

/// The wait for each answer of the mail server.
const ANSWER_MAX: Duration = Duration::from_secs(30);
/// All of one email's attempt; well below the lease of the outbox.
const ATTEMPT_MAX: Duration = Duration::from_secs(120);

/// Answers about who we are, not about an email (RFC 4954, 6; 432 and 454 pass, the others don't).
const LOG_IN_CODES: [u16; 6] = [432, 454, 530, 534, 535, 538];

pub enum Transport {
    Smtp(AsyncSmtpTransport<Tokio1Executor>),
    /// Each email becomes a file `{id}.eml`.
    Folder(PathBuf),
}

/// Why emails could never leave with these settings.
#[derive(Debug, thiserror::Error)]
#[error("smtp.host can't be used: {0}")]
pub struct TransportError(String);

/// Why an email did not leave. Holds no address, since servers like to repeat them in their answers.
#[derive(Debug, thiserror::Error)]
#[error("{text}")]
pub struct DeliveryError {
    text: String,
    /// The server is there and refused this email; others may still leave. If false, no email can leave now.
    pub only_this_mail: bool,
}

impl Transport {
    pub fn new(settings: &Settings) -> Result<Self, TransportError> {
        let smtp = &settings.smtp;
        if smtp.host.is_empty() {
            return Ok(Self::Folder(settings.folder.clone()));
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

    /// When this returns `Ok`, the server has taken the email, or its file is on disk.
    pub async fn deliver(&self, id: &str, message: Message) -> Result<(), DeliveryError> {
        match self {
            Self::Smtp(server) => {
                let (text, reach) = match tokio::time::timeout(ATTEMPT_MAX, server.send(message)).await {
                    Ok(Ok(_)) => return Ok(()),
                    Ok(Err(error)) => diagnosis(&error),
                    Err(_) => ("the mail server took too long".into(), Reach::Unknown),
                };
                let only_this_mail = match reach {
                    Reach::ThisMail => true,
                    Reach::EveryMail => false,
                    // A server that breaks off at one email and is there for others must not hold up all of them.
                    Reach::Unknown => is_there(server).await,
                };
                Err(DeliveryError { text, only_this_mail })
            }
            Self::Folder(folder) => {
                let (folder, file) = (folder.clone(), format!("{id}.eml"));
                let written = tokio::task::spawn_blocking(move || write_file(&folder, &file, &message.formatted())).await;
                let written = written.unwrap_or_else(|error| Err(std::io::Error::other(error)));
                written.map_err(|error| DeliveryError { text: format!("the folder of emails can't be written: {error}"), only_this_mail: false })
            }
        }
    }
}

/// Which emails a refusal concerns.
enum Reach {
    ThisMail,
    EveryMail,
    Unknown,
}

/// What went wrong, in words for the log that tell an operator what to check.
fn diagnosis(error: &lettre::transport::smtp::Error) -> (String, Reach) {
    if let Some(code) = error.status().map(u16::from) {
        return match code {
            // 421: the server is closing for everybody.
            421 => ("the mail server answered 421".into(), Reach::Unknown),
            _ if LOG_IN_CODES.contains(&code) => {
                (format!("the mail server refused the login ({code}); check smtp.user and smtp.password"), Reach::EveryMail)
            }
            _ => (format!("the mail server answered {code}"), Reach::ThisMail),
        };
    }
    let (text, reach) = if error.is_timeout() {
        ("the mail server did not answer in time", Reach::Unknown)
    } else if error.is_tls() {
        ("no encrypted connection to the mail server; check smtp.host, smtp.port, smtp.security and the server's certificate", Reach::EveryMail)
    } else if error.is_response() {
        ("the mail server's answer makes no sense; check smtp.port and smtp.security", Reach::ThisMail)
    } else if error.is_client() {
        ("the mail server lacks what this email or smtp.security asks for: STARTTLS, a login, or addresses beyond ASCII", Reach::Unknown)
    } else {
        ("no connection to the mail server; check smtp.host, smtp.port and smtp.security", Reach::Unknown)
    };
    (text.into(), reach)
}

async fn is_there(server: &AsyncSmtpTransport<Tokio1Executor>) -> bool {
    matches!(tokio::time::timeout(ANSWER_MAX, server.test_connection()).await, Ok(Ok(true)))
}

/// Writes a file whole or not at all. A second time it replaces the first.
fn write_file(folder: &Path, name: &str, content: &[u8]) -> std::io::Result<()> {
    private_folder::make(folder)?;
    let draft = folder.join(format!("{name}.part"));
    let mut file = std::fs::File::create(&draft)?;
    file.write_all(content)?;
    file.sync_all()?;
    std::fs::rename(&draft, folder.join(name))
}
