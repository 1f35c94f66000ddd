//! Tickets, and refunds after them.

use super::listed::{Listed, Shown};
use crate::articles::model::Library;
use crate::desk::orders::reports::lines;
use crate::i18n::Lang;
use crate::orders::figures::{Rows, SupportKind, SupportRow};

pub(super) fn name(lang: Lang, of: SupportKind) -> &'static str {
    let words = lang.desk_reports();
    match of {
        SupportKind::Tickets => words.tickets.name,
        SupportKind::Matched => words.matched.name,
        SupportKind::RefundsAfter => words.refunds_after.name,
        SupportKind::ReadFirst => words.read_first.name,
    }
}

pub(super) fn listed(lang: Lang, library: &Library, kind: SupportKind, of: Rows<SupportRow>) -> Listed {
    let words = lang.desk_reports();
    // All tickets of the period are looked up with no sale.
    let has_product = kind != SupportKind::Tickets;
    let row = |row: SupportRow| {
        let mut shown = vec![
            Shown::Date(Some(row.created)),
            Shown::Ticket(row.reference, row.subject),
            Shown::State(row.reason.map(|reason| lines::reason(lang, library, &reason)).unwrap_or_default()),
            Shown::Code(row.code.unwrap_or_default()),
        ];
        shown.extend(has_product.then(|| Shown::Who(row.product.unwrap_or_default())));
        shown
    };
    let mut columns = vec![words.date, words.tickets.name, words.reason, words.code];
    columns.extend(has_product.then_some(words.product));
    Listed { columns, rows: of.rows.into_iter().map(row).collect(), nothing: words.no_support_rows, next: of.next }
}
