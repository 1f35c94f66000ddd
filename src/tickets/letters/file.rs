//! Letters that found their place go into the database: the letter, what it says and its mails in one transaction.

use super::{Fate, Incoming, Why, parts, store};
use crate::db::{DbError, Write};
use crate::i18n::Lang;
use crate::mail::{Mail, Template};
use crate::tickets::afterwards::draft_after;
use crate::tickets::attachments::{Attachment, FILES, FileProblem};
use crate::tickets::model::{Draft, Email, EntryKind, Event, Message, NewEntry, Ticket, Via};
use crate::tickets::verbs::Origin;
use crate::tickets::{TicketError, Tickets, store as tickets_store};
use crate::web::posted::{Arrived, Content, PostedFile};

/// What a letter brings.
struct Brought {
    message: Message,
    cut_off: Option<String>,
    files: Vec<(Attachment, String)>,
    /// For staff.
    notes: Vec<Message>,
}

impl Tickets {
    /// A letter says something in a ticket, or opens one that goes on with it. `proved`: the sender has shown that the address is theirs.
    pub(super) async fn say_by_letter(&self, incoming: &Incoming, ticket: &Ticket, proved: bool) -> Result<Fate, TicketError> {
        let mut brought = self.brought(incoming, ticket.lang).await?;
        let sender = incoming.letter.from.as_ref().map(|sender| sender.address.as_str()).unwrap_or_default();
        if !sender.eq_ignore_ascii_case(&ticket.email) {
            let text = self.0.mailbox.lang.letters().from_another.replace("{address}", if sender.is_empty() { "?" } else { sender });
            brought.notes.extend(Message::parse_reply(&text));
        }
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let Some(id) = self.claim_letter(&mut write, incoming).await? else { return Ok(Fate::Known) };
        let ticket = match self.moved(&mut write, &ticket.key.reference, Event::CustomerWrote, now).await {
            Ok(ticket) => ticket,
            Err(TicketError::NotNow) => {
                write.undo().await?;
                let draft = draft_after(ticket, ticket.lang, brought.message.clone())?;
                return self.file_letter(incoming, &draft, Some(ticket), brought, proved).await;
            }
            Err(error) => return Err(error),
        };
        let entry = NewEntry { via: Via::Mail, body: brought.message, cut_off: brought.cut_off, author: None };
        let entry = tickets_store::insert_entry(&mut write, &ticket.key.id, EntryKind::Customer, &entry, now).await?;
        self.attach_in(&mut write, &ticket.key.id, Some(&entry), &brought.files).await?;
        self.write_notes(&mut write, &ticket.key.id, brought.notes).await?;
        if self.0.announces && ticket.held.is_none() {
            self.0.outbox.put(&mut write, &Mail::of_entry(Template::CustomerWrote, &ticket.key.id, &entry, ticket.lang), now).await?;
        }
        store::settle(&mut write, &id, &ticket.key.id, Some(&entry)).await?;
        if proved {
            tickets_store::prove_address(&mut write, &ticket.email.to_ascii_lowercase(), now).await?;
        }
        write.commit().await?;
        self.0.outbox.wake();
        Ok(Fate::Said)
    }

    /// A letter opens a ticket.
    pub(super) async fn open_by_letter(&self, incoming: &Incoming, email: &Email) -> Result<Fate, TicketError> {
        let letter = &incoming.letter;
        let lang = Lang::of_text(&format!("{} {}", letter.subject, letter.text)).unwrap_or(self.0.mailbox.lang);
        let brought = self.brought(incoming, lang).await?;
        let draft = Draft {
            lang,
            article: None,
            reason: None,
            subject: parts::subject(letter, lang.letters())?,
            name: parts::name(letter.from.as_ref().map_or("", |sender| sender.name.as_str()), email.as_str())?,
            email: email.clone(),
            code: None,
            message: brought.message.clone(),
            trapped: false,
            seconds: None,
        };
        self.file_letter(incoming, &draft, None, brought, false).await
    }

    async fn file_letter(
        &self,
        incoming: &Incoming,
        draft: &Draft,
        follows: Option<&Ticket>,
        brought: Brought,
        proved: bool,
    ) -> Result<Fate, TicketError> {
        let understood = (draft, self.meant(draft).await);
        let mut write = self.0.db.begin().await?;
        let Some(id) = self.claim_letter(&mut write, incoming).await? else { return Ok(Fate::Known) };
        let origin = Origin::Letter(brought.cut_off.as_deref());
        let filed = match self.file_in(&mut write, understood, &brought.files, origin, self.0.key.get()?).await {
            Ok(filed) => filed,
            Err(TicketError::TooMany) => {
                write.undo().await?;
                return self.keep_letter(incoming, Why::TooMany, follows).await;
            }
            Err(error) => return Err(error),
        };
        if let Some(earlier) = follows.filter(|earlier| earlier.key.id != filed.key.id) {
            tickets_store::set_follows(&mut write, &filed.key.id, &earlier.key.id).await?;
        }
        self.write_notes(&mut write, &filed.key.id, brought.notes).await?;
        store::settle(&mut write, &id, &filed.key.id, None).await?;
        if proved {
            tickets_store::prove_address(&mut write, &draft.email.key(), self.0.clock.now()).await?;
        }
        write.commit().await?;
        self.0.outbox.wake();
        Ok(Fate::Opened)
    }

    /// Undone with the transaction.
    async fn claim_letter(&self, write: &mut Write, incoming: &Incoming) -> Result<Option<String>, DbError> {
        match &incoming.accepted {
            Some(id) => store::claim_waiting(write, id).await,
            None => store::claim(write, &incoming.fingerprint, &incoming.email_key(), incoming.authenticated, self.0.clock.now()).await,
        }
    }

    async fn write_notes(&self, write: &mut Write, ticket: &str, notes: Vec<Message>) -> Result<(), DbError> {
        // Behind what they are about.
        let mut at = self.0.clock.now();
        for body in notes {
            at = at.plus(1);
            let note = NewEntry { via: Via::Mail, body, cut_off: None, author: None };
            tickets_store::insert_entry(write, ticket, EntryKind::Note, &note, at).await?;
        }
        Ok(())
    }

    /// Takes a letter's text and keeps its files. Those of a letter that is not filed after all are swept after a day.
    async fn brought(&self, incoming: &Incoming, lang: Lang) -> Result<Brought, TicketError> {
        let letter = &incoming.letter;
        let (message, cut_off) = parts::text(letter, lang.letters())?;
        let budget = self.0.key.get()?.tag("files", &[incoming.email_key().as_bytes()]);
        let (limits, mut files, mut problems) = (&self.0.attachments, Vec::new(), Vec::new());
        for file in &letter.files {
            if files.len() >= limits.files_max {
                problems.push((file.name.clone(), FileProblem::TooMany));
                continue;
            }
            let content =
                if file.bytes.len() > limits.file_max_bytes { Content::TooLarge } else { Content::Whole(Arrived::elsewhere(file.bytes.clone())) };
            match self.take(PostedFile { field: FILES.to_owned(), name: file.name.clone(), content }, &budget).await? {
                Ok(kept) => files.push(kept),
                Err(problem) => problems.push((file.name.clone(), problem)),
            }
        }
        let staff = self.0.mailbox.lang;
        let more = letter.attachments.saturating_sub(letter.files.len());
        let mut notes: Vec<Message> = parts::refused_files(staff, &problems, more, limits).into_iter().collect();
        if !incoming.is_whole {
            notes.extend(Message::parse_reply(staff.letters().was_too_large));
        }
        Ok(Brought { message, cut_off, files, notes })
    }
}
