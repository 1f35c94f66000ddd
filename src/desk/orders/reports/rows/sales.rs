//! Sales.

use super::listed::{Listed, Shown};
use crate::desk::orders::reports::model::Value;
use crate::i18n::Lang;
use crate::orders::figures::{RowKind, Rows, SaleRow};

pub(super) fn name(lang: Lang, of: RowKind) -> &'static str {
    let words = lang.desk_reports();
    match of {
        RowKind::Paid => words.paid_orders.name,
        RowKind::New => words.orders.name,
        RowKind::OneTime => words.one_time.name,
        RowKind::First => words.first_payments.name,
        RowKind::Renewal => words.renewals.name,
        RowKind::Failed => words.failed.name,
        RowKind::Refunded => words.refunded.name,
        RowKind::Chargeback => words.chargebacks.name,
    }
}

pub(super) fn listed(lang: Lang, of: Rows<SaleRow>) -> Listed {
    let words = lang.desk_reports();
    let row = |row: SaleRow| {
        let payment = row.payment_type.as_deref().map(|word| lang.way_of_paying(word).unwrap_or(word).to_owned());
        vec![
            Shown::Date(Some(row.day)),
            Shown::Code(row.code.clone()),
            Shown::What(row.product_name.clone().unwrap_or_default()),
            Shown::State(status(lang, &row)),
            Shown::Amount(row.price.clone().map_or(Value::None, Value::Money)),
            Shown::More(payment.unwrap_or_default()),
            Shown::Who(row.buyer_name.unwrap_or_default()),
        ]
    };
    Listed {
        columns: vec![words.date, words.code, words.product, words.status, words.amount, words.payment, words.buyer],
        rows: of.rows.into_iter().map(row).collect(),
        nothing: words.no_rows,
        next: of.next,
    }
}

fn status(lang: Lang, row: &SaleRow) -> String {
    let status = lang.sale_status(&row.status).map_or_else(|| row.status.clone(), str::to_owned);
    match row.refusal.as_deref().filter(|refusal| !refusal.is_empty()) {
        Some(refusal) => format!("{status}: {refusal}"),
        None => status,
    }
}
