//! HTML that is for one person's eyes.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::CachePolicy;

pub const HTML: &str = "text/html; charset=utf-8";

/// A page that only its reader may keep.
pub fn personal(status: StatusCode, html: String) -> Response {
    let mut response = (status, [(header::CONTENT_TYPE, HTML)], html).into_response();
    response.extensions_mut().insert(CachePolicy::Personal);
    response
}
