//! One line in the log for each request: method, route, status, time, reference. Never the address itself, which may hold a private
//! link or a question, and never who asked.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue};
use axum::middleware::Next;
use axum::response::Response;
use data_encoding::BASE32_NOPAD;
use tracing::Instrument;

use super::metrics::Metrics;

/// The name under which a request stands in the log, also shown on the page of a fault.
#[derive(Debug, Clone)]
pub struct RequestId(pub String);

/// Middleware: gives the request its reference, measures it and writes the line.
pub async fn layer(State(metrics): State<Metrics>, mut request: Request, next: Next) -> Response {
    let id = RequestId::random();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().map_or("(none)".to_owned(), |path| path.as_str().to_owned());
    request.extensions_mut().insert(id.clone());
    let span = tracing::info_span!("request", id = %id.0);
    let start = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let elapsed = start.elapsed();
    let status = response.status().as_u16();
    metrics.request(&route, status, elapsed);
    span.in_scope(|| tracing::info!(%method, route, status, millis = elapsed.as_secs_f64() * 1000.0, "request"));
    if let Ok(value) = HeaderValue::from_str(&id.0) {
        response.headers_mut().insert(HeaderName::from_static("x-request-id"), value);
    }
    response
}

impl RequestId {
    fn random() -> Self {
        let mut bytes = [0; 5];
        // A reference only has to differ from its neighbours: without randomness all are alike and nothing else fails.
        let _ = getrandom::fill(&mut bytes);
        Self(BASE32_NOPAD.encode(&bytes))
    }
}
