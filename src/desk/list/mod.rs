//! The list of tickets: views, filters, the next one, and finding one.

mod acts;
mod filters;
mod rows;

use std::sync::Arc;

use axum::Extension;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::{StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use leptos::prelude::*;

use super::fields::done;
use super::who::Who;
use super::{failure, frame, leaving, live, mail, new_ticket};
use crate::app::App;
use crate::i18n::Lang;
use crate::tickets::model::Reference;
use crate::tickets::model::list::{Counts, Page, SaleFilter, View};
use crate::web::{form, redirect};
pub(super) use acts::take as act;
use filters::Asked;
pub(super) use rows::{Shown, due_words, list};

/// Tickets on one page.
const PAGE_ROWS: u32 = 50;
const QUERY_MAX_CHARS: usize = 200;

/// `GET /desk`.
pub(super) async fn show(State(app): State<App>, Extension(who): Extension<Who>, uri: Uri) -> Response {
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let lists = app.tickets.lists();
    let counted = async { Ok((app.events.last().await?, lists.counts(&who.member.id).await?, app.inbound.count_in_review().await?)) };
    let (seq, counts, waiting_mail) = match counted.await {
        Ok(counted) => counted,
        Err(error) => return failure::of(&error).into_response(),
    };
    // Who has nothing of their own begins with what is nobody's.
    let chosen = who.member.default_view.as_deref().and_then(View::parse);
    let first = chosen.unwrap_or(if counts.mine > 0 { View::Mine } else { View::Unassigned });
    let asked = Asked::parse(&pairs, first);
    let found = async {
        let products = if app.orders.is_connected().await? { Some(app.orders.products().await?) } else { None };
        if asked.filter.sale != SaleFilter::default() {
            // Who wrote just now is found too.
            app.orders.know_addresses().await?;
        }
        Ok((
            products,
            lists.page(asked.view, &asked.filter, &who.member.id, asked.after.as_ref(), PAGE_ROWS).await?,
            app.staff.list().await?,
            app.tickets.held().of_staff(&who.member.id).await?,
        ))
    };
    let (products, page, members, held) = match found.await {
        Ok(found) => found,
        Err(error) => return failure::of(&error).into_response(),
    };
    let nothing_next = form::value(&pairs, "nothing").is_some().then_some(who.lang.desk_list().nothing_next);
    let (came_of, kept) = (acts::came_of(who.lang, &pairs), acts::Kept::parse(&pairs));
    let (shown, title) = (Shown::new(&app, &who), view_name(who.lang, asked.view));
    let choices = filters::Choices::new(&app, who.lang, &members, products);
    frame::page(&app, Some(&who), who.lang, StatusCode::OK, title, move || {
        view! {
            <div class="desk-list">
                {live::place(seq, &shown.staff, None, shown.lang)}
                {views(shown.lang, asked.view, &counts, waiting_mail)}
                <div class="desk-list-main">
                    <h1 class="sr">{title}</h1>
                    {tools(shown.lang, "")}
                    {filters::form(shown.lang, &asked, &choices)}
                    {nothing_next.map(done)}
                    {leaving::notices(&shown.site, shown.lang, &held, None)}
                    {came_of.clone().map(|(is_good, text)| acted(is_good, text, acts::way_back(shown.lang, &pairs, asked.address(asked.after.as_ref()))))}
                    {content(&shown, &asked, &page, &choices, &kept)}
                </div>
            </div>
        }
        .into_any()
    })
    .await
}

fn acted(is_good: bool, text: String, way_back: Option<AnyView>) -> AnyView {
    let class = if is_good { "notice notice-success held" } else { "notice notice-warning held" };
    view! { <div class=class role="status"><p>{text}</p> {way_back}</div> }.into_any()
}

fn content(shown: &Shown, asked: &Asked, page: &Page, choices: &filters::Choices, kept: &acts::Kept) -> AnyView {
    let words = shown.lang.desk_list();
    let rows = if page.rows.is_empty() {
        let text = match asked.view {
            _ if page.next.is_some() => words.empty_so_far,
            _ if !asked.filter_is_empty() => words.empty_filtered,
            View::Mine => words.empty_mine,
            View::Unassigned | View::DueSoon | View::Overdue => words.empty_work,
            _ => words.empty_other,
        };
        view! { <p class="desk-empty">{text}</p> }.into_any()
    } else {
        list(shown, &page.rows, Some(&kept.marked))
    };
    let more = page.next.as_ref().map(|cursor| view! { <a class="button" rel="next" href=asked.address(Some(cursor))>{words.more}</a> });
    let first = asked.after.is_some().then(|| view! { <a class="button" href=asked.address(None)>{words.first_page}</a> });
    let buttons = (more.is_some() || first.is_some()).then(|| view! { <div class="button-row">{first} {more}</div> });
    let bar = (!page.rows.is_empty()).then(|| acts::bar(shown.lang, choices, asked.view == View::Quarantine, kept.tag.as_deref()));
    view! {
        <form class="desk-marking" action="/desk/act" method="post">
            <input type="hidden" name="back" value=asked.address(asked.after.as_ref()) />
            {bar}
            {rows}
        </form>
        {buttons}
    }
    .into_any()
}

pub(super) fn view_name(lang: Lang, view: View) -> &'static str {
    let words = lang.desk_list();
    match view {
        View::Mine => words.mine,
        View::Unassigned => words.unassigned,
        View::DueSoon => words.due_soon,
        View::Overdue => words.overdue,
        View::Waiting => words.waiting,
        View::Snoozed => words.snoozed,
        View::Quarantine => words.quarantine,
        View::Solved => words.solved,
        View::All => words.all,
    }
}

