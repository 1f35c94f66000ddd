//! What is done to tickets from the list, without opening them: those that are marked, one after the other, each as if by itself.

use std::collections::HashSet;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::filters::Choices;
use crate::app::App;
use crate::desk::ticket::until;
use crate::desk::who::Who;
use crate::desk::{failure, log_in};
use crate::error::ServiceError;
use crate::events::Actor;
use crate::i18n::Lang;
use crate::tickets::model::{Reference, TAG_MAX_CHARS, Tag, Transition};
use crate::web::{Failure, form, redirect};

/// As many as a page of the list has.
const AT_ONCE_MAX: usize = 50;

/// What is to be done.
enum Act {
    Assign(Option<String>),
    Tag(Tag),
    Snooze(crate::clock::Micros),
    Solve,
    Spam,
    Release,
    /// Takes back what this person did last.
    Undo,
}

/// `POST /desk/act`.
pub(in crate::desk) async fn take(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let field = |name: &str| form::value(&pairs, name).unwrap_or_default();
    let back = log_in::page_of_desk(field("back")).to_owned();
    let with = |came: &str| redirect::see_other(&format!("{back}{}{came}", if back.contains('?') { '&' } else { '?' }));
    let act = match field("do") {
        "take" => Act::Assign(Some(who.member.id.clone())),
        "assign" if field("assignee") == "none" => Act::Assign(None),
        "assign" => match app.staff.by_id(&field("assignee").replace('\0', "")).await {
            Ok(Some(member)) => Act::Assign(Some(member.id)),
            Ok(None) => return with("acted=0&failed=1"),
            Err(error) => return failure::of(&error).into_response(),
        },
        "tag" => match Tag::parse(field("tag_name")) {
            Ok(tag) => Act::Tag(tag),
            Err(_) => {
                let kept = |value: &str| utf8_percent_encode(value, NON_ALPHANUMERIC).to_string();
                let marked: Vec<_> =
                    pairs.iter().filter(|(name, _)| name == "ticket").map(|(_, reference)| kept(reference)).take(AT_ONCE_MAX).collect();
                let typed: String = field("tag_name").chars().take(TAG_MAX_CHARS).collect();
                return with(&format!("bad_tag={}&marked={}", kept(&typed), marked.join(",")));
            }
        },
        "solve" => Act::Solve,
        "spam" => Act::Spam,
        "release" => Act::Release,
        "undo" => Act::Undo,
        word => match word.strip_prefix("snooze-").and_then(|word| until(word, app.clock.now(), &app.site.time_zone)) {
            Some(until) => Act::Snooze(until),
            None => return Failure::BadRequest.into_response(),
        },
    };
    let marked: Vec<Reference> =
        pairs.iter().filter(|(name, _)| name == "ticket").filter_map(|(_, typed)| Reference::parse(typed)).take(AT_ONCE_MAX).collect();
    let mut seen = HashSet::new();
    let marked: Vec<Reference> = marked.into_iter().filter(|reference| seen.insert(reference.as_str().to_owned())).collect();
    let (mut done, mut failed) = (Vec::new(), 0);
    for reference in &marked {
        match one(&app, reference, &act, &Actor::Staff(who.member.id.clone())).await {
            Ok(()) => done.push(reference.as_str()),
            Err(ServiceError::NotNow | ServiceError::NotFound) => failed += 1,
            Err(error) => return failure::of(&error).into_response(),
        }
    }
    let acted = done.len();
    // What is taken back is not taken back once more.
    let way_back = if done.is_empty() || matches!(act, Act::Undo) { String::new() } else { format!("&undo={}", done.join(",")) };
    with(&format!("acted={acted}&failed={failed}{way_back}"))
}

async fn one(app: &App, reference: &Reference, act: &Act, by: &Actor) -> Result<(), ServiceError> {
    let tickets = &app.tickets;
    match act {
        Act::Assign(to) => drop(tickets.triage().assign(reference, to.as_deref(), by).await?),
        Act::Tag(tag) => drop(tickets.triage().add_tag(reference, tag, by).await?),
        Act::Snooze(until) => drop(tickets.triage().snooze(reference, Some(*until), by).await?),
        Act::Solve => drop(tickets.transition(reference, Transition::Solved, by).await?),
        Act::Spam => tickets.triage().quarantine(reference, by).await?,
        Act::Release => drop(tickets.triage().release(reference, by).await?),
        Act::Undo => drop(tickets.triage().undo_last(reference, by).await?),
    }
    Ok(())
}

