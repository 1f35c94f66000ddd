//! What the mail room and its job promise: a mail owed leaves, once, and what people typed can't become a header.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use ajuda::clock::Micros;
use ajuda::config::SmtpSecurity;
use ajuda::i18n::Lang;
use ajuda::mail::{House, MailCounts, Owed, Template, TicketFacts};
use ajuda::tickets::Right;
use ajuda::tickets::model::{Draft, Reference};
use tokio::sync::watch;

use crate::support::{HOME, MONDAY, Stage, draft, engines};

/// A mail taken apart: header lines unfolded, each text part decoded.
struct Read {
    headers: Vec<(String, String)>,
    parts: Vec<String>,
}

impl Read {
    fn header(&self, name: &str) -> Vec<&str> {
        self.headers.iter().filter(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str()).collect()
    }
}

fn split_headers(text: &str) -> (Vec<(String, String)>, String) {
    let (head, body) = text.split_once("\n\n").unwrap_or((text, ""));
    let head = head.replace("\n ", " ").replace("\n\t", " ");
    let headers = head.lines().filter_map(|line| line.split_once(':')).map(|(key, value)| (key.to_owned(), value.trim().to_owned())).collect();
    (headers, body.to_owned())
}

fn read(raw: &[u8]) -> Read {
    let text = String::from_utf8_lossy(raw).replace("\r\n", "\n");
    let (headers, body) = split_headers(&text);
    let kind = headers.iter().find(|(key, _)| key == "Content-Type").map(|(_, value)| value.clone()).unwrap_or_default();
    let boundary = kind.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a mail in parts");
    let border = format!("--{boundary}");
    let parts = body.split(&border).skip(1).filter(|part| !part.starts_with("--")).map(|part| decode(part.trim_start()));
    Read { parts: parts.collect(), headers }
}

fn decode(part: &str) -> String {
    let (headers, body) = split_headers(part);
    let encoding = headers.iter().find(|(key, _)| key == "Content-Transfer-Encoding").map_or("7bit", |(_, value)| value.as_str());
    let bytes = match encoding {
        "base64" => data_encoding::BASE64_MIME_PERMISSIVE.decode(body.trim().as_bytes()).expect("base64"),
        "quoted-printable" => {
            let (body, mut bytes) = (body.replace("=\n", "").into_bytes(), Vec::new());
            let mut at = 0;
            while at < body.len() {
                if body[at] == b'=' {
                    let digits = std::str::from_utf8(&body[at + 1..at + 3]).expect("two digits");
                    bytes.push(u8::from_str_radix(digits, 16).expect("two digits"));
                    at += 3;
                } else {
                    bytes.push(body[at]);
                    at += 1;
                }
            }
            bytes
        }
        _ => body.into_bytes(),
    };
    String::from_utf8(bytes).expect("UTF-8").replace("\r\n", "\n")
}

fn running() -> (watch::Sender<bool>, watch::Receiver<bool>) {
    watch::channel(false)
}

fn mails_in(folder: &Path) -> Vec<Read> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).map(|files| files.map(|file| file.expect("a file").path()).collect()).unwrap_or_default();
    files.sort();
    files.iter().map(|file| read(&std::fs::read(file).expect("a mail"))).collect()
}

fn facts() -> TicketFacts {
    TicketFacts {
        reference: "K7M-4QX-92P".into(),
        subject: "Uma pergunta".into(),
        name: "Maria".into(),
        email: "maria@example.com".into(),
        code: None,
        reason: None,
        article: None,
        message: "Uma mensagem".into(),
        answer_due_at: MONDAY,
        link: "https://help.example.com/pt/requests/K7M-4QX-92P?key=x".into(),
    }
}

fn owed(template: Template, lang: Lang) -> Owed {
    Owed { id: "abc".into(), created_at: MONDAY, template, ticket: "t".into(), lang, attempt: 1 }
}

