//! Emails that wait for staff.

use ajuda::cli::console;
use ajuda::cli::console::inbound;
use ajuda::clock::Micros;
use ajuda::error::ServiceError;
use ajuda::events::Actor;
use ajuda::intake::inbound::{IntakeOutcome, ReviewReason};
use ajuda::tickets::Queue;
use ajuda::tickets::model::{Email, MessageKind};

use super::{BODY, email, stage, take, ticket};
use crate::support::engines;

#[tokio::test]
async fn staff_accept_an_email_into_its_ticket_or_drop_it() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        take(&stage, email("w1", "Marido <joao@example.com>", &to, "", BODY)).await;
        stage.clock.advance(Micros::SECOND);
        take(&stage, email("w2", "eve@evil.example.com", &to, "", "Compre agora")).await;
        let waiting = stage.inbound.in_review(10).await.expect("emails");
        let [one, two] = waiting.as_slice() else { panic!("two emails: {waiting:?}") };
        let listed = inbound::list(&stage.rooms, 10).await.expect("a list");
        assert!(listed.contains(&one.id) && listed.contains("joao@example.com") && listed.contains(filed.key.reference.as_str()), "{listed}");
        assert!(inbound::show(&stage.rooms, &one.id).await.expect("an email").contains("Sim, foi ontem."));

        let told = inbound::accept(&stage.rooms, &one.id, &Actor::Console).await.expect("accepted");
        assert!(told.contains("ticket"), "{told}");
        let (_, messages) = stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket");
        let [_, said, note] = messages.as_slice() else { panic!("three messages: {messages:?}") };
        assert_eq!((said.kind(), said.body.as_str(), note.kind()), (MessageKind::Customer, "Sim, foi ontem.", MessageKind::Note));
        assert!(note.body.contains("joao@example.com"), "{}", note.body);
        let shown = console::show(&stage.rooms, &filed.key.reference).await.expect("a ticket");
        assert!(shown.contains("sender not verified") && shown.contains("> Quando foi?"), "{shown}");

        inbound::drop(&stage.rooms, &two.id, &Actor::Console).await.expect("dropped");
        for id in [one.id.as_str(), &two.id, "", "nonsense"] {
            assert!(matches!(stage.inbound.accept(id, &Actor::Console).await, Err(ServiceError::NotFound)), "{id}");
            assert!(matches!(stage.inbound.drop_email(id, &Actor::Console).await, Err(ServiceError::NotFound)), "{id}");
        }
        assert_eq!(
            take(&stage, email("w2", "eve@evil.example.com", &to, "", "Compre agora")).await,
            IntakeOutcome::Known,
            "what was dropped stays away"
        );
        assert_eq!(stage.number("SELECT COUNT(*) FROM inbound_emails WHERE bytes > 0").await, 0);
        assert_eq!(stage.number("SELECT COUNT(*) FROM messages").await, 3);
    }
}

#[tokio::test]
async fn what_nobody_can_be_answered_to_stays_and_says_why() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        assert_eq!(
            take(&stage, email("w1", "a@example.com, b@example.com", "support@example.org", "", BODY)).await,
            IntakeOutcome::Review(ReviewReason::Nobody)
        );
        assert!(matches!(take(&stage, b"\0".to_vec()).await, IntakeOutcome::Review(ReviewReason::Broken | ReviewReason::Nobody)));
        for row in stage.inbound.in_review(10).await.expect("emails") {
            let refused = inbound::accept(&stage.rooms, &row.id, &Actor::Console).await.expect_err("nobody to answer").to_string();
            assert!(refused.contains("sender"), "{refused}");
        }
        assert_eq!(stage.inbound.count_in_review().await.expect("a number"), 2);
    }
}

#[tokio::test]
async fn of_an_email_that_is_too_large_the_beginning_waits() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        let raw = email("b1", "maria@example.com", &to, "", "Veja o vídeo");
        assert_eq!(stage.inbound.take(raw, false).await.expect("a database"), IntakeOutcome::Review(ReviewReason::TooLarge));
        let row = stage.inbound.in_review(10).await.expect("emails").pop().expect("an email");
        inbound::accept(&stage.rooms, &row.id, &Actor::Console).await.expect("accepted");
        let tickets = stage.tickets.read().list(Queue::Newest, 10).await.expect("tickets");
        let messages = stage.number("SELECT COUNT(*) FROM messages WHERE audience = 'staff'").await;
        assert_eq!((tickets.len(), messages), (1, 1), "in its ticket, with a note: {}", filed.key.reference);
    }
}

#[tokio::test]
async fn with_its_ticket_an_email_goes_too() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (_, to) = ticket(&stage).await;
        take(&stage, email("e1", "maria@example.com", &to, "", BODY)).await;
        let mut write = stage.db.begin().await.expect("a transaction");
        sqlx::query("DELETE FROM tickets").execute(&mut *write).await.expect("no ticket left");
        write.commit().await.expect("a commit");
        assert_eq!(stage.number("SELECT COUNT(*) FROM inbound_emails").await, 0);
    }
}

#[tokio::test]
async fn whose_data_is_erased_loses_their_emails_and_nobody_else_does() {
    for engine in engines() {
        let (stage, folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        take(&stage, email("m1", "maria@example.com", &to, "", BODY)).await;
        take(&stage, email("m2", "Maria <MARIA@example.com>", "support+k7m4qx92p-forged@example.org", "", "Segredo da Maria")).await;
        take(&stage, email("j1", "joao@example.com", &to, "", "Segredo do João")).await;
        let maria = Email::parse("maria@example.com").expect("an address");
        let export = folder.0.path().join("export");
        stage.privacy.export(&maria, &export).await.expect("an export");
        let data = std::fs::read_to_string(export.join("data.json")).expect("data");
        assert!(data.contains("Sim, foi ontem.") && data.contains(".eml") && !data.contains("joao"), "{data}");
        assert_eq!(std::fs::read_dir(export.join("files")).expect("files").count(), 1);

        stage.privacy.erase(&maria, &Actor::Console).await.expect("erased");
        let waiting = stage.inbound.in_review(10).await.expect("emails");
        let [left] = waiting.as_slice() else { panic!("one email: {waiting:?}") };
        assert_eq!((left.address.as_deref(), left.reference.as_deref()), (Some("joao@example.com"), None));
        assert_eq!(stage.number("SELECT COUNT(*) FROM inbound_emails").await, 1);
        assert!(matches!(stage.tickets.read().for_staff(&filed.key.reference).await, Err(ServiceError::NotFound)));
        // What is left counts the other's emails and the network that the form came from.
        assert_eq!(stage.number("SELECT COUNT(*) FROM rate_limits").await, 2);
    }
}
