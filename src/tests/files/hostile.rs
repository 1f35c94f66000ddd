//! Files made to be two things at once, to become huge, to tell where somebody lives, or to be called something they are not.

use axum::body::Body;
use axum::http::Request;
use image::ImageFormat;

use super::{contains, files_on_disk, path_of, picture, png, post, rows};
use crate::support::engines;
use crate::visitor::{GOOD_FORM, Reply, Visitor, form_with};

/// A chunk of a PNG.
fn chunk(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let body = [&kind[..], data].concat();
    [&u32::try_from(data.len()).expect("short").to_be_bytes()[..], &body, &crc32(&body).to_be_bytes()].concat()
}

/// A PNG of a width with a chunk behind its head.
fn png_with(width: u32, kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let png = picture(ImageFormat::Png, width, 8);
    [&png[..33], &chunk(kind, data), &png[33..]].concat()
}

/// A chunk of a WebP.
fn riff(kind: &[u8; 4], data: &[u8]) -> Vec<u8> {
    let pad = vec![0; data.len() % 2];
    [&kind[..], &u32::try_from(data.len()).expect("short").to_le_bytes(), data, &pad].concat()
}

fn webp(chunks: &[Vec<u8>]) -> Vec<u8> {
    let body = [&b"WEBP"[..], &chunks.concat()].concat();
    [&b"RIFF"[..], &u32::try_from(body.len()).expect("short").to_le_bytes(), &body].concat()
}

const PLACE: &[u8] = b"MM\0\x2a\0\0\0\x08\0\0\0\0\0\0GPS 23.5505S 46.6333W";

/// The files of a ticket filed with these, as its author gets them.
async fn sent_and_seen(visitor: &Visitor, files: &[(&str, &[u8])]) -> Vec<Reply> {
    let path = path_of(&post(visitor, "/pt/contact", &GOOD_FORM, files).await);
    let mut seen = Vec::new();
    for address in visitor.get(&path).await.attributes(".message-files a", "href") {
        seen.push(visitor.get(&address).await);
    }
    seen
}

#[tokio::test]
async fn where_a_picture_was_taken_is_gone_whatever_the_format() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let inner = picture(ImageFormat::WebP, 8, 8)[12..].to_vec();
        let flags = [0x0c, 0, 0, 0, 7, 0, 0, 7, 0, 0];
        let files = [
            ("exif.png", png_with(8, b"eXIf", PLACE)),
            ("text.png", png_with(9, b"tEXt", b"Comment\0GPS 23.5505S 46.6333W")),
            ("long.png", png_with(10, b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0GPS 23.5505S")),
            ("exif.webp", webp(&[riff(b"VP8X", &flags), inner, riff(b"EXIF", PLACE), riff(b"XMP ", b"GPS 23.5505S")])),
        ];
        let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        let seen = sent_and_seen(&visitor, &files).await;
        assert_eq!(seen.len(), 4);
        for file in seen {
            assert!(file.header("content-type").starts_with("image/"));
            for mark in [&b"GPS"[..], b"EXIF", b"eXIf", b"XMP", b"xmp", b"Comment"] {
                assert!(!contains(&file.bytes, mark), "{}", String::from_utf8_lossy(mark));
            }
        }
    }
}