#[tokio::test(flavor = "multi_thread")]
async fn eight_workers_never_get_the_same_mail_and_together_get_all() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| config.limits.tickets_per_network_per_hour = 1000).await;
        for number in 0..40 {
            stage.tickets.file(&draft("Uma mensagem", &format!("a{number}@example.com")), HOME).await.expect("a ticket");
        }
        let other = stage.another();
        let workers = (0..8).map(|number| {
            let outbox = if number % 2 == 0 { stage.outbox.clone() } else { other.outbox.clone() };
            tokio::spawn(async move {
                let mut claimed = Vec::new();
                // Two that reach for the same mail: one of them goes away empty-handed and has to look again.
                let mut empty = 0;
                while empty < 20 {
                    match outbox.claim().await.expect("a claim") {
                        Some(owed) => claimed.push(owed.id),
                        None => empty += 1,
                    }
                }
                claimed
            })
        });
        let mut claimed = Vec::new();
        for worker in workers.collect::<Vec<_>>() {
            claimed.extend(worker.await.expect("a worker"));
        }
        assert_eq!(claimed.len(), 40);
        assert_eq!(claimed.iter().collect::<HashSet<_>>().len(), 40);
    }
}

#[tokio::test]
async fn a_mail_of_a_worker_that_died_is_taken_over_and_the_dead_one_has_no_say_any_more() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        stage.tickets.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
        let died = stage.outbox.claim().await.expect("a claim").expect("a mail");
        assert_eq!(stage.outbox.claim().await.expect("a claim"), None);
        stage.clock.advance(5 * Micros::MINUTE);
        let taken_over = stage.outbox.claim().await.expect("a claim").expect("the same mail");
        assert_eq!((&taken_over.id, taken_over.attempt), (&died.id, 2));
        stage.outbox.give_up(&died, "too late").await.expect("no error");
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 1, failed: 0 });
        stage.outbox.sent(&taken_over).await.expect("a note");
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts::default());
    }
}

#[tokio::test]
async fn pauses_grow_and_a_mail_that_never_leaves_is_kept_and_counted() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        stage.tickets.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
        let mut pauses = Vec::new();
        for attempt in 1..=10 {
            let owed = stage.outbox.claim().await.expect("a claim").expect("the mail is due");
            assert_eq!(owed.attempt, attempt);
            stage.outbox.not_sent(&owed, "the mail server answered 451").await.expect("a note");
            let mut minutes = 0;
            while attempt < 10
                && stage.number("SELECT MIN(due_at) FROM mails").await > MONDAY.0 + (pauses.iter().sum::<i64>() + minutes) * Micros::MINUTE
            {
                minutes += 1;
            }
            stage.clock.advance(minutes * Micros::MINUTE);
            pauses.push(minutes);
        }
        assert!(pauses[..9].is_sorted() && pauses[..9].iter().all(|minutes| *minutes > 0), "{pauses:?}");
        stage.clock.advance(365 * Micros::DAY);
        assert_eq!(stage.outbox.claim().await.expect("a claim"), None);
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 0, failed: 1 });
    }
}

#[tokio::test]
async fn without_a_mail_server_each_mail_becomes_a_file_that_says_everything_in_the_customers_language() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| {
            config.support_mail = "Equipe <team@example.com>".into();
            config.public_url = "https://help.example.com".into();
        })
        .await;
        let typed = Draft { lang: Lang::Es, ..draft("Un cobro <doble> & más", "maria@example.com") };
        let filed = stage.tickets.file(&typed, HOME).await.expect("a ticket");
        let (_sender, stop) = running();
        stage.jobs().deliver_due(&stop).await.expect("a database");
        stage.jobs().deliver_due(&stop).await.expect("nothing more to do");
        let mails = mails_in(&stage.config.data.join("mails"));
        assert_eq!(mails.len(), 2);
        let to = |address: &str| mails.iter().find(|mail| mail.header("To")[0].contains(address)).expect("a mail to them");
        let (confirmation, announcement) = (to("maria@example.com"), to("team@example.com"));
        for mail in &mails {
            assert_eq!(mail.header("Auto-Submitted"), ["auto-generated"]);
            assert_eq!(mail.header("From"), ["Equipe <team@example.com>"]);
            assert!(mail.header("Message-ID")[0].ends_with("@example.com>"));
            assert_eq!(mail.parts.len(), 2);
        }

        let [text, html] = confirmation.parts.as_slice() else { panic!("text and HTML") };
        let reference = &filed.key.reference;
        assert!(confirmation.header("Subject")[0].contains(reference.as_str()));
        for part in [text, html] {
            assert!(part.contains("¡Hola, Maria Souza!") && part.contains("martes 24 de noviembre de 2026, 09:00 h"), "{part}");
            assert!(part.contains("O que eu faço?"), "{part}");
        }
        assert!(text.contains("> Un cobro <doble> & más") && html.contains("Un cobro &lt;doble&gt; &amp; más"));
        let start = format!("https://help.example.com/es/requests/{reference}?key=");
        let token = text.split(&start).nth(1).and_then(|rest| rest.split_whitespace().next()).expect("the private link");
        assert_eq!(stage.tickets.open_link(reference, token).await.expect("its ticket"), (filed.key.clone(), Right::Mailbox));

        assert!(announcement.header("Reply-To")[0].contains("maria@example.com"));
        assert!(announcement.parts[0].contains("Nova solicitação") || announcement.parts[0].contains("nova solicitação"));
        assert!(announcement.parts.iter().all(|part| !part.contains("?key=")), "staff get no customer's link");
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts::default());
    }
}

