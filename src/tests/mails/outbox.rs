//! The outbox and its worker: each email belongs to one worker, waits longer each time, and is never lost.

use crate::support::Acts;
use std::collections::HashSet;
use std::path::Path;
use std::time::Duration;

use ajuda::clock::Micros;
use ajuda::mail::MailCounts;
use ajuda::tickets::model::Reference;

use super::running;
use crate::support::{HOME, MONDAY, Stage, draft, engines};

#[tokio::test(flavor = "multi_thread")]
async fn eight_workers_never_get_the_same_email_and_together_get_all() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| config.limits.tickets_per_network_per_hour = 1000).await;
        for number in 0..40 {
            stage.file(&draft("Uma mensagem", &format!("a{number}@example.com")), HOME).await.expect("a ticket");
        }
        let other = stage.another();
        let workers = (0..8).map(|number| {
            let outbox = if number % 2 == 0 { stage.outbox.clone() } else { other.outbox.clone() };
            tokio::spawn(async move {
                let mut claimed = Vec::new();
                // Two that reach for the same email: one of them goes away empty-handed and has to look again.
                let mut empty = 0;
                while empty < 20 {
                    match outbox.claim().await.expect("a claim") {
                        Some(owed) => claimed.push(owed.id),
                        None => empty += 1,
                    }
                }
                claimed
            })
        });
        let mut claimed = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            claimed.extend(worker.await.expect("a worker"));
        }
        assert_eq!(claimed.len(), 40);
        assert_eq!(claimed.iter().collect::<HashSet<_>>().len(), 40);
    }
}

#[tokio::test]
async fn an_email_of_a_worker_that_died_is_taken_over_and_the_dead_one_has_no_say_any_more() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        stage.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
        let died = stage.outbox.claim().await.expect("a claim").expect("an email");
        assert_eq!(stage.outbox.claim().await.expect("a claim"), None);
        stage.clock.advance(5 * Micros::MINUTE);
        let taken_over = stage.outbox.claim().await.expect("a claim").expect("the same email");
        assert_eq!((&taken_over.id, taken_over.attempt), (&died.id, 2));
        stage.outbox.give_up(&died, "too late").await.expect("no error");
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 1, failed: 0 });
        stage.outbox.sent(&taken_over).await.expect("a note");
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts::default());
    }
}

#[tokio::test]
async fn pauses_grow_and_an_email_that_never_leaves_is_kept_and_counted() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        stage.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
        let mut pauses = Vec::new();
        for attempt in 1..=10 {
            let owed = stage.outbox.claim().await.expect("a claim").expect("the email is due");
            assert_eq!(owed.attempt, attempt);
            stage.outbox.not_sent(&owed, "the mail server answered 451").await.expect("a note");
            let mut minutes = 0;
            while attempt < 10
                && stage.number("SELECT MIN(due_at) FROM outbox").await > MONDAY.0 + (pauses.iter().sum::<i64>() + minutes) * Micros::MINUTE
            {
                minutes += 1;
            }
            stage.clock.advance(minutes * Micros::MINUTE);
            pauses.push(minutes);
        }
        assert!(pauses[..9].is_sorted() && pauses[..9].iter().all(|minutes| *minutes > 0), "{pauses:?}");
        stage.clock.advance(365 * Micros::DAY);
        assert_eq!(stage.outbox.claim().await.expect("a claim"), None);
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 0, failed: 1 });
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_sends_soon_after_a_ticket_was_filed_and_stops_when_told() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let (sender, stop) = running();
        let worker = tokio::spawn(stage.jobs().run(stop));
        tokio::time::sleep(Duration::from_millis(300)).await;
        stage.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
        let mails = stage.config.data.join("mails");
        let mut waited = 0;
        while mails_in_finished(&mails) == 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
            waited += 1;
            assert!(waited < 60, "an email within three seconds, before the next look-round");
        }
        stage.counts.record(&ajuda::articles::model::ArticleId("a/b/c".into()));
        sender.send(true).expect("a worker");
        tokio::time::timeout(Duration::from_secs(5), worker).await.expect("a stop").expect("no panic");
        assert_eq!(stage.number("SELECT reads FROM reads").await, 1, "reads are written down at the end");
    }
}

fn mails_in_finished(folder: &Path) -> usize {
    std::fs::read_dir(folder)
        .map(|files| files.filter(|file| file.as_ref().is_ok_and(|file| file.path().extension().is_some_and(|end| end == "eml"))).count())
        .unwrap_or(0)
}

#[tokio::test]
async fn an_email_whose_recipient_is_no_longer_configured_is_given_up_and_counted() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| config.support_mail = "team@example.com".into()).await;
        let filed = stage.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
        assert!(Reference::parse(filed.key.reference.as_str()).is_some());
        let mut later = stage.another();
        later.config.support_mail = String::new();
        let (_sender, stop) = running();
        later.jobs().deliver_due(&stop).await.expect("a database");
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 0, failed: 1 });
    }
}
