//! The durable queue of emails: which template, about which ticket, in which language.

use crate::db::from_row;
use std::sync::Arc;

use tokio::sync::Notify;

use crate::clock::{Clock, Micros};
use crate::db::{self, Db, DbError, PersonalData, Write};
use crate::i18n::Lang;
use crate::values::words::words;

/// Pauses after the first, second, … failed attempt, in minutes: a day and a half in all, then the email is given up.
const PAUSES_MINUTES: [i64; 9] = [1, 2, 5, 15, 60, 180, 360, 720, 720];
/// Whoever claims an email has so long to send it; then it counts as not sent, since the claimer must have died. Longer than any attempt may take.
const LEASE_MICROS: i64 = 5 * Micros::MINUTE;
/// What was sent is forgotten after so many days.
const SENT_KEPT_DAYS: i64 = 30;

const INSERT_MAIL: &str = "
    INSERT INTO outbox (id, created_at, template, ticket, message, sign_in, staff_link, staff, buyer_code, lang, state, due_at, attempts)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 'ready', $2, 0)";
/// One statement, so that two workers never get the same email: the second finds the conditions no longer true. Oldest first.
const CLAIM_MAIL: &str = "
    UPDATE outbox SET due_at = $2, attempts = attempts + 1
    WHERE id = (SELECT id FROM outbox WHERE state = 'ready' AND due_at <= $1 ORDER BY created_at, id LIMIT 1)
        AND state = 'ready' AND due_at <= $1
    RETURNING id, created_at, template, ticket, message, sign_in, staff_link, staff, buyer_code, lang, attempts";
/// Only the attempt that holds the claim may end it.
const END_ATTEMPT: &str = "UPDATE outbox SET state = $3, due_at = $4, last_problem = $5 WHERE id = $1 AND attempts = $2";
/// An attempt that was none: it does not count.
const PUT_BACK: &str = "UPDATE outbox SET due_at = $3, attempts = attempts - 1, last_problem = $4 WHERE id = $1 AND attempts = $2";
/// What says to a customer and to the team that a ticket is there, and has not left.
const DROP_FIRST: &str = "DELETE FROM outbox WHERE ticket = $1 AND state = 'ready' AND template IN ('confirmation', 'announcement')";
const COUNT_MAILS: &str = "SELECT state, COUNT(*) FROM outbox WHERE state <> 'sent' GROUP BY state";
const TICKET_OF: &str = "SELECT ticket FROM outbox WHERE id = $1 AND ticket IS NOT NULL";
const PRUNE_MAILS: &str = "DELETE FROM outbox WHERE state = 'sent' AND due_at < $1";

const OF_TICKET: &str = "SELECT created_at, template, state FROM outbox WHERE ticket = $1 ORDER BY created_at, id";

/// What the outbox keeps of a customer, `$1`.
pub const PERSONAL_DATA: &[PersonalData] = &[PersonalData::of_customer(
    "emails owed or sent",
    "SELECT COUNT(*) FROM outbox WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1) OR sign_in IN (
        SELECT sign_in_codes.id FROM sign_in_codes JOIN addresses ON addresses.id = sign_in_codes.address WHERE addresses.customer = $1)
        OR buyer_code IN (SELECT buyer_codes.id FROM buyer_codes JOIN tickets ON tickets.id = buyer_codes.ticket WHERE tickets.customer = $1)",
    "DELETE FROM outbox WHERE ticket IN (SELECT id FROM tickets WHERE customer = $1) OR sign_in IN (
        SELECT sign_in_codes.id FROM sign_in_codes JOIN addresses ON addresses.id = sign_in_codes.address WHERE addresses.customer = $1)
        OR buyer_code IN (SELECT buyer_codes.id FROM buyer_codes JOIN tickets ON tickets.id = buyer_codes.ticket WHERE tickets.customer = $1)",
)];

/// What an email says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Template {
    /// To the customer: your message arrived.
    Confirmation,
    /// To the support team: there is a new ticket.
    Announcement,
    /// To the customer: staff answered.
    Answer,
    /// To the support team: the customer wrote again.
    CustomerWrote,
    /// To the customer: the code and the link that show all their tickets.
    SignIn,
    /// To somebody of the team: the link by which they choose a password.
    StaffLink,
    /// To somebody of the team: what happened that concerns them, collected.
    Notifications,
    /// To the address of a purchase: the code that proves who made it.
    BuyerCode,
}

