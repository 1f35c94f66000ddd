//! What stands above the figures: the reports, the period, and what is narrowed down to.

use jiff::civil::Date;
use leptos::prelude::*;

use super::asked::{Asked, Kind, PATH, WITHOUT, Wrong};
use super::lines;
use super::period::{PeriodProblem, Preset};
use crate::desk::fields::problem;
use crate::i18n::Lang;
use crate::orders::figures::{Choice, Choices, Dimension};

pub(super) const PERSON_PATH: &str = "/desk/orders/reports/path";

pub(super) fn title(lang: Lang, kind: Kind) -> &'static str {
    let words = lang.desk_reports();
    match kind {
        Kind::NewOrders => words.new_orders,
        Kind::Refunds => words.refunds,
        Kind::Subscriptions => words.subscriptions,
        Kind::FailedPayments => words.failed_payments,
        Kind::Support => words.support,
    }
}

/// The way between reports; period and filters go along. `None`: the page of one customer.
pub(super) fn reports(lang: Lang, asked: Option<&Asked>) -> AnyView {
    let words = lang.desk_reports();
    let links = Kind::ALL.iter().map(|kind| {
        let address = asked.map_or_else(|| format!("{PATH}/{}", kind.word()), |asked| asked.in_report(*kind).address());
        let is_current = asked.is_some_and(|asked| asked.kind == *kind).then_some("page");
        view! { <li><a class="desk-view" href=address aria-current=is_current>{title(lang, *kind)}</a></li> }
    });
    let person = view! { <li><a class="desk-view" href=PERSON_PATH aria-current=asked.is_none().then_some("page")>{words.path}</a></li> };
    view! { <nav class="desk-views" aria-label=words.title><ul>{links.collect_view()} {person}</ul></nav> }.into_any()
}

fn preset_name(lang: Lang, preset: Preset) -> String {
    let words = lang.desk_reports();
    let days = |days: &str| words.last_days.replace("{days}", days);
    match preset {
        Preset::Today => words.today.to_owned(),
        Preset::Yesterday => words.yesterday.to_owned(),
        Preset::Last7 => days("7"),
        Preset::Last30 => days("30"),
        Preset::Last90 => days("90"),
        Preset::ThisMonth => words.this_month.to_owned(),
        Preset::LastMonth => words.last_month.to_owned(),
        Preset::ThisYear => words.this_year.to_owned(),
        Preset::Last12Months => words.last_12_months.to_owned(),
        Preset::AllTime => words.all_time.to_owned(),
    }
}

pub(super) fn presets(lang: Lang, asked: &Asked, today: Date) -> AnyView {
    let links = Preset::ALL.iter().map(|preset| {
        let is_current = (asked.preset == Some(*preset)).then_some("true");
        view! { <li><a class="preset" href=asked.of(*preset, today).address() aria-current=is_current>{preset_name(lang, *preset)}</a></li> }
    });
    view! { <nav class="presets" aria-label=lang.desk_reports().period><ul>{links.collect_view()}</ul></nav> }.into_any()
}

