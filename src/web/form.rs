//! What a form posted, taken apart without ever failing on what was typed.

use percent_encoding::percent_decode;

/// Fields that one form may post; further ones are dropped.
const MAX_FIELDS: usize = 100;

/// Names and values of an urlencoded body or query string in their order. Bytes that are not UTF-8 become the replacement character, so
/// that a broken byte costs one letter and not the message.
pub fn pairs(body: &[u8]) -> Vec<(String, String)> {
    body.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).take(MAX_FIELDS).map(pair).collect()
}

/// The first value of a name.
pub fn value<'a>(pairs: &'a [(String, String)], name: &str) -> Option<&'a str> {
    pairs.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
}

fn pair(pair: &[u8]) -> (String, String) {
    let mut halves = pair.splitn(2, |byte| *byte == b'=');
    (decoded(halves.next().unwrap_or_default()), decoded(halves.next().unwrap_or_default()))
}

fn decoded(encoded: &[u8]) -> String {
    let spaced: Vec<u8> = encoded.iter().map(|byte| if *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&spaced).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_byte_costs_one_letter_and_not_the_message() {
        let pairs = pairs(b"subject=N%E3o+recebi&message=a%26b%00&&=&x");
        assert_eq!(value(&pairs, "subject"), Some("N\u{fffd}o recebi"));
        assert_eq!(value(&pairs, "message"), Some("a&b\0"));
        assert_eq!(value(&pairs, "x"), Some(""));
    }
}
