//! A ticket as a row: who, what, and when it is due, each in its place so that eyes can run down.

use std::sync::Arc;

use leptos::prelude::*;

use crate::articles::model::Library;
use crate::clock::Micros;
use crate::desk::live;
use crate::i18n::Lang;
use crate::tickets::model::list::{DUE_SOON_MICROS, Row};
use crate::tickets::model::{Priority, Reference};
use crate::tickets::presence::Presence;
use crate::ui::{Site, parts, times};

/// For whom rows are shown, and when.
#[derive(Clone)]
pub(in crate::desk) struct Shown {
    pub(in crate::desk) site: Arc<Site>,
    pub(in crate::desk) library: Arc<Library>,
    pub(in crate::desk) lang: Lang,
    pub(in crate::desk) staff: String,
    pub(in crate::desk) now: Micros,
    pub(in crate::desk) presence: Presence,
}

/// `marked`: each can be marked, to act on several, and these are.
pub(in crate::desk) fn list(shown: &Shown, rows: &[Row], marked: Option<&[Reference]>) -> AnyView {
    let rows = rows.iter().map(|one| row(shown, one, marked)).collect_view();
    view! { <ul class="ticket-rows" role="list">{rows}</ul> }.into_any()
}

fn row(shown: &Shown, row: &Row, marked: Option<&[Reference]>) -> AnyView {
    let (lang, words) = (shown.lang, shown.lang.desk_list());
    let unread = row.is_unread.then(|| view! { <span class="dot" title=words.unread><span class="sr">{words.unread} ": "</span></span> });
    let marks = [(row.has_draft, words.draft, "mark-draft"), (row.has_held_answer, words.held, "mark-held")];
    let marks = marks.into_iter().filter(|(is_so, ..)| *is_so).map(|(_, text, class)| view! { <span class=format!("mark {class}")>{text}</span> });
    let who_said = row.is_answer.then(|| view! { <span class="team">{words.team} " "</span> });
    let reason = row.reason.as_ref().and_then(|id| Some(shown.library.reason(id)?.texts[lang].title.clone()));
    let priority = match row.priority {
        Priority::High => Some(view! { <span class="mark mark-high">{words.high}</span> }),
        _ => None,
    };
    let tags = row.tags.iter().map(|tag| view! { <span class="mark">{tag.clone()}</span> }).collect_view();
    let said: String = row.said_last.split_whitespace().collect::<Vec<_>>().join(" ");
    let assignee = match &row.assignee {
        Some(id) if *id == shown.staff => lang.desk_people().you.to_owned(),
        Some(_) => row.assignee_name.clone().unwrap_or_default(),
        None => String::new(),
    };
    let present = live::present(lang, &shown.presence.others(&row.id, &shown.staff));
    let mark = marked.map(|marked| {
        let is_marked = marked.contains(&row.reference);
        let label = format!("{} {}: {}", words.mark, row.reference, row.subject);
        view! { <input class="row-mark" type="checkbox" name="ticket" value=row.reference.to_string() checked=is_marked aria-label=label /> }
    });
    view! {
        <li class="ticket-row" class:is-unread=row.is_unread>
            <p class="row-who">{mark} {unread} <span class="name">{row.name.clone()}</span></p>
            <div class="row-what">
                <p class="row-subject">
                    <a href=format!("/desk/tickets/{}", row.reference)>{row.subject.clone()}</a> {priority} {tags} {marks.collect_view()}
                    <span class="presence" data-present=row.id.clone()>{present}</span>
                </p>
                <p class="row-said">{who_said} {said}</p>
            </div>
            <p class="row-kind">{reason.map(|reason| view! { <span class="reason">{reason}</span> })} <span class="code">{row.lang.code().to_uppercase()}</span></p>
            <p class="row-due">{due(shown, row)}</p>
            <p class="row-assignee">{assignee}</p>
        </li>
    }
    .into_any()
}

fn due(shown: &Shown, row: &Row) -> AnyView {
    if let Some(until) = row.snoozed_until.filter(|until| *until > shown.now) {
        let words = shown.lang.desk_list().until.replace("{date}", &shown.lang.moment_ago(until, shown.now, &shown.site.time_zone));
        return view! { <span class="due">{words}</span> }.into_any();
    }
    match row.due_at {
        Some(due) => due_words(shown, due),
        None => times::moment(&shown.site, shown.lang, row.created_at, shown.now),
    }
}

/// "in 40 min", "2 h late": in words, and by color besides; the exact moment on hover.
pub(in crate::desk) fn due_words(shown: &Shown, due: Micros) -> AnyView {
    let words = shown.lang.desk_list();
    let away = due.0 - shown.now.0;
    let text = if away < 0 { words.late } else { words.due_in };
    let class = match away {
        ..0 => "due due-late",
        0..=DUE_SOON_MICROS => "due due-soon",
        _ => "due",
    };
    let (machine, exact) = parts::moment(&shown.site, shown.lang, due);
    view! { <time class=class datetime=machine title=exact>{text.replace("{time}", &shown.lang.short_time(away))}</time> }.into_any()
}
