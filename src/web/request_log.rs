//! One line in the log for each request: method, route, status, time, reference. Never the address itself, which may hold a private
//! link or a question, and never who asked.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use axum::body::Bytes;
use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderValue, Method};
use axum::middleware::Next;
use axum::response::Response;
use data_encoding::BASE32_NOPAD;
use tracing::{Instrument, Span};

use super::fast_path::{FastPath, X_REQUEST_ID};
use super::kept::Answer;

/// Random bytes in a reference, and the letters that they are written as.
const ID_BYTES: usize = 5;
const ID_LETTERS: usize = 8;
/// References that a thread draws at once: asking the system for each would take longer than many an answer.
const IDS_AT_ONCE: usize = 256;

/// The name under which a request stands in the log, also shown on the page of a fault.
#[derive(Debug, Clone)]
pub struct RequestId(Bytes);

/// Middleware: gives the request its reference, measures it and writes the line. What it sees is the finished answer, so it also tells the
/// fast path.
pub async fn layer(State(fast_path): State<FastPath>, mut request: Request, next: Next) -> Response {
    let id = RequestId::random();
    let (method, uri) = (request.method().clone(), request.uri().clone());
    let route = request.extensions().get::<MatchedPath>().map_or("(none)".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(id.clone());
    let span = span(id.as_str());
    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let elapsed = start.elapsed();
    let status = response.status();
    fast_path.metrics.request(&route, status.as_u16(), elapsed);
    response.headers_mut().insert(X_REQUEST_ID, id.header());
    let answer = response.extensions_mut().remove::<Answer>();
    if answer.is_none() || fast_path.log_reads {
        line(&span, &method, &route, status.as_u16(), elapsed);
    }
    if let Some(answer) = answer.filter(|_| method == Method::GET) {
        fast_path.remember(&uri, &answer, status, response.headers(), &route);
    }
    response
}

/// What everything that is logged on behalf of a request is marked with.
pub(super) fn span(id: &str) -> Span {
    tracing::info_span!("request", id = %id)
}

/// Writes the line of a request.
pub(super) fn line(span: &Span, method: &Method, route: &str, status: u16, elapsed: Duration) {
    span.in_scope(|| tracing::info!(%method, route, status, millis = elapsed.as_secs_f64() * 1000.0, "request"));
}

thread_local! {
    static IDS: RefCell<Bytes> = RefCell::default();
}

impl RequestId {
    pub fn random() -> Self {
        IDS.with_borrow_mut(|ids| {
            if ids.is_empty() {
                let mut bytes = [0; ID_BYTES * IDS_AT_ONCE];
                // A reference only has to differ from its neighbours: without randomness all are alike and nothing else fails.
                let _ = getrandom::fill(&mut bytes);
                *ids = BASE32_NOPAD.encode(&bytes).into();
            }
            Self(ids.split_to(ID_LETTERS))
        })
    }

    pub fn as_str(&self) -> &str {
        str::from_utf8(&self.0).unwrap_or_default()
    }

    pub fn header(&self) -> HeaderValue {
        HeaderValue::from_maybe_shared(self.0.clone()).unwrap_or(HeaderValue::from_static(""))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_differ_and_have_eight_letters() {
        let ids: std::collections::HashSet<String> = (0..3 * IDS_AT_ONCE).map(|_| RequestId::random().as_str().to_owned()).collect();
        assert_eq!(ids.len(), 3 * IDS_AT_ONCE);
        assert!(ids.iter().all(|id| id.len() == ID_LETTERS && id.bytes().all(|letter| letter.is_ascii_alphanumeric())));
    }
}
