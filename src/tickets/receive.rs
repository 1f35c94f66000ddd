//! The one way in: whatever the channel, a message becomes a ticket or goes into one here, and nowhere else.

use super::Tickets;
use super::model::{
    Attachment, Audience, Author, Channel, Draft, Filed, Message, MessageBody, Proof, QuarantineReason, Reference, Ticket, TicketKey, Transition,
    Visits,
};
use super::store::{self, tickets::Opening};
use crate::clock::Micros;
use crate::db;
use crate::error::ServiceError;
use crate::events::{Actor, Change, Kind, NewEvent, Subject};
use crate::files::NotKept;
use crate::i18n::Lang;
use crate::key::ServerKey;
use crate::mail::{Mail, Template};
use crate::spam::{SemanticScore, Source, Verdict};
use crate::values::{self, Email, PersonName, TransactionCode};

/// The same message from the same address about the same article is the same ticket for so long, where the same page sends it.
const SAME_PAGE_MICROS: i64 = Micros::HOUR;
/// The same where only the network is the same.
const SAME_NETWORK_MICROS: i64 = 10 * Micros::MINUTE;
/// The same words on a ticket's page are said once within so long.
const SAME_REPLY_MICROS: i64 = Micros::HOUR;
/// More than a person writes about one thing.
const REPLIES_PER_HOUR_MAX: i64 = 30;

/// A message that came in.
#[derive(Clone)]
pub struct Incoming<'a> {
    /// Who does it: the author, or whoever lets the message in.
    pub by: Actor,
    pub author: Author,
    pub channel: Channel,
    pub audience: Audience,
    /// What the author has shown of themselves.
    pub proof: Proof,
    /// Whether that shows who wrote the ticket too, which may be older than the proof.
    pub verifies: bool,
    pub target: Target<'a>,
    pub body: MessageBody,
    /// What was cut off an email.
    pub cut_off: Option<String>,
    /// Files that came with it and were not kept: its author is told in the next email.
    pub not_kept: Vec<NotKept>,
    /// Kept by [`crate::files::Files`].
    pub files: &'a [(Attachment, String)],
    /// What the program has to say to staff about it.
    pub remarks: Vec<MessageBody>,
}

/// Where a message goes.
#[derive(Clone)]
pub enum Target<'a> {
    New(NewTicket<'a>),
    Ticket(&'a Reference),
}

/// What a new ticket needs besides its message.
#[derive(Clone)]
pub struct NewTicket<'a> {
    pub draft: &'a Draft,
    /// What the spam check read in it.
    pub meaning: SemanticScore,
    pub source: Source,
    pub follow_up_of: Option<&'a Ticket>,
    /// Whether its customer is told at once that it arrived: never where a program may have written, so that two don't answer each other for ever.
    pub confirms: bool,
}

/// What became of a message.
#[derive(Debug)]
pub enum Received {
    /// A ticket was opened, in the queue or in quarantine, or the same message had opened one before.
    Filed(Filed),
    /// It is in its ticket, reopened where it was solved. Its id; the same words may have been there before.
    Added { ticket: Box<Ticket>, message: String },
    /// Nothing can be written in the ticket any more: a follow-up has to be opened. Nothing was done.
    Over(Box<Ticket>),
}

impl Tickets {
    /// Takes a message within the caller's transaction, who ends it: an error means that it must be undone. Refused is what comes far too often
    /// ([`ServiceError::TooMany`]). Emails are owed in the same transaction; the caller wakes the outbox.
    pub async fn receive(&self, change: &mut Change, incoming: Incoming<'_>) -> Result<Received, ServiceError> {
        match &incoming.target {
            Target::New(new) => self.open(change, &incoming, new).await.map(Received::Filed),
            Target::Ticket(reference) => self.add(change, &incoming, reference).await,
        }
    }

