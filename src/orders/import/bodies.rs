//! What Hotmart sent, as it came: a page's items packed together and sealed.

use std::io::{Read, Write as _};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use serde_json::value::RawValue;

use crate::key::ServerKey;

/// What it is sealed for.
const PURPOSE: &str = "order pages";
/// What a page unpacks to at most: somewhat more than an answer has.
const UNPACKED_MAX: u64 = 32 * 1024 * 1024;

/// `None` where there are no items, or the system has no random numbers.
pub(super) fn seal<'a>(key: &ServerKey, items: impl Iterator<Item = &'a RawValue>) -> Option<String> {
    let mut items = items.enumerate().peekable();
    items.peek()?;
    let mut packed = ZlibEncoder::new(Vec::new(), Compression::fast());
    for (at, item) in items {
        packed.write_all(if at == 0 { b"[" } else { b"," }).ok()?;
        packed.write_all(item.get().as_bytes()).ok()?;
    }
    packed.write_all(b"]").ok()?;
    key.seal(PURPOSE, &packed.finish().ok()?)
}

/// The items of a page; `None` where the key is another one now.
pub(super) fn unseal(key: &ServerKey, sealed: &str) -> Option<Vec<Box<RawValue>>> {
    let packed = key.unseal(PURPOSE, sealed)?;
    let mut text = String::new();
    ZlibDecoder::new(&packed[..]).take(UNPACKED_MAX).read_to_string(&mut text).ok()?;
    serde_json::from_str(&text).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_comes_back_as_it_was_and_says_nothing_while_it_is_sealed() {
        let key = ServerKey::parse(&"7".repeat(64)).expect("a key");
        let items: Vec<Box<RawValue>> =
            ["{\"a\" : 1,\"unknown\":[null, 2.50]}", "7"].iter().map(|text| RawValue::from_string((*text).to_owned()).expect("JSON")).collect();
        let sealed = seal(&key, items.iter().map(AsRef::as_ref)).expect("sealed");
        assert!(!sealed.contains("unknown"));
        let back = unseal(&key, &sealed).expect("a page");
        assert_eq!(back.iter().map(|item| item.get()).collect::<Vec<_>>(), ["{\"a\" : 1,\"unknown\":[null, 2.50]}", "7"]);
        assert!(unseal(&ServerKey::parse(&"8".repeat(64)).expect("a key"), &sealed).is_none() && unseal(&key, "nonsense").is_none());
        assert!(seal(&key, std::iter::empty()).is_none());
    }
}
