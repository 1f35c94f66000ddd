//! What is kept about one address is handed out whole, and erased so that nothing of it is left, and nothing of anybody else's is touched.

use crate::support::Acts;
use ajuda::error::ServiceError;
use ajuda::events::Actor;
use ajuda::i18n::Lang;
use ajuda::intake::{Reader, Replied};
use ajuda::tickets::model::MessageBody;
use ajuda::tickets::model::Proof;
use ajuda::tickets::model::Transition;
use std::path::Path;

use ajuda::cli::console::privacy;
use ajuda::clock::Micros;
use ajuda::mail::Template;
use ajuda::tickets::Right;
use ajuda::tickets::model::{Channel, Email, Reference};
use serde_json::Value;
use tokio::sync::watch;

use crate::files::{post, wide_png};
use crate::support::{Engine, HOME, MONDAY, Stage, draft, engines, said};
use crate::visitor::{Visitor, form_with};

const JOANA: &str = "joana@example.com";

fn email(address: &str) -> Email {
    Email::parse(address).expect("an address")
}

async fn number(visitor: &Visitor, sql: &'static str) -> i64 {
    sqlx::query_scalar(sql).fetch_one(&visitor.app.db.ready().await.expect("a database")).await.expect("a number")
}

async fn file(visitor: &Visitor, address: &str, subject: &str) -> Reference {
    let form = form_with(&[("email", address), ("subject", subject)]);
    let sent = post(&visitor.stranger(), "/pt/contact", &form, &[("tela-da-joana.png", &wide_png())]).await;
    sent.assert_status(303);
    let path = sent.header("location").replace("/sent", "");
    Reference::parse(path.rsplit('/').next().expect("a reference")).expect("a reference")
}

/// Joana with two tickets, one of which is a follow-up of the other, a note about her, a sign-in and a session; and others whose addresses are near.
async fn with_joana(engine: &Engine) -> (Visitor, Vec<Reference>, Vec<Reference>) {
    let visitor = Visitor::new(engine).await;
    let app = &visitor.app;
    let first = file(&visitor, "Joana@Example.COM", "Primeira").await;
    app.note(&first, said("suspeita de fraude")).await.expect("a note");
    app.answer(&first, said("Já vimos o que houve.")).await.expect("an answer");
    app.tickets.transition(&first, Transition::Closed, &Actor::Console).await.expect("closed");
    visitor.app.clock.advance(Micros::SECOND);
    let message = MessageBody::parse("Aconteceu de novo, desde ontem.").expect("a message");
    let reader = Reader::new(Right::Mailbox, Proof::MailboxLink);
    let Replied::FollowUp(filed) = app.reply(&first, reader, message).await.expect("a ticket") else { panic!("it was closed") };
    let second = filed.key.reference;
    app.customers.ask_sign_in(&email(JOANA), Lang::Pt, HOME).await.expect("a sign-in");
    let mut others = Vec::new();
    for address in ["joana+curso@example.com", "%@example.com", "j_ana@example.com", "ajoana@example.com", "maria@example.com"] {
        others.push(file(&visitor, address, "De outra pessoa").await);
    }
    (visitor, vec![first, second], others)
}

async fn deliver(visitor: &Visitor) {
    let (_sender, stop) = watch::channel(false);
    visitor.app.jobs().expect("jobs").deliver_due(&stop).await.expect("an outbox");
}

fn files_in(folder: &Path) -> usize {
    std::fs::read_dir(folder).map_or(0, Iterator::count)
}

/// Whether any file below a folder holds a text.
fn holds(folder: &Path, text: &str) -> bool {
    std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).any(|path| {
        if path.is_dir() {
            return holds(&path, text);
        }
        let bytes = std::fs::read(&path).expect("a file");
        bytes.windows(text.len()).any(|window| window.eq_ignore_ascii_case(text.as_bytes()))
    })
}

