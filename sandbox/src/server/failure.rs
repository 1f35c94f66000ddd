//! Answers that aren't what was asked for, with the bodies that the document gives.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header::CONTENT_TYPE},
};
use serde_json::{Value, json};

#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) status: StatusCode,
    error: &'static str,
    description: Option<String>,
}

const HELP: &str = "https://developers.hotmart.com/docs/en/start/http-response-codes/";

impl Failure {
    fn new(status: StatusCode, error: &'static str, description: impl Into<String>) -> Self {
        Self { status, error, description: Some(description.into()) }
    }

    /// The whole call fails, even if only one of several values is wrong.
    pub(crate) fn parameter(description: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_parameter", description)
    }

    pub(crate) fn cursor() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_token", "The page_token parameter isn't valid.")
    }

    pub(crate) fn grant(description: &str) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_parameter", description)
    }

    pub(crate) fn unauthorized(error: &'static str) -> Self {
        let description = match error {
            "token_expired" => "The access token expired.",
            "invalid_token" => "The access token isn't known.",
            _ => "Full authentication is required to access this resource.",
        };
        Self::new(StatusCode::UNAUTHORIZED, error, description)
    }

    pub(crate) fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "Nothing is here.")
    }

    /// A sandbox changes nothing.
    pub(crate) fn method() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "The sandbox only reads.")
    }

    /// Without the parts that aren't always there.
    pub(crate) fn too_many() -> Self {
        Self { status: StatusCode::TOO_MANY_REQUESTS, error: "too_many_requests", description: None }
    }

    /// What a query gets that takes over thirty seconds.
    pub(crate) fn slow() -> Self {
        Self { status: StatusCode::BAD_GATEWAY, error: "internal_server_error", description: None }
    }

    pub(crate) fn response(&self) -> Response<Body> {
        let body = match &self.description {
            Some(description) => json!({"error": self.error, "error_description": description, "error_uri": HELP}),
            None => json!({"error": self.error}),
        };
        json_response(self.status, &body)
    }
}

pub(crate) fn json_response(status: StatusCode, body: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json;charset=UTF-8"));
    response
}
