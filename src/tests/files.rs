//! Files beside messages: what is taken, what is refused, who sees it, and what is left when something ends halfway.

mod ahead;
#[cfg(feature = "s3")]
mod bucket;
mod hostile;
mod killed;
mod limits;
mod moving;
mod previews;

use ajuda::tickets::Queue;
use std::io::Cursor;

use ajuda::app::App;
use ajuda::cli::console;
use ajuda::clock::Micros;
use ajuda::events::Actor;
use ajuda::intake::StaffMessage;
use ajuda::tickets::Right;
use ajuda::tickets::model::Reference;
use axum::body::Body;
use axum::http::{Request, header};
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use crate::support::{engines, said};
use crate::visitor::{GOOD_FORM, Reply, Visitor, form_with};

const EDGE: &str = "----a-boundary";

fn picture(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::ImageRgb8(RgbImage::from_pixel(width, height, Rgb([200, 30, 60]))).write_to(&mut bytes, format).expect("a picture");
    bytes.into_inner()
}

/// One that a page shows by its preview.
pub(crate) fn wide_png() -> Vec<u8> {
    picture(ImageFormat::Png, 600, 40)
}

pub(crate) fn png() -> Vec<u8> {
    picture(ImageFormat::Png, 40, 20)
}

/// A form with files as a browser writes it.
fn multipart(fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut body = Vec::new();
    for (name, value) in fields {
        body.extend_from_slice(format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n").as_bytes());
    }
    for (name, bytes) in files {
        let head = format!("--{EDGE}\r\nContent-Disposition: form-data; name=\"files\"; filename=\"{name}\"\r\nContent-Type: image/png\r\n\r\n");
        body.extend_from_slice(head.as_bytes());
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(format!("--{EDGE}--\r\n").as_bytes());
    body
}

pub(crate) async fn post(visitor: &Visitor, path: &str, fields: &[(&str, &str)], files: &[(&str, &[u8])]) -> Reply {
    post_raw(visitor, path, multipart(fields, files)).await
}

async fn post_raw(visitor: &Visitor, path: &str, body: Vec<u8>) -> Reply {
    let request = Request::post(path).header("sec-fetch-site", "same-origin");
    let request = request.header(header::CONTENT_TYPE, format!("multipart/form-data; boundary={EDGE}"));
    visitor.send(request.body(Body::from(body)).expect("a request")).await
}

fn path_of(sent: &Reply) -> String {
    sent.assert_status(303);
    sent.header("location").replace("/sent", "")
}

fn reference_of(path: &str) -> Reference {
    Reference::parse(path.rsplit('/').next().expect("a reference")).expect("a reference")
}

async fn rows(visitor: &Visitor) -> i64 {
    sqlx::query_scalar("SELECT COUNT(*) FROM attachments").fetch_one(&visitor.app.db.ready().await.expect("a database")).await.expect("a number")
}

fn files_on_disk(visitor: &Visitor) -> usize {
    std::fs::read_dir(visitor.app.config.data.join("attachments")).map_or(0, Iterator::count)
}

/// What the program does by itself from time to time.
async fn sweep(app: &App) {
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let run = tokio::spawn(app.jobs().expect("usable settings").run(stopped));
    tokio::time::sleep(std::time::Duration::from_millis(300)).await;
    stop.send(true).expect("running");
    run.await.expect("ended");
}

fn contains(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[tokio::test]
async fn files_of_a_message_are_seen_by_its_author_and_by_nobody_else() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let pdf = b"%PDF-1.7\nx\n%%EOF\n";
        let sent = post(&visitor, "/pt/contact", &GOOD_FORM, &[("tela.png", &png()), ("nota; 1/ção.pdf", pdf)]).await;
        let path = path_of(&sent);
        let page = visitor.get(&path).await;
        let addresses = page.attributes(".message-files a", "href");
        assert_eq!(addresses.len(), 2);
        assert_eq!(
            (page.attributes(".message-files img", "width"), page.attributes(".message-files img", "height")),
            (vec!["40".into()], vec!["20".into()])
        );
        assert_eq!(page.attributes(".message-files img", "src"), addresses[..1]);

        let kept = visitor.get(&format!("{path}/conversation.txt")).await.text();
        assert!(kept.contains("não chegou.\n\nArquivos: tela.png (") && kept.contains(&format!(".pdf ({} B)\n", pdf.len())), "{kept}");

        let shown = visitor.get(&addresses[0]).await;
        shown.assert_status(200);
        assert_eq!((shown.header("content-type"), shown.header("x-content-type-options")), ("image/png", "nosniff"));
        assert_eq!((shown.header("content-security-policy"), shown.header("cache-control")), ("default-src 'none'; sandbox", "no-store"));
        assert!(shown.header("content-disposition").starts_with("inline; filename=\"tela.png\""));
        assert_eq!(shown.header("content-length"), shown.bytes.len().to_string());
        let saved = visitor.get(&addresses[1]).await;
        assert_eq!((saved.header("content-type"), saved.bytes.as_slice()), ("application/pdf", &pdf[..]));
        assert!(saved.header("content-disposition").starts_with("attachment; "), "{}", saved.header("content-disposition"));

        // Another person; another ticket's owner under either address; an id that is none.
        let stranger = visitor.stranger();
        stranger.get(&addresses[0]).await.assert_status(404);
        let other = path_of(&post(&stranger, "/pt/contact", &form_with(&[("subject", "Outra coisa")]), &[]).await);
        let id = addresses[0].rsplit('/').next().expect("an id");
        stranger.get(&addresses[0]).await.assert_status(404);
        stranger.get(&format!("{other}/files/{id}")).await.assert_status(404);
        for nonsense in ["x", "..%2f..%2fserver.key", "%00", "%ff"] {
            let status = visitor.get(&format!("{path}/files/{nonsense}")).await.status.as_u16();
            assert!(matches!(status, 400 | 404), "{nonsense} {status}");
        }

        let rooms = &visitor.app.rooms;
        let text = console::show(rooms, &reference_of(&path)).await.expect("a ticket");
        assert!(text.contains(id) && text.contains("tela.png"), "{text}");
        assert_eq!(rooms.files.read(id).await.expect("a file").to_vec(), shown.bytes);
        let (other, _) = rooms.tickets.read().for_staff(&reference_of(&other)).await.expect("a ticket");
        assert_eq!(rooms.files.find(&other.key.id, id).await.expect("a database"), None);
    }
}

#[tokio::test]
async fn nothing_but_the_picture_is_left_of_a_picture() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let mut with_page = png();
        with_page.extend_from_slice(b"<html><script>alert(1)</script>");
        // An Exif block that says "turned by 90 degrees", with a place written into it.
        let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0".to_vec();
        exif.extend_from_slice(b"GPS 23.5505S 46.6333W");
        let jpeg = picture(ImageFormat::Jpeg, 40, 20);
        let mut photo = jpeg[..2].to_vec();
        photo.extend_from_slice(&[0xff, 0xe1]);
        photo.extend_from_slice(&u16::try_from(exif.len() + 2).expect("short").to_be_bytes());
        photo.extend_from_slice(&exif);
        photo.extend_from_slice(&jpeg[2..]);
        let webp = picture(ImageFormat::WebP, 8, 8);
        let gif = picture(ImageFormat::Gif, 8, 8);
        let files: [(&str, &[u8]); 4] = [("pagina.html", &with_page), ("foto.JPG", &photo), ("a.webp", &webp), ("b.exe", &gif)];
        let path = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &files).await);
        let page = visitor.get(&path).await;
        let mut types = Vec::new();
        for address in page.attributes(".message-files a", "href") {
            let file = visitor.get(&address).await;
            assert!(!contains(&file.bytes, b"script") && !contains(&file.bytes, b"GPS") && !contains(&file.bytes, b"Exif"));
            types.push(file.header("content-type").to_owned());
        }
        assert_eq!(types, ["image/png", "image/jpeg", "image/jpeg", "image/png"]);
        assert_eq!(page.attributes(".message-files img", "width"), ["40", "20", "8", "8"], "the photo stands upright");
        assert!(page.text().contains("pagina.html.png") && page.text().contains("b.exe.png") && page.text().contains("foto.jpg"));
    }
}

