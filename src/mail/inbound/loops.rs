//! Whether a person wrote an email, as far as its marks tell. One mark alone says little: Exchange marks what a rule forwards, newsletters' tools mark
//! what people write with them, and customers write about automatic replies. So a mark only keeps our own answer back, and only what can't be a
//! person's is passed over.

use std::borrow::Cow;

use super::email::{InboundEmail, Sender};

/// Senders that are mail servers.
const SERVERS: [&str; 5] = ["mailer-daemon", "postmaster", "mail-daemon", "mdaemon", "bounce"];
const BULK: [&str; 3] = ["bulk", "junk", "auto_reply"];
/// How out-of-office notes begin their subject, in small letters.
#[rustfmt::skip]
const AWAY: [&str; 17] = [
    "resposta automática", "resposta automatica", "fora do escritório", "fora do escritorio", "ausência temporária", "ausente do escritório",
    "estou de férias", "respuesta automática", "respuesta automatica", "fuera de la oficina", "ausente de la oficina", "estoy de vacaciones",
    "automatic reply", "auto reply", "autoreply", "auto-reply", "out of office",
];

/// Who seems to have written an email.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    Person,
    /// A person may have: one mark of a program. Nothing answers it by itself.
    Marked,
    /// Several marks of a program.
    Doubtful,
    /// No person: passed over.
    Program(Program),
}

/// A program that wrote an email.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Program {
    /// We sent it ourselves.
    Own,
    /// A mail server tells that an email could not be delivered, or what became of it.
    Bounce,
    /// It answers whatever comes.
    AutoReply,
}

crate::values::words::words!(Program {
    Own => "own",
    Bounce => "bounce",
    AutoReply => "auto_reply",
});

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
    /// Who wrote it. A group that guards its members' senders (DMARC) writes itself into From and the author elsewhere; such an author is never
    /// vouched for. The name that the group makes of it, `'Ana' via Support`, is left where there is another.
    pub fn author(&self, own: &OwnAddresses) -> Option<Author<'_>> {
        let from = self.from.as_ref()?;
        if !own.has_address(&from.address) {
            return Some(Author { sender: Cow::Borrowed(from), is_rewritten: false });
        }
        let behind = self.behind.iter().chain(&self.reply_to).find(|sender| !own.has_address(&sender.address))?;
        let mut named = self.behind.iter().chain(&self.reply_to).filter(|sender| !sender.name.is_empty());
        let name = named.find(|sender| sender.address.eq_ignore_ascii_case(&behind.address));
        let sender = Sender { name: name.map(|named| named.name.clone()).unwrap_or_default(), address: behind.address.clone() };
        Some(Author { sender: Cow::Owned(sender), is_rewritten: true })
    }

    /// What its marks say of who wrote it.
    pub fn origin(&self, own: &OwnAddresses) -> Origin {
        if self.is_own(own) {
            return Origin::Program(Program::Own);
        }
        let from = self.from.as_ref().map(|sender| sender.address.to_ascii_lowercase()).unwrap_or_default();
        let is_server = from.split_once('@').is_some_and(|(local, _)| SERVERS.contains(&local));
        let reports = ["delivery-status", "disposition-notification"];
        let is_report = self.headers("content-type").map(str::to_ascii_lowercase).any(|value| {
            value.starts_with("multipart/report") && (!value.contains("report-type") || reports.iter().any(|kind| value.contains(kind)))
        });
        let is_null = self.headers("return-path").any(|value| value.replace(' ', "") == "<>");
        let has_failed = self.has("x-failed-recipients");
        if is_report || (is_null && is_server) || (has_failed && (is_null || is_server)) {
            return Origin::Program(Program::Bounce);
        }
        let submitted = |wanted: fn(&str) -> bool| self.headers("auto-submitted").any(|value| wanted(&keyword(value).to_ascii_lowercase()));
        let subject = self.subject.to_lowercase();
        let is_away = AWAY.iter().any(|start| subject.starts_with(start));
        // Exchange calls its out-of-office notes generated.
        if is_null && (submitted(|word| word == "auto-replied") || (is_away && submitted(|word| word != "no"))) {
            return Origin::Program(Program::AutoReply);
        }
        let in_words = |name: &str, words: &[&str]| self.headers(name).any(|value| words.contains(&value.to_ascii_lowercase().trim()));
        let is_listed = in_words("precedence", &["list"]) || ["list-id", "list-unsubscribe", "list-post"].iter().any(|name| self.has(name));
        let is_suppressed = self.headers("x-auto-response-suppress").any(|value| !value.trim().eq_ignore_ascii_case("none"));
        let marks = [
            is_server,
            is_null,
            has_failed,
            submitted(|word| word != "no"),
            in_words("precedence", &BULK),
            is_listed && !self.headers("list-id").any(|value| own.is_list(value)),
            self.has("x-autoreply") || self.has("x-autorespond"),
            is_suppressed,
            is_away,
        ];
        match marks.iter().filter(|is_there| **is_there).count() {
            0 => Origin::Person,
            1 => Origin::Marked,
            _ => Origin::Doubtful,
        }
    }

    /// By the Message-ID that our outbox gives, or by a sender behind whom there is nobody else.
    fn is_own(&self, own: &OwnAddresses) -> bool {
        let is_from_us = self.from.as_ref().is_some_and(|from| own.has_address(&from.address));
        // What a group of ours wrote over without saying whom is a person's all the same.
        let is_of_group = self.headers("list-id").any(|value| own.is_list(value));
        self.message_id.as_deref().is_some_and(|id| own.has_message_id(id)) || (is_from_us && !is_of_group && self.author(own).is_none())
    }

    fn has(&self, name: &str) -> bool {
        self.headers(name).next().is_some()
    }
}

