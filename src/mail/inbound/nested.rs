//! Emails within emails, and whatever else makes the library that takes emails apart use far more time or memory than an email's size
//! asks for. What it made of emails is dropped one within the other, and one that is encoded is taken apart in a call of its own and copied
//! once for each that it holds: an email of a few hundred kilobytes could end the program.
//!
//! So an email is walked first, from head to head, where the library (mail-parser 0.11, `parsers/message.rs`) would read one. Only types and
//! encodings matter, and each head's are read by the library itself: looking for their names alone would miss `Content -Type:`, encoded
//! words, the last of two that contradict each other, and whatever else it takes for one. A test compares its parts with those found here.

use super::heads;
use mail_parser::{Message, MessageParser, MimeHeaders};

/// How deep emails may stand within emails. People forward what was forwarded to them a few times.
const NESTED_MAX: usize = 20;
/// Each part costs the library some hundred bytes, whatever is in it. People's emails have a handful.
const PARTS_MAX: usize = 100_000;
/// All heads' of an email: a line of three bytes costs the library more than a hundred.
const HEADS_MAX_BYTES: usize = 1024 * 1024;
/// The standard allows 70 bytes (RFC 2046, 5.1.1). The library compares it wherever two hyphens stand.
const BOUNDARY_MAX_BYTES: usize = 256;
/// What may be searched for boundaries that never come, which is the rest of the email for each. The library takes about a second for it.
const SEARCHED_MAX_BYTES: usize = 500_000_000;

/// Whether an email is made to be more than its size: too many parts, emails too deep within it, one that is encoded (which is forbidden,
/// RFC 2046, 5.2.1), heads without end, or boundaries that take long to find.
pub(super) fn is_overgrown(raw: &[u8]) -> bool {
    Walk::over(raw).parts_counted().is_err()
}

pub(super) struct Overgrown;

/// What the parts that come next stand in.
#[derive(PartialEq)]
enum Kind {
    InboundEmail,
    /// What says nothing of itself in it is an email.
    Digest,
    Other,
}

struct Position {
    kind: Kind,
    /// With the two hyphens before it. An email within a multipart has the multipart's for as long as the email lasts.
    boundary: Option<Vec<u8>>,
}

struct Walk<'a> {
    raw: &'a [u8],
    parser: MessageParser,
    at: usize,
    place: Position,
    /// With whether an email began there, else a multipart.
    above: Vec<(Position, bool)>,
    /// How many of those above are emails.
    nested: usize,
    parts: usize,
    heads_bytes: usize,
    searched_bytes: usize,
}

impl<'a> Walk<'a> {
    fn over(raw: &'a [u8]) -> Self {
        let place = Position { kind: Kind::InboundEmail, boundary: None };
        Self { raw, parser: MessageParser::default(), at: 0, place, above: Vec::new(), nested: 0, parts: 0, heads_bytes: 0, searched_bytes: 0 }
    }

    /// How many parts the library would make of an email; rarely fewer, where it gives up early.
    fn parts_counted(mut self) -> Result<usize, Overgrown> {
        while let Some((length, about)) = heads::read(&self.parser, &self.raw[self.at..])? {
            self.at += length;
            self.heads_bytes += length;
            self.parts += 1;
            if self.parts > PARTS_MAX || self.heads_bytes > HEADS_MAX_BYTES {
                return Err(Overgrown);
            }
            if !self.has_entered(about.as_ref())? && !self.has_left_body() {
                break;
            }
        }
        Ok(self.parts)
    }

