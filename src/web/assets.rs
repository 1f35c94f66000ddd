//! What the browser gets besides pages: style, loader, WebAssembly, icons. Embedded in the program, compressed when it is built.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use axum::body::Bytes;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

use super::kept::{Codings, Kept};
use super::{CachePolicy, Failure};

/// The browser half as the Makefile lays it out; an empty folder gives a help centre without style and islands.
#[derive(RustEmbed)]
#[folder = "dist/"]
#[allow_missing = true]
struct Dist;

/// An SVG opened by its own address is a document: nothing in it runs, loads or sends, and it belongs to no site.
pub const SVG_CONTENT_SECURITY_POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox";

/// All assets under one address that holds a hash of them all, so that they may be kept for ever and import each other by relative paths.
#[derive(Clone)]
pub struct Assets(Arc<Inner>);

struct Inner {
    hash: String,
    files: HashMap<String, Arc<Kept>>,
}

impl Assets {
    /// Takes the embedded files and those made from the settings: `brand.css`, a logo.
    pub fn new(made: Vec<(String, Vec<u8>)>) -> Self {
        let embedded = Dist::iter().filter(|name| !name.ends_with(".br")).filter_map(|name| {
            let brotli = Dist::get(&format!("{name}.br")).map(|file| file.data.into_owned().into());
            Some((name.to_string(), (Dist::get(&name)?.data.into_owned().into(), brotli)))
        });
        let made = made.into_iter().map(|(name, plain)| (name, (plain.into(), None)));
        let files: BTreeMap<String, (Bytes, Option<Bytes>)> = embedded.chain(made).collect();
        let mut hasher = Sha256::new();
        for (name, (plain, _)) in &files {
            hasher.update(name);
            hasher.update(plain);
        }
        let hash = data_encoding::HEXLOWER.encode(&hasher.finalize()[..6]);
        let files = files.into_iter().map(|(name, (plain, brotli))| {
            let file = kept(&name, plain, brotli);
            (name, Arc::new(file))
        });
        Self(Arc::new(Inner { hash, files: files.collect() }))
    }

    /// Address path of an asset.
    pub fn url(&self, name: &str) -> String {
        format!("/assets/{}/{name}", self.0.hash)
    }

    /// The text of an asset; empty where there is none.
    pub fn text(&self, name: &str) -> String {
        let bytes = self.0.files.get(name).and_then(|file| file.codings.plain.as_deref());
        String::from_utf8_lossy(bytes.unwrap_or_default()).into_owned()
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.files.contains_key(name)
    }

    /// Answers a request for an asset. Another hash is that of another build: its page must be loaded again.
    pub fn serve(&self, hash: &str, name: &str, headers: &HeaderMap) -> Response {
        match self.get(hash, name) {
            Some(file) => file.answer(headers),
            None => Failure::NotFound.into_response(),
        }
    }

    /// The asset at an address path.
    pub fn find(&self, path: &str) -> Option<Arc<Kept>> {
        let (hash, name) = path.strip_prefix("/assets/")?.split_once('/')?;
        self.get(hash, name).cloned()
    }

    fn get(&self, hash: &str, name: &str) -> Option<&Arc<Kept>> {
        self.0.files.get(name).filter(|_| hash == self.0.hash)
    }
}

fn kept(name: &str, plain: Bytes, brotli: Option<Bytes>) -> Kept {
    let media_type = media_type(name);
    let mut kept = Kept::new(media_type, CachePolicy::Immutable, Codings { brotli, gzip: None, plain: Some(plain) });
    kept.content_policy = (media_type == "image/svg+xml").then_some(SVG_CONTENT_SECURITY_POLICY);
    kept
}

fn media_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "webp" => "image/webp",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "webmanifest" => "application/manifest+json",
        _ => "application/octet-stream",
    }
}
