//! Every address of readers and customers, and the layers around them.

use crate::site::respond::{HTML, decoded};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, Path, RawQuery, Request, State};
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use super::articles::{self as pages, feeds, home, votes};
use super::contact::{self, sent};
use super::files::{self, bounds};
use super::hooks;
use super::language::Language;
use super::requests::{address, buyer, download, events, list, mailbox, reply, request, sign_in};
use super::search::{self, api};
use crate::app::App;
use crate::i18n::Lang;
use crate::ui::error_page;
use crate::web::client_ip::Client;
use crate::web::fast_path::FastPath;
use crate::web::request_log::RequestId;
use crate::web::{self, Failure, language, origin, request_log};
use crate::wire::{ApiError, ApiProblem};

/// All routes of readers and customers, `beside` those of other faces (those that take files apart), and the layers around all of them. Addresses that are made from files stand behind
/// the three last ones.
pub fn router(app: App, beside: Router<App>, beside_with_files: Router<App>) -> Router {
    let routes = beside
        .route("/", get(home::choose_language))
        .route("/robots.txt", get(feeds::robots))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route("/llms.txt", get(feeds::llms))
        .route("/assets/{hash}/{name}", get(asset))
        .route("/media/{name}", get(pages::picture))
        .route("/api/v1/search", get(api::search))
        .route("/api/v1/search/opened", post(api::opened))
        .route("/api/v1/openapi.json", get(api::openapi))
        .route("/hooks/hotmart/{account}", post(hooks::hotmart))
        .route("/{lang}", get(home_page))
        .route(
            "/{lang}/feed.xml",
            get(|State(app): State<App>, Language(lang): Language, headers: HeaderMap| async move { feeds::atom(&app, &headers, lang).await }),
        )
        .route("/{lang}/search", get(results))
        .route(
            "/{lang}/requests",
            get(|State(app): State<App>, Language(lang): Language, headers: HeaderMap, uri: Uri| async move {
                list::show(&app, &headers, lang, &uri).await
            })
            .post(sign_in::ask),
        )
        .route("/{lang}/requests/code", get(sign_in::code).post(sign_in::take))
        .route("/{lang}/requests/log-out", post(sign_in::sign_out))
        .route("/{lang}/requests/{reference}/conversation.txt", get(download::conversation))
        .route("/{lang}/requests/{reference}/events", get(events::listen))
        .route("/{lang}/requests/{reference}/sent", get(sent_page))
        .route("/{lang}/requests/{reference}/address", post(address::take))
        .route("/{lang}/requests/{reference}/code", post(mailbox::take))
        .route("/{lang}/requests/{reference}/purchase", post(buyer::take))
        .route("/{lang}/requests/{reference}/files/{id}", get(file))
        .route("/{lang}/contact/address", post(contact::address))
        .route("/{lang}/contact/files/{token}", get(files::staged_preview))
        .route("/{lang}/{section}", get(pages::show))
        .route("/{lang}/{section}/{topic}", get(pages::show))
        .route("/{lang}/{section}/{topic}/{article}/vote", get(votes::back).post(votes::cast))
        .fallback(|State(app): State<App>, uri: Uri| async move { of_another_site(&app, &uri) });
    let limits = &app.config.limits;
    let timeout = |seconds| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(seconds));
    routes
        // Refuses by the announced length already, before a byte of the body is waited for.
        .layer(RequestBodyLimitLayer::new(limits.form_max_bytes))
        .layer(timeout(limits.request_max_seconds))
        .merge(
            takes_files()
                .merge(beside_with_files)
                .layer(DefaultBodyLimit::disable())
                .layer(RequestBodyLimitLayer::new(bounds(&app.config).body_max_bytes()))
                .layer(timeout(limits.request_max_seconds.max(app.config.attachments.upload_max_seconds))),
        )
        .layer(origin::layer(&app.site.public_url))
        .layer(middleware::from_fn_with_state(app.clone(), share_of_network))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| Failure::Internal.into_response()))
        .layer(middleware::from_fn_with_state(app.clone(), failure_page))
        .layer(middleware::from_fn(web::cache::layer))
        .layer(middleware::from_fn_with_state(app.site.content_policy.clone(), web::headers::layer))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| StatusCode::INTERNAL_SERVER_ERROR.into_response()))
        .layer(middleware::from_fn_with_state(fast_path(&app), request_log::layer))
        .with_state(app)
}

/// What the fast path gives back: pages and assets.
pub fn fast_path(app: &App) -> FastPath {
    FastPath { pages: app.pages.clone(), assets: app.site.assets.clone(), metrics: app.metrics.clone(), log_reads: app.config.log_reads }
}