    /// Whether what follows a head is another one, as it is of a multipart or an email.
    fn has_entered(&mut self, about: Option<&Message<'_>>) -> Result<bool, Overgrown> {
        let of_type = about.and_then(|about| about.content_type());
        let (main, sub) = of_type.map_or(("", None), |of_type| (of_type.ctype(), of_type.subtype()));
        if main == "multipart"
            && let Some(boundary) = of_type.and_then(|of_type| of_type.attribute("boundary")).filter(|boundary| !boundary.is_empty())
        {
            if boundary.len() > BOUNDARY_MAX_BYTES {
                return Err(Overgrown);
            }
            let (start, boundary) = (self.at, [b"--", boundary.as_bytes()].concat());
            if !self.has_passed(&boundary) {
                self.searched_bytes += self.raw.len() - start;
                return if self.searched_bytes > SEARCHED_MAX_BYTES { Err(Overgrown) } else { Ok(false) };
            }
            let kind = if sub == Some("digest") { Kind::Digest } else { Kind::Other };
            let place = Position { kind, boundary: Some(boundary) };
            self.above.push((std::mem::replace(&mut self.place, place), false));
            self.pass_end_of_line();
            return Ok(true);
        }
        let is_email =
            if of_type.is_some() { main == "message" && matches!(sub, Some("rfc822" | "global")) } else { self.place.kind == Kind::Digest };
        if !is_email {
            return Ok(false);
        }
        let encoding = about.and_then(|about| about.content_transfer_encoding()).unwrap_or_default();
        self.nested += 1;
        if self.nested > NESTED_MAX || ["base64", "quoted-printable"].iter().any(|coded| encoding.eq_ignore_ascii_case(coded)) {
            return Err(Overgrown);
        }
        let place = Position { kind: Kind::InboundEmail, boundary: self.place.boundary.take() };
        self.above.push((std::mem::replace(&mut self.place, place), true));
        Ok(true)
    }

    /// Whether another head comes after the body that begins here, in what it stands in or above.
    fn has_left_body(&mut self) -> bool {
        loop {
            let Some(boundary) = self.place.boundary.take() else { return false };
            if !self.has_passed(&boundary) {
                return false;
            }
            self.place.boundary = Some(boundary);
            if self.place.kind == Kind::InboundEmail {
                // One only, as the library does it: an email right within an email leaves the outer one open.
                let Some((above, true)) = self.above.pop() else { return false };
                self.nested -= 1;
                let ended = std::mem::replace(&mut self.place, above);
                self.place.boundary = ended.boundary;
            }
            if !self.has_passed_last_boundary() {
                return true;
            }
            let Some((above, is_of_email)) = self.above.pop() else { return false };
            self.nested -= usize::from(is_of_email);
            self.place = above;
        }
    }

    /// What stands before it in its line does not matter to the library, nor what after it.
    fn has_passed(&mut self, boundary: &[u8]) -> bool {
        let mut windows = self.raw[self.at..].windows(boundary.len());
        // Comparing whole windows only where hyphens stand is several times as fast.
        let found = windows.position(|window| window.starts_with(b"--") && window == boundary);
        self.at += found.map_or(0, |before| before + boundary.len());
        found.is_some()
    }

    /// Passes what may follow a boundary; whether that says it is the last one.
    fn has_passed_last_boundary(&mut self) -> bool {
        match &self.raw[self.at..] {
            [b'-', b'-', ..] => {
                self.at += 2;
                return true;
            }
            [b'\r', b'\n', ..] => self.at += 2,
            [b'\n', ..] => self.at += 1,
            [space, ..] if space.is_ascii_whitespace() => {
                self.at += 1;
                self.pass_end_of_line();
            }
            _ => {}
        }
        false
    }

    fn pass_end_of_line(&mut self) {
        let rest = &self.raw[self.at..];
        let spaces = rest.iter().take_while(|byte| matches!(byte, b'\r' | b' ' | b'\t')).count();
        self.at += spaces + usize::from(rest.get(spaces) == Some(&b'\n'));
    }
}

#[cfg(test)]
mod tests {
    use super::{SEARCHED_MAX_BYTES, Walk, is_overgrown};
    use crate::mail::inbound::{InboundEmail, Unreadable};
    use mail_parser::{MessageParser, PartType};

    const MIXED: &str = "From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n";

    fn refused(raw: &str) -> bool {
        InboundEmail::parse(raw.as_bytes()).err() == Some(Unreadable::Broken)
    }

    fn parts_of(message: &mail_parser::Message<'_>) -> usize {
        message.parts.iter().map(|part| 1 + if let PartType::Message(inner) = &part.body { parts_of(inner) } else { 0 }).sum()
    }

