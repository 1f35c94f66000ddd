//! Emails that no person wrote: answers of machines, bounces, lists, our own. They never open or reopen a ticket, and nothing answers them.

use crate::mail::inbound::email::InboundEmail;

/// Senders that are mail servers.
const SERVERS: [&str; 5] = ["mailer-daemon", "postmaster", "mail-daemon", "mdaemon", "bounce"];
const BULK: [&str; 3] = ["bulk", "junk", "auto_reply"];
/// How out-of-office notes begin their subject, in small letters.
const AWAY: [&str; 17] = [
    "resposta automática",
    "resposta automatica",
    "fora do escritório",
    "fora do escritorio",
    "ausência temporária",
    "ausente do escritório",
    "estou de férias",
    "respuesta automática",
    "respuesta automatica",
    "fuera de la oficina",
    "ausente de la oficina",
    "estoy de vacaciones",
    "automatic reply",
    "auto reply",
    "autoreply",
    "auto-reply",
    "out of office",
];

/// How an email shows that a program wrote it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Automatic {
    /// We sent it ourselves.
    Own,
    /// A mail server tells that an email could not be delivered.
    Bounce,
    /// To many, by a list.
    List,
    /// A program answers, or asks not to be answered.
    Reply,
    /// Its subject says that somebody is away.
    Away,
}

/// What we send as.
#[derive(Debug, Clone, Default)]
pub struct OwnAddresses {
    /// In small letters: the sender of our emails, where support is written to, the mailbox.
    pub addresses: Vec<String>,
}

impl OwnAddresses {
    pub fn new<'a>(addresses: impl IntoIterator<Item = &'a str>) -> Self {
        Self { addresses: addresses.into_iter().filter(|address| address.contains('@')).map(str::to_ascii_lowercase).collect() }
    }

    /// Whether an address is one of ours, with or without a `+…` before the `@`.
    pub fn has_address(&self, address: &str) -> bool {
        let address = address.trim().to_ascii_lowercase();
        let bare = match (address.split_once('+'), address.rsplit_once('@')) {
            (Some((local, _)), Some((_, domain))) => format!("{local}@{domain}"),
            _ => address.clone(),
        };
        self.addresses.iter().any(|own| *own == address || *own == bare)
    }

    /// Whether a list is where support is written to: many help centers are reached through a group, whose server marks every email as a list's.
    /// `a@b.example` is called `<a.b.example>` there (RFC 2919).
    fn is_list(&self, list_id: &str) -> bool {
        let id = list_id.rsplit_once('<').map_or(list_id, |(_, id)| id).trim_end_matches('>').trim();
        self.addresses.iter().any(|own| own.replacen('@', ".", 1).eq_ignore_ascii_case(id))
    }

    /// Whether a Message-ID is one that our outbox gives: an id of ours at a domain of ours.
    fn has_message_id(&self, id: &str) -> bool {
        let Some((local, domain)) = id.rsplit_once('@') else { return false };
        let is_id = local.len() == 26 && local.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'v').contains(&byte));
        is_id && self.addresses.iter().any(|own| own.rsplit_once('@').is_some_and(|(_, own)| own.eq_ignore_ascii_case(domain)))
    }
}

impl InboundEmail {
    /// `None` for an email that a person may have written.
    pub fn automatic(&self, own: &OwnAddresses) -> Option<Automatic> {
        let from = self.from.as_ref().map(|sender| sender.address.to_ascii_lowercase()).unwrap_or_default();
        if own.has_address(&from) || self.message_id.as_deref().is_some_and(|id| own.has_message_id(id)) {
            return Some(Automatic::Own);
        }
        let is_server = from.split_once('@').is_some_and(|(local, _)| SERVERS.contains(&local));
        let is_report = self.headers("content-type").any(|value| value.to_ascii_lowercase().starts_with("multipart/report"));
        let is_null = self.headers("return-path").any(|value| value.replace(' ', "") == "<>");
        if is_server || is_report || is_null || self.headers("x-failed-recipients").next().is_some() {
            return Some(Automatic::Bounce);
        }
        let in_words = |name: &str, words: &[&str]| self.headers(name).any(|value| words.contains(&value.to_ascii_lowercase().trim()));
        let is_listed = || {
            ["list-id", "list-unsubscribe", "list-post"].iter().any(|name| self.headers(name).next().is_some()) || in_words("precedence", &["list"])
        };
        if in_words("precedence", &BULK) || (!self.headers("list-id").any(|value| own.is_list(value)) && is_listed()) {
            return Some(Automatic::List);
        }
        let is_submitted = self.headers("auto-submitted").any(|value| !keyword(value).eq_ignore_ascii_case("no"));
        let is_marked = ["x-autoreply", "x-autorespond", "x-auto-response-suppress"].iter().any(|name| self.headers(name).next().is_some());
        if is_submitted || is_marked {
            return Some(Automatic::Reply);
        }
        let subject = self.subject.to_lowercase();
        AWAY.iter().any(|start| subject.starts_with(start)).then_some(Automatic::Away)
    }
}

