//! Who reads: what a browser's cookies give it the right to see.

use axum::http::{HeaderMap, header};
use axum::response::Response;

use crate::app::App;
use crate::customers::AddressKey;
use crate::error::ServiceError;
use crate::intake::Reader;
use crate::tickets::Right;
use crate::tickets::access::{COOKIE_MAX_SECONDS, cookie_name};
use crate::tickets::model::{Proof, Reference, TicketKey};
use crate::web::{Failure, cookie};

/// Opens the tickets of an address.
pub(super) const SESSION_COOKIE: &str = "ajuda_session";

/// What this browser may see of a ticket.
pub(super) async fn reader_of(app: &App, headers: &HeaderMap, reference: &Reference) -> Result<Reader, ServiceError> {
    let by_cookie = match cookie::read(headers, &cookie_name(reference), app.config.is_https()) {
        Some(value) => app.tickets.read().open_cookie(reference, value).await,
        None => Err(ServiceError::NotFound),
    };
    if !matches!(by_cookie, Ok(Right::Filer) | Err(ServiceError::NotFound)) {
        return by_cookie.map(|right| Reader::new(right, Proof::MailboxLink));
    }
    // Whoever is signed in sees all tickets of the address.
    if let Some(address) = session_of(app, headers).await? {
        match app.tickets.read().find(reference).await {
            Ok(ticket) if ticket.address == address.id => return Ok(Reader::new(Right::Mailbox, Proof::Session)),
            Ok(_) | Err(ServiceError::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    by_cookie.map(|_| Reader::FILER)
}

/// What a page answers when a ticket can't be shown. A ticket of others and one that never was look the same.
pub(super) fn failure(error: &ServiceError) -> Failure {
    match error {
        ServiceError::NotFound => Failure::NotFound,
        ServiceError::TooMany => Failure::Busy,
        ServiceError::NotNow => Failure::Refused,
        ServiceError::Unavailable(reason) => {
            tracing::warn!(%reason, "a ticket could not be read");
            Failure::Unavailable
        }
        ServiceError::Broken(reason) => {
            tracing::error!(%reason, "a ticket could not be read");
            Failure::Internal
        }
    }
}

/// The address whose tickets this browser may see, in the form in which addresses are compared.
pub(super) async fn session_of(app: &App, headers: &HeaderMap) -> Result<Option<AddressKey>, ServiceError> {
    match cookie::read(headers, SESSION_COOKIE, app.config.is_https()) {
        Some(value) => app.customers.session(value).await,
        None => Ok(None),
    }
}

/// Lets this browser open a ticket.
pub(super) fn give_cookie(app: &App, response: &mut Response, key: &TicketKey, right: Right) {
    let Ok(access) = app.tickets.access() else { return };
    if let Some(value) = cookie::set(&cookie_name(&key.reference), &access.cookie_value(key, right), COOKIE_MAX_SECONDS, app.config.is_https()) {
        response.headers_mut().append(header::SET_COOKIE, value);
    }
}
