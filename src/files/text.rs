//! Plain text as programs of all kinds write it: kept as UTF-8, without what colors a terminal.

use std::borrow::Cow;

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252};

/// Bytes that no text holds, and that every program and archive does.
const NUL: char = '\0';

/// The text of a file; `None` if it is none: a program, an archive, markup.
pub(super) fn to_utf8(bytes: &[u8]) -> Option<String> {
    let text = decoded(bytes)?;
    let text = without_colors(&text);
    let begin = text.trim_start();
    let is_clean = text.chars().all(|char| matches!(char, '\t' | '\n' | '\r' | '\u{c}' | '\u{1a}') || !char.is_control());
    (!begin.is_empty() && is_clean && !begin.starts_with('<') && !begin.starts_with("#!")).then(|| text.into_owned())
}

/// UTF-16 by its mark, or by the zero in every second byte of what is mostly Latin; UTF-8; else Windows-1252, in which most bytes mean something:
/// so it must read as text mostly.
fn decoded(bytes: &[u8]) -> Option<Cow<'_, str>> {
    let utf16 = match bytes {
        [0xff, 0xfe, rest @ ..] => Some((UTF_16LE, rest)),
        [0xfe, 0xff, rest @ ..] => Some((UTF_16BE, rest)),
        _ if zeros(bytes, 1) => Some((UTF_16LE, bytes)),
        _ if zeros(bytes, 0) => Some((UTF_16BE, bytes)),
        _ => None,
    };
    if let Some((encoding, rest)) = utf16 {
        return encoding.decode_without_bom_handling_and_without_replacement(rest);
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text.strip_prefix('\u{feff}').unwrap_or(text)));
    }
    let text = WINDOWS_1252.decode_without_bom_handling_and_without_replacement(bytes)?;
    let beyond = text.chars().filter(|char| !char.is_ascii()).count();
    let letters = text.chars().filter(|char| !char.is_ascii() && (char.is_alphabetic() || "«»“”‘’–—…€£§°ºª¿¡•".contains(*char))).count();
    // Latin texts have an accent in ten letters or fewer; a program's bytes are anything.
    (!text.contains(NUL) && letters * 10 >= beyond * 9 && beyond * 3 <= text.chars().count()).then_some(text)
}

/// Whether nearly every byte at even or odd places is zero, and no other is.
fn zeros(bytes: &[u8], at: usize) -> bool {
    let (zeros, others) = bytes.iter().enumerate().fold((0, 0), |(zeros, others), (place, byte)| match (*byte == 0, place % 2 == at) {
        (true, true) => (zeros + 1, others),
        (true, false) => (zeros, others + 1),
        _ => (zeros, others),
    });
    bytes.len() >= 4 && bytes.len().is_multiple_of(2) && others == 0 && zeros * 10 >= bytes.len() / 2 * 9
}

/// Without escape sequences (ECMA-48): `ESC [ … letter`, `ESC ] … BEL`, and two characters else. Logs are full of them.
fn without_colors(text: &str) -> Cow<'_, str> {
    if !text.contains('\u{1b}') {
        return Cow::Borrowed(text);
    }
    let (mut plain, mut chars) = (String::with_capacity(text.len()), text.chars().peekable());
    while let Some(char) = chars.next() {
        if char != '\u{1b}' {
            plain.push(char);
            continue;
        }
        match chars.next() {
            Some('[') => while chars.next().is_some_and(|char| !('@'..='~').contains(&char)) {},
            Some(']') => while chars.next().is_some_and(|char| char != '\u{7}' && char != '\u{1b}') {},
            _ => {}
        }
    }
    Cow::Owned(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, mark: &[u8], to_bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        mark.iter().copied().chain(text.encode_utf16().flat_map(to_bytes)).collect()
    }

    #[test]
    fn text_of_windows_and_of_terminals_is_text() {
        let text = "Não carregou: código 500\r\n";
        for bytes in [
            text.as_bytes().to_vec(),
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            b"N\xe3o carregou: c\xf3digo 500\r\n".to_vec(),
            utf16(text, b"\xff\xfe", u16::to_le_bytes),
            utf16(text, b"\xfe\xff", u16::to_be_bytes),
            utf16(text, b"", u16::to_le_bytes),
            utf16(text, b"", u16::to_be_bytes),
            "\u{1b}[31mNão\u{1b}[0m carregou: \u{1b}]0;title\u{7}código \u{1b}[38;5;12m500\r\n".as_bytes().to_vec(),
        ] {
            assert_eq!(to_utf8(&bytes).as_deref(), Some(text), "{bytes:?}");
        }
    }

    #[test]
    fn programs_archives_and_markup_are_not() {
        let refused: [&[u8]; 9] = [
            b"MZ\x90\0\x03\0\0\0",
            b"\x7fELF\x02\x01",
            b"PK\x03\x04\x14\0",
            b"\xff\xfe<\0s\0v\0g\0",
            b"\x1f\x8b\x08\xe3\xa1\xf3\xc0\xd5",
            b"\x81\x8d\x8f\x90",
            b"\x1b[0m<script>",
            b"\xa4\xa6\xa9\xac\xae\xb1\xb2 \xb3",
            b"ab\0\0",
        ];
        for bytes in refused {
            assert_eq!(to_utf8(bytes), None, "{bytes:?}");
        }
    }
}
