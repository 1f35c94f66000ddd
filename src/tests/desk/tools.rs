//! What is put right of a ticket, tickets that staff open for customers, and customers who only say thanks.

use ajuda::events::{Actor, Kind};
use ajuda::intake::Reader;
use ajuda::tickets::Right;
use ajuda::tickets::model::{Channel, Proof, Reference, Status, Transition};

use super::writing::{ANSWER_MAILS, Desk};
use crate::files::{post, wide_png};
use crate::support::{Acts, Engine, engines, said};

#[tokio::test]
async fn reason_and_language_are_put_right_and_the_history_says_so() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let library = desk.visitor.app.content.library();
        let reason = library.reasons.last().expect("reasons").id.clone();
        let fields = [("reason", reason.as_str()), ("lang", "es")];
        desk.ana.post(&format!("{}/correct", desk.path()), &fields).await.assert_status(303);
        let ticket = desk.visitor.app.tickets.read().find(&desk.reference).await.expect("a ticket");
        assert_eq!((ticket.reason.as_deref(), ticket.lang.code()), (Some(reason.as_str()), "es"));
        desk.ana.post(&format!("{}/correct", desk.path()), &fields).await.assert_status(303);
        let events = desk.visitor.app.events.of_ticket(&ticket.key.id).await.expect("events");
        assert_eq!(events.iter().filter(|event| event.kind == Kind::Corrected).count(), 1, "what is so already is no event");
        let page = desk.ana.get(&desk.path()).await;
        assert!(page.texts_of(".happened").iter().any(|line| line.contains("Español")));
        for odd in ["nope", "", "\0", "'"] {
            desk.ana.post(&format!("{}/correct", desk.path()), &[("reason", odd), ("lang", odd)]).await.assert_status(303);
        }
        let ticket = desk.visitor.app.tickets.read().find(&desk.reference).await.expect("a ticket");
        assert_eq!((ticket.reason.as_deref(), ticket.lang.code()), (Some(reason.as_str()), "es"));
    }
}

#[tokio::test]
async fn another_address_needs_the_customers_word_and_the_old_one_is_told_nothing_more() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let correct = |fields: Vec<(&'static str, &'static str)>| {
            let desk = &desk;
            async move { desk.ana.post(&format!("{}/correct", desk.path()), &fields).await.assert_status(303).header("location").to_owned() }
        };
        let tickets = &desk.visitor.app.tickets;
        let before = tickets.read().find(&desk.reference).await.expect("a ticket");
        assert!(correct(vec![("email", "nova@example.com")]).await.contains("bad_correction"), "nobody said that the customer wants it");
        assert!(correct(vec![("email", "nova@"), ("consent", "on")]).await.contains("bad_correction"));
        assert_eq!(tickets.read().find(&desk.reference).await.expect("a ticket").email, before.email);
        correct(vec![("email", "nova@example.com"), ("consent", "on")]).await;
        let after = tickets.read().find(&desk.reference).await.expect("a ticket");
        assert_eq!((after.email.as_str(), after.proof), ("nova@example.com", Proof::None));
        assert!(after.key.generation > before.key.generation, "links made before are void");
        let events = desk.visitor.app.events.of_ticket(&after.key.id).await.expect("events");
        let event = events.iter().find(|event| event.kind == Kind::AddressCorrected).expect("an event");
        assert!(event.data["consent"].as_bool() == Some(true) && !format!("{event:?}").contains("nova@"));
        desk.reply(&desk.ana, "Oi.", "send").await.assert_status(303);
        desk.release().await;
        while let Some(owed) = desk.visitor.app.outbox.claim().await.expect("a database") {
            let facts = tickets.read().mail_facts(&owed.mail).await.expect("a database").expect("facts");
            assert_eq!(facts.email, "nova@example.com");
        }
    }
}

#[tokio::test]
async fn who_called_gets_a_ticket_that_nobody_judges_and_whoever_opened_it_has_it() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        desk.ana.get("/desk/tickets/new").await.assert_status(200);
        let fields = [
            ("name", "Bia Souza"),
            ("email", "bia@example.com"),
            ("lang", "es"),
            ("by", "phone"),
            ("reason", "other"),
            ("subject", "Llamó por su compra"),
        ];
        let refused = post(&desk.ana, "/desk/tickets/new", &fields, &[("tela.png", &wide_png())]).await;
        refused.assert_status(422);
        assert_eq!(refused.attributes("#email", "value"), ["bia@example.com"]);
        assert_eq!(refused.texts_of(".said-files .file-name"), ["tela.png"], "its file waits");
        let reason = desk.visitor.app.content.library().reasons[0].id.clone();
        let fields = [
            ("name", "Bia Souza"),
            ("email", "bia@example.com"),
            ("lang", "es"),
            ("by", "phone"),
            ("reason", reason.as_str()),
            ("subject", "Llamó por su compra"),
            ("message", "Dice que la compra no aparece en su cuenta."),
            ("confirms", "on"),
        ];
        let opened = post(&desk.ana, "/desk/tickets/new", &fields, &[]).await;
        let path = opened.assert_status(303).header("location").to_owned();
        let reference = path.trim_start_matches("/desk/tickets/").split('?').next().and_then(Reference::parse).expect("a reference");
        let (ticket, messages) = desk.visitor.app.tickets.read().for_staff(&reference).await.expect("a ticket");
        assert_eq!((ticket.lang.code(), ticket.quarantine, ticket.proof), ("es", None, Proof::None));
        assert_eq!((messages[0].channel, ticket.assignee.is_some()), (Channel::Phone, true));
        assert_eq!(desk.number("SELECT COUNT(*) FROM outbox WHERE template = 'confirmation'").await, 2);
        desk.visitor.stranger().get("/desk/tickets/new").await.assert_status(303);
    }
}