words!(Template {
    Confirmation => "confirmation",
    Announcement => "announcement",
    Answer => "answer",
    CustomerWrote => "customer_wrote",
    SignIn => "sign_in",
    StaffLink => "staff_link",
    Notifications => "notifications",
    BuyerCode => "buyer_code",
});

/// What an email is about. Only ids: its text is made when it leaves.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mail {
    pub template: Template,
    pub ticket: Option<String>,
    /// One thing said in the ticket.
    pub message: Option<String>,
    /// A sign-in code.
    pub sign_in: Option<String>,
    /// A one-time link of somebody of the team.
    pub staff_link: Option<String>,
    /// Somebody of the team, whose notifications it tells.
    pub staff: Option<String>,
    /// A code by which a buyer is proved. There may be no such purchase: then nothing leaves.
    pub buyer_code: Option<String>,
    pub lang: Lang,
}

impl Mail {
    fn new(template: Template, lang: Lang) -> Self {
        Self { template, ticket: None, message: None, sign_in: None, staff_link: None, staff: None, buyer_code: None, lang }
    }

    pub fn of_ticket(template: Template, ticket: &str, lang: Lang) -> Self {
        Self { ticket: Some(ticket.to_owned()), ..Self::new(template, lang) }
    }

    pub fn of_message(template: Template, ticket: &str, message: &str, lang: Lang) -> Self {
        Self { message: Some(message.to_owned()), ..Self::of_ticket(template, ticket, lang) }
    }

    pub fn of_sign_in(sign_in: &str, lang: Lang) -> Self {
        Self { sign_in: Some(sign_in.to_owned()), ..Self::new(Template::SignIn, lang) }
    }

    pub fn of_staff_link(link: &str, lang: Lang) -> Self {
        Self { staff_link: Some(link.to_owned()), ..Self::new(Template::StaffLink, lang) }
    }

    pub fn of_notifications(staff: &str, lang: Lang) -> Self {
        Self { staff: Some(staff.to_owned()), ..Self::new(Template::Notifications, lang) }
    }

    pub fn of_buyer_code(code: &str, lang: Lang) -> Self {
        Self { buyer_code: Some(code.to_owned()), ..Self::new(Template::BuyerCode, lang) }
    }
}

/// An email that somebody claimed and now has to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Owed {
    /// The same at every attempt.
    pub id: String,
    pub created_at: Micros,
    pub mail: Mail,
    /// This attempt's number, from 1.
    pub attempt: i64,
}

struct MailRow {
    id: String,
    created_at: i64,
    template: String,
    ticket: Option<String>,
    message: Option<String>,
    sign_in: Option<String>,
    staff_link: Option<String>,
    staff: Option<String>,
    buyer_code: Option<String>,
    lang: String,
    attempts: i64,
}
from_row!(MailRow { id, created_at, template, ticket, message, sign_in, staff_link, staff, buyer_code, lang, attempts });

impl TryFrom<MailRow> for Owed {
    type Error = DbError;

    fn try_from(row: MailRow) -> Result<Self, DbError> {
        let template = Template::parse(&row.template).ok_or_else(|| db::unknown("template", &row.template))?;
        let (ticket, message, sign_in, staff_link, staff) = (row.ticket, row.message, row.sign_in, row.staff_link, row.staff);
        let mail = Mail { template, ticket, message, sign_in, staff_link, staff, buyer_code: row.buyer_code, lang: db::lang(&row.lang)? };
        Ok(Self { id: row.id, created_at: Micros(row.created_at), mail, attempt: row.attempts })
    }
}

/// How many emails are in which state, for `/metrics`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MailCounts {
    pub waiting: i64,
    /// Given up after the last attempt.
    pub failed: i64,
}

#[derive(Clone)]
pub struct Outbox {
    db: Db,
    clock: Clock,
    wake: Arc<Notify>,
}

impl Outbox {
    pub fn new(db: Db, clock: Clock) -> Self {
        Self { db, clock, wake: Arc::default() }
    }

    /// Owes an email, in the caller's transaction. To be followed by [`Self::wake`] after the commit.
    pub async fn put(&self, write: &mut Write, mail: &Mail, now: Micros) -> Result<(), DbError> {
        let query = sqlx::query(INSERT_MAIL).bind(db::new_id(now)?).bind(now.0).bind(mail.template.word());
        let query = query.bind(mail.ticket.as_deref()).bind(mail.message.as_deref()).bind(mail.sign_in.as_deref());
        let query = query.bind(mail.staff_link.as_deref()).bind(mail.staff.as_deref()).bind(mail.buyer_code.as_deref()).bind(mail.lang.code());
        query.execute(&mut **write).await?;
        Ok(())
    }

