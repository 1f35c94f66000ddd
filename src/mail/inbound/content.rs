//! What an email's parts hold: the text that a person wrote, in the order in which they wrote it, and the files.

use std::borrow::Cow;
use std::collections::HashSet;

use mail_parser::decoders::{base64::base64_decode, quoted_printable::quoted_printable_decode};
use mail_parser::{Encoding, HeaderName, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::charset::{decoded, mended_header};
use super::email::{EmailFile, FileRole, one_line};
use super::{html, quoted};

/// What is taken over of the text, in characters. Far beyond what a ticket's message holds, and little enough to be looked through quickly.
pub(super) const TEXT_MAX_CHARS: usize = 200_000;
/// Of each kind, files beyond this are counted and not looked at.
const FILES_MAX: usize = 20;
/// HTML of which nothing was read is deep, not empty, if it has more tags than this; so many of its texts are taken then.
const DEEP_TAGS: usize = 1_000;
const WORDS_OF_DEEP: usize = 10_000;
/// Pictures that the HTML shows, beyond which no more are looked for.
const SHOWN_MAX: usize = 200;

/// Content that only the sender's kind of mail program can open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sealed {
    /// Encrypted by S/MIME or OpenPGP, or signed in the way that wraps the text up (RFC 8551, 3.5.2).
    Encrypted,
    /// Outlook's `winmail.dat` (TNEF): the files are inside.
    Winmail,
}

/// An email's text.
pub(super) struct Body {
    pub text: String,
    /// False where there was more than what is taken over.
    pub is_whole: bool,
    /// Parts that it was made from although they don't say that they are text.
    odd: Vec<u32>,
}

/// An email's files.
#[derive(Debug, Clone, Default)]
pub(super) struct EmailFiles {
    /// Those that somebody attached come first.
    pub files: Vec<EmailFile>,
    /// Attached ones that were not looked at, so many were there.
    pub beyond: usize,
}

/// All text parts in their order: programs put a picture between two, or a list's server its footer behind. Where the plain ones say less than the
/// HTML, the HTML.
pub(super) fn body(message: &Message<'_>, raw: &[u8]) -> Body {
    let plain = joined(message, raw, &message.text_body);
    let html = if message.text_body == message.html_body { String::new() } else { joined(message, raw, &message.html_body) };
    let mut text = if says_more(&html, &plain) { html } else { plain };
    let odd = if is_blank(&text) { odd_bodies(message) } else { Vec::new() };
    if !odd.is_empty() {
        text = joined(message, raw, &odd);
    }
    let is_whole = text.chars().nth(TEXT_MAX_CHARS).is_none();
    let text: String = text.chars().take(TEXT_MAX_CHARS).collect::<String>().replace("\r\n", "\n").replace('\r', "\n");
    let text: String = text.chars().filter(|char| matches!(char, '\n' | '\t') || !char.is_control()).collect();
    Body { text: text.trim().to_owned(), is_whole, odd }
}

/// Whether the HTML holds words of the writer's that the plain text lacks: it may be no more than "your program doesn't show HTML".
fn says_more(html: &str, plain: &str) -> bool {
    let words = |text: &str| -> HashSet<String> {
        let words = text.split_whitespace().filter(|word| !word.contains("://"));
        words.map(|word| word.trim_matches(|char: char| !char.is_alphanumeric()).to_lowercase()).filter(|word| word.len() > 2).collect()
    };
    if is_blank(plain) {
        return !is_blank(html);
    }
    let (said, known) = (words(&quoted::split(html).said), words(plain));
    let missing = said.difference(&known).count();
    missing > 1 && missing * 10 > said.len() * 3
}

fn is_blank(text: &str) -> bool {
    !text.chars().any(|char| {
        !char.is_whitespace() && !char.is_control() && !matches!(char, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{3164}' | '\u{feff}')
    })
}

/// What is a body although it doesn't say so in a common way: a text of another kind, or marked as a file that has no name.
fn odd_bodies(message: &Message<'_>) -> Vec<u32> {
    let is_body = |id: &&u32| {
        let Some(part) = message.parts.get(**id as usize) else { return false };
        part.attachment_name().is_none() && (matches!(part.body, PartType::Text(_) | PartType::Html(_)) || is_xhtml(part)) && !is_calendar(part)
    };
    message.attachments.iter().filter(is_body).copied().collect()
}

fn is_kind(part: &MessagePart<'_>, ctype: &str, subtype: &str) -> bool {
    let of = |kind: &mail_parser::ContentType<'_>| {
        kind.ctype().eq_ignore_ascii_case(ctype) && kind.subtype().is_some_and(|own| own.eq_ignore_ascii_case(subtype))
    };
    part.content_type().is_some_and(of)
}