#[tokio::test]
async fn only_thanks_leaves_a_ticket_solved_and_any_doubt_opens_it() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let tickets = &desk.visitor.app.tickets;
        desk.reply(&desk.ana, "Pronto.", "send").await.assert_status(303);
        desk.release().await;
        tickets.transition(&desk.reference, Transition::Solved, &Actor::Console).await.expect("solved");
        let (key, reader) =
            (tickets.read().find(&desk.reference).await.expect("a ticket").key, Reader { right: Right::Mailbox, proof: Proof::MailboxLink });
        desk.visitor.app.reply(&key.reference, reader, said("Muito obrigada, Ana! Deu certo :)")).await.expect("a reply");
        let (ticket, messages) = tickets.read().for_staff(&desk.reference).await.expect("a ticket");
        assert_eq!((ticket.status, messages.len(), ticket.due_at), (Status::Solved, 3, None));
        let page = desk.ana.get(&desk.path()).await;
        assert!(page.texts_of(".happened").iter().any(|line| line.contains("agradeceu") || line.contains("thanks")));
        assert!(!page.attributes("[data-key=e]", "data-key").is_empty(), "one key reopens it");
        assert_eq!(desk.number(ANSWER_MAILS).await, 1);
        desk.visitor.app.reply(&key.reference, reader, said("Obrigada! Mas quando cai o dinheiro?")).await.expect("a reply");
        let ticket = tickets.read().find(&desk.reference).await.expect("a ticket");
        assert!(ticket.status == Status::Open && ticket.due_at.is_some());
    }
}

#[tokio::test]
async fn a_ticket_is_put_off_to_a_date_and_not_to_one_that_is_none() {
    let desk = Desk::new(&Engine::Sqlite).await;
    let snooze = async |at: &str| {
        let reply = desk.ana.post(&format!("{}/snooze", desk.path()), &[("until", "at"), ("at", at)]).await;
        reply.assert_status(303).header("location").to_owned()
    };
    for wrong in ["", "2001-01-01T09:00", "2999-01-01T09:00", "x", "\0"] {
        assert!(snooze(wrong).await.contains("bad_date"), "{wrong}");
    }
    let next_month = desk.visitor.app.clock.now().plus(30 * ajuda::clock::Micros::DAY);
    let typed = next_month.timestamp().to_zoned(desk.visitor.app.site.time_zone.clone()).strftime("%Y-%m-%dT%H:%M").to_string();
    assert!(snooze(&typed).await.contains("changed"));
    let until = desk.visitor.app.tickets.read().find(&desk.reference).await.expect("a ticket").snoozed_until.expect("a moment");
    assert!((until.0 - next_month.0).abs() < 60_000_000);
}

#[tokio::test]
async fn what_a_customer_searched_and_read_is_shown_where_they_sent_it() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let article = desk.visitor.app.content.library().articles.values().next().expect("an article").clone();
        let lines = format!("searched reembolso </li><script>\nread {}\nread gone/for/good\nnonsense", article.id.as_str());
        let open = |fields: Vec<(&'static str, String)>| {
            let customer = desk.visitor.stranger();
            async move {
                let typed: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
                let sent = customer.post("/pt/contact", &crate::visitor::form_with(&typed)).await;
                sent.assert_status(303).header("location").trim_end_matches("/sent").rsplit('/').next().expect("a reference").to_owned()
            }
        };
        let with = open(vec![("subject", "Com caminho".into()), ("visits", lines)]).await;
        let page = desk.ana.get(&format!("/desk/tickets/{with}")).await;
        let shown = page.texts_of("[aria-labelledby=visits] li");
        assert_eq!(shown.len(), 3, "{shown:?}");
        assert_eq!(shown[0], "Busca: reembolso </li><script>");
        assert!(shown[1].starts_with("Artigo: ") && shown[2] == "Artigo: gone/for/good", "{shown:?}");
        let links = page.attributes("[aria-labelledby=visits] a", "href");
        assert_eq!(links, [article.urls[ajuda::i18n::Lang::Pt].clone()]);
        let without = open(vec![("subject", "Sem caminho".into())]).await;
        let page = desk.ana.get(&format!("/desk/tickets/{without}")).await;
        assert!(page.text_of("[aria-labelledby=visits]").is_none());
    }
}

#[tokio::test]
async fn a_form_that_comes_back_keeps_the_box_as_it_was() {
    let visitor = crate::visitor::Visitor::new(&Engine::Sqlite).await;
    let box_of = |fields: Vec<(&'static str, &'static str)>| {
        let visitor = &visitor;
        async move {
            let page = visitor.post("/pt/contact", &crate::visitor::form_with(&fields)).await;
            page.assert_status(422);
            (page.attributes(".visits input", "value"), page.attributes(".visits input[checked]", "name").len())
        }
    };
    assert_eq!(box_of(vec![("email", ""), ("visits", "searched a\nread b")]).await, (vec!["searched a\nread b".to_owned()], 1));
    assert_eq!(box_of(vec![("email", "")]).await.1, 0, "nobody ticked it");
}
