//! The way to a mail server that asks for encryption and a sign-in, from the program as it is started: certificates of one's own are trusted
//! through `SSL_CERT_FILE`, nothing leaves in the clear, and a password never reaches the log.

use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::servers::free_port;
use crate::program::Server;

const PASSWORD: &str = "open-sesame";
/// A loaded machine needs some of it for three programs to start.
const PATIENCE: Duration = Duration::from_secs(30);

/// A mail server with a certificate of its own authority, and the folder of all that belongs to it.
struct MailRenderer {
    folder: TempDir,
    process: Child,
    port: u16,
}

impl MailRenderer {
    fn new(security: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let (port, at) = (free_port(), |name: &str| folder.path().join(name));
        certify(folder.path());
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/mails/server.py");
        let process = Command::new("/usr/bin/python3")
            .args([script, &port.to_string()])
            .arg(at("maildir"))
            .arg(security)
            .args([at("mail.pem"), at("mail.key")])
            .stdin(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("Python with aiosmtpd; on Debian: apt-get install python3-aiosmtpd");
        let renderer = Self { folder, process, port };
        let start = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", port)).is_err() {
            assert!(start.elapsed() < PATIENCE, "the mail server did not start");
            std::thread::sleep(Duration::from_millis(50));
        }
        renderer
    }

    /// Starts the help center with this mail server, files a ticket, and returns what the log says of the email and how many emails wait.
    fn file(&self, security: &str, password: &str, trusted: bool) -> (String, u64) {
        let mut command = crate::program::ajuda();
        command.args(["serve", "--listen", "127.0.0.1:0", "--data"]).arg(self.folder.path().join("data"));
        command.env("AJUDA_SMTP_HOST", "localhost").env("AJUDA_SMTP_PORT", self.port.to_string()).env("AJUDA_SMTP_SECURITY", security);
        command.env("AJUDA_SMTP_USER", "ajuda").env("AJUDA_SMTP_PASSWORD", password).env("AJUDA_SMTP_FROM", "support@example.com");
        // An authority that has nothing to do with the server's is as good as none.
        let authority = if trusted { self.folder.path().join("ca.pem") } else { "/dev/null".into() };
        command.env("SSL_CERT_FILE", authority).env("SSL_CERT_DIR", self.folder.path().join("none")).stderr(Stdio::piped());
        let mut server = Server::of(&mut command).expect("a help center");
        let lines = lines_of(server.child.stderr.take().expect("a pipe"));
        Server::file(&server.address, "Uma pergunta secreta").expect("a ticket");
        let mut log = String::new();
        let start = Instant::now();
        while !["a mail left", "a mail did not leave", "mails wait"].iter().any(|end| log.contains(end)) {
            let line = lines.recv_timeout(PATIENCE.saturating_sub(start.elapsed())).unwrap_or_else(|_| panic!("no word about the email:\n{log}"));
            log.push_str(&line);
            log.push('\n');
        }
        (log, waiting(&server.address))
    }

    fn received(&self) -> Vec<PathBuf> {
        let files = std::fs::read_dir(self.folder.path().join("maildir/new"));
        files.map(|files| files.flatten().map(|file| file.path()).collect()).unwrap_or_default()
    }
}

impl Drop for MailRenderer {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// An authority, and a certificate for `localhost` that it signed.
pub(crate) fn certify(folder: &Path) {
    let openssl = |name: &str, more: &[&str]| {
        let (key, certificate) = (format!("{name}.key"), format!("{name}.pem"));
        let mut command = Command::new("openssl");
        command.current_dir(folder).args(["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"]);
        let output = command.args(["-keyout", &key, "-out", &certificate]).args(more).output().expect("openssl");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    openssl("ca", &["-subj", "/CN=An authority of our own"]);
    let names = ["-addext", "subjectAltName=DNS:localhost", "-addext", "basicConstraints=critical,CA:FALSE"];
    openssl("mail", &[&["-subj", "/CN=localhost", "-CA", "ca.pem", "-CAkey", "ca.key"], names.as_slice()].concat());
}

pub(crate) fn lines_of(pipe: impl Read + Send + 'static) -> mpsc::Receiver<String> {
    let (sender, lines) = mpsc::channel();
    std::thread::spawn(move || BufReader::new(pipe).lines().map_while(Result::ok).try_for_each(|line| sender.send(line)));
    lines
}

/// How many emails the metrics say are waiting; the count may trail the log by a moment.
fn waiting(address: &str) -> u64 {
    use std::io::Write;
    std::thread::sleep(Duration::from_millis(500));
    let mut stream = std::net::TcpStream::connect(address).expect("a connection");
    write!(stream, "GET /metrics HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n").expect("a request");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    let line = answer.lines().find_map(|line| line.strip_prefix("ajuda_mails_waiting ")).expect("a metric");
    line.trim().parse().expect("a number")
}

#[test]
fn an_email_leaves_over_an_encrypted_connection_after_a_sign_in() {
    for security in ["starttls", "tls"] {
        let renderer = MailRenderer::new(security);
        let (log, waiting) = renderer.file(security, PASSWORD, true);
        assert!(log.contains("a mail left") && waiting == 0, "{security}: {waiting} wait:\n{log}");
        assert_eq!(renderer.received().len(), 1, "{security}");
        assert!(!log.contains(PASSWORD) && !log.contains("joana@"), "{log}");
    }
}

#[test]
fn a_wrong_password_is_named_in_the_log_without_its_text_and_the_email_waits() {
    for security in ["starttls", "tls"] {
        let renderer = MailRenderer::new(security);
        let (log, waiting) = renderer.file(security, "not-the-word", true);
        assert!(log.contains("mails wait") && log.contains("smtp.password") && waiting == 1, "{security}: {waiting} wait:\n{log}");
        assert!(!log.contains("not-the-word") && !log.contains("secreta"), "{log}");
        assert!(renderer.received().is_empty());
        let (log, waiting) = renderer.file(security, PASSWORD, true);
        assert!(log.contains("a mail left") && waiting == 0, "fixed, it leaves: {waiting} wait:\n{log}");
    }
}

#[test]
fn where_encryption_is_asked_for_nothing_leaves_without_it() {
    // A server that knows no STARTTLS, one that speaks in the clear where TLS is expected, and one whose certificate nobody vouches for.
    for (server, security, trusted) in [("none", "starttls", true), ("none", "tls", true), ("starttls", "starttls", false), ("tls", "tls", false)] {
        let renderer = MailRenderer::new(server);
        let (log, waiting) = renderer.file(security, PASSWORD, trusted);
        assert!(log.contains("mails wait") && log.contains("smtp.security") && waiting == 1, "{server}, {security}: {waiting} wait:\n{log}");
        assert!(!log.contains(PASSWORD), "{log}");
        assert!(renderer.received().is_empty(), "{server}, {security}");
    }
}
