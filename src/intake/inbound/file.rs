//! Emails that found their place go into the database: the row that knows the email again, what it says and our emails in one transaction.

use super::{Arrival, InboundEmails, IntakeOutcome, ReviewReason, parts, store};
use crate::error::ServiceError;
use crate::events::{Actor, Change};
use crate::files::{Attachment, FILES, FileProblem, NotKept};
use crate::i18n::Lang;
use crate::mail::inbound::{EmailFile, FileRole, Sealed};
use crate::spam::Source;
use crate::tickets::model::{Audience, Author, Channel, Draft, MessageBody, Proof, Ticket, Visits};
use crate::tickets::receive::{Incoming, NewTicket, Received, Target, draft_after};
use crate::values::Email;
use crate::web::posted::{Arrived, Content, PostedFile};

/// A picture in the HTML that is no larger is a logo, most likely.
const LOGO_MAX_BYTES: usize = 10 * 1024;

/// What an email brings.
struct Brought {
    message: MessageBody,
    cut_off: Option<String>,
    files: Vec<(Attachment, String)>,
    /// Attached files that were not.
    not_kept: Vec<NotKept>,
    /// For staff.
    remarks: Vec<MessageBody>,
}

impl Brought {
    fn incoming<'a>(&'a self, arrival: &Arrival, verifies: bool, target: Target<'a>) -> Incoming<'a> {
        Incoming {
            by: by(arrival),
            author: Author::Customer,
            channel: Channel::Email,
            audience: Audience::Mailbox,
            proof: if arrival.authenticated { Proof::VouchedEmail } else { Proof::None },
            verifies,
            target,
            body: self.message.clone(),
            cut_off: self.cut_off.clone(),
            not_kept: self.not_kept.clone(),
            files: &self.files,
            remarks: self.remarks.clone(),
        }
    }
}

impl InboundEmails {
    /// An email says something in a ticket, or opens a follow-up. `verifies`: the sender has shown that the ticket is theirs.
    pub(super) async fn add(&self, arrival: &Arrival, ticket: &Ticket, verifies: bool) -> Result<IntakeOutcome, ServiceError> {
        let mut brought = self.brought(arrival, ticket.lang).await?;
        let sender = arrival.sender.as_ref().map(Email::as_str).unwrap_or_default();
        if !ticket.is_of(sender) {
            let text = self.mailbox.lang.inbound().from_another.replace("{address}", if sender.is_empty() { "?" } else { sender });
            brought.remarks.extend(MessageBody::parse_reply(&text));
        }
        let mut change = self.rooms.events.begin().await?;
        let Some(id) = self.claim(&mut change, arrival).await? else { return Ok(IntakeOutcome::Known) };
        let incoming = brought.incoming(arrival, verifies, Target::Ticket(&ticket.key.reference));
        let received = self.rooms.tickets.receive(&mut change, incoming).await?;
        match &received {
            Received::Added { ticket, message } => store::settle(&mut change, &id, &ticket.key.id, message).await?,
            Received::Filed(filed) => store::settle(&mut change, &id, &filed.key.id, &filed.message).await?,
            Received::Over(earlier) => {
                change.undo().await?;
                let draft = draft_after(earlier, ticket.lang, brought.message.clone())?;
                return self.file(arrival, &draft, Some(earlier), &brought, verifies).await;
            }
        }
        self.rooms.finish(change, &received).await?;
        self.drop_reviewed(arrival).await;
        Ok(IntakeOutcome::Added)
    }

    /// An email opens a ticket.
    pub(super) async fn open(&self, arrival: &Arrival, sender: &Email) -> Result<IntakeOutcome, ServiceError> {
        let email = &arrival.email;
        // What the writer quotes says nothing of them, and their subject may be ours.
        let said = crate::mail::inbound::split(&email.text).said;
        let lang = Lang::of_text(&said).or_else(|| Lang::of_text(&format!("{} {said}", email.subject))).unwrap_or(self.mailbox.lang);
        let brought = self.brought(arrival, lang).await?;
        let draft = Draft {
            lang,
            article: None,
            reason: None,
            subject: parts::subject(email, lang.inbound())?,
            name: parts::name(&arrival.name, sender.as_str())?,
            email: sender.clone(),
            code: None,
            message: brought.message.clone(),
            trapped: false,
            form_id: None,
            visits: Visits::default(),
            seconds: None,
        };
        self.file(arrival, &draft, None, &brought, false).await
    }

