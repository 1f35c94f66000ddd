//! Speaks with Hotmart for one account: tokens, paging, limits, and the ways in which its API fails.
//!
//! Promised: keys and tokens are in no log and no error; redirects are not followed; no answer is read without end; an account's calls stay below
//! its limit, whoever makes them.

mod answer;
mod pace;
mod problem;
mod token;

use std::time::Duration;

use reqwest::header::AUTHORIZATION;
use reqwest::redirect::Policy;
use reqwest::{Response, StatusCode};
use tokio::sync::Mutex;
use tokio::time::sleep;

pub(in crate::orders) use answer::{Page, item};
pub use problem::CallError;

use self::answer::{ErrorBody, body, is_json, page};
use self::pace::Pace;
use self::token::Token;
use super::account::{Environment, Keys};

/// One host gives out tokens for both systems.
const TOKEN_HOST: &str = "https://api-sec-vlc.hotmart.com";
const PRODUCTION_HOST: &str = "https://developers.hotmart.com";
const SANDBOX_HOST: &str = "https://sandbox.hotmart.com";

const CONNECT_MAX: Duration = Duration::from_secs(10);
/// Between two pieces of an answer. Hotmart gives up after 30 seconds.
const SILENCE_MAX: Duration = Duration::from_secs(45);
const CALL_MAX: Duration = Duration::from_secs(120);
/// Times that a call is made which may go through later.
const ATTEMPTS_MAX: u32 = 5;
const PAUSE_MIN: Duration = Duration::from_millis(500);
const PAUSE_MAX: Duration = Duration::from_secs(30);

/// Where tokens and data are.
#[derive(Debug, Clone)]
pub(in crate::orders) struct Hosts {
    token: String,
    data: String,
}

impl Hosts {
    /// `base_url`: the operator's, in place of all of Hotmart's.
    pub(in crate::orders) fn of(environment: Environment, base_url: &str) -> Self {
        if !base_url.is_empty() {
            return Self { token: base_url.to_owned(), data: base_url.to_owned() };
        }
        let data = match environment {
            Environment::Production => PRODUCTION_HOST,
            Environment::Sandbox => SANDBOX_HOST,
        };
        Self { token: TOKEN_HOST.to_owned(), data: data.to_owned() }
    }
}

/// One account's connection.
pub(in crate::orders) struct Client {
    http: reqwest::Client,
    hosts: Hosts,
    keys: Keys,
    pace: Pace,
    token: Mutex<Option<Token>>,
}

/// What all accounts share: connections, and the rules for every request.
pub(in crate::orders) fn http() -> Result<reqwest::Client, CallError> {
    // Another part of the program may have chosen it before.
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = reqwest::Client::builder().redirect(Policy::none()).connect_timeout(CONNECT_MAX).read_timeout(SILENCE_MAX).timeout(CALL_MAX);
    builder.user_agent("Ajuda").build().map_err(|error| not_reached(&error))
}

impl Client {
    pub(in crate::orders) fn new(http: reqwest::Client, hosts: Hosts, keys: Keys, calls_per_minute: u32) -> Self {
        Self { http, hosts, keys, pace: Pace::new(calls_per_minute), token: Mutex::default() }
    }

    /// One page of a list. What may pass is tried again, with pauses that grow; a question that took Hotmart too long is not: a shorter one may do.
    pub(in crate::orders) async fn page(&self, path: &str, question: &[(&str, &str)]) -> Result<Page, CallError> {
        let mut pause = PAUSE_MIN;
        for attempt in 1.. {
            match self.page_once(path, question).await {
                Err(error) if error.is_passing() && error != CallError::TooSlow && attempt < ATTEMPTS_MAX => {
                    // The pace waits as long as Hotmart wants after a 429.
                    if error != CallError::TooMany {
                        sleep(jittered(pause)).await;
                        pause = (pause * 2).min(PAUSE_MAX);
                    }
                }
                other => return other,
            }
        }
        Err(CallError::Failing)
    }

    /// The same, once.
    pub(in crate::orders) async fn page_once(&self, path: &str, question: &[(&str, &str)]) -> Result<Page, CallError> {
        let (token, is_fresh) = self.token(None).await?;
        let mut answer = self.send(path, question, &token).await?;
        if answer.status() == StatusCode::UNAUTHORIZED {
            if is_fresh {
                return Err(CallError::OtherEnvironment);
            }
            let (token, _) = self.token(Some(&token)).await?;
            answer = self.send(path, question, &token).await?;
        }
        let (status, is_json, length) = (answer.status(), is_json(&answer), answer.content_length());
        if status.is_success() {
            return if is_json || length == Some(0) { page(&body(answer).await?) } else { Err(CallError::NotHotmart) };
        }
        Err(match status {
            // It was asked for a moment ago, so the keys open the other system.
            StatusCode::UNAUTHORIZED => CallError::OtherEnvironment,
            StatusCode::FORBIDDEN => CallError::NoRight,
            StatusCode::TOO_MANY_REQUESTS => CallError::TooMany,
            StatusCode::BAD_GATEWAY | StatusCode::GATEWAY_TIMEOUT | StatusCode::REQUEST_TIMEOUT => CallError::TooSlow,
            StatusCode::BAD_REQUEST if ErrorBody::parse(&body(answer).await?).speaks_of_the_period() => CallError::PeriodRefused,
            StatusCode::BAD_REQUEST => CallError::ValueRefused,
            status if status.is_server_error() => CallError::Failing,
            _ => CallError::NotHotmart,
        })
    }

    /// The token, and whether it was asked for just now. `refused`: one that Hotmart does not take any more.
    async fn token(&self, refused: Option<&str>) -> Result<(String, bool), CallError> {
        let mut kept = self.token.lock().await;
        if let Some(token) = kept.as_ref().filter(|token| token.is_good() && refused.is_none_or(|refused| token.header() != refused)) {
            return Ok((token.header(), false));
        }
        let token = self.ask_token().await?;
        let header = token.header();
        *kept = Some(token);
        Ok((header, true))
    }

    async fn send(&self, path: &str, question: &[(&str, &str)], token: &str) -> Result<Response, CallError> {
        let mut url = self.url(&self.hosts.data, path)?;
        if !question.is_empty() {
            url.query_pairs_mut().extend_pairs(question);
        }
        self.pace.turn().await;
        let answer = self.http.get(url).header(AUTHORIZATION, token).send().await.map_err(|error| not_reached(&error))?;
        self.pace.obey(answer.headers(), answer.status() == StatusCode::TOO_MANY_REQUESTS).await;
        Ok(answer)
    }
}

/// Its text can hold the address, and so a secret: only what kind it is goes into the log.
fn not_reached(error: &reqwest::Error) -> CallError {
    let kind = if error.is_timeout() {
        "it took too long"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    };
    tracing::debug!(kind, "a call to Hotmart failed");
    CallError::NotReached
}

/// Half of it to all of it, so that many that failed together don't come again together.
fn jittered(pause: Duration) -> Duration {
    let mut random = [0; 1];
    // Without random numbers the pause is whole.
    let share = getrandom::fill(&mut random).map_or(255, |()| u32::from(random[0]));
    pause / 2 + pause * share / 510
}
