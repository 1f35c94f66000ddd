//! The server: who calls, what is asked for, and what goes wrong on demand.

mod account;
mod failure;
mod hostile;
mod limit;
mod paging;
mod params;
mod products;
mod sales;
mod subscriptions;
mod token;
pub(crate) mod views;

use std::sync::{
    Arc, Mutex, MutexGuard, PoisonError, RwLock,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

use axum::{
    Router,
    body::{Body, Bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, Response, StatusCode, Uri, header},
};
use serde_json::Value;

use crate::{
    config::Config,
    faults::{Faults, Mishap},
    world::World,
};
use failure::{Failure, json_response};
use hostile::Hostile;
use limit::Limits;
use paging::Listing;
use params::Params;
pub use token::Form;
use token::Tokens;
use views::View;

/// What a call that was understood gets.
pub(crate) enum Reply {
    List(Listing),
    Json(Value),
    /// 200 and no body.
    Nothing,
}

/// A call that came in, for a test to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Call {
    Token(Form),
    /// The address with its query.
    Data(String),
}

/// So many calls are remembered; a long run keeps its first ones.
const REMEMBERED: usize = 100_000;
/// The body of a request for a token is small.
const LARGEST_BODY: usize = 64 * 1024;

pub(crate) struct Shared {
    pub(crate) config: Config,
    pub(crate) world: RwLock<World>,
    pub(crate) faults: RwLock<Faults>,
    pub(crate) calls: Mutex<Vec<Call>>,
    tokens: Mutex<Tokens>,
    limits: Mutex<Limits>,
    count: AtomicU64,
    further_pages: AtomicU64,
    pub(crate) is_stopped: AtomicBool,
}

impl Shared {
    pub(crate) fn new(config: Config, world: World) -> Self {
        Self {
            world: RwLock::new(world),
            faults: RwLock::new(config.faults.clone()),
            calls: Mutex::new(Vec::new()),
            tokens: Mutex::new(Tokens::new(config.token_seconds)),
            limits: Mutex::new(Limits::new(config.calls_per_minute)),
            count: AtomicU64::new(0),
            further_pages: AtomicU64::new(0),
            is_stopped: AtomicBool::new(false),
            config,
        }
    }

    fn remember(&self, call: Call) {
        let mut calls = lock(&self.calls);
        if calls.len() < REMEMBERED {
            calls.push(call);
        }
    }
}

/// A call that panicked while it held the lock hurts no other.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn router(shared: Arc<Shared>) -> Router {
    Router::new().fallback(answer).with_state(shared)
}

async fn answer(State(shared): State<Arc<Shared>>, request: Request) -> Response<Body> {
    if shared.is_stopped.load(Ordering::Relaxed) {
        return Response::new(Hostile::broken(Bytes::new()));
    }
    let (parts, body) = request.into_parts();
    let Ok(body) = axum::body::to_bytes(body, LARGEST_BODY).await else {
        return Failure::parameter("The body is too long.").response();
    };
    if parts.uri.path() == "/security/oauth/token" {
        return issue(&shared, &parts.method, &parts.uri, &parts.headers, &body).unwrap_or_else(|failure| failure.response());
    }
    let client = match lock(&shared.tokens).client(text(&parts.headers, header::AUTHORIZATION)) {
        Ok(client) => client,
        Err(failure) => return failure.response(),
    };
    let mut allowance = lock(&shared.limits).count(&client);
    let mut response = if allowance.is_over {
        Failure::too_many().response()
    } else {
        shared.remember(Call::Data(parts.uri.to_string()));
        let call = shared.count.fetch_add(1, Ordering::Relaxed) + 1;
        let mishap = shared.faults.read().unwrap_or_else(PoisonError::into_inner).mishap(call);
        if mishap == Some(Mishap::Silent) {
            return std::future::pending().await;
        }
        if mishap == Some(Mishap::RateLimit) {
            allowance = allowance.used_up();
        }
        spoiled(&shared, mishap, &client, &parts.method, &parts.uri).await
    };
    allowance.write(response.headers_mut());
    response
}

