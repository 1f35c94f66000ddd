//! What is done to a ticket with one press: taken, passed on, solved, put off, tagged, called spam.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use jiff::civil::{DateTime, Weekday};
use jiff::tz::TimeZone;

use super::forms::{Said, State as FormState};
use super::{page, path};
use crate::app::App;
use crate::clock::Micros;
use crate::desk::failure;
use crate::desk::who::Who;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::tickets::model::{Priority, Reference, Tag, Transition};
use crate::web::{Failure, form, redirect};

/// When a day begins that a ticket is put off to.
const MORNING_HOUR: i8 = 9;
/// The farthest day that a ticket is put off to by its date.
const SNOOZE_MAX: i64 = 366 * Micros::DAY;

fn by(who: &Who) -> Actor {
    Actor::Staff(who.member.id.clone())
}

/// Back to the ticket, with what came of it.
fn after<T>(reference: &Reference, result: Result<T, ServiceError>) -> Response {
    match result {
        Ok(_) => redirect::see_other(&format!("{}?done=changed", path(reference))),
        Err(ServiceError::NotNow) => redirect::see_other(&format!("{}?done=not_possible", path(reference))),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// `POST …/assign`: to whom; `me` and `none` are words for it.
pub(in crate::desk) async fn assign(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>, body: Bytes) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    let to = match form::value(&pairs, "assignee").unwrap_or_default() {
        "none" => None,
        "me" => Some(who.member.id.clone()),
        id => match app.staff.by_id(&id.replace('\0', "")).await {
            Ok(Some(member)) => Some(member.id),
            Ok(None) => return after::<()>(&reference, Err(ServiceError::NotNow)),
            Err(error) => return failure::of(&error).into_response(),
        },
    };
    after(&reference, app.tickets.triage().assign(&reference, to.as_deref(), &by(&who)).await)
}

/// `POST …/status`.
pub(in crate::desk) async fn status(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>, body: Bytes) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    let transition = match form::value(&pairs, "to") {
        Some("solved") => Transition::Solved,
        Some("open") => Transition::Reopened,
        _ => return Failure::BadRequest.into_response(),
    };
    after(&reference, app.tickets.transition(&reference, transition, &by(&who)).await)
}

/// `POST …/priority`.
pub(in crate::desk) async fn priority(
    State(app): State<App>,
    Extension(who): Extension<Who>,
    Path(reference): Path<String>,
    body: Bytes,
) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    let Some(priority) = form::value(&pairs, "priority").and_then(Priority::parse) else { return Failure::BadRequest.into_response() };
    after(&reference, app.tickets.triage().set_priority(&reference, priority, &by(&who)).await)
}

/// `POST …/tags`: all of them, in place of those that are there.
pub(in crate::desk) async fn tags(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>, body: Bytes) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    let Some(typed) = form::value(&pairs, "tags") else { return Failure::BadRequest.into_response() };
    let tags: Result<Vec<Tag>, _> = typed.split([' ', ',', '\t', '\n']).filter(|word| !word.is_empty()).map(Tag::parse).collect();
    match tags {
        Ok(tags) => after(&reference, app.tickets.triage().tag(&reference, &tags, &by(&who)).await),
        Err(_) => {
            let state =
                FormState { said: Some(Said::Problem(who.lang.desk_ticket().bad_tags)), tags: Some(typed.to_owned()), ..FormState::default() };
            page(&app, &who, &reference, StatusCode::UNPROCESSABLE_ENTITY, state).await
        }
    }
}

/// `POST …/snooze`.
pub(in crate::desk) async fn snooze(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>, body: Bytes) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    let pairs = form::pairs(&body);
    let now = app.clock.now();
    let until = match form::value(&pairs, "until") {
        Some("now") => None,
        Some("at") => match moment(form::value(&pairs, "at").unwrap_or_default(), now, &app.site.time_zone) {
            Some(until) => Some(until),
            None => return redirect::see_other(&format!("{}?done=bad_date", path(&reference))),
        },
        Some(word) => match until(word, now, &app.site.time_zone) {
            Some(until) => Some(until),
            None => return Failure::BadRequest.into_response(),
        },
        None => return Failure::BadRequest.into_response(),
    };
    after(&reference, app.tickets.triage().snooze(&reference, until, &by(&who)).await)
}

/// The moment that a word means.
pub(in crate::desk) fn until(word: &str, now: Micros, zone: &TimeZone) -> Option<Micros> {
    let here = now.timestamp().to_zoned(zone.clone());
    let date = match word {
        "3h" => return Some(now.plus(3 * Micros::HOUR)),
        "tomorrow" => here.date().tomorrow().ok()?,
        "monday" => here.date().nth_weekday(1, Weekday::Monday).ok()?,
        _ => return None,
    };
    Some(date.at(MORNING_HOUR, 0, 0, 0).to_zoned(zone.clone()).ok()?.timestamp().into())
}

/// A moment as a browser's field gives it, on the clock of the help center: it has to be still to come, and within a year.
fn moment(typed: &str, now: Micros, zone: &TimeZone) -> Option<Micros> {
    let at: Micros = typed.trim().parse::<DateTime>().ok()?.to_zoned(zone.clone()).ok()?.timestamp().into();
    (now < at && at < now.plus(SNOOZE_MAX)).then_some(at)
}

/// `POST …/spam`.
pub(in crate::desk) async fn quarantine(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    after(&reference, app.tickets.triage().quarantine(&reference, &by(&who)).await)
}

/// `POST …/release`.
pub(in crate::desk) async fn release(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    after(&reference, app.tickets.triage().release(&reference, &by(&who)).await)
}

/// `POST …/undo-step`: takes back what this person did to the ticket last.
pub(in crate::desk) async fn undo_step(State(app): State<App>, Extension(who): Extension<Who>, Path(reference): Path<String>) -> Response {
    let Some(reference) = Reference::parse(&reference) else { return Failure::NotFound.into_response() };
    match app.tickets.triage().undo_last(&reference, &by(&who)).await {
        Ok(_) => redirect::see_other(&format!("{}?done=step_undone", path(&reference))),
        failed => after(&reference, failed),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ticket_is_put_off_to_a_morning_of_the_help_center() {
        let zone = TimeZone::get("America/Sao_Paulo").expect("a zone");
        let now: jiff::Timestamp = "2026-11-30T18:00:00Z".parse().expect("a moment");
        let told = |word: &str| until(word, now.into(), &zone).map(|at| at.timestamp().to_string());
        assert_eq!(told("3h").as_deref(), Some("2026-11-30T21:00:00Z"));
        assert_eq!(told("tomorrow").as_deref(), Some("2026-12-01T12:00:00Z"));
        assert_eq!(told("monday").as_deref(), Some("2026-12-07T12:00:00Z"));
        assert_eq!(told("never"), None);
        let dated = |typed: &str| moment(typed, now.into(), &zone).map(|at| at.timestamp().to_string());
        assert_eq!(dated("2026-12-24T08:30").as_deref(), Some("2026-12-24T11:30:00Z"));
        for wrong in ["", "tomorrow", "2026-11-30T15:00", "2031-01-01T09:00", "2026-02-30T09:00", "9999-99-99T99:99"] {
            assert_eq!(dated(wrong), None, "{wrong}");
        }
    }
}
