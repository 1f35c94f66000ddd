//! The server's secret: what links to tickets are signed with, and what networks and addresses are hashed with where only
//! their equality matters. Whoever loses it loses the links that are out; the tickets stay.

use std::io::Write;
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use chacha20poly1305::aead::{Aead, KeyInit as _};
use chacha20poly1305::{XChaCha20Poly1305, XNonce};
use data_encoding::{BASE64URL_NOPAD, HEXLOWER, HEXLOWER_PERMISSIVE};
use hkdf::Hkdf;
use hmac::{Hmac, Mac};
use sha2::Sha256;
use subtle::ConstantTimeEq;

use crate::private_folder;

const KEY_BYTES: usize = 32;
/// Long enough to be drawn at random every time.
const NONCE_BYTES: usize = 24;
/// 128 bits of an HMAC: beyond guessing, and 22 characters in an address.
const TAG_BYTES: usize = 16;
/// What one customer of a provider can have of IPv6. An IPv4 address counts alone: many people share one already.
const IPV6_PREFIX_BYTES: usize = 6;

#[derive(Clone)]
pub struct ServerKey([u8; KEY_BYTES]);

/// Where the key comes from: the setting `server_key`, else `server.key` in the data folder, made at first need.
#[derive(Clone)]
pub struct KeySource(Arc<Source>);

struct Source {
    file: PathBuf,
    key: OnceLock<ServerKey>,
}

#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub struct KeyError(String);

impl ServerKey {
    /// Reads 64 hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = HEXLOWER_PERMISSIVE.decode(text.trim().as_bytes()).ok()?;
        bytes.try_into().ok().map(Self)
    }

    /// A short keyed hash of some parts for one purpose. Parts can't run into each other.
    pub fn tag(&self, purpose: &str, parts: &[&[u8]]) -> String {
        // HMAC takes a key of any length, so this never falls back.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&self.0) else { return String::new() };
        for part in std::iter::once(purpose.as_bytes()).chain(parts.iter().copied()) {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        BASE64URL_NOPAD.encode(&mac.finalize().into_bytes()[..TAG_BYTES])
    }

    /// Encrypts what has to be read again and must not lie open in the database: XChaCha20-Poly1305 under a key of its own for each purpose (HKDF).
    /// `None` when the system has no random numbers.
    pub fn seal(&self, purpose: &str, plain: &[u8]) -> Option<String> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).ok()?;
        let sealed = self.cipher(purpose)?.encrypt(&XNonce::from(nonce), plain).ok()?;
        Some(BASE64URL_NOPAD.encode(&[&nonce[..], &sealed].concat()))
    }

    /// What was sealed for the same purpose; `None` for anything else, or where the key is another one now.
    pub fn unseal(&self, purpose: &str, sealed: &str) -> Option<Vec<u8>> {
        let bytes = BASE64URL_NOPAD.decode(sealed.as_bytes()).ok()?;
        let (nonce, sealed) = bytes.split_first_chunk::<NONCE_BYTES>()?;
        self.cipher(purpose)?.decrypt(&XNonce::from(*nonce), sealed).ok()
    }

    fn cipher(&self, purpose: &str) -> Option<XChaCha20Poly1305> {
        let mut key = [0; KEY_BYTES];
        Hkdf::<Sha256>::new(None, &self.0).expand(purpose.as_bytes(), &mut key).ok()?;
        Some(XChaCha20Poly1305::new(&key.into()))
    }

    /// A visitor's network, as a keyed hash: equal for equal networks, and no address can be read from it.
    pub fn network_tag(&self, address: IpAddr) -> String {
        match address.to_canonical() {
            IpAddr::V4(address) => self.tag("network", &[&address.octets()]),
            IpAddr::V6(address) => self.tag("network", &[&address.octets()[..IPV6_PREFIX_BYTES]]),
        }
    }
}

/// Whether two texts are the same; takes the same time wherever they differ.
pub fn same(given: &str, right: &str) -> bool {
    given.as_bytes().ct_eq(right.as_bytes()).into()
}

impl std::fmt::Debug for ServerKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(hidden)")
    }
}

impl KeySource {
    /// `configured` is the setting, empty where there is none.
    pub fn new(configured: &str, data: &Path) -> Self {
        let key = OnceLock::new();
        if let Some(configured) = ServerKey::parse(configured) {
            let _ = key.set(configured);
        }
        Self(Arc::new(Source { file: data.join("server.key"), key }))
    }

