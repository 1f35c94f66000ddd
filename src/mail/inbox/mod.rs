//! The mailbox that customers write to, by IMAP: what is unread there, each email's bytes, a mark when it was taken, and the wait for more.
//! Every step has its time limit, and an error means that the connection is to be given up. No error holds what the server said: servers like
//! to repeat addresses.

mod connect;

use std::future::Future;
use std::time::Duration;

use async_imap::types::UnsolicitedResponse;
use futures_util::TryStreamExt;

use crate::mail::settings::Imap;
use connect::Logged;

/// The wait for each answer of the server.
const ANSWER_MAX: Duration = Duration::from_secs(60);
/// For a whole email to arrive.
const EMAIL_MAX: Duration = Duration::from_secs(300);
/// Even where the server tells of new emails a look is taken so often: a connection may be dead without anybody knowing.
const IDLE_MAX: Duration = Duration::from_secs(300);
/// Of an email that is too large so much is fetched: its head, most likely, and the beginning of its text.
const BEGINNING_BYTES: u32 = 64 * 1024;

/// Why the mailbox can't be read now.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct InboxError(pub &'static str);

const LOST: InboxError = InboxError("the connection to the mailbox broke off");
const TOO_SLOW: InboxError = InboxError("the mailbox's server did not answer in time");
const NO_FOLDER: InboxError = InboxError("the mailbox has no such folder, or it can't be written; check imap.folder");

/// Where emails are fetched from.
#[derive(Debug, Clone)]
pub struct Inbox(Imap);

/// The mailbox with its folder open.
pub struct Opened {
    session: Logged,
    email_max_bytes: u32,
    can_idle: bool,
    poll: Duration,
}

/// An email's bytes.
pub struct Fetched {
    pub raw: Vec<u8>,
    /// False where only the beginning of an email that is too large was fetched.
    pub is_whole: bool,
}

impl Inbox {
    /// `None` where no mailbox is configured.
    pub fn new(imap: &Imap) -> Option<Self> {
        (!imap.host.is_empty()).then(|| Self(imap.clone()))
    }

    pub async fn open(&self) -> Result<Opened, InboxError> {
        let mut session = connect::log_in(&self.0).await?;
        let can_idle = within(ANSWER_MAX, session.capabilities()).await?.map_err(|_| LOST)?.has_str("IDLE");
        within(ANSWER_MAX, session.select(&self.0.folder)).await?.map_err(|_| NO_FOLDER)?;
        let poll = Duration::from_secs(self.0.poll_seconds.into());
        Ok(Opened { session, email_max_bytes: self.0.email_max_bytes, can_idle, poll })
    }
}

impl Opened {
    /// Numbers of the unread emails, in the order of arrival, and whether more arrived while they were looked for.
    pub async fn unread(&mut self) -> Result<(Vec<u32>, bool), InboxError> {
        let found = within(ANSWER_MAX, self.session.uid_search("UNSEEN")).await?.map_err(|_| LOST)?;
        let mut numbers: Vec<u32> = found.into_iter().collect();
        numbers.sort_unstable();
        let mut more = false;
        while let Ok(told) = self.session.unsolicited_responses.try_recv() {
            more |= matches!(told, UnsolicitedResponse::Exists(_));
        }
        Ok((numbers, more))
    }

    /// `None` when the email has gone in the meantime.
    pub async fn fetch(&mut self, number: u32) -> Result<Option<Fetched>, InboxError> {
        let Some(size) = self.ask(number, "(UID RFC822.SIZE)").await?.and_then(|answer| answer.size) else { return Ok(None) };
        let is_whole = size <= self.email_max_bytes;
        let what = if is_whole { "(UID BODY.PEEK[])".to_owned() } else { format!("(UID BODY.PEEK[]<0.{BEGINNING_BYTES}>)") };
        let answer = self.ask(number, &what).await?;
        Ok(answer.and_then(|answer| answer.body().map(<[u8]>::to_vec)).map(|raw| Fetched { raw, is_whole }))
    }

    async fn ask(&mut self, number: u32, what: &str) -> Result<Option<async_imap::types::Fetch>, InboxError> {
        let session = &mut self.session;
        let asking = async move {
            let answers: Vec<_> = session.uid_fetch(number.to_string(), what).await?.try_collect().await?;
            // Others may come in between: of emails that somebody else marked.
            Ok::<_, async_imap::error::Error>(answers.into_iter().find(|answer| answer.uid == Some(number) && !is_mere_mark(answer)))
        };
        let answer = within(EMAIL_MAX, asking).await?.map_err(|_| LOST)?;
        if answer.is_none() {
            // No answer because the email has gone, or because the connection has: the library tells them not apart.
            within(ANSWER_MAX, self.session.noop()).await?.map_err(|_| LOST)?;
        }
        Ok(answer)
    }

    /// Marks an email as read, and where `flagged` for people to look at.
    pub async fn mark(&mut self, number: u32, flagged: bool) -> Result<(), InboxError> {
        let session = &mut self.session;
        let marks = if flagged { "+FLAGS.SILENT (\\Seen \\Flagged)" } else { "+FLAGS.SILENT (\\Seen)" };
        let marking = async move {
            let _: Vec<_> = session.uid_store(number.to_string(), marks).await?.try_collect().await?;
            Ok::<_, async_imap::error::Error>(())
        };
        within(ANSWER_MAX, marking).await?.map_err(|_| LOST)
    }

    /// Returns when there may be something new.
    pub async fn wait(mut self) -> Result<Self, InboxError> {
        if !self.can_idle {
            tokio::time::sleep(self.poll).await;
            within(ANSWER_MAX, self.session.noop()).await?.map_err(|_| LOST)?;
            return Ok(self);
        }
        let mut idle = self.session.idle();
        within(ANSWER_MAX, idle.init()).await?.map_err(|_| LOST)?;
        {
            let (told, _interrupt) = idle.wait_with_timeout(IDLE_MAX);
            // Some servers say "still here" for ever.
            if let Ok(told) = tokio::time::timeout(IDLE_MAX, told).await {
                told.map_err(|_| LOST)?;
            }
        }
        let session = within(ANSWER_MAX, idle.done()).await?.map_err(|_| LOST)?;
        Ok(Self { session, ..self })
    }
}

/// Neither size nor bytes: the server tells of a mark, unasked.
fn is_mere_mark(answer: &async_imap::types::Fetch) -> bool {
    answer.size.is_none() && answer.body().is_none()
}

async fn within<T>(limit: Duration, work: impl Future<Output = T>) -> Result<T, InboxError> {
    tokio::time::timeout(limit, work).await.map_err(|_| TOO_SLOW)
}
