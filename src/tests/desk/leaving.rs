//! What leaves the desk: never a note, of a person the public name alone, and a reply once, through a kill.

use ajuda::events::Actor;
use ajuda::staff::Role;
use ajuda::tickets::model::{Proof, Reference};

use super::writing::{ANSWER_MAILS, ANSWERS, Desk};
use super::{email, name};
use crate::files::{post, wide_png};
use crate::program::{Server, ajuda};
use crate::support::{Acts, HOME, Stage, draft, engines};

#[tokio::test]
async fn a_note_never_leaves_the_desk() {
    const CANARY: &str = "xyzzy-canario";
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let app = &desk.visitor.app;
        let customer = desk.visitor.stranger();
        let sent = customer.post("/pt/contact", &crate::visitor::form_with(&[("subject", "Outra pergunta")])).await;
        let own = sent.assert_status(303).header("location").trim_end_matches("/sent").to_owned();
        let reference = Reference::parse(own.rsplit('/').next().expect("a reference")).expect("a reference");
        let path = format!("/desk/tickets/{reference}");
        let fields = [("text", CANARY), ("do", "send")];
        post(&desk.ana, &format!("{path}/note"), &fields, &[("xyzzy-canario.png", &wide_png())]).await.assert_status(303);
        let page = desk.ana.get(&path).await;
        let file = page.attributes(".said-note .said-files a", "href").remove(0);
        desk.ana.get(&file).await.assert_status(200);
        let id = file.rsplit('/').next().expect("an id").to_owned();
        desk.ana.post(&format!("{path}/draft"), &[("kind", "note"), ("text", "xyzzy de novo"), ("draft_version", "0")]).await.assert_status(200);
        app.tickets.triage().assign(&reference, None, &Actor::Console).await.expect("assigned");
        let text = [("text", "Resposta."), ("do", "send"), ("base_seq", "999999"), ("draft_version", "0")];
        desk.ana.post(&format!("{path}/reply"), &text).await.assert_status(303);
        desk.release().await;
        for seen in [own.clone(), format!("{own}/conversation.txt"), "/pt/requests".to_owned(), format!("{own}/sent")] {
            let reply = customer.get(&seen).await;
            assert!(!String::from_utf8_lossy(&reply.bytes).contains("xyzzy"), "{seen}");
        }
        for (who, address) in
            [(&customer, format!("{own}/files/{id}")), (&customer, file.clone()), (&desk.visitor.stranger(), format!("{own}/files/{id}"))]
        {
            let status = who.get(&address).await.status.as_u16();
            assert!([404, 303].contains(&status), "{address}: {status}");
        }
        let renderer = ajuda::mail::MailRenderer::new(&app.config.mail());
        let mut mails = 0;
        while let Some(owed) = app.outbox.claim().await.expect("a database") {
            if let Some(facts) = app.tickets.read().mail_facts(&owed.mail).await.expect("a database") {
                let written = String::from_utf8(renderer.write(&owed, &facts).expect("an email").formatted()).expect("ASCII");
                assert!(!written.contains("xyzzy"), "{written}");
                mails += 1;
            }
        }
        assert!(mails >= 2, "confirmation and answer were written");
        let events = app.events.after(0, 500).await.expect("a database");
        assert!(!format!("{events:?}").contains("xyzzy"));
    }
}

#[tokio::test]
async fn a_customer_sees_the_public_name_of_who_wrote_and_no_other() {
    for engine in engines() {
        let desk = Desk::new(&engine).await;
        let customer = desk.visitor.stranger();
        let sent = customer.post("/pt/contact", &crate::visitor::form_with(&[("subject", "Quem responde?")])).await;
        let own = sent.assert_status(303).header("location").trim_end_matches("/sent").to_owned();
        let path = format!("/desk/tickets/{}", own.rsplit('/').next().expect("a reference"));
        let fields = [("text", "Respondo eu."), ("do", "send"), ("base_seq", "999999"), ("draft_version", "0")];
        desk.ana.post(&format!("{path}/reply"), &fields).await.assert_status(303);
        desk.release().await;
        let heading = async || customer.get(&own).await.text_of(".message-staff h3").expect("a reply");
        assert_eq!(heading().await, "Ana · Equipe");
        let profile = [("name", "Ana Lima"), ("public_name", "Aninha <b>do</b> suporte")];
        desk.ana.post("/desk/me/profile", &profile).await.assert_status(303);
        assert_eq!(heading().await, "Aninha <b>do</b> suporte · Equipe");
        let text = customer.get(&format!("{own}/conversation.txt")).await.text();
        assert!(text.contains("Aninha <b>do</b> suporte, Equipe") && !text.contains("Lima"), "{text}");
        // Who left is still who wrote.
        desk.visitor.app.disable_member(&super::email("ana@example.org"), &Actor::Console).await.expect("gone");
        assert_eq!(heading().await, "Aninha <b>do</b> suporte · Equipe");
    }
}

/// Posts a form with a session's cookie; status and the rest of the head.
fn send(server: &Server, cookie: &str, path: &str, fields: &[(&str, &str)]) -> String {
    use std::io::{Read, Write};
    let body = crate::visitor::form_body(fields);
    let mut stream = std::net::TcpStream::connect(&server.address).expect("a server");
    write!(
        stream,
        "POST {path} HTTP/1.1\r\nHost: {}\r\nSec-Fetch-Site: same-origin\r\nCookie: {cookie}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        server.address,
        body.len()
    )
    .expect("it reads");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_an_answer_is_held_it_is_sent_once_after_the_restart() {
    for engine in engines() {
        let (config, _folder) = crate::support::new_config(&engine).await;
        let stage = Stage::on(config, ajuda::clock::Clock::default());
        let reference = stage.file(&draft("Uma pergunta", "maria@example.com"), HOME).await.expect("a ticket").key.reference;
        let id = stage.staff.add(&email("ana@example.org"), &name("Ana"), Role::Agent, &Actor::Console).await.expect("a member");
        let password = ajuda::staff::Password::parse(super::PASSWORD, &[]).expect("a good one");
        stage.staff.set_password(&id, &password, HOME.into(), None, &Actor::Console).await.expect("a password");
        let start = || {
            let mut command = ajuda();
            command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&stage.config.data);
            command.env("DATABASE_URL", &stage.config.database_url).env("AJUDA_DESK_UNDO_SECONDS", "2").stderr(std::process::Stdio::null());
            Server::of(&mut command).expect("its address")
        };
        let server = start();
        let logged_in = send(&server, "", "/desk/log-in", &[("email", "ana@example.org"), ("password", super::PASSWORD)]);
        let cookie = logged_in.lines().find_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next()).expect("a cookie").to_owned();
        let fields = [("text", "Já vimos."), ("do", "send"), ("base_seq", "999999"), ("draft_version", "0")];
        let answer = send(&server, &cookie, &format!("/desk/tickets/{reference}/reply"), &fields);
        assert!(answer.starts_with("HTTP/1.1 303"), "{answer}");
        // Killed at once, well within its time.
        drop(server);
        assert_eq!((stage.number(ANSWERS).await, stage.number("SELECT COUNT(*) FROM held_answers").await), (0, 1));
        let _server = start();
        let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
        while stage.number(ANSWERS).await == 0 && std::time::Instant::now() < until {
            tokio::time::sleep(std::time::Duration::from_millis(100)).await;
        }
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
        assert_eq!((stage.number(ANSWERS).await, stage.number(ANSWER_MAILS).await), (1, 1));
        let proof = stage.tickets.read().for_staff(&reference).await.expect("a ticket").1[1].proof;
        assert_eq!(proof, Proof::None);
    }
}