#[tokio::test]
async fn a_folder_that_can_not_be_written_loses_no_mail() {
    let (stage, _folder) = Stage::new(&crate::support::Engine::Sqlite).await;
    stage.tickets.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
    let mails = stage.config.data.join("mails");
    std::fs::write(&mails, "a file is in the way").expect("a file");
    let (_sender, stop) = running();
    stage.jobs().deliver_due(&stop).await.expect("a database");
    assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 1, failed: 0 });
    std::fs::remove_file(&mails).expect("the file");
    stage.clock.advance(Micros::MINUTE);
    stage.jobs().deliver_due(&stop).await.expect("a database");
    assert_eq!(mails_in(&mails).len(), 1);
}

#[test]
fn no_text_becomes_a_header_or_markup() {
    let hostile = "x\r\nBcc: victim@example.com\r\n\r\n<script>alert(1)</script>{reference}\u{2028}\0";
    let mut config = ajuda::config::Config { support_mail: "team@example.com".into(), ..Default::default() };
    config.brand.name = hostile.into();
    let house = House::new(&config);
    let hostile_facts = TicketFacts {
        reference: hostile.into(),
        subject: hostile.into(),
        name: hostile.into(),
        code: Some(hostile.into()),
        reason: Some(hostile.into()),
        article: Some(hostile.into()),
        message: hostile.into(),
        link: hostile.into(),
        ..facts()
    };
    let names = |message: &[u8]| read(message).headers.into_iter().map(|(name, _)| name).collect::<HashSet<_>>();
    for template in [Template::Confirmation, Template::Announcement] {
        let good = house.write(&owed(template, Lang::Pt), &facts()).expect("a mail").formatted();
        let bad = house.write(&owed(template, Lang::Pt), &hostile_facts).expect("a mail").formatted();
        assert_eq!(names(&bad), names(&good));
        let mail = read(&bad);
        assert_eq!((mail.header("To").len(), mail.header("Subject").len(), mail.header("Bcc").len()), (1, 1, 0));
        assert!(!mail.parts[1].contains("<script>"), "{}", mail.parts[1]);
    }
    for address in ["a@example.com\r\nBcc: b@example.com", "a@example.com, b@example.com", ""] {
        let message = house.write(&owed(Template::Confirmation, Lang::Pt), &TicketFacts { email: address.into(), ..facts() });
        assert!(message.is_err_and(|error| !error.to_string().contains("example")), "{address}");
    }
}

#[test]
fn a_second_attempt_writes_the_same_mail() {
    let house = House::new(&ajuda::config::Config::default());
    let write = |attempt| {
        let mail = house.write(&Owed { attempt, ..owed(Template::Confirmation, Lang::En) }, &facts()).expect("a mail").formatted();
        let mail = read(&mail);
        (mail.header("Message-ID").join(""), mail.header("Date").join(""), mail.parts)
    };
    assert_eq!(write(1), write(2));
    assert!(write(1).0.contains("abc@"));
}

/// A real mail server that puts what it gets into a Maildir.
struct MailServer {
    process: Child,
    maildir: PathBuf,
}

impl MailServer {
    const PROGRAM: &str = "/usr/bin/aiosmtpd";

