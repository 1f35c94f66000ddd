//! What the mail room and its job promise: an email owed leaves, once, and what people typed can't become a header.

mod contents;
pub(crate) mod encrypted;
mod killed;
mod outbox;
pub(crate) mod servers;

use std::path::{Path, PathBuf};

use ajuda::i18n::Lang;
use ajuda::mail::{Mail, Owed, Template, TicketFacts};
use tokio::sync::watch;

use crate::support::MONDAY;

/// An email taken apart: header lines unfolded, each text part decoded.
pub(crate) struct Read {
    headers: Vec<(String, String)>,
    pub(crate) parts: Vec<String>,
}

impl Read {
    pub(crate) fn header(&self, name: &str) -> Vec<&str> {
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
    let boundary = kind.split("boundary=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("an email in parts");
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

pub(crate) fn mails_in(folder: &Path) -> Vec<Read> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(folder).map(|files| files.map(|file| file.expect("a file").path()).collect()).unwrap_or_default();
    files.sort();
    files.iter().map(|file| read(&std::fs::read(file).expect("an email"))).collect()
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
        is_rich: false,
        files: "tela.png".into(),
        not_kept: String::new(),
        is_proved: true,
        due_at: MONDAY,
        link: "https://help.example.com/pt/requests/K7M-4QX-92P?key=x".into(),
        reply_token: "k7m4qx92p-x".into(),
    }
}

fn owed(template: Template, lang: Lang) -> Owed {
    Owed { id: "abc".into(), created_at: MONDAY, mail: Mail::of_ticket(template, "t", lang), attempt: 1 }
}
