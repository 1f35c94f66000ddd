//! Puts the rooms together: everything but the articles and the web, as the server, the command line and the tests need it.

use std::sync::Arc;

use crate::clock::Clock;
use crate::customers::Customers;
use crate::db::Db;
use crate::error::ServiceError;
use crate::events::live::Live;
use crate::events::{Actor, Events};
use crate::files::Files;
use crate::intake::inbound::{InboundEmails, Mailbox};
use crate::intake::{self, Counted, Intake};
use crate::jobs::JobQueue;
use crate::key::KeySource;
use crate::mail::Outbox;
use crate::notifications::Notifications;
use crate::orders::Orders;
use crate::privacy::{self, Privacy};
use crate::saved_replies::SavedReplies;
use crate::search::log::SearchLog;
use crate::settings::Config;
use crate::spam::Spam;
use crate::staff::Staff;
use crate::tickets::board::Board;
use crate::tickets::presence::Presence;
use crate::tickets::{self, Tickets};
use crate::values::Email;

/// Handles of all rooms; copies share everything.
#[derive(Clone)]
pub struct Rooms {
    pub clock: Clock,
    pub db: Db,
    pub key: KeySource,
    pub events: Events,
    pub live: Live,
    pub job_queue: JobQueue,
    pub staff: Staff,
    pub outbox: Outbox,
    pub customers: Customers,
    pub files: Files,
    pub spam: Spam,
    pub tickets: Tickets,
    pub notifications: Notifications,
    pub intake: Intake,
    pub inbound: InboundEmails,
    pub privacy: Privacy,
    pub searches: SearchLog,
    pub saved_replies: SavedReplies,
    pub orders: Orders,
    /// How many tickets each view has.
    pub board: Board,
    pub presence: Presence,
}

impl Rooms {
    /// Nothing is opened or read before it is needed. `count` is called for what operators count.
    pub fn new(config: &Config, clock: Clock, count: impl Fn(Counted) + Send + Sync + 'static) -> Self {
        let db = Db::new(&config.database_url, &config.data);
        let key = KeySource::new(config.server_key.reveal(), &config.data);
        let events = Events::new(db.clone(), clock.clone(), config.time_zone.clone());
        let outbox = Outbox::new(db.clone(), clock.clone());
        let customers = Customers::new(db.clone(), events.clone(), key.clone(), outbox.clone(), config.public_url());
        let files = Files::new(db.clone(), clock.clone(), key.clone(), &config.attachments, &config.data);
        let spam = Spam::new(clock.clone(), key.clone(), &config.limits, &config.spam);
        let tickets = tickets::Rooms {
            db: db.clone(),
            events: events.clone(),
            key: key.clone(),
            outbox: outbox.clone(),
            customers: customers.clone(),
            files: files.clone(),
            spam: spam.clone(),
        };
        let tickets = Tickets::new(tickets, config.tickets());
        let staff = Staff::new(db.clone(), events.clone(), key.clone(), outbox.clone(), &config.desk, config.public_url());
        let notifications =
            Notifications::new(db.clone(), events.clone(), staff.clone(), outbox.clone(), config.public_url(), config.default_language);
        let ways_in = intake::Rooms {
            events: events.clone(),
            key: key.clone(),
            outbox: outbox.clone(),
            files: files.clone(),
            spam: spam.clone(),
            tickets: tickets.clone(),
            count: Arc::new(count),
        };
        let mail = config.mail();
        let inbound = InboundEmails::new(db.clone(), ways_in.clone(), customers.clone(), Mailbox::new(&mail));
        let orders = Orders::new(db.clone(), events.clone(), key.clone(), outbox.clone(), &config.orders);
        let kept = privacy::Rooms {
            db: db.clone(),
            events: events.clone(),
            key: key.clone(),
            customers: customers.clone(),
            files: files.clone(),
            outbox: outbox.clone(),
            tickets: tickets.clone(),
            inbound: inbound.clone(),
            orders: orders.clone(),
        };
        Self {
            live: Live::new(db.clone()),
            job_queue: JobQueue::new(db.clone(), clock.clone()),
            staff,
            notifications,
            privacy: Privacy::new(kept, &config.privacy, mail.folder),
            board: Board::new(tickets.clone()),
            presence: Presence::new(clock.clone()),
            saved_replies: SavedReplies::new(db.clone(), clock.clone(), files.clone()),
            orders,
            searches: SearchLog::new(db.clone(), clock.clone(), config.limits.searches_kept_days),
            intake: Intake::new(ways_in),
            clock,
            db,
            key,
            events,
            outbox,
            customers,
            files,
            spam,
            tickets,
            inbound,
        }
    }

    /// Somebody leaves the team, and their tickets are nobody's again. See [`Staff::disable`].
    pub async fn disable_member(&self, email: &Email, by: &Actor) -> Result<(), ServiceError> {
        let mut change = self.events.begin().await?;
        let id = self.staff.disable(&mut change, email, by).await?;
        self.tickets.triage().unassign_all(&mut change, &id, by).await?;
        Ok(change.commit().await?)
    }
}