    fn start(port: u16, maildir: PathBuf) -> Self {
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
    fn received(&self) -> Vec<Read> {
        let mut files: Vec<_> = std::fs::read_dir(self.maildir.join("new")).expect("a Maildir").map(|file| file.expect("a file")).collect();
        files.sort_by_key(|file| file.metadata().and_then(|metadata| metadata.modified()).expect("a time"));
        files.iter().map(|file| read(&std::fs::read(file.path()).expect("a mail"))).collect()
    }
}

impl Drop for MailServer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn free_port() -> u16 {
    std::net::TcpListener::bind("127.0.0.1:0").and_then(|listener| listener.local_addr()).expect("a free port").port()
}

#[tokio::test(flavor = "multi_thread")]
async fn mails_owed_during_an_outage_of_the_mail_server_leave_afterwards_in_order_and_once() {
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
            stage.tickets.file(&draft(&format!("Mensagem {number}"), &format!("a{number}@example.com")), HOME).await.expect("a ticket");
            stage.clock.advance(Micros::SECOND);
        }
        // Two days without a server: nothing is given up.
        for _ in 0..48 {
            assert!(!jobs.deliver_due(&stop).await.expect("a database"), "no mail can leave");
            stage.clock.advance(Micros::HOUR);
        }
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 3, failed: 0 });

        let server = MailServer::start(port, folder.0.path().join("maildir"));
        assert!(jobs.deliver_due(&stop).await.expect("a database"));
        assert!(jobs.deliver_due(&stop).await.expect("a database"));
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts::default());
        let received = server.received();
        let arrived: Vec<_> = received.iter().map(|mail| mail.header("To")[0].to_owned()).collect();
        let filed = ["a0", "a1", "a2"].map(|name| format!("\"Maria Souza\" <{name}@example.com>"));
        assert_eq!(arrived, filed, "in order, each once");
        for (number, mail) in received.iter().enumerate() {
            assert!(mail.parts[0].contains(&format!("> Mensagem {number}")), "{}", mail.parts[0]);
            assert_eq!(mail.header("From"), ["Suporte <support@example.com>"]);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_hangs_up_or_talks_nonsense_loses_no_mail() {
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
    stage.tickets.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
    let (_sender, stop) = running();
    for _ in 0..4 {
        stage.jobs().deliver_due(&stop).await.expect("a database");
        stage.clock.advance(Micros::HOUR);
    }
    assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 1, failed: 0 });
    let pool = stage.db.ready().await.expect("a database");
    let problem: String = sqlx::query_scalar("SELECT last_problem FROM mails").fetch_one(&pool).await.expect("a problem");
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
async fn a_mail_that_the_server_refuses_or_breaks_off_at_holds_up_no_other() {
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
            stage.tickets.file(&draft("Uma mensagem", &format!("a@{domain}.example.com")), HOME).await.expect("a ticket");
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
            sqlx::query_scalar("SELECT last_problem FROM mails WHERE state = 'failed'").fetch_all(&pool).await.expect("problems");
        assert!(problems.iter().any(|problem| problem.contains("550")) && problems.iter().all(|problem| !problem.contains('@')), "{problems:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_worker_sends_soon_after_a_ticket_was_filed_and_stops_when_told() {
    for engine in engines() {
        let (stage, _folder) = Stage::new(&engine).await;
        let (sender, stop) = running();
        let worker = tokio::spawn(stage.jobs().run(stop));
        tokio::time::sleep(Duration::from_millis(300)).await;
        stage.tickets.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
        let mails = stage.config.data.join("mails");
        let mut waited = 0;
        while mails_in_finished(&mails) == 0 {
            tokio::time::sleep(Duration::from_millis(50)).await;
            waited += 1;
            assert!(waited < 60, "a mail within three seconds, before the next look-round");
        }
        stage.counts.record(&ajuda::articles::model::ArticleId("a/b/c".into()));
        sender.send(true).expect("a worker");
        tokio::time::timeout(Duration::from_secs(5), worker).await.expect("a stop").expect("no panic");
        assert_eq!(stage.number("SELECT reads FROM reads").await, 1, "reads are written down at the end");
    }
}

fn mails_in_finished(folder: &Path) -> usize {
    std::fs::read_dir(folder)
        .map(|files| files.filter(|file| file.as_ref().is_ok_and(|file| file.path().extension().is_some_and(|end| end == "eml"))).count())
        .unwrap_or(0)
}

#[tokio::test]
async fn a_mail_whose_recipient_is_no_longer_configured_is_given_up_and_counted() {
    for engine in engines() {
        let (stage, _folder) = Stage::with(&engine, |config| config.support_mail = "team@example.com".into()).await;
        let filed = stage.tickets.file(&draft("Uma mensagem", "maria@example.com"), HOME).await.expect("a ticket");
        assert!(Reference::parse(filed.key.reference.as_str()).is_some());
        let mut later = stage.another();
        later.config.support_mail = String::new();
        let (_sender, stop) = running();
        later.jobs().deliver_due(&stop).await.expect("a database");
        assert_eq!(stage.outbox.counts().await.expect("counts"), MailCounts { waiting: 0, failed: 1 });
    }
}
