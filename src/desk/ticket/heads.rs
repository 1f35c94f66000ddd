//! The head of a ticket's page: what it is about, where it stands, and what can be done to it with one press.

use leptos::prelude::*;

use super::loaded::Loaded;
use super::path;
use crate::desk::list::due_words;
use crate::desk::live;
use crate::i18n::Lang;
use crate::tickets::model::{Priority, QuarantineReason, Status};

pub(super) fn head(loaded: &Loaded) -> AnyView {
    let (lang, words, ticket) = (loaded.shown.lang, loaded.shown.lang.desk_ticket(), &loaded.ticket);
    let tools = lang.desk_tools();
    let due = ticket.due_at.map(|due| due_words(&loaded.shown, due));
    let quarantine = ticket.quarantine.map(|why| {
        let text = words.in_quarantine.replace("{why}", why_quarantined(lang, why));
        view! { <span class="mark mark-high">{text}</span> }
    });
    let is_proved = !loaded.purchases.proved.is_empty();
    let buyer = is_proved.then(|| view! { <span class="mark mark-good">{lang.buyer().verified}</span> });
    view! {
        <header class="desk-ticket-head">
            <nav class="desk-steps-nav meta">
                <a href="/desk" data-key="u" data-list="">{words.back}</a>
                <a hidden data-key="[" data-step="-1">{tools.previous}</a>
                <a hidden data-key="]" data-step="1">{tools.following}</a>
            </nav>
            <h1>{ticket.subject.clone()}</h1>
            <p class="ticket-line">
                <code>{ticket.key.reference.to_string()}</code>
                <span class="mark">{status_name(lang, ticket.status)}</span>
                {due}
                {quarantine}
                {buyer}
            </p>
            <p class="presence" role="status" data-present=ticket.key.id.clone()>{live::present(lang, &loaded.present)}</p>
            {actions(loaded)}
        </header>
    }
    .into_any()
}

pub(in crate::desk) fn status_name(lang: Lang, status: Status) -> &'static str {
    let words = lang.desk_ticket();
    match status {
        Status::New => words.status_new,
        Status::Open => words.status_open,
        Status::Pending => words.status_pending,
        Status::Solved => words.status_solved,
        Status::Closed => words.status_closed,
    }
}

pub(super) fn priority_name(lang: Lang, priority: Priority) -> &'static str {
    let words = lang.desk_list();
    match priority {
        Priority::Low => words.low,
        Priority::Normal => words.normal,
        Priority::High => words.high,
    }
}

fn why_quarantined(lang: Lang, why: QuarantineReason) -> &'static str {
    let words = lang.desk_ticket();
    match why {
        QuarantineReason::Trap => words.why_trap,
        QuarantineReason::Network => words.why_network,
        QuarantineReason::Email => words.why_email,
        QuarantineReason::Blocked => words.why_blocked,
        QuarantineReason::TooFast => words.why_fast,
        QuarantineReason::Campaign => words.why_campaign,
        QuarantineReason::Content => words.why_content,
        QuarantineReason::Staff => words.why_staff,
    }
}

fn actions(loaded: &Loaded) -> AnyView {
    let (lang, words, ticket) = (loaded.shown.lang, loaded.shown.lang.desk_ticket(), &loaded.ticket);
    let to = |what: &str| format!("{}/{what}", path(&ticket.key.reference));
    let button = |what: &'static str, name: &'static str, value: &'static str, text: &'static str, key: &'static str| {
        view! { <form action=to(what) method="post"><button class="button" type="submit" name=name value=value data-key=key>{text}</button></form> }
            .into_any()
    };
    if ticket.quarantine.is_some() {
        return view! { <div class="desk-actions">{button("release", "do", "release", words.release, "!")} {next(loaded)}</div> }.into_any();
    }
    let is_mine = ticket.assignee.as_deref() == Some(loaded.shown.staff.as_str());
    let take = (!is_mine && ticket.status != Status::Closed).then(|| button("assign", "assignee", "me", words.take, "m"));
    let status = match ticket.status {
        Status::Closed => None,
        Status::Solved => Some(button("status", "to", "open", words.reopen, "e")),
        _ => Some(button("status", "to", "solved", words.solve, "e")),
    };
    let is_over = matches!(ticket.status, Status::Solved | Status::Closed);
    let snooze = (!is_over).then(|| snooze(loaded, lang, &to("snooze")));
    let spam = (ticket.status != Status::Closed).then(|| button("spam", "do", "spam", words.spam, "!"));
    let reply = ticket.takes_answers().then(|| view! { <a class="button" href="#reply-text" data-key="r">{words.reply}</a> });
    view! { <div class="desk-actions">{reply} {take} {status} {snooze} {spam} {more(loaded)} {next(loaded)}</div> }.into_any()
}

fn snooze(loaded: &Loaded, lang: Lang, action: &str) -> AnyView {
    let words = lang.desk_ticket();
    if loaded.ticket.snoozed_until.is_some_and(|until| until > loaded.shown.now) {
        return view! {
            <form action=action.to_owned() method="post"><button class="button" type="submit" name="until" value="now" data-key="h">{words.wake}</button></form>
        }
        .into_any();
    }
    let tools = lang.desk_tools();
    let now = loaded.shown.now.timestamp().to_zoned(loaded.shown.site.time_zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
    let choices = [("3h", words.in_3_hours), ("tomorrow", words.tomorrow), ("monday", words.next_week)];
    let choices = choices.map(|(value, text)| view! { <button class="text-button" type="submit" name="until" value=value>{text}</button> });
    view! {
        <details class="menu">
            <summary class="button" data-key="h">{words.snooze}</summary>
            <form class="menu-list" action=action.to_owned() method="post">
                {choices.into_iter().collect_view()}
                <p class="snooze-date">
                    <label class="label" for="snooze-at">{tools.until_date}</label>
                    <input class="input" id="snooze-at" type="datetime-local" name="at" min=now placeholder="2026-12-31T09:00" />
                    <button class="button" type="submit" name="until" value="at">{words.snooze}</button>
                </p>
            </form>
        </details>
    }
    .into_any()
}

/// What a script does, so it is shown by one: the ticket's address for a colleague, and paper.
fn more(loaded: &Loaded) -> AnyView {
    let words = loaded.shown.lang.desk_tools();
    view! {
        <button class="button" type="button" hidden data-copy=path(&loaded.ticket.key.reference) data-copied=words.copied>{words.copy_link}</button>
        <button class="button" type="button" hidden data-print="">{words.print}</button>
    }
    .into_any()
}

/// On to the next ticket.
fn next(loaded: &Loaded) -> AnyView {
    let words = loaded.shown.lang.desk_list();
    let reference = loaded.ticket.key.reference.to_string();
    view! {
        <form class="next" action="/desk/next" method="post">
            <button class="button" type="submit" name="before" data-key="n" value=reference title=words.next_hint>{words.next}</button>
        </form>
    }
    .into_any()
}