/// `auto-replied; owner-email="x"` says `auto-replied` (RFC 3834, 5).
fn keyword(value: &str) -> &str {
    value.split([';', '(', ' ']).next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn judged(head: &str) -> Option<Automatic> {
        let own = OwnAddresses::new(["Support@Example.org", "mailbox@example.org", ""]);
        InboundEmail::parse(format!("{head}\r\n\r\nTexto\r\n").as_bytes()).expect("an email").automatic(&own)
    }

    #[test]
    fn emails_of_programs_are_known_by_their_headers() {
        let cases = [
            ("From: a@example.com\r\nAuto-Submitted: auto-replied; x=y", Automatic::Reply),
            ("From: a@example.com\r\nAUTO-SUBMITTED: auto-generated", Automatic::Reply),
            ("From: a@example.com\r\nX-Auto-Response-Suppress: All", Automatic::Reply),
            ("From: a@example.com\r\nPrecedence: Bulk", Automatic::List),
            ("From: a@example.com\r\nPrecedence: junk", Automatic::List),
            ("From: a@example.com\r\nList-Id: <news.example.com>", Automatic::List),
            ("From: a@example.com\r\nList-Id: <support.example.org.evil.example>", Automatic::List),
            ("From: a@example.com\r\nList-Id: <support.example.org>\r\nPrecedence: bulk", Automatic::List),
            ("Return-Path: <>\r\nFrom: a@example.com", Automatic::Bounce),
            ("From: MAILER-DAEMON@mx.example.com", Automatic::Bounce),
            ("From: Postmaster <postmaster@example.com>", Automatic::Bounce),
            ("From: a@example.com\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b", Automatic::Bounce),
            ("From: support@example.org", Automatic::Own),
            ("From: x <SUPPORT+abc@EXAMPLE.org>", Automatic::Own),
            ("From: a@example.com\r\nMessage-ID: <0a1b2c3d4e5f6g7h8i9jaklbmc@example.org>", Automatic::Own),
            ("From: a@example.com\r\nSubject: =?utf-8?q?Resposta_autom=C3=A1tica:_x?=", Automatic::Away),
            ("From: a@example.com\r\nSubject: Fuera de la oficina", Automatic::Away),
            ("From: a@example.com\r\nSubject: Out of Office: x", Automatic::Away),
        ];
        for (head, expected) in cases {
            assert_eq!(judged(head), Some(expected), "{head}");
        }
    }

    #[test]
    fn emails_of_people_are_not() {
        for head in [
            "From: a@example.com",
            "From: a@example.com\r\nAuto-Submitted: no\r\nPrecedence: first-class\r\nReturn-Path: <a@example.com>",
            "From: a@example.com\r\nSubject: Re: how do I set up an automatic reply?",
            "From: postmaster.silva@example.com",
            "From: a@example.com\r\nPrecedence: list\r\nList-Id: \"Support\" <support.Example.org>\r\nList-Unsubscribe: <mailto:x@example.org>",
            "From: support@example.org.evil.example.com",
            "From: a@example.com\r\nMessage-ID: <0a1b2c3d4e5f6g7h8i9jaklbmc@example.com>",
            "Subject: no sender",
        ] {
            assert_eq!(judged(head), None, "{head}");
        }
    }
}
