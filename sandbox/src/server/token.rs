//! Tokens. Any id and any secret but `wrong` get one, in each of the three forms that the real API takes.

use std::{
    collections::HashMap,
    time::{Duration, Instant},
};

use serde_json::{Value, json};

use super::{failure::Failure, params::Params};
use crate::{random::Random, text};

/// What a request for a token looked like, for tests of how secrets are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// All in the address, where logs show them.
    Query,
    /// All in the body.
    Body,
    /// Only the kind of grant, and the Basic header.
    Basic,
}

struct Token {
    client: String,
    made: Instant,
    ended: bool,
}

pub(crate) struct Tokens {
    life: Duration,
    made: HashMap<String, Token>,
}

pub(crate) struct Request<'a> {
    pub(crate) query: &'a str,
    pub(crate) body: &'a str,
    pub(crate) is_form: bool,
    pub(crate) authorization: Option<&'a str>,
}

impl Request<'_> {
    /// The client's id, and how it was sent.
    pub(crate) fn client(&self) -> Result<(String, Form), Failure> {
        let (query, body) = (Params::parse(self.query), Params::parse(if self.is_form { self.body } else { "" }));
        let grant = query.text("grant_type").or(body.text("grant_type"));
        if grant != Some("client_credentials") {
            return Err(Failure::grant("grant_type must be client_credentials."));
        }
        let basic = self.authorization.map(|header| from_basic(header).ok_or_else(rejected)).transpose()?;
        let named = |params: &Params| Some((params.text("client_id")?.to_owned(), params.text("client_secret")?.to_owned()));
        let (form, pair) = match (named(&query), named(&body), &basic) {
            // The documented form, which has the header too.
            (Some(pair), _, Some(_)) => (Form::Query, pair),
            (None, Some(pair), _) => (Form::Body, pair),
            (None, None, Some(pair)) => (Form::Basic, pair.clone()),
            _ => return Err(rejected()),
        };
        let is_wrong = pair.0 == "wrong" || pair.1 == "wrong" || basic.is_some_and(|basic| basic != pair);
        if is_wrong { Err(rejected()) } else { Ok((pair.0, form)) }
    }
}

fn rejected() -> Failure {
    Failure::unauthorized("unauthorized")
}

/// `Basic` and base64 of `id:secret`. The word twice, as who pastes it from the panel may send it, isn't understood.
fn from_basic(header: &str) -> Option<(String, String)> {
    let (scheme, key) = header.split_once(' ')?;
    let pair = String::from_utf8(text::from_base64(key.trim())?).ok()?;
    let (id, secret) = pair.split_once(':')?;
    scheme.eq_ignore_ascii_case("basic").then(|| (id.to_owned(), secret.to_owned()))
}

impl Tokens {
    pub(crate) fn new(seconds: u64) -> Self {
        Self { life: Duration::from_secs(seconds), made: HashMap::new() }
    }

    pub(crate) fn issue(&mut self, client: String, seed: u64) -> Value {
        let mut random = Random::of(&[seed, 0x70_4e4, self.made.len() as u64]);
        // Longer than a kilobyte and with the signs of an escaped text: it must come back byte for byte.
        let bytes: Vec<u8> = (0..840).map(|_| (random.next() & 0xff) as u8).collect();
        let token = format!("H4sIAAAA{}%3D", text::base64(&bytes).replace('/', "%2F").replacen('+', "%2B", 3));
        let answer = json!({
            "access_token": token,
            "token_type": "bearer",
            "expires_in": self.life.as_secs(),
            "scope": "read write",
            "jti": random.uuid(),
        });
        self.made.insert(token, Token { client, made: Instant::now(), ended: false });
        answer
    }

    /// The client that a call comes from.
    pub(crate) fn client(&self, authorization: Option<&str>) -> Result<String, Failure> {
        let header = authorization.ok_or_else(rejected)?;
        let (scheme, token) = header.split_once(' ').ok_or_else(rejected)?;
        if !scheme.eq_ignore_ascii_case("bearer") {
            return Err(rejected());
        }
        let token = self.made.get(token).ok_or_else(|| Failure::unauthorized("invalid_token"))?;
        if token.ended || token.made.elapsed() >= self.life {
            return Err(Failure::unauthorized("token_expired"));
        }
        Ok(token.client.clone())
    }

    /// Ends a client's tokens before their time.
    pub(crate) fn end(&mut self, client: &str) {
        for token in self.made.values_mut().filter(|token| token.client == client) {
            token.ended = true;
        }
    }
}