    /// Forgets what says that a ticket is there and has not left, in the caller's transaction.
    pub async fn drop_first(&self, write: &mut Write, ticket: &str) -> Result<(), DbError> {
        sqlx::query(DROP_FIRST).bind(ticket).execute(&mut **write).await?;
        Ok(())
    }

    /// Tells the worker of this process that there is something to send. Those of others look every few seconds.
    pub fn wake(&self) {
        self.wake.notify_one();
    }

    /// Returns at the next [`Self::wake`].
    pub async fn woken(&self) {
        self.wake.notified().await;
    }

    /// The ticket that an email of ours was about, by the left half of its Message-ID, as long as the email is remembered.
    pub async fn ticket_of(&self, id: &str) -> Result<Option<String>, DbError> {
        Ok(sqlx::query_scalar(TICKET_OF).bind(id).fetch_optional(&self.db.ready().await?).await?)
    }

    /// Takes the oldest email that is due; nobody else gets it while the lease lasts.
    pub async fn claim(&self) -> Result<Option<Owed>, DbError> {
        let now = self.clock.now();
        let mut write = self.db.begin().await?;
        let row: Option<MailRow> = sqlx::query_as(CLAIM_MAIL).bind(now.0).bind(now.plus(LEASE_MICROS).0).fetch_optional(&mut *write).await?;
        write.commit().await?;
        row.map(Owed::try_from).transpose()
    }

    /// The mail server has it.
    pub async fn sent(&self, owed: &Owed) -> Result<(), DbError> {
        self.end(owed, "sent", self.clock.now(), None).await
    }

    /// The mail server refused it. It is tried again after a pause that grows, and given up after the last attempt.
    pub async fn not_sent(&self, owed: &Owed, problem: &str) -> Result<(), DbError> {
        let now = self.clock.now();
        match usize::try_from(owed.attempt - 1).ok().and_then(|failed_before| PAUSES_MINUTES.get(failed_before)) {
            Some(minutes) => self.end(owed, "ready", now.plus(minutes * Micros::MINUTE), Some(problem)).await,
            None => self.give_up(owed, problem).await,
        }
    }

    /// It could not even be tried, since no email can leave now. It keeps its place and all its attempts.
    pub async fn put_back(&self, owed: &Owed, problem: &str) -> Result<(), DbError> {
        let mut write = self.db.begin().await?;
        let query = sqlx::query(PUT_BACK).bind(&owed.id).bind(owed.attempt).bind(self.clock.now().0).bind(problem);
        query.execute(&mut *write).await?;
        write.commit().await
    }

    /// It can never leave. It is kept and counted.
    pub async fn give_up(&self, owed: &Owed, problem: &str) -> Result<(), DbError> {
        self.end(owed, "failed", self.clock.now(), Some(problem)).await
    }

    async fn end(&self, owed: &Owed, state: &str, due_at: Micros, problem: Option<&str>) -> Result<(), DbError> {
        let mut write = self.db.begin().await?;
        let query = sqlx::query(END_ATTEMPT).bind(&owed.id).bind(owed.attempt).bind(state).bind(due_at.0).bind(problem);
        query.execute(&mut *write).await?;
        write.commit().await
    }

    pub async fn counts(&self) -> Result<MailCounts, DbError> {
        let rows: Vec<(String, i64)> = sqlx::query_as(COUNT_MAILS).fetch_all(&self.db.ready().await?).await?;
        let of = |state: &str| rows.iter().find(|(word, _)| word == state).map_or(0, |(_, count)| *count);
        Ok(MailCounts { waiting: of("ready"), failed: of("failed") })
    }

    /// When each email about a ticket was owed, which template it has, and what became of it.
    pub async fn of_ticket(&self, ticket: &str) -> Result<Vec<(i64, String, String)>, DbError> {
        Ok(sqlx::query_as(OF_TICKET).bind(ticket).fetch_all(&self.db.ready().await?).await?)
    }

    /// Forgets what was sent long ago.
    pub(crate) async fn prune(&self) -> Result<(), DbError> {
        let mut write = self.db.begin().await?;
        sqlx::query(PRUNE_MAILS).bind(self.clock.now().plus(-SENT_KEPT_DAYS * Micros::DAY).0).execute(&mut *write).await?;
        write.commit().await
    }
}
