//! An email as it lies in the mailbox, taken apart.

use mail_parser::{Address, Header, Message, MessageParser, MessagePart, MimeHeaders};

use super::nested::is_overgrown;

/// Longer emails are not read at all; servers commonly stop at as much.
pub const EMAIL_MAX_BYTES: usize = 25 * 1024 * 1024;
/// What is taken over of the text, in characters. Far beyond what a ticket's message holds, and little enough to be looked through quickly.
const TEXT_MAX_CHARS: usize = 200_000;
const HEADER_MAX_CHARS: usize = 2_000;
/// Recipients, and emails referred to, beyond this are not looked at.
const LIST_MAX: usize = 100;
/// Files beyond this are counted and not looked at.
const FILES_MAX: usize = 20;

/// Who an email says that it is from. Anybody can write anything there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sender {
    /// One line, or empty.
    pub name: String,
    /// As written; not checked.
    pub address: String,
}

/// What came with an email. Name and content are whatever the sender put there.
#[derive(Debug, Clone)]
pub struct EmailFile {
    /// One line, or empty.
    pub name: String,
    pub bytes: Vec<u8>,
}

/// What matters of an email. Every text but [`Self::text`] is one line without control characters.
#[derive(Debug, Clone, Default)]
pub struct InboundEmail {
    /// Without angle brackets.
    pub message_id: Option<String>,
    /// `None` where there is no sender, or more than one: then nobody can be held to be the author.
    pub from: Option<Sender>,
    pub subject: String,
    /// Addresses that it went to, also by the way of a forwarding server.
    pub recipients: Vec<String>,
    /// Message-IDs that it answers, each once, without angle brackets.
    pub refers_to: Vec<String>,
    /// Plain text; lines end with `\n`.
    pub text: String,
    /// All that there are; [`Self::files`] holds the first of them.
    pub attachments: usize,
    pub files: Vec<EmailFile>,
    /// Names in small letters, values as they stand, unfolded, in the order of the email.
    headers: Vec<(String, String)>,
}

/// Why an email can't be read. Holds nothing of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    #[error("larger than {EMAIL_MAX_BYTES} bytes")]
    TooLarge,
    #[error("not an email")]
    Broken,
}

impl InboundEmail {
    pub fn parse(raw: &[u8]) -> Result<Self, Unreadable> {
        if raw.len() > EMAIL_MAX_BYTES {
            return Err(Unreadable::TooLarge);
        }
        if is_overgrown(raw) {
            return Err(Unreadable::Broken);
        }
        let message = MessageParser::default().parse(raw).ok_or(Unreadable::Broken)?;
        // By their places, not as texts: one that is no UTF-8 must count too, else a second sender could hide in it.
        let headers: Vec<_> = message.headers().iter().map(|header| named(header, raw)).collect();
        let email = Self {
            message_id: message.message_id().map(one_line).filter(|id| !id.is_empty()),
            from: sender(&message, &headers),
            subject: message.subject().map(one_line).unwrap_or_default(),
            recipients: recipients(&message, &headers),
            refers_to: references(&message),
            text: text(&message),
            attachments: message.attachment_count(),
            files: message.attachments().take(FILES_MAX).map(|part| file(part, raw)).collect(),
            headers,
        };
        if email.headers.is_empty() { Err(Unreadable::Broken) } else { Ok(email) }
    }

