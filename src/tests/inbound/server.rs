//! A real IMAP server, Dovecot, with one mailbox in a folder of its own.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use tempfile::TempDir;

pub(crate) const PASSWORD: &str = "open-sesame";
const PROGRAM: &str = "/usr/sbin/dovecot";
pub(crate) const PATIENCE: Duration = Duration::from_secs(40);

pub(crate) struct ImapServer {
    pub folder: TempDir,
    pub port: u16,
    security: &'static str,
    process: Option<Child>,
    delivered: AtomicU32,
}

impl ImapServer {
    /// `security` is tls, starttls or none; certificates are made for the first two.
    pub(crate) fn start(security: &'static str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        if security != "none" {
            crate::mails::encrypted::certify(folder.path());
        }
        for name in ["maildir/new", "maildir/cur", "maildir/tmp", "run", "state"] {
            std::fs::create_dir_all(folder.path().join(name)).expect("a folder");
        }
        let mut server = Self { folder, port: crate::mails::servers::free_port(), security, process: None, delivered: AtomicU32::new(0) };
        std::fs::write(server.folder.path().join("dovecot.conf"), server.settings()).expect("a file");
        if is_root() {
            run(Command::new("chown").args(["-R", "nobody:nogroup"]).arg(server.folder.path()));
        }
        server.restart();
        server
    }

    fn settings(&self) -> String {
        let (user, group) = if is_root() { ("nobody".to_owned(), "nogroup".to_owned()) } else { (id("-un"), id("-gn")) };
        let dir = self.folder.path().display();
        let (plain, encrypted) = if self.security == "tls" { (0, self.port) } else { (self.port, 0) };
        let ssl = if self.security == "none" {
            "ssl = no".to_owned()
        } else {
            format!("ssl = required\nssl_cert = <{dir}/mail.pem\nssl_key = <{dir}/mail.key")
        };
        format!(
            "base_dir = {dir}/run\nstate_dir = {dir}/state\nlog_path = {dir}/dovecot.log\nprotocols = imap\nlisten = 127.0.0.1\n{ssl}\n\
             disable_plaintext_auth = no\ndefault_internal_user = {user}\ndefault_login_user = {user}\ndefault_internal_group = {group}\n\
             first_valid_uid = 1\nmail_location = maildir:{dir}/maildir\n\
             passdb {{\n  driver = static\n  args = password={PASSWORD}\n}}\n\
             userdb {{\n  driver = static\n  args = uid={user} gid={group} home={dir}\n}}\n\
             service imap-login {{\n  chroot =\n  inet_listener imap {{\n    port = {plain}\n  }}\n  inet_listener imaps {{\n    port = {encrypted}\n    ssl = yes\n  }}\n}}\n\
             service anvil {{\n  chroot =\n}}\nservice stats {{\n  chroot =\n}}\n"
        )
    }

    pub(crate) fn restart(&mut self) {
        self.stop();
        let mut command = if is_root() {
            let mut command = Command::new("setpriv");
            command.args(["--reuid=nobody", "--regid=nogroup", "--clear-groups", PROGRAM]);
            command
        } else {
            Command::new(PROGRAM)
        };
        command.arg("-F").arg("-c").arg(self.folder.path().join("dovecot.conf")).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        self.process = Some(command.spawn().unwrap_or_else(|error| panic!("{PROGRAM}: {error}; on Debian: apt-get install dovecot-imapd")));
        let start = Instant::now();
        while std::net::TcpStream::connect(("127.0.0.1", self.port)).is_err() {
            assert!(start.elapsed() < PATIENCE, "the IMAP server did not start: {}", self.log());
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Ends it with all its connections.
    pub(crate) fn stop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = Command::new("kill").arg(process.id().to_string()).status();
            let _ = process.wait();
        }
    }

    pub(crate) fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("dovecot.log")).unwrap_or_default()
    }

    fn maildir(&self) -> PathBuf {
        self.folder.path().join("maildir")
    }

    /// Puts an email into the mailbox, as a mail server does.
    pub(crate) fn deliver(&self, raw: &[u8]) {
        let name = format!("{:06}.email.example", self.delivered.fetch_add(1, Ordering::Relaxed));
        let draft = self.maildir().join("tmp").join(&name);
        std::fs::write(&draft, raw).expect("a file");
        if is_root() {
            run(Command::new("chown").arg("nobody:nogroup").arg(&draft));
        }
        std::fs::rename(draft, self.maildir().join("new").join(&name)).expect("an email");
    }

    /// Makes all emails that lie there unreadable for the server, which then fails to hand them out.
    pub(crate) fn lock(&self) {
        for folder in ["new", "cur"] {
            for file in std::fs::read_dir(self.maildir().join(folder)).expect("a Maildir") {
                std::fs::set_permissions(file.expect("a file").path(), std::os::unix::fs::PermissionsExt::from_mode(0o000)).expect("its rights");
            }
        }
    }

    fn names(&self) -> Vec<String> {
        let of = |folder: &str| std::fs::read_dir(self.maildir().join(folder)).expect("a folder").flatten().map(|file| file.file_name());
        of("cur").chain(of("new")).map(|name| name.to_string_lossy().into_owned()).collect()
    }

    /// How many emails there are, and how many of them are marked as read.
    pub(crate) fn read(&self) -> (usize, usize) {
        let names = self.names();
        let read = names.iter().filter(|name| name.split_once(":2,").is_some_and(|(_, marks)| marks.contains('S'))).count();
        (names.len(), read)
    }

    pub(crate) fn flagged(&self) -> usize {
        self.names().iter().filter(|name| name.split_once(":2,").is_some_and(|(_, marks)| marks.contains('F'))).count()
    }

    /// Takes all marks away, as if the program had ended before it set them.
    pub(crate) fn unmark(&self) {
        for name in self.names().iter().filter(|name| name.contains(":2,")) {
            let bare = name.split(":2,").next().unwrap_or_default();
            let _ = std::fs::rename(self.maildir().join("cur").join(name), self.maildir().join("cur").join(format!("{bare}:2,")));
        }
    }
}

impl Drop for ImapServer {
    fn drop(&mut self) {
        self.stop();
    }
}

fn is_root() -> bool {
    id("-u") == "0"
}

fn id(what: &str) -> String {
    let output = Command::new("id").arg(what).output().expect("id");
    String::from_utf8_lossy(&output.stdout).trim().to_owned()
}

fn run(command: &mut Command) {
    assert!(command.status().expect("a command").success());
}

/// Asks until it holds.
pub(crate) async fn until(what: &str, mut holds: impl AsyncFnMut() -> bool) {
    let start = Instant::now();
    while !holds().await {
        assert!(start.elapsed() < PATIENCE, "in vain: {what}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
}

pub(crate) fn authority(folder: &Path) -> PathBuf {
    folder.join("ca.pem")
}
