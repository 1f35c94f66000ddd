//! Open pages of the desk are told what happens: one stream for each browser, whose tabs share it.
//!
//! Promised: whoever comes back with the number of the last event that they were told of misses none and is told of none twice; a session that was ended is
//! told nothing more.

mod stream;

use axum::Extension;
use axum::body::{Body, Bytes};
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use futures_util::stream::unfold;
use leptos::prelude::*;

use super::failure;
use super::who::Who;
use crate::app::App;
use crate::i18n::Lang;
use crate::tickets::presence::{Doing, Present};
use crate::web::{Failure, form};
use stream::Stream;

pub(super) const PATH: &str = "/desk/events";
/// An id of a ticket.
const ID_MAX_CHARS: usize = 40;

/// `GET /desk/events?after=`: what happens after an event, as server-sent events. A browser that comes back names the last one itself.
pub(super) async fn listen(State(app): State<App>, Extension(who): Extension<Who>, request: Request) -> Response {
    let pairs = form::pairs(request.uri().query().unwrap_or_default().as_bytes());
    let named = request.headers().get("last-event-id").and_then(|value| value.to_str().ok()).or_else(|| form::value(&pairs, "after"));
    let after = match named {
        Some(number) => match number.parse::<i64>() {
            Ok(after) if after >= 0 => Some(after),
            _ => return Failure::BadRequest.into_response(),
        },
        None => None,
    };
    let Some(permit) = app.desk_listeners.enter(who.session.id.clone()) else { return Failure::Busy.into_response() };
    let stopping = request.extensions().get().cloned();
    let stream = match Stream::open(&app, &who, after, stopping, permit).await {
        Ok(stream) => stream,
        Err(error) => return failure::of(&error).into_response(),
    };
    let parts = unfold(stream, |mut stream| async move {
        let text = stream.next().await?;
        Some((Ok::<_, std::convert::Infallible>(Bytes::from(text)), stream))
    });
    // A proxy in front must pass each event on at once.
    ([(header::CONTENT_TYPE.as_str(), "text/event-stream"), ("x-accel-buffering", "no")], Body::from_stream(parts)).into_response()
}

/// `POST /desk/presence`: somebody looks at a ticket, writes in it, or leaves it.
pub(super) async fn tell(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let ticket =
        form::value(&pairs, "ticket").filter(|id| !id.is_empty() && id.len() <= ID_MAX_CHARS && id.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    let (Some(ticket), Some(doing)) = (ticket, form::value(&pairs, "doing").and_then(Doing::parse)) else {
        return Failure::BadRequest.into_response();
    };
    app.presence.see(ticket, &who.member.id, &who.member.name, doing);
    StatusCode::NO_CONTENT.into_response()
}

/// What a page's script needs: where in the log the page stands, and whose it is. `ticket`: the id of the one that it shows, and its page's path,
/// which is not the address that a browser shows after a post.
pub(super) fn place(seq: i64, who: &str, ticket: Option<(&str, String)>, lang: Lang) -> AnyView {
    let words = lang.desk_tools();
    let (ticket, page) = ticket.map(|(id, page)| (id.to_owned(), page)).unzip();
    view! {
        <div hidden data-live=seq.to_string() data-page=page data-staff=who.to_owned() data-ticket=ticket data-looks=words.looks data-writes=words.writes data-new=words.new_message></div>
    }
    .into_any()
}

/// Who else is at a ticket, as a page begins with it; a script goes on.
pub(super) fn present(lang: Lang, others: &[Present]) -> String {
    let words = lang.desk_tools();
    let told = others.iter().map(|one| if one.doing == Doing::Writes { words.writes } else { words.looks }.replace("{name}", &one.name));
    told.collect::<Vec<_>>().join(" · ")
}
