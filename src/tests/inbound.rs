//! Emails that come in: each lands where it belongs, once, or waits; nothing that a stranger or a program writes moves a ticket.

mod cases;
mod hostile;
mod imap;
mod passed;
mod server;
mod waiting;

use crate::support::Acts;
use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::intake::inbound::IntakeOutcome;
use ajuda::mail::inbound::Program;
use ajuda::settings::Config;
use ajuda::tickets::Queue;
use ajuda::tickets::model::Proof;
use ajuda::tickets::model::Transition;
use ajuda::tickets::model::{Channel, Filed, MessageKind, Status};

use crate::support::{Engine, Folder, HOME, Stage, draft, engines};

/// A help center whose customers write to `support@example.org`, and whose mail server is `mx.example.org`.
fn mailbox(config: &mut Config) {
    config.imap.host = "imap.example.org".into();
    config.imap.address = "support@example.org".into();
    config.imap.authserv_id = "mx.example.org".into();
    config.support_mail = "team@example.org".into();
}

async fn stage(engine: &Engine) -> (Stage, Folder) {
    Stage::with(engine, mailbox).await
}

/// A ticket of `maria@example.com`, and the address that answers to its emails go to.
async fn ticket(stage: &Stage) -> (Filed, String) {
    let filed = stage.file(&draft("Cobrado duas vezes", "maria@example.com"), HOME).await.expect("a ticket");
    stage.clock.advance(Micros::SECOND);
    let token = stage.tickets.access().expect("a key").reply_token(&filed.key);
    (filed, format!("support+{token}@example.org"))
}

const VOUCHED: &str = "Authentication-Results: mx.example.org; dmarc=pass header.from=example.com";

fn email(id: &str, from: &str, to: &str, more: &str, body: &str) -> Vec<u8> {
    let more = if more.is_empty() { String::new() } else { format!("{more}\n") };
    format!("{more}From: {from}\nTo: {to}\nSubject: Re: Cobrado duas vezes\nMessage-ID: <{id}@mail.example.com>\n\n{body}\n")
        .replace('\n', "\r\n")
        .into_bytes()
}

async fn take(stage: &Stage, raw: Vec<u8>) -> IntakeOutcome {
    stage.inbound.take(raw, true).await.expect("a database")
}

const BODY: &str = "Sim, foi ontem.\n\nEm 23/11/2026, Suporte escreveu:\n> Quando foi?";

#[tokio::test]
async fn an_answer_lands_in_its_ticket_once_without_what_it_quotes() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        let raw = email("a1", "Maria <Maria@Example.com>", &to.to_uppercase(), "", BODY);
        assert_eq!(take(&stage, raw.clone()).await, IntakeOutcome::Added);
        assert_eq!(take(&stage, raw.clone()).await, IntakeOutcome::Known, "a second look at the mailbox");
        assert_eq!(take(&stage.another(), raw).await, IntakeOutcome::Known, "another instance");
        let (ticket, messages) = stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket");
        let [_, said] = messages.as_slice() else { panic!("two messages: {messages:?}") };
        assert_eq!((said.kind(), said.channel, said.body.as_str()), (MessageKind::Customer, Channel::Email, "Sim, foi ontem."));
        assert!(said.cut_off.as_deref().is_some_and(|cut| cut.contains("> Quando foi?")));
        assert_eq!((ticket.status, ticket.proof, said.proof), (Status::New, Proof::None, Proof::None), "nobody vouches for the sender");
        assert_eq!(stage.number("SELECT COUNT(*) FROM outbox WHERE template = 'customer_wrote'").await, 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_instances_that_fetch_the_same_email_at_the_same_moment_file_it_once() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        for round in 0..5 {
            let raw = email(&format!("r{round}"), "maria@example.com", &to, "", "Mais uma coisa");
            let other = stage.another();
            let (one, two) = tokio::join!(stage.inbound.take(raw.clone(), true), other.inbound.take(raw, true));
            let outcomes = [one.expect("a database"), two.expect("a database")];
            assert!(outcomes.contains(&IntakeOutcome::Added) && outcomes.contains(&IntakeOutcome::Known), "{outcomes:?}");
        }
        assert_eq!(stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket").1.len(), 6);
    }
}

#[tokio::test]
async fn whoever_answers_to_the_token_and_is_vouched_for_has_verified_the_address() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        let verified = async || stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket").0.proof != Proof::None;
        let thread = format!("{VOUCHED}\nReferences: <{}@example.org>", filed.key.id);
        take(&stage, email("a1", "maria@example.com", "support@example.org", &thread, "Uma coisa")).await;
        assert!(!verified().await, "ids in References are no secret");
        take(&stage, email("a2", "maria@example.com", &to, "Authentication-Results: evil.example.com; dmarc=pass", "Duas coisas")).await;
        assert!(!verified().await, "another server's word");
        take(&stage, email("a3", "maria@example.com", &to, VOUCHED, "Três coisas")).await;
        assert!(verified().await);
    }
}

#[tokio::test]
async fn an_answer_finds_its_ticket_by_what_it_refers_to_where_the_address_names_none() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, _) = ticket(&stage).await;
        let other = stage.file(&draft("Outra", "ana@example.com"), HOME).await.expect("a ticket").key.id;
        let thread = format!("References: <{other}@example.org>\n <x@y> <{}@example.org>", filed.key.id);
        assert_eq!(take(&stage, email("a1", "maria@example.com", "support@example.org", &thread, BODY)).await, IntakeOutcome::Added);
        assert_eq!(stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket").1.len(), 2);
    }
}

