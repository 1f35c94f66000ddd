//! Large pictures are shown by a small one, and seen whole by who opens them.

use std::collections::BTreeSet;
use std::io::Cursor;

use ajuda::clock::Micros;
use image::{DynamicImage, GenericImageView, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};

use super::{files_on_disk, path_of, picture, png, post, rows, sweep};
use crate::support::engines;
use crate::visitor::{GOOD_FORM, Visitor, form_with};

/// A picture that no format makes small.
fn noise(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut seed = 1_u32;
    let image = RgbImage::from_fn(width, height, |_, _| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let [_, a, b, c] = seed.to_le_bytes();
        Rgb([a, b, c])
    });
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(image).write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// A wide picture that is seen through.
fn glass() -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let image = RgbaImage::from_pixel(1000, 500, Rgba([0, 0, 255, 60]));
    DynamicImage::ImageRgba8(image).write_to(&mut bytes, ImageFormat::Png).expect("a picture");
    bytes.into_inner()
}

#[tokio::test]
async fn a_page_shows_large_pictures_small_and_its_link_opens_the_whole() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let photo = noise(ImageFormat::Jpeg, 1600, 1200);
        let dense = noise(ImageFormat::Png, 300, 200);
        let files: [(&str, &[u8]); 5] =
            [("foto.jpg", &photo), ("vidro.png", &glass()), ("densa.png", &dense), ("tela.png", &png()), ("n.txt", b"linha um")];
        let path = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &files).await);
        let page = visitor.get(&path).await;
        let (links, sources) = (page.attributes(".message-files a", "href"), page.attributes(".message-files img", "src"));
        let expected: Vec<String> = (0..4).map(|at| if at < 3 { format!("{}?small", links[at]) } else { links[at].clone() }).collect();
        assert_eq!(sources, expected, "the small one is its own preview");
        assert_eq!(page.attributes(".message-files img", "width"), ["240", "240", "240", "40"]);
        assert_eq!(page.attributes(".message-files img", "height"), ["180", "120", "160", "20"]);
        let wanted = [("image/jpeg", "foto.jpg", (480, 360)), ("image/png", "vidro.png", (480, 240)), ("image/jpeg", "densa.jpg", (300, 200))];
        for ((link, source), (kind, name, size)) in links.iter().zip(&sources).zip(wanted) {
            let (whole, small) = (visitor.get(link).await, visitor.get(source).await);
            assert_eq!(small.header("content-type"), kind);
            assert!(small.header("content-disposition").starts_with(&format!("inline; filename=\"{name}\"")), "{name}");
            for same in ["cache-control", "content-security-policy", "x-content-type-options", "cross-origin-resource-policy"] {
                assert!(!small.header(same).is_empty() && small.header(same) == whole.header(same), "{same}");
            }
            assert_eq!(small.header("content-length"), small.bytes.len().to_string());
            assert_eq!(image::load_from_memory(&small.bytes).expect("a picture").dimensions(), size);
            assert!(name == "vidro.png" || small.bytes.len() < whole.bytes.len() / 2, "{name}: {} of {}", small.bytes.len(), whole.bytes.len());
        }
        // What has none, and what asks for something else, is the file itself.
        assert_eq!(visitor.get(&format!("{}?small", links[4])).await.bytes, b"linha um");
        for query in ["small=1", "small&x", "SMALL", "%73mall", "../small"] {
            assert_eq!(visitor.get(&format!("{}?{query}", links[0])).await.bytes, visitor.get(&links[0]).await.bytes, "{query}");
        }
    }
}

#[tokio::test]
async fn a_preview_is_seen_by_nobody_who_may_not_see_its_picture() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let wide = picture(ImageFormat::Png, 900, 90);
        let path = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &[("larga.png", &wide)]).await);
        let source = visitor.get(&path).await.attributes(".message-files img", "src").remove(0);
        visitor.get(&source).await.assert_status(200);
        let stranger = visitor.stranger();
        stranger.get(&source).await.assert_status(404);
        let other = path_of(&post(&stranger, "/pt/contact", &form_with(&[("subject", "Outra coisa")]), &[]).await);
        let id = source.rsplit('/').next().and_then(|rest| rest.split('?').next()).expect("an id");
        for address in [source.clone(), format!("{other}/files/{id}?small"), format!("{other}/files/{id}.small")] {
            stranger.get(&address).await.assert_status(404);
        }
        // Its name in the store is no address of a file either.
        visitor.get(&format!("{path}/files/{id}.small")).await.assert_status(404);
    }
}

#[tokio::test]
async fn a_preview_goes_with_its_picture_and_an_old_picture_does_without() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let folder = visitor.app.config.data.join("attachments");
        let (wide, other) = (picture(ImageFormat::Png, 900, 90), picture(ImageFormat::Png, 900, 91));
        let path = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &[("larga.png", &wide)]).await);
        let refused = post(&visitor, "/pt/contact", &form_with(&[("name", "")]), &[("b.png", &other)]).await;
        let waits = refused.attributes("input[name=staged]", "value").remove(0);
        assert_eq!((rows(&visitor).await, files_on_disk(&visitor)), (2, 4));
        // The program was killed while it wrote the preview of what waits.
        let id = waits.split('.').next().expect("an id");
        std::fs::rename(folder.join(format!("{id}.small")), folder.join(format!("{id}.small#1"))).expect("renamed");
        visitor.app.clock.advance(Micros::DAY + Micros::HOUR);
        sweep(&visitor.app).await;
        assert_eq!((rows(&visitor).await, files_on_disk(&visitor)), (1, 2));

        let page = visitor.get(&path).await;
        let (link, source) = (page.attributes(".message-files a", "href").remove(0), page.attributes(".message-files img", "src").remove(0));
        let id = link.rsplit('/').next().expect("an id");
        let names: BTreeSet<_> = std::fs::read_dir(&folder).expect("a folder").flatten().map(|entry| entry.file_name()).collect();
        assert_eq!(names, BTreeSet::from([id.into(), format!("{id}.small").into()]));
        // One that was kept before there were previews.
        std::fs::remove_file(folder.join(format!("{id}.small"))).expect("removed");
        let (whole, small) = (visitor.get(&link).await, visitor.get(&source).await);
        small.assert_status(200);
        assert_eq!((small.header("content-type"), small.header("content-length")), (whole.header("content-type"), whole.header("content-length")));
        assert_eq!(small.bytes, whole.bytes);
    }
}
