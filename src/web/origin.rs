//! Forms are accepted from this site only. Pages are the same bytes for everybody, so there is no token in them: browsers say where a
//! post comes from (`Sec-Fetch-Site`, `Origin`), and a page of another site can't change that.

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use tower_http::csrf::{CsrfLayer, ProtectionError};

use super::Failure;

/// The layer for all routes; safe methods pass. `public_url` is trusted too: behind a proxy the Host header may differ from what readers see.
pub fn layer(public_url: &str) -> CsrfLayer<impl Fn(ProtectionError) -> Response<Body> + Clone + use<>> {
    let layer = CsrfLayer::new();
    // An address that is no origin (it was checked to be one at the start) leaves the Host header to decide.
    let layer = layer.clone().add_trusted_origin(public_url).unwrap_or(layer);
    layer.with_rejection_response(|_| Failure::Refused.into_response())
}
