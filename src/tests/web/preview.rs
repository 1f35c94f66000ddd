//! `ajuda preview`: what authors see around the pages of the readers.

use std::path::{Path, PathBuf};

use ajuda::articles::init;
use ajuda::clock::Clock;
use ajuda::settings::Config;
use ajuda::site::preview::Preview;
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use http_body_util::BodyExt;
use tempfile::TempDir;
use tower::ServiceExt;

use crate::support::MONDAY;

struct Author {
    folder: TempDir,
    router: Router,
}

impl Author {
    /// A new help center in preview.
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let articles = folder.path().join("articles");
        init::create(&articles).expect("a new help center");
        let config = Config { articles, data: folder.path().join("data"), ..Config::default() };
        let router = Preview::open(config, Clock::fixed(MONDAY)).expect("a preview").router();
        Self { folder, router }
    }

    fn article(&self) -> PathBuf {
        self.folder.path().join("articles/buyer/first-steps/how-to-write-an-article")
    }

    fn write(&self, file: &Path, text: &str) {
        std::fs::create_dir_all(file.parent().expect("a folder")).expect("a folder");
        std::fs::write(file, text).expect("a file");
    }

    async fn send(&self, request: Request<Body>) -> (StatusCode, String, String) {
        let response = self.router.clone().oneshot(request).await.expect("the router never fails");
        let policy = response.headers().get("content-security-policy").map_or("", |value| value.to_str().expect("ASCII")).to_owned();
        let status = response.status();
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        (status, policy, String::from_utf8(bytes.to_vec()).expect("UTF-8"))
    }

    async fn get(&self, path: &str) -> String {
        let request = Request::get(path).header("host", HOST).header("accept-encoding", "br, gzip").body(Body::empty()).expect("a request");
        let (_, policy, text) = self.send(request).await;
        assert!(policy.contains("script-src 'self'") && !policy.contains("unsafe-inline"), "{path}: {policy}");
        text
    }
}

/// Where the preview of these settings listens.
const HOST: &str = "127.0.0.1:3000";
const ENGLISH: &str = "/en/buyer/first-steps/how-to-write-an-article";

#[tokio::test]
async fn a_draft_is_shown_and_marked_and_what_is_wrong_stands_below_the_nearest_heading() {
    let author = Author::new();
    let page = author.get(ENGLISH).await;
    assert!(!page.contains("<strong>Draft.</strong>") && page.contains("Preview: "), "{page}");
    let text = std::fs::read_to_string(author.article().join("en.md")).expect("the article");
    let long = format!("Write {}.", "and write ".repeat(20).trim_end());
    let text =
        text.replace("contact: other\n", "contact: other\nstatus: draft\n").replace("1. Write the title", &format!("{long}\n\n1. Write the title"));
    author.write(&author.article().join("en.md"), &text);
    let page = author.get(ENGLISH).await;
    assert!(page.contains("[Draft] How to write an article") && page.contains("<strong>Draft.</strong>"), "{page}");
    let line = 1 + text.lines().position(|line| line == long).expect("the long sentence");
    let (heading, note) = (page.find("Before you publish</h2>"), page.find(&format!("#line-{line}\">Line {line}</a>: note: The sentence")));
    let next = page.rfind("What you can use</h2>");
    assert!(heading.is_some() && heading < note && note < next, "{heading:?} {note:?} {next:?} {page}");
    let topic = author.get("/en/buyer/first-steps").await;
    assert!(topic.contains("[Draft] How to write an article"), "{topic}");
}

#[tokio::test]
async fn a_file_that_is_too_broken_for_a_page_is_shown_line_by_line() {
    let author = Author::new();
    author.get(ENGLISH).await;
    author.write(&author.article().with_file_name("broken").join("pt.md"), "---\ntitle: <b>\ntitel: x\n---\nTexto.\n");
    let all = author.get("/preview").await;
    assert!(all.contains("<a href=\"/preview/buyer/first-steps/broken/pt.md\">"), "{all}");
    let file = author.get("/preview/buyer/first-steps/broken/pt.md").await;
    let (line, note) = (file.find("<span id=\"line-3\">   3  titel: x</span>"), file.find("There is no key &quot;titel&quot;"));
    assert!(line.is_some() && line < note && file.contains("title: &lt;b&gt;"), "{file}");
    for hidden in ["/preview/../ajuda.toml", "/preview/contact.toml", "/preview/%2e%2e/data", "/preview//etc/passwd"] {
        assert!(author.get(hidden).await.starts_with("Nothing is wrong"), "{hidden}");
    }
}

#[tokio::test]
async fn a_page_asks_for_what_was_saved_since() {
    let author = Author::new();
    let page = author.get(ENGLISH).await;
    let version = author.get("/preview/version").await;
    assert!(page.contains(&format!("<script type=\"module\" src=\"/preview/reload.js?version={version}\"></script></head>")), "{page}");
    assert!(author.get("/preview/reload.js").await.contains("location.reload()"));
    assert_eq!(author.get("/preview/version").await, version);
    author.write(&author.article().join("en.md"), "---\ntitle: Another\nsummary: Yes.\nslug: how-to-write-an-article\n---\nYes.\n");
    assert_ne!(author.get("/preview/version").await, version);
    assert!(author.get(ENGLISH).await.contains(">Another</h1>"));
}

#[tokio::test]
async fn a_preview_takes_nothing_and_writes_nothing() {
    let author = Author::new();
    for path in ["/en", "/en/contact", "/en/requests", "/en/search?q=article", "/en/nowhere", "/readyz"] {
        author.get(path).await;
    }
    for path in ["/en/contact", "/en/buyer/first-steps/how-to-write-an-article/vote"] {
        let request =
            Request::post(path).header("host", HOST).header("sec-fetch-site", "same-origin").body(Body::from("helpful=yes")).expect("a request");
        let (status, _, text) = author.send(request).await;
        assert_eq!((status, text.starts_with("This is a preview")), (StatusCode::FORBIDDEN, true), "{path}");
    }
    assert!(!author.folder.path().join("data").exists());
}

#[tokio::test]
async fn a_page_of_another_name_for_this_machine_reads_no_draft() {
    let author = Author::new();
    for host in ["evil.example", "evil.example:3000", "127.0.0.1.evil.example:3000", "127.0.0.1:3001", "192.168.1.1:3000", ""] {
        let request = Request::get("/preview").header("host", host).body(Body::empty()).expect("a request");
        assert_eq!(author.send(request).await.0, StatusCode::MISDIRECTED_REQUEST, "{host}");
    }
    let request = Request::get("/preview").header("host", "localhost:3000").body(Body::empty()).expect("a request");
    assert_eq!(author.send(request).await.0, StatusCode::OK);
}

#[tokio::test]
async fn a_link_out_of_the_folder_shows_nothing_of_what_it_leads_to() {
    let author = Author::new();
    let secret = author.folder.path().join("secret.md");
    author.write(&secret, "title: the secret\n");
    let broken = author.article().with_file_name("linked");
    std::fs::create_dir_all(&broken).expect("a folder");
    for link in [broken.join("pt.md"), author.folder.path().join("articles/facts.toml")] {
        std::os::unix::fs::symlink(&secret, &link).expect("a link");
    }
    assert!(author.get("/preview").await.contains("/preview/facts.toml"), "the link is named as a problem");
    for file in ["buyer/first-steps/linked/pt.md", "facts.toml"] {
        assert!(!author.get(&format!("/preview/{file}")).await.contains("the secret"), "{file}");
    }
}
