//! Rows before they become a page or a file: so both have the same.

use jiff::civil::Date;
use leptos::prelude::*;

use crate::desk::orders::reports::csv::{Cell, Csv};
use crate::desk::orders::reports::model::Value;
use crate::i18n::Lang;

/// What stands in a row.
#[derive(Clone)]
pub(super) enum Shown {
    Text(String),
    Date(Option<Date>),
    Code(String),
    /// In a file its currency stands before it.
    Amount(Value),
    /// A ticket's subject, by its reference.
    Ticket(String, String),
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
    fn cell(&self, lang: Lang) -> AnyView {
        match self {
            Self::Text(text) => view! { <td dir="auto">{text.clone()}</td> }.into_any(),
            Self::Date(date) => view! { <td class="row-date">{date.map(|date| lang.short_date(date))}</td> }.into_any(),
            Self::Code(code) => view! { <td><code>{code.clone()}</code></td> }.into_any(),
            Self::Amount(amount) => view! { <td class="row-amount">{amount.told(lang)}</td> }.into_any(),
            Self::Ticket(reference, subject) => {
                view! { <td><a href=format!("/desk/tickets/{reference}") dir="auto">{subject.clone()}</a></td> }.into_any()
            }
        }
    }

    fn cells(&self) -> Vec<Cell> {
        match self {
            Self::Text(text) | Self::Code(text) => vec![Cell::Text(text.clone())],
            Self::Date(date) => vec![Cell::Text(date.map(|date| date.to_string()).unwrap_or_default())],
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
        let rows = self.rows.iter().map(|row| view! { <tr>{row.iter().map(|shown| shown.cell(lang)).collect_view()}</tr> });
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
