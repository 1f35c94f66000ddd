//! A person's own sessions: the list, and ending them.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::who::Who;
use super::{failure, me};
use crate::app::App;
use crate::clock::Micros;
use crate::error::ServiceError;
use crate::events::Actor;
use crate::staff::sessions::Session;
use crate::ui::{Site, times};
use crate::web::{form, redirect};

/// `POST /desk/me/sessions`: ends one, or all but this one.
pub(super) async fn end(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let (staff, by) = (&who.member.id, Actor::Staff(who.member.id.clone()));
    let ended = match form::value(&pairs, "session") {
        Some(id) => app.staff.sessions().end(id, staff, &by).await,
        None => app.staff.sessions().end_all(staff, Some(&who.session.id), &by).await,
    };
    match ended {
        // One that is gone already is what was asked for.
        Ok(()) | Err(ServiceError::NotFound) => redirect::see_other(&format!("{}#sessions", me::PATH)),
        Err(error) => failure::of(&error).into_response(),
    }
}

pub(super) fn list(site: &Site, who: &Who, sessions: &[Session], now: Micros) -> AnyView {
    let words = who.lang.desk_account();
    let rows = sessions.iter().map(|session| {
        let is_this = session.id == who.session.id;
        let way_out = (!is_this).then(|| {
            view! {
                <form action="/desk/me/sessions" method="post">
                    <button class="button" type="submit" name="session" value=session.id.clone()>{words.end_session}</button>
                </form>
            }
        });
        view! {
            <li>
                <div>
                    <p><strong>{session.browser.clone()}</strong> {is_this.then(|| format!(" ({})", words.this_browser))}</p>
                    <p class="meta">
                        {words.since} " " {times::moment(site, who.lang, session.created_at, now)} " · " {words.last_seen} " "
                        {times::moment(site, who.lang, session.seen_at, now)}
                    </p>
                </div>
                {way_out}
            </li>
        }
    });
    let others = (sessions.len() > 1).then(|| {
        view! { <form action="/desk/me/sessions" method="post"><button class="button" type="submit">{words.end_others}</button></form> }
    });
    view! { <ul class="desk-rows">{rows.collect_view()}</ul> {others} }.into_any()
}
