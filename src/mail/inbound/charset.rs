//! Text of bytes that say nothing of their charset, or something wrong: programs that forget it, and servers on the way that change it, are many.

use mail_parser::decoders::charsets::map::charset_decoder;

/// Charsets in which text looks like ASCII, or like UTF-8 by chance: nothing but the label tells them.
const BY_LABEL: [&str; 10] = ["utf-7", "utf-16", "iso-2022", "hz-gb", "gb", "big5", "euc-", "shift", "sjis", "ks_c"];

/// Text of a body. What is valid UTF-8 is that, whatever a label of one byte a letter says; what has no label, an unknown one, or claims to be
/// ASCII or UTF-8 and isn't, is Windows-1252, as browsers read it (WHATWG Encoding, 4.2).
pub(super) fn decoded(bytes: &[u8], label: Option<&str>) -> String {
    let label = label.map(|label| label.trim().to_ascii_lowercase()).unwrap_or_default();
    let known = || if is_utf8_or_less(&label) { None } else { charset_decoder(label.as_bytes()) };
    if let Some(decode) = known().filter(|_| BY_LABEL.iter().any(|start| label.starts_with(start))) {
        return decode(bytes);
    }
    if let Some(text) = by_mark(bytes) {
        return text;
    }
    match (std::str::from_utf8(bytes), known()) {
        (Ok(text), Some(decode)) if text.is_ascii() => decode(bytes),
        (Ok(text), _) => text.to_owned(),
        (Err(_), Some(decode)) => decode(bytes),
        (Err(_), None) => mixed(bytes),
    }
}

fn is_utf8_or_less(label: &str) -> bool {
    matches!(label, "" | "utf-8" | "utf8" | "us-ascii" | "ascii" | "ansi_x3.4-1968" | "iso-8859-1" | "iso8859-1" | "latin1")
}

/// UTF-16 or UTF-8 by its byte order mark.
fn by_mark(bytes: &[u8]) -> Option<String> {
    let decode = |label: &str, bytes: &[u8]| charset_decoder(label.as_bytes()).map(|decode| decode(bytes));
    match bytes {
        [0xef, 0xbb, 0xbf, rest @ ..] => Some(String::from_utf8_lossy(rest).into_owned()),
        [0xff, 0xfe, rest @ ..] => decode("utf-16le", rest),
        [0xfe, 0xff, rest @ ..] => decode("utf-16be", rest),
        _ => None,
    }
}

/// UTF-8 where it is, else Windows-1252: a list's footer, or a quoted email, may be in another charset than the text above it.
fn mixed(bytes: &[u8]) -> String {
    let latin = |bytes: &[u8]| charset_decoder(b"windows-1252").map_or_else(|| String::from_utf8_lossy(bytes).into_owned(), |decode| decode(bytes));
    let mut text = String::with_capacity(bytes.len() + bytes.len() / 8);
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        if !chunk.invalid().is_empty() {
            text.push_str(&latin(chunk.invalid()));
        }
    }
    text
}

/// A header's value as the library should have got it: bytes are UTF-8, and encoded words (RFC 2047) and parameters (RFC 2231) whose charset is
/// wrong or unknown are in UTF-8 and say so.
pub(super) fn mended_header(value: &[u8]) -> String {
    let value = match std::str::from_utf8(value) {
        Ok(value) => value.to_owned(),
        Err(_) => mixed(value),
    };
    with_mended_parameters(&with_mended_words(&value))
}

/// Every run of encoded words of one charset and encoding is decoded as a whole, since some programs break them within a letter, and encoded anew:
/// as text they could pass for the marks of an address.
fn with_mended_words(value: &str) -> String {
    let (mut mended, mut rest) = (String::with_capacity(value.len()), value);
    while let Some(start) = rest.find("=?") {
        let (before, from) = rest.split_at(start);
        mended.push_str(before);
        let Some(first) = Word::read(from) else {
            mended.push_str("=?");
            rest = &from[2..];
            continue;
        };
        let (mut bytes, mut after) = (first.bytes, first.rest);
        while let Some(next) = Word::read(after.trim_start()).filter(|next| next.charset.eq_ignore_ascii_case(first.charset)) {
            bytes.extend(next.bytes);
            after = next.rest;
        }
        let text = decoded(&bytes, Some(first.charset.split('*').next().unwrap_or_default()));
        mended.push_str(&format!("=?utf-8?B?{}?=", data_encoding::BASE64.encode(text.as_bytes())));
        rest = after;
    }
    mended + rest
}