#[tokio::test]
async fn a_file_that_is_two_things_is_one_afterwards_or_is_refused() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let archive = [&b"PK\x03\x04evil.js"[..], b"PK\x05\x06", &[0; 18]].concat();
        let script = b"*/=1;alert(document.domain)//";
        let pictures = [
            ("zip.png", [png(), archive.clone()].concat()),
            ("script.gif", [&picture(ImageFormat::Gif, 8, 8)[..], script].concat()),
            ("zip.jpg", [picture(ImageFormat::Jpeg, 8, 8), archive].concat()),
            ("page.webp", [&picture(ImageFormat::WebP, 8, 8)[..], b"<script>alert(document.domain)</script>"].concat()),
        ];
        let files: Vec<(&str, &[u8])> = pictures.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
        let seen = sent_and_seen(&visitor, &files).await;
        assert_eq!(seen.len(), 4);
        for file in &seen {
            assert!(!contains(&file.bytes, b"alert") && !contains(&file.bytes, b"PK\x03\x04"), "only the picture is left");
        }
        // What is text stays what it was, and is saved by the browser, never shown as a page.
        let text = b"Veja: <script>alert(1)</script>";
        let seen = sent_and_seen(&visitor, &[("pagina.html", text)]).await;
        let page = seen.iter().find(|file| file.bytes == text).expect("the text");
        assert_eq!((page.header("content-type"), page.header("x-content-type-options")), ("text/plain; charset=utf-8", "nosniff"));
        assert!(page.header("content-disposition").starts_with("attachment; filename=\"pagina.html.txt\""));
        assert_eq!(page.header("content-security-policy"), "default-src 'none'; sandbox");
    }
}

/// The head of a picture that claims a size, with hardly anything behind it.
fn bombs() -> Vec<(&'static str, Vec<u8>)> {
    let size = [30_000_u32.to_be_bytes(), 30_000_u32.to_be_bytes()].concat();
    let deflated = chunk(b"IDAT", &[0x78, 0x9c, 3, 0, 0, 0, 0, 1]);
    let png = [&b"\x89PNG\r\n\x1a\n"[..], &chunk(b"IHDR", &[&size[..], &[8, 6, 0, 0, 0]].concat()), &deflated, &chunk(b"IEND", &[])].concat();
    let mut gif = b"GIF89a\xff\xff\xff\xff\x80\0\0\0\0\0\xff\xff\xff".to_vec();
    gif.extend_from_slice(b"\x2c\0\0\0\0\xff\xff\xff\xff\0\x02\x02\x4c\x01\0\x3b");
    let huge = [0x10, 0, 0, 0, 0xff, 0x3f, 0, 0xff, 0x3f, 0];
    let inner = picture(ImageFormat::WebP, 8, 8)[12..].to_vec();
    let mut jpeg = picture(ImageFormat::Jpeg, 8, 8);
    let start = jpeg.windows(2).position(|pair| pair == [0xff, 0xc0]).expect("a frame") + 5;
    jpeg[start..start + 4].copy_from_slice(&[0xff, 0xff, 0xff, 0xff]);
    vec![("bomb.png", png), ("bomb.gif", gif), ("bomb.webp", webp(&[riff(b"VP8X", &huge), inner])), ("bomb.jpg", jpeg)]
}

#[tokio::test]
async fn pictures_that_would_become_huge_are_refused_and_quickly() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        for (name, bytes) in bombs() {
            let begun = std::time::Instant::now();
            let reply = post(&visitor, "/en/contact", &GOOD_FORM, &[(name, &bytes)]).await;
            reply.assert_status(422);
            assert!(reply.text_of("#files-error").is_some_and(|text| text.contains("damaged or too large")), "{name}");
            assert!(begun.elapsed().as_secs() < 5, "{name}");
        }
        assert_eq!((rows(&visitor).await, files_on_disk(&visitor)), (0, 0));
    }
}

#[tokio::test]
async fn a_picture_of_thousands_of_frames_costs_one() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let one = picture(ImageFormat::Gif, 64, 64);
        // The head with its colors, then the frame again and again.
        let colors = if one[10] & 0x80 == 0 { 0 } else { 3 << ((one[10] & 7) + 1) };
        let (head, frame) = (&one[..13 + colors], &one[13 + colors..one.len() - 1]);
        let many = [head.to_vec(), frame.repeat(5000), vec![0x3b]].concat();
        let begun = std::time::Instant::now();
        let seen = sent_and_seen(&visitor, &[("muitos.gif", &many)]).await;
        assert_eq!((seen.len(), seen[0].header("content-type")), (1, "image/png"));
        assert!(seen[0].bytes.len() < many.len() / 100 && begun.elapsed().as_secs() < 5);
    }
}