fn is_xhtml(part: &MessagePart<'_>) -> bool {
    is_kind(part, "application", "xhtml+xml")
}

fn is_calendar(part: &MessagePart<'_>) -> bool {
    is_kind(part, "text", "calendar")
}

fn joined(message: &Message<'_>, raw: &[u8], ids: &[u32]) -> String {
    let mut joined = String::new();
    for part in ids.iter().filter_map(|id| message.parts.get(*id as usize)) {
        let text = match &part.body {
            PartType::Text(_) if is_kind(part, "text", "enriched") => html_text(&part_text(part, raw)),
            PartType::Text(_) => part_text(part, raw).into_owned(),
            PartType::Html(_) => html_text(&part_text(part, raw)),
            _ if is_xhtml(part) => html_text(&decoded(part.contents(), None)),
            _ => continue,
        };
        // One more, so that it shows that the text is cut.
        if joined.len() > TEXT_MAX_CHARS * 4 || is_blank(&text) {
            continue;
        }
        if !joined.is_empty() {
            joined.push_str("\n\n");
        }
        joined.push_str(text.trim_matches(['\r', '\n']));
    }
    joined
}

/// Of HTML that is too deep to be read nothing is left; then its words without its tags.
fn html_text(html: &str) -> String {
    let text = html::text_of(html, TEXT_MAX_CHARS);
    if !is_blank(&text) {
        return text;
    }
    let texts = html.split('<').map(|piece| piece.split_once('>').map_or("", |(_, text)| text).trim()).filter(|text| !text.is_empty());
    if html.matches('<').count() > DEEP_TAGS { texts.take(WORDS_OF_DEEP).collect::<Vec<_>>().join(" ") } else { text }
}

/// The library replaces what its charset doesn't hold, so the bytes are read once more.
fn part_text<'a>(part: &'a MessagePart<'_>, raw: &[u8]) -> Cow<'a, str> {
    let (PartType::Text(read) | PartType::Html(read)) = &part.body else { return Cow::Borrowed("") };
    let bytes = raw.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default();
    let says_base64 = part.content_transfer_encoding().is_some_and(|encoding| encoding.eq_ignore_ascii_case("base64"));
    let bytes = match part.encoding {
        Encoding::None if says_base64 => Some(lenient_base64(bytes)),
        Encoding::None => Some(bytes.to_vec()),
        Encoding::Base64 => base64_decode(bytes),
        Encoding::QuotedPrintable => quoted_printable_decode(bytes),
    };
    let label = part.content_type().and_then(|kind| kind.attribute("charset"));
    bytes.map_or(Cow::Borrowed(read.as_ref()), |bytes| Cow::Owned(decoded(&bytes, label)))
}

/// Base64 among which other signs stand, or behind which a list's server wrote its footer: up to the padding or an empty line.
fn lenient_base64(bytes: &[u8]) -> Vec<u8> {
    let text = String::from_utf8_lossy(bytes).replace("\r\n", "\n");
    let empty_line = text.find("\n\n").unwrap_or(text.len());
    let padding = text.find('=').map_or(text.len(), |at| at + text[at..].len() - text[at..].trim_start_matches('=').len());
    let end = empty_line.min(padding);
    let encoded: String = text[..end].chars().filter(|char| char.is_ascii_alphanumeric() || matches!(char, '+' | '/' | '=')).collect();
    match base64_decode(encoded.as_bytes()) {
        Some(mut bytes) => {
            bytes.extend_from_slice(b"\n\n");
            bytes.extend_from_slice(text[end..].trim().as_bytes());
            bytes
        }
        None => bytes.to_vec(),
    }
}

/// Without what was taken for the text.
pub(super) fn files(message: &Message<'_>, raw: &[u8], body: &Body) -> EmailFiles {
    let shown = shown_pictures(message);
    let parts = message.attachments.iter().filter(|id| !body.odd.contains(id)).filter_map(|id| message.parts.get(*id as usize));
    let with_role = parts.map(|part| (part, role(part, &shown)));
    let (attached, others): (Vec<_>, Vec<_>) = with_role.partition(|(_, role)| *role == FileRole::Attached);
    let looked_at = attached.iter().take(FILES_MAX).chain(others.iter().take(FILES_MAX));
    EmailFiles { files: looked_at.map(|(part, role)| file(part, raw, *role)).collect(), beyond: attached.len().saturating_sub(FILES_MAX) }
}

