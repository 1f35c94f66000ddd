//! Pages that show articles. Each is the same bytes for every reader and is kept in memory until the library changes.

pub mod article;
pub mod feeds;
pub mod home;
pub mod overview;
pub mod rows;
pub mod steps;
pub mod structured;
pub mod votes;
pub mod walk;

use crate::site::respond::HTML;
use crate::site::respond::decoded;
use crate::site::respond::{kept, kept_and_counted};
use std::sync::Arc;

use axum::http::{HeaderMap, HeaderValue, StatusCode, Uri};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::articles::model::{ArticleId, Library, PageTarget};
use crate::web::assets::SVG_CONTENT_SECURITY_POLICY;
use crate::web::kept::OnRead;
use crate::web::referer::came_from;
use crate::web::{Failure, redirect};
use walk::Written;

/// What is counted when an article is read: the read, and the question that led to it.
fn count_read(app: &App, id: &ArticleId) -> OnRead {
    let (counts, searches, id) = (app.counts.clone(), app.searches.clone(), id.clone());
    Arc::new(move |headers| {
        counts.record(&id);
        if let Some((lang, query)) = came_from(headers, "search", "q") {
            searches.opened(lang, &query);
        }
    })
}

/// Any page below a language that is made from files: section, topic, article, an article as Markdown, an old address.
pub async fn show(app: axum::extract::State<App>, headers: HeaderMap, uri: Uri) -> Response {
    let app = app.0;
    let path = decoded(uri.path());
    let library = app.content.library();
    if let Some(text) = path.strip_suffix(".md").and_then(|path| article::markdown(&app, &library, path)) {
        return text;
    }
    match library.pages.get(&path) {
        Some(PageTarget::Section(lang, id)) => {
            let (lang, id) = (*lang, id.clone());
            kept(&app, &headers, &path, HTML, || overview::section(&app, &library, lang, id)).await
        }
        Some(PageTarget::Topic(lang, section, topic)) => {
            let (lang, section, topic) = (*lang, section.clone(), topic.clone());
            kept(&app, &headers, &path, HTML, || overview::topic(&app, &library, lang, section, topic)).await
        }
        Some(PageTarget::Article(lang, id)) => {
            let (lang, id) = (*lang, id.clone());
            if let Some(written) = Written::of(&library, &id, lang, &uri) {
                return steps::show(&app, &headers, &library, lang, &id, &written).await;
            }
            let on_read = Some(count_read(&app, &id));
            kept_and_counted(&app, &headers, &path, HTML, on_read, || article::page(&app, &library, lang, id)).await
        }
        None => elsewhere(&library, &path),
    }
}

/// What an address that is not a page leads to: where it has moved, 410 for gone, 503 while a problem keeps its article away, 404 for
/// never been.
fn elsewhere(library: &Library, path: &str) -> Response {
    match library.moved.get(path) {
        Some(Some(now)) => redirect::moved(now),
        Some(None) => Failure::Gone.into_response(),
        None if library.withheld.contains(path) => Failure::Unavailable.into_response(),
        None => Failure::NotFound.into_response(),
    }
}

/// A picture of an article. Its address holds a hash of its content.
pub async fn picture(app: axum::extract::State<App>, uri: Uri) -> Response {
    let library = app.content.library();
    let Some(picture) = library.pictures.get(&decoded(uri.path())) else { return Failure::NotFound.into_response() };
    let bytes = axum::body::Bytes::from_owner(Arc::clone(&picture.bytes));
    let mut response = (StatusCode::OK, [(axum::http::header::CONTENT_TYPE, picture.media_type)], bytes).into_response();
    if picture.media_type == crate::articles::picture::SVG {
        // Opened by itself a drawing is a page of this origin.
        let policy = HeaderValue::from_static(SVG_CONTENT_SECURITY_POLICY);
        response.headers_mut().insert(axum::http::header::CONTENT_SECURITY_POLICY, policy);
    }
    response.extensions_mut().insert(crate::web::CachePolicy::Immutable);
    response
}
