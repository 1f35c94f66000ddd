//! Pictures are decoded and written anew: where they were taken, and whatever else travelled in them, is gone.

use std::io::{self, Cursor, Seek, SeekFrom, Write};

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};
use tokio::sync::Semaphore;

use super::kinds::Kind;
use super::{moving, previews};
use crate::web::posted::Arrived;

const SIDE_MAX_PIXELS: u32 = 12_000;
const DECODED_MAX_BYTES: u64 = 256 * 1024 * 1024;
const JPEG_QUALITY: u8 = 85;
/// What is a few kilobytes in one format may be hundreds of megabytes in another.
const WRITTEN_MAX_BYTES: usize = 32 * 1024 * 1024;
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
    tokio::task::spawn_blocking(move || written_anew(kind, &bytes, WRITTEN_MAX_BYTES)).await.ok().flatten()
}

/// A GIF moves on, within limits; of everything else that moves, the first frame is kept.
fn written_anew(kind: Kind, bytes: &[u8], max_bytes: usize) -> Option<Picture> {
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
    let moving = (kind == Kind::Gif).then(|| moving::written_anew(bytes)).flatten().filter(|moving| moving.len() <= max_bytes);
    let mut out = Bounded { out: Cursor::default(), max_bytes };
    let kind = if let Some(moving) = moving {
        out.write_all(&moving).ok()?;
        Kind::Gif
    } else if is_photo {
        image.into_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)).ok()?;
        Kind::Jpeg
    } else {
        image.write_to(&mut out, ImageFormat::Png).ok()?;
        Kind::Png
    };
    let bytes = out.out.into_inner();
    let preview = previews::written(&small, is_wide || kind == Kind::Gif, bytes.len());
    Some(Picture { kind, bytes, width, height, preview })
}

/// Bytes up to a limit.
struct Bounded {
    out: Cursor<Vec<u8>>,
    max_bytes: usize,
}

impl Write for Bounded {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.out.get_ref().len().saturating_add(bytes.len()) > self.max_bytes {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.out.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Seek for Bounded {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.out.seek(to)
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_that_grows_beyond_the_limit_is_refused() {
        let mut seed = 1_u32;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            seed.to_be_bytes()[0]
        })
        .take(64 * 64 * 4)
        .collect();
        let picture = DynamicImage::from(image::RgbaImage::from_raw(64, 64, noise).expect("a picture"));
        for (kind, format) in [(Kind::Png, ImageFormat::Png), (Kind::WebP, ImageFormat::WebP)] {
            let mut bytes = Cursor::new(Vec::new());
            picture.write_to(&mut bytes, format).expect("a picture");
            assert!(written_anew(kind, bytes.get_ref(), 100_000).is_some());
            assert!(written_anew(kind, bytes.get_ref(), 10_000).is_none());
        }
    }
}
