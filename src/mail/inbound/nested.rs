//! Letters within letters. The library takes them apart without end, but what it made of them is dropped one within the other, and one that is
//! encoded is copied once for each that it holds: a letter of a few hundred kilobytes could end the program. So they are counted before.

/// People forward what was forwarded to them a few times.
const NESTED_MAX: usize = 20;
/// Each part costs the library some hundred bytes, whatever is in it, and for the library one can begin wherever two hyphens stand. People's
/// letters have a handful of parts, and some thousand hyphens where they paste tables.
const PARTS_MAX: usize = 100_000;
/// The lines before a letter's first empty one are far fewer, with all that servers on the way put there.
const HEAD_MAX_BYTES: usize = 256 * 1024;

/// Whether a letter is made to be more than its size: too many parts or letters within it, one that is encoded (which is forbidden, RFC 2046,
/// 5.2.1), or a head without end.
pub(super) fn is_overgrown(raw: &[u8]) -> bool {
    let hyphens = raw.split(|byte| *byte != b'-');
    if hyphens.map(|run| run.len() / 2).sum::<usize>() > PARTS_MAX {
        return true;
    }
    let text = String::from_utf8_lossy(raw).to_ascii_lowercase();
    let mut blocks = text.split("\n\n").flat_map(|part| part.split("\n\r\n")).peekable();
    if blocks.peek().is_some_and(|head| head.len() > HEAD_MAX_BYTES) {
        return true;
    }
    // In a digest what says nothing of itself is a letter.
    let (mut nested, mut has_digest, mut is_bare_encoded) = (0, false, false);
    for block in blocks {
        let is_encoded = block.contains("content-transfer-encoding") && (block.contains("base64") || block.contains("quoted-printable"));
        let has_type = block.contains("content-type");
        is_bare_encoded |= is_encoded && !has_type;
        let of_letter = has_type && block.contains("message") && (block.contains("rfc822") || block.contains("global"));
        let of_digest = has_type && block.contains("digest");
        has_digest |= of_digest;
        // Several may stand in one block, where nothing but their heads is there.
        nested += if of_letter || of_digest { block.matches("content-type").count() } else { 0 };
        if nested > NESTED_MAX || (of_letter && is_encoded && is_type_of_letter(block)) {
            return true;
        }
    }
    has_digest && is_bare_encoded
}

/// Whether one of a block's types is that of a letter, and not only some word in it.
fn is_type_of_letter(block: &str) -> bool {
    block.match_indices("content-type").any(|(at, _)| {
        let rest = &block[at..];
        let end = rest.match_indices('\n').find(|(at, _)| !rest[at + 1..].starts_with([' ', '\t'])).map_or(rest.len(), |(at, _)| at);
        let value = &rest[..end];
        value.contains("message") && (value.contains("rfc822") || value.contains("global"))
    })
}

#[cfg(test)]
mod tests {
    use super::is_overgrown;
    use crate::mail::inbound::{Letter, Unreadable};

    fn refused(raw: &str) -> bool {
        Letter::parse(raw.as_bytes()).err() == Some(Unreadable::Broken)
    }

    #[test]
    fn letters_within_letters_without_end_are_refused_and_end_nothing() {
        for (head, empty) in [("Content-Type: message/rfc822\r\n", "\r\n"), ("content-TYPE :\n \"Message\" / (x) Global\n", "\n")] {
            assert!(refused(&format!("From: a@example.com\r\n{}", format!("{head}{empty}").repeat(100_000))), "{head}");
        }
        let digests = (0..50_000).fold("From: a@example.com\r\n".to_owned(), |text, depth| {
            text + &format!("Content-Type: multipart/digest; boundary=b{depth}\r\n\r\n--b{depth}\r\n\r\n")
        });
        assert!(refused(&digests));
    }

    #[test]
    fn a_letter_within_a_letter_that_is_encoded_is_refused() {
        let inner = data_encoding::BASE64.encode(format!("From: a@example.com\n{}", "Content-Type: message/rfc822\n\n".repeat(2_000)).as_bytes());
        for head in [
            "Content-Type: message/rfc822\nContent-Transfer-Encoding: base64",
            "Content-Transfer-Encoding: BASE64\nContent-Type:\n message/rfc822; name=x",
            "Content-Type: message/global\nContent-Transfer-Encoding: quoted-printable",
        ] {
            let raw = format!("From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\n{head}\n\n{inner}\n--b--\n");
            assert!(refused(&raw) && refused(&raw.replace('\n', "\r\n")), "{head}");
        }
        let in_digest =
            format!("From: a@example.com\nContent-Type: multipart/digest; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\n{inner}\n--b--\n");
        assert!(refused(&in_digest));
        assert!(refused(&format!("From: a@example.com\n{}\nText\n", "X-Y: z\n".repeat(50_000))), "a head without end");
    }

    #[test]
    fn parts_without_end_are_refused() {
        for (boundary, part) in [("b", "--b\n\n"), ("b", "--b\r\n\r\nx\r\n"), ("b", "x--b"), ("\"-\"", "---"), ("\"\"", "--\n\n")] {
            let head = format!("From: a@example.com\nContent-Type: multipart/mixed; boundary={boundary}\n\n");
            assert!(refused(&format!("{head}{}", part.repeat(200_000))), "{part:?}");
        }
        let table = format!("From: a@example.com\n\n{}", format!("{}\nlog\n", "-".repeat(80)).repeat(2_000));
        let pasted = Letter::parse(table.as_bytes()).expect("a letter");
        assert!(pasted.text.starts_with("--------") && pasted.text.contains("\nlog\n"));
    }

    #[test]
    fn what_people_forward_is_read() {
        let forwarded = "From: a@example.com\nContent-Type: multipart/mixed; boundary=b\n\n--b\nContent-Type: text/plain\nContent-Transfer-Encoding: \
                         base64\n\nT2zDoQ==\n--b\nContent-Type: message/rfc822\nContent-Disposition: attachment\n\nFrom: b@example.com\nContent-Type: \
                         text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nT2zDoQ==\n--b--\n";
        assert!(!is_overgrown(forwarded.as_bytes()) && !is_overgrown(forwarded.replace('\n', "\r\n").as_bytes()));
        let letter = Letter::parse(forwarded.as_bytes()).expect("a letter");
        assert_eq!((letter.text.as_str(), letter.attachments), ("Olá", 1));
        let tells = "From: a@example.com\n\nMy global message, with content-type, \u{fffd} rfc822 and base64 content-transfer-encoding in it\n";
        assert!(!is_overgrown(tells.as_bytes()));
    }
}