#[tokio::test]
async fn what_is_not_a_picture_a_pdf_or_text_is_refused_with_the_text_kept() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let archive_at_the_end = [&b"%PDF-1.7\n%%EOF\n"[..], b"PK\x03\x04", b"PK\x05\x06", &[0; 18]].concat();
        let cut = png()[..40].to_vec();
        let bad: [(&str, &[u8]); 12] = [
            ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"),
            ("b.png", b"<!doctype html><script>alert(1)</script>"),
            ("c.gif", b"GIF89a/*<script>alert(1)</script>*/"),
            ("d.pdf", &archive_at_the_end),
            ("e.zip", b"PK\x03\x04aaaa"),
            ("f.txt", b"MZ\x90\0\x03"),
            ("g.png", &cut),
            ("h.txt", b""),
            ("i.pdf", b"%PDF-1.7\n1 0 obj\n"),
            ("IMG_1.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"),
            ("winmail.dat", b"\x78\x9f\x3e\x22\x01\0"),
            ("<script>alert(1)</script>\u{202e}.png", &cut),
        ];
        for lang in ["pt", "es", "en"] {
            for (name, bytes) in bad {
                let reply = post(&visitor, &format!("/{lang}/contact"), &GOOD_FORM, &[(name, bytes)]).await;
                reply.assert_status(422);
                assert_eq!(reply.attributes("#errors a", "href"), ["#files"], "{name}");
                assert!(reply.text_of("#files-error").is_some(), "{name}");
                assert_eq!(reply.attributes("#email", "value"), ["joana@example.com"]);
                assert!(!reply.text().contains("<script>alert") && !reply.text().contains('\u{202e}'), "{name}");
            }
        }
        assert_eq!((rows(&visitor).await, files_on_disk(&visitor)), (0, 0));
        assert_eq!(visitor.app.tickets.read().list(Queue::Newest, 10).await.expect("a database").len(), 0);
    }
}

