//! What somebody was told, and how many of it are unread.

use std::sync::Arc;

use axum::Extension;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::who::Who;
use super::{failure, frame};
use crate::app::App;
use crate::clock::Micros;
use crate::i18n::Lang;
use crate::notifications::Notification;
use crate::ui::icons::{Draw, Icon};
use crate::ui::{Site, times};
use crate::web::redirect;

pub(super) const PATH: &str = "/desk/notifications";
/// More than this is not counted out in the header.
const SHOWN_MAX: i64 = 99;

/// `GET /desk/notifications`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>) -> Response {
    let listed = match app.notifications.list(&who.member.id).await {
        Ok(listed) => listed,
        Err(error) => return failure::of(&error).into_response(),
    };
    let (site, lang, now) = (Arc::clone(&app.site), who.lang, app.clock.now());
    let words = lang.notifications();
    frame::page(&app, Some(&who), lang, StatusCode::OK, words.title, move || {
        let rows = listed.iter().map(|one| row(&site, lang, one, now)).collect_view();
        let content = if listed.is_empty() {
            view! { <p class="desk-empty">{words.empty}</p> }.into_any()
        } else {
            view! { <ul class="desk-rows notifications" role="list">{rows}</ul> }.into_any()
        };
        let read_all = listed.iter().any(|one| !one.is_read).then(|| {
            view! {
                <form action="/desk/notifications/read" method="post">
                    <button class="button" type="submit">{words.read_all}</button>
                </form>
            }
        });
        view! {
            <div class="desk-page">
                <h1>{words.title}</h1>
                <div class="button-row">
                    {read_all} <a class="button" href="/desk/me#notifications">{words.choose}</a>
                </div>
                {content}
            </div>
        }
        .into_any()
    })
    .await
}

fn row(site: &Site, lang: Lang, one: &Notification, now: Micros) -> AnyView {
    let words = lang.notifications();
    let dot = (!one.is_read).then(|| view! { <span class="dot" title=words.unread><span class="sr">{words.unread} ": "</span></span> });
    let who = one.who.name(lang).map(|name| format!(" · {name}"));
    view! {
        <li class:is-unread=!one.is_read>
            <div>
                <p>{dot} {one.kind.name(lang)} <bdi>{who}</bdi></p>
                <p>
                    <a dir="auto" href=format!("/desk/tickets/{}", one.reference)>{one.subject.clone()}</a> " "
                    <span class="meta">{one.reference.clone()}</span>
                </p>
            </div>
            <p class="meta">{times::moment(site, lang, one.at, now)}</p>
        </li>
    }
    .into_any()
}

/// `POST /desk/notifications/read`.
pub(super) async fn read(State(app): State<App>, Extension(who): Extension<Who>) -> Response {
    match app.notifications.read_all(&who.member.id).await {
        Ok(()) => redirect::see_other(PATH),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// How many are unread. A page does not fail by it.
pub(super) async fn count_unread(app: &App, who: &Who) -> i64 {
    app.notifications.count_unread(&who.member.id).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "unread notifications are not counted");
        0
    })
}

/// The way there from every page.
pub(super) fn bell(lang: Lang, unread: i64) -> AnyView {
    let words = lang.notifications();
    let short = if unread > SHOWN_MAX { format!("{SHOWN_MAX}+") } else { unread.to_string() };
    let count = (unread > 0).then(|| {
        let told = words.unread_count.replace("{count}", &short);
        view! { <span class="bell-count" aria-hidden="true">{short}</span> <span class="sr">": " {told}</span> }
    });
    view! {
        <a class="desk-place desk-bell" href=PATH title=words.title>
            <Draw icon=Icon::Bell />
            <span class="sr">{words.title}</span>
            {count}
        </a>
    }
    .into_any()
}