struct Word<'a> {
    charset: &'a str,
    bytes: Vec<u8>,
    rest: &'a str,
}

impl<'a> Word<'a> {
    /// `=?charset?B or Q?text?=` at the beginning of a text.
    fn read(text: &'a str) -> Option<Self> {
        let mut parts = text.strip_prefix("=?")?.splitn(3, '?');
        let (charset, encoding, rest) = (parts.next()?, parts.next()?, parts.next()?);
        let (content, rest) = rest.split_once("?=")?;
        if charset.is_empty() || charset.contains(char::is_whitespace) || content.contains('?') {
            return None;
        }
        let bytes = match encoding {
            "b" | "B" => mail_parser::decoders::base64::base64_decode(content.as_bytes())?,
            "q" | "Q" => unescaped(content.as_bytes(), b'=', true),
            _ => return None,
        };
        Some(Self { charset, bytes, rest })
    }
}

/// `=E3` or `%E3` are bytes; in encoded words `_` is a space.
fn unescaped(text: &[u8], mark: u8, has_underscores: bool) -> Vec<u8> {
    let digit = |at: usize| text.get(at).and_then(|byte| char::from(*byte).to_digit(16)).and_then(|digit| u8::try_from(digit).ok());
    let (mut bytes, mut at) = (Vec::with_capacity(text.len()), 0);
    while let Some(&byte) = text.get(at) {
        match (digit(at + 1), digit(at + 2)) {
            (Some(high), Some(low)) if byte == mark => {
                bytes.push(high << 4 | low);
                at += 3;
            }
            _ => {
                bytes.push(if has_underscores && byte == b'_' { b' ' } else { byte });
                at += 1;
            }
        }
    }
    bytes
}

/// `name*=charset'language'text`: the label becomes the one that the bytes bear out. Where a parameter is continued, all of the header's bytes tell.
fn with_mended_parameters(value: &str) -> String {
    let Some(start) = value.find("*=") else { return value.to_owned() };
    let Some(quote) = value[start..].find('\'') else { return value.to_owned() };
    let label = &value[start + 2..start + quote];
    let bytes = unescaped(value.as_bytes(), b'%', false);
    let is_utf8 = std::str::from_utf8(&bytes).is_ok();
    let claims_utf8 = label.is_empty() || label.eq_ignore_ascii_case("utf-8") || label.eq_ignore_ascii_case("us-ascii");
    let is_unknown = charset_decoder(label.as_bytes()).is_none();
    let right = match () {
        () if is_utf8 && !BY_LABEL.iter().any(|known| label.to_ascii_lowercase().starts_with(known)) => "utf-8",
        () if claims_utf8 || is_unknown => "windows-1252",
        () => label,
    };
    if BY_LABEL.iter().any(|known| right.to_ascii_lowercase().starts_with(known)) {
        return format!("{}*={right}{}", &value[..start], &value[start + quote..]);
    }
    // The library takes what continues a parameter for UTF-8, whatever its beginning says.
    format!("{}*=utf-8{}", &value[..start], in_utf8(&value[start + quote..], right))
}

