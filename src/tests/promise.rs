//! What is promised for a first answer, and what becomes of it when staff change the priority.

use crate::support::Acts;
use ajuda::cli::console;
use ajuda::cli::console::act;
use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::intake::Reader;
use ajuda::settings::Config;
use ajuda::tickets::model::MessageBody;
use ajuda::tickets::model::Transition;
use ajuda::tickets::model::{Draft, Priority, Reference};

use crate::support::{Engine, HOME, MONDAY, Stage, draft, engines, said};
use crate::visitor::{GOOD_FORM, Visitor};

fn promises(config: &mut Config, text: &str) {
    config.promise = toml::from_str(text).expect("a promise");
}

/// A message that says nothing about how urgent it is.
fn question(email: &str) -> Draft {
    Draft { message: MessageBody::parse("Como mudo o meu e-mail na plataforma?").expect("a message"), ..draft("Uma pergunta", email) }
}

async fn due(stage: &Stage, reference: &Reference) -> (Priority, Option<Micros>) {
    let (ticket, _) = stage.tickets.read().for_staff(reference).await.expect("a ticket");
    (ticket.priority, ticket.due_at)
}

#[tokio::test]
async fn words_and_reason_decide_how_urgent_a_ticket_is_and_when_it_is_answered() {
    for engine in engines() {
        let targets = "targets = [{ priority = \"high\", hours = 4 }, { priority = \"low\", hours = 72 }, { reason = \"charge\", priority = \"high\", hours = 2 }]";
        let (stage, _folder) = Stage::with(&engine, |config| promises(config, targets)).await;
        stage.know_the_sample();
        let praise = MessageBody::parse("Parabéns pela plataforma, é ótima!").expect("a message");
        for (filed, priority, hours) in [
            (question("a@example.com"), Priority::Normal, 24),
            (draft("Cobrança", "b@example.com"), Priority::High, 4),
            (Draft { reason: Some("charge".into()), ..question("c@example.com") }, Priority::High, 2),
            (Draft { message: praise.clone(), ..question("d@example.com") }, Priority::Low, 72),
            (Draft { message: praise, reason: Some("charge".into()), ..question("e@example.com") }, Priority::High, 2),
            (Draft { reason: None, ..question("f@example.com") }, Priority::Normal, 24),
        ] {
            let filed = stage.file(&filed, HOME).await.expect("a ticket");
            assert_eq!(due(&stage, &filed.key.reference).await, (priority, Some(MONDAY.plus(hours * Micros::HOUR))), "{hours}");
            assert_eq!(filed.due_at, MONDAY.plus(hours * Micros::HOUR), "the sent page shows the same moment");
        }
    }
}

#[tokio::test]
async fn a_promise_is_brought_forward_and_never_taken_back() {
    for engine in engines() {
        let (stage, _folder) =
            Stage::with(&engine, |config| promises(config, "targets = [{ priority = \"high\", hours = 4 }, { priority = \"low\", hours = 72 }]"))
                .await;
        let rooms = &stage.rooms;
        let reference = rooms.file(&question("maria@example.com"), HOME).await.expect("a ticket").key.reference;

        let told = act::priority(rooms, &reference, &Actor::Console, Priority::Low).await.expect("a priority");
        assert!(told.contains("stays promised for 2026-11-24 09:00"), "{told}");
        assert_eq!(due(&stage, &reference).await, (Priority::Low, Some(MONDAY.plus(24 * Micros::HOUR))));

        stage.clock.advance(Micros::HOUR);
        let told = act::priority(rooms, &reference, &Actor::Console, Priority::High).await.expect("a priority");
        assert!(told.contains("due earlier now: 2026-11-23 13:00"), "{told}");
        assert_eq!(due(&stage, &reference).await, (Priority::High, Some(MONDAY.plus(4 * Micros::HOUR))));
        act::priority(rooms, &reference, &Actor::Console, Priority::Normal).await.expect("a priority");
        assert_eq!(due(&stage, &reference).await, (Priority::Normal, Some(MONDAY.plus(4 * Micros::HOUR))), "it was promised");
        assert!(console::show(rooms, &reference).await.expect("a ticket").contains("2026-11-23 13:00"));

        rooms.answer(&reference, said("Em configurações.")).await.expect("an answer");
        let told = act::priority(rooms, &reference, &Actor::Console, Priority::High).await.expect("a priority");
        assert!(told.contains("No reply is due"), "{told}");
        assert_eq!(due(&stage, &reference).await, (Priority::High, None), "it is the customer's turn");

        stage.clock.advance(Micros::HOUR);
        rooms.reply(&reference, Reader::FILER, said("Não achei.")).await.expect("a reply");
        assert_eq!(due(&stage, &reference).await.1, Some(MONDAY.plus(6 * Micros::HOUR)), "four hours after the customer's turn");
        stage.clock.advance(Micros::HOUR);
        rooms.reply(&reference, Reader::FILER, said("Ainda não achei.")).await.expect("a reply");
        assert_eq!(due(&stage, &reference).await.1, Some(MONDAY.plus(6 * Micros::HOUR)), "another word puts nothing off");
    }
}

