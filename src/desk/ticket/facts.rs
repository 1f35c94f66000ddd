//! Beside the conversation: who the customer is, and what can be changed of the ticket.

use leptos::prelude::*;

use super::corrections;
use super::heads::priority_name;
use super::loaded::Loaded;
use super::{path, purchases};
use crate::articles::model::ArticleId;
use crate::desk::list::Shown;
use crate::tickets::model::{Priority, Proof, Status, TAG_MAX_CHARS, Visit};
use crate::ui::times;

/// Tags of one ticket, as they are typed.
const TAGS_MAX_CHARS: usize = 10 * TAG_MAX_CHARS;

/// `typed`: tags that were not taken.
pub(super) fn side(loaded: &Loaded, typed: Option<&str>) -> AnyView {
    let words = loaded.shown.lang.desk_ticket();
    view! {
        <aside class="desk-side" aria-label=words.details>
            {customer(loaded)}
            {changes(loaded, typed)}
            {corrections::form(loaded)}
            {purchases::section(loaded)}
            {visits(loaded)}
            {others(loaded)}
        </aside>
    }
    .into_any()
}

fn customer(loaded: &Loaded) -> AnyView {
    let (shown, ticket) = (&loaded.shown, &loaded.ticket);
    let (lang, words) = (shown.lang, shown.lang.desk_ticket());
    let fact = |name: &'static str, value: AnyView| view! { <div><dt>{name}</dt><dd>{value}</dd></div> };
    let reason = ticket.reason.as_ref().map(|id| shown.library.reason(id).map_or_else(|| id.clone(), |reason| reason.texts[lang].title.clone()));
    let article = ticket.article.as_ref().map(|id| article_link(shown, id));
    let is_verified = ticket.proof != Proof::None;
    let rating = ticket.rating.as_ref().map(|rating| {
        let comment = rating.comment.clone().map(|text| format!(": {text}")).unwrap_or_default();
        format!("{}{comment}", words.stars.replace("{count}", &rating.stars.to_string()))
    });
    view! {
        <section aria-labelledby="customer">
            <h2 id="customer">{ticket.name.clone()}</h2>
            <p dir="auto">{ticket.email.clone()}</p>
            <p class="mark" class:mark-good=is_verified>{if is_verified { words.verified } else { words.not_verified }}</p>
            <dl class="desk-facts">
                {fact(lang.desk_list().lang, ticket.lang.own_name().into_any())}
                {reason.map(|reason| fact(lang.desk_list().reason, reason.into_any()))}
                {ticket.code.clone().map(|code| fact(words.code, view! { <code>{code}</code> }.into_any()))}
                {article.map(|article| fact(words.article, article))}
                {fact(words.received, times::moment(&shown.site, lang, ticket.created_at, shown.now))}
                {rating.map(|rating| fact(words.rating, rating.into_any()))}
            </dl>
        </section>
    }
    .into_any()
}

fn changes(loaded: &Loaded, typed: Option<&str>) -> AnyView {
    let (ticket, lang) = (&loaded.ticket, loaded.shown.lang);
    let (words, list) = (lang.desk_ticket(), lang.desk_list());
    let to = |what: &str| format!("{}/{what}", path(&ticket.key.reference));
    let is_closed = ticket.status == Status::Closed;
    let members = loaded.members.iter().map(|member| {
        let is_chosen = ticket.assignee.as_deref() == Some(member.id.as_str());
        view! { <option value=member.id.clone() selected=is_chosen>{member.name.clone()}</option> }
    });
    let in_use = loaded.tags_in_use.iter().map(|tag| view! { <option value=tag.clone()></option> });
    let priorities = [Priority::High, Priority::Normal, Priority::Low].map(|priority| {
        view! { <option value=priority.word() selected=priority == ticket.priority>{priority_name(lang, priority)}</option> }
    });
    view! {
        <section class="desk-changes" inert=is_closed>
            <form class="inline-form" action=to("assign") method="post">
                <label class="label" for="assignee">{list.assignee}</label>
                <span class="select"><select class="input" id="assignee" name="assignee" data-key="a"><option value="none">{list.nobody}</option>{members.collect_view()}</select></span>
                <button class="button" type="submit">{words.assign}</button>
            </form>
            <form class="inline-form" action=to("priority") method="post">
                <label class="label" for="priority">{list.priority}</label>
                <span class="select"><select class="input" id="priority" name="priority">{priorities.into_iter().collect_view()}</select></span>
                <button class="button" type="submit">{words.save}</button>
            </form>
            <form class="inline-form" action=to("tags") method="post">
                <label class="label" for="tags">{words.tags}</label>
                <input class="input" id="tags" name="tags" data-key="t" value=typed.map_or_else(|| ticket.tags.join(" "), str::to_owned) aria-invalid=typed.is_some().then_some("true") autofocus=typed.is_some() maxlength=TAGS_MAX_CHARS.to_string() title=words.tags_hint autocapitalize="off" list="tags-in-use" />
                <datalist id="tags-in-use">{in_use.collect_view()}</datalist>
                <button class="button" type="submit">{words.save}</button>
            </form>
        </section>
    }
    .into_any()
}

/// An article by its title; one that is gone by its id.
fn article_link(shown: &Shown, id: &ArticleId) -> AnyView {
    let Some(article) = shown.library.articles.get(id) else { return id.as_str().to_owned().into_any() };
    let title = article.shown(shown.lang, shown.library.default_lang).title.clone();
    view! { <a href=article.urls[shown.lang].clone()>{title}</a> }.into_any()
}

fn visits(loaded: &Loaded) -> AnyView {
    if loaded.visits.is_empty() {
        return ().into_any();
    }
    let (shown, words) = (&loaded.shown, loaded.shown.lang.contact());
    let rows = loaded.visits.iter().map(|visit| match visit {
        Visit::Searched(text) => view! { <li dir="auto">{words.visit_searched.replace("{text}", text)}</li> }.into_any(),
        Visit::Read(id) => view! { <li>{words.visit_read.replace("{text}", "")} {article_link(shown, id)}</li> }.into_any(),
    });
    view! {
        <section aria-labelledby="visits">
            <h2 id="visits">{shown.lang.desk_tools().visits}</h2>
            <ul class="desk-others">{rows.collect_view()}</ul>
        </section>
    }
    .into_any()
}

fn others(loaded: &Loaded) -> AnyView {
    let shown = &loaded.shown;
    let words = shown.lang.desk_ticket();
    let rows = loaded.others.iter().map(|(reference, subject, at)| {
        view! { <li><a href=path(reference)>{subject.clone()}</a> " " <span class="meta">{times::day(&shown.site, shown.lang, *at, shown.now)}</span></li> }
    });
    let rows = if loaded.others.is_empty() {
        view! { <p class="meta">{words.no_others}</p> }.into_any()
    } else {
        view! { <ul class="desk-others">{rows.collect_view()}</ul> }.into_any()
    };
    view! { <section aria-labelledby="others"><h2 id="others">{words.others}</h2>{rows}</section> }.into_any()
}