/// Days, account and filters. Works as any form does; the address keeps it all.
pub(super) fn form(lang: Lang, asked: &Asked, wrong: Option<&Wrong>, choices: &Choices) -> AnyView {
    let words = lang.desk_reports();
    let (from, to) = match wrong {
        Some(wrong) => (wrong.from.clone(), wrong.to.clone()),
        None => (asked.period.from.to_string(), asked.period.to.to_string()),
    };
    let said = wrong.map(|wrong| match wrong.problem {
        PeriodProblem::NotADay => words.not_a_day,
        PeriodProblem::Reversed => words.reversed,
        PeriodProblem::OutOfReach => words.out_of_reach,
    });
    let said = said.map(|text| view! { <div class="report-wrong" role="alert">{problem("period-error".to_owned(), text.to_owned())}</div> });
    let day = |name: &'static str, label: &'static str, value: String| {
        let is_wrong = wrong.is_some().then_some("true");
        let by = wrong.is_some().then_some("period-error");
        view! {
            <div class="field">
                <label class="label" for=name>{label}</label>
                <input class="input" type="date" id=name name=name value=value required min="2011-01-01" max="2100-12-31" aria-invalid=is_wrong aria-describedby=by />
            </div>
        }
    };
    let filters = asked.kind.dimensions().iter().map(|dimension| filter(lang, asked, *dimension, choices.of(*dimension))).collect_view();
    let only_product = (asked.kind.dimensions().len() == 1).then(|| view! { <p class="hint">{words.only_product}</p> });
    let step = asked.step.map(|step| view! { <input type="hidden" name="by" value=step.word() /> });
    view! {
        <form class="report-form" action=format!("{PATH}/{}", asked.kind.word()) novalidate>
            {step}
            <div class="report-period">
                {day("from", words.from, from)} {day("to", words.to, to)} {account(lang, asked, choices)}
                <button class="button button-primary" type="submit">{words.show}</button>
            </div>
            {said}
            <details class="desk-filters">
                <summary>{words.filters}</summary>
                <div class="report-filters">{filters} <div class="button-row"><button class="button" type="submit">{words.show}</button></div></div>
                {only_product}
            </details>
        </form>
    }
    .into_any()
}

/// Of one account there is nothing to choose.
fn account(lang: Lang, asked: &Asked, choices: &Choices) -> AnyView {
    let words = lang.desk_reports();
    if choices.accounts.len() < 2 {
        return ().into_any();
    }
    let options = choices.accounts.iter().map(|(id, name)| {
        let is_chosen = asked.account.as_deref() == Some(id);
        view! { <option value=id.clone() selected=is_chosen>{name.clone()}</option> }
    });
    view! {
        <div class="field">
            <label class="label" for="account">{words.account}</label>
            <span class="select">
                <select class="input" id="account" name="account"><option value="">{words.all_accounts}</option>{options.collect_view()}</select>
            </span>
        </div>
    }
    .into_any()
}

/// What is chosen stays among the values, also where the period has none of it.
fn filter(lang: Lang, asked: &Asked, dimension: Dimension, choices: &[Choice]) -> AnyView {
    let chosen = asked.filter.of(dimension);
    let missing = chosen.filter(|chosen| choices.iter().all(|choice| choice.value != *chosen));
    let missing = missing.map(|value| Choice { value: value.to_owned(), name: None });
    let options = missing.iter().chain(choices).map(|choice| {
        let is_chosen = chosen == Some(choice.value.as_str());
        let value = if choice.value.is_empty() { WITHOUT.to_owned() } else { choice.value.clone() };
        view! { <option value=value selected=is_chosen>{lines::name(lang, dimension, &choice.value, choice.name.as_deref())}</option> }
    });
    let id = format!("filter-{}", dimension.word());
    view! {
        <div class="field">
            <label class="label" for=id.clone()>{lines::title(lang, dimension)}</label>
            <span class="select">
                <select class="input" id=id name=dimension.word()><option value="">{lang.desk_reports().any}</option>{options.collect_view()}</select>
            </span>
        </div>
    }
    .into_any()
}

/// What is narrowed down to, each with the way out of it.
pub(super) fn narrowed(lang: Lang, asked: &Asked, choices: &Choices) -> AnyView {
    let words = lang.desk_reports();
    if asked.filter.is_empty() {
        return ().into_any();
    }
    let chips = Dimension::ALL.iter().filter_map(|dimension| {
        let value = asked.filter.of(*dimension)?;
        let choice = choices.of(*dimension).iter().find(|choice| choice.value == value);
        let name = lines::name(lang, *dimension, value, choice.and_then(|choice| choice.name.as_deref()));
        let address = asked.narrowed(*dimension, None).address();
        Some(view! {
            <li>
                <a class="filter-chip" href=address>
                    <span>{lines::title(lang, *dimension)} ": " <b dir="auto">{name}</b></span>
                    <span aria-hidden="true">"×"</span>
                    <span class="sr">{words.remove_filter}</span>
                </a>
            </li>
        })
    });
    view! { <ul class="filter-chips" role="list" aria-label=words.filters>{chips.collect_view()}</ul> }.into_any()
}
