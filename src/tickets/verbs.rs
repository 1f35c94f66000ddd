//! What can be done with tickets: the rules and the transactions.

use std::net::IpAddr;

use super::access::{Right, link_path};
use super::guard::campaign;
use super::guard::send_now::Press;
use super::guard::{self, Meant, Traffic, Verdict};
use super::model::{Attachment, Draft, Entry, Filed, NewEntry, REOPENED_WITHIN_DAYS, Reference, Seen, Ticket, TicketKey, TicketView, Via};
use super::{TicketError, Tickets, store};
use crate::articles::model::ArticleId;
use crate::clock::Micros;
use crate::db::{self, DbError, Write};
use crate::i18n::Lang;
use crate::key::ServerKey;
use crate::mail::{Mail, Template, TicketFacts};

/// The same message from the same address about the same article is the same ticket for so long.
const SAME_MESSAGE_MICROS: i64 = Micros::HOUR;
/// A reference that is taken, or two transactions in each other's way: a new attempt helps.
const FILING_ATTEMPTS_MAX: usize = 3;

/// How a message came.
#[derive(Clone, Copy)]
pub(super) enum Origin<'a> {
    Form(IpAddr),
    /// A letter, from no network that we know, and what was cut off it.
    Letter(Option<&'a str>),
}

impl Origin<'_> {
    /// What a flood from one place is counted by. A letter's place is its sender.
    fn network(self, draft: &Draft, key: &ServerKey) -> String {
        match self {
            Self::Form(address) => key.network_tag(address),
            Self::Letter(_) => key.tag("sender", &[draft.email.key().as_bytes()]),
        }
    }

    fn entry(self, draft: &Draft) -> NewEntry {
        let (via, cut_off) = match self {
            Self::Form(_) => (Via::Form, None),
            Self::Letter(cut_off) => (Via::Mail, cut_off.map(str::to_owned)),
        };
        NewEntry { via, body: draft.message.clone(), cut_off, author: None }
    }
}

impl Tickets {
    /// Whether the author of a form has to press a button once more, or has. `shown` is the signed time that such a page posted.
    pub fn press(&self, draft: &Draft, meant: Meant, shown: Option<&str>) -> Result<Press, TicketError> {
        let key = self.0.key.get()?;
        Ok(guard::send_now::press(draft, meant, shown, &fingerprint(draft, key), key, self.0.clock.now()))
    }

    /// Files a message. When this returns `Ok`, the ticket is on disk. The same message within an hour is the same ticket, also
    /// when both arrive at the same moment. A suspicious one is kept aside and looks the same to its author.
    pub async fn file(&self, draft: &Draft, from: IpAddr) -> Result<Filed, TicketError> {
        self.file_with(draft, self.meant(draft).await, &[], from).await
    }

    /// The same with files that [`Tickets::take_files`] kept. A repeated message adds those that its ticket does not have yet.
    pub async fn file_with(&self, draft: &Draft, meant: Meant, files: &[(Attachment, String)], from: IpAddr) -> Result<Filed, TicketError> {
        let key = self.0.key.get()?;
        let mut attempt = 1;
        loop {
            match self.try_to_file(draft, meant, files, from, key).await {
                Err(TicketError::Broken(error)) if attempt < FILING_ATTEMPTS_MAX => {
                    tracing::warn!(error, attempt, "a message could not be filed; trying again");
                    attempt += 1;
                }
                result => return result,
            }
        }
    }

    async fn try_to_file(
        &self,
        draft: &Draft,
        meant: Meant,
        files: &[(Attachment, String)],
        from: IpAddr,
        key: &ServerKey,
    ) -> Result<Filed, TicketError> {
        let mut write = self.0.db.begin().await?;
        match self.file_in(&mut write, (draft, meant), files, Origin::Form(from), key).await {
            Ok(filed) if filed.repeated && files.is_empty() => {
                write.undo().await?;
                Ok(filed)
            }
            Ok(filed) => {
                write.commit().await?;
                self.0.outbox.wake();
                Ok(filed)
            }
            Err(error) => {
                write.undo().await?;
                Err(error)
            }
        }
    }

