//! Mail servers: away, odd, picky. No email is lost and none holds up another.

use crate::support::Acts;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ajuda::clock::Micros;
use ajuda::mail::MailCounts;
use ajuda::mail::settings::SmtpSecurity;

use super::{Read, read, running};
use crate::support::{HOME, Stage, draft, engines};

/// A real mail server that puts what it gets into a Maildir.
pub(crate) struct MailServer {
    process: Child,
    maildir: PathBuf,
}

impl MailServer {
    const PROGRAM: &str = "/usr/bin/aiosmtpd";

    pub(crate) fn start(port: u16, maildir: PathBuf) -> Self {
        let process = Command::new(Self::PROGRAM)
            .args(["--nosetuid", "--listen", &format!("127.0.0.1:{port}"), "--class", "aiosmtpd.handlers.Mailbox"])
            .arg(&maildir)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}. This test needs a mail server; on Debian: apt-get install python3-aiosmtpd", Self::PROGRAM));
        let server = Self { process, maildir };
        for _ in 0..200 {
            if std::net::TcpStream::connect(("127.0.0.1", port)).is_ok() {
                return server;
            }
            std::thread::sleep(Duration::from_millis(50));
        }
        panic!("the mail server did not start within 10 seconds");
    }

    /// In the order of arrival.
    pub(crate) fn received(&self) -> Vec<Read> {
        let mut files: Vec<_> = std::fs::read_dir(self.maildir.join("new")).expect("a Maildir").map(|file| file.expect("a file")).collect();
        files.sort_by_key(|file| file.metadata().and_then(|metadata| metadata.modified()).expect("a time"));
        files.iter().map(|file| read(&std::fs::read(file.path()).expect("an email"))).collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

pub(crate) fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

#[tokio::test(flavor = "multi_thread")]
async fn emails_owed_during_an_outage_of_the_mail_server_leave_afterwards_in_order_and_once() {
    for engine in engines() {
        let port = free_port();
        let (stage, folder) = Stage::with(&engine, |config| {
            config.smtp.host = "127.0.0.1".into();
            config.smtp.port = port;
            config.smtp.security = SmtpSecurity::None;
            config.smtp.from = "Suporte <support@example.com>".into();
        })
        .await;
        let (_sender, stop) = running();
        let jobs = stage.jobs();
        for number in 0..3 {
            stage.file(&draft(&format!("Mensagem {number}"), &format!("a{number}@example.com")), HOME).await.expect("a ticket");
            stage.clock.advance(Micros::SECOND);
        }
        // Two days without a server: nothing is given up.
        for _ in 0..48 {
            assert!(!jobs.deliver_due(&stop).await.expect("a database"), "no email can leave");
            stage.clock.advance(Micros::HOUR);
        }
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 3, failed: 0 });

        let server = MailServer::start(port, folder.0.path().join("maildir"));
        assert!(jobs.deliver_due(&stop).await.expect("a database"));
        assert!(jobs.deliver_due(&stop).await.expect("a database"));
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts::default());
        let received = server.received();
        let arrived: Vec<_> = received.iter().map(|mail| mail.header("To")[0].to_owned()).collect();
        let filed = ["a0", "a1", "a2"].map(|name| format!("{name}@example.com"));
        assert_eq!(arrived, filed, "in order, each once");
        for mail in &received {
            assert_eq!(mail.header("From"), ["Suporte <support@example.com>"]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_up_or_talks_nonsense_loses_no_email() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for (number, connection) in listener.incoming().enumerate() {
            let Ok(mut connection) = connection else { return };
            if number % 2 == 1 {
                let _ = std::io::Write::write_all(&mut connection, b"\xff\xfe I am no mail server\r\n");
            }
        }
    });
    let (stage, _folder) = Stage::with(&crate::support::Engine::Sqlite, |config| {
        config.smtp.host = "127.0.0.1".into();
        config.smtp.port = port;
        config.smtp.security = SmtpSecurity::None;
        config.smtp.from = "support@example.com".into();
    })
    .await;
    stage.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
    let (_sender, stop) = running();
    for _ in 0..4 {
        stage.jobs().deliver_due(&stop).await.expect("a database");
        stage.clock.advance(Micros::HOUR);
    }
    assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 1, failed: 0 });
    let pool = stage.db.ready().await.expect("a database");
    let problem: String = sqlx::query_scalar("SELECT last_problem FROM outbox").fetch_one(&pool).await.expect("a problem");
    assert!(problem.starts_with("no connection to the mail server") || problem.starts_with("the mail server"), "{problem}");
}

/// Speaks just enough SMTP to say no: refuses those at `refused.example.com` and breaks off at those at `broken.example.com`.
fn start_picky_server() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("an address").port();
    std::thread::spawn(move || {
        for connection in listener.incoming().flatten() {
            std::thread::spawn(move || speak(&connection));
        }
    });
    port
}

fn speak(connection: &std::net::TcpStream) -> Option<()> {
    use std::io::{BufRead, Write};
    let mut lines = std::io::BufReader::new(connection).lines();
    let answer = |text: &str| {
        let mut out = connection;
        out.write_all(format!("{text}\r\n").as_bytes()).ok()
    };
    answer("220 picky")?;
    loop {
        let line = lines.next()?.ok()?.to_lowercase();
        if line.contains("broken.example.com") {
            return None;
        }
        if line == "data" {
            answer("354 go on")?;
            while lines.next()?.ok()? != "." {}
        }
        answer(if line.contains("refused.example.com") { "550 <a@refused.example.com> is unknown" } else { "250 fine" })?;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_that_the_server_refuses_or_breaks_off_at_holds_up_no_other() {
    for engine in engines() {
        let port = start_picky_server();
        let (stage, _folder) = Stage::with(&engine, |config| {
            config.smtp.host = "127.0.0.1".into();
            config.smtp.port = port;
            config.smtp.security = SmtpSecurity::None;
            config.smtp.from = "support@example.com".into();
        })
        .await;
        for domain in ["refused", "broken", "good"] {
            stage.file(&draft("Uma mensagem", &format!("a@{domain}.example.com")), HOME).await.expect("a ticket");
            stage.clock.advance(1);
        }
        let (_sender, stop) = running();
        assert!(stage.jobs().deliver_due(&stop).await.expect("a database"));
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 2, failed: 0 });
        for _ in 0..12 {
            stage.clock.advance(Micros::DAY);
            assert!(stage.jobs().deliver_due(&stop).await.expect("a database"));
        }
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 0, failed: 2 });
        let pool = stage.db.ready().await.expect("a database");
        let problems: Vec<String> =
            sqlx::query_scalar("SELECT last_problem FROM outbox WHERE state = 'failed'").fetch_all(&pool).await.expect("problems");
        assert!(problems.iter().any(|problem| problem.contains("550")) && problems.iter().all(|problem| !problem.contains('@')), "{problems:?}");
    }
}
