//! What was said, and between it what happened, oldest first.

use leptos::prelude::*;
use serde_json::Value;

use super::files::files_of;
use super::heads::{priority_name, status_name};
use super::loaded::Loaded;
use crate::clock::Micros;
use crate::events::{Event, Kind};
use crate::files::not_kept;
use crate::i18n::Lang;
use crate::tickets::model::{Author, Message, MessageKind, Priority, Status};
use crate::ui::icons::{Draw, Icon};
use crate::ui::times;
use crate::values::rich_text;

pub(super) fn list(loaded: &Loaded) -> AnyView {
    let mut entries: Vec<(Micros, AnyView)> = (1..).zip(&loaded.messages).map(|(number, said)| (said.at, message(loaded, said, number))).collect();
    entries.extend(loaded.events.iter().filter_map(|one| Some((one.at, event(loaded, one)?))));
    // Stable: at the same moment what was said comes before what followed from it.
    entries.sort_by_key(|(at, _)| *at);
    let entries: Vec<AnyView> = entries.into_iter().map(|(_, view)| view).collect();
    view! { <ol class="thread" role="list" aria-labelledby="conversation">{entries}</ol> }.into_any()
}

fn message(loaded: &Loaded, said: &Message, number: usize) -> AnyView {
    let (lang, words) = (loaded.shown.lang, loaded.shown.lang.desk_ticket());
    let author = match &said.author {
        Author::Customer => loaded.ticket.name.clone(),
        Author::Staff(Some(id)) => loaded.name(id),
        Author::Staff(None) => words.console.to_owned(),
        Author::System => words.system.to_owned(),
    };
    let (class, heading) = match (said.kind(), &said.author) {
        (MessageKind::Customer, _) => ("said said-customer", author),
        (MessageKind::Answer, _) => ("said said-answer", words.answer_of.replace("{name}", &author)),
        (MessageKind::Note, Author::System) => ("said said-note", words.remark.to_owned()),
        (MessageKind::Note, _) => ("said said-note", words.note_of.replace("{name}", &author)),
    };
    let internal = (said.kind() == MessageKind::Note).then(|| view! { <span class="mark"><Draw icon=Icon::Lock /> {words.internal}</span> });
    let quoted = said.cut_off.clone().map(|text| {
        view! { <details class="fold"><summary>{words.quoted}</summary><div class="said-text">{text}</div></details> }
    });
    let text = if said.is_rich() {
        view! { <div class="said-text said-rich" dir="auto" inner_html=rich_text::to_html(&said.body)></div> }.into_any()
    } else {
        view! { <div class="said-text" dir="auto">{said.body.clone()}</div> }.into_any()
    };
    let lost = (!said.not_kept.is_empty()).then(|| {
        let text = lang.files().not_kept.replace("{files}", &not_kept::listed(lang, &said.not_kept));
        view! { <p class="hint">{text}</p> }
    });
    view! {
        <li class=class id=format!("message-{number}") tabindex="-1">
            <div class="said-head">
                <h3>{heading}</h3>
                {internal}
                <p class="meta">{times::moment(&loaded.shown.site, lang, said.at, loaded.shown.now)}</p>
            </div>
            {text}
            {quoted}
            {files_of(loaded, &said.id)}
            {lost}
        </li>
    }
    .into_any()
}

/// What happened, on a line; `None` for what a message says already.
fn event(loaded: &Loaded, event: &Event) -> Option<AnyView> {
    let text = told(loaded, event)?;
    let by = loaded.shown.lang.desk_ticket().ev_by.replace("{name}", &loaded.actor(&event.by));
    let at = times::moment(&loaded.shown.site, loaded.shown.lang, event.at, loaded.shown.now);
    Some(view! { <li class="happened"><span>{text}</span> " " <span class="meta">{by} " · " {at}</span></li> }.into_any())
}

fn told(loaded: &Loaded, event: &Event) -> Option<String> {
    let (lang, words) = (loaded.shown.lang, loaded.shown.lang.desk_ticket());
    let text = |name: &str| event.data.get(name).and_then(Value::as_str);
    let number = |name: &str| event.data.get(name).and_then(Value::as_i64);
    Some(match event.kind {
        Kind::Assigned => match text("assignee") {
            Some(id) => words.ev_assigned.replace("{name}", &loaded.name(id)),
            None => words.ev_unassigned.to_owned(),
        },
        Kind::StatusChanged => words.ev_status.replace("{status}", status_name(lang, Status::parse(text("status")?)?)),
        Kind::PriorityChanged => words.ev_priority.replace("{priority}", priority_name(lang, Priority::parse(text("priority")?)?)),
        Kind::Tagged if text("tags").unwrap_or_default().is_empty() => words.ev_no_tags.to_owned(),
        Kind::Tagged => words.ev_tags.replace("{tags}", text("tags")?),
        Kind::Snoozed => match number("snoozed_until") {
            Some(until) => words.ev_snoozed.replace("{date}", &lang.moment(Micros(until), &loaded.shown.site.time_zone)),
            None => words.ev_woken.to_owned(),
        },
        Kind::Released => words.ev_released.to_owned(),
        Kind::Quarantined => words.ev_quarantined.to_owned(),
        Kind::Rated => words.ev_rated.replace("{count}", &number("rating")?.to_string()),
        Kind::Verified => words.ev_verified.to_owned(),
        Kind::LinksRevoked => words.ev_links.to_owned(),
        Kind::AddressCorrected if event.data.contains_key("consent") => lang.desk_tools().address_by_staff.to_owned(),
        Kind::AddressCorrected => words.ev_address.to_owned(),
        Kind::Corrected => corrected(loaded, text("reason"), text("lang")),
        Kind::Thanked => lang.desk_tools().thanked.to_owned(),
        Kind::FilesAdded => words.ev_files.to_owned(),
        Kind::AnswerRefused => lang.desk_tools().answer_refused.to_owned(),
        Kind::AnswerReturned => words.ev_returned.to_owned(),
        Kind::BuyerProved => lang.buyer().event.to_owned(),
        _ => return None,
    })
}

/// What staff put right.
fn corrected(loaded: &Loaded, reason: Option<&str>, to: Option<&str>) -> String {
    let lang = loaded.shown.lang;
    let list = lang.desk_list();
    let reason = reason.map(|id| loaded.shown.library.reason(id).map_or_else(|| id.to_owned(), |reason| reason.texts[lang].title.clone()));
    let to = to.and_then(Lang::parse).map(Lang::own_name);
    let parts = [reason.map(|title| format!("{}: {title}", list.reason)), to.map(|name| format!("{}: {name}", list.lang))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}