    /// The same within a transaction of the caller, who ends it: an error means that it must be undone.
    pub(super) async fn file_in(
        &self,
        write: &mut Write,
        (draft, meant): (&Draft, Meant),
        files: &[(Attachment, String)],
        origin: Origin<'_>,
        key: &ServerKey,
    ) -> Result<Filed, TicketError> {
        let now = self.0.clock.now();
        let reference = Reference::random().ok_or_else(|| TicketError::Unavailable("no random numbers from the system".into()))?;
        let own = TicketKey { id: db::new_id(now)?, reference, generation: 1 };

        let claimed = store::claim_filing(write, &fingerprint(draft, key), &own.id, now, now.plus(SAME_MESSAGE_MICROS)).await?;
        if claimed != own.id {
            let earlier = store::ticket_by_id(&mut **write, &claimed).await?;
            let earlier = earlier.ok_or_else(|| TicketError::Broken("a filing without its ticket".into()))?;
            if !files.is_empty() {
                self.attach_in(write, &earlier.key.id, None, files).await?;
            }
            return Ok(Filed { key: earlier.key, created_at: earlier.created_at, answer_due_at: earlier.answer_due_at, repeated: true });
        }

        let (network, address) = (origin.network(draft, key), key.tag("address", &[draft.email.key().as_bytes()]));
        let of_network = store::use_budget(write, &network, now).await?;
        let of_email = store::use_budget(write, &address, now).await?;
        let prints = campaign::prints(draft.message.as_str(), key);
        let likeness = campaign::store::likeness(write, &prints, &network, &address, now).await?;
        let held = match guard::judge(draft, meant, Traffic { of_network, of_email, likeness }, &self.0.limits, &self.0.guard) {
            Verdict::Accept => None,
            Verdict::KeepAside(reason) => Some(reason),
            Verdict::Refuse => return Err(TicketError::TooMany),
        };
        campaign::store::keep(write, &prints, &network, &address, now).await?;
        let urgency = self.urgency_of(draft);
        let answer_due_at = self.first_answer_due(now, draft.reason.as_deref(), urgency);
        store::insert_ticket(write, &own, draft, &origin.entry(draft), held, now, (urgency, answer_due_at)).await?;
        if !files.is_empty() {
            self.attach_in(write, &own.id, None, files).await?;
        }
        if held.is_none() {
            self.queue_first_mails(write, &own.id, draft.lang, now).await?;
        }
        tracing::info!(reference = %own.reference, held = held.map(|held| held.word()), "a ticket was filed");
        Ok(Filed { key: own, created_at: now, answer_due_at, repeated: false })
    }

    /// The customer is told that their message arrived, the support team that there is one.
    async fn queue_first_mails(&self, write: &mut Write, ticket: &str, lang: Lang, now: Micros) -> Result<(), DbError> {
        self.0.outbox.put(write, &Mail::of_ticket(Template::Confirmation, ticket, lang), now).await?;
        if self.0.announces {
            self.0.outbox.put(write, &Mail::of_ticket(Template::Announcement, ticket, lang), now).await?;
        }
        Ok(())
    }

    /// The ticket as a reader with a right to it may see it.
    pub async fn show(&self, reference: &Reference, right: Right) -> Result<TicketView, TicketError> {
        let pool = self.0.db.ready().await?;
        let ticket = store::ticket_by_reference(&pool, reference).await?.ok_or(TicketError::NotFound)?;
        // Where no mail leaves, nobody could ever prove their address.
        let with_answers = right == Right::Mailbox || !self.0.sends_mail;
        let (entries, of_mailbox) = store::entries_for_customer(&pool, &ticket.key.id, with_answers).await?;
        let files = self.files_for_customer(&ticket.key.id, with_answers).await?;
        let follows = self.followed(&ticket).await?;
        let followed_by = store::references_after(&pool, &ticket.key.id).await?;
        let withheld = if with_answers { 0 } else { of_mailbox };
        let seen = Seen::new(i64::try_from(entries.len()).unwrap_or(i64::MAX).saturating_add(withheld), ticket.status);
        Ok(TicketView { ticket, entries, files, answers_withheld: withheld > 0, follows, followed_by, seen })
    }

    /// The key of a ticket that a link's token opens, and with which right. A wrong token and a ticket that does not exist are the same.
    pub async fn open_link(&self, reference: &Reference, token: &str) -> Result<(TicketKey, Right), TicketError> {
        let key = self.key_of(reference).await?;
        let right = self.access()?.verify_link(&key, token).ok_or(TicketError::NotFound)?;
        Ok((key, right))
    }

    /// The right that a cookie's value gives to a ticket.
    pub async fn open_cookie(&self, reference: &Reference, value: &str) -> Result<Right, TicketError> {
        let key = self.key_of(reference).await?;
        self.access()?.verify_cookie(&key, value).ok_or(TicketError::NotFound)
    }

    async fn key_of(&self, reference: &Reference) -> Result<TicketKey, TicketError> {
        let pool = self.0.db.ready().await?;
        store::ticket_by_reference(&pool, reference).await?.map(|ticket| ticket.key).ok_or(TicketError::NotFound)
    }

