//! The way of emails through real servers: out by SMTP, back by IMAP, with outages and kills in between.

use crate::support::Acts;
use ajuda::tickets::Queue;
use std::process::Stdio;
use std::sync::mpsc::Receiver;
use std::time::{Duration, Instant};

use ajuda::clock::Micros;
use ajuda::mail::settings::{Imap, ImapSecurity, SmtpSecurity};
use ajuda::settings::Config;
use ajuda::tickets::model::Channel;
use tokio::sync::watch;

use super::server::{ImapServer, PASSWORD, PATIENCE, authority, until};
use super::{BODY, email, ticket};
use crate::mails::encrypted::lines_of;
use crate::mails::servers::{MailServer, free_port};
use crate::program::{Server, ajuda};
use crate::support::{Engine, HOME, Stage, draft, engines, new_config, secret};

fn fetch_from(config: &mut Config, server: &ImapServer) {
    let password = secret(PASSWORD);
    config.imap = Imap { host: "127.0.0.1".into(), port: server.port, user: "support".into(), security: ImapSecurity::None, ..Imap::default() };
    config.imap.password = password;
    config.imap.address = "support@example.org".into();
    config.support_mail = "team@example.org".into();
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_form_to_the_answer_by_email_and_through_outages_everything_arrives_once() {
    for engine in engines() {
        let mut imap = ImapServer::start("none");
        let smtp_port = free_port();
        let (stage, folder) = Stage::with(&engine, |config| {
            fetch_from(config, &imap);
            config.smtp.host = "127.0.0.1".into();
            config.smtp.port = smtp_port;
            config.smtp.security = SmtpSecurity::None;
            config.smtp.from = "Suporte <support@example.org>".into();
        })
        .await;
        let smtp = MailServer::start(smtp_port, folder.0.path().join("maildir"));
        let (stop, stopped) = watch::channel(false);
        let jobs = tokio::spawn(stage.jobs().run(stopped.clone()));
        let other = tokio::spawn(stage.another().jobs().run(stopped));

        let filed = stage.file(&draft("Cobrado duas vezes", "maria@example.com"), HOME).await.expect("a ticket");
        let messages = async || stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket").1;
        until("the confirmation", async || smtp.received().len() >= 2).await;
        let confirmation = smtp.received().into_iter().find(|mail| mail.header("To")[0].contains("maria@")).expect("a confirmation");
        let reply_to = confirmation.header("Reply-To")[0].to_owned();
        assert!(reply_to.contains("<support+") && confirmation.header("Auto-Submitted") == ["auto-generated"], "{reply_to}");

        stage.clock.advance(Micros::SECOND);
        imap.deliver(&email("j1", "Maria <maria@example.com>", &reply_to, "", BODY));
        until("the answer", async || messages().await.len() == 2).await;
        assert_eq!((messages().await[1].channel, messages().await[1].body.as_str()), (Channel::Email, "Sim, foi ontem."));
        until("the mark", async || imap.read() == (1, 1)).await;

        imap.unmark();
        imap.deliver(&email("j2", "Maria <maria@example.com>", &reply_to, "", "Segunda"));
        until("both marks", async || imap.read() == (2, 2)).await;
        assert_eq!(messages().await.len(), 3, "the first is known");

        imap.stop();
        imap.deliver(&email("j3", "Maria <maria@example.com>", &reply_to, "", "Terceira"));
        tokio::time::sleep(Duration::from_millis(500)).await;
        imap.restart();
        until("what came during the outage", async || imap.read() == (3, 3)).await;
        assert_eq!(messages().await.len(), 4);

        let begun = Instant::now();
        stop.send(true).expect("jobs that listen");
        jobs.await.expect("no panic");
        other.await.expect("no panic");
        assert!(begun.elapsed() < Duration::from_secs(5), "a wait for emails holds up no stop");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn too_large_an_email_stays_flagged_and_one_of_a_program_is_passed_over() {
    for engine in engines() {
        let imap = ImapServer::start("none");
        let (stage, _folder) = Stage::with(&engine, |config| {
            fetch_from(config, &imap);
            config.imap.email_max_bytes = 200_000;
            config.imap.folder = "INBOX".into();
        })
        .await;
        let (filed, to) = ticket(&stage).await;
        imap.deliver(&email("s1", "maria@example.com", &to, "", &"Uma linha\n".repeat(40_000)));
        imap.deliver(&email("s2", "maria@example.com", &to, "Auto-Submitted: auto-replied\nReturn-Path: <>", "Estou de férias"));
        imap.deliver(b"\0\xff no email");
        let (stop, stopped) = watch::channel(false);
        let jobs = tokio::spawn(stage.jobs().run(stopped));
        until("three marks", async || imap.read() == (3, 3)).await;
        stop.send(true).expect("jobs that listen");
        jobs.await.expect("no panic");
        assert_eq!(imap.flagged(), 1);
        assert_eq!(stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket").1.len(), 1);
        assert!(stage.inbound.count_in_review().await.expect("a number") >= 1);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_that_the_server_can_not_hand_out_holds_up_no_other() {
    let imap = ImapServer::start("none");
    let (stage, _folder) = Stage::with(&Engine::Sqlite, |config| fetch_from(config, &imap)).await;
    let (filed, to) = ticket(&stage).await;
    imap.deliver(&email("l1", "maria@example.com", &to, "", "Presa"));
    imap.lock();
    imap.deliver(&email("l2", "maria@example.com", &to, "", "Livre"));
    let (stop, stopped) = watch::channel(false);
    let jobs = tokio::spawn(stage.jobs().run(stopped));
    let messages = async || stage.tickets.read().for_staff(&filed.key.reference).await.expect("a ticket").1;
    until("the second email", async || messages().await.iter().any(|message| message.body == "Livre")).await;
    stop.send(true).expect("jobs that listen");
    jobs.await.expect("no panic");
    assert_eq!(messages().await.len(), 2);
}

/// The program with this mailbox, and its log.
fn serve(config: &Config, imap: &ImapServer, security: &str, password: &str, trusted: bool) -> (Server, Receiver<String>) {
    let mut command = ajuda();
    command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(&config.data).env("DATABASE_URL", &config.database_url);
    command.env("AJUDA_IMAP_HOST", "localhost").env("AJUDA_IMAP_PORT", imap.port.to_string()).env("AJUDA_IMAP_SECURITY", security);
    command.env("AJUDA_IMAP_USER", "support").env("AJUDA_IMAP_PASSWORD", password).env("AJUDA_IMAP_ADDRESS", "support@example.org");
    let authority = if trusted { authority(imap.folder.path()) } else { "/dev/null".into() };
    command.env("SSL_CERT_FILE", authority).env("SSL_CERT_DIR", imap.folder.path().join("nowhere")).stderr(Stdio::piped());
    let mut server = Server::of(&mut command).expect("a help center");
    let lines = lines_of(server.child.stderr.take().expect("a pipe"));
    (server, lines)
}

fn log_until(lines: &Receiver<String>, words: &[&str]) -> String {
    let (start, mut log) = (Instant::now(), String::new());
    while !words.iter().any(|word| log.contains(word)) {
        let line = lines.recv_timeout(PATIENCE.saturating_sub(start.elapsed())).unwrap_or_else(|_| panic!("none of {words:?}:\n{log}"));
        log = format!("{log}{line}\n");
    }
    log
}

#[tokio::test(flavor = "multi_thread")]
async fn the_mailbox_opens_over_an_encrypted_connection_and_never_without_one_that_is_asked_for() {
    let (config, _folder) = new_config(&crate::support::Engine::Sqlite).await;
    for (runs, asked, password, trusted, told) in [
        ("tls", "tls", PASSWORD, true, "the mailbox is open"),
        ("starttls", "starttls", PASSWORD, true, "the mailbox is open"),
        ("tls", "tls", PASSWORD, false, "imap.security"),
        ("starttls", "starttls", PASSWORD, false, "imap.security"),
        ("none", "starttls", PASSWORD, true, "imap.security"),
        ("none", "tls", PASSWORD, true, "imap.security"),
        ("tls", "tls", "not-the-word", true, "imap.password"),
    ] {
        let imap = ImapServer::start(runs);
        imap.deliver(&email("e1", "maria@example.com", "support@example.org", "", "Um segredo qualquer"));
        let (_server, lines) = serve(&config, &imap, asked, password, trusted);
        let log = log_until(&lines, &["the mailbox is open", "emails wait in the mailbox"]);
        assert!(log.contains(told), "{runs}, {asked}, {trusted}:\n{log}");
        assert!(!log.contains(password) && !log.contains("maria@") && !log.contains("segredo"), "{log}");
        if told == "imap.security" {
            assert!(!imap.log().contains("Login: user="), "{}", imap.log());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_while_emails_come_in_each_of_them_opens_one_ticket() {
    const EMAILS: usize = 40;
    for engine in engines() {
        let (config, _folder) = new_config(&engine).await;
        let imap = ImapServer::start("none");
        for number in 0..EMAILS {
            let from = format!("cliente{number}@example.com");
            imap.deliver(&email(&format!("k{number}"), &from, "support@example.org", "", &format!("Pergunta de número {number}")));
        }
        for round in 0..6_u64 {
            let (mut server, lines) = serve(&config, &imap, "none", PASSWORD, true);
            log_until(&lines, &["the mailbox is open"]);
            tokio::time::sleep(Duration::from_millis(20 + 25 * round)).await;
            server.child.kill().expect("a kill");
            server.child.wait().expect("its end");
        }
        let (_server, _lines) = serve(&config, &imap, "none", PASSWORD, true);
        until("all marks", async || imap.read() == (EMAILS, EMAILS)).await;
        let tickets = ajuda::app::App::rooms_alone(&config, ajuda::clock::Clock::default()).tickets;
        let all = [
            tickets.read().list(Queue::Newest, 1_000).await.expect("tickets"),
            tickets.read().list(Queue::Quarantine, 1_000).await.expect("tickets"),
        ]
        .concat();
        let senders: std::collections::HashSet<_> = all.iter().map(|ticket| ticket.email.clone()).collect();
        assert_eq!((all.len(), senders.len()), (EMAILS, EMAILS));
    }
}
