//! Pictures are decoded and written anew: where they were taken, and whatever else travelled in them, is gone.

use std::io::{self, Cursor, Seek, SeekFrom, Write};
use std::sync::LazyLock;

use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::kinds::Kind;
use super::{moving, previews};
use crate::turns::Turns;
use crate::web::posted::Arrived;

/// A longer side is scaled down to this: telephones make screenshots of whole pages.
const SIDE_MAX_PIXELS: u32 = 12_000;
const DECODED_MAX_BYTES: u64 = 256 * 1024 * 1024;
/// Pictures decoded at the same time, and of one network, by what its files count against; more of those than a few forms hold are refused.
static TURNS: LazyLock<Turns<String>> = LazyLock::new(|| Turns::new(2, 1, 50));
const JPEG_QUALITY: u8 = 85;
/// What is a few kilobytes in one format may be hundreds of megabytes in another: a picture may grow to so many times its size, at least to the lower
/// and at most to the upper limit. One that would grow beyond becomes a JPEG.
const GROWTH_MAX: usize = 8;
const WRITTEN_MIN_BYTES: usize = 2 * 1024 * 1024;
const WRITTEN_MAX_BYTES: usize = 32 * 1024 * 1024;
/// A picture written anew.
pub(super) struct Picture {
    pub kind: Kind,
    pub bytes: Vec<u8>,
    pub width: u32,
    pub height: u32,
    /// The small one that stands for it on pages.
    pub preview: Option<Vec<u8>>,
}

/// Writes a picture anew, in a turn of `whose`; `None` when it is damaged, or larger than a screen or a camera makes them.
pub(super) async fn cleaned(kind: Kind, original: &Arrived, whose: &str) -> Option<Picture> {
    let _turn = TURNS.wait(whose.to_owned()).await?;
    let bytes = original.bytes.clone();
    let max_bytes = bytes.len().saturating_mul(GROWTH_MAX).clamp(WRITTEN_MIN_BYTES, WRITTEN_MAX_BYTES);
    // Whatever a decoder does with hostile bytes, a panic included, costs this file and nothing else.
    tokio::task::spawn_blocking(move || written_anew(kind, &bytes, max_bytes)).await.ok().flatten()
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
    let (kind, bytes) = match moving {
        Some(moving) => (Kind::Gif, moving),
        None => still(image, is_photo, max_bytes)?,
    };
    let preview = previews::written(&small, is_wide || kind == Kind::Gif, bytes.len());
    Some(Picture { kind, bytes, width, height, preview })
}

/// A photograph as JPEG, everything else as PNG where that isn't too large.
fn still(image: DynamicImage, is_photo: bool, max_bytes: usize) -> Option<(Kind, Vec<u8>)> {
    let bounded = || Bounded { out: Cursor::default(), max_bytes };
    let mut out = bounded();
    if !is_photo && image.write_to(&mut out, ImageFormat::Png).is_ok() {
        return Some((Kind::Png, out.out.into_inner()));
    }
    let mut out = bounded();
    image.into_rgb8().write_with_encoder(JpegEncoder::new_with_quality(&mut out, JPEG_QUALITY)).ok()?;
    Some((Kind::Jpeg, out.out.into_inner()))
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
    let is_long = image.width().max(image.height()) > SIDE_MAX_PIXELS;
    Some(if is_long { image.thumbnail(SIDE_MAX_PIXELS, SIDE_MAX_PIXELS) } else { image })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_screenshot_is_scaled_down_and_keeps_its_shape() {
        let long = DynamicImage::new_luma8(30, 24_000);
        let mut bytes = Cursor::new(Vec::new());
        long.write_to(&mut bytes, ImageFormat::Png).expect("a picture");
        let picture = written_anew(Kind::Png, bytes.get_ref(), WRITTEN_MAX_BYTES).expect("a picture");
        assert_eq!((picture.width, picture.height), (15, 12_000));
    }

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
            assert!(written_anew(kind, bytes.get_ref(), 10_000).is_none_or(|picture| picture.kind == Kind::Jpeg && picture.bytes.len() <= 10_000));
            assert!(written_anew(kind, bytes.get_ref(), 100).is_none());
        }
    }
}