    /// The newest tickets, those of the queue or those kept aside.
    pub async fn list(&self, held: bool, limit: u32) -> Result<Vec<Ticket>, TicketError> {
        Ok(store::newest_tickets(&self.0.db.ready().await?, held, limit.into()).await?)
    }

    /// Everything about a ticket, notes too.
    pub async fn get_for_staff(&self, reference: &Reference) -> Result<(Ticket, Vec<Entry>), TicketError> {
        let pool = self.0.db.ready().await?;
        let ticket = store::ticket_by_reference(&pool, reference).await?.ok_or(TicketError::NotFound)?;
        let entries = store::entries_for_staff(&pool, &ticket.key.id).await?;
        Ok((ticket, entries))
    }

    /// Lets a ticket that was kept aside into the queue, and its mails out. False if it was in the queue already.
    pub async fn release(&self, reference: &Reference) -> Result<bool, TicketError> {
        self.key_of(reference).await?;
        let now = self.0.clock.now();
        let mut write = self.0.db.begin().await?;
        let Some((ticket, lang)) = store::release(&mut write, reference, now).await? else { return Ok(false) };
        self.queue_first_mails(&mut write, &ticket, db::lang(&lang)?, now).await?;
        write.commit().await?;
        self.0.outbox.wake();
        Ok(true)
    }

    /// Makes every link and cookie of a ticket void; new ones can be made afterwards.
    pub async fn revoke_links(&self, reference: &Reference) -> Result<(), TicketError> {
        let mut write = self.0.db.begin().await?;
        store::revoke_links(&mut write, reference).await?.ok_or(TicketError::NotFound)?;
        Ok(write.commit().await?)
    }

    /// What a mail about a ticket says; `None` if the ticket, or what was said in it, is gone.
    pub(crate) async fn mail_facts(&self, mail: &Mail) -> Result<Option<TicketFacts>, TicketError> {
        let pool = self.0.db.ready().await?;
        let Some(id) = &mail.ticket else { return Ok(None) };
        let Some(ticket) = store::ticket_by_id(&pool, id).await? else { return Ok(None) };
        let said = match &mail.message {
            Some(entry) => store::entry_by_id(&pool, entry).await?,
            None => store::entries_for_customer(&pool, id, true).await?.0.into_iter().next(),
        };
        let Some(said) = said else { return Ok(None) };
        let files = self.files_for_customer(id, true).await?.into_iter().filter(|file| file.entry.as_ref() == Some(&said.id));
        let files = files.map(|file| file.name).collect::<Vec<_>>().join(", ");
        let token = self.access()?.link_token(&ticket.key, Right::Mailbox);
        let link = format!("{}{}", self.0.public_url, link_path(ticket.lang, &ticket.key.reference, &token));
        let (reason, article) = self.names(&ticket);
        Ok(Some(TicketFacts {
            message: said.body,
            files,
            answer_due_at: ticket.answer_due_at,
            reference: ticket.key.reference.to_string(),
            subject: ticket.subject,
            name: ticket.name,
            email: ticket.email,
            code: ticket.code,
            reason,
            article,
            reply_token: self.access()?.reply_token(&ticket.key),
            link,
        }))
    }

    /// What a ticket's reason and article are called in the language of the team; what is no longer there keeps its id.
    fn names(&self, ticket: &Ticket) -> (Option<String>, Option<String>) {
        let library = self.library();
        let reason = |id: &String| {
            let title = library.as_ref().and_then(|library| Some(library.reason(id)?.texts[library.default_lang].title.clone()));
            title.unwrap_or_else(|| id.clone())
        };
        let article = |id: &ArticleId| {
            let article = library.as_ref().and_then(|library| Some((library.articles.get(id)?, library.default_lang)));
            article.map_or_else(|| id.as_str().to_owned(), |(article, lang)| article.shown(lang, lang).title.clone())
        };
        (ticket.reason.as_ref().map(reason), ticket.article.as_ref().map(article))
    }

    /// Drops what no longer decides anything: old fingerprints, used-up hours, files that waited in vain. Closes what has been solved for long,
    /// and erases what is kept no longer.
    pub(crate) async fn prune(&self) -> Result<(), TicketError> {
        let mut write = self.0.db.begin().await?;
        let now = self.0.clock.now();
        store::prune(&mut write, now).await?;
        campaign::store::prune(&mut write, now).await?;
        super::login_store::prune(&mut write, now).await?;
        self.prune_letters(&mut write, now).await?;
        store::close_solved(&mut write, now.plus(-REOPENED_WITHIN_DAYS * Micros::DAY), now).await?;
        write.commit().await?;
        self.erase_over().await?;
        self.sweep_files().await
    }
}

/// Equal for equal messages from the same address about the same article; white space does not count.
fn fingerprint(draft: &Draft, key: &ServerKey) -> String {
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
