//! Webhooks of other systems.

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use serde_json::json;

use crate::app::App;
use crate::orders::WebhookError;

const HOTTOK: &str = "x-hotmart-hottok";
/// Whoever set the webhook up reads it in Hotmart's list of what was sent.
const CHOOSE_VERSION: &str = "This address takes version 2.0.0. In Hotmart, open Tools, Webhook, edit this configuration and choose version 2.0.0.";

fn refused(status: StatusCode, why: &str) -> Response {
    (status, Json(json!({ "error": why }))).into_response()
}

/// `POST /hooks/hotmart/{account}`. Sent by a program: its answers are no pages.
pub(super) async fn hotmart(State(app): State<App>, Path(account): Path<String>, headers: HeaderMap, body: Bytes) -> Response {
    let hottok = headers.get(HOTTOK).and_then(|value| value.to_str().ok());
    match app.orders.take_webhook(&account, hottok, &body).await {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(WebhookError::NotFromHotmart) => refused(StatusCode::UNAUTHORIZED, "Wrong address or hottok."),
        Err(WebhookError::Version) => {
            tracing::warn!(account, "a webhook of another version than 2.0.0 was refused: choose 2.0.0 in Hotmart, at Tools, Webhook");
            refused(StatusCode::BAD_REQUEST, CHOOSE_VERSION)
        }
        Err(WebhookError::NotOne) => refused(StatusCode::BAD_REQUEST, "Not a webhook of Hotmart."),
        Err(WebhookError::Failed(error)) => {
            tracing::warn!(%error, "a webhook could not be taken; Hotmart sends it again");
            refused(StatusCode::SERVICE_UNAVAILABLE, "Try again later.")
        }
    }
}
