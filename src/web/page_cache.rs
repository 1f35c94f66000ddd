//! Public pages in memory: rendered at the first request, kept compressed, served with an ETag.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::http::HeaderValue;
use flate2::write::GzEncoder;
use moka::sync::Cache;
use sha2::{Digest, Sha256};

use super::CachePolicy;
use super::kept::{Codings, Kept, OnRead};

/// Brotli's quality for a page that one reader gets: 5 takes a few milliseconds.
const BROTLI_QUALITY: i32 = 5;
/// The same for one that is kept: 9 takes two or three times as long, once, and saves 3 percent of every reader's bytes.
const KEPT_BROTLI_QUALITY: i32 = 9;

/// What a page takes in memory besides its bytes: its headers, ready to send, in each form in which it is asked for.
const READY_BYTES: usize = 6 * 1024;

/// A page is the same bytes for every reader, so its address is its key. All pages are dropped together when the library changes;
/// a page rendered from the old library can't slip in afterwards, because each is kept with its generation.
#[derive(Clone)]
pub struct PageCache {
    pages: Cache<String, (u64, Arc<Kept>)>,
    generation: Arc<AtomicU64>,
}

impl PageCache {
    pub fn new(max_bytes: u64) -> Self {
        let weigh = |address: &String, (_, page): &(u64, Arc<Kept>)| {
            let codings = [&page.codings.brotli, &page.codings.gzip].into_iter().flatten().map(|bytes| bytes.len()).sum::<usize>();
            u32::try_from(address.len() + codings + READY_BYTES).unwrap_or(u32::MAX)
        };
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

    pub fn get(&self, generation: u64, address: &str) -> Option<Arc<Kept>> {
        self.pages.get(address).filter(|(of, _)| *of == generation).map(|(_, page)| page)
    }

    /// Compresses and keeps a page.
    pub fn keep(&self, generation: u64, address: String, media_type: &'static str, content: &str, on_read: Option<OnRead>) -> Arc<Kept> {
        let mut page = compressed(media_type, content.as_bytes(), KEPT_BROTLI_QUALITY);
        page.on_read = on_read;
        let page = Arc::new(page);
        self.pages.insert(address, (generation, Arc::clone(&page)));
        page
    }
}

/// A page for one reader, compressed.
pub fn page(media_type: &'static str, content: &[u8]) -> Kept {
    compressed(media_type, content, BROTLI_QUALITY)
}

fn compressed(media_type: &'static str, content: &[u8], quality: i32) -> Kept {
    let etag = format!("W/\"{}\"", data_encoding::HEXLOWER.encode(&Sha256::digest(content)[..12]));
    let etag = HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("W/\"\""));
    let codings = Codings { brotli: Some(brotli(content, quality).into()), gzip: Some(gzip(content).into()), plain: None };
    let mut kept = Kept::new(media_type, CachePolicy::Page, codings);
    kept.etag = Some(etag);
    kept
}

fn brotli(content: &[u8], quality: i32) -> Vec<u8> {
    let parameters = brotli::enc::BrotliEncoderParams { quality, ..Default::default() };
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
        let text = "ação ".repeat(1000);
        let page = page("text/html", text.as_bytes());
        let mut plain = Vec::new();
        brotli::BrotliDecompress(&mut page.codings.brotli.as_deref().expect("Brotli"), &mut plain).expect("whole");
        assert_eq!(plain, text.as_bytes());
        let mut gunzipped = Vec::new();
        let mut decoder = flate2::write::GzDecoder::new(&mut gunzipped);
        decoder.write_all(page.codings.gzip.as_deref().expect("gzip")).and_then(|()| decoder.try_finish()).expect("whole");
        drop(decoder);
        assert_eq!(gunzipped, text.as_bytes());
    }

    #[test]
    fn a_page_of_an_old_library_is_never_served() {
        let cache = PageCache::new(1 << 20);
        let before = cache.generation();
        cache.drop_all();
        cache.keep(before, "/pt".into(), "text/html", "old", None);
        assert!(cache.get(cache.generation(), "/pt").is_none());
    }
}
