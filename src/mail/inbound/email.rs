//! An email as it lies in the mailbox, taken apart.

use mail_parser::{Address, Header, Message, MessageParser};

use super::charset::mended_header;
use super::content::{self, Sealed};
use super::nested::is_overgrown;

/// Longer emails are not read at all; servers commonly stop at as much.
pub const EMAIL_MAX_BYTES: usize = 25 * 1024 * 1024;
const HEADER_MAX_CHARS: usize = 2_000;
/// Recipients, and emails referred to, beyond this are not looked at.
const LIST_MAX: usize = 100;

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
    pub role: FileRole,
    pub sealed: Option<Sealed>,
}

/// Why a file is in an email.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileRole {
    /// Somebody attached it.
    Attached,
    /// A picture that the HTML shows: pasted into the text, or a signature's logo.
    Inline,
    /// A signature that mail programs check.
    Signature,
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
    /// False where more text came than is taken over.
    pub is_text_whole: bool,
    /// Whether the text is wrapped up in a way that can't be opened here.
    pub is_encrypted: bool,
    /// Where answers are to go, where that is one address other than the sender's.
    pub reply_to: Option<Sender>,
    /// Whom a group names that wrote itself into From, most telling first.
    pub(super) behind: Vec<Sender>,
    /// The attached ones come first.
    pub files: Vec<EmailFile>,
    /// Attached files that were not looked at, so many were there.
    pub files_beyond: usize,
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
        let body = content::body(&message, raw);
        let content::EmailFiles { files, beyond } = content::files(&message, raw, &body);
        let from = sender(&message, &headers, raw);
        let email = Self {
            message_id: message.message_id().map(one_line).filter(|id| !id.is_empty()),
            reply_to: reply_to(&message, raw, from.as_ref()),
            behind: ["x-original-from", "x-original-sender"].iter().filter_map(|name| named_in(&message, raw, name)).collect(),
            from,
            subject: mended(&message, raw, "subject", "subject").and_then(|mended| mended.subject().map(one_line)).unwrap_or_default(),
            recipients: recipients(&message, &headers),
            refers_to: references(&message),
            text: body.text,
            is_text_whole: body.is_whole,
            is_encrypted: content::is_encrypted(&message),
            files,
            files_beyond: beyond,
            headers,
        };
        if email.headers.is_empty() { Err(Unreadable::Broken) } else { Ok(email) }
    }

    /// Every value of a header; `name` in small letters.
    pub fn headers(&self, name: &str) -> impl Iterator<Item = &str> {
        self.headers.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn named(header: &Header<'_>, raw: &[u8]) -> (String, String) {
    let value = raw.get(header.offset_start() as usize..header.offset_end() as usize).unwrap_or_default();
    (header.name().trim().to_ascii_lowercase(), one_line(&String::from_utf8_lossy(value)))
}

/// One header of the email by itself, read anew after its charset was mended, as the header `as_name`.
fn mended(message: &Message<'_>, raw: &[u8], name: &str, as_name: &str) -> Option<Message<'static>> {
    let header = message.headers().iter().find(|header| header.name().eq_ignore_ascii_case(name))?;
    let value = raw.get(header.offset_start() as usize..header.offset_end() as usize)?;
    let alone = format!("{as_name}: {}\r\n\r\n", mended_header(value).trim());
    MessageParser::default().parse_headers(&alone).map(Message::into_owned)
}

fn sender(message: &Message<'_>, headers: &[(String, String)], raw: &[u8]) -> Option<Sender> {
    let is_one_header = headers.iter().filter(|(name, _)| name == "from").count() == 1;
    if !is_one_header {
        return None;
    }
    named_in(message, raw, "from")
}

/// The address of a header that names one; with an `@` it may be one.
fn named_in(message: &Message<'_>, raw: &[u8], name: &str) -> Option<Sender> {
    let alone = mended(message, raw, name, "from")?;
    if has_two_brackets(&String::from_utf8_lossy(alone.raw_message())) {
        return None;
    }
    only(alone.from())
}

/// The library glues what stands in several angle brackets together: `<vic> <tim@example.com>` would be `victim@example.com`.
fn has_two_brackets(header: &str) -> bool {
    let (mut brackets, mut comments, mut is_quoted, mut chars) = (0, 0_usize, false, header.chars());
    while let Some(char) = chars.next() {
        match char {
            '\\' => drop(chars.next()),
            '"' if comments == 0 => is_quoted = !is_quoted,
            '(' if !is_quoted => comments += 1,
            ')' if !is_quoted => comments = comments.saturating_sub(1),
            '<' if !is_quoted && comments == 0 => brackets += 1,
            _ => {}
        }
    }
    brackets > 1
}

fn reply_to(message: &Message<'_>, raw: &[u8], from: Option<&Sender>) -> Option<Sender> {
    let reply_to = named_in(message, raw, "reply-to")?;
    let is_another = from.is_none_or(|from| !from.address.eq_ignore_ascii_case(&reply_to.address));
    is_another.then_some(reply_to)
}

/// The address of a list that holds one. A name with a comma and without quotes looks like two, of which only one has an address.
fn only(list: Option<&Address<'_>>) -> Option<Sender> {
    let has_address = |one: &&mail_parser::Addr<'_>| one.address().is_some_and(|address| address.contains('@'));
    let addresses: Vec<_> = list.map(Address::iter).into_iter().flatten().filter(has_address).take(2).collect();
    let [only] = addresses.as_slice() else { return None };
    let address = one_line(only.address()?);
    (!address.is_empty()).then(|| Sender { name: only.name().map(one_line).unwrap_or_default(), address })
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

pub(super) fn one_line(text: &str) -> String {
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
            "From: <vic> <tim@example.com>",
            "From: <b>Rui</b> <rui@example.com>",
            "From: Tim <tim@example.com> <evil.example>",
            "From: Ana <3 <a@example.com>",
        ] {
            assert_eq!(email(&format!("{head}\nSubject: x\n\nTexto\n")).from, None, "{head}");
        }
    }

    #[test]
    fn a_name_may_hold_commas_brackets_and_comments() {
        for (head, name) in
            [("From: \"Ana <3\" <a@example.com>", "Ana <3"), ("From: Dias, Ana <a@example.com>", "Ana"), ("From: a@example.com (Ana <3)", "Ana <3")]
        {
            let from = email(&format!("{head}\nSubject: x\n\nTexto\n")).from.unwrap_or_else(|| panic!("{head}"));
            assert_eq!((from.address.as_str(), from.name.as_str()), ("a@example.com", name), "{head}");
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
}