    async fn open(&self, change: &mut Change, incoming: &Incoming<'_>, new: &NewTicket<'_>) -> Result<Filed, ServiceError> {
        let (draft, now, key) = (new.draft, change.now(), self.0.key.get()?);
        let reference = Reference::random().ok_or_else(|| ServiceError::Unavailable("no random numbers from the system".into()))?;
        let own = TicketKey { id: db::new_id(now)?, reference, generation: 1 };
        for Repeat { key: dedupe_key, kept, of_page } in repeats(new, key) {
            let claimed = store::claim_dedupe_key(change, &dedupe_key, &own.id, now, now.plus(kept)).await?;
            if claimed != own.id {
                store::point_dedupe_keys(change, &own.id, &claimed).await?;
                return Ok(Filed { by_author: of_page, ..self.repeated(change, &claimed, incoming).await? });
            }
        }
        let quarantine = match self.0.spam.judge(change, &draft.submission(), new.meaning, new.source).await? {
            Verdict::Accept => None,
            Verdict::Quarantine(reason) => Some(reason),
            Verdict::Refuse => return Err(ServiceError::TooMany),
        };
        let address = self.0.customers.address(change, &draft.email, now).await?;
        let priority = self.priority_of(draft);
        let due_at = self.due(now, draft.reason.as_deref(), priority);
        // The same words within an hour are the earlier ticket itself.
        let follow_up_of = new.follow_up_of.map(|earlier| earlier.key.id.as_str());
        let opening = Opening {
            key: &own,
            customer: &address.customer,
            address: &address.id,
            channel: incoming.channel,
            proof: incoming.proof,
            quarantine,
            priority,
            due_at,
            follow_up_of,
        };
        store::tickets::insert(change, draft, &opening, now).await?;
        let message = self.say(change, &own.id, incoming, Some(due_at)).await?;
        if incoming.verifies {
            self.0.customers.verify(change, &address.id, &incoming.by).await?;
        }
        change.record(created(&incoming.by, &opening, &message));
        if quarantine.is_none() {
            self.owe_first_mails(change, &own.id, draft.lang, new.confirms).await?;
        }
        tracing::info!(reference = %own.reference, quarantine = quarantine.map(QuarantineReason::word), "a ticket was filed");
        Ok(Filed { key: own, message, created_at: now, due_at, repeated: false, by_author: true })
    }

    /// The ticket that the same message opened before; it gets the files that it does not have yet.
    async fn repeated(&self, change: &mut Change, ticket: &str, incoming: &Incoming<'_>) -> Result<Filed, ServiceError> {
        let missing = || ServiceError::Broken("a dedupe key without its ticket".into());
        let earlier = store::by_id(&mut ***change, ticket).await?.ok_or_else(missing)?;
        let first = store::first_message(&mut ***change, ticket).await?.ok_or_else(missing)?;
        if !incoming.files.is_empty() {
            self.0.files.attach(change, ticket, &first.id, incoming.files).await?;
            change.record(NewEvent::new(Subject::Ticket, ticket, &incoming.by, Kind::FilesAdded).with("message", first.id.as_str()));
        }
        let due_at = first.due_at.unwrap_or(earlier.created_at);
        Ok(Filed { key: earlier.key, message: first.id, created_at: earlier.created_at, due_at, repeated: true, by_author: false })
    }