/// The addresses whose posts may bring files, and so may be large and slow.
fn takes_files() -> Router<App> {
    Router::new()
        .route("/{lang}/contact", get(contact_page).post(contact::file))
        .route("/{lang}/contact/files", post(files::take))
        .route("/{lang}/requests/{reference}", get(request_page).post(reply::take))
        .route("/{lang}/{section}/{topic}/{article}", get(pages::show).post(contact::file))
}

/// The home page of a language; any other first part may be an address of the site that was here before.
async fn home_page(State(app): State<App>, uri: Uri, headers: HeaderMap) -> Response {
    match language::of_path(uri.path()) {
        Some(lang) => home::show(&app, &headers, lang).await,
        None => of_another_site(&app, &uri),
    }
}

/// What no route is for: an address that an article had on another site, or a page with a slash at its end.
fn of_another_site(app: &App, uri: &Uri) -> Response {
    let path = decoded(uri.path());
    match app.content.library().moved.get(&path) {
        Some(Some(now)) => web::redirect::moved(now),
        Some(None) => Failure::Gone.into_response(),
        None => trailing_slash(uri),
    }
}

async fn results(State(app): State<App>, client: Client, Language(lang): Language, headers: HeaderMap, uri: Uri) -> Response {
    search::show(&app, client, &headers, lang, &uri).await
}

async fn contact_page(State(app): State<App>, Language(lang): Language, headers: HeaderMap, uri: Uri) -> Response {
    contact::show(&app, &headers, lang, &uri).await
}

async fn request_page(
    State(app): State<App>,
    Language(lang): Language,
    Path((_, reference)): Path<(String, String)>,
    headers: HeaderMap,
    uri: Uri,
) -> Response {
    request::show(&app, &headers, lang, &reference, &uri).await
}

async fn sent_page(State(app): State<App>, Language(lang): Language, Path((_, reference)): Path<(String, String)>, headers: HeaderMap) -> Response {
    sent::show(&app, &headers, lang, &reference).await
}

async fn file(
    State(app): State<App>,
    Language(_): Language,
    Path((_, reference, id)): Path<(String, String, String)>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    files::send(&app, &headers, &reference, &id, query.as_deref()).await
}

async fn asset(State(app): State<App>, Path((hash, name)): Path<(String, String)>, headers: HeaderMap) -> Response {
    app.site.assets.serve(&hash, &name, &headers)
}

fn trailing_slash(uri: &Uri) -> Response {
    let path = uri.path();
    match path.trim_end_matches('/') {
        trimmed if trimmed != path && !trimmed.is_empty() => web::redirect::moved(trimmed),
        _ => Failure::NotFound.into_response(),
    }
}

/// Whether an address is a ticket's, or lies below one.
fn is_of_ticket(path: &str) -> bool {
    let mut steps = path.split('/').skip(1);
    steps.next().and_then(Lang::parse).is_some() && steps.next() == Some("requests") && steps.next().is_some()
}

/// Middleware: one network has no more requests under way than its share, also where a proxy brings those of everybody.
async fn share_of_network(State(app): State<App>, client: Client, request: Request, next: Next) -> Response {
    let Some(_share) = app.requests.try_take(Some(client.ip.into()), 1) else { return Failure::Busy.into_response() };
    next.run(request).await
}

/// Middleware: an answer that failed gets its page, in the language of the address, or its JSON below `/api`. Handlers that made a page of
/// their own (422 with what was typed) keep it; what a library wrote never passes.
async fn failure_page(State(app): State<App>, request: Request, next: Next) -> Response {
    let path = request.uri().path().to_owned();
    let reference = request.extensions().get::<RequestId>().map(|id| id.as_str().to_owned());
    let accepted = request.headers().get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).and_then(language::preferred);
    let response = next.run(request).await;
    let status = response.status();
    let media_type = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let has_own_body = ["text/html", "application/json"].iter().any(|own| media_type.starts_with(own)) || path == "/readyz";
    let failure = response.extensions().get::<Failure>().copied().or_else(|| Failure::of_status(status));
    let Some(failure) = failure.filter(|_| !has_own_body) else { return response };
    let lang = language::of_path(&path).or(accepted).unwrap_or(app.site.default_lang);
    let mut page = if path.starts_with("/api/") {
        let problem = ApiProblem { code: failure.code().to_owned(), message: failure.texts(Lang::En.common()).1.to_owned() };
        (failure.status(), axum::Json(ApiError { error: problem })).into_response()
    } else {
        let reference = reference.filter(|_| failure == Failure::Internal);
        let html = if failure == Failure::NotFound && is_of_ticket(&path) {
            error_page::locked_request(app.site.clone(), lang, app.config.sends_mail()).await
        } else {
            error_page::page(app.site.clone(), lang, failure, reference).await
        };
        (failure.status(), [(header::CONTENT_TYPE, HTML)], Body::from(html)).into_response()
    };
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        page.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    page
}
