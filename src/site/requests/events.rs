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

use crate::app::App;
use crate::tickets::model::{PageVersion, Reference};
use crate::web::client_ip::Client;
use crate::web::listeners::ListenerPermit;
use crate::web::{Failure, form};

/// How often the database is asked.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// So often something is sent, so that a connection that broke is noticed.
const ALIVE_EVERY_LOOKS: u32 = 15;
/// Then the browser asks again, and its right is looked at again.
const LOOKS_MAX: u32 = 300;

/// In the extensions of each request while the program serves: becomes true when it is told to stop.
#[derive(Clone)]
pub struct Stopping(pub watch::Receiver<bool>);

struct Listener {
    app: App,
    reference: Reference,
    seen: PageVersion,
    looks: u32,
    stopping: Option<Stopping>,
    _permit: ListenerPermit,
}

pub async fn listen(State(app): State<App>, client: Client, Path((_, reference)): Path<(String, String)>, request: Request) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    if let Err(error) = reader_of(&app, request.headers(), &reference).await {
        return failure(&error).into_response();
    }
    let pairs = form::pairs(request.uri().query().unwrap_or_default().as_bytes());
    let Some(seen) = form::value(&pairs, "seen").and_then(PageVersion::parse) else { return Failure::BadRequest.into_response() };
    let permit = match app.key.get() {
        Ok(key) => app.listeners.enter(key.network_tag(client.ip)),
        Err(error) => return failure(&error.into()).into_response(),
    };
    let Some(permit) = permit else { return Failure::Busy.into_response() };
    let stopping = request.extensions().get::<Stopping>().cloned();
    let listener = Listener { app, reference, seen, looks: 0, stopping, _permit: permit };
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
        while self.looks < LOOKS_MAX {
            // At once for the first time: something may have happened since the page was made.
            if self.looks > 0 && !self.paused().await {
                return None;
            }
            self.looks += 1;
            // While the database is away nothing is new.
            if let Ok(now) = self.app.tickets.read().version(&self.reference).await
                && now? != self.seen
            {
                self.looks = LOOKS_MAX;
                return Some("event: news\ndata: 1\n\n");
            }
            if self.looks % ALIVE_EVERY_LOOKS == 1 {
                return Some(": \n\n");
            }
        }
        None
    }

    /// False when the program stops.
    async fn paused(&mut self) -> bool {
        match &mut self.stopping {
            Some(Stopping(stop)) => tokio::time::timeout(LOOK_EVERY, stop.wait_for(|stop| *stop)).await.is_err(),
            None => {
                tokio::time::sleep(LOOK_EVERY).await;
                true
            }
        }
    }
}