#[tokio::test]
async fn an_answer_reopens_what_was_solved_and_later_opens_a_follow_up_of_it() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        stage.tickets.transition(&filed.key.reference, Transition::Solved, &Actor::Console).await.expect("a move");
        assert_eq!(take(&stage, email("a1", "maria@example.com", &to, "", "Ainda não")).await, IntakeOutcome::Added);
        let (ticket, _) = stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket");
        assert_eq!(ticket.status, Status::Open);

        stage.tickets.transition(&filed.key.reference, Transition::Closed, &Actor::Console).await.expect("a move");
        let raw = email("a2", "maria@example.com", &to, "", BODY);
        assert_eq!(take(&stage, raw.clone()).await, IntakeOutcome::Opened);
        assert_eq!(take(&stage, raw).await, IntakeOutcome::Known);
        let tickets = stage.tickets.read().list(Queue::Newest, 10).await.expect("tickets");
        let next = tickets.iter().find(|ticket| ticket.key.id != filed.key.id).expect("a new one");
        assert_eq!((tickets.len(), next.follow_up_of.as_ref(), next.subject.as_str()), (2, Some(&filed.key.id), "Cobrado duas vezes"));
        let (_, messages) = stage.tickets.read().for_staff(&next.key.reference).await.expect("a ticket");
        assert_eq!((messages[0].channel, messages[0].body.as_str()), (Channel::Email, "Sim, foi ontem."));
        assert!(messages[0].cut_off.is_some());
    }
}

#[tokio::test]
async fn a_new_email_opens_a_ticket_in_its_language_and_is_confirmed() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let body = "Hola, no puedo entrar en el curso y ya hice el pago. Gracias por la ayuda.\n\n-- \nJosé";
        assert_eq!(take(&stage, email("n1", "José <jose@example.com>", "support@example.org", "", body)).await, IntakeOutcome::Opened);
        let ticket = stage.tickets.read().list(Queue::Newest, 10).await.expect("tickets").pop().expect("a ticket");
        assert_eq!((ticket.lang, ticket.name.as_str(), ticket.email.as_str()), (ajuda::i18n::Lang::Es, "José", "jose@example.com"));
        assert_eq!(ticket.quarantine, None);
        for template in ["confirmation", "announcement"] {
            let owed: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM outbox WHERE template = $1")
                .bind(template)
                .fetch_one(&stage.db.ready().await.expect("a database"))
                .await
                .expect("a number");
            assert_eq!(owed, 1, "{template}");
        }
        assert_eq!(take(&stage, email("n2", "x@example.com", "support@example.org", "", "")).await, IntakeOutcome::Opened, "not even a text");
    }
}

#[tokio::test]
async fn files_come_along_and_those_that_are_not_taken_are_named_to_staff() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        let more = "MIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=b";
        let part = |name: &str, text: &str| {
            format!("--b\nContent-Type: application/octet-stream\nContent-Disposition: attachment; filename=\"{name}\"\n\n{text}\n")
        };
        let mut body = "--b\nContent-Type: text/plain\n\nVeja os arquivos\n".to_owned();
        body.push_str(&part("log.txt", "erro 42 na tela de pagamento"));
        body.push_str(&part("pagina.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>x()</script></svg>"));
        body.push_str("--b--");
        assert_eq!(take(&stage, email("f1", "maria@example.com", &to, more, &body)).await, IntakeOutcome::Added);
        let files = stage.files.of_ticket(&filed.key.id).await.expect("files");
        assert_eq!(files.iter().map(|file| file.name.as_str()).collect::<Vec<_>>(), ["log.txt"]);
        let (_, messages) = stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket");
        let [_, said, note] = messages.as_slice() else { panic!("three messages: {messages:?}") };
        assert_eq!((said.body.as_str(), files[0].message.as_ref()), ("Veja os arquivos", Some(&said.id)));
        assert_eq!(note.kind(), MessageKind::Note);
        assert!(note.body.contains("pagina.svg") && note.body.contains("tipo não aceito"), "{}", note.body);
    }
}

#[tokio::test]
async fn what_a_program_wrote_opens_and_reopens_nothing() {
    for engine in engines() {
        let (stage, _folder) = stage(&engine).await;
        let (filed, to) = ticket(&stage).await;
        stage.tickets.transition(&filed.key.reference, Transition::Solved, &Actor::Console).await.expect("a move");
        let heads = [
            ("maria@example.com", "Auto-Submitted: auto-replied\nReturn-Path: <>", Program::AutoReply),
            ("mailer-daemon@example.com", "Return-Path: <>", Program::Bounce),
            ("maria@example.com", "Content-Type: multipart/report; report-type=delivery-status; boundary=b", Program::Bounce),
            ("support@example.org", "X-Nothing: x", Program::Own),
            ("Team <TEAM@example.org>", "X-Nothing: x", Program::Own),
        ];
        for (number, (from, more, program)) in heads.into_iter().enumerate() {
            for (place, to) in [to.as_str(), "support@example.org"].into_iter().enumerate() {
                let raw = email(&format!("p{number}-{place}"), from, to, more, "Estou de férias");
                assert_eq!(take(&stage, raw).await, IntakeOutcome::PassedOver(program), "{more}");
            }
        }
        assert_eq!(stage.tickets.read().list(Queue::Newest, 10).await.expect("tickets").len(), 1);
        let (ticket, messages) = stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket");
        assert_eq!((ticket.status, messages.len()), (Status::Solved, 1));
        assert_eq!(stage.number("SELECT COUNT(*) FROM inbound_emails WHERE state = 'passed' AND bytes > 0").await, 10, "each is listed");
    }
}
