//! How long an answer may be kept, said in one place: a handler states a wish, the layer turns it into a header.

use axum::extract::Request;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

/// A wish that a handler puts into the response's extensions. Where nobody spoke it is [`CachePolicy::Personal`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CachePolicy {
    /// The same bytes for every reader: kept, but asked for again each time with its ETag.
    Page,
    /// For one person's eyes: never kept, unless it answers a form.
    Personal,
    /// For staff's eyes: never kept, whatever it answers.
    Secret,
    /// Its address holds a hash of its content.
    Immutable,
    /// Feeds, sitemaps, answers of the search: a few minutes.
    Short,
}

impl CachePolicy {
    fn header(self) -> &'static str {
        match self {
            Self::Page => "no-cache",
            Self::Personal | Self::Secret => "no-store",
            Self::Immutable => "public, max-age=31536000, immutable",
            Self::Short => "public, max-age=300",
        }
    }
}

/// A page that answers a form, such as the form again with what is wrong in it. The browser has to keep it, since it can't ask for it again: else Back
/// leads to "Document expired" in Firefox. That takes a page with `no-cache` or `must-revalidate` for expired too. Nobody gets it by its address, and
/// logging out drops it.
const ANSWER_TO_FORM: &str = "private, max-age=0";

/// Middleware: writes Cache-Control.
pub async fn layer(request: Request, next: Next) -> Response {
    // What a script asks for stands on no page of the history.
    let is_for_script = request.headers().get("sec-fetch-dest").is_some_and(|value| value == "empty");
    let is_form = request.method() == Method::POST && !is_for_script;
    let is_desk = request.uri().path() == "/desk" || request.uri().path().starts_with("/desk/");
    let mut response = next.run(request).await;
    // Whoever answers for the desk, no browser keeps it.
    let unsaid = if is_desk { CachePolicy::Secret } else { CachePolicy::Personal };
    let policy = response.extensions().get::<CachePolicy>().copied().unwrap_or(unsaid);
    let is_page = is_html(&response) && response.status() != StatusCode::SEE_OTHER;
    let value = if policy == CachePolicy::Personal && is_form && is_page { ANSWER_TO_FORM } else { policy.header() };
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(value));
    response
}

fn is_html(response: &Response) -> bool {
    response.headers().get(header::CONTENT_TYPE).is_some_and(|value| value.as_bytes().starts_with(b"text/html"))
}
