//! Guessing passwords: waits grow, and nobody else is locked out.

use ajuda::clock::Micros;
use ajuda::staff::Role;

use super::{PASSWORD, log_in_from, member};
use crate::support::engines;
use crate::visitor::Visitor;

async fn desk(engine: &crate::support::Engine) -> Visitor {
    let visitor = Visitor::with(engine, |config| config.trusted_proxies = vec!["0.0.0.0/0".parse().expect("a network")]).await;
    member(&visitor, "ana@example.com", "Ana", Role::Agent).await;
    member(&visitor, "rui@example.com", "Rui", Role::Agent).await;
    visitor
}

#[tokio::test]
async fn five_wrong_tries_wait_longer_and_longer_and_lock_no_colleague_out() {
    for engine in engines() {
        let visitor = desk(&engine).await;
        let try_as = async |address: &str, network: &str, password: &str| log_in_from(&visitor.stranger(), network, address, password).await;
        for address in ["ana@example.com", "ninguem@example.com"] {
            for _ in 0..5 {
                try_as(address, "198.51.100.1", "wrong wrong wrong").await.assert_status(422);
            }
            let waits = try_as(address, "198.51.100.1", PASSWORD).await;
            assert_eq!(waits.assert_status(429).header("retry-after"), "30", "the right one waits too");
        }
        // A colleague behind the same address, and the person from elsewhere.
        try_as("rui@example.com", "198.51.100.1", PASSWORD).await.assert_status(303);
        try_as("ana@example.com", "198.51.100.2", PASSWORD).await.assert_status(303);
        for wait in [60, 120, 240] {
            visitor.app.clock.advance(wait / 2 * Micros::SECOND);
            try_as("ana@example.com", "198.51.100.1", "wrong wrong wrong").await.assert_status(422);
            assert_eq!(try_as("ana@example.com", "198.51.100.1", PASSWORD).await.assert_status(429).header("retry-after"), wait.to_string());
        }
        visitor.app.clock.advance(240 * Micros::SECOND);
        try_as("ana@example.com", "198.51.100.1", PASSWORD).await.assert_status(303);
        // Forgiven: there are five again.
        for _ in 0..5 {
            try_as("ana@example.com", "198.51.100.1", "wrong wrong wrong").await.assert_status(422);
        }
    }
}

#[tokio::test]
async fn guesses_from_many_networks_wait_and_a_known_browser_still_gets_in() {
    for engine in engines() {
        let visitor = desk(&engine).await;
        let own = visitor.stranger();
        log_in_from(&own, "203.0.113.7", "ana@example.com", PASSWORD).await.assert_status(303);
        own.post("/desk/log-out", &[]).await.assert_status(303);
        let mut refused = 0;
        for network in 0..60 {
            let reply = log_in_from(&visitor.stranger(), &format!("198.51.100.{network}"), "ana@example.com", "wrong wrong wrong").await;
            refused += u32::from(reply.status == 429);
        }
        assert_eq!(refused, 10, "fifty tries of a person from everywhere, then it waits");
        log_in_from(&visitor.stranger(), "192.0.2.200", "ana@example.com", PASSWORD).await.assert_status(429);
        log_in_from(&visitor.stranger(), "192.0.2.200", "rui@example.com", PASSWORD).await.assert_status(303);
        log_in_from(&own, "192.0.2.201", "ana@example.com", PASSWORD).await.assert_status(303);
        // Somebody else's mark is worth nothing, nor is one that was made up.
        let thief = visitor.stranger();
        thief.set_cookie(
            "ajuda_desk_known",
            &format!("{}.AAAAAAAAAAAAAAAAAAAAAA", own.cookie("ajuda_desk_known").expect("a mark").split('.').next().expect("an id")),
        );
        log_in_from(&thief, "192.0.2.202", "ana@example.com", PASSWORD).await.assert_status(429);
    }
}

#[tokio::test]
async fn many_guesses_at_the_same_moment_are_no_more_than_one_after_the_other() {
    for engine in engines() {
        let visitor = desk(&engine).await;
        let guesses = (0..20).map(|guess| {
            let visitor = visitor.stranger();
            async move { log_in_from(&visitor, "198.51.100.1", "ana@example.com", &format!("wrong wrong {guess}")).await.status.as_u16() }
        });
        let statuses = futures_util::future::join_all(guesses).await;
        assert_eq!(statuses.iter().filter(|status| **status == 422).count(), 5, "{statuses:?}");
    }
}