    async fn add(&self, change: &mut Change, incoming: &Incoming<'_>, reference: &Reference) -> Result<Received, ServiceError> {
        let mut ticket = store::lock(change, reference).await?.ok_or(ServiceError::NotFound)?;
        let now = change.now();
        if incoming.author == Author::Customer {
            if let Some(message) = self.said_before(change, &ticket, incoming).await? {
                if !incoming.files.is_empty() {
                    self.0.files.attach(change, &ticket.key.id, &message, incoming.files).await?;
                    let event = NewEvent::new(Subject::Ticket, &ticket.key.id, &incoming.by, Kind::FilesAdded);
                    change.record(event.with("message", message.as_str()));
                }
                return Ok(Received::Added { ticket: Box::new(ticket), message });
            }
            if !ticket.takes_messages(now) {
                return Ok(Received::Over(Box::new(ticket)));
            }
            if self.is_only_thanks(change, &ticket, incoming).await? {
                return self.thanked(change, ticket, incoming).await;
            }
            self.move_to(&mut ticket, Transition::CustomerWrote, now)?;
            self.customer_replied(change, &mut ticket, incoming).await?;
        } else if incoming.audience != Audience::Staff {
            // No email leaves for what is in quarantine: it has to be let into the queue first.
            if ticket.quarantine.is_some() {
                return Err(ServiceError::NotNow);
            }
            self.move_to(&mut ticket, Transition::Answered, now)?;
            store::save(change, &ticket).await?;
        }
        let due_at = ticket.due_at.filter(|_| incoming.author == Author::Customer);
        let message = self.say(change, &ticket.key.id, incoming, due_at).await?;
        let (kind, template) = match (&incoming.author, incoming.audience) {
            (Author::Customer, _) => (Kind::CustomerReplied, Some(Template::CustomerWrote).filter(|_| self.announces(&ticket))),
            (_, Audience::Staff) => (Kind::Noted, None),
            _ => (Kind::Answered, Some(Template::Answer)),
        };
        if let Some(template) = template {
            self.0.outbox.put(change, &Mail::of_message(template, &ticket.key.id, &message, ticket.lang), now).await?;
        }
        let event = NewEvent::new(Subject::Ticket, &ticket.key.id, &incoming.by, kind).with("message", message.as_str());
        let event = event.with("channel", incoming.channel.word()).with("audience", incoming.audience.word());
        change.record(if kind == Kind::Noted { event } else { standing(event, &ticket) });
        Ok(Received::Added { ticket: Box::new(ticket), message })
    }

    /// What follows for the ticket from a word of its customer.
    async fn customer_replied(&self, change: &mut Change, ticket: &mut Ticket, incoming: &Incoming<'_>) -> Result<(), ServiceError> {
        if incoming.verifies {
            self.verify_in(change, ticket, incoming.proof, &incoming.by).await?;
        }
        // What is promised already isn't put off by another word.
        let due = self.due(change.now(), ticket.reason.as_deref(), ticket.priority);
        ticket.due_at = ticket.due_at.or(Some(due));
        if ticket.snoozed_until.take().is_some() {
            change.record(NewEvent::new(Subject::Ticket, &ticket.key.id, &incoming.by, Kind::Snoozed).with("snoozed_until", None::<i64>));
        }
        Ok(store::save(change, ticket).await?)
    }

    /// Id of the same words on the ticket's page a short while ago: a button that was pressed twice. Uses one of the ticket's hourly limit, so that
    /// nobody can fill the disk through it.
    async fn said_before(&self, change: &mut Change, ticket: &Ticket, incoming: &Incoming<'_>) -> Result<Option<String>, ServiceError> {
        if incoming.channel != Channel::Page {
            return Ok(None);
        }
        let now = change.now();
        if let Some(said) = store::same_reply(change, &ticket.key.id, incoming.body.as_str(), now.plus(-SAME_REPLY_MICROS)).await? {
            return Ok(Some(said));
        }
        let subject = self.0.key.get()?.tag("replies", &[ticket.key.id.as_bytes()]);
        let used = db::rate_limits::count(change, &subject, now).await?;
        if used > REPLIES_PER_HOUR_MAX { Err(ServiceError::TooMany) } else { Ok(None) }
    }

    /// Writes the message with its files, and behind it what the program has to say about it. Returns its id.
    pub(super) async fn say(
        &self,
        change: &mut Change,
        ticket: &str,
        incoming: &Incoming<'_>,
        due_at: Option<Micros>,
    ) -> Result<String, ServiceError> {
        let now = change.now();
        let message = Message {
            id: db::new_id(now)?,
            at: now,
            author: incoming.author.clone(),
            audience: incoming.audience,
            channel: incoming.channel,
            proof: incoming.proof,
            body: incoming.body.as_str().to_owned(),
            cut_off: incoming.cut_off.clone(),
            not_kept: incoming.not_kept.clone(),
            due_at,
        };
        store::insert_message(change, ticket, &message).await?;
        self.0.files.attach(change, ticket, &message.id, incoming.files).await?;
        let mut at = now;
        for remark in &incoming.remarks {
            at = at.plus(1);
            let remark = Message {
                id: db::new_id(at)?,
                at,
                author: Author::System,
                audience: Audience::Staff,
                channel: incoming.channel,
                proof: Proof::None,
                body: remark.as_str().to_owned(),
                cut_off: None,
                not_kept: Vec::new(),
                due_at: None,
            };
            store::insert_message(change, ticket, &remark).await?;
        }
        Ok(message.id)
    }