    /// Every value of a header; `name` in small letters.
    pub fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the server named `authserv_id` noted that the sender's domain vouches for this email: DMARC passed, or did not fail and SPF or
    /// DKIM passed for the domain that people see. Notes of other servers don't count: whoever sends can write them. The topmost note is the
    /// receiving server's own; what stands in quotes or comments in it comes from the sender too.
    pub fn is_authenticated(&self, authserv_id: &str) -> bool {
        let note = self.headers("authentication-results").find_map(|value| {
            let (server, results) = value.split_once(';')?;
            let server = server.split_whitespace().next()?;
            (!authserv_id.is_empty() && server.eq_ignore_ascii_case(authserv_id)).then(|| said_by_server(&results.to_ascii_lowercase()))
        });
        let (Some(note), Some(sender)) = (note, &self.from) else { return false };
        let address = sender.address.to_ascii_lowercase();
        let domain = address.rsplit_once('@').map_or("", |(_, domain)| domain);
        let says = |result: &str| note.split(';').any(|part| part.split_whitespace().next() == Some(result));
        let passed_for_domain = |result: &str, properties: &[&str]| {
            note.split(';').map(str::split_whitespace).any(|mut words| {
                let of = |word: &str| properties.iter().find_map(|name| word.strip_prefix(name)).is_some_and(|value| speaks_for(value, domain));
                words.next() == Some(result) && words.any(of)
            })
        };
        // DMARC ties what passed to the address that people see; without it that is for us to do.
        !says("dmarc=fail")
            && (says("dmarc=pass")
                || passed_for_domain("dkim=pass", &["header.d=", "header.i="])
                || passed_for_domain("spf=pass", &["smtp.mailfrom=", "smtp.mail="]))
    }
}

/// A server's note without quoted texts and comments (RFC 8601, 2.2): an envelope's sender may be called `"x; dmarc=pass"@evil.example`.
fn said_by_server(note: &str) -> String {
    let (mut said, mut chars, mut depth, mut is_quoted) = (String::new(), note.chars(), 0_usize, false);
    while let Some(char) = chars.next() {
        match char {
            '\\' => {
                chars.next();
            }
            '"' if depth == 0 => is_quoted = !is_quoted,
            '(' if !is_quoted => depth += 1,
            ')' if !is_quoted => depth = depth.saturating_sub(1),
            char if depth == 0 && !is_quoted => said.push(char),
            _ => {}
        }
    }
    said
}

/// Whether the domain of a property's value, with or without something before an `@`, is the sender's or one above it.
fn speaks_for(value: &str, domain: &str) -> bool {
    let of = value.rsplit_once('@').map_or(value, |(_, of)| of);
    of.contains('.') && (domain == of || domain.strip_suffix(of).is_some_and(|rest| rest.ends_with('.')))
}

fn named(header: &Header<'_>, raw: &[u8]) -> (String, String) {
    let value = raw.get(header.offset_start() as usize..header.offset_end() as usize).unwrap_or_default();
    (header.name().trim().to_ascii_lowercase(), one_line(&String::from_utf8_lossy(value)))
}

fn sender(message: &Message<'_>, headers: &[(String, String)]) -> Option<Sender> {
    let is_one_header = headers.iter().filter(|(name, _)| name == "from").count() == 1;
    let addresses: Vec<_> = message.from().map(Address::iter).into_iter().flatten().take(2).collect();
    let [only] = addresses.as_slice() else { return None };
    let address = one_line(only.address()?);
    (is_one_header && !address.is_empty()).then(|| Sender { name: only.name().map(one_line).unwrap_or_default(), address })
}

fn recipients(message: &Message<'_>, headers: &[(String, String)]) -> Vec<String> {
    let written = [message.to(), message.cc()].into_iter().flatten().flat_map(Address::iter).filter_map(|one| one.address()).map(one_line);
    let routed = headers
        .iter()
        .filter(|(name, _)| matches!(name.as_str(), "delivered-to" | "x-original-to" | "envelope-to"))
        .map(|(_, value)| value.trim_matches(['<', '>', ' ']).to_owned());
    written.chain(routed).filter(|address| address.contains('@')).take(LIST_MAX).collect()
}

fn references(message: &Message<'_>) -> Vec<String> {
    let mut ids: Vec<String> = Vec::new();
    for header in [message.in_reply_to(), message.references()] {
        // One id comes as a text, several as a list.
        let listed = header.as_text_list().unwrap_or_default().iter().map(AsRef::as_ref);
        for id in header.as_text().into_iter().chain(listed).take(LIST_MAX).map(one_line) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
    }
    ids
}

/// Of an email within the email the library names the whole outer one as the content.
fn file(part: &MessagePart<'_>, raw: &[u8]) -> EmailFile {
    let inner = part.is_message().then(|| raw.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default());
    let bytes = inner.unwrap_or_else(|| part.contents()).to_vec();
    EmailFile { name: part.attachment_name().map(one_line).unwrap_or_default(), bytes }
}

