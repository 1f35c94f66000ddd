//! Joins the faces' routers with what operators ask, and serves them.

use std::net::SocketAddr;
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Request, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use tokio::net::TcpListener;
use tokio::sync::watch;

use crate::app::App;
use crate::desk;
use crate::site;
use crate::site::requests::events;
use crate::web::Failure;
use crate::web::listen::{self, Answers};

/// Requests under way get so long to finish when the program is told to stop.
const STOP_MAX_SECONDS: u64 = 10;

/// Every address of the program.
pub fn router(app: App) -> Router {
    let (desk, with_files) = desk::routers(&app);
    site::router(app, operators().merge(desk), with_files)
}

/// What operators and balancers ask. Counts are for operators alone: where the help center is public, they are on the operators' own address, else
/// they are told to whoever is on this machine.
fn operators() -> Router<App> {
    health().route("/metrics", get(metrics_here))
}

fn health() -> Router<App> {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready))
}

/// Serves until told to stop; then takes no new connection, ends what is under way, and returns. `operators`: where they ask, apart from everybody.
pub async fn run(app: App, listener: TcpListener, operators: Option<TcpListener>, stop: watch::Receiver<bool>) {
    let trusted = app.proxies.clone();
    let answers = Answers { fast_path: Some(site::fast_path(&app)), router: router(app.clone()), trusted };
    let apart = async {
        if let Some(operators) = operators {
            let router = health().route("/metrics", get(metrics)).with_state(app.clone());
            serve(&app, router, operators, stop.clone()).await;
        }
    };
    tokio::join!(serve(&app, answers, listener, stop.clone()), apart);
}

/// The same with the routes in a frame of somebody else, who sees every request.
pub async fn serve(app: &App, answers: impl Into<Answers>, listener: TcpListener, stop: watch::Receiver<bool>) {
    let limits = &app.config.limits;
    let bounds = listen::Bounds {
        headers_max: Duration::from_secs(limits.headers_max_seconds),
        connections_max: limits.connections_max,
        write_max: Duration::from_secs(limits.write_max_seconds),
        stop_max: Duration::from_secs(STOP_MAX_SECONDS),
    };
    let Answers { fast_path, router, trusted } = answers.into();
    let router = router.layer(axum::Extension(events::Stopping(stop.clone())));
    listen::serve(listener, Answers { fast_path, router, trusted }, bounds, stop).await;
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

async fn metrics_here(State(app): State<App>, request: Request) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip().to_canonical());
    let came_by_proxy = ["x-forwarded-for", "forwarded", "x-real-ip"].iter().any(|name| request.headers().contains_key(*name));
    // Without a peer it is asked within the program.
    if !app.config.public_url.is_empty() || came_by_proxy || peer.is_some_and(|peer| !peer.is_loopback()) {
        return Failure::NotFound.into_response();
    }
    metrics(State(app)).await
}

async fn metrics(State(app): State<App>) -> Response {
    app.count_articles();
    if let Ok(counts) = app.outbox.counts().await {
        app.metrics.mails_waiting.set(counts.waiting);
        app.metrics.mails_failed.set(counts.failed);
    }
    if let Ok(waiting) = app.inbound.count_in_review().await {
        app.metrics.inbound_in_review.set(waiting);
    }
    if let Ok(failed) = app.job_queue.count_failed().await {
        app.metrics.jobs_failed.set(failed);
    }
    ([(header::CONTENT_TYPE, "application/openmetrics-text; version=1.0.0; charset=utf-8")], app.metrics.render()).into_response()
}
