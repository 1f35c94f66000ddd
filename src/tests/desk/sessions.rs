//! Sessions: how long they last, the list of one's own, and ending them.

use ajuda::clock::Micros;
use ajuda::staff::Role;

use super::{PASSWORD, log_in, logged_in};
use crate::support::engines;
use crate::visitor::Visitor;

#[tokio::test]
async fn a_session_ends_when_it_is_idle_and_at_the_latest_after_its_time() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| {
            config.desk.session_idle_max_minutes = 60;
            config.desk.session_max_hours = 10;
        })
        .await;
        let browser = logged_in(&visitor, "ana@example.com", "Ana", Role::Agent).await;
        for _ in 0..11 {
            visitor.app.clock.advance(50 * Micros::MINUTE);
            browser.get("/desk/me").await.assert_status(200);
        }
        visitor.app.clock.advance(50 * Micros::MINUTE);
        let over = browser.get("/desk/me").await;
        assert_eq!(over.assert_status(303).header("location"), "/desk/log-in?next=%2Fdesk%2Fme&ended=1");
        assert!(browser.get(over.header("location")).await.text_of("main .notice").is_some());
        log_in(&browser, "ana@example.com", PASSWORD).await.assert_status(303);
        visitor.app.clock.advance(60 * Micros::MINUTE);
        assert!(browser.get("/desk/me").await.assert_status(303).header("location").ends_with("ended=1"), "idle");
        // Kept for a week, so that what was typed in it is not lost; then dropped.
        visitor.app.staff.sessions().prune().await.expect("a database");
        assert!(browser.get("/desk/me").await.assert_status(303).header("location").ends_with("ended=1"));
        visitor.app.clock.advance(8 * Micros::DAY);
        visitor.app.staff.sessions().prune().await.expect("a database");
        assert!(!browser.get("/desk/me").await.assert_status(303).header("location").ends_with("ended=1"));
    }
}

#[tokio::test]
async fn ones_own_sessions_are_listed_and_each_can_be_ended() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let browser = logged_in(&visitor, "ana@example.com", "Ana", Role::Agent).await;
        let rui = logged_in(&visitor, "rui@example.com", "Rui", Role::Agent).await;
        let others = [visitor.stranger(), visitor.stranger()];
        for other in &others {
            log_in(other, "ana@example.com", PASSWORD).await.assert_status(303);
        }
        let page = browser.get("/desk/me").await;
        assert_eq!(page.texts_of(".desk-rows > li").len(), 3);
        let ids = page.attributes("button[name=session]", "value");
        assert_eq!(ids.len(), 2, "this one is not ended here");
        // Nobody ends another's.
        rui.post("/desk/me/sessions", &[("session", &ids[0])]).await.assert_status(303);
        assert_eq!(browser.get("/desk/me").await.texts_of(".desk-rows > li").len(), 3);
        browser.post("/desk/me/sessions", &[("session", &ids[0])]).await.assert_status(303);
        let mut open = Vec::new();
        for other in &others {
            open.push(other.get("/desk/me").await);
        }
        assert_eq!(open.iter().filter(|reply| reply.status == 200).count(), 1);
        let ended = open.iter().find(|reply| reply.status == 303).expect("one");
        assert!(!ended.header("location").contains("ended"), "one that was ended is nobody's");
        browser.post("/desk/me/sessions", &[]).await.assert_status(303);
        for other in &others {
            other.get("/desk/me").await.assert_status(303);
        }
        browser.get("/desk/me").await.assert_status(200);
        rui.get("/desk/me").await.assert_status(200);
    }
}
