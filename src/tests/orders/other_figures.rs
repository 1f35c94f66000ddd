//! Figures beside new orders: what went back, subscriptions, payments that failed, and tickets joined with sales.

use std::collections::BTreeSet;

use ajuda::clock::Micros;
use ajuda::orders::figures::{Ask, Dimension, Step, SubscriptionKind, Sums, SupportKind};
use ajuda_hotmart_sandbox::Status;
use jiff::civil::date;
use jiff::tz::TimeZone;

use super::figures::{FAILED, ever, new_orders, stage};
use super::import::read_all;
use super::rows::all_pages;
use crate::support::{Acts, HOME, draft, engines};

#[tokio::test(flavor = "multi_thread")]
async fn refunds_subscriptions_and_failures_are_counted() {
    for engine in engines() {
        let (stage, _folder, hotmart) = stage(&engine, 600).await;
        let figures = stage.orders.figures();
        let refunds = figures.refunds(&ever()).await.expect("a database");
        let totals = hotmart.totals(&TimeZone::UTC);
        let of = |status: &str| i64::try_from(totals.by_status.get(status).map_or(0, |sums| sums.count)).expect("a count");
        let sum = |of: &dyn Fn(&Sums) -> i64| refunds.currencies.iter().map(|currency| of(&currency.total)).sum::<i64>();
        let (refunded, partly) = (sum(&|sums| sums.refunded), sum(&|sums| sums.partly));
        assert_eq!((refunded, partly, sum(&|sums| sums.chargebacks)), (of("REFUNDED"), of("PARTIALLY_REFUNDED"), of("CHARGEBACK")));
        let known: i64 = refunds.currencies.iter().flat_map(|of| &of.days_until).map(|(_, count)| count).sum();
        let unknown: i64 = refunds.currencies.iter().map(|of| of.day_unknown).sum();
        assert!(known > 0 && unknown > 0 && known + unknown == refunded + partly, "{known} {unknown}");
        let failed = figures.failed_payments(&ever()).await.expect("a database");
        let lines: Vec<_> = failed.currencies.iter().flat_map(|of| &of.lines).collect();
        let wanted: i64 = FAILED.iter().map(|status| of(status)).sum();
        assert_eq!(lines.iter().map(|line| line.count).sum::<i64>(), wanted);
        assert!(lines.iter().any(|line| line.refusal.is_some()) && lines.iter().any(|line| line.status == "EXPIRED"));

        let now = Ask::new(date(2011, 1, 1), figures.today());
        let subscriptions = figures.subscriptions(&now).await.expect("a database");
        let active: i64 = subscriptions.currencies.iter().map(|of| of.total.active).sum();
        let standing = |word: &str| i64::try_from(totals.subscriptions.get(word).copied().unwrap_or_default()).expect("a count");
        let trials = stage.number("SELECT COUNT(*) FROM order_subscriptions WHERE is_trial = 1 AND status IN ('ACTIVE', 'DELAYED')").await;
        assert_eq!(active, standing("ACTIVE") + standing("DELAYED") - trials);
        let cancelled: i64 = subscriptions.currencies.iter().map(|of| of.total.cancelled).sum();
        let words = ["CANCELLED_BY_CUSTOMER", "CANCELLED_BY_SELLER", "CANCELLED_BY_ADMIN"];
        assert_eq!(cancelled, words.iter().map(|word| standing(word)).sum::<i64>());
        let kinds = [SubscriptionKind::Active, SubscriptionKind::New, SubscriptionKind::Canceled, SubscriptionKind::WithoutPrice];
        for of in &subscriptions.currencies {
            let wanted = [of.total.active, of.total.new, of.total.cancelled, of.total.without_price];
            for (kind, wanted) in kinds.into_iter().zip(wanted) {
                let page = async |after: Option<String>| figures.subscription_rows(&now, kind, Some(&of.currency), after.as_deref()).await;
                let rows = all_pages(page).await;
                let codes: BTreeSet<&str> = rows.iter().map(|row| row.code.as_str()).collect();
                assert_eq!((codes.len(), rows.len()), (wanted as usize, wanted as usize), "{kind:?} {}", of.currency);
                assert!(rows.windows(2).all(|pair| pair[0].began >= pair[1].began));
            }
        }
        for of in &subscriptions.currencies {
            let mut total = 0;
            for line in &of.plans {
                total += line.standing.mrr;
                assert!(line.standing.active == 0 || line.standing.mrr > 0, "{line:?}");
            }
            assert_eq!(of.total.mrr, total);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn tickets_are_joined_with_what_their_customers_bought() {
    for engine in engines() {
        let (stage, _folder, hotmart) = stage(&engine, 200).await;
        let newest = "FROM orders WHERE status = 'APPROVED' AND buyer_email IS NOT NULL ORDER BY ordered_at DESC LIMIT 1";
        let (code, email) = (stage.text(&format!("SELECT code {newest}")).await, stage.text(&format!("SELECT buyer_email {newest}")).await);
        let product = stage.text(&format!("SELECT product {newest}")).await;
        let visits = ajuda::tickets::model::Visits::parse("searched reembolso\nread refunds/how-to");
        let mut by_address = draft("Quero meu dinheiro", &email);
        by_address.visits = visits;
        stage.file(&by_address, HOME).await.expect("filed");
        let mut by_code = draft("Outra coisa", "alguem@example.net");
        by_code.code = Some(ajuda::values::TransactionCode::parse(&code, None).expect("a code"));
        by_code.reason = Some("access".into());
        stage.file(&by_code, HOME).await.expect("filed");
        stage.file(&draft("Uma pergunta", "ninguem@example.net"), HOME).await.expect("filed");
        stage.clock.advance(2 * Micros::DAY);
        assert!(hotmart.set_status(&code, Status::Refunded));
        read_all(&stage).await;

        let figures = stage.orders.figures();
        let ask = Ask::new(date(2026, 11, 1), date(2026, 11, 30));
        let joined = figures.with_support(&ask).await.expect("a database");
        assert_eq!((joined.tickets, joined.matched, joined.refunds_after, joined.refunds_after_with_visits), (3, 2, 1, 1), "{joined:?}");
        assert_eq!(joined.read_before, [("refunds/how-to".to_owned(), 1)]);
        for (kind, wanted) in [(SupportKind::Tickets, 3), (SupportKind::Matched, 2), (SupportKind::RefundsAfter, 1), (SupportKind::ReadFirst, 1)] {
            let rows = figures.support_rows(&ask, kind, None).await.expect("a database").rows;
            assert_eq!(rows.len(), wanted, "{kind:?}");
            let is_refund = matches!(kind, SupportKind::RefundsAfter | SupportKind::ReadFirst);
            assert!(!is_refund || rows[0].code.as_ref() == Some(&code), "{rows:?}");
            assert!(kind != SupportKind::ReadFirst || rows[0].subject == "Quero meu dinheiro", "{rows:?}");
            assert!(kind == SupportKind::Tickets || rows.iter().all(|row| row.product.is_some() || kind == SupportKind::ReadFirst), "{rows:?}");
        }
        let line = joined.products.iter().find(|line| line.product == product).expect("a line");
        assert_eq!((line.tickets, line.refunds_after), (2, 1));
        assert_eq!(line.reasons, [("access".to_owned(), 1), ("payment".to_owned(), 1)]);
        let sold = |of: &ajuda::orders::figures::InCurrency| {
            of.by(Dimension::Product).iter().find(|line| line.value == product).map(|line| line.part.new.orders)
        };
        let orders: i64 = new_orders(&stage, &ask).await.currencies.iter().filter_map(sold).sum();
        assert!(line.name.is_some() && line.orders == orders && line.per_100_orders().is_some() == (orders > 0), "{line:?}");
        assert!(joined.products.iter().any(|line| line.orders > 0));
        let earlier = figures.with_support(&Ask::new(date(2026, 10, 1), date(2026, 10, 31))).await.expect("a database");
        assert_eq!((earlier.tickets, earlier.refunds_after), (0, 0));

        let email = ajuda::values::Email::parse(&email).expect("an address");
        let path = figures.path(&email).await.expect("a database");
        assert!(path.windows(2).all(|pair| pair[0].0 <= pair[1].0));
        assert!(matches!(&path.last().expect("a step").1, Step::Ticket(ticket) if ticket.subject == "Quero meu dinheiro"), "{path:?}");
        assert!(path.iter().any(|(_, step)| matches!(step, Step::Order(order) if order.code == code)));
    }
}