#[tokio::test]
async fn a_refused_form_keeps_its_files_for_its_author_alone() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let bad = form_with(&[("email", "joana@")]);
        let refused = post(&visitor, "/pt/contact", &bad, &[("a.png", &png()), ("b.txt", b"linha um")]).await;
        refused.assert_status(422);
        let staged = refused.attributes("input[name=staged]", "value");
        assert_eq!(staged.len(), 2);
        // Still refused: they are kept on; the forged and the unsigned are not.
        let forged = format!("{}x", staged[0]);
        let unsigned = staged[0].split('.').next().expect("an id").to_owned();
        let hostile = form_with(&[("email", "x"), ("staged", &staged[0]), ("staged", &forged), ("staged", &unsigned), ("staged", ".")]);
        let again = visitor.post("/pt/contact", &hostile).await;
        assert_eq!(again.attributes("input[name=staged]", "value"), staged[..1]);
        assert!(again.text_of("#files-error").is_some());
        // One of them is not wanted any more.
        let good = form_with(&[("staged", &staged[0]), ("staged", &staged[1]), ("unwanted", &staged[1])]);
        let path = path_of(&visitor.post("/pt/contact", &good).await);
        assert_eq!(visitor.get(&path).await.attributes(".message-files a", "href").len(), 1);
        // Once attached it can't be taken into another ticket.
        let thief = visitor.stranger();
        let stolen = thief.post("/pt/contact", &form_with(&[("subject", "Quero ver"), ("staged", &staged[0])])).await;
        stolen.assert_status(422);
        // After a day it is gone.
        visitor.app.clock.advance(Micros::DAY);
        let late = visitor.post("/pt/contact", &form_with(&[("subject", "Mais tarde"), ("staged", &staged[1])])).await;
        late.assert_status(422);
        assert!(late.text_of("#files-error").is_some_and(|text| text.contains("expirou")));
    }
}

#[tokio::test]
async fn the_same_message_again_adds_new_files_and_none_twice() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let first = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &[("a.png", &png())]).await);
        let again = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &[("a.png", &png()), ("b.txt", b"linha dois")]).await);
        assert_eq!(first, again);
        assert_eq!(visitor.get(&first).await.attributes(".message-files a", "href").len(), 2);
    }
}

