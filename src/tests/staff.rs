//! What staff do to tickets on the command line.

use crate::support::Acts;
use ajuda::cli::console;
use ajuda::cli::console::act;
use ajuda::cli::console::act::{ActError, Said};
use ajuda::clock::Micros;
use ajuda::error::ServiceError;
use ajuda::events::Actor;
use ajuda::intake::{Reader, Replied};
use ajuda::staff::Role;
use ajuda::tickets::Right;
use ajuda::tickets::model::Transition;
use ajuda::tickets::model::{Draft, Email, PersonName, Priority, Proof, Rating, Reference, Status};

use crate::support::{HOME, Stage, draft, engines, said};

fn email(text: &str) -> Email {
    Email::parse(text).expect("an address")
}

fn text(text: &str) -> Said {
    Said { text: text.into(), ..Said::default() }
}

#[tokio::test]
async fn what_staff_may_not_do_changes_nothing_and_says_why() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let rooms = &stage.rooms;
        let quarantined = rooms.file(&Draft { trapped: true, ..draft("Ganhe", "bot@example.com") }, HOME).await.expect("a ticket").key.reference;
        let refused = act::reply(rooms, &quarantined, Actor::Console, text("Olá")).await.expect_err("it is in quarantine").to_string();
        assert!(refused.contains("tickets release"), "{refused}");
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox").await, 0, "no email leaves for what is in quarantine");

        let open = rooms.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key.reference;
        for empty in ["", " \n\t", "\0", &"a".repeat(10_001)] {
            assert!(matches!(act::reply(rooms, &open, Actor::Console, text(empty)).await, Err(ActError::Text(_))));
            assert!(matches!(act::note(rooms, &open, Actor::Console, text(empty)).await, Err(ActError::Text(_))));
        }
        act::status(rooms, &open, &Actor::Console, Transition::Closed).await.expect("a move");
        for transition in [Transition::Opened, Transition::Solved, Transition::Closed] {
            let refused = act::status(rooms, &open, &Actor::Console, transition).await.expect_err("it is closed").to_string();
            assert!(refused.contains("closed"), "{refused}");
        }
        assert!(matches!(act::reply(rooms, &open, Actor::Console, text("Olá")).await, Err(ActError::NotNow(_))));
        assert_eq!(stage.number("SELECT COUNT(*) FROM messages").await, 2, "nothing was said");
        let unknown = Reference::parse("222-222-222").expect("a reference");
        assert!(matches!(act::priority(rooms, &unknown, &Actor::Console, Priority::High).await, Err(ActError::Failed(ServiceError::NotFound))));
        assert!(["new", "pending", "Solved", "", "waiting"].iter().all(|word| act::transition_to(word).is_none()));
    }
}

#[tokio::test]
async fn staff_answer_take_notes_and_decide_on_the_command_line() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let rooms = &stage.rooms;
        let reference = rooms.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key.reference;
        act::status(rooms, &reference, &Actor::Console, Transition::Opened).await.expect("a move");
        stage.clock.advance(Micros::SECOND);
        let ana = rooms.staff.add(&email("ana@example.com"), &PersonName::parse("Ana").expect("a name"), Role::Agent, &Actor::Console).await;
        let ana = Actor::Staff(ana.expect("a member"));
        act::note(rooms, &reference, ana, text("suspeita de \u{1b}[2Jfraude")).await.expect("a note");
        stage.clock.advance(Micros::SECOND);
        act::reply(rooms, &reference, Actor::Console, text("Sim.")).await.expect("one word is an answer");
        act::priority(rooms, &reference, &Actor::Console, Priority::High).await.expect("a priority");
        let shown = console::show(rooms, &reference).await.expect("a ticket");
        for part in [
            "pending",
            "high",
            "no: email address not confirmed",
            "Note (internal), Ana",
            "· Ana · noted",
            "suspeita de [2Jfraude",
            "Support\n    Sim.",
        ] {
            assert!(shown.contains(part), "{part} in {shown}");
        }

        let reader = Reader::new(Right::Mailbox, Proof::MailboxLink);
        rooms.reply(&reference, reader, said("Obrigada, chegou o link.")).await.expect("a reply");
        assert!(
            matches!(rooms.tickets.rate(&reference, &Rating { stars: 5, comment: None }, &Actor::Customer).await, Err(ServiceError::NotNow)),
            "not while it is open"
        );
        act::status(rooms, &reference, &Actor::Console, Transition::Solved).await.expect("a move");
        rooms.tickets.rate(&reference, &Rating { stars: 4, comment: Some("Rápido".into()) }, &Actor::Customer).await.expect("a rating");
        let shown = console::show(rooms, &reference).await.expect("a ticket");
        assert!(shown.contains("4 of 5: Rápido") && !shown.contains("not confirmed"), "{shown}");
    }
}

#[tokio::test]
async fn a_solved_ticket_is_reopened_for_fourteen_days_and_then_closed() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let rooms = &stage.rooms;
        let reference = rooms.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key.reference;
        let status = || async { rooms.tickets.read().for_staff(&reference).await.expect("a ticket").0.status };
        act::status(rooms, &reference, &Actor::Console, Transition::Solved).await.expect("a move");
        stage.clock.advance(14 * Micros::DAY - 1);
        let (_sender, stop) = tokio::sync::watch::channel(true);
        stage.jobs().run(stop.clone()).await;
        assert_eq!(status().await, Status::Solved);
        rooms.reply(&reference, Reader::FILER, said("Voltou a acontecer.")).await.expect("it is reopened");
        assert_eq!(status().await, Status::Open);
        act::status(rooms, &reference, &Actor::Console, Transition::Solved).await.expect("a move");
        stage.clock.advance(14 * Micros::DAY);
        let late = rooms.reply(&reference, Reader::FILER, said("Aconteceu de novo.")).await;
        assert!(matches!(late, Ok(Replied::FollowUp(_))), "{late:?}");
        stage.jobs().run(stop).await;
        assert_eq!(status().await, Status::Closed);
    }
}

#[tokio::test]
async fn staff_answer_with_files_or_not_at_all() {
    for engine in engines() {
        let (stage, folder) = Stage::new(&engine).await;
        let rooms = &stage.rooms;
        let reference = rooms.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key.reference;
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
            let refused = act::reply(rooms, &reference, Actor::Console, said).await.expect_err("a file that is not taken").to_string();
            assert!(refused.contains(why) && refused.contains("Nothing was said") && !refused.contains('\u{1b}'), "{refused}");
        }
        let six = Said { files: vec![good.clone(); 6], ..text("Muitos.") };
        assert!(matches!(act::note(rooms, &reference, Actor::Console, six).await, Err(ActError::File(_))));
        assert_eq!(stage.number("SELECT COUNT(*) FROM messages").await, 1, "nothing was said");

        // What staff noted down for themselves with a file, the customer gets with the answer all the same.
        act::note(rooms, &reference, Actor::Console, Said { files: vec![good.clone()], ..text("Mandar isto?") }).await.expect("a note");
        let said = Said { files: vec![good, file("log.txt", b"linha")], ..text("Segue o passo a passo.") };
        let done = act::reply(rooms, &reference, Actor::Console, said).await.expect("an answer");
        assert!(done.contains("with 2 files"), "{done}");
        let shown = console::show(rooms, &reference).await.expect("a ticket");
        assert!(shown.contains("passos.pdf") && shown.contains("log.txt"), "{shown}");
        let view = rooms.tickets.read().view(&reference, ajuda::tickets::Right::Mailbox).await.expect("a ticket");
        assert_eq!(view.files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["passos.pdf", "log.txt"]);
    }
}
