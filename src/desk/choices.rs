//! How somebody wants to be told of what: one box for each kind and way.

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::who::Who;
use super::{failure, me};
use crate::app::App;
use crate::notifications::{Channels, Choices, NotificationKind};
use crate::staff::Member;
use crate::web::{form, redirect};

fn kinds(member: &Member) -> impl Iterator<Item = NotificationKind> {
    NotificationKind::ALL.iter().copied().filter(|kind| kind.is_for(member.role))
}

fn field(kind: NotificationKind, way: &str) -> String {
    format!("{}.{way}", kind.word())
}

/// `POST /desk/me/notifications`.
pub(super) async fn take(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let is_on = |kind, way| form::value(&pairs, &field(kind, way)) == Some("on");
    let mut choices = Choices::parse(who.member.notify.as_deref());
    for kind in kinds(&who.member) {
        choices.set(kind, Channels { in_desk: is_on(kind, "desk"), by_mail: is_on(kind, "mail") });
    }
    match app.staff.set_notify(&who.member.id, choices.stored().as_deref()).await {
        Ok(()) => redirect::see_other(&format!("{}?done=notifications", me::PATH)),
        Err(error) => failure::of(&error).into_response(),
    }
}

/// The form at one's own account.
pub(super) fn form(who: &Who) -> AnyView {
    let words = who.lang.notifications();
    let choices = Choices::parse(who.member.notify.as_deref());
    let rows = kinds(&who.member).map(|kind| {
        let (name, channels) = (kind.name(who.lang), choices.of(kind));
        let boxes = [("desk", words.in_desk, channels.in_desk), ("mail", words.by_mail, channels.by_mail)];
        let boxes = boxes.map(|(way, label, is_on)| {
            view! {
                <td>
                    <label>
                        <input type="checkbox" name=field(kind, way) checked=is_on />
                        <span class="sr">{format!("{name}: {label}")}</span>
                    </label>
                </td>
            }
        });
        view! { <tr><th scope="row">{name}</th> {boxes.into_iter().collect_view()}</tr> }
    });
    view! {
        <section class="part" aria-labelledby="notifications">
            <h2 id="notifications">{words.title}</h2>
            <p>{words.choices_hint}</p>
            <form class="form" action="/desk/me/notifications" method="post">
                <table class="choices">
                    <thead>
                        <tr>
                            <th scope="col">{words.choices_kind}</th>
                            <th scope="col">{words.in_desk}</th>
                            <th scope="col">{words.by_mail}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
                <p class="hint">{words.mentions_hint}</p>
                <button class="button" type="submit">{words.save}</button>
            </form>
        </section>
    }
    .into_any()
}
