//! The connection to the mailbox's server, encrypted as the settings ask.

use std::io;
use std::sync::Arc;

use async_imap::{Client, Session};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::rustls::pki_types::ServerName;
use tokio_rustls::rustls::{ClientConfig, RootCertStore, crypto};

use super::{ANSWER_MAX, InboxError, within};
use crate::mail::settings::{Imap, ImapSecurity};

const NO_CONNECTION: InboxError = InboxError("no connection to the mailbox; check imap.host, imap.port and imap.security");
const NO_ENCRYPTION: InboxError =
    InboxError("no encrypted connection to the mailbox; check imap.host, imap.port, imap.security and the server's certificate");
const NO_GREETING: InboxError = InboxError("the mailbox's server does not greet as one; check imap.port and imap.security");
const NO_STARTTLS: InboxError = InboxError("the mailbox's server knows no STARTTLS; check imap.security");
const NO_LOGIN: InboxError = InboxError("the mailbox's server refused the login; check imap.user and imap.password");

/// What bytes go through, encrypted or not.
pub(super) trait Wire: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug {}
impl<T: AsyncRead + AsyncWrite + Unpin + Send + std::fmt::Debug> Wire for T {}

pub(super) type Logged = Session<Box<dyn Wire>>;

/// Connects and logs in. The password is sent only when the connection is as the settings ask.
pub(super) async fn log_in(settings: &Imap) -> Result<Logged, InboxError> {
    let connecting = TcpStream::connect((settings.host.as_str(), settings.port));
    let plain = within(ANSWER_MAX, connecting).await?.map_err(|_| NO_CONNECTION)?;
    let client = match settings.security {
        ImapSecurity::None => greeted(Box::new(plain)).await?,
        ImapSecurity::Tls => greeted(encrypted(settings, plain).await?).await?,
        ImapSecurity::Starttls => {
            let mut client = Client::new(plain);
            let greeting = within(ANSWER_MAX, client.read_response()).await?;
            greeting.ok().flatten().ok_or(NO_GREETING)?;
            within(ANSWER_MAX, client.run_command_and_check_ok("STARTTLS", None)).await?.map_err(|_| NO_STARTTLS)?;
            // What the server said too early is dropped with the client: nobody can slip an answer in before the encryption.
            Client::new(encrypted(settings, client.into_inner()).await?)
        }
    };
    let logging_in = client.login(&settings.user, settings.password.reveal());
    within(ANSWER_MAX, logging_in).await?.map_err(|(error, _)| match error {
        async_imap::error::Error::No(_) | async_imap::error::Error::Bad(_) => NO_LOGIN,
        _ => NO_CONNECTION,
    })
}

async fn greeted(wire: Box<dyn Wire>) -> Result<Client<Box<dyn Wire>>, InboxError> {
    let mut client = Client::new(wire);
    let greeting = within(ANSWER_MAX, client.read_response()).await?;
    greeting.ok().flatten().ok_or(NO_GREETING)?;
    Ok(client)
}

async fn encrypted(settings: &Imap, plain: TcpStream) -> Result<Box<dyn Wire>, InboxError> {
    let name = ServerName::try_from(settings.host.clone()).map_err(|_| NO_ENCRYPTION)?;
    let tls = tokio::task::spawn_blocking(tls).await.map_err(io::Error::other).and_then(|tls| tls).map_err(|_| NO_ENCRYPTION)?;
    let stream = within(ANSWER_MAX, TlsConnector::from(tls).connect(name, plain)).await?.map_err(|_| NO_ENCRYPTION)?;
    Ok(Box::new(stream))
}

/// Trusts whom the system trusts, or `SSL_CERT_FILE`; read anew for each connection, so that a new authority needs no restart.
fn tls() -> io::Result<Arc<ClientConfig>> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    let builder = ClientConfig::builder_with_provider(Arc::new(crypto::ring::default_provider()));
    let builder = builder.with_safe_default_protocol_versions().map_err(io::Error::other)?;
    Ok(Arc::new(builder.with_root_certificates(roots).with_no_client_auth()))
}