/// What was marked and typed where nothing was done.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    pub(super) marked: Vec<Reference>,
    pub(super) tag: Option<String>,
}

impl Kept {
    pub(super) fn parse(pairs: &[(String, String)]) -> Self {
        let marked = form::value(pairs, "marked").unwrap_or_default().split(',').filter_map(Reference::parse).take(AT_ONCE_MAX).collect();
        Self { marked, tag: form::value(pairs, "bad_tag").map(str::to_owned) }
    }
}

/// What came of it, for the top of the list.
pub(super) fn came_of(lang: Lang, pairs: &[(String, String)]) -> Option<(bool, String)> {
    let words = lang.desk_list();
    let number = |name: &str| form::value(pairs, name).and_then(|number| number.parse::<u32>().ok());
    if form::value(pairs, "bad_tag").is_some() {
        return Some((false, lang.desk_ticket().bad_tags.to_owned()));
    }
    let at_most = AT_ONCE_MAX as u32;
    let (acted, failed) = (number("acted")?.min(at_most), number("failed").unwrap_or_default().min(at_most));
    let text = match (acted, failed) {
        (0, 0) => return Some((false, words.none_marked.to_owned())),
        (_, 0) => words.acted.replace("{count}", &acted.to_string()),
        _ => format!("{} {}", words.acted.replace("{count}", &acted.to_string()), words.acted_not.replace("{count}", &failed.to_string())),
    };
    Some((failed == 0, text))
}

/// The way back from what was done to several tickets.
pub(super) fn way_back(lang: Lang, pairs: &[(String, String)], back: String) -> Option<AnyView> {
    let tickets: Vec<Reference> = form::value(pairs, "undo")?.split(',').filter_map(Reference::parse).take(AT_ONCE_MAX).collect();
    let tickets = tickets.iter().map(|reference| view! { <input type="hidden" name="ticket" value=reference.to_string() /> }).collect_view();
    let form = view! {
        <form action="/desk/act" method="post">
            <input type="hidden" name="back" value=back />
            {tickets}
            <button class="button" type="submit" name="do" value="undo" data-key="z">{lang.desk_ticket().undo}</button>
        </form>
    };
    Some(form.into_any())
}

/// The buttons over the list: shown as soon as a ticket is marked, and always where the browser can't tell.
/// `tag`: one that was typed and not taken.
pub(super) fn bar(lang: Lang, choices: &Choices, is_quarantine: bool, tag: Option<&str>) -> AnyView {
    let (words, ticket) = (lang.desk_list(), lang.desk_ticket());
    let button = |value: &'static str, text: &'static str, key: &'static str| {
        view! { <button class="button" type="submit" name="do" value=value data-key=key>{text}</button> }
    };
    if is_quarantine {
        return view! { <div class="desk-acts">{button("release", ticket.release, "!")}</div> }.into_any();
    }
    let members = choices.members().iter().map(|(id, name)| view! { <option value=id.clone()>{name.clone()}</option> });
    let snoozes = [("snooze-3h", ticket.in_3_hours), ("snooze-tomorrow", ticket.tomorrow), ("snooze-monday", ticket.next_week)];
    let snoozes = snoozes.map(|(value, text)| view! { <button class="text-button" type="submit" name="do" value=value>{text}</button> });
    view! {
        <div class="desk-acts" role="group" aria-label=words.acts>
            {button("take", ticket.take, "m")}
            {button("solve", ticket.solve, "e")}
            {button("spam", ticket.spam, "!")}
            <details class="menu">
                <summary class="button" data-key="h">{ticket.snooze}</summary>
                <div class="menu-list">{snoozes.into_iter().collect_view()}</div>
            </details>
            <span class="inline-form">
                <span class="select">
                    <select class="input" name="assignee" data-key="a" aria-label=words.assignee><option value="none">{words.nobody}</option>{members.collect_view()}</select>
                </span>
                <button class="button" type="submit" name="do" value="assign">{ticket.assign}</button>
            </span>
            <span class="inline-form">
                <input class="input" name="tag_name" value=tag.unwrap_or_default().to_owned() data-key="t" aria-label=words.tag maxlength=TAG_MAX_CHARS.to_string() autocapitalize="off" />
                <button class="button" type="submit" name="do" value="tag">{words.add_tag}</button>
            </span>
        </div>
    }
    .into_any()
}
