//! What stands behind a number, page by page.

use std::collections::BTreeSet;

use ajuda::error::ServiceError;
use ajuda::orders::figures::{Ask, Rows, SupportKind};
use jiff::civil::date;

use super::figures::stage;
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
