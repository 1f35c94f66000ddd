//! A content that is the same bytes for every reader, ready to send: in the coding that a browser takes, or as "you have it already".

use std::sync::{Arc, OnceLock};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::CachePolicy;
use super::fast_path::Ready;

/// What has to happen whenever the content is asked for, such as counting a read.
pub type OnRead = Arc<dyn Fn(&HeaderMap) + Send + Sync>;

/// The forms in which a content leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    Brotli,
    Gzip,
    Plain,
    NotModified,
}

const FORMS: usize = 4;

/// One content in its codings.
pub struct Kept {
    pub media_type: &'static str,
    pub policy: CachePolicy,
    /// Takes the place of the content policy of pages.
    pub content_policy: Option<&'static str>,
    pub etag: Option<HeaderValue>,
    pub codings: Codings,
    /// What the fast path gives back, once the answer in that form has passed all layers.
    ready: [OnceLock<Ready>; FORMS],
    /// Told of every request for it.
    pub on_read: Option<OnRead>,
}

/// At least one of `brotli` and `plain` is there.
#[derive(Default)]
pub struct Codings {
    pub brotli: Option<Bytes>,
    pub gzip: Option<Bytes>,
    /// Where it is missing it is made from Brotli's at each request: few clients take no compression.
    pub plain: Option<Bytes>,
}

/// In the extensions of a response: whose answer it is, and in which form.
#[derive(Clone)]
pub struct Answer {
    pub kept: Arc<Kept>,
    pub form: Form,
}

impl Kept {
    pub fn new(media_type: &'static str, policy: CachePolicy, codings: Codings) -> Self {
        Self { media_type, policy, content_policy: None, etag: None, codings, ready: Default::default(), on_read: None }
    }

    /// The form that a request asks for. Nothing else of a request changes the answer.
    pub fn form(&self, request: &HeaderMap) -> Form {
        if self.is_known(request) {
            Form::NotModified
        } else if self.codings.brotli.is_some() && accepts(request, "br") {
            Form::Brotli
        } else if self.codings.gzip.is_some() && accepts(request, "gzip") {
            Form::Gzip
        } else {
            Form::Plain
        }
    }

    /// Whether the reader has these bytes already.
    fn is_known(&self, request: &HeaderMap) -> bool {
        let Some(etag) = &self.etag else { return false };
        let tags = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        tags.is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == *etag))
    }

    /// The answer to a request.
    pub fn respond(&self, request: &HeaderMap) -> Response {
        self.respond_in(self.form(request))
    }

    /// The same for a content that has an address of its own: from then on the fast path may give it back.
    pub fn answer(self: &Arc<Self>, request: &HeaderMap) -> Response {
        let form = self.form(request);
        let mut response = self.respond_in(form);
        response.extensions_mut().insert(Answer { kept: Arc::clone(self), form });
        response
    }

    fn respond_in(&self, form: Form) -> Response {
        let mut response = match form {
            Form::NotModified => StatusCode::NOT_MODIFIED.into_response(),
            _ => self.content(form),
        };
        let headers = response.headers_mut();
        if let Some(etag) = &self.etag {
            headers.insert(header::ETAG, etag.clone());
        }
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if let Some(policy) = self.content_policy {
            headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(policy));
        }
        response.extensions_mut().insert(self.policy);
        response
    }

    fn content(&self, form: Form) -> Response {
        let mut response = Response::new(Body::from(self.bytes(form).cloned().unwrap_or_else(|| self.decompressed())));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        let coding = match form {
            Form::Brotli => "br",
            Form::Gzip => "gzip",
            Form::Plain | Form::NotModified => return response,
        };
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        response
    }

    /// The bytes of a form, where they are in memory.
    pub fn bytes(&self, form: Form) -> Option<&Bytes> {
        static NOTHING: Bytes = Bytes::new();
        match form {
            Form::Brotli => self.codings.brotli.as_ref(),
            Form::Gzip => self.codings.gzip.as_ref(),
            Form::Plain => self.codings.plain.as_ref(),
            Form::NotModified => Some(&NOTHING),
        }
    }

    fn decompressed(&self) -> Bytes {
        let mut plain = Vec::new();
        // Our own bytes, compressed by us: they always decompress.
        let _ = brotli::BrotliDecompress(&mut self.codings.brotli.as_deref().unwrap_or_default(), &mut plain);
        plain.into()
    }

    /// Where the fast path finds what it gives back in a form.
    pub fn ready(&self, form: Form) -> &OnceLock<Ready> {
        &self.ready[form as usize]
    }

    /// Somebody asked for the content.
    pub fn read(&self, request: &HeaderMap) {
        if let Some(on_read) = &self.on_read {
            on_read(request);
        }
    }
}

/// Whether the client takes a content coding; a weight of zero means no (RFC 9110, 12.5.3).
fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        pieces.next().is_some_and(|name| name.eq_ignore_ascii_case(coding))
            && !pieces.any(|piece| matches!(piece, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
}
