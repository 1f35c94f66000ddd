//! Every address of the program, and the layers around all of them.

use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequestParts, Path, RawQuery, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, Uri, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::limit::RequestBodyLimitLayer;
use tower_http::timeout::TimeoutLayer;

use crate::app::App;
use crate::articles::pages::{self, feeds, home, votes};
use crate::i18n::Lang;
use crate::search;
use crate::tickets::pages::{contact, download, events, files, login, reply, request, requests, sent};
use crate::ui::error_page;
use crate::web::fast_path::FastPath;
use crate::web::listen::{self, Answers};
use crate::web::posted::Bounds;
use crate::web::request_log::RequestId;
use crate::web::{self, Failure, language, origin, request_log};
use crate::wire::{ApiError, ApiProblem};

/// Requests under way get so long to finish when the program is told to stop.
const STOP_MAX_SECONDS: u64 = 10;

/// All routes. Addresses that are made from files stand behind the three last ones.
pub fn router(app: App) -> Router {
    let routes = Router::new()
        .route("/", get(home::choose_language))
        .route("/robots.txt", get(feeds::robots))
        .route("/sitemap.xml", get(feeds::sitemap))
        .route("/llms.txt", get(feeds::llms))
        .route("/healthz", get(|| async { "ok\n" }))
        .route("/readyz", get(ready))
        .route("/metrics", get(metrics))
        .route("/assets/{hash}/{name}", get(asset))
        .route("/media/{name}", get(pages::picture))
        .route("/api/v1/search", get(search::api::search))
        .route("/api/v1/search/opened", post(search::api::opened))
        .route("/api/v1/openapi.json", get(search::api::openapi))
        .route(
            "/{lang}",
            get(|State(app): State<App>, Language(lang): Language, headers: HeaderMap| async move { home::show(&app, &headers, lang).await }),
        )
        .route(
            "/{lang}/feed.xml",
            get(|State(app): State<App>, Language(lang): Language, headers: HeaderMap| async move { feeds::atom(&app, &headers, lang).await }),
        )
        .route("/{lang}/search", get(results))
        .route(
            "/{lang}/requests",
            get(|State(app): State<App>, Language(lang): Language, headers: HeaderMap, uri: Uri| async move {
                requests::show(&app, &headers, lang, &uri).await
            })
            .post(login::ask),
        )
        .route("/{lang}/requests/code", get(login::code).post(login::take))
        .route("/{lang}/requests/log-out", post(login::log_out))
        .route("/{lang}/requests/{reference}/conversation.txt", get(download::conversation))
        .route("/{lang}/requests/{reference}/events", get(events::listen))
        .route("/{lang}/requests/{reference}/sent", get(sent_page))
        .route("/{lang}/requests/{reference}/files/{id}", get(file))
        .route("/{lang}/{section}", get(pages::show))
        .route("/{lang}/{section}/{topic}", get(pages::show))
        .route("/{lang}/{section}/{topic}/{article}/vote", get(votes::back).post(votes::cast))
        .fallback(|uri: Uri| async move { trailing_slash(&uri) });
    let limits = &app.config.limits;
    let timeout = |seconds| TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, Duration::from_secs(seconds));
    routes
        // Refuses by the announced length already, before a byte of the body is waited for.
        .layer(RequestBodyLimitLayer::new(limits.form_max_bytes))
        .layer(timeout(limits.request_max_seconds))
        .merge(
            takes_files()
                .layer(DefaultBodyLimit::disable())
                .layer(RequestBodyLimitLayer::new(Bounds::of(&app.config).body_max_bytes()))
                .layer(timeout(limits.request_max_seconds.max(app.config.attachments.upload_max_seconds))),
        )
        .layer(origin::layer(&app.site.public_url))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| Failure::Internal.into_response()))
        .layer(middleware::from_fn_with_state(app.clone(), failure_page))
        .layer(middleware::from_fn(web::cache::layer))
        .layer(middleware::from_fn(web::headers::layer))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| StatusCode::INTERNAL_SERVER_ERROR.into_response()))
        .layer(middleware::from_fn_with_state(fast_path(&app), request_log::layer))
        .with_state(app)
}

