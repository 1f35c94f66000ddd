//! What is promised for a first answer, and what becomes of it when staff change the urgency.

use ajuda::clock::Micros;
use ajuda::config::Config;
use ajuda::tickets::console::{self, act};
use ajuda::tickets::model::{Draft, Event, Message, Reference, Urgency};

use crate::support::{Engine, HOME, MONDAY, Stage, draft, engines, said};
use crate::visitor::{GOOD_FORM, Visitor};

fn promises(config: &mut Config, text: &str) {
    config.promise = toml::from_str(text).expect("a promise");
}

/// A message that says nothing about how pressing it is.
fn question(email: &str) -> Draft {
    Draft { message: Message::parse("Como mudo o meu e-mail na plataforma?").expect("a message"), ..draft("Uma pergunta", email) }
}

async fn due(stage: &Stage, reference: &Reference) -> (Urgency, Micros) {
    let (ticket, _) = stage.tickets.get_for_staff(reference).await.expect("a ticket");
    (ticket.urgency, ticket.answer_due_at)
}

#[tokio::test]
async fn words_and_reason_decide_how_pressing_a_ticket_is_and_when_it_is_answered() {
    for engine in engines() {
        let targets = "targets = [{ urgency = \"high\", hours = 4 }, { urgency = \"low\", hours = 72 }, { reason = \"charge\", urgency = \"high\", hours = 2 }]";
        let (stage, _folder) = Stage::with(&engine, |config| promises(config, targets)).await;
        stage.know_the_sample();
        let praise = Message::parse("Parabéns pela plataforma, é ótima!").expect("a message");
        for (filed, urgency, hours) in [
            (question("a@example.com"), Urgency::Normal, 24),
            (draft("Cobrança", "b@example.com"), Urgency::High, 4),
            (Draft { reason: Some("charge".into()), ..question("c@example.com") }, Urgency::High, 2),
            (Draft { message: praise.clone(), ..question("d@example.com") }, Urgency::Low, 72),
            (Draft { message: praise, reason: Some("charge".into()), ..question("e@example.com") }, Urgency::High, 2),
            (Draft { reason: None, ..question("f@example.com") }, Urgency::Normal, 24),
        ] {
            let filed = stage.tickets.file(&filed, HOME).await.expect("a ticket");
            assert_eq!(due(&stage, &filed.key.reference).await, (urgency, MONDAY.plus(hours * Micros::HOUR)), "{hours}");
            assert_eq!(filed.answer_due_at, MONDAY.plus(hours * Micros::HOUR), "the sent page shows the same moment");
        }
    }
}

#[tokio::test]
async fn a_promise_is_brought_forward_and_never_taken_back() {
    for engine in engines() {
        let (stage, _folder) =
            Stage::with(&engine, |config| promises(config, "targets = [{ urgency = \"high\", hours = 4 }, { urgency = \"low\", hours = 72 }]")).await;
        let tickets = &stage.tickets;
        let reference = tickets.file(&question("maria@example.com"), HOME).await.expect("a ticket").key.reference;

        let told = act::urgency(tickets, &reference, Urgency::Low).await.expect("an urgency");
        assert!(told.contains("stays promised for 2026-11-24 09:00"), "{told}");
        assert_eq!(due(&stage, &reference).await, (Urgency::Low, MONDAY.plus(24 * Micros::HOUR)));

        stage.clock.advance(Micros::HOUR);
        let told = act::urgency(tickets, &reference, Urgency::High).await.expect("an urgency");
        assert!(told.contains("due earlier now: 2026-11-23 13:00"), "{told}");
        assert_eq!(due(&stage, &reference).await, (Urgency::High, MONDAY.plus(4 * Micros::HOUR)));
        act::urgency(tickets, &reference, Urgency::Normal).await.expect("an urgency");
        assert_eq!(due(&stage, &reference).await, (Urgency::Normal, MONDAY.plus(4 * Micros::HOUR)), "it was promised");
        assert!(console::show(tickets, &reference).await.expect("a ticket").contains("2026-11-23 13:00"));

        tickets.answer(&reference, &said("Em configurações.")).await.expect("an answer");
        let told = act::urgency(tickets, &reference, Urgency::High).await.expect("an urgency");
        assert!(told.contains("answered already"), "{told}");
        assert_eq!(due(&stage, &reference).await, (Urgency::High, MONDAY.plus(4 * Micros::HOUR)));
    }
}

#[tokio::test]
async fn hours_that_are_over_when_staff_raise_the_urgency_are_counted_from_now() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| promises(config, "targets = [{ urgency = \"high\", hours = 4 }]")).await;
        let reference = stage.tickets.file(&question("maria@example.com"), HOME).await.expect("a ticket").key.reference;
        stage.clock.advance(10 * Micros::HOUR);
        act::urgency(&stage.tickets, &reference, Urgency::High).await.expect("an urgency");
        assert_eq!(due(&stage, &reference).await.1, MONDAY.plus(14 * Micros::HOUR), "nobody is late by a decision");
        stage.clock.advance(20 * Micros::HOUR);
        act::urgency(&stage.tickets, &reference, Urgency::High).await.expect("an urgency");
        assert_eq!(due(&stage, &reference).await.1, MONDAY.plus(14 * Micros::HOUR), "and what is late stays late");
    }
}

#[tokio::test]
async fn pages_articles_and_mails_say_what_is_configured_and_are_the_same_for_everybody() {
    let engine = Engine::Sqlite;
    let office =
        "first_answer_hours = 8\nopens = \"09:00\"\ncloses = \"18:00\"\nholidays = [\"2026-11-24\"]\ntargets = [{ urgency = \"low\", hours = 16 }]";
    let visitor = Visitor::with(&engine, |config| promises(config, office)).await;
    let promise = "within 16 business hours on business days, from 9:00 am to 6:00 pm (Brasília time)";
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
    assert!(page.contains("segunda-feira, 23 de novembro de 2026, às 17h (horário de Brasília)"), "{page}");
    assert!(page.contains("em até 16 horas de atendimento, em dias úteis, das 9h às 18h (horário de Brasília)."), "{page}");
    visitor.app.clock.advance(9 * Micros::HOUR);
    let page = visitor.get(&sent.header("location").replace("/sent", "")).await.text();
    assert!(page.contains("nossa resposta está atrasada"), "{page}");
    let reference = sent.header("location").split('/').nth(3).and_then(Reference::parse).expect("a reference");
    visitor.app.tickets.happens(&reference, Event::TakenUp).await.expect("a move");
    let path = sent.header("location").replace("/sent", "");
    assert!(visitor.get(&path).await.text().contains("nossa resposta está atrasada"), "to look at it is no answer");
    visitor.app.tickets.answer(&reference, &said("Já liberamos o seu acesso.")).await.expect("an answer");
    assert!(!visitor.get(&path).await.text().contains("nossa resposta está atrasada"));
}
