//! Emails that no person wrote: nothing is done with them, and nothing of them is lost.

use ajuda::cli::console;
use ajuda::cli::console::inbound;
use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::intake::inbound::{IntakeOutcome, ReviewReason};
use ajuda::mail::inbound::Program;
use ajuda::tickets::Queue;
use ajuda::tickets::model::Email;

use super::{email, stage, take, ticket};
use crate::support::{Stage, engines};

const REPLIED: &str = "Auto-Submitted: auto-replied\nReturn-Path: <>";

/// Emails whose bytes lie in the data folder.
fn kept_whole(stage: &Stage) -> usize {
    let mut folders = vec![stage.config.data.clone()];
    let mut count = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
            if entry.path().is_dir() {
                folders.push(entry.path());
            } else if entry.file_name().to_string_lossy().starts_with("email-") {
                count += 1;
            }
        }
    }
    count
}

#[tokio::test]
async fn what_was_passed_over_is_listed_for_a_month_and_can_be_accepted() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let raw = email("p1", "Ana <ana@example.com>", "support@example.org", REPLIED, "Não consigo entrar no curso.");
        assert_eq!(take(&stage, raw.clone()).await, IntakeOutcome::PassedOver(Program::AutoReply));
        assert_eq!(take(&stage, raw).await, IntakeOutcome::Known);
        let listed = inbound::list(&stage.rooms, 10).await.expect("a list");
        let [row] = stage.inbound.passed_over(10).await.expect("emails").try_into().expect("one");
        for part in [row.id.as_str(), "ana@example.com", "auto_reply", "Re: Cobrado duas vezes"] {
            assert!(listed.contains(part), "{part}: {listed}");
        }
        assert!(inbound::show(&stage.rooms, &row.id).await.expect("an email").contains("Não consigo entrar no curso."));
        inbound::accept(&stage.rooms, &row.id, &Actor::Console).await.expect("accepted");
        let [ticket] = stage.tickets.read().list(Queue::Newest, 10).await.expect("tickets").try_into().expect("one");
        assert_eq!(ticket.email, "ana@example.com");
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox WHERE template = 'confirmation'").await, 0, "no program is answered");
        assert!(stage.inbound.passed_over(10).await.expect("emails").is_empty());

        take(&stage, email("p2", "mailer-daemon@example.com", "support@example.org", "Return-Path: <>", "x")).await;
        stage.clock.advance(Micros::DAY * 29);
        stage.inbound.prune(None).await.expect("pruned");
        assert_eq!(stage.inbound.passed_over(10).await.expect("emails").len(), 1);
        stage.clock.advance(Micros::DAY * 2);
        stage.inbound.prune(None).await.expect("pruned");
        assert!(stage.inbound.passed_over(10).await.expect("emails").is_empty());
        assert_eq!(kept_whole(&stage), 0, "nor its bytes");
    }
}

#[tokio::test]
async fn beyond_the_limit_the_oldest_are_only_listed() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        for number in 0..4 {
            let raw = email(&format!("p{number}"), "bounce@example.com", "support@example.org", "Return-Path: <>", &"x".repeat(1_000));
            take(&stage, raw).await;
            stage.clock.advance(Micros::SECOND);
        }
        let size = stage.number("SELECT MAX(bytes) FROM inbound_emails").await;
        stage.inbound.make_room(size, size * 3).await.expect("room");
        let emails = stage.inbound.passed_over(10).await.expect("emails");
        assert_eq!(emails.len(), 4);
        for (row, is_whole) in emails.iter().zip([true, true, false, false]) {
            assert_eq!(inbound::show(&stage.rooms, &row.id).await.is_ok(), is_whole);
        }
        assert_eq!(kept_whole(&stage), 2);
    }
}

#[tokio::test]
async fn what_was_passed_over_is_erased_with_its_address() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        take(&stage, email("p1", "ana@example.com", "support@example.org", REPLIED, "Meu segredo")).await;
        take(&stage, email("p2", "bia@example.com", "support@example.org", REPLIED, "Outro")).await;
        let ana = Email::parse("ana@example.com").expect("an address");
        let folder = stage.config.data.join("export");
        console::privacy::export(&stage.rooms, &ana, Some(folder.clone())).await.expect("an export");
        let files: Vec<_> = std::fs::read_dir(folder.join("files")).expect("a folder").map(|file| file.expect("a file").path()).collect();
        assert!(files.len() == 1 && std::fs::read_to_string(&files[0]).expect("an email").contains("Meu segredo"), "{files:?}");
        assert!(!stage.privacy.erase(&ana, &Actor::Console).await.expect("erased").is_nothing());
        let left = stage.inbound.passed_over(10).await.expect("emails");
        assert_eq!(left.iter().map(|row| row.address.as_deref()).collect::<Vec<_>>(), [Some("bia@example.com")]);
        assert_eq!(kept_whole(&stage), 1);
    }
}

#[tokio::test]
async fn several_marks_of_a_program_wait_beside_their_ticket_and_one_is_a_ticket_that_nothing_answers() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        let away = "Auto-Submitted: auto-replied\nX-Auto-Response-Suppress: All";
        let outcome = take(&stage, email("a1", "maria@example.com", &to, away, "Estou de férias")).await;
        assert_eq!(outcome, IntakeOutcome::Review(ReviewReason::Automatic));
        let [row] = stage.inbound.in_review(10).await.expect("emails").try_into().expect("one");
        assert_eq!(row.reference.as_deref(), Some(filed.key.reference.as_str()));
        let confirmed = stage.number("SELECT COUNT(*) FROM outbox WHERE template = 'confirmation'").await;
        for (number, mark) in [
            "X-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply",
            "List-Unsubscribe: <https://news.example.com/out>",
            "Precedence: bulk",
            "Auto-Submitted: auto-generated",
            "Return-Path: <>",
        ]
        .into_iter()
        .enumerate()
        {
            let raw = email(&format!("m{number}"), &format!("p{number}@example.com"), "support@example.org", mark, &format!("Ajuda {number}"));
            assert_eq!(take(&stage, raw).await, IntakeOutcome::Opened, "{mark}");
        }
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox WHERE template = 'confirmation'").await, confirmed);
        let raw = email("n", "n@example.com", "support@example.org", "X-Auto-Response-Suppress: None", "Sem marca nenhuma");
        assert_eq!(take(&stage, raw).await, IntakeOutcome::Opened);
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox WHERE template = 'confirmation'").await, confirmed + 1);
    }
}
