//! The program as an operator runs it: what it says when something is in its way, and what survives when it is killed.

use ajuda::tickets::Queue;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use crate::support::{Engine, engines, new_config};
use crate::visitor::{form_body, form_with};

/// Times that the server is killed under load.
const KILLS: usize = 20;
/// People who write at the same time.
const AUTHORS: usize = 4;

/// A command of the program, without anything of the caller's own set-up.
pub(crate) fn ajuda() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_ajuda"));
    command.env_clear().current_dir(env!("CARGO_MANIFEST_DIR")).stdin(Stdio::null());
    command
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// A running server; killed, not stopped, when it is dropped.
pub(crate) struct Server {
    pub child: Child,
    pub address: String,
}

impl Server {
    pub(crate) fn start(data: &Path, database_url: &str) -> Self {
        let mut command = ajuda();
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .env("DATABASE_URL", database_url)
            .env("AJUDA_LIMITS_TICKETS_PER_NETWORK_PER_HOUR", "1000000")
            .env("AJUDA_LIMITS_TICKETS_PER_EMAIL_PER_HOUR", "1000000")
            .env("AJUDA_ATTACHMENTS_FILES_PER_NETWORK_PER_HOUR", "1000000")
            .stderr(Stdio::null());
        Self::of(&mut command).expect("its address")
    }

    /// None when the program ends without serving.
    pub(crate) fn of(command: &mut Command) -> Option<Self> {
        let mut child = command.stdout(Stdio::piped()).spawn().expect("the program starts");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("a pipe")).read_line(&mut line).expect("a first line, or the end");
        let mut server = Self { child, address: String::new() };
        server.address = line.trim().strip_prefix("Ajuda serves http://")?.to_owned();
        Some(server)
    }

    /// Posts a message; the reference when the server says that it has it.
    pub(crate) fn file(address: &str, subject: &str) -> Option<String> {
        let body = form_body(&form_with(&[("subject", subject)]));
        let mut stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(10))).ok()?;
        write!(
            stream,
            "POST /pt/contact HTTP/1.1\r\nHost: {address}\r\nSec-Fetch-Site: same-origin\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
        .ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        let location = answer.starts_with("HTTP/1.1 303").then(|| answer.lines().find_map(|line| line.strip_prefix("location: /pt/requests/")))??;
        Some(location.trim().trim_end_matches("/sent").to_owned())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_acknowledged_ticket_survives_twenty_kills() {
    for engine in engines() {
        let (config, _folder) = new_config(&engine).await;
        let acknowledged = tokio::task::spawn_blocking({
            let config = config.clone();
            move || kill_under_load(&config.data, &config.database_url)
        })
        .await
        .expect("no panic");
        assert!(acknowledged.len() >= KILLS, "the load was real: {}", acknowledged.len());
        let tickets = ajuda::app::App::rooms_alone(&config, ajuda::clock::Clock::default()).tickets;
        let there: Vec<String> =
            tickets.read().list(Queue::Newest, 1_000_000).await.expect("a database").iter().map(|ticket| ticket.key.reference.to_string()).collect();
        let lost: Vec<_> = acknowledged.iter().filter(|reference| !there.contains(reference)).collect();
        assert!(lost.is_empty(), "{} of {} are lost on {engine:?}: {lost:?}", lost.len(), acknowledged.len());
    }
}

fn kill_under_load(data: &Path, database_url: &str) -> Vec<String> {
    let acknowledged = Arc::new(Mutex::new(Vec::new()));
    for round in 0..KILLS {
        let server = Server::start(data, database_url);
        let over = Arc::new(AtomicBool::new(false));
        let before = acknowledged.lock().unwrap_or_else(PoisonError::into_inner).len();
        let authors: Vec<_> = (0..AUTHORS)
            .map(|author| {
                let (address, over, acknowledged) = (server.address.clone(), Arc::clone(&over), Arc::clone(&acknowledged));
                std::thread::spawn(move || {
                    for number in 0.. {
                        if over.load(Ordering::Relaxed) {
                            return;
                        }
                        if let Some(reference) = Server::file(&address, &format!("Pedido {round}-{author}-{number}")) {
                            acknowledged.lock().unwrap_or_else(PoisonError::into_inner).push(reference);
                        }
                    }
                })
            })
            .collect();
        // At least a few are through before the kill, which comes at another moment each time.
        for _ in 0..500 {
            if acknowledged.lock().unwrap_or_else(PoisonError::into_inner).len() > before + round % 7 {
                break;
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        drop(server);
        over.store(true, Ordering::Relaxed);
        for author in authors {
            author.join().expect("an author");
        }
    }
    let acknowledged = acknowledged.lock().unwrap_or_else(PoisonError::into_inner);
    acknowledged.clone()
}

#[test]
fn links_begin_with_the_address_really_listened_on_and_never_with_the_host_of_a_request() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start(&folder.path().join("data"), "");
    let mut stream = TcpStream::connect(&server.address).expect("the server");
    write!(stream, "GET /robots.txt HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n").expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    assert!(answer.contains(&format!("Sitemap: http://{}/sitemap.xml", server.address)), "{answer}");
}

#[test]
fn a_port_in_use_is_named_with_the_way_out() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a free port");
    let address = taken.local_addr().expect("an address").to_string();
    let output = ajuda().args(["serve", "--listen", &address]).output().expect("the program runs");
    assert!(!output.status.success());
    assert!(said(&output).contains("is in use by another program") && said(&output).contains("--listen"), "{}", said(&output));
}

#[test]
fn mistakes_in_settings_and_folders_say_what_to_do() {
    let folder = tempfile::tempdir().expect("a folder");
    let settings = folder.path().join("ajuda.toml");
    std::fs::write(&settings, "suport_mail = \"a@example.com\"\n").expect("a file");
    let output = ajuda().args(["serve", "--config"]).arg(&settings).output().expect("the program runs");
    assert!(!output.status.success() && said(&output).contains("suport_mail"), "{}", said(&output));
    let output = ajuda().args(["serve", "--articles", "/nowhere/at/all", "--listen", "127.0.0.1:0"]).output().expect("the program runs");
    assert!(!output.status.success() && said(&output).contains("ajuda init"), "{}", said(&output));
    let output = ajuda().args(["tickets", "show", "nonsense!"]).output().expect("the program runs");
    assert!(!output.status.success() && said(&output).contains("K7M-4QX-92P"), "{}", said(&output));
}

#[test]
fn a_new_help_center_is_made_checked_and_served() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = folder.path().join("articles");
    let made = ajuda().arg("init").arg(&articles).output().expect("the program runs");
    assert!(made.status.success(), "{}", said(&made));
    let again = ajuda().arg("init").arg(&articles).output().expect("the program runs");
    assert!(!again.status.success() && said(&again).contains("not empty"), "{}", said(&again));
    let checked = ajuda().args(["check", "--articles"]).arg(&articles).output().expect("the program runs");
    assert!(checked.status.success(), "{}", said(&checked));
}