    #[test]
    fn emails_within_emails_without_end_are_refused_and_end_nothing() {
        for (head, empty) in [
            ("Content-Type: message/rfc822\r\n", "\r\n"),
            ("content-TYPE :\n \"Message\" / (x) Global\n", "\n"),
            ("Content -Type:\tmessage/rfc822\n", "\r\x0c\n"),
            (":\n:: Cont\rent-Type: text/plain\nContent-Type: (text/plain) message/rfc822\nno name\n", " \n"),
        ] {
            assert!(refused(&format!("From: a@example.com\r\n{}", format!("{head}{empty}").repeat(20_000))), "{head}");
        }
        for inner in ["\r\n", "Content-Type:\r\n\r\n"] {
            let digests = (0..20_000).fold("From: a@example.com\r\n".to_owned(), |text, depth| {
                text + &format!("Content-Type: multipart/digest; boundary=b{depth}\r\n\r\n--b{depth}\r\n{inner}")
            });
            assert!(refused(&digests), "{inner}");
        }
    }

    #[test]
    fn an_email_within_an_email_that_is_encoded_is_refused() {
        let inner = data_encoding::BASE64.encode(format!("From: a@example.com\n{}", "Content-Type: message/rfc822\n\n".repeat(2_000)).as_bytes());
        for head in [
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: BASE64\nContent-Type:\n message/rfc822; name=x",
            "Content-Type: message/global\nContent-Transfer-Encoding: quoted-printable",
            "Content-Type: message/rfc822\nContent-Transfer -Encoding: base64",
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: =?utf-8?q?=62ase64?=",
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: 7bit\nContent-Transfer-Encoding:\n =?utf-8?b?YmFzZTY0?=",
            "Content-Type: text/plain\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64",
            "Date: Mon, 1 Jan 2024 10:00:00 Z\n\nx\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64",
        ] {
            let raw = format!("{MIXED}--b\n{head}\n\n{inner}\n--b--\n");
            assert!(refused(&raw) && refused(&raw.replace('\n', "\r\n")), "{head}");
        }
        for head in ["", "X: content-type\n", "Content-Type: ;\n"] {
            let in_digest = MIXED.replace("mixed", "digest") + &format!("--b\n{head}Content-Transfer-Encoding: base64\n\n{inner}\n--b--\n");
            assert!(refused(&in_digest), "{head}");
        }
    }

    #[test]
    fn heads_without_end_are_refused() {
        assert!(refused(&format!("From: a@example.com\n{}\nText\n", "X-Y: z\n".repeat(50_000))), "the first");
        assert!(refused(&format!("{MIXED}--b\n{}\nText\n--b--\n", "a:\n".repeat(100_000))), "a part's");
        assert!(refused(&format!("{MIXED}{}", format!("--b\n{}\nText\n", "a:\n".repeat(10_000)).repeat(40))), "all together");
        assert!(refused(&format!("From: a@example.com\n{}", "Date: 1 Jan 2024 10:00:00 Z\n\nx\n".repeat(20))), "an end that is none");
        let continued: String = (0..2_000).map(|number| format!("a{number}*1=x;")).collect();
        assert!(refused(&format!("{MIXED}--b\nContent-Type: text/plain;{continued}\n\nText\n--b--\n")), "parameters");
        assert!(refused(&format!("From: {}a@example.com\n\nText\n", "=?aa?q?\n ".repeat(20_000))), "words");
        let names = format!("From: a@example.com\nTo: {}b@example.com\n\nText\n", "=?utf-8?q?Jos=C3=A9?= <c@example.com>,\n ".repeat(1_000));
        assert!(!is_overgrown(names.as_bytes()), "many honest words");
    }

    #[test]
    fn boundaries_that_take_long_to_find_are_refused() {
        let never = format!("{MIXED}{}{}", "--b\nContent-Type: multipart/mixed; boundary=z\n\n".repeat(20), "x".repeat(10_000));
        assert!(!is_overgrown(never.as_bytes()));
        // As if many had been searched for already, which takes seconds.
        let mut walk = Walk::over(never.as_bytes());
        walk.searched_bytes = SEARCHED_MAX_BYTES - 150_000;
        assert!(walk.parts_counted().is_err());
        let hyphens = |count: usize| format!("From: a@example.com\nContent-Type: multipart/mixed; boundary=\"{}\"\n\n--\n", "-".repeat(count));
        assert!(refused(&hyphens(300)) && !refused(&hyphens(70)));
    }