/// `waiting_mail`: incoming emails that wait for a decision.
fn views(lang: Lang, current: View, counts: &Counts, waiting_mail: i64) -> AnyView {
    let links = View::ALL.iter().map(|view| {
        let count = counts.of(*view).map(|count| view! { <span class="count" data-count=view.word()>{count.to_string()}</span> });
        let is_current = (*view == current).then_some("page");
        view! {
            <li>
                <a data-key=view_key(*view) class="desk-view" href=format!("/desk?view={}", view.word()) aria-current=is_current>
                    <span>{view_name(lang, *view)}</span>
                    {count}
                </a>
            </li>
        }
    });
    let mail = view! {
        <li>
            <a class="desk-view" href=mail::PATH data-key="ge">
                <span>{lang.desk_mail().title}</span>
                <span class="count">{waiting_mail.to_string()}</span>
            </a>
        </li>
    };
    view! { <nav class="desk-views" aria-label=lang.desk_list().views><ul>{links.collect_view()} {mail}</ul></nav> }.into_any()
}

/// What leads to a view after `g`.
fn view_key(view: View) -> Option<&'static str> {
    Some(match view {
        View::Mine => "gm",
        View::Unassigned => "gu",
        View::DueSoon => "gd",
        View::Overdue => "go",
        View::Waiting => "gw",
        View::Quarantine => "gq",
        View::Solved => "gs",
        View::Snoozed | View::All => return None,
    })
}

/// The next ticket, and finding one.
fn tools(lang: Lang, typed: &str) -> AnyView {
    let words = lang.desk_list();
    view! {
        <div class="desk-tools">
            <form action="/desk/next" method="post">
                <button class="button button-primary" type="submit" data-key="n" title=words.next_hint>{words.next}</button>
            </form>
            <form class="desk-find" action="/desk/find" role="search">
                <input class="input" type="search" name="q" data-key="/" value=typed.to_owned() maxlength=QUERY_MAX_CHARS.to_string() placeholder=words.find_hint aria-label=words.find_hint />
                <button class="button" type="submit">{words.find}</button>
            </form>
            <a class="button" href=new_ticket::PATH data-key="c">{lang.desk_tools().new_ticket}</a>
        </div>
    }
    .into_any()
}

/// `GET /desk/find?q=`.
pub(super) async fn find(State(app): State<App>, Extension(who): Extension<Who>, uri: Uri) -> Response {
    let pairs = form::pairs(uri.query().unwrap_or_default().as_bytes());
    let typed: String = form::value(&pairs, "q").unwrap_or_default().chars().filter(|char| !char.is_control()).take(QUERY_MAX_CHARS).collect();
    let read = async {
        let lists = app.tickets.lists();
        Ok((lists.find(&typed, &who.member.id).await?, lists.counts(&who.member.id).await?, app.inbound.count_in_review().await?))
    };
    let (found, counts, waiting_mail) = match read.await {
        Ok(read) => read,
        Err(error) => return failure::of(&error).into_response(),
    };
    // Who typed a whole reference wants that ticket.
    if let ([row], Some(reference)) = (found.as_slice(), Reference::parse(&typed))
        && row.reference == reference
    {
        return redirect::see_other(&format!("/desk/tickets/{reference}"));
    }
    let words = who.lang.desk_list();
    let shown = Shown::new(&app, &who);
    let title = words.found.replace("{query}", typed.trim());
    let heading = title.clone();
    frame::page(&app, Some(&who), who.lang, StatusCode::OK, &title, move || {
        let rows = if found.is_empty() { view! { <p class="desk-empty">{words.none_found}</p> }.into_any() } else { list(&shown, &found, None) };
        view! {
            <div class="desk-list">
                {views(shown.lang, View::All, &counts, waiting_mail)}
                <div class="desk-list-main">
                    {tools(shown.lang, &typed)}
                    <h1>{heading.clone()}</h1>
                    {rows}
                </div>
            </div>
        }
        .into_any()
    })
    .await
}

/// `POST /desk/next`: opens the ticket that is due first among those that this person may work at.
pub(super) async fn next(State(app): State<App>, Extension(who): Extension<Who>, body: Bytes) -> Response {
    let pairs = form::pairs(&body);
    let before = form::value(&pairs, "before").and_then(Reference::parse);
    match app.tickets.lists().next(&who.member.id, before.as_ref()).await {
        Ok(Some(reference)) => redirect::see_other(&format!("/desk/tickets/{reference}")),
        Ok(None) => redirect::see_other("/desk?nothing=1"),
        Err(error) => failure::of(&error).into_response(),
    }
}

impl Shown {
    fn new(app: &App, who: &Who) -> Self {
        Self {
            site: Arc::clone(&app.site),
            library: app.content.library(),
            lang: who.lang,
            staff: who.member.id.clone(),
            now: app.clock.now(),
            presence: app.presence.clone(),
        }
    }
}
