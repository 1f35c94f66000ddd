//! Rows before they become a page or a file: so both have the same.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::desk::orders::reports::csv::{Cell, Csv};
use crate::desk::orders::reports::model::Value;
use crate::i18n::Lang;

/// What stands in a row, by what it is: a narrow page has a place for each.
#[derive(Clone)]
pub(super) enum Shown {
    What(String),
    State(String),
    Who(String),
    Date(Option<Date>),
    Code(String),
    /// In a file its currency stands before it.
    Amount(Value),
    /// A ticket's subject, by its reference.
    Ticket(String, String),
    /// Anything else, and the day on which it ended.
    More(String),
    Until(Option<Date>),
}

#[derive(Clone)]
pub(super) struct Listed {
    pub(super) columns: Vec<&'static str>,
    /// Each as long as `columns`.
    pub(super) rows: Vec<Vec<Shown>>,
    /// Told where there is no row.
    pub(super) nothing: &'static str,
    pub(super) next: Option<String>,
}

impl Shown {
    /// `name`: of its column.
    fn cell(&self, lang: Lang, name: &'static str) -> AnyView {
        let day = |date: &Option<Date>| date.map(|date| lang.short_date(date));
        match self {
            Self::What(text) => view! { <td class="row-what" dir="auto">{text.clone()}</td> }.into_any(),
            Self::State(text) => view! { <td class="row-state">{text.clone()}</td> }.into_any(),
            Self::Who(text) => view! { <td class="row-who" dir="auto">{text.clone()}</td> }.into_any(),
            Self::Date(date) => view! { <td class="row-date">{day(date)}</td> }.into_any(),
            Self::Code(code) => view! { <td class="row-code"><code>{code.clone()}</code></td> }.into_any(),
            Self::Amount(amount) => view! { <td class="row-amount">{amount.told(lang)}</td> }.into_any(),
            Self::Ticket(reference, subject) => {
                let address = format!("/desk/tickets/{reference}");
                view! { <td class="row-what"><a href=address dir="auto">{subject.clone()}</a></td> }.into_any()
            }
            Self::More(text) if text.is_empty() => more(name, None),
            Self::More(text) => more(name, Some(text.clone())),
            Self::Until(date) => more(name, day(date)),
        }
    }

    fn cells(&self) -> Vec<Cell> {
        match self {
            Self::What(text) | Self::State(text) | Self::Who(text) | Self::Code(text) | Self::More(text) => vec![Cell::Text(text.clone())],
            Self::Date(date) | Self::Until(date) => vec![Cell::Text(date.map(|date| date.to_string()).unwrap_or_default())],
            Self::Amount(amount) => {
                let currency = if let Value::Money(money) = amount { money.currency.clone() } else { String::new() };
                vec![Cell::Text(currency), Cell::Number(amount.plain())]
            }
            Self::Ticket(reference, subject) => vec![Cell::Text(reference.clone()), Cell::Text(subject.clone())],
        }
    }
}

impl Listed {
    /// `title`: read to whoever doesn't see it.
    pub(super) fn table(&self, lang: Lang, title: &'static str) -> AnyView {
        if self.rows.is_empty() {
            return view! { <p class="desk-empty">{self.nothing}</p> }.into_any();
        }
        let amount = lang.desk_reports().amount;
        let heads = self.columns.iter().map(|name| view! { <th scope="col" class=(*name == amount).then_some("row-amount")>{*name}</th> });
        let cells = |row: &Vec<Shown>| row.iter().zip(&self.columns).map(|(shown, name)| shown.cell(lang, name)).collect_view();
        let rows = self.rows.iter().map(|row| view! { <tr>{cells(row)}</tr> });
        view! {
            <div class="report-scroll" role="group" tabindex="0" aria-label=title>
                <table class="sale-rows">
                    <thead><tr>{heads.collect_view()}</tr></thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    }

    /// `with_head`: the names of the columns come first.
    pub(super) fn write(&self, lang: Lang, with_head: bool, csv: &mut Csv) {
        let words = lang.desk_reports();
        if with_head {
            let names = self.columns.iter().flat_map(|name| match *name {
                name if name == words.amount => vec![words.currency, name],
                name if name == words.tickets.name => vec![words.reference, name],
                name => vec![name],
            });
            csv.row(names.map(Cell::text));
        }
        for row in &self.rows {
            csv.row(row.iter().flat_map(Shown::cells));
        }
    }
}

/// On a narrow page it stands below the others, behind the name of its column; nothing where there is nothing.
fn more(name: &'static str, text: Option<String>) -> AnyView {
    view! { <td class="row-more" data-name=name dir="auto">{text}</td> }.into_any()
}