/// With every run of `%XX` in UTF-8.
fn in_utf8(text: &str, label: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some(at) = rest.find('%') {
        out.push_str(&rest[..at]);
        let run = rest.as_bytes()[at..].chunks_exact(3).take_while(|chunk| chunk[0] == b'%' && chunk[1..].iter().all(u8::is_ascii_hexdigit)).count();
        let end = at + if run == 0 { 1 } else { run * 3 };
        if run == 0 {
            out.push('%');
        } else {
            let text = decoded(&unescaped(&rest.as_bytes()[at..end], b'%', false), Some(label));
            out.extend(text.bytes().map(|byte| format!("%{byte:02X}")));
        }
        rest = &rest[end..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wrong_or_missing_charset_is_told_by_the_bytes() {
        for (bytes, label, expected) in [
            (&b"N\xe3o recebi"[..], None, "Não recebi"),
            (b"N\xe3o recebi", Some("unknown-8bit"), "Não recebi"),
            (b"N\xe3o recebi", Some("utf-8"), "Não recebi"),
            (b"50\x80 \x96 n\xe3o", Some("ISO-8859-1"), "50€ – não"),
            ("Não recebi".as_bytes(), Some("us-ascii"), "Não recebi"),
            ("Não recebi".as_bytes(), Some("iso-8859-1"), "Não recebi"),
            ("Não recebi".as_bytes(), Some("windows-1252"), "Não recebi"),
            ("Não recebi".as_bytes(), Some("x-nothing"), "Não recebi"),
            (b"N\xc6o", Some("cp850"), "Não"),
            (b"\xce\xd2\xb5\xc4", Some("gb2312"), "我的"),
            (b"\xe1\xe2", Some("koi8-r"), "АБ"),
            (b"N+AOM-o", Some("utf-7"), "Não"),
            (b"\xff\xfeN\0\xe3\0o\0", None, "Não"),
            ("\u{feff}Não".as_bytes(), Some("utf-8"), "Não"),
            ("Não, ".as_bytes(), None, "Não, "),
            (b"N\xc3\xa3o e n\xe3o", None, "Não e não"),
            (b"\xc3\xa3 cortad\xc3", Some("utf-8"), "ã cortadÃ"),
        ] {
            assert_eq!(decoded(bytes, label), expected, "{bytes:?} {label:?}");
        }
    }

    #[test]
    fn words_and_parameters_of_headers_are_mended_and_nothing_else() {
        let read = |value: &[u8]| {
            let raw = format!("Subject: {}\r\n\r\n", mended_header(value));
            mail_parser::MessageParser::default().parse_headers(&raw).and_then(|message| message.subject().map(str::to_owned))
        };
        for (value, expected) in [
            (&b"N\xe3o recebi"[..], "Não recebi"),
            (b"=?unknown?Q?N=E3o_recebi?=", "Não recebi"),
            (b"=?utf-8?q?N=E3o?= ok", "Não ok"),
            ("=?iso-8859-1?q?N=C3=A3o?=".as_bytes(), "Não"),
            (b"=?utf-8?B?Tg==?= =?utf-8?B?w6Nv?=", "Não"),
            (b"=?utf-8?Q?N=C3?=\r\n =?utf-8?Q?=A3o?=", "Não"),
            (b"50=?25?= a =? b", "50=?25?= a =? b"),
        ] {
            assert_eq!(read(value).as_deref(), Some(expected), "{}", String::from_utf8_lossy(value));
        }
        let name = |value: &[u8]| {
            let raw = format!("Content-Disposition: {}\r\n\r\n", mended_header(value));
            let message = mail_parser::MessageParser::default().parse_headers(&raw)?;
            mail_parser::MimeHeaders::attachment_name(message.parts.first()?).map(str::to_owned)
        };
        for (value, expected) in [
            (&b"attachment; filename=\"comprova\xe7\xe3o.png\""[..], "comprovação.png"),
            (b"attachment; filename*=utf-8''comprova%E7%E3o.png", "comprovação.png"),
            (b"attachment; filename*=iso-8859-1'pt'comprova%C3%A7%C3%A3o.png", "comprovação.png"),
            (b"attachment; filename*=iso-8859-1''comprova%E7%E3o.png", "comprovação.png"),
            (b"attachment; filename*0*=x'pt'comprova%E7; filename*1*=%E3o.png", "comprovação.png"),
            (b"attachment; filename=\"=?x?Q?comprova=E7=E3o.png?=\"", "comprovação.png"),
        ] {
            assert_eq!(name(value).as_deref(), Some(expected), "{}", String::from_utf8_lossy(value));
        }
    }
}