    fn announces(&self, ticket: &Ticket) -> bool {
        self.0.settings.announces && ticket.quarantine.is_none()
    }
}

fn created(by: &Actor, opening: &Opening<'_>, message: &str) -> NewEvent {
    let event = NewEvent::new(Subject::Ticket, &opening.key.id, by, Kind::Created);
    let event =
        event.with("message", message).with("channel", opening.channel.word()).with("quarantine", opening.quarantine.map(QuarantineReason::word));
    let event = event.with("status", "new").with("priority", opening.priority.word()).with("due_at", opening.due_at.0);
    event.with("proof", opening.proof.word()).with("follow_up_of", opening.follow_up_of)
}

/// A mark by which a message is known to be the same once more, and for how long.
struct Repeat {
    key: String,
    kept: i64,
    of_page: bool,
}

/// By what a message is known to be the same once more, and for how long. To know its words is not enough: whoever knows them would get the cookie of
/// another's ticket. A forged email must not get into the ticket of whom it names either.
fn repeats(new: &NewTicket<'_>, key: &ServerKey) -> Vec<Repeat> {
    let words = fingerprint(new.draft, key);
    let by = |what: &str, who: &str, kept: i64| Repeat {
        key: key.tag("repeat", &[words.as_bytes(), what.as_bytes(), who.as_bytes()]),
        kept,
        of_page: what == "page",
    };
    let page = new.draft.form_id.as_deref().map(|id| by("page", id, SAME_PAGE_MICROS));
    let network = match new.source {
        Source::Network(address) => Some(by("network", &key.network_tag(address), SAME_NETWORK_MICROS)),
        Source::VouchedEmail => Some(by("email", "", SAME_PAGE_MICROS)),
        Source::Email | Source::Staff => None,
    };
    page.into_iter().chain(network).collect()
}

/// Where the ticket stands after what happened.
pub(super) fn standing(event: NewEvent, ticket: &Ticket) -> NewEvent {
    event.with("status", ticket.status.word()).with("due_at", ticket.due_at.map(|due| due.0))
}

/// What a customer says now about what an earlier ticket was about.
pub fn draft_after(earlier: &Ticket, lang: Lang, message: MessageBody) -> Result<Draft, ServiceError> {
    let stored = |_| ServiceError::Broken("a stored ticket that the form would refuse".into());
    Ok(Draft {
        lang,
        article: earlier.article.clone(),
        reason: earlier.reason.clone(),
        subject: values::Subject::parse(&earlier.subject).map_err(stored)?,
        name: PersonName::parse(&earlier.name).map_err(stored)?,
        email: Email::parse(&earlier.email).map_err(stored)?,
        code: earlier.code.as_deref().map(|code| TransactionCode::parse(code, None)).transpose().map_err(stored)?,
        message,
        trapped: false,
        seconds: None,
        form_id: None,
        visits: Visits::default(),
    })
}

/// Equal for equal messages from the same address about the same article; white space does not count.
pub fn fingerprint(draft: &Draft, key: &ServerKey) -> String {
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    key.tag(
        "filing",
        &[
            draft.email.key().as_bytes(),
            draft.article.as_ref().map_or("", |article| article.as_str()).as_bytes(),
            draft.reason.as_deref().unwrap_or_default().as_bytes(),
            draft.code.as_ref().map_or("", |code| code.as_str()).as_bytes(),
            plain(draft.subject.as_str()).as_bytes(),
            plain(draft.message.as_str()).as_bytes(),
        ],
    )
}