#[tokio::test]
async fn hours_that_are_over_when_staff_raise_the_priority_are_counted_from_now() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| promises(config, "targets = [{ priority = \"high\", hours = 4 }]")).await;
        let reference = stage.file(&question("maria@example.com"), HOME).await.expect("a ticket").key.reference;
        stage.clock.advance(10 * Micros::HOUR);
        act::priority(&stage.rooms, &reference, &Actor::Console, Priority::High).await.expect("a priority");
        assert_eq!(due(&stage, &reference).await.1, Some(MONDAY.plus(14 * Micros::HOUR)), "nobody is late by a decision");
        stage.clock.advance(20 * Micros::HOUR);
        act::priority(&stage.rooms, &reference, &Actor::Console, Priority::High).await.expect("a priority");
        assert_eq!(due(&stage, &reference).await.1, Some(MONDAY.plus(14 * Micros::HOUR)), "and what is late stays late");
    }
}

#[tokio::test]
async fn pages_articles_and_emails_say_what_is_configured_and_are_the_same_for_everybody() {
    let engine = Engine::Sqlite;
    let office =
        "first_answer_hours = 8\nopens = \"09:00\"\ncloses = \"18:00\"\nholidays = [\"2026-11-24\"]\ntargets = [{ priority = \"low\", hours = 16 }]";
    let visitor = Visitor::with(&engine, |config| promises(config, office)).await;
    let promise = "within 16 business hours on business days, from 9:00 AM to 6:00 PM (Brasília time)";
    for path in ["/en", "/en/contact", "/en/buyer/account/how-support-works"] {
        let page = visitor.get(path).await;
        page.assert_status(200);
        assert!(page.text().contains(promise), "{path}");
        assert!(!page.text().contains("24 hours"), "{path}");
        assert_eq!(page.bytes, visitor.stranger().get(path).await.bytes, "{path}");
    }
    let sent = visitor.post("/pt/contact", &GOOD_FORM).await;
    sent.assert_status(303);
    // Monday at 09:00 in São Paulo; eight hours later the day is not over.
    let page = visitor.get(sent.header("location")).await.text();
    assert!(page.contains("até hoje, às 17:00"), "{page}");
    assert!(page.contains("em até 16 horas de atendimento, em dias úteis, das 9h às 18h (horário de Brasília)."), "{page}");
    visitor.app.clock.advance(9 * Micros::HOUR);
    let page = visitor.get(&sent.header("location").replace("/sent", "")).await.text();
    assert!(page.contains("nossa resposta está atrasada"), "{page}");
    let reference = sent.header("location").split('/').nth(3).and_then(Reference::parse).expect("a reference");
    visitor.app.tickets.transition(&reference, Transition::Opened, &Actor::Console).await.expect("a move");
    let path = sent.header("location").replace("/sent", "");
    assert!(visitor.get(&path).await.text().contains("nossa resposta está atrasada"), "to look at it is no answer");
    visitor.app.answer(&reference, said("Já liberamos o seu acesso.")).await.expect("an answer");
    assert!(!visitor.get(&path).await.text().contains("nossa resposta está atrasada"));
}