#[test]
fn an_article_is_begun_moved_and_listed_on_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = folder.path().join("articles");
    let run = |arguments: &[&str]| {
        let output = ajuda().args(arguments).arg("--articles").arg(&articles).output().expect("the program runs");
        (output.status.success(), said(&output))
    };
    ajuda().arg("init").arg(&articles).output().expect("the program runs");
    let (made, text) = run(&["new", "buyer/first-steps/pay-by-card"]);
    assert!(made && text.contains("pay-by-card/es.md") && text.contains("ajuda preview"), "{text}");
    let (made, text) = run(&["new", "buyer/first-step/pay-by-card"]);
    assert!(!made && text.contains("Did you mean \"buyer/first-steps\"?"), "{text}");
    let (moved, text) = run(&["rename", "buyer/first-steps/pay-by-card", "buyer/first-steps/pay"]);
    assert!(moved && text.contains("buyer/first-steps/pay-by-card is buyer/first-steps/pay now."), "{text}");
    let (listed, text) = run(&["translations"]);
    assert!(listed && text.contains("buyer/first-steps/pay                      draft    draft    draft"), "{text}");
    let (listed, text) = run(&["translations", "--json"]);
    assert!(listed && serde_json::from_str::<serde_json::Value>(&text).is_ok_and(|rows| rows[1]["en"] == "draft"), "{text}");
    let (checked, text) = run(&["check"]);
    assert!(checked, "{text}");
    let (served, text) = run(&["preview", "--listen", "0.0.0.0:0"]);
    assert!(!served && text.contains("127.0.0.1"), "{text}");
}

#[tokio::test]
async fn a_ticket_can_be_read_on_the_command_line() {
    let (config, _folder) = new_config(&Engine::Sqlite).await;
    let data = config.data.clone();
    let reference = tokio::task::spawn_blocking(move || {
        let server = Server::start(&config.data, "");
        Server::file(&server.address, "Não recebi o curso").expect("a reference")
    })
    .await
    .expect("no panic");
    let list = ajuda().args(["tickets", "--data"]).arg(&data).arg("list").output().expect("the program runs");
    assert!(said(&list).contains(&reference), "{}", said(&list));
    let shown = ajuda().args(["tickets", "--data"]).arg(&data).args(["show", &reference]).output().expect("the program runs");
    assert!(said(&shown).contains("Não recebi o curso") && said(&shown).contains("joana@example.com"), "{}", said(&shown));
}

#[test]
fn a_strict_program_refuses_articles_that_check_refuses_and_serves_those_that_are_right() {
    let folder = tempfile::tempdir().expect("a folder");
    let articles = folder.path().join("articles");
    let made = ajuda().arg("init").arg(&articles).output().expect("the program runs");
    assert!(made.status.success(), "{}", said(&made));
    let serve = |strict: &[&str]| {
        let mut command = ajuda();
        command
            .args(["serve", "--listen", "127.0.0.1:0", "--articles"])
            .arg(&articles)
            .arg("--data")
            .arg(folder.path().join("data"))
            .args(strict)
            .stderr(Stdio::null());
        command
    };

    assert!(Server::of(&mut serve(&["--strict"])).is_some(), "a clean folder is served");
    let broken = articles.join("buyer/first-steps/broken");
    std::fs::create_dir_all(&broken).expect("a folder");
    std::fs::write(broken.join("pt.md"), "---\ntitel: Sem título\n---\nTexto.\n").expect("a file");
    let checked = ajuda().args(["check", "--articles"]).arg(&articles).output().expect("the program runs");
    assert!(!checked.status.success() && said(&checked).contains("titel"), "{}", said(&checked));

    assert!(Server::of(&mut serve(&[])).is_some(), "who is not strict serves the good ones");
    for refused in [&mut serve(&["--strict"]), serve(&[]).env("AJUDA_STRICT", "true")] {
        assert!(Server::of(refused).is_none(), "a broken article");
        let output = refused.stderr(Stdio::piped()).output().expect("the program runs");
        assert!(!output.status.success() && said(&output).contains("`ajuda check`"), "{}", said(&output));
        assert!(!said(&output).contains("Ajuda serves"), "{}", said(&output));
    }
}