fn issue(shared: &Shared, method: &Method, uri: &Uri, headers: &HeaderMap, body: &[u8]) -> Result<Response<Body>, Failure> {
    if method != Method::POST {
        return Err(Failure::method());
    }
    let request = token::Request {
        query: uri.query().unwrap_or(""),
        body: std::str::from_utf8(body).unwrap_or(""),
        is_form: text(headers, header::CONTENT_TYPE).is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded")),
        authorization: text(headers, header::AUTHORIZATION),
    };
    let (client, form) = request.client()?;
    shared.remember(Call::Token(form));
    let answer = lock(&shared.tokens).issue(client, shared.config.seed);
    Ok(json_response(StatusCode::OK, &answer))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The answer to a call, or what the faults make of it.
async fn spoiled(shared: &Shared, mishap: Option<Mishap>, client: &str, method: &Method, uri: &Uri) -> Response<Body> {
    let with = |status: StatusCode, body: Body, name: header::HeaderName, value: &'static str| {
        let mut response = Response::new(body);
        *response.status_mut() = status;
        response.headers_mut().insert(name, HeaderValue::from_static(value));
        response
    };
    let as_json = |body: Body| with(StatusCode::OK, body, header::CONTENT_TYPE, "application/json;charset=UTF-8");
    match mishap {
        Some(Mishap::Html) => {
            let page = "<html><head><title>502 Bad Gateway</title></head><body><script>alert(1)</script></body></html>";
            with(StatusCode::BAD_GATEWAY, Body::from(page), header::CONTENT_TYPE, "text/html")
        }
        Some(Mishap::RateLimit) => Failure::too_many().response(),
        Some(Mishap::ExpireToken) => {
            lock(&shared.tokens).end(client);
            Failure::unauthorized("token_expired").response()
        }
        Some(Mishap::Huge) => as_json(Hostile::huge()),
        Some(Mishap::Stall) => as_json(Hostile::stall()),
        Some(Mishap::Redirect) => with(StatusCode::FOUND, Body::empty(), header::LOCATION, "http://127.0.0.1:1/"),
        Some(Mishap::Broken) => {
            let whole = axum::body::to_bytes(plain(shared, method, uri).into_body(), usize::MAX).await.unwrap_or_default();
            as_json(Hostile::broken(whole.slice(..whole.len() / 2)))
        }
        Some(Mishap::Silent) | None => plain(shared, method, uri),
    }
}

fn plain(shared: &Shared, method: &Method, uri: &Uri) -> Response<Body> {
    if method != Method::GET {
        return Failure::method().response();
    }
    let params = Params::parse(uri.query().unwrap_or(""));
    let world = shared.world.read().unwrap_or_else(PoisonError::into_inner);
    let faults = shared.faults.read().unwrap_or_else(PoisonError::into_inner);
    match route(View { world: &world, faults: &faults }, uri.path(), &params) {
        Ok(Reply::List(listing)) if listing.items.is_empty() && faults.empty_body => Response::new(Body::empty()),
        Ok(Reply::List(listing)) => json_response(StatusCode::OK, &shown(shared, &faults, uri.path(), &params, listing)),
        Ok(Reply::Json(value)) => json_response(StatusCode::OK, &value),
        Ok(Reply::Nothing) => Response::new(Body::empty()),
        Err(failure) => failure.response(),
    }
}

fn shown(shared: &Shared, faults: &Faults, path: &str, params: &Params, mut listing: Listing) -> Value {
    if let (Some(token), true) = (params.text("page_token"), listing.next.is_some()) {
        let number = shared.further_pages.fetch_add(1, Ordering::Relaxed);
        if faults.same_cursor && number % 5 == 4 {
            listing.next = Some(token.to_owned());
        }
    }
    // Not every list counts what it has.
    let mut value = listing.json(path.contains("/sales/"));
    if let (true, true, Some(fields)) = (faults.no_items, listing.items.is_empty(), value.as_object_mut()) {
        fields.remove("items");
    }
    value
}

fn route(view: View<'_>, path: &str, params: &Params) -> Result<Reply, Failure> {
    let parts: Vec<&str> = path.trim_matches('/').split('/').collect();
    match parts.as_slice() {
        ["payments", "api", "v1", "sales", rest @ ..] => sales::answer(view, params, rest),
        ["payments", "api", "v1", "subscriptions", rest @ ..] => subscriptions::answer(view, params, rest),
        ["products", "api", "v1", rest @ ..] => products::answer(view, params, rest),
        ["user", "api", "v1", "me"] => account::me(view),
        ["club", "api", "v1", "users"] => account::members(view, params),
        ["club", "api", "v1", "users", _, "lessons"] => account::lessons(params),
        ["club", "api", "v1", "modules"] => account::modules(params),
        _ => Err(Failure::not_found()),
    }
}
