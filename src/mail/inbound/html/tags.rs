//! A tag with what matters of it.

use std::borrow::Cow;

const ATTRIBUTES: [&str; 11] = ["alt", "class", "height", "hidden", "href", "id", "start", "style", "type", "value", "width"];

#[derive(Debug, Default)]
pub(super) struct Tag {
    pub(super) name: Vec<u8>,
    pub(super) is_self_closing: bool,
    attributes: Vec<(&'static str, Vec<u8>)>,
}

impl Tag {
    pub(super) fn clear(&mut self) {
        self.name.clear();
        self.is_self_closing = false;
        self.attributes.clear();
    }

    /// The first of two that have the same name is the one that counts.
    pub(super) fn set(&mut self, name: &[u8], value: &[u8]) {
        let known = ATTRIBUTES.iter().find(|known| known.as_bytes() == name);
        if let Some(known) = known.filter(|known| !self.attributes.iter().any(|(name, _)| name == *known)) {
            self.attributes.push((known, value.to_vec()));
        }
    }

    pub(super) fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| String::from_utf8_lossy(value))
    }
}
