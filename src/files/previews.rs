//! A small picture beside a large one, under the same row: a phone that shows a ticket does not load what a camera made.

use std::io::Cursor;

use axum::body::Body;
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageFormat};

use super::kinds::Kind;
use super::{Attachment, Files, names};
use crate::error::ServiceError;

/// Twice the size that a page shows it in, for sharp screens.
const SIDE_MAX_PIXELS: u32 = 480;
/// A picture within that size and of so few bytes is its own preview.
const WHOLE_MAX_BYTES: i64 = 64 * 1024;
const JPEG_QUALITY: u8 = 80;

impl Attachment {
    /// Whether it is a picture that a page shows by its preview. What moves stands still there: who reads is not distracted.
    pub fn has_preview(&self) -> bool {
        let is_large = |(width, height): (i64, i64)| width.max(height) > i64::from(SIDE_MAX_PIXELS) || self.bytes > WHOLE_MAX_BYTES;
        self.size.is_some_and(|size| self.media_type == Kind::Gif.media_type() || is_large(size))
    }
}

impl Files {
    /// A picture's preview, with what is to be said of it; the whole file where there is none.
    pub async fn preview(&self, mut attachment: Attachment) -> Result<(Attachment, Body), ServiceError> {
        let preview = if attachment.has_preview() { self.0.bytes.get_preview(&attachment.id).await? } else { None };
        let Some((bytes, kind)) = preview.and_then(|bytes| Kind::of(&bytes).ok().map(|kind| (bytes, kind))) else {
            let body = self.0.bytes.stream(&attachment.id).await?;
            return Ok((attachment, body));
        };
        attachment.name = names::safe_name(&attachment.name, kind);
        attachment.media_type = kind.media_type().to_owned();
        attachment.bytes = i64::try_from(bytes.len()).unwrap_or(i64::MAX);
        Ok((attachment, bytes.into()))
    }
}

pub(super) fn is_wide(image: &DynamicImage) -> bool {
    image.width().max(image.height()) > SIDE_MAX_PIXELS
}

/// A picture in the size of a preview.
pub(super) fn shrunk(image: &DynamicImage) -> DynamicImage {
    if is_wide(image) { image.thumbnail(SIDE_MAX_PIXELS, SIDE_MAX_PIXELS) } else { image.clone() }
}

/// The bytes of a preview; `None` where the whole picture does as well. `is_needed`: it does not, however small it is.
pub(super) fn written(preview: &DynamicImage, is_needed: bool, whole_bytes: usize) -> Option<Vec<u8>> {
    if !is_needed && i64::try_from(whole_bytes).is_ok_and(|bytes| bytes <= WHOLE_MAX_BYTES) {
        return None;
    }
    let mut out = Vec::new();
    let pixels = preview.to_rgba8();
    if pixels.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        preview.to_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)).ok()?;
    } else {
        pixels.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).ok()?;
    }
    (is_needed || out.len() < whole_bytes).then_some(out)
}
