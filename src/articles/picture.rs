//! Pictures beside the texts. Each is served under an address made from its contents, so that it may be cached for ever.

use std::path::Path;
use std::sync::Arc;

use data_encoding::HEXLOWER;
use imagesize::ImageType;
use sha2::{Digest, Sha256};

use super::problem::Findings;
use super::slug::slugify;
use super::svg;
use super::text::read_bytes;

pub(super) const PICTURE_MAX_BYTES: usize = 2 * 1024 * 1024;
/// Larger ones only cost readers time: no page shows more.
const PICTURE_MAX_PIXELS_A_SIDE: usize = 8_000;
/// Enough of the hash that two pictures never share an address.
const ADDRESS_HASH_BYTES: usize = 8;

/// The media type of a drawing.
pub(crate) const SVG: &str = "image/svg+xml";

/// Endings of the files that can be shown.
pub(super) const PICTURE_ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "gif", "svg"];

/// A picture, read and measured.
#[derive(Debug)]
pub(super) struct PictureFile {
    /// `/media/{hash}-{name}`.
    pub(super) address: String,
    pub(super) bytes: Arc<[u8]>,
    pub(super) media_type: &'static str,
    pub(super) width: usize,
    pub(super) height: usize,
}

/// Whether a file's name ends like a picture's.
pub(super) fn is_picture_name(name: &str) -> bool {
    name.rsplit_once('.').is_some_and(|(_, ending)| PICTURE_ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known)))
}

/// Reads a picture. Its kind is taken from its contents, never from its name.
pub(super) fn read(path: &Path, name: &str, findings: &mut Findings) -> Option<PictureFile> {
    let bytes = read_bytes(path, PICTURE_MAX_BYTES, findings)?;
    let (media_type, ending, (width, height)) =
        if svg::is_svg(&bytes) { (SVG, "svg", svg::size(&bytes, findings)?) } else { raster(&bytes, findings)? };
    if width == 0 || height == 0 || width.max(height) > PICTURE_MAX_PIXELS_A_SIDE {
        let fix = format!("Make it at most {PICTURE_MAX_PIXELS_A_SIDE} pixels wide and high; 1,600 is enough.");
        findings.broken(1, format!("The picture is {width} × {height} pixels."), fix);
        return None;
    }
    let hash = HEXLOWER.encode(&Sha256::digest(&bytes)[..ADDRESS_HASH_BYTES]);
    let mut stem = slugify(name.rsplit_once('.').map_or(name, |(stem, _)| stem));
    if stem.is_empty() {
        stem.push_str("picture");
    }
    let address = format!("/media/{hash}-{stem}.{ending}");
    Some(PictureFile { address, bytes: bytes.into(), media_type, width, height })
}

fn raster(bytes: &[u8], findings: &mut Findings) -> Option<(&'static str, &'static str, (usize, usize))> {
    const KINDS: &str = "Save it as PNG, JPEG, WebP, GIF or SVG.";
    let (media_type, ending) = match imagesize::image_type(bytes) {
        Ok(ImageType::Png) => ("image/png", "png"),
        Ok(ImageType::Jpeg) => ("image/jpeg", "jpg"),
        Ok(ImageType::Webp) => ("image/webp", "webp"),
        Ok(ImageType::Gif) => ("image/gif", "gif"),
        _ => {
            findings.broken(1, "The file is not a picture that browsers show safely.", KINDS);
            return None;
        }
    };
    match imagesize::blob_size(bytes) {
        Ok(size) => Some((media_type, ending, (size.width, size.height))),
        Err(_) => {
            findings.broken(1, "The picture is damaged: its size can't be read.", KINDS);
            None
        }
    }
}
