//! Pictures are decoded and written anew: where they were taken, and whatever else travelled in them, is gone.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use tokio::sync::Semaphore;

use super::kinds::Kind;
use super::{moving, previews};
use crate::web::posted::Arrived;

const SIDE_MAX_PIXELS: u32 = 12_000;
const DECODED_MAX_BYTES: u64 = 256 * 1024 * 1024;
const JPEG_QUALITY: u8 = 85;
/// So many are decoded at the same time; the others wait.
static DECODING: Semaphore = Semaphore::const_new(2);

/// A picture written anew.
pub(super) struct Picture {
    pub kind: Kind,
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// The small one that stands for it on pages.
    pub preview: Option<Vec<u8>>,
}

/// Writes a picture anew; `None` when it is damaged, or larger than a screen or a camera makes them.
pub(super) async fn cleaned(kind: Kind, original: &Arrived) -> Option<Picture> {
    let _turn = DECODING.acquire().await.ok()?;
    let bytes = original.bytes.clone();
    // Whatever a decoder does with hostile bytes, a panic included, costs this file and nothing else.
    tokio::task::spawn_blocking(move || written_anew(kind, &bytes)).await.ok().flatten()
}

/// A GIF moves on, within limits; of everything else that moves, the first frame is kept.
fn written_anew(kind: Kind, bytes: &[u8]) -> Option<Picture> {
    let format = match kind {
        Kind::Png => ImageFormat::Png,
        Kind::Jpeg => ImageFormat::Jpeg,
        Kind::WebP => ImageFormat::WebP,
        Kind::Gif => ImageFormat::Gif,
        Kind::Pdf | Kind::Text => return None,
    };
    let image = decoded(format, bytes)?;
    let (width, height) = (image.width(), image.height());
    let is_photo = kind == Kind::Jpeg || (kind == Kind::WebP && !image.color().has_alpha());
    let (small, is_wide) = (previews::shrunk(&image), previews::is_wide(&image));
    let mut out = Vec::new();
    let kind = if let Some(moving) = (kind == Kind::Gif).then(|| moving::written_anew(bytes)).flatten() {
        out = moving;
        Kind::Gif
    } else if is_photo {
        image.into_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)).ok()?;
        Kind::Jpeg
    } else {
        image.write_to(&mut Cursor::new(&mut out), ImageFormat::Png).ok()?;
        Kind::Png
    };
    let preview = previews::written(&small, is_wide || kind == Kind::Gif, out.len());
    Some(Picture { kind, bytes: out, width, height, preview })
}

/// Turned as the camera was held.
fn decoded(format: ImageFormat, bytes: &[u8]) -> Option<DynamicImage> {
    let mut limits = Limits::default();
    limits.max_image_width = Some(SIDE_MAX_PIXELS);
    limits.max_image_height = Some(SIDE_MAX_PIXELS);
    limits.max_alloc = Some(DECODED_MAX_BYTES);
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().ok()?;
    if decoder.total_bytes() > DECODED_MAX_BYTES {
        return None;
    }
    let orientation = decoder.orientation().ok()?;
    let mut image = DynamicImage::from_decoder(decoder).ok()?;
    image.apply_orientation(orientation);
    Some(image)
}
