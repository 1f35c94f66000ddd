//! The short way of what is asked for most: a page or a file that is in memory is given back before the router, as it left all layers the
//! first time. Whatever it is not sure of goes the usual way: any other method than GET and HEAD, a query, a body, a coding that is not kept.

use std::sync::Arc;
use std::time::Instant;

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, Method, Request, Response, StatusCode, Uri, header};
use http_body_util::Full;
use hyper::body::Body;

use super::assets::Assets;
use super::kept::{Answer, Kept};
use super::metrics::{Metrics, RouteCount};
use super::page_cache::PageCache;
use super::read_log::{self, Read};
use super::request_log::RequestId;

pub const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Knows what can be given back; copies share it.
#[derive(Clone)]
pub struct FastPath {
    pub pages: PageCache,
    pub assets: Assets,
    pub metrics: Metrics,
    /// Whether what is given back from memory has its line in the log.
    pub log_reads: bool,
}

/// One answer, as it left all layers. Only its reference is another one each time.
pub struct Ready {
    status: StatusCode,
    headers: HeaderMap,
    body: Bytes,
    route: &'static str,
    count: RouteCount,
}

impl FastPath {
    /// The answer to a request; `None`: it goes the usual way.
    pub fn answer<B: Body>(&self, request: &Request<B>) -> Option<Response<Full<Bytes>>> {
        let start = Instant::now();
        let is_head = match *request.method() {
            Method::GET => false,
            Method::HEAD => true,
            _ => return None,
        };
        let kept = self.find(request.uri()).filter(|_| request.body().is_end_stream())?;
        let ready = kept.ready(kept.form(request.headers())).get()?;
        kept.read(request.headers());
        let id = RequestId::random();
        let mut response = Response::new(Full::new(if is_head { Bytes::new() } else { ready.body.clone() }));
        *response.status_mut() = ready.status;
        *response.headers_mut() = ready.headers.clone();
        response.headers_mut().insert(X_REQUEST_ID, id.header());
        let elapsed = start.elapsed();
        ready.count.add(elapsed);
        if self.log_reads {
            read_log::write(Read::now(id, if is_head { "HEAD" } else { "GET" }, ready.route, ready.status.as_u16(), elapsed));
        }
        Some(response)
    }

    /// The content of an address.
    fn find(&self, uri: &Uri) -> Option<Arc<Kept>> {
        let path = uri.path();
        if uri.query().is_some() {
            None
        } else if path.starts_with("/assets/") {
            self.assets.find(path)
        } else {
            self.pages.get(self.pages.generation(), path)
        }
    }

    /// Takes down how the answer to a GET left all layers. `headers` hold everything but the length.
    pub fn remember(&self, uri: &Uri, answer: &Answer, status: StatusCode, headers: &HeaderMap, route: &str) {
        let Answer { kept, form } = answer;
        let Some(body) = kept.bytes(*form) else { return };
        // A content may have other addresses, such as one with percent signs, that lead here by another route.
        if !self.find(uri).is_some_and(|found| Arc::ptr_eq(&found, kept)) {
            return;
        }
        kept.ready(*form).get_or_init(|| {
            let mut headers = headers.clone();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from(body.len()));
            let count = self.metrics.count_of(route, status.as_u16());
            Ready { status, headers, body: body.clone(), route: read_log::route(route), count }
        });
    }
}