/// The plain text, or what is left of the HTML without its marks.
fn text(message: &Message<'_>) -> String {
    let body = message.body_text(0).unwrap_or_default();
    let text: String = body.chars().take(TEXT_MAX_CHARS).collect::<String>().replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|char| matches!(char, '\n' | '\t') || !char.is_control()).collect();
    text.trim().to_owned()
}

fn one_line(text: &str) -> String {
    let plain = |char: char| if char.is_control() || matches!(char, '\u{2028}' | '\u{2029}') { ' ' } else { char };
    let text: String = text.chars().take(HEADER_MAX_CHARS).map(plain).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn email(raw: &str) -> InboundEmail {
        InboundEmail::parse(raw.replace('\n', "\r\n").as_bytes()).expect("an email")
    }

    #[test]
    fn an_email_is_taken_apart_and_its_plain_text_is_preferred() {
        let email = email(
            "From: =?utf-8?q?Jos=C3=A9_Lima?= <Jose@Example.com>\nTo: Ajuda <support+x1@example.org>, b@example.org\nDelivered-To: c@example.org\n\
             Subject: =?utf-8?b?T2zDoQ==?=\n mundo\nMessage-ID: <a@example.com>\nIn-Reply-To: <t1@example.org>\nReferences: <t1@example.org> <t2@example.org>\n\
             MIME-Version: 1.0\nContent-Type: multipart/alternative; boundary=b\n\n--b\nContent-Type: text/html\n\n<p>HTML</p>\n\
             --b\nContent-Type: text/plain; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\nN=E3o chegou.\n--b--\n",
        );
        assert_eq!(email.from, Some(Sender { name: "José Lima".into(), address: "Jose@Example.com".into() }));
        assert_eq!(email.subject, "Olá mundo");
        assert_eq!(email.recipients, ["support+x1@example.org", "b@example.org", "c@example.org"]);
        assert_eq!(email.refers_to.len(), 2, "{:?}", email.refers_to);
        assert!(["t1@example.org", "t2@example.org"].iter().all(|id| email.refers_to.iter().any(|known| known == id)));
        assert_eq!((email.message_id.as_deref(), email.text.as_str()), (Some("a@example.com"), "Não chegou."));
    }

    #[test]
    fn an_email_that_is_attached_is_a_file_and_no_more_than_that() {
        let email = email(
            "From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\nVejam\n--b\nContent-Type: message/rfc822\n\n\
             From: c@example.com\nSubject: Antes\n\nOutro texto\n--b--\n",
        );
        assert_eq!(email.files.len(), 1);
        let text = String::from_utf8_lossy(&email.files[0].bytes);
        assert!(text.starts_with("From: c@example.com") && text.contains("Outro texto") && !text.contains("Vejam"), "{text}");
    }

    #[test]
    fn html_alone_becomes_plain_text() {
        let email = email(
            "From: a@example.com\nContent-Type: text/html; charset=utf-8\n\n<p>Primeira<br>segunda &amp; <b>última</b></p><script>x()</script>\n",
        );
        assert!(email.text.contains("Primeira") && email.text.contains("segunda & última") && !email.text.contains('<'), "{:?}", email.text);
    }

    #[test]
    fn with_two_senders_nobody_is_the_author() {
        for head in [
            "From: a@example.com, b@example.com",
            "From: a@example.com\nFrom: b@example.com",
            "From: a@example.com\nFROM: a@example.com",
            "To: a@example.com",
            "From: <>",
        ] {
            assert_eq!(email(&format!("{head}\nSubject: x\n\nTexto\n")).from, None, "{head}");
        }
    }

    #[test]
    fn a_second_sender_can_not_hide_behind_bytes_that_are_no_text() {
        let email = InboundEmail::parse(b"From: a@example.com\r\nFrom: \xff\xfe <b@example.com>\r\n\r\nTexto\r\n").expect("an email");
        assert_eq!(email.from, None);
    }

    #[test]
    fn headers_are_one_line_without_control_characters() {
        let email = email("From: \"a\u{7}\u{1b}[2J\" <a@example.com>\nSubject: =?utf-8?b?YQ0KQmNjOiBiQGV4YW1wbGUuY29t?=\n\nTexto\u{0}\u{1b}[2J\n");
        assert_eq!(email.subject, "a Bcc: b@example.com");
        let from = email.from.expect("a sender");
        assert!(!from.name.chars().any(char::is_control) && !email.text.chars().any(char::is_control));
    }

    #[test]
    fn broken_emails_never_panic_and_large_ones_are_not_read() {
        let nested = (0..2_000).fold("From: a@example.com\n".to_owned(), |text, depth| {
            text + &format!("Content-Type: multipart/mixed; boundary=b{depth}\n\n--b{depth}\n")
        });
        let unfinished = "From: a@example.com\nContent-Type: multipart/mixed; boundary=\n\n--\n--\nContent-Transfer-Encoding: base64\n\n====\n";
        let shallow: Vec<&[u8]> = vec![b"", b"\n\n", b"\0\0\0", b"\xff\xfe\xfd", b":::\n:\n", nested.as_bytes(), unfinished.as_bytes()];
        for raw in shallow {
            let _ = InboundEmail::parse(raw);
        }
        let whole = b"From: =?utf-8?q?a?= <a@example.com>\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nx\r\n--b--\r\n";
        for end in 0..whole.len() {
            let _ = InboundEmail::parse(&whole[..end]);
        }
        assert_eq!(InboundEmail::parse(&vec![b'a'; EMAIL_MAX_BYTES + 1]).err(), Some(Unreadable::TooLarge));
    }

    #[test]
    fn only_the_configured_server_says_who_is_authenticated() {
        let says = |head: &str| email(&format!("{head}\nFrom: a@example.com\n\nTexto\n")).is_authenticated("mx.example.org");
        assert!(says("Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=a@example.com; dkim=pass header.d=example.com; dmarc=pass"));
        assert!(says("Authentication-Results: MX.example.org;\n dkim=pass (2048-bit key; \"unprotected\") header.d=example.com;\n spf=none"));
        assert!(says("Authentication-Results: mx.example.org; dmarc=none; spf=pass smtp.mailfrom=bounces@Example.com"));
        for bad in [
            "X-Nothing: here",
            "Authentication-Results: mx.example.org; none",
            "Authentication-Results: mx.example.org; spf=pass",
            "Authentication-Results: mx.example.org; spf=pass; dkim=pass; dmarc=fail",
            "Authentication-Results: mx.example.org; spf=fail; dkim=none; x=dmarc=pass",
            "Authentication-Results: mx.example.org; dmarc=none; dkim=pass header.d=evil.example; spf=pass smtp.mailfrom=eve@evil.example",
            "Authentication-Results: mx.example.org; dkim=pass header.d=sub.example.com; spf=pass smtp.mailfrom=a@notexample.com",
            "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=\"x; dmarc=pass \"@evil.example; dkim=none; dmarc=none",
            "Authentication-Results: mx.example.org; spf=pass smtp.mailfrom=\"x\\\"; dmarc=pass \"@evil.example",
            "Authentication-Results: mx.example.org; spf=pass (of x; dmarc=pass (y); dkim=pass header.d=example.com) smtp.mailfrom=eve@evil.example",
            "Authentication-Results: mx.example.org; dkim=pass header.d=com",
            "Authentication-Results: mx.example.org; dmarc=pass; dmarc=fail",
            "Authentication-Results: evil.example.com; dmarc=pass",
            "Authentication-Results: mx.example.org.evil.example.com; dmarc=pass",
            "Authentication-Results: mx.example.org; dmarc=fail\nAuthentication-Results: mx.example.org; dmarc=pass",
        ] {
            assert!(!says(bad), "{bad}");
        }
        assert!(!email("Authentication-Results: ; dmarc=pass\nFrom: a@example.com\n\nTexto\n").is_authenticated(""));
    }
}