#[tokio::test]
async fn half_a_picture_breaks_nothing() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        for format in [ImageFormat::Png, ImageFormat::Jpeg, ImageFormat::Gif, ImageFormat::WebP] {
            let whole = picture(format, 40, 20);
            for length in [whole.len() / 8, whole.len() / 4, whole.len() / 2, whole.len() - 3] {
                let subject = format!("{format:?} {length}");
                let reply = post(&visitor, "/pt/contact", &form_with(&[("subject", &subject)]), &[("meia", &whole[..length])]).await;
                assert!(matches!(reply.status.as_u16(), 303 | 422), "{subject}: {}", reply.status);
            }
        }
    }
}

#[tokio::test]
async fn a_name_can_not_write_headers_leave_its_folder_or_turn_itself_around() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let names = [
            "../../../../etc/passwd",
            "C:\\\\Windows\\\\system32\\\\a.png",
            "nota\\\"; filename=evil.html",
            "a%0d%0aSet-Cookie: x=1.png",
            "gnp.\u{202e}txt.exe",
        ];
        let contents: Vec<String> = (0..names.len()).map(|number| format!("linha {number}")).collect();
        let files: Vec<(&str, &[u8])> = names.iter().zip(&contents).map(|(name, text)| (*name, text.as_bytes())).collect();
        let seen = sent_and_seen(&visitor, &files).await;
        assert_eq!(seen.len(), names.len());
        for file in seen {
            let disposition = file.header("content-disposition");
            let (plain, encoded) =
                disposition.strip_prefix("attachment; filename=\"").and_then(|rest| rest.split_once("\"; filename*=UTF-8''")).expect(disposition);
            assert!(plain.chars().all(|char| char.is_ascii_alphanumeric() || "._- ".contains(char)) && plain.ends_with(".txt"), "{disposition}");
            assert!(encoded.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'%'), "{disposition}");
            assert!(!encoded.contains("%E2%80%AE") && !encoded.contains("%2F") && !encoded.contains("%5C"), "{disposition}");
            assert!(file.headers.get("set-cookie").is_none());
        }
        let names: Vec<_> = std::fs::read_dir(visitor.app.config.data.join("attachments")).expect("a folder").flatten().collect();
        assert!(
            names.iter().all(|entry| entry.file_name().to_string_lossy().chars().all(|char| char.is_ascii_alphanumeric() || "-_".contains(char)))
        );
    }
}

#[tokio::test]
async fn who_asks_for_a_part_gets_no_more_than_who_asks_for_all() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let path = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &[("a.txt", b"linha um")]).await);
        let address = visitor.get(&path).await.attributes(".message-files a", "href").remove(0);
        for range in ["bytes=0-3", "bytes=-1", "bytes=99999999-", "bytes=0-0,2-3", "bytes=nonsense", "lines=1"] {
            let ask = || Request::get(&address).header("range", range).body(Body::empty()).expect("a request");
            let own = visitor.send(ask()).await;
            own.assert_status(200);
            assert_eq!(own.bytes, b"linha um", "{range}");
            visitor.stranger().send(ask()).await.assert_status(404);
        }
    }
}

#[tokio::test]
async fn a_small_file_can_not_become_a_huge_picture() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        // A header that claims 12,000 × 12,000 points of 8 bytes, and hardly anything behind it.
        let mut bomb = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        bomb.extend_from_slice(&12_000_u32.to_be_bytes());
        bomb.extend_from_slice(&12_000_u32.to_be_bytes());
        bomb.extend_from_slice(&[16, 6, 0, 0, 0]);
        let check = crc32(&bomb[12..]);
        bomb.extend_from_slice(&check.to_be_bytes());
        bomb.extend_from_slice(b"\0\0\0\x0aIDAT\x78\x9c\x03\0\0\0\0\x01\0\0");
        let reply = post(&visitor, "/en/contact", &GOOD_FORM, &[("bomb.png", &bomb)]).await;
        reply.assert_status(422);
        assert!(reply.text_of("#files-error").is_some_and(|text| text.contains("damaged or too large")));
    }
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0_u32, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 }))
}
