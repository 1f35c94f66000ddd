//! `GET /{lang}/requests/{reference}/events?seen=…`: an event when a ticket stands differently from what a page shows of it.

use crate::site::reader::failure;
use crate::site::reader::reader_of;
use std::convert::Infallible;
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, Request, State};
use axum::http::header;
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use crate::app::App;
use crate::events::live::Listening;
use crate::tickets::model::{PageVersion, Reference};
use crate::web::client_ip::Client;
use crate::web::listeners::ListenerPermit;
use crate::web::{Failure, form};

/// So often something is sent, so that a connection that broke is noticed.
const ALIVE_EVERY: Duration = Duration::from_secs(15);
/// Then the browser asks again, and its right is looked at again.
const LISTENING_MAX: Duration = Duration::from_secs(300);
/// Where the database was away when something happened, the ticket is looked at again after so long.
const LOOK_AGAIN_AFTER: Duration = Duration::from_secs(1);

/// In the extensions of each request while the program serves: becomes true when it is told to stop.
#[derive(Clone)]
pub struct Stopping(pub watch::Receiver<bool>);

struct Listener {
    app: App,
    reference: Reference,
    seen: PageVersion,
    listening: Listening,
    /// When the ticket is looked at next; `None`: when something happens to it.
    look_at: Option<Instant>,
    alive_at: Instant,
    until: Instant,
    stopping: Option<Stopping>,
    _permit: ListenerPermit,
}

pub async fn listen(State(app): State<App>, client: Client, Path((_, reference)): Path<(String, String)>, request: Request) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    if let Err(error) = reader_of(&app, request.headers(), &reference).await {
        return failure(&error).into_response();
    }
    let ticket = match app.tickets.read().find(&reference).await {
        Ok(ticket) => ticket.key.id,
        Err(error) => return failure(&error).into_response(),
    };
    let pairs = form::pairs(request.uri().query().unwrap_or_default().as_bytes());
    let Some(seen) = form::value(&pairs, "seen").and_then(PageVersion::parse) else { return Failure::BadRequest.into_response() };
    let permit = match app.key.get() {
        Ok(key) => app.listeners.enter(key.network_tag(client.ip)),
        Err(error) => return failure(&error.into()).into_response(),
    };
    let Some(permit) = permit else { return Failure::Busy.into_response() };
    let stopping = request.extensions().get::<Stopping>().cloned();
    let (listening, now) = (app.live.listen(&ticket), Instant::now());
    // At once for the first time: something may have happened since the page was made.
    let (look_at, alive_at, until) = (Some(now), now, now + LISTENING_MAX);
    let listener = Listener { app, reference, seen, listening, look_at, alive_at, until, stopping, _permit: permit };
    let events = stream::unfold(listener, |mut listener| async move {
        let text = listener.next().await?;
        Some((Ok::<_, Infallible>(Bytes::from_static(text.as_bytes())), listener))
    });
    // A proxy in front must pass each event on at once.
    ([(header::CONTENT_TYPE.as_str(), "text/event-stream"), ("x-accel-buffering", "no")], Body::from_stream(events)).into_response()
}

impl Listener {
    /// What is sent next; `None` ends the answer.
    async fn next(&mut self) -> Option<&'static str> {
        while Instant::now() < self.until {
            if self.look_at.is_some_and(|at| at <= Instant::now()) {
                match self.app.tickets.read().version(&self.reference).await {
                    Ok(now) if now? != self.seen => {
                        self.until = Instant::now();
                        return Some("event: news\ndata: 1\n\n");
                    }
                    Ok(_) => self.look_at = None,
                    Err(_) => self.look_at = Some(Instant::now() + LOOK_AGAIN_AFTER),
                }
            }
            if self.alive_at <= Instant::now() {
                self.alive_at = Instant::now() + ALIVE_EVERY;
                return Some(": \n\n");
            }
            if !self.woken().await {
                return None;
            }
        }
        None
    }

    /// Returns when there is something to do; false when the program stops.
    async fn woken(&mut self) -> bool {
        let next = self.look_at.map_or(self.alive_at, |at| at.min(self.alive_at)).min(self.until);
        tokio::select! {
            () = stopped(&mut self.stopping) => return false,
            () = self.listening.changed() => self.look_at = Some(Instant::now()),
            () = sleep_until(next) => {}
        }
        true
    }
}

/// Returns when the program is told to stop.
pub async fn stopped(stopping: &mut Option<Stopping>) {
    match stopping {
        // An error means that nobody is left to say stop.
        Some(Stopping(stop)) => drop(stop.wait_for(|stop| *stop).await),
        None => std::future::pending().await,
    }
}
