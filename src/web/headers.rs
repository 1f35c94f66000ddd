//! Security headers of every answer.

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;
use sha2::{Digest, Sha256};

const HEADERS: [(HeaderName, &str); 5] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=(), payment=(), usb=()"),
];

/// Pages load from their own site only, and no frame is around them. Inline there are two texts of ours, each known by its hash: the style sheet and
/// the script that sets the theme before anything is drawn. WebAssembly of the islands is the one thing compiled at run time.
pub fn content_policy(style: &str, script: &str) -> HeaderValue {
    let hash = |text: &str| data_encoding::BASE64.encode(&Sha256::digest(text));
    let policy = format!(
        "default-src 'none'; script-src 'self' 'sha256-{}' 'wasm-unsafe-eval'; style-src 'self' 'sha256-{}'; img-src 'self'; font-src 'self'; \
connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
        hash(script),
        hash(style)
    );
    HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"))
}

/// Middleware: adds each header that the handler has not set itself. The state is the content policy of pages.
pub async fn layer(State(policy): State<HeaderValue>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    response.headers_mut().entry(header::CONTENT_SECURITY_POLICY).or_insert(policy);
    for (name, value) in HEADERS {
        response.headers_mut().entry(name).or_insert(HeaderValue::from_static(value));
    }
    response
}
