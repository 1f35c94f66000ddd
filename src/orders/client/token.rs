//! The token that every call carries. It is asked for with the account's keys, kept in memory, and renewed before it ends.

use std::time::Duration;

use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use reqwest::{Method, Response, StatusCode, Url};
use serde::Deserialize;
use tokio::time::Instant;

use super::answer::{body, is_json};
use super::{CallError, Client, not_reached};
use crate::config::Secret;

const PATH: &str = "/security/oauth/token";
const FORM: &str = "application/x-www-form-urlencoded";
/// So long before its end another one is asked for.
const RENEWED_EARLY: Duration = Duration::from_secs(300);
/// Where Hotmart doesn't say; the shortest that was seen.
const UNSAID_VALID: Duration = Duration::from_secs(3600);

#[derive(Debug, Clone)]
pub(super) struct Token {
    text: Secret,
    good_until: Instant,
}

impl Token {
    pub(super) fn is_good(&self) -> bool {
        Instant::now() < self.good_until
    }

    pub(super) fn header(&self) -> String {
        format!("Bearer {}", self.text.reveal())
    }
}

#[derive(Deserialize)]
struct TokenBody {
    access_token: Secret,
    #[serde(default)]
    expires_in: Option<u64>,
}

impl Client {
    /// Asks for a token. The parameters go into the body, since addresses end up in the logs of machines on the way; Hotmart's own sample has them in
    /// the address, so that is tried where the form is not understood.
    pub(super) async fn ask_token(&self) -> Result<Token, CallError> {
        let by_form = self.send_keys(false).await?;
        let answer = match by_form.status() {
            StatusCode::BAD_REQUEST | StatusCode::METHOD_NOT_ALLOWED | StatusCode::UNSUPPORTED_MEDIA_TYPE => self.send_keys(true).await?,
            _ => by_form,
        };
        let (status, is_json) = (answer.status(), is_json(&answer));
        self.pace.obey(answer.headers(), status == StatusCode::TOO_MANY_REQUESTS).await;
        let bytes = body(answer).await?;
        match status {
            StatusCode::OK if is_json => {}
            StatusCode::BAD_REQUEST | StatusCode::UNAUTHORIZED => return Err(CallError::WrongKeys),
            StatusCode::FORBIDDEN => return Err(CallError::NoRight),
            StatusCode::TOO_MANY_REQUESTS => return Err(CallError::TooMany),
            status if status.is_server_error() => return Err(CallError::Failing),
            _ => return Err(CallError::NotHotmart),
        }
        let token: TokenBody = serde_json::from_slice(&bytes).map_err(|_| CallError::NotHotmart)?;
        // It goes into a header as it came.
        if token.access_token.reveal().is_empty() || !token.access_token.reveal().bytes().all(|byte| byte.is_ascii_graphic()) {
            return Err(CallError::NotHotmart);
        }
        let valid = token.expires_in.map_or(UNSAID_VALID, Duration::from_secs);
        // One that is over sooner than it would be renewed is used for half its time.
        let good = valid.checked_sub(RENEWED_EARLY).unwrap_or(valid / 2);
        Ok(Token { text: token.access_token, good_until: Instant::now() + good.min(Duration::from_secs(7 * 24 * 3600)) })
    }

    async fn send_keys(&self, in_address: bool) -> Result<Response, CallError> {
        let mut url = self.url(&self.hosts.token, PATH)?;
        let mut filled = url.clone();
        filled
            .query_pairs_mut()
            .append_pair("grant_type", "client_credentials")
            .append_pair("client_id", &self.keys.client_id)
            .append_pair("client_secret", self.keys.client_secret.reveal());
        let form = filled.query().unwrap_or_default().to_owned();
        if in_address {
            url = filled;
        }
        let basic = format!("Basic {}", self.keys.basic.reveal());
        let request = self.http.request(Method::POST, url).header(AUTHORIZATION, basic).header(CONTENT_TYPE, FORM);
        self.pace.turn().await;
        let request = if in_address { request } else { request.body(form) };
        request.send().await.map_err(|error| not_reached(&error))
    }

    pub(super) fn url(&self, host: &str, path: &str) -> Result<Url, CallError> {
        Url::parse(&format!("{host}{path}")).map_err(|_| CallError::NotReached)
    }
}