#[tokio::test]
async fn what_is_erased_is_gone_and_nobody_else_loses_anything() {
    for engine in engines() {
        let (visitor, hers, others) = with_joana(&engine).await;
        let (rooms, data) = (&visitor.app.rooms, visitor.app.config.data.clone());
        deliver(&visitor).await;
        let before = (files_in(&data.join("attachments")), number(&visitor, "SELECT COUNT(*) FROM messages").await);
        let shown = privacy::erase(rooms, &email("JOANA@example.com"), &Actor::Console, false).await.expect("a list");
        assert!(shown.contains("2  tickets") && shown.contains("--yes") && shown.contains("votes"), "{shown}");
        assert_eq!(number(&visitor, "SELECT COUNT(*) FROM messages").await, before.1, "nothing was erased yet");

        let told = privacy::erase(rooms, &email("JOANA@example.com"), &Actor::Console, true).await.expect("erased");
        assert!(told.contains("Erased:") && told.contains("1  files") && !told.to_lowercase().contains(JOANA), "{told}");
        for reference in &hers {
            assert!(matches!(rooms.tickets.read().view(reference, Right::Mailbox).await, Err(ServiceError::NotFound)));
        }
        for reference in &others {
            let view = rooms.tickets.read().view(reference, Right::Mailbox).await.expect("another's ticket");
            assert_eq!((view.messages.len(), view.files.len()), (1, 1));
            rooms.files.read(&view.files[0].id).await.expect("another's file");
        }
        assert_eq!(files_in(&data.join("attachments")), before.0 - 2, "the file and its preview are gone from the disk");
        for sql in [
            "SELECT COUNT(*) FROM attachments WHERE ticket IS NULL",
            "SELECT COUNT(*) FROM sign_in_codes",
            "SELECT COUNT(*) FROM outbox WHERE sign_in IS NOT NULL",
            "SELECT COUNT(*) FROM tickets WHERE follow_up_of IS NOT NULL",
            "SELECT COUNT(*) FROM addresses WHERE address = 'joana@example.com'",
        ] {
            assert_eq!(number(&visitor, sql).await, 0, "{sql}");
        }
        visitor.app.db.close().await;
        for gone in ["suspeita de fraude", "Aconteceu de novo", "To: joana@example.com", "<joana@example.com>"] {
            assert!(!holds(&data, gone), "{gone} is in the data folder");
        }
        assert!(holds(&data, "To: maria@example.com"), "her email stays");
    }
}

#[tokio::test]
async fn an_erased_ticket_does_not_come_back_and_no_email_about_it_leaves() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let filed = stage.file(&draft("Uma pergunta", JOANA), HOME).await.expect("a ticket");
        let claimed = stage.outbox.claim().await.expect("an outbox").expect("an email");
        assert_eq!(claimed.mail.template, Template::Confirmation);
        // Another process erases while the server has the email in its hands.
        stage.another().privacy.erase(&email(JOANA), &Actor::Console).await.expect("erased");
        stage.outbox.put_back(&claimed, "the server was away").await.expect("no row to change");
        let (_sender, stop) = watch::channel(false);
        stage.jobs().deliver_due(&stop).await.expect("an outbox");
        assert_eq!(files_in(&stage.config.data.join("mails")), 0);
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox").await, 0);

        let again = stage.file(&draft("Uma pergunta", JOANA), HOME).await.expect("a new ticket");
        assert!(!again.repeated && again.key.reference != filed.key.reference, "the same message is a new ticket");
        assert!(matches!(stage.tickets.read().for_staff(&filed.key.reference).await, Err(ServiceError::NotFound)));
    }
}

#[tokio::test]
async fn an_erasure_that_was_cut_off_is_ended_by_the_next_one_and_shown_without_the_address() {
    for engine in engines() {
        let (visitor, ..) = with_joana(&engine).await;
        let (rooms, attachments) = (&visitor.app.rooms, visitor.app.config.data.join("attachments"));
        let before = files_in(&attachments);
        // As if the program had been killed after the rows and before the files.
        let mut write = visitor.app.db.begin().await.expect("a database");
        sqlx::query("DELETE FROM tickets WHERE address IN (SELECT id FROM addresses WHERE address = 'joana@example.com')")
            .execute(&mut *write)
            .await
            .expect("rows");
        write.commit().await.expect("committed");
        assert_eq!(files_in(&attachments), before);
        privacy::erase(rooms, &email(JOANA), &Actor::Console, true).await.expect("erased");
        assert_eq!(files_in(&attachments), before - 2);

        visitor.app.clock.advance(Micros::DAY);
        let twice = privacy::erase(rooms, &email("joana@EXAMPLE.com"), &Actor::Console, true).await.expect("nothing is left");
        assert!(twice.starts_with("Nothing is kept") && twice.contains("Erased on 2026-11-23"), "{twice}");
        assert_eq!(number(&visitor, "SELECT COUNT(*) FROM erasures").await, 1, "what erased nothing is not noted");
        let noted: String =
            sqlx::query_scalar("SELECT subject FROM erasures").fetch_one(&visitor.app.db.ready().await.expect("a database")).await.expect("a row");
        assert!(!noted.contains('@') && noted.len() < 30, "{noted}");
        let never = privacy::erase(rooms, &email("nunca@example.com"), &Actor::Console, true).await.expect("nothing");
        assert!(!never.contains("Erased on"), "{never}");
    }
}

