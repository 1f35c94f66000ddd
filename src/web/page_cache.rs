//! Public pages in memory: rendered at the first request, kept compressed, served with an ETag.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, Bytes};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use flate2::write::GzEncoder;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::CachePolicy;
use super::assets::accepts;

/// Brotli's quality for pages: 5 takes a millisecond for an article and comes within a few percent of the best.
const BROTLI_QUALITY: i32 = 5;

/// A page is the same bytes for every reader, so its address is its key. All pages are dropped together when the library changes;
/// a page rendered from the old library can't slip in afterwards, because the generation is part of the key.
#[derive(Clone)]
pub struct PageCache {
    pages: Cache<(u64, String), Arc<KeptPage>>,
    generation: Arc<AtomicU64>,
}

/// One page, ready to send.
pub struct KeptPage {
    media_type: &'static str,
    brotli: Bytes,
    gzip: Bytes,
    etag: HeaderValue,
}

impl PageCache {
    pub fn new(max_bytes: u64) -> Self {
        let weigh =
            |key: &(u64, String), page: &Arc<KeptPage>| u32::try_from(key.1.len() + page.brotli.len() + page.gzip.len() + 256).unwrap_or(u32::MAX);
        Self { pages: Cache::builder().max_capacity(max_bytes).weigher(weigh).build(), generation: Arc::default() }
    }

    /// The number under which pages of the present library are kept. Take it before reading the library.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Forgets all pages: what they were made from has changed.
    pub fn drop_all(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
        self.pages.invalidate_all();
    }

    pub fn get(&self, generation: u64, address: &str) -> Option<Arc<KeptPage>> {
        self.pages.get(&(generation, address.to_owned()))
    }

    /// Compresses and keeps a page.
    pub fn keep(&self, generation: u64, address: String, media_type: &'static str, content: &str) -> Arc<KeptPage> {
        let page = Arc::new(KeptPage::new(media_type, content.as_bytes()));
        self.pages.insert((generation, address), Arc::clone(&page));
        page
    }
}

impl KeptPage {
    pub fn new(media_type: &'static str, content: &[u8]) -> Self {
        let etag = format!("W/\"{}\"", data_encoding::HEXLOWER.encode(&Sha256::digest(content)[..12]));
        let etag = HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("W/\"\""));
        Self { media_type, brotli: brotli(content).into(), gzip: gzip(content).into(), etag }
    }

    /// The answer to a request: 304 when the reader has these bytes already.
    pub fn respond(&self, request: &HeaderMap) -> Response {
        let known = request.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
        let known = known.is_some_and(|tags| tags.split(',').any(|tag| tag.trim() == self.etag));
        let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { self.content(request) };
        let headers = response.headers_mut();
        headers.insert(header::ETAG, self.etag.clone());
        headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
        response.extensions_mut().insert(CachePolicy::Page);
        response
    }

    fn content(&self, request: &HeaderMap) -> Response {
        let (bytes, coding) = if accepts(request, "br") {
            (self.brotli.clone(), Some("br"))
        } else if accepts(request, "gzip") {
            (self.gzip.clone(), Some("gzip"))
        } else {
            (self.plain(), None)
        };
        let mut response = Response::new(Body::from(bytes));
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type));
        if let Some(coding) = coding {
            response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
        }
        response
    }

    /// Few clients take no compression, so the plain bytes are not kept.
    fn plain(&self) -> Bytes {
        let mut plain = Vec::new();
        // Our own bytes, compressed by us: they always decompress.
        let _ = brotli::BrotliDecompress(&mut &self.brotli[..], &mut plain);
        plain.into()
    }
}

fn brotli(content: &[u8]) -> Vec<u8> {
    let parameters = brotli::enc::BrotliEncoderParams { quality: BROTLI_QUALITY, ..Default::default() };
    let mut compressed = Vec::new();
    // Writing into memory can't fail.
    let _ = brotli::BrotliCompress(&mut &content[..], &mut compressed, &parameters);
    compressed
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), flate2::Compression::default());
    let _ = encoder.write_all(content);
    encoder.finish().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_coding_gives_the_same_page() {
        let page = KeptPage::new("text/html", "ação ".repeat(1000).as_bytes());
        assert_eq!(page.plain(), "ação ".repeat(1000).as_bytes());
        let mut gunzipped = Vec::new();
        let mut decoder = flate2::write::GzDecoder::new(&mut gunzipped);
        decoder.write_all(&page.gzip).and_then(|()| decoder.try_finish()).expect("whole");
        drop(decoder);
        assert_eq!(gunzipped, page.plain());
    }

    #[test]
    fn a_page_of_an_old_library_is_never_served() {
        let cache = PageCache::new(1 << 20);
        let before = cache.generation();
        cache.drop_all();
        cache.keep(before, "/pt".into(), "text/html", "old");
        assert!(cache.get(cache.generation(), "/pt").is_none());
    }
}
