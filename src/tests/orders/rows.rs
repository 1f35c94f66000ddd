//! What stands behind a number, page by page.

use std::collections::BTreeSet;

use ajuda::clock::Micros;
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
        for number in 0..120 {
            // Three at a moment, so that a page ends between those of one.
            if number % 3 == 0 {
                stage.clock.advance(Micros::MINUTE);
            }
            let of = if number % 2 == 0 { email.clone() } else { format!("pessoa{number}@example.net") };
            stage.file(&draft(&format!("Assunto {number}"), &of), HOME).await.expect("filed");
        }
        let (figures, ask) = (stage.orders.figures(), Ask::new(date(2026, 11, 1), date(2026, 11, 30)));
        for (kind, wanted) in [(SupportKind::Tickets, 120), (SupportKind::Matched, 60)] {
            let rows = all_pages(async |after: Option<String>| figures.support_rows(&ask, kind, after.as_deref()).await).await;
            let subjects: BTreeSet<&str> = rows.iter().map(|row| row.subject.as_str()).collect();
            assert_eq!((subjects.len(), rows.len()), (wanted, wanted), "{kind:?}");
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
