//! One browser that is told.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::time::Duration;

use futures_util::FutureExt;
use serde_json::json;
use tokio::sync::broadcast::{self, error::RecvError};
use tokio::time::{Instant, sleep_until};

use crate::app::App;
use crate::desk::who::Who;
use crate::error::ServiceError;
use crate::events::live::{Following, News, Numbered};
use crate::site::requests::events::{Stopping, stopped};
use crate::tickets::board::Watching;
use crate::tickets::model::list::{Counts, View};
use crate::tickets::presence::Present;
use crate::web::listeners::ListenerPermit;

/// So often something is sent, so that a connection that broke is noticed; and the session is looked at.
const ALIVE_EVERY: Duration = Duration::from_secs(15);
/// Then the browser asks again.
const LISTENING_MAX: Duration = Duration::from_secs(300);
/// So soon a browser asks again, in milliseconds.
const RETRY_MILLIS: u32 = 1000;
/// Who has missed more is told to load the page.
const MISSED_MAX: i64 = 500;

pub(super) struct Stream {
    app: App,
    who: Who,
    /// The last event that was told.
    seq: i64,
    following: Following,
    counts: Watching,
    presence: broadcast::Receiver<Present>,
    alive_at: Instant,
    until: Instant,
    is_over: bool,
    /// Some of the log has to be read before anything else is told.
    is_behind: bool,
    /// What is sent first.
    first: Option<String>,
    stopping: Option<Stopping>,
    _permit: ListenerPermit,
}

/// What wakes a stream.
enum Woken {
    News(Option<Numbered>),
    Counts,
    Presence(Option<Present>),
    Clock,
    Stop,
}

impl Stream {
    /// `after`: the last event that the browser knows of; `None`: it begins now.
    pub(super) async fn open(
        app: &App,
        who: &Who,
        after: Option<i64>,
        stopping: Option<Stopping>,
        permit: ListenerPermit,
    ) -> Result<Self, ServiceError> {
        // Before the log is read, so that nothing falls between.
        let (following, presence, counts) = (app.live.follow(), app.presence.follow(), app.board.watch());
        let last = app.events.last().await?;
        let now = Instant::now();
        // A number that is not there yet is from another database.
        let seq = after.filter(|after| *after <= last);
        let first = format!("retry: {RETRY_MILLIS}\nid: {}\nevent: at\ndata: {{}}\n\n", seq.unwrap_or(last));
        Ok(Self {
            app: app.clone(),
            who: who.clone(),
            seq: seq.unwrap_or(last),
            following,
            counts,
            presence,
            alive_at: now + ALIVE_EVERY,
            until: now + LISTENING_MAX,
            is_over: false,
            is_behind: seq.is_some(),
            first: Some(first),
            stopping,
            _permit: permit,
        })
    }

    /// What is sent next; `None` ends the answer.
    pub(super) async fn next(&mut self) -> Option<String> {
        if let Some(first) = self.first.take() {
            return Some(first);
        }
        loop {
            if self.is_over || Instant::now() >= self.until {
                return None;
            }
            if self.is_behind {
                match self.catch_up().await {
                    Ok(Some(text)) => return Some(text),
                    Ok(None) => {}
                    // The browser asks again from where it stands.
                    Err(_) => return None,
                }
            }
            match self.woken().await {
                Woken::News(Some(news)) => {
                    if let Some(text) = self.told(news).await {
                        return Some(text);
                    }
                }
                Woken::News(None) => self.is_behind = true,
                Woken::Counts => {
                    let counts = self.counts.of(&self.who.member.id);
                    return Some(format!("event: counts\ndata: {}\n\n", counts_json(&counts)));
                }
                Woken::Presence(Some(present)) if present.staff != self.who.member.id => return Some(presence_text(&present)),
                // Missed hints come again.
                Woken::Presence(_) => {}
                Woken::Clock => {
                    self.alive_at = Instant::now() + ALIVE_EVERY;
                    if !self.is_live().await {
                        return Some(self.goodbye());
                    }
                    return Some(": \n\n".to_owned());
                }
                Woken::Stop => return None,
            }
        }
    }

    async fn woken(&mut self) -> Woken {
        tokio::select! {
            () = stopped(&mut self.stopping) => Woken::Stop,
            news = self.following.next() => Woken::News(news),
            () = self.counts.changed() => Woken::Counts,
            present = self.presence.recv() => match present {
                Ok(present) => Woken::Presence(Some(present)),
                Err(RecvError::Lagged(_)) => Woken::Presence(None),
                Err(RecvError::Closed) => std::future::pending().await,
            },
            () = sleep_until(self.alive_at.min(self.until)) => Woken::Clock,
        }
    }

    /// Tells of an event, and of those that have come with it.
    async fn told(&mut self, first: Numbered) -> Option<String> {
        let (mut tickets, mut is_any, mut next) = (BTreeSet::new(), false, Some(Some(first)));
        while let Some(now) = next {
            let Some(Numbered { seq, news }) = now else {
                self.is_behind = true;
                break;
            };
            // It was read from the log.
            if seq > self.seq || news == News::Any {
                self.seq = self.seq.max(seq);
                match news {
                    News::Ticket(ticket) => drop(tickets.insert(ticket.to_string())),
                    News::Staff(staff) if *staff == *self.who.member.id && !self.is_live().await => return Some(self.goodbye()),
                    News::Staff(_) => {}
                    News::Any => is_any = true,
                }
            }
            next = self.following.next().now_or_never();
        }
        // Anything may have happened, to this session too.
        if is_any && !self.is_live().await {
            return Some(self.goodbye());
        }
        if is_any { Some(self.text("reload", &BTreeSet::new())) } else { (!tickets.is_empty()).then(|| self.text("news", &tickets)) }
    }

    /// What the log has after what was told.
    async fn catch_up(&mut self) -> Result<Option<String>, ServiceError> {
        self.is_behind = false;
        let missed = self.app.events.after(self.seq, MISSED_MAX).await?;
        let Some(last) = missed.last() else { return Ok(None) };
        self.seq = last.seq;
        if !self.is_live().await {
            return Ok(Some(self.goodbye()));
        }
        if missed.len() as i64 == MISSED_MAX {
            self.seq = self.app.events.last().await?;
            return Ok(Some(self.text("reload", &BTreeSet::new())));
        }
        let tickets: BTreeSet<String> = missed.into_iter().filter_map(|event| event.ticket).collect();
        Ok((!tickets.is_empty()).then(|| self.text("news", &tickets)))
    }

    fn text(&self, event: &str, tickets: &BTreeSet<String>) -> String {
        let mut text = format!("id: {}\nevent: {event}\ndata: ", self.seq);
        let _ = write!(text, "{}\n\n", json!({ "seq": self.seq, "tickets": tickets }));
        text
    }

    async fn is_live(&self) -> bool {
        // A database that is away ends no session.
        self.app.staff.sessions().is_live(&self.who.session.id).await.unwrap_or(true)
    }

    fn goodbye(&mut self) -> String {
        self.is_over = true;
        "event: over\ndata: {}\n\n".to_owned()
    }
}

fn counts_json(counts: &Counts) -> serde_json::Value {
    View::ALL.iter().filter_map(|view| Some((view.word().to_owned(), json!(counts.of(*view)?)))).collect::<serde_json::Map<_, _>>().into()
}

fn presence_text(present: &Present) -> String {
    let data = json!({ "ticket": *present.ticket, "staff": present.staff, "name": present.name, "doing": present.doing.word() });
    format!("event: presence\ndata: {data}\n\n")
}