#[tokio::test]
async fn an_export_holds_everything_about_one_person_and_nothing_of_another() {
    for engine in engines() {
        let (visitor, hers, others) = with_joana(&engine).await;
        let folder = tempfile::tempdir().expect("a folder");
        let to = folder.path().join("export");
        let told = privacy::export(&visitor.app.rooms, &email("JOANA@EXAMPLE.COM"), Some(to.clone())).await.expect("an export");
        assert!(told.contains("tickets: 2, files: 1"), "{told}");
        let text = std::fs::read_to_string(to.join("data.json")).expect("the data");
        let data: Value = serde_json::from_str(&text).expect("JSON");
        let references: Vec<&str> = data["tickets"].as_array().expect("tickets").iter().filter_map(|ticket| ticket["reference"].as_str()).collect();
        assert_eq!(references, hers.iter().map(Reference::as_str).collect::<Vec<_>>());
        assert_eq!(data["tickets"][1]["follow_up_of"], hers[0].as_str());
        let kinds: Vec<&str> =
            data["tickets"][0]["messages"].as_array().expect("messages").iter().filter_map(|message| message["from"].as_str()).collect();
        assert_eq!(kinds.len(), 3);
        assert!(kinds.contains(&"note") && kinds.contains(&"answer"), "{kinds:?}");
        let file = data["tickets"][0]["messages"].as_array().expect("messages").iter().find_map(|message| message["files"][0]["file"].as_str());
        assert_eq!(std::fs::read(to.join(file.expect("a file"))).expect("its bytes").get(1..4), Some(&b"PNG"[..]));
        assert_eq!(data["log_ins"].as_array().map(Vec::len), Some(1));
        assert!(others.iter().all(|other| !text.contains(other.as_str())) && !text.contains("maria@"), "{text}");

        let mode = std::os::unix::fs::MetadataExt::mode(&std::fs::metadata(&to).expect("the folder"));
        assert_eq!(mode & 0o077, 0, "nobody else reads it");

        let again = privacy::export(&visitor.app.rooms, &email(JOANA), Some(to.clone())).await.expect_err("it is taken");
        assert!(again.to_string().contains("--to"), "{again}");
        let nobody = folder.path().join("nobody");
        privacy::export(&visitor.app.rooms, &email("n%@example.com"), Some(nobody.clone())).await.expect("nothing");
        assert!(!nobody.exists());
    }
}

#[tokio::test]
async fn tickets_whose_time_is_over_are_erased_by_the_job_and_no_others() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| {
            config.privacy.tickets_kept_days = 30;
            config.limits.tickets_per_network_per_hour = 1000;
        })
        .await;
        let rooms = &stage.rooms;
        let mut closed = Vec::new();
        for at in 0..120 {
            let reference = rooms.file(&draft(&format!("Pergunta {at}"), &format!("p{at}@example.com")), HOME).await.expect("a ticket").key.reference;
            rooms.tickets.transition(&reference, Transition::Closed, &Actor::Console).await.expect("closed");
            closed.push(reference);
        }
        let open = rooms.file(&draft("Aberta", "aberta@example.com"), HOME).await.expect("a ticket").key.reference;
        let nobodys = |text: &str| format!("From: a@example.com, b@example.com\r\nSubject: x\r\n\r\n{text}\r\n").into_bytes();
        rooms.inbound.take(nobodys("cedo"), true).await.expect("an email that waits");
        let (_sender, stop) = watch::channel(true);
        stage.clock.advance(30 * Micros::DAY - 1);
        rooms.inbound.take(nobodys("tarde"), true).await.expect("an email that waits");
        let late = rooms.file(&draft("Tarde", "tarde@example.com"), HOME).await.expect("a ticket").key.reference;
        rooms.tickets.transition(&late, Transition::Closed, &Actor::Console).await.expect("closed");
        stage.jobs().run(stop.clone()).await;
        assert_eq!((stage.number("SELECT COUNT(*) FROM tickets").await, rooms.inbound.count_in_review().await.expect("emails")), (122, 2));
        // The next turn: what is over is erased within the hour.
        stage.clock.advance(Micros::HOUR);
        stage.jobs().run(stop).await;
        assert_eq!((stage.number("SELECT COUNT(*) FROM tickets").await, rooms.inbound.count_in_review().await.expect("emails")), (2, 1));
        for kept in [open, late] {
            assert_eq!(rooms.tickets.read().for_staff(&kept).await.expect("a ticket").1[0].channel, Channel::Form);
        }
        assert!(matches!(rooms.tickets.read().for_staff(&closed[0]).await, Err(ServiceError::NotFound)));
        assert!(stage.clock.now() > MONDAY);
    }
}
