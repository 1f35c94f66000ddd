//! Moving pictures (GIF): their frames are kept, each unpacked and packed anew, and nothing else of them.

use std::borrow::Cow;
use std::io::Cursor;

use gif::{ColorOutput, DecodeOptions, Decoder, Encoder, Frame, MemoryLimit, Repeat};

const FRAMES_MAX: usize = 200;
/// Of all frames together, each as large as the picture: whoever looks at it pays for so many.
const PIXELS_MAX: usize = 50_000_000;

/// The picture with its frames, for ever; `None` when it does not move, is damaged, or has too much of either.
pub(super) fn written_anew(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut decoder = opened(bytes)?;
    let (width, height) = (decoder.width(), decoder.height());
    let frame_pixels = usize::from(width) * usize::from(height);
    let global = decoder.global_palette().unwrap_or_default().to_vec();
    let mut encoder = Encoder::new(Vec::new(), width, height, &[]).ok()?;
    encoder.set_repeat(Repeat::Infinite).ok()?;
    let mut frames = 0;
    while let Some(frame) = decoder.read_next_frame().ok()? {
        frames += 1;
        if frames > FRAMES_MAX || frames * frame_pixels > PIXELS_MAX {
            return None;
        }
        encoder.write_frame(&cleaned(frame, &global)?).ok()?;
    }
    if frames < 2 {
        return None;
    }
    encoder.into_inner().ok()
}

fn opened(bytes: &[u8]) -> Option<Decoder<Cursor<&[u8]>>> {
    let mut options = DecodeOptions::new();
    options.set_color_output(ColorOutput::Indexed);
    options.check_frame_consistency(true);
    options.set_memory_limit(MemoryLimit::Bytes(u64::try_from(PIXELS_MAX).ok().and_then(std::num::NonZeroU64::new)?));
    options.read_info(Cursor::new(bytes)).ok()
}

/// The frame with the colors that are seen: what else stood in its palette could be anything.
fn cleaned<'a>(frame: &'a Frame<'static>, global: &[u8]) -> Option<Frame<'a>> {
    let pixels = usize::from(frame.width) * usize::from(frame.height);
    let buffer = frame.buffer.get(..pixels).filter(|buffer| !buffer.is_empty())?;
    let mut is_used = [false; 256];
    for index in buffer {
        is_used[usize::from(*index)] = true;
    }
    if let Some(index) = frame.transparent {
        is_used[usize::from(index)] = true;
    }
    let colors = frame.palette.as_deref().unwrap_or(global);
    let length = is_used.iter().rposition(|is_used| *is_used)? + 1;
    let mut palette = vec![0; 3 * length];
    for index in (0..length).filter(|index| is_used[*index] && frame.transparent.map(usize::from) != Some(*index)) {
        if let Some(color) = colors.get(3 * index..3 * index + 3) {
            palette[3 * index..3 * index + 3].copy_from_slice(color);
        }
    }
    Some(Frame {
        delay: frame.delay,
        dispose: frame.dispose,
        transparent: frame.transparent,
        needs_user_input: false,
        top: frame.top,
        left: frame.left,
        width: frame.width,
        height: frame.height,
        interlaced: false,
        palette: Some(palette),
        buffer: Cow::Borrowed(buffer),
    })
}
