//! The search over HTTP, for islands and for outside programs: `GET /api/v1/search`, described by `GET /api/v1/openapi.json`.

use axum::body::Bytes;
use axum::extract::{RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use percent_encoding::percent_decode_str;

use crate::app::App;
use crate::i18n::Lang;
use crate::key::{KeySource, ServerKey, same};
use crate::search::{HITS_DEFAULT, HITS_MAX, Mode, SearchRequest};
use crate::search::{Search, SearchError};
use crate::web::client_ip::Client;
use crate::web::form;
use crate::wire::{ApiError, ApiProblem, SearchAnswer};

/// The description of the API, OpenAPI 3.1.
pub const OPENAPI: &str = include_str!("openapi.json");

/// `GET /api/v1/search`.
pub async fn search(State(search): State<Search>, State(key): State<KeySource>, client: Client, RawQuery(raw): RawQuery) -> Response {
    match answer(&search, client, raw.as_deref().unwrap_or_default()).await.map(|answer| signed(&key, answer)) {
        Ok(answer) => (StatusCode::OK, [(header::CACHE_CONTROL, "no-store")], axum::Json(answer)).into_response(),
        Err(problem) => problem.into_response(),
    }
}

/// `POST /api/v1/search/opened`: a reader opened a suggestion. The body is a form with `lang`, `q` and the `token` of the answer; it is counted and
/// nothing else. Without its token anybody could put words among those that were asked.
pub async fn opened(State(app): State<App>, client: Client, body: Bytes) -> StatusCode {
    let pairs = form::pairs(&body);
    let (lang, query, token) = (form::value(&pairs, "lang").and_then(Lang::parse), form::value(&pairs, "q"), form::value(&pairs, "token"));
    if let (Some(lang), Some(query), Some(token), Ok(key)) = (lang, query, token, app.key.get())
        && same(token, &token_of(key, lang.code(), query.trim()))
    {
        app.searches.suggestion_opened(lang, query, client.ip);
    }
    StatusCode::NO_CONTENT
}

/// With the token that shows that this question was answered here; without a key there is none, and nothing is counted.
fn signed(key: &KeySource, answer: SearchAnswer) -> SearchAnswer {
    let token = key.get().map(|key| token_of(key, &answer.lang, answer.query.trim())).unwrap_or_default();
    SearchAnswer { token, ..answer }
}

fn token_of(key: &ServerKey, lang: &str, query: &str) -> String {
    key.tag("search answer", &[lang.as_bytes(), query.as_bytes()])
}

/// `GET /api/v1/openapi.json`.
pub async fn openapi() -> Response {
    ([(header::CONTENT_TYPE, "application/json"), (header::CACHE_CONTROL, "public, max-age=3600")], OPENAPI).into_response()
}

async fn answer(search: &Search, client: Client, raw: &str) -> Result<SearchAnswer, Problem> {
    let parameters = Parameters::read(raw)?;
    let lang = match parameters.lang {
        None => search.default_lang(),
        Some(code) => Lang::parse(&code).ok_or(Problem::UnknownLanguage)?,
    };
    let limit = match parameters.limit {
        None => HITS_DEFAULT,
        Some(number) => number.parse().ok().filter(|limit| (1..=HITS_MAX).contains(limit)).ok_or(Problem::BadLimit)?,
    };
    let mode = match parameters.mode {
        None => Mode::default(),
        Some(name) => Mode::parse(&name).ok_or(Problem::UnknownMode)?,
    };
    let section = parameters.section.as_deref().filter(|section| !section.is_empty());
    if section.is_some_and(|section| !search.has_section(section)) {
        return Err(Problem::UnknownSection);
    }
    let query = parameters.q.unwrap_or_default();
    Ok(search.ask_from(&SearchRequest { query: &query, lang, section, limit, mode }, client.ip.into()).await?)
}

/// What stands behind the question mark. The first of repeated names counts; unknown names are passed over.
#[derive(Debug, Default)]
struct Parameters {
    q: Option<String>,
    lang: Option<String>,
    section: Option<String>,
    limit: Option<String>,
    mode: Option<String>,
}

impl Parameters {
    fn read(raw: &str) -> Result<Self, Problem> {
        let mut parameters = Self::default();
        for pair in raw.split('&') {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let place = match name {
                "q" => &mut parameters.q,
                "lang" => &mut parameters.lang,
                "section" => &mut parameters.section,
                "limit" => &mut parameters.limit,
                "mode" => &mut parameters.mode,
                _ => continue,
            };
            let value = value.replace('+', " ");
            let value = percent_decode_str(&value).decode_utf8().map_err(|_| Problem::BadEncoding)?;
            place.get_or_insert_with(|| value.into_owned());
        }
        Ok(parameters)
    }
}

/// Why a request has no answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Problem {
    BadEncoding,
    UnknownLanguage,
    UnknownSection,
    UnknownMode,
    BadLimit,
    Busy,
    Broken,
}

impl Problem {
    fn code(self) -> &'static str {
        match self {
            Self::BadEncoding => "bad_encoding",
            Self::UnknownLanguage => "unknown_language",
            Self::UnknownSection => "unknown_section",
            Self::UnknownMode => "unknown_mode",
            Self::BadLimit => "bad_limit",
            Self::Busy => "busy",
            Self::Broken => "broken",
        }
    }

    fn message(self) -> &'static str {
        match self {
            Self::BadEncoding => "A parameter is not percent-encoded UTF-8.",
            Self::UnknownLanguage => "lang must be one of pt, es, en.",
            Self::UnknownSection => "section must be the folder name of a section of this help center.",
            Self::UnknownMode => "mode must be lexical or hybrid.",
            Self::BadLimit => "limit must be a whole number from 1 to 50.",
            Self::Busy => "Too many questions at the same time. Try again in a moment.",
            Self::Broken => "The search failed. Try again later.",
        }
    }
}

impl From<SearchError> for Problem {
    fn from(error: SearchError) -> Self {
        if matches!(error, SearchError::Busy) {
            return Self::Busy;
        }
        tracing::error!(error = ?error, "search failed");
        Self::Broken
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = match self {
            Self::Busy => StatusCode::TOO_MANY_REQUESTS,
            Self::Broken => StatusCode::INTERNAL_SERVER_ERROR,
            _ => StatusCode::BAD_REQUEST,
        };
        let body = ApiError { error: ApiProblem { code: self.code().to_owned(), message: self.message().to_owned() } };
        (status, [(header::CACHE_CONTROL, "no-store")], axum::Json(body)).into_response()
    }
}
