//! Where the library (mail-parser 0.11, `parsers/header.rs`) sees a head end, and what it reads in it, without letting it read one without end.

use super::nested::Overgrown;
use mail_parser::{Message, MessageParser};

/// With the lines that are in a head's place but name nothing. Far fewer are used, with all that servers on the way put there.
const HEAD_MAX_BYTES: usize = 256 * 1024;
/// Of one head. They mark what continues an earlier parameter (RFC 2231, 3), which the library looks for among all that it has.
const ASTERISKS_MAX: usize = 1_000;
/// The library takes the two bytes after the first email of a date's zone for the zone's too, be they newlines (`Z`), so that a head goes on
/// after its empty line. Dates are few.
const EMPTY_LINES_MAX: usize = 3;
/// Encoded words (RFC 2047) of one head times its bytes: after each that does not end, the library reads on, and then goes back. About a second.
const WORDS_BY_BYTES_MAX: usize = 200_000_000;

/// A head's length with its empty line, and what the library reads in it, if anything. None where the text ends before the head.
pub(super) fn read<'a>(parser: &MessageParser, text: &'a [u8]) -> Result<Option<(usize, Option<Message<'a>>)>, Overgrown> {
    let seen = &text[..text.len().min(HEAD_MAX_BYTES)];
    let mut end = 0;
    for _ in 0..EMPTY_LINES_MAX {
        let found = length(&seen[end..]);
        if found.is_none() && seen.len() < text.len() {
            return Err(Overgrown);
        }
        end = found.map_or(seen.len(), |more| end + more);
        let head = &seen[..end];
        let asterisks = head.iter().filter(|byte| **byte == b'*').count();
        let words = head.windows(2).filter(|pair| pair == b"=?").count();
        if asterisks > ASTERISKS_MAX || words * head.len() > WORDS_BY_BYTES_MAX {
            return Err(Overgrown);
        }
        let about = parser.parse_headers(head);
        let named = about.as_ref().and_then(|about| about.headers().last()).map_or(0, |last| last.offset_end() as usize);
        // Nothing after the last header is one, for the library too.
        if let Some(rest) = head.get(named..).and_then(length) {
            return Ok(Some((named + rest, about)));
        }
        if found.is_none() {
            return Ok(None);
        }
    }
    Err(Overgrown)
}

/// Up to and with the empty line. A line without a name is passed, and so is white space before a line; after a header's line it continues it.
fn length(text: &[u8]) -> Option<usize> {
    let line_end = |from: usize| text[from..].iter().position(|byte| *byte == b'\n').map(|length| from + length + 1);
    let mut at = 0;
    loop {
        at += text[at..].iter().position(|byte| *byte == b'\n' || !byte.is_ascii_whitespace())?;
        let end = line_end(at)?;
        let mut name = text[at..end].iter().skip_while(|byte| **byte == b':' || byte.is_ascii_whitespace());
        let is_header = name.any(|byte| *byte == b':');
        if text[at] == b'\n' {
            return Some(end);
        }
        at = end;
        while is_header && matches!(text.get(at), Some(b' ' | b'\t')) {
            at = line_end(at)?;
        }
    }
}
