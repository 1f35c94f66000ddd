//! What the browser gets besides pages: style, loader, WebAssembly, icons. Embedded in the program, compressed when it is built.

use std::collections::HashMap;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;
use sha2::{Digest, Sha256};

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
    files: HashMap<String, Asset>,
}

struct Asset {
    plain: Vec<u8>,
    brotli: Option<Vec<u8>>,
    media_type: &'static str,
}

impl Assets {
    /// Takes the embedded files and those made from the settings: `brand.css`, a logo.
    pub fn new(made: Vec<(String, Vec<u8>)>) -> Self {
        let mut files = HashMap::new();
        for name in Dist::iter().filter(|name| !name.ends_with(".br")) {
            let Some(file) = Dist::get(&name) else { continue };
            let brotli = Dist::get(&format!("{name}.br")).map(|file| file.data.into_owned());
            files.insert(name.to_string(), Asset { plain: file.data.into_owned(), brotli, media_type: media_type(&name) });
        }
        for (name, plain) in made {
            let media_type = media_type(&name);
            files.insert(name, Asset { plain, brotli: None, media_type });
        }
        let mut names: Vec<&String> = files.keys().collect();
        names.sort();
        let mut hasher = Sha256::new();
        for name in names {
            hasher.update(name);
            hasher.update(&files[name].plain);
        }
        let hash = data_encoding::HEXLOWER.encode(&hasher.finalize()[..6]);
        Self(Arc::new(Inner { hash, files }))
    }

    /// Address path of an asset.
    pub fn url(&self, name: &str) -> String {
        format!("/assets/{}/{name}", self.0.hash)
    }

    pub fn has(&self, name: &str) -> bool {
        self.0.files.contains_key(name)
    }

    /// Answers a request for an asset. Another hash is that of another build: its page must be loaded again.
    pub fn serve(&self, hash: &str, name: &str, headers: &HeaderMap) -> Response {
        let Some(asset) = self.0.files.get(name).filter(|_| hash == self.0.hash) else {
            return Failure::NotFound.into_response();
        };
        let mut response = match &asset.brotli {
            Some(brotli) if accepts(headers, "br") => {
                let mut response = Response::new(Body::from(brotli.clone()));
                response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static("br"));
                response
            }
            _ => Response::new(Body::from(asset.plain.clone())),
        };
        *response.status_mut() = StatusCode::OK;
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(asset.media_type));
        response.headers_mut().insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        if asset.media_type == "image/svg+xml" {
            response.headers_mut().insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(SVG_CONTENT_SECURITY_POLICY));
        }
        response.extensions_mut().insert(CachePolicy::Immutable);
        response
    }
}

/// Whether the client takes a content coding; a weight of zero means no (RFC 9110, 12.5.3).
pub fn accepts(headers: &HeaderMap, coding: &str) -> bool {
    headers.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).any(|part| {
        let mut pieces = part.split(';').map(str::trim);
        pieces.next().is_some_and(|name| name.eq_ignore_ascii_case(coding))
            && !pieces.any(|piece| matches!(piece, "q=0" | "q=0.0" | "q=0.00" | "q=0.000"))
    })
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
