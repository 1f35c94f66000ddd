//! `ajuda preview`: the help center as its authors see it, on their own machine. The pages are those of the readers; around them this layer
//! shows drafts as drafts, names what is wrong beside the text, and loads a page again when a file was saved. Nothing is written anywhere.

mod marks;
mod source;

use crate::site::respond::HTML;
use crate::site::respond::decoded;
use std::path::PathBuf;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use http_body_util::BodyExt;

use crate::app::{App, BootError};
use crate::articles::authoring::preview::Desk;
use crate::articles::{ContentStore, LoadOptions};
use crate::clock::Clock;
use crate::settings::Config;
use crate::site;

/// Everything of the preview itself stands below this.
const HOME: &str = "/preview";
const RELOAD_SCRIPT: &str = include_str!("reload.js");
/// A folder that can't be made, so that no database ever is.
const NOWHERE: &str = "/dev/null/preview";

/// What the layer knows; copies share it.
#[derive(Clone)]
pub struct Preview {
    app: App,
    desk: Arc<Desk>,
}

impl Preview {
    /// Reads the articles, drafts too. Of the settings only those count that change how articles look.
    pub fn open(config: Config, clock: Clock) -> Result<Self, BootError> {
        let config = Config { data: PathBuf::from(NOWHERE), database_url: String::new(), ..config };
        let options = App::load_options(&config, &clock);
        let desk = Arc::new(Desk::open(options.clone())?);
        let app = App::on(ContentStore::open(LoadOptions { drafts: true, ..options })?, config, clock)?;
        Ok(Self { app, desk })
    }

    pub fn app(&self) -> &App {
        &self.app
    }

    /// The routes of the help center with the preview around them.
    pub fn router(&self) -> Router {
        site::router(self.app.clone(), Router::new(), Router::new()).layer(middleware::from_fn_with_state(self.clone(), around))
    }

    /// Takes over what was saved. Reading and checking block, so they have a thread of their own.
    async fn look(&self) -> u64 {
        let preview = self.clone();
        let look = move || {
            preview.desk.look(|| {
                // Where the folder is gone for a moment, everything stays as it was.
                let _ = preview.app.content.reload();
                preview.app.library_changed();
            })
        };
        tokio::task::spawn_blocking(look).await.unwrap_or_default()
    }
}

async fn around(State(preview): State<Preview>, mut request: Request, next: Next) -> Response {
    if !is_own_host(&preview, &request) {
        // A page of somebody else may have named this machine its own, to read drafts through the author's browser.
        return (StatusCode::MISDIRECTED_REQUEST, "This preview answers only at the address that it printed.\n").into_response();
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        return (StatusCode::FORBIDDEN, "This is a preview: nothing is sent and nothing is kept. Go back to read on.\n").into_response();
    }
    let version = preview.look().await;
    let path = decoded(request.uri().path());
    let answer = match path.strip_prefix(HOME) {
        Some("/version") => version.to_string().into_response(),
        Some("/reload.js") => ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8")], RELOAD_SCRIPT).into_response(),
        Some("") => page(source::overview(&preview).await),
        Some(file) if file.starts_with('/') => match source::file(&preview, &file[1..]).await {
            Some(html) => page(html),
            None => (StatusCode::NOT_FOUND, "Nothing is wrong in such a file.\n").into_response(),
        },
        _ => {
            // The page itself, not that it is the same as before and not compressed.
            for header in [header::ACCEPT_ENCODING, header::IF_NONE_MATCH] {
                request.headers_mut().remove(header);
            }
            next.run(request).await
        }
    };
    finish(&preview, &path, version, answer).await
}

fn is_own_host(preview: &Preview, request: &Request) -> bool {
    let listen = preview.app.config.listen.as_str();
    let port = listen.rsplit_once(':').map_or("", |(_, port)| port);
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    host == listen || host.strip_prefix("localhost:") == Some(port)
}

fn page(html: String) -> Response {
    ([(header::CONTENT_TYPE, HTML)], html).into_response()
}

/// Puts marks and script into a page, and lets no browser keep anything.
async fn finish(preview: &Preview, path: &str, version: u64, answer: Response) -> Response {
    let (mut parts, body) = answer.into_parts();
    let is_page = parts.headers.get(header::CONTENT_TYPE).is_some_and(|media_type| media_type == HTML);
    parts.headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    if parts.headers.get(header::CONTENT_SECURITY_POLICY).is_none() {
        parts.headers.insert(header::CONTENT_SECURITY_POLICY, preview.app.site.content_policy.clone());
    }
    if !is_page {
        return Response::from_parts(parts, body);
    }
    for header in [header::ETAG, header::CONTENT_LENGTH] {
        parts.headers.remove(header);
    }
    let bytes = body.collect().await.map(|collected| collected.to_bytes()).unwrap_or_default();
    let html = marks::mark(preview, path, version, &String::from_utf8_lossy(&bytes));
    Response::from_parts(parts, Body::from(html))
}
