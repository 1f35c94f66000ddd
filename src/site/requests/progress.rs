//! How far a ticket has come: every step that happened, with its moment, then those that are still to come.

use leptos::prelude::*;

use crate::clock::Micros;
use crate::i18n::Lang;
use crate::tickets::access::page_path;
use crate::tickets::model::{Status, Step, StepTaken, TicketView};
use crate::ui::{Site, times};

/// More steps than these are folded, all but the first and the last ones.
const STEPS_SHOWN_MAX: usize = 7;
const LAST_SHOWN: usize = 5;

/// A status, or a step, in plain words.
pub(super) fn status_words(lang: Lang, status: Status) -> &'static str {
    let words = lang.tickets();
    match status {
        Status::New => words.status_received,
        Status::Open => words.status_looked_at,
        Status::Pending => words.status_waiting,
        Status::Solved => words.status_solved,
        Status::Closed => words.status_closed,
    }
}

fn step_words(lang: Lang, step: Step) -> &'static str {
    let words = lang.tickets();
    match step {
        Step::Received => words.status_received,
        Step::AddressCorrected => words.address_corrected,
        Step::LookedAt => words.status_looked_at,
        Step::Answered => words.answered,
        Step::Asked => words.status_waiting,
        Step::CustomerWrote => words.customer_wrote,
        Step::Reopened => words.reopened,
        Step::Solved => words.status_solved,
        Step::Closed => words.status_closed,
    }
}

pub(super) fn progress(site: &Site, lang: Lang, shown: &TicketView, now: Micros) -> AnyView {
    let status = shown.ticket.status;
    let mut taken = shown.steps.clone();
    // An answer leaves the ticket waiting for its customer: that's where it stands, not what happened last.
    if let Some(last) = taken.last().copied().filter(|last| status == Status::Pending && last.step != Step::Asked) {
        taken.push(StepTaken { step: Step::Asked, at: last.at });
    }
    let place = taken.iter().rposition(|taken| taken.step != Step::AddressCorrected).unwrap_or_default();
    let rows: Vec<AnyView> = taken.iter().enumerate().map(|(at, taken)| row(site, lang, *taken, at == place, now)).collect();
    let after = shown.followed_by.iter().map(|(reference, at)| {
        view! {
            <li class="done">
                <b><span class="sr">{lang.tickets().step_done} " "</span><a href=page_path(lang, reference)>{lang.tickets().followed_up}</a></b>
                <p>{times::moment(site, lang, *at, now)}</p>
            </li>
        }
    });
    let ahead = ahead(lang, status).into_iter().map(|name| {
        view! { <li class="ahead"><b><span class="sr">{lang.tickets().step_ahead} " "</span>{name}</b></li> }
    });
    view! {
        <section class="ticket-side" aria-labelledby="progress">
            <h2 id="progress">{lang.contact().status}</h2>
            <ol class="timeline" role="list" data-renewed="progress">{folded(lang, rows)} {after.collect_view()} {ahead.collect_view()}</ol>
        </section>
    }
    .into_any()
}

fn row(site: &Site, lang: Lang, taken: StepTaken, is_now: bool, now: Micros) -> AnyView {
    let words = lang.tickets();
    let is_end = matches!(taken.step, Step::Solved | Step::Closed);
    let said = if is_now { words.step_now } else { words.step_done };
    view! {
        <li class:done=!is_now || is_end aria-current=is_now.then_some("step")>
            <b><span class="sr">{said} " "</span>{step_words(lang, taken.step)}</b>
            <p>{times::moment(site, lang, taken.at, now)}</p>
        </li>
    }
    .into_any()
}

/// Steps that are still to come, as far as they can be foretold.
fn ahead(lang: Lang, status: Status) -> Vec<&'static str> {
    let words = lang.tickets();
    match status {
        Status::New => vec![words.status_looked_at, words.answer_ahead, words.status_solved],
        Status::Open => vec![words.answer_ahead, words.status_solved],
        Status::Pending => vec![words.status_solved],
        Status::Solved | Status::Closed => Vec::new(),
    }
}

fn folded(lang: Lang, mut rows: Vec<AnyView>) -> AnyView {
    if rows.len() <= STEPS_SHOWN_MAX {
        return rows.into_any();
    }
    let last = rows.split_off(rows.len() - LAST_SHOWN);
    let between = rows.split_off(1);
    view! {
        {rows}
        <li class="done">
            <details class="fold"><summary>{lang.tickets().earlier_steps}</summary><ol class="timeline" role="list">{between}</ol></details>
        </li>
        {last}
    }
    .into_any()
}
