//! Answers that all faces share: public pages from memory, personal ones that nobody keeps.

use std::future::Future;

use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::web::Failure;
pub(super) use crate::web::html::{HTML, personal};
use crate::web::kept::OnRead;

/// Serves a public page from memory; renders and keeps it when it is not there. `None` from `render`: there is no such page.
pub(super) async fn kept<F>(app: &App, headers: &HeaderMap, address: &str, media_type: &'static str, render: impl FnOnce() -> F) -> Response
where
    F: Future<Output = Option<String>>,
{
    kept_and_counted(app, headers, address, media_type, None, render).await
}

/// The same for a page of which somebody wants to know when it is read.
pub(super) async fn kept_and_counted<F>(
    app: &App,
    headers: &HeaderMap,
    address: &str,
    media_type: &'static str,
    on_read: Option<OnRead>,
    render: impl FnOnce() -> F,
) -> Response
where
    F: Future<Output = Option<String>>,
{
    if let Some(on_read) = &on_read {
        on_read(headers);
    }
    let generation = app.pages.generation();
    if let Some(page) = app.pages.get(generation, address) {
        return page.answer(headers);
    }
    match render().await {
        Some(content) => app.pages.keep(generation, address.to_owned(), media_type, &content, on_read).answer(headers),
        None => Failure::NotFound.into_response(),
    }
}

/// An address path as people write it: percent signs resolved, without a slash at the end.
pub(super) fn decoded(path: &str) -> String {
    let path = percent_encoding::percent_decode_str(path).decode_utf8_lossy();
    let trimmed = path.trim_end_matches('/');
    if trimmed.is_empty() { "/".to_owned() } else { trimmed.to_owned() }
}