fn role(part: &MessagePart<'_>, shown: &[String]) -> FileRole {
    let Some(kind) = part.content_type() else { return FileRole::Attached };
    let subtype = kind.subtype().unwrap_or_default().to_ascii_lowercase();
    if matches!(subtype.as_str(), "pkcs7-signature" | "x-pkcs7-signature" | "pgp-signature") {
        return FileRole::Signature;
    }
    let is_shown = part.content_id().is_some_and(|id| shown.iter().any(|known| known.eq_ignore_ascii_case(id)));
    if is_shown && kind.ctype().eq_ignore_ascii_case("image") { FileRole::Inline } else { FileRole::Attached }
}

/// Content-IDs that the HTML refers to as `cid:…`.
fn shown_pictures(message: &Message<'_>) -> Vec<String> {
    let mut shown = Vec::new();
    for part in message.html_body.iter().filter_map(|id| message.parts.get(*id as usize)) {
        let PartType::Html(html) = &part.body else { continue };
        let ends = |char: char| matches!(char, '"' | '\'' | '>' | ')' | '<') || char.is_whitespace();
        let ids =
            html.match_indices(['c', 'C']).filter(|(at, _)| html.as_bytes()[*at..].get(..4).is_some_and(|start| start.eq_ignore_ascii_case(b"cid:")));
        shown.extend(ids.filter_map(|(at, _)| html[at + 4..].split(ends).next().map(str::to_owned)).take(SHOWN_MAX));
    }
    shown
}

/// Of an email within the email the library names the whole outer one as the content.
fn file(part: &MessagePart<'_>, raw: &[u8], role: FileRole) -> EmailFile {
    let bytes = match &part.body {
        PartType::Message(_) => raw.get(part.offset_body as usize..part.offset_end as usize).unwrap_or_default().to_vec(),
        PartType::Text(_) | PartType::Html(_) => part_text(part, raw).into_owned().into_bytes(),
        _ => part.contents().to_vec(),
    };
    EmailFile { name: name(part, raw), bytes, role, sealed: sealed(part) }
}

fn name(part: &MessagePart<'_>, raw: &[u8]) -> String {
    let named = [(HeaderName::ContentDisposition, "Content-Disposition"), (HeaderName::ContentType, "Content-Type")];
    for (header, label) in part.headers.iter().filter_map(|header| Some((header, named.iter().find(|(name, _)| *name == header.name)?.1))) {
        let value = raw.get(header.offset_start() as usize..header.offset_end() as usize).unwrap_or_default();
        let mended = format!("{label}: {}\r\n\r\n", mended_header(value).trim());
        let read = MessageParser::default().parse_headers(&mended);
        let name = read.as_ref().and_then(|read| read.parts.first()?.attachment_name());
        if let Some(name) = name.map(one_line).filter(|name| !name.is_empty()) {
            return name;
        }
    }
    part.attachment_name().map(one_line).unwrap_or_default()
}

fn sealed(part: &MessagePart<'_>) -> Option<Sealed> {
    let kind = part.content_type()?;
    let subtype = kind.subtype().unwrap_or_default().to_ascii_lowercase();
    match (kind.ctype().to_ascii_lowercase().as_str(), subtype.as_str()) {
        ("application", "ms-tnef" | "vnd.ms-tnef") => Some(Sealed::Winmail),
        ("application", "pkcs7-mime" | "x-pkcs7-mime" | "pgp-encrypted") => Some(Sealed::Encrypted),
        _ => part.attachment_name().filter(|name| name.eq_ignore_ascii_case("winmail.dat")).map(|_| Sealed::Winmail),
    }
}

/// Whether what a person wrote is wrapped up, so that there is no text to be had.
pub(super) fn is_encrypted(message: &Message<'_>) -> bool {
    let is = |part: &MessagePart<'_>| {
        let is_multipart = part.content_type().is_some_and(|kind| {
            kind.ctype().eq_ignore_ascii_case("multipart") && kind.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case("encrypted"))
        });
        is_multipart || sealed(part) == Some(Sealed::Encrypted)
    };
    message.parts.iter().any(is)
}