    /// The key; reads or makes its file the first time. A failure is tried again at the next call.
    pub fn get(&self) -> Result<&ServerKey, KeyError> {
        if let Some(key) = self.0.key.get() {
            return Ok(key);
        }
        let key = read_or_make(&self.0.file)?;
        Ok(self.0.key.get_or_init(|| key))
    }
}

fn read_or_make(file: &Path) -> Result<ServerKey, KeyError> {
    let failed = |error: std::io::Error| {
        KeyError(format!(
            "{}: the server's key can't be read or written ({error}). Give the program's user the right to, or set server_key.",
            file.display()
        ))
    };
    if !file.exists() {
        make(file).map_err(failed)?;
    }
    let text = std::fs::read_to_string(file).map_err(failed)?;
    ServerKey::parse(&text).ok_or_else(|| {
        KeyError(format!(
            "{}: this is not a server key (64 hexadecimal digits). Put the right file back, or remove it to get a new one.",
            file.display()
        ))
    })
}

/// Writes a new key whole or not at all; where another process was quicker, its key stays.
fn make(file: &Path) -> std::io::Result<()> {
    let mut random = [0; KEY_BYTES + 8];
    getrandom::fill(&mut random).map_err(std::io::Error::other)?;
    let (key, suffix) = random.split_at(KEY_BYTES);
    if let Some(folder) = file.parent() {
        private_folder::make(folder)?;
    }
    let draft = file.with_extension(format!("new-{}", HEXLOWER.encode(suffix)));
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut written = options.open(&draft)?;
    let result = writeln!(written, "{}", HEXLOWER.encode(key)).and_then(|()| written.sync_all()).and_then(|()| std::fs::hard_link(&draft, file));
    std::fs::remove_file(&draft)?;
    match result {
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => Ok(()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key() -> ServerKey {
        ServerKey::parse(&"07".repeat(32)).expect("64 digits")
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(key().tag("a", &[b"bc", b"d"]), key().tag("a", &[b"b", b"cd"]));
        assert_ne!(key().tag("a", &[b"b"]), key().tag("ab", &[b""]));
        assert_eq!(key().tag("a", &[b"b"]).len(), 22);
    }

    #[test]
    fn what_is_sealed_is_read_again_for_the_same_purpose_alone() {
        let sealed = key().seal("a", b"secret").expect("random numbers");
        assert_eq!(key().unseal("a", &sealed).as_deref(), Some(&b"secret"[..]));
        assert_ne!(key().seal("a", b"secret").expect("random numbers"), sealed, "never twice the same");
        let other = ServerKey::parse(&"08".repeat(32)).expect("64 digits");
        assert!(key().unseal("b", &sealed).is_none() && other.unseal("a", &sealed).is_none());
        for broken in ["", "x", &sealed[1..], &sealed[..sealed.len() - 2]] {
            assert!(key().unseal("a", broken).is_none());
        }
    }

    #[test]
    fn a_network_is_one_ipv4_address_or_an_ipv6_prefix_of_48_bits() {
        let tag = |text: &str| key().network_tag(text.parse().expect("an address"));
        assert_eq!(tag("2001:db8:1:2::1"), tag("2001:db8:1:ff:ffff::9"));
        assert_ne!(tag("2001:db8:1:2::1"), tag("2001:db8:2:2::1"));
        assert_eq!(tag("192.0.2.7"), tag("::ffff:192.0.2.7"));
        assert_ne!(tag("192.0.2.7"), tag("192.0.2.8"));
    }

    #[test]
    fn a_key_is_made_once_and_only_its_owner_may_read_it() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let data = folder.path().join("data");
        let first = KeySource::new("", &data).get().expect("a key").tag("x", &[]);
        assert_eq!(KeySource::new("", &data).get().expect("the same key").tag("x", &[]), first);
        assert_eq!(std::fs::read_dir(&data).expect("the data folder").count(), 1, "no draft is left behind");
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(data.join("server.key")).expect("the key's file").permissions().mode();
            assert_eq!(mode & 0o777, 0o600);
        }
    }

    #[test]
    fn a_damaged_key_file_is_named_and_not_replaced() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join("server.key"), "not a key").expect("a file");
        let error = KeySource::new("", folder.path()).get().expect_err("a damaged key").to_string();
        assert!(error.contains("server.key"), "{error}");
        assert_eq!(std::fs::read_to_string(folder.path().join("server.key")).expect("the file"), "not a key");
    }
}
