//! Moving pictures keep moving, within limits, and carry nothing else.

use std::io::Cursor;
use std::time::Instant;

use gif::{DisposalMethod, Encoder, Extension, Frame, Repeat};
use image::AnimationDecoder;
use image::codecs::gif::GifDecoder;

use super::{contains, path_of, post};
use crate::support::engines;
use crate::visitor::{GOOD_FORM, Reply, Visitor};

const PLACE: &[u8; 24] = b"GPS 23.5505S 46.6333W !!";

/// A frame of one color.
fn frame(width: u16, height: u16, color: u8) -> Frame<'static> {
    Frame { delay: 7, width, height, buffer: vec![color; usize::from(width) * usize::from(height)].into(), ..Frame::default() }
}

/// A file of frames with everything that may travel in it: a place in the colors, in a comment, and behind its end.
fn moving(width: u16, height: u16, frames: &[Frame<'_>]) -> Vec<u8> {
    let palette = [&[200, 30, 60, 0, 90, 200][..], PLACE].concat();
    let mut encoder = Encoder::new(Vec::new(), width, height, &palette).expect("a head");
    encoder.set_repeat(Repeat::Finite(3)).expect("written");
    encoder.write_raw_extension(Extension::Comment.into(), &[PLACE]).expect("written");
    for frame in frames {
        encoder.write_frame(frame).expect("a frame");
    }
    [encoder.into_inner().expect("an end"), PLACE.to_vec()].concat()
}

/// The pixels and the pause of each frame, as a browser would show them.
fn shown(bytes: &[u8]) -> Vec<(Vec<u8>, (u32, u32))> {
    let decoder = GifDecoder::new(Cursor::new(bytes)).expect("a picture");
    let frames = decoder.into_frames().collect_frames().expect("whole frames");
    frames.iter().map(|frame| (frame.buffer().to_vec(), frame.delay().numer_denom_ms())).collect()
}

/// The file as its link opens it.
async fn sent_and_seen(visitor: &Visitor, name: &str, bytes: &[u8]) -> Reply {
    let path = path_of(&post(visitor, "/pt/contact", &GOOD_FORM, &[(name, bytes)]).await);
    let link = visitor.get(&path).await.attributes(".message-files a", "href").pop().expect("a file");
    visitor.get(&link).await
}

#[tokio::test]
async fn a_moving_picture_keeps_its_frames_and_nothing_else() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let own_colors = Frame { palette: Some([&[9, 9, 9, 250, 250, 0][..], PLACE].concat()), left: 3, top: 2, ..frame(10, 8, 1) };
        let see_through = Frame { transparent: Some(4), dispose: DisposalMethod::Background, buffer: [1, 4].repeat(160).into(), ..frame(20, 16, 0) };
        let no_such_color = frame(2, 2, 9);
        let original = moving(20, 16, &[frame(20, 16, 0), own_colors, see_through, frame(20, 16, 1), no_such_color]);
        let seen = sent_and_seen(&visitor, "passo.png", &original).await;
        assert_eq!(seen.header("content-type"), "image/gif");
        assert!(seen.header("content-disposition").starts_with("inline; filename=\"passo.gif\""), "{}", seen.header("content-disposition"));
        let (before, after) = (shown(&original), shown(&seen.bytes));
        assert_eq!((before.len(), &before[..4]), (5, &after[..4]));
        assert!(contains(&seen.bytes, b"NETSCAPE2.0\x03\x01\0\0\0"), "it goes on for ever");
        assert!(contains(&original, b"GPS") && !contains(&seen.bytes, b"GPS"));
    }
}

#[tokio::test]
async fn a_moving_picture_stands_still_on_the_page() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let bytes = moving(20, 16, &[frame(20, 16, 0), frame(20, 16, 1)]);
        let path = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &[("passo.gif", &bytes)]).await);
        let page = visitor.get(&path).await;
        let source = page.attributes(".message-files img", "src").remove(0);
        assert_eq!(source, format!("{}?small", page.attributes(".message-files a", "href")[0]));
        assert_eq!(
            (page.attributes(".message-files img", "width"), page.attributes(".message-files img", "height")),
            (vec!["20".into()], vec!["16".into()])
        );
        let still = visitor.get(&source).await;
        assert_eq!(still.header("content-type"), "image/jpeg");
        assert_eq!(image::load_from_memory(&still.bytes).expect("a picture").width(), 20);
    }
}

#[tokio::test]
async fn one_that_asks_too_much_keeps_its_first_frame_or_is_refused_and_quickly() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let many = moving(64, 64, &vec![frame(1, 1, 0); 5000]);
        let vast = moving(2000, 1000, &vec![frame(1, 1, 0); 26]);
        let outside = moving(20, 20, &[frame(20, 20, 0), Frame { left: 10, ..frame(20, 20, 1) }]);
        let still = moving(20, 20, &[frame(20, 20, 0)]);
        let mut cut = moving(20, 20, &[frame(20, 20, 0), frame(20, 20, 1)]);
        cut.truncate(cut.len() - PLACE.len() - 12);
        for (name, bytes) in [("many.gif", many), ("vast.gif", vast), ("outside.gif", outside), ("still.gif", still), ("cut.gif", cut)] {
            let begun = Instant::now();
            let seen = sent_and_seen(&visitor, name, &bytes).await;
            assert_eq!(seen.header("content-type"), "image/png", "{name}");
            assert!(!contains(&seen.bytes, b"GPS") && begun.elapsed().as_secs() < 5, "{name}");
        }
        // More than a picture may have at all, 5000 times.
        let begun = Instant::now();
        let huge = moving(12_000, 12_000, &vec![frame(1, 1, 0); 5000]);
        post(&visitor, "/pt/contact", &GOOD_FORM, &[("huge.gif", &huge)]).await.assert_status(422);
        assert!(begun.elapsed().as_secs() < 5);
    }
}