    #[test]
    fn parts_without_end_are_refused() {
        for part in ["--b\n\n", "--b\r\n\r\nx\r\n", "x--b", "--b\r\x0c\n"] {
            assert!(refused(&format!("{MIXED}{}", part.repeat(100_001))), "{part:?}");
        }
        assert!(!is_overgrown(format!("{MIXED}{}", "--b\n\n".repeat(99_000)).as_bytes()));
        let honest = InboundEmail::parse(format!("{MIXED}{}--b--\n", "--b\n\nOl\u{e1}\n".repeat(2_000)).as_bytes()).expect("an email");
        assert!(honest.text.starts_with("Ol\u{e1}"));
        for (boundary, part) in [("\"-\"", "---"), ("\"\"", "--\n\n")] {
            let one = format!("From: a@example.com\nContent-Type: multipart/mixed; boundary={boundary}\n\n{}", part.repeat(20_000));
            assert!(MessageParser::default().parse(&one).expect("an email").parts.len() < 3 && !is_overgrown(one.as_bytes()), "{part}");
        }
    }

    #[test]
    fn what_people_forward_is_read() {
        let forwarded = "From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: \
                         base64\n\nT2zDoQ==\n--b\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\nFrom: b@example.com\nContent-Type: \
                         text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nT2zDoQ==\n--b--\n";
        assert!(!is_overgrown(forwarded.as_bytes()) && !is_overgrown(forwarded.replace('\n', "\r\n").as_bytes()));
        let email = InboundEmail::parse(forwarded.as_bytes()).expect("an email");
        assert_eq!((email.text.as_str(), email.files.len()), ("Olá", 1));
        let tells = "From: a@example.com\n\nMy global message, with content-type, \u{fffd} rfc822 and base64 content-transfer-encoding in it\n";
        assert!(!is_overgrown(tells.as_bytes()));
        let log = "time: -- a*1=x; content-type: multipart/digest\n  more: *****\n".repeat(20_000);
        assert!(!is_overgrown(format!("{MIXED}--b\nContent-Type: text/plain\nContent-Transfer-Encoding: 8bit\n\n{log}\n--b--\n").as_bytes()));
        let digest = MIXED.replace("mixed", "digest") + &"--b\n\nFrom: c@example.com\n\nText\n".repeat(50) + "--b--\n";
        assert!(!is_overgrown(digest.as_bytes()));
        let table = format!("From: a@example.com\n\n{}", format!("{}\nlog\n", "-".repeat(80)).repeat(2_000));
        let pasted = InboundEmail::parse(table.as_bytes()).expect("an email");
        assert!(pasted.text.starts_with("--------") && pasted.text.contains("\nlog\n"));
    }

    #[test]
    fn the_library_makes_no_more_parts_than_were_counted() {
        let pieces = "\n|\n\n|\r\n|\r\n\r\n| |\t|\r|\x0c\n|:|x|--b\n|\n--b\n\n|--b--|\n--c\r\n|--c--\n|Content-Type: multipart/mixed; boundary=c\n\n--c\n|\
                      Content-Type: multipart/digest; boundary=b\n|Content -Type: message/rfc822\n\n|content-type:\n message/global\n|Content-Type:\n|\
                      Content-Type: (x) text/plain; a*1=x; b=\"y\n z\"\n|Content-Transfer-Encoding: base64\n|no name\n|Subject: =?utf-8?q?a\n b?=\n|\
                      Received: from a (b\n c) by d;|Date: 1 Jan 2024 10:00:00 Z|From: \"a\n|Message-ID: <a\n|\"|(|;|T2zDoQ==\n|=3D=\n";
        let pieces: Vec<&str> = pieces.split('|').collect();
        let mut seed = 7_u64;
        let mut random = |below: usize| {
            seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            usize::try_from(seed >> 33).expect("31 bits") % below
        };
        let (mut compared, mut same) = (0, 0);
        for _ in 0..3_000 {
            let raw = (0..random(30)).fold(MIXED.to_owned() + "--b\n", |raw, _| raw + pieces[random(pieces.len())]);
            // Where emails right within emails end together, the library's own checks of itself end it in a debug build.
            let Ok(counted) = Walk::over(raw.as_bytes()).parts_counted() else { continue };
            let Ok(read) = std::panic::catch_unwind(|| MessageParser::default().parse(&raw).map_or(0, |message| parts_of(&message))) else {
                continue;
            };
            assert!(read <= counted, "{raw:?}");
            compared += 1;
            same += usize::from(read == counted);
        }
        assert!(compared > 2_000 && same > compared * 9 / 10, "{same} of {compared}");
    }
}
