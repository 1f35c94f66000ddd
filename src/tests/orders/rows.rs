//! What stands behind a number, page by page.

use std::collections::BTreeSet;

use ajuda::error::ServiceError;
use ajuda::orders::figures::{Ask, Part, RowKind, Rows, Sums, SupportKind};
use jiff::civil::date;

use super::figures::{ever, new_orders, stage};
use crate::support::{Acts, HOME, draft, engines};

#[tokio::test(flavor = "multi_thread")]
async fn tickets_behind_a_number_come_page_by_page() {
    for engine in engines() {
        let (stage, _folder, _hotmart) = stage(&engine, 60).await;
        let newest = "SELECT buyer_email FROM orders WHERE status = 'APPROVED' AND buyer_email IS NOT NULL ORDER BY ordered_at DESC LIMIT 1";
        let email = stage.text(newest).await;
        for of in [email.as_str(), "pessoa@example.net"] {
            stage.file(&draft("Assunto", of), HOME).await.expect("filed");
        }
        // Six at a moment, so that a page ends between those of one.
        let copies = "INSERT INTO tickets (id, reference, version, created_at, updated_at, status, channel, proof, customer, address, name, lang,
                subject, priority, generation)
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 59)
            SELECT tickets.id || i, tickets.reference || i, 1, created_at + i / 3 * 60000000, updated_at, 'new', channel, proof, customer, address, name,
                lang, tickets.id || i, priority, 1 FROM n, tickets";
        let mut write = stage.db.begin().await.expect("a database");
        sqlx::query(copies).execute(&mut *write).await.expect("copies");
        write.commit().await.expect("a commit");
        let (figures, ask) = (stage.orders.figures(), Ask::new(date(2026, 11, 1), date(2026, 11, 30)));
        for (kind, wanted) in [(SupportKind::Tickets, 120), (SupportKind::Matched, 60)] {
            let rows = all_pages(async |after: Option<String>| figures.support_rows(&ask, kind, after.as_deref()).await).await;
            let references: BTreeSet<&str> = rows.iter().map(|row| row.reference.as_str()).collect();
            assert_eq!((references.len(), rows.len()), (wanted, wanted), "{kind:?}");
            assert!(rows.windows(2).all(|pair| pair[0].created >= pair[1].created));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_number_leads_to_its_rows() {
    for engine in engines() {
        let (stage, _folder, _hotmart) = stage(&engine, 300).await;
        let figures = stage.orders.figures();
        let all = new_orders(&stage, &ever()).await;
        let count = |of: &dyn Fn(&Part) -> i64| all.currencies.iter().map(|currency| of(&currency.total)).sum::<i64>();
        let paid = |part: &Part, of: &dyn Fn(&Sums) -> i64| of(&part.new) + of(&part.renewals);
        let wanted = [
            (RowKind::Paid, count(&|part| paid(part, &|sums| sums.orders))),
            (RowKind::New, count(&|part| part.new.orders)),
            (RowKind::OneTime, count(&|part| part.new.one_time())),
            (RowKind::First, count(&|part| part.new.first)),
            (RowKind::Renewal, count(&|part| part.renewals.orders)),
            (RowKind::Failed, count(&|part| part.failed.orders)),
            (RowKind::Refunded, count(&|part| paid(part, &|sums| sums.refunded + sums.partly))),
            (RowKind::Chargeback, count(&|part| paid(part, &|sums| sums.chargebacks))),
        ];
        for (kind, wanted) in wanted {
            let rows = all_pages(async |after: Option<String>| figures.rows(&ever(), kind, None, after.as_deref()).await).await;
            assert!(rows.windows(2).all(|pair| pair[0].day >= pair[1].day));
            let seen: BTreeSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
            assert_eq!(i64::try_from(seen.len()).expect("a count"), wanted, "{kind:?}");
            assert!(wanted > 0, "{kind:?}");
        }
        let first = figures.rows(&ever(), RowKind::New, None, None).await.expect("a database");
        for odd in ["", "x", "zz", "00", "0a0a"] {
            assert_eq!(figures.rows(&ever(), RowKind::New, None, Some(odd)).await.expect("a database"), first, "{odd:?}");
        }
        let currency = &all.currencies[1].currency;
        let own = figures.rows(&ever(), RowKind::New, Some(currency), None).await.expect("a database");
        assert!(own.rows.iter().all(|row| row.price.as_ref().is_some_and(|price| price.currency == *currency)) && !own.rows.is_empty());
        assert!(figures.rows(&ever(), RowKind::New, Some("'\0"), None).await.expect("a database").rows.is_empty());
    }
}

/// All rows, page by page.
pub(super) async fn all_pages<T>(read: impl AsyncFn(Option<String>) -> Result<Rows<T>, ServiceError>) -> Vec<T> {
    let (mut all, mut after) = (Vec::new(), None);
    loop {
        let page = read(after.take()).await.expect("a database");
        all.extend(page.rows);
        match page.next {
            Some(next) => after = Some(next),
            None => return all,
        }
    }
}
