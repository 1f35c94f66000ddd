//! What staff do to tickets on the command line.

use ajuda::clock::Micros;
use ajuda::tickets::console::act::{self, ActError, Said};
use ajuda::tickets::model::{Draft, Event, Rating, Reference, Status, Urgency};
use ajuda::tickets::{TicketError, console};

use crate::support::{HOME, Stage, draft, engines};

fn text(text: &str) -> Said {
    Said { text: text.into(), ..Said::default() }
}

#[tokio::test]
async fn what_staff_may_not_do_changes_nothing_and_says_why() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let tickets = &stage.tickets;
        let held = tickets.file(&Draft { trapped: true, ..draft("Ganhe", "bot@example.com") }, HOME).await.expect("a ticket").key.reference;
        let refused = act::reply(tickets, &held, text("Olá")).await.expect_err("it is kept aside").to_string();
        assert!(refused.contains("tickets release"), "{refused}");
        assert_eq!(stage.number("SELECT COUNT(*) FROM mails").await, 0, "no mail leaves for what is kept aside");

        let open = tickets.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key.reference;
        for empty in ["", " \n\t", "\0", &"a".repeat(10_001)] {
            assert!(matches!(act::reply(tickets, &open, text(empty)).await, Err(ActError::Text(_))));
            assert!(matches!(act::note(tickets, &open, text(empty)).await, Err(ActError::Text(_))));
        }
        act::status(tickets, &open, Event::Closed).await.expect("a move");
        for event in [Event::TakenUp, Event::Solved, Event::Closed] {
            let refused = act::status(tickets, &open, event).await.expect_err("it is closed").to_string();
            assert!(refused.contains("closed"), "{refused}");
        }
        assert!(matches!(act::reply(tickets, &open, text("Olá")).await, Err(ActError::NotNow(_))));
        assert_eq!(stage.number("SELECT COUNT(*) FROM messages").await, 2, "nothing was said");
        let unknown = Reference::parse("222-222-222").expect("a reference");
        assert!(matches!(act::urgency(tickets, &unknown, Urgency::High).await, Err(ActError::Failed(TicketError::NotFound))));
        assert!(["received", "waiting", "Solved", "", "open"].iter().all(|word| act::event_of(word).is_none()));
    }
}

#[tokio::test]
async fn staff_answer_take_notes_and_decide_on_the_command_line() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let tickets = &stage.tickets;
        let reference = tickets.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key.reference;
        act::status(tickets, &reference, Event::TakenUp).await.expect("a move");
        stage.clock.advance(Micros::SECOND);
        act::note(tickets, &reference, Said { author: Some("ana".into()), ..text("suspeita de \u{1b}[2Jfraude") }).await.expect("a note");
        stage.clock.advance(Micros::SECOND);
        act::reply(tickets, &reference, text("Sim.")).await.expect("one word is an answer");
        act::urgency(tickets, &reference, Urgency::High).await.expect("an urgency");
        let shown = console::show(tickets, &reference).await.expect("a ticket");
        for part in ["waiting", "high", "no: the address is not proved", "Note (internal), ana", "suspeita de [2Jfraude", "Support\n    Sim."] {
            assert!(shown.contains(part), "{part} in {shown}");
        }

        let (ticket, _) = tickets.get_for_staff(&reference).await.expect("a ticket");
        tickets.address_proved(&ticket).await.expect("a proof");
        assert!(matches!(tickets.rate(&reference, &Rating { stars: 5, text: None }).await, Err(TicketError::NotNow)), "not while it is open");
        act::status(tickets, &reference, Event::Solved).await.expect("a move");
        tickets.rate(&reference, &Rating { stars: 4, text: Some("Rápido".into()) }).await.expect("a rating");
        let shown = console::show(tickets, &reference).await.expect("a ticket");
        assert!(shown.contains("4 of 5: Rápido") && !shown.contains("not proved"), "{shown}");
    }
}

#[tokio::test]
async fn a_solved_ticket_is_taken_up_again_for_fourteen_days_and_then_closed() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let tickets = &stage.tickets;
        let reference = tickets.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key.reference;
        let status = || async { tickets.get_for_staff(&reference).await.expect("a ticket").0.status };
        act::status(tickets, &reference, Event::Solved).await.expect("a move");
        stage.clock.advance(14 * Micros::DAY - 1);
        let (_sender, stop) = tokio::sync::watch::channel(true);
        stage.jobs().run(stop.clone()).await;
        assert_eq!(status().await, Status::Solved);
        tickets.customer_writes(&reference, &crate::support::said("Voltou a acontecer."), &[]).await.expect("it is taken up");
        assert_eq!(status().await, Status::LookedAt);
        act::status(tickets, &reference, Event::Solved).await.expect("a move");
        stage.clock.advance(14 * Micros::DAY);
        let late = tickets.customer_writes(&reference, &crate::support::said("Aconteceu de novo."), &[]).await;
        assert!(matches!(late, Err(TicketError::NotNow)));
        stage.jobs().run(stop).await;
        assert_eq!(status().await, Status::Closed);
    }
}

#[tokio::test]
async fn staff_answer_with_files_or_not_at_all() {
    for engine in engines() {
        let (stage, folder) = Stage::new(&engine).await;
        let tickets = &stage.tickets;
        let reference = tickets.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key.reference;
        let file = |name: &str, bytes: &[u8]| {
            let path = folder.0.path().join(name);
            std::fs::write(&path, bytes).expect("a file");
            path
        };
        let good = file("passos.pdf", b"%PDF-1.7\nx\n%%EOF\n");
        for (bad, why) in [
            (file("pagina\u{1b}[2J.html", b"<html>"), "isn't a supported file type"),
            (file("grande.txt", &vec![b'a'; 10 * 1024 * 1024 + 1]), "larger than 10 MB"),
            (folder.0.path().join("nowhere.png"), "can't be read"),
            (folder.0.path().to_owned(), "can't be read"),
        ] {
            let said = Said { files: vec![good.clone(), bad], ..text("Segue o passo a passo.") };
            let refused = act::reply(tickets, &reference, said).await.expect_err("a file that is not taken").to_string();
            assert!(refused.contains(why) && refused.contains("Nothing was said") && !refused.contains('\u{1b}'), "{refused}");
        }
        let six = Said { files: vec![good.clone(); 6], ..text("Muitos.") };
        assert!(matches!(act::note(tickets, &reference, six).await, Err(ActError::File(_))));
        assert_eq!(stage.number("SELECT COUNT(*) FROM messages").await, 1, "nothing was said");

        // What staff noted down for themselves with a file, the customer gets with the answer all the same.
        act::note(tickets, &reference, Said { files: vec![good.clone()], ..text("Mandar isto?") }).await.expect("a note");
        let said = Said { files: vec![good, file("log.txt", b"linha")], ..text("Segue o passo a passo.") };
        let done = act::reply(tickets, &reference, said).await.expect("an answer");
        assert!(done.contains("with 2 files"), "{done}");
        let shown = console::show(tickets, &reference).await.expect("a ticket");
        assert!(shown.contains("passos.pdf") && shown.contains("log.txt"), "{shown}");
        let view = tickets.show(&reference, ajuda::tickets::Right::Mailbox).await.expect("a ticket");
        assert_eq!(view.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["passos.pdf", "log.txt"]);
    }
}