/// Who wrote an email.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author<'a> {
    pub sender: Cow<'a, Sender>,
    /// Named by a header that a group adds instead of by From.
    pub is_rewritten: bool,
}

/// `auto-replied; owner-email="x"` says `auto-replied` (RFC 3834, 5).
fn keyword(value: &str) -> &str {
    value.split([';', '(', ' ']).next().unwrap_or_default().trim()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn own() -> OwnAddresses {
        OwnAddresses::new(["Support@Example.org", "mailbox@example.org", ""])
    }

    fn email(head: &str) -> InboundEmail {
        InboundEmail::parse(format!("{head}\r\n\r\nTexto\r\n").as_bytes()).expect("an email")
    }

    #[test]
    fn only_what_can_not_be_a_persons_is_passed_over() {
        let cases = [
            ("Return-Path: <>\r\nFrom: a@example.com\r\nAuto-Submitted: auto-replied; x=y", Program::AutoReply),
            ("Return-Path: <>\r\nFrom: a@example.com\r\nAuto-Submitted: auto-generated\r\nSubject: Automatic reply: x", Program::AutoReply),
            ("Return-Path: <>\r\nFrom: MAILER-DAEMON@mx.example.com", Program::Bounce),
            ("Return-Path: < >\r\nFrom: Postmaster <postmaster@example.com>", Program::Bounce),
            ("From: mailer-daemon@example.com\r\nX-Failed-Recipients: b@example.com", Program::Bounce),
            ("From: a@example.com\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b", Program::Bounce),
            ("From: support@example.org", Program::Own),
            ("From: x <SUPPORT+abc@EXAMPLE.org>", Program::Own),
            ("From: support@example.org\r\nReply-To: mailbox@example.org", Program::Own),
            ("From: a@example.com\r\nMessage-ID: <0a1b2c3d4e5f6g7h8i9jaklbmc@example.org>", Program::Own),
            ("From: support@example.org\r\nReply-To: a@example.com\r\nMessage-ID: <0a1b2c3d4e5f6g7h8i9jaklbmc@example.org>", Program::Own),
        ];
        for (head, expected) in cases {
            assert_eq!(email(head).origin(&own()), Origin::Program(expected), "{head}");
        }
    }

    #[test]
    fn a_mark_by_itself_is_one_and_several_are_doubtful() {
        for head in [
            "From: a@example.com\r\nAUTO-SUBMITTED: auto-generated",
            "From: a@example.com\r\nAuto-Submitted: auto-replied",
            "From: a@example.com\r\nX-Auto-Response-Suppress: DR, RN, NRN, OOF, AutoReply",
            "From: a@example.com\r\nPrecedence: Bulk",
            "From: a@example.com\r\nList-Unsubscribe: <mailto:x@example.com>\r\nList-Id: <news.example.com>\r\nPrecedence: list",
            "From: a@example.com\r\nList-Id: <support.example.org.evil.example>",
            "Return-Path: <>\r\nFrom: a@example.com",
            "From: postmaster@example.com",
            "From: a@example.com\r\nSubject: =?utf-8?q?Resposta_autom=C3=A1tica:_x?=",
            "From: a@example.com\r\nSubject: Automatic reply to my buyers stopped working",
        ] {
            assert_eq!(email(head).origin(&own()), Origin::Marked, "{head}");
        }
        for head in [
            "From: a@example.com\r\nPrecedence: bulk\r\nList-Id: <news.example.com>",
            "From: a@example.com\r\nAuto-Submitted: auto-replied\r\nSubject: Out of Office: x",
            "From: postmaster@example.com\r\nX-Autoreply: yes",
        ] {
            assert_eq!(email(head).origin(&own()), Origin::Doubtful, "{head}");
        }
    }

    #[test]
    fn emails_of_people_bear_no_mark() {
        for head in [
            "From: a@example.com",
            "From: a@example.com\r\nAuto-Submitted: no\r\nPrecedence: first-class\r\nReturn-Path: <a@example.com>",
            "From: a@example.com\r\nX-Auto-Response-Suppress: None",
            "From: a@example.com\r\nSubject: Re: how do I set up an automatic reply?",
            "From: postmaster.silva@example.com",
            "From: a@example.com\r\nPrecedence: list\r\nList-Id: \"Support\" <support.Example.org>\r\nList-Unsubscribe: <mailto:x@example.org>",
            "From: support@example.org.evil.example.com",
            "From: a@example.com\r\nMessage-ID: <0a1b2c3d4e5f6g7h8i9jaklbmc@example.com>",
            "Subject: no sender",
            "From: 'Nina' via Support <support@example.org>\r\nList-Id: <support.example.org>",
            "From: a@example.com\r\nContent-Type: multipart/report; report-type=sales; boundary=b",
        ] {
            assert_eq!(email(head).origin(&own()), Origin::Person, "{head}");
        }
    }

    #[test]
    fn who_a_group_wrote_over_is_the_author() {
        let author = |head: &str| email(head).author(&own()).map(|author| (author.sender.into_owned(), author.is_rewritten));
        let ana = |name: &str| Some((Sender { name: name.into(), address: "ana@example.com".into() }, true));
        let group = "From: 'Ana' via Suporte <support@example.org>";
        assert_eq!(author(&format!("{group}\r\nX-Original-From: =?utf-8?q?An=C3=A1?= <ana@example.com>")), ana("Aná"));
        assert_eq!(author(&format!("{group}\r\nX-Original-Sender: ana@example.com\r\nReply-To: Ana P <ana@example.com>")), ana("Ana P"));
        assert_eq!(author(&format!("{group}\r\nReply-To: <ana@example.com>")), ana(""));
        assert_eq!(author(&format!("{group}\r\nX-Original-From: support@example.org\r\nReply-To: ana@example.com")), ana(""));
        for nobody in ["Reply-To: a@example.com, b@example.com", "Reply-To: mailbox@example.org", "X-Original-From: nobody", "X: y"] {
            assert_eq!(author(&format!("{group}\r\n{nobody}")), None, "{nobody}");
        }
        let own_from = Some((Sender { name: String::new(), address: "b@example.com".into() }, false));
        assert_eq!(author("From: b@example.com\r\nX-Original-From: ana@example.com\r\nReply-To: ana@example.com"), own_from);
    }
}
