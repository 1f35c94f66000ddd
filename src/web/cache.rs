//! How long an answer may be kept, said in one place: a handler states a wish, the layer turns it into a header.

use axum::extract::Request;
use axum::http::{HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

/// A wish that a handler puts into the response's extensions. Where nobody spoke it is [`CachePolicy::Personal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// The same bytes for every reader: kept, but asked for again each time with its ETag.
    Page,
    /// For one person's eyes: never kept.
    Personal,
    /// Its address holds a hash of its content.
    Immutable,
    /// Feeds, sitemaps, answers of the search: a few minutes.
    Short,
}

impl CachePolicy {
    fn header(self) -> &'static str {
        match self {
            Self::Page => "no-cache",
            Self::Personal => "no-store",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Short => "public, max-age=300",
        }
    }
}

/// Middleware: writes Cache-Control.
pub async fn layer(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let policy = response.extensions().get::<CachePolicy>().copied().unwrap_or(CachePolicy::Personal);
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(policy.header()));
    response
}