#[tokio::test]
async fn files_of_answers_and_notes_go_where_their_text_goes() {
    for engine in engines() {
        let visitor = Visitor::with(&engine, |config| {
            config.smtp.host = "127.0.0.1".into();
            config.smtp.from = "help@example.com".into();
        })
        .await;
        let refused = post(&visitor, "/pt/contact", &form_with(&[("name", "")]), &[("r.txt", b"resposta"), ("n.txt", b"nota")]).await;
        let staged = refused.attributes("input[name=staged]", "value");
        let path = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &[]).await);
        let (app, reference) = (&visitor.app, reference_of(&path));
        let mut ids = Vec::new();
        for (is_note, token) in [false, true].into_iter().zip(&staged) {
            let posted = ajuda::web::posted::Posted { pairs: vec![("staged".into(), token.clone())], files: Vec::new() };
            let taken = app.files.take_form(posted, crate::support::HOME).await.expect("a database");
            ids.push(taken.kept[0].0.id.clone());
            let body = said(if is_note { "secret note for the desk" } else { "the team's answer" });
            let message = StaffMessage { by: Actor::Console, reference: &reference, is_note, body, files: &taken.kept };
            app.intake.write_as_staff(message).await.expect("stored");
        }
        let (ticket, _) = app.tickets.read().for_staff(&reference).await.expect("a ticket");
        assert_eq!(app.files.of_ticket(&ticket.key.id).await.expect("a database").len(), 2);
        assert!(!visitor.get(&path).await.text().contains("/files/"));
        let conversation = format!("{path}/conversation.txt");
        assert!(!visitor.get(&conversation).await.text().contains(".txt ("));
        visitor.get(&format!("{path}/files/{}", ids[0])).await.assert_status(404);
        let token = app.tickets.access().expect("a key").link_token(&ticket.key, Right::Mailbox);
        visitor.get(&format!("{path}?key={token}")).await.assert_status(303);
        assert_eq!(visitor.get(&path).await.attributes(".message-files a", "href"), [format!("{path}/files/{}", ids[0])]);
        visitor.get(&format!("{path}/files/{}", ids[0])).await.assert_status(200);
        visitor.get(&format!("{path}/files/{}", ids[1])).await.assert_status(404);
        let kept = visitor.get(&conversation).await.text();
        assert!(kept.contains("the team's answer\n\nArquivos: r.txt (") && !kept.contains("n.txt"), "{kept}");
    }
}

#[tokio::test]
async fn what_waited_in_vain_is_swept_and_what_is_attached_stays() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let path = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &[("a.png", &png())]).await);
        let refused = post(&visitor, "/pt/contact", &form_with(&[("name", "")]), &[("b.txt", b"linha"), ("c.txt", b"outra")]).await;
        let staged = refused.attributes("input[name=staged]", "value");
        // The program ended between the row and the content of one of them.
        let lost = staged[0].split('.').next().expect("an id");
        std::fs::remove_file(visitor.app.config.data.join("attachments").join(lost)).expect("removed");
        assert_eq!((rows(&visitor).await, files_on_disk(&visitor)), (3, 2));
        sweep(&visitor.app).await;
        assert_eq!(rows(&visitor).await, 3, "they may still be taken up");
        visitor.app.clock.advance(Micros::DAY + Micros::HOUR);
        sweep(&visitor.app).await;
        assert_eq!((rows(&visitor).await, files_on_disk(&visitor)), (1, 1));
        let address = visitor.get(&path).await.attributes(".message-files a", "href").remove(0);
        visitor.get(&address).await.assert_status(200);
    }
}

#[tokio::test]
async fn a_reply_brings_files_and_a_refused_one_keeps_them() {
    for engine in engines() {
        let visitor = Visitor::new(&engine).await;
        let page = path_of(&post(&visitor, "/pt/contact", &GOOD_FORM, &[]).await);
        let refused = post(&visitor, &page, &[("wish", "write"), ("message", "")], &[("tela.png", &png())]).await;
        refused.assert_status(422);
        let token = refused.attributes("input[type=hidden][name=staged]", "value").pop().expect("the file waits");
        post(&visitor, &page, &[("wish", "write"), ("message", "Segue a tela."), ("staged", &token)], &[("b.txt", b"linha dois")])
            .await
            .assert_status(303);
        // Pressed twice, with the same file: one reply, each file once.
        post(&visitor, &page, &[("wish", "write"), ("message", "Segue a tela.")], &[("b.txt", b"linha dois")]).await.assert_status(303);
        let shown = visitor.get(&page).await;
        assert_eq!(shown.attributes(".message-files a", "href").len(), 2);
        assert_eq!(shown.attributes(".conversation > .message", "class").len(), 2);
        // Who may not see the ticket can't leave files there.
        let before = rows(&visitor).await;
        post(&visitor.stranger(), &page, &[("message", "Oi, tudo bem?")], &[("c.txt", b"texto")]).await.assert_status(404);
        assert_eq!(rows(&visitor).await, before);
    }
}
