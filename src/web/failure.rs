//! Why a request has no answer, without words: `ui::error_page` says it in the reader's language, the log keeps what happened inside.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::i18n::CommonTexts;

/// Every way in which a request can end without what was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Failure {
    NotFound,
    /// It was here and was taken away for good.
    Gone,
    /// The address exists, but not for this method.
    Method,
    BadRequest,
    /// A post from another site.
    Refused,
    TooLarge,
    /// Too many requests from here.
    Busy,
    /// Something that this needs does not answer, the database above all.
    Unavailable,
    /// A fault of ours; the log has it under the request's reference.
    Internal,
}

impl Failure {
    pub fn status(self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Method => StatusCode::METHOD_NOT_ALLOWED,
            Self::BadRequest => StatusCode::BAD_REQUEST,
            Self::Refused => StatusCode::FORBIDDEN,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::Busy => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::SERVICE_UNAVAILABLE,
            Self::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// Heading and text of its page: what happened, what to do next.
    pub fn texts(self, words: &CommonTexts) -> (&'static str, &'static str) {
        match self {
            Self::NotFound => (words.not_found_title, words.not_found_text),
            Self::Gone => (words.gone_title, words.gone_text),
            Self::Method | Self::BadRequest => (words.bad_request_title, words.bad_request_text),
            Self::Refused => (words.refused_title, words.refused_text),
            Self::TooLarge => (words.too_large_title, words.too_large_text),
            Self::Busy => (words.busy_title, words.busy_text),
            Self::Unavailable => (words.unavailable_title, words.unavailable_text),
            Self::Internal => (words.broken_title, words.broken_text),
        }
    }

    /// The code of the JSON answer.
    pub fn code(self) -> &'static str {
        match self {
            Self::NotFound => "not_found",
            Self::Gone => "gone",
            Self::Method => "method_not_allowed",
            Self::BadRequest => "bad_request",
            Self::Refused => "refused",
            Self::TooLarge => "too_large",
            Self::Busy => "too_many_requests",
            Self::Unavailable => "unavailable",
            Self::Internal => "internal",
        }
    }

    /// What an answer without words of its own means: one that a layer made, not a handler.
    pub fn of_status(status: StatusCode) -> Option<Self> {
        Some(match status {
            StatusCode::NOT_FOUND => Self::NotFound,
            StatusCode::GONE => Self::Gone,
            StatusCode::METHOD_NOT_ALLOWED => Self::Method,
            StatusCode::FORBIDDEN => Self::Refused,
            StatusCode::PAYLOAD_TOO_LARGE | StatusCode::URI_TOO_LONG => Self::TooLarge,
            StatusCode::TOO_MANY_REQUESTS => Self::Busy,
            StatusCode::SERVICE_UNAVAILABLE | StatusCode::GATEWAY_TIMEOUT => Self::Unavailable,
            status if status.is_client_error() => Self::BadRequest,
            status if status.is_server_error() => Self::Internal,
            _ => return None,
        })
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let mut response = self.status().into_response();
        response.extensions_mut().insert(self);
        response
    }
}
