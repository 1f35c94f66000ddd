//! Where links lead, and whether their text tells that already.

/// Longer ones hold codes for machines. Only where they lead to is shown.
const ADDRESS_MAX_CHARS: usize = 1000;
const TEXT_MAX_BYTES: usize = 2 * 1024;

/// A link whose text is being read.
#[derive(Debug)]
pub(super) struct Link {
    address: Option<String>,
    text: String,
}

impl Link {
    pub(super) fn to(href: &str) -> Self {
        Self { address: address(href), text: String::new() }
    }

    pub(super) fn push(&mut self, char: char) {
        if self.text.len() < TEXT_MAX_BYTES {
            self.text.push(char);
        }
    }

    pub(super) fn is_empty(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// What to add to the text of the link, if anything.
    pub(super) fn addition(self) -> Option<String> {
        let address = self.address.as_ref().filter(|address| !self.is_empty() && !tells(&self.text, address))?;
        Some(format!(" ({address})"))
    }
}

/// A link's address as people write it; `None` if it leads to nothing outside the email.
fn address(href: &str) -> Option<String> {
    // Browsers leave out line breaks.
    let href: String = href.trim().chars().filter(|char| !char.is_control()).collect();
    let scheme = href.split_once(':')?.0.to_ascii_lowercase();
    match scheme.as_str() {
        "mailto" | "tel" => {
            let rest = &href[scheme.len() + 1..];
            let rest = decoded(rest.split('?').next().unwrap_or_default());
            let is_plain = !rest.is_empty() && rest.len() < 200 && !rest.contains(|char: char| char.is_whitespace() || char.is_control());
            is_plain.then_some(rest)
        }
        "http" | "https" | "ftp" => Some(shortened(unwrapped(&href).unwrap_or(href))),
        _ => None,
    }
}

fn shortened(address: String) -> String {
    let address = address.replace(|char: char| char.is_whitespace(), "%20");
    if address.chars().count() <= ADDRESS_MAX_CHARS {
        return address;
    }
    let host: String = address.split('/').take(3).collect::<Vec<_>>().join("/").chars().take(ADDRESS_MAX_CHARS).collect();
    format!("{host}/…")
}

/// Mail programs put an address of their own before that of a link.
fn unwrapped(href: &str) -> Option<String> {
    let (_, rest) = href.split_once("//")?;
    let (place, query) = rest.split_once('?')?;
    let (host, path) = place.split_once('/')?;
    let names: &[&str] = match host.to_ascii_lowercase() {
        host if host.ends_with(".safelinks.protection.outlook.com") => &["url"],
        host if host == "www.google.com" && path == "url" => &["q", "url"],
        _ => return None,
    };
    let value = query.split('&').filter_map(|pair| pair.split_once('=')).find(|(name, _)| names.contains(name))?.1;
    let inner = decoded(value);
    let is_address = inner.starts_with("https://") || inner.starts_with("http://");
    (is_address && !inner.contains(|char: char| char.is_whitespace() || char.is_control())).then_some(inner)
}

/// Whether somebody who reads a link's text knows its address.
fn tells(text: &str, address: &str) -> bool {
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    // People leave out the country of their number.
    let is_number = address.chars().all(|char| char.is_ascii_digit() || "+-().".contains(char));
    if is_number && digits(text).len() >= 7 && digits(address).ends_with(&digits(text)) {
        return true;
    }
    let address = comparable(address);
    comparable(text) == address || text.split_whitespace().any(|word| comparable(word) == address)
}

fn comparable(address: &str) -> String {
    let address = decoded(address.trim().trim_matches(['<', '>', '(', ')', '[', ']', ',', '.', ';'])).to_lowercase();
    let mut rest = address.as_str();
    for start in ["mailto:", "https://", "http://", "www."] {
        rest = rest.strip_prefix(start).unwrap_or(rest);
    }
    rest.trim_end_matches('/').to_owned()
}

/// With what stands for bytes as `%2F` replaced.
fn decoded(text: &str) -> String {
    let digit = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let (bytes, mut plain, mut at) = (text.as_bytes(), Vec::with_capacity(text.len()), 0);
    while let Some(byte) = bytes.get(at) {
        match (byte, digit(bytes.get(at + 1)), digit(bytes.get(at + 2))) {
            (b'%', Some(high), Some(low)) => {
                plain.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                plain.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&plain).into_owned()
}