/// The addresses whose posts may bring files, and so may be large and slow.
fn takes_files() -> Router<App> {
    Router::new()
        .route("/{lang}/contact", get(contact_page).post(contact::file))
        .route("/{lang}/contact/files", post(files::take))
        .route("/{lang}/requests/{reference}", get(request_page).post(reply::take))
        .route("/{lang}/{section}/{topic}/{article}", get(pages::show).post(contact::file))
}

/// What the fast path gives back: pages and assets.
pub fn fast_path(app: &App) -> FastPath {
    FastPath { pages: app.pages.clone(), assets: app.site.assets.clone(), metrics: app.metrics.clone(), log_reads: app.config.log_reads }
}

/// Serves until told to stop; then takes no new connection, ends what is under way, and returns.
pub async fn run(app: App, listener: TcpListener, stop: watch::Receiver<bool>) {
    let answers = Answers { fast_path: Some(fast_path(&app)), router: router(app.clone()) };
    serve(&app, answers, listener, stop).await;
}

/// The same with the routes in a frame of somebody else, who sees every request.
pub async fn serve(app: &App, answers: impl Into<Answers>, listener: TcpListener, stop: watch::Receiver<bool>) {
    let limits = &app.config.limits;
    let bounds = listen::Bounds {
        headers_max: Duration::from_secs(limits.headers_max_seconds),
        connections_max: limits.connections_max,
        stop_max: Duration::from_secs(STOP_MAX_SECONDS),
    };
    let Answers { fast_path, router } = answers.into();
    let router = router.layer(axum::Extension(events::Stopping(stop.clone())));
    listen::serve(listener, Answers { fast_path, router }, bounds, stop).await;
}

/// The language of an address; anything else in its place is no page.
struct Language(Lang);

impl FromRequestParts<App> for Language {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Failure> {
        language::of_path(parts.uri.path()).map(Self).ok_or(Failure::NotFound)
    }
}

async fn results(State(app): State<App>, Language(lang): Language, headers: HeaderMap, uri: Uri) -> Response {
    search::pages::show(&app, &headers, lang, &uri).await
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

/// Whether messages can be taken: the database answers. Pages and search work without it, so a balancer that must keep
/// readers should ask `/healthz`.
async fn ready(State(app): State<App>) -> Response {
    match app.db.ping().await {
        Ok(()) => "ready\n".into_response(),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            (
                StatusCode::SERVICE_UNAVAILABLE,
                [(header::CONTENT_TYPE, "text/plain; charset=utf-8"), (header::RETRY_AFTER, "5")],
                "the database does not answer\n",
            )
                .into_response()
        }
    }
}

async fn metrics(State(app): State<App>) -> Response {
    app.count_articles();
    if let Ok(counts) = app.outbox.counts().await {
        app.metrics.mails_waiting.set(counts.waiting);
        app.metrics.mails_failed.set(counts.failed);
    }
    if let Ok(waiting) = app.tickets.count_letters_waiting().await {
        app.metrics.letters_waiting.set(waiting);
    }
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], app.metrics.render()).into_response()
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
        let problem = ApiProblem { code: failure.code().to_owned(), message: Lang::En.common().failure(failure).1.to_owned() };
        (failure.status(), axum::Json(ApiError { error: problem })).into_response()
    } else {
        let reference = reference.filter(|_| failure == Failure::Internal);
        let html = if failure == Failure::NotFound && is_of_ticket(&path) {
            error_page::locked_request(app.site.clone(), lang, app.config.sends_mail()).await
        } else {
            error_page::page(app.site.clone(), lang, failure, reference).await
        };
        (failure.status(), [(header::CONTENT_TYPE, pages::HTML)], Body::from(html)).into_response()
    };
    if let Some(allowed) = response.headers().get(header::ALLOW) {
        page.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    page
}