    async fn file(
        &self,
        arrival: &Arrival,
        draft: &Draft,
        follow_up_of: Option<&Ticket>,
        brought: &Brought,
        verifies: bool,
    ) -> Result<IntakeOutcome, ServiceError> {
        let meaning = self.rooms.spam.read(&draft.submission()).await;
        let mut change = self.rooms.events.begin().await?;
        let Some(id) = self.claim(&mut change, arrival).await? else { return Ok(IntakeOutcome::Known) };
        let source = if arrival.authenticated { Source::VouchedEmail } else { Source::Email };
        let new = NewTicket { draft, meaning, source, follow_up_of, confirms: arrival.is_answered };
        let received = match self.rooms.tickets.receive(&mut change, brought.incoming(arrival, verifies, Target::New(new))).await {
            Ok(received) => received,
            Err(ServiceError::TooMany) => {
                change.undo().await?;
                return self.keep_for_review(arrival, ReviewReason::TooMany, follow_up_of).await;
            }
            Err(error) => return Err(error),
        };
        if let Received::Filed(filed) = &received {
            store::settle(&mut change, &id, &filed.key.id, &filed.message).await?;
        }
        self.rooms.finish(change, &received).await?;
        self.drop_reviewed(arrival).await;
        Ok(IntakeOutcome::Opened)
    }

    /// Undone with the transaction.
    async fn claim(&self, change: &mut Change, arrival: &Arrival) -> Result<Option<String>, ServiceError> {
        if let Some((id, _)) = &arrival.accepted {
            return Ok(store::claim_reviewed(change, id).await?);
        }
        let now = change.now();
        let address = match &arrival.sender {
            Some(sender) => Some(self.customers.address(change, sender, now).await?.id),
            None => None,
        };
        Ok(store::claim(change, &arrival.fingerprint, address.as_deref(), arrival.authenticated, now).await?)
    }

    /// Takes an email's text and keeps its files. Those of an email that is not filed after all are swept after a day.
    async fn brought(&self, arrival: &Arrival, lang: Lang) -> Result<Brought, ServiceError> {
        let email = &arrival.email;
        let (message, cut_off) = parts::text(email, lang.inbound())?;
        let (files, mut not_kept) = self.files(arrival).await?;
        not_kept.extend((0..email.files_beyond).map(|_| NotKept { name: String::new(), why: FileProblem::TooMany }));
        let sender = arrival.sender.as_ref().map(Email::as_str).unwrap_or_default();
        let remarks = parts::remarks(self.mailbox.lang, email, &self.mailbox.own, sender, &not_kept, arrival.is_whole);
        Ok(Brought { message, cut_off, files, not_kept, remarks })
    }

    /// As many attached files as a form takes, and behind them the pictures that the HTML shows, as many as were looked at.
    async fn files(&self, arrival: &Arrival) -> Result<(Vec<(Attachment, String)>, Vec<NotKept>), ServiceError> {
        let budget = self.rooms.key.get()?.tag("files", &[arrival.sender_key().as_bytes()]);
        let limits = self.rooms.files.settings();
        let (mut kept, mut not_kept, mut attached, mut others) = (Vec::new(), Vec::new(), 0, 0);
        for file in &arrival.email.files {
            let count = if file.role == FileRole::Attached { &mut attached } else { &mut others };
            let result = match file.sealed {
                Some(Sealed::Winmail) => Err(FileProblem::Winmail),
                Some(Sealed::Encrypted) => Err(FileProblem::Encrypted),
                None if file.role == FileRole::Attached && *count >= limits.files_max => Err(FileProblem::TooMany),
                None => self.rooms.files.take(posted(file, limits.file_max_bytes), &budget).await?,
            };
            match result {
                Ok(file) => {
                    *count += 1;
                    kept.push(file);
                }
                // Nobody misses a logo, or a signature that programs check; a screenshot in the text is another matter.
                Err(_) if file.role == FileRole::Signature || (file.role == FileRole::Inline && file.bytes.len() <= LOGO_MAX_BYTES) => {}
                Err(why) => not_kept.push(NotKept { name: file.name.clone(), why }),
            }
        }
        Ok((kept, not_kept))
    }
}

fn posted(file: &EmailFile, max_bytes: usize) -> PostedFile {
    let content = if file.bytes.len() > max_bytes { Content::TooLarge } else { Content::Whole(Arrived::elsewhere(file.bytes.clone())) };
    PostedFile { field: FILES.to_owned(), name: file.name.clone(), content }
}

/// Its sender, or whoever accepted it.
fn by(arrival: &Arrival) -> Actor {
    arrival.accepted.as_ref().map_or(Actor::Customer, |(_, by)| by.clone())
}
