//! The brand: what an operator sets stands on every page.

use std::path::{Path, PathBuf};

use ajuda::app::App;
use ajuda::clock::Clock;

use crate::support::{Engine, MONDAY, new_config};
use crate::visitor::Visitor;

const SVG: &str = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 60 20\"><script>fetch('/')</script><path d=\"M0 0h60v20z\"/></svg>\n";
/// Two pixels wide, one high.
const PNG: &[u8] = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x02\0\0\0\x01\x08\x06\0\0\0";

fn written(folder: &Path, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let file = folder.join(name);
    std::fs::write(&file, content).expect("a file");
    file
}

#[tokio::test]
async fn without_a_logo_the_shipped_mark_stands_in_the_header() {
    let visitor = Visitor::new(&Engine::Sqlite).await;
    let page = visitor.get("/pt").await;
    assert!(page.attributes(".brand img", "src").is_empty());
    assert_eq!(page.attributes(".brand svg", "aria-hidden"), ["true"]);
}

#[tokio::test]
async fn a_logo_stands_in_the_header_of_every_page_and_nothing_in_it_can_run() {
    let files = tempfile::tempdir().expect("a folder");
    let logo = written(files.path(), "acme.svg", SVG);
    // By its contents a PNG, whatever it is called.
    let dark = written(files.path(), "acme-dark.svg", PNG);
    let visitor = Visitor::with(&Engine::Sqlite, |config| (config.brand.logo, config.brand.logo_dark) = (logo, dark)).await;
    for path in ["/pt", "/es/contact", "/en/nothing-here"] {
        let page = visitor.get(path).await;
        assert_eq!(
            (page.attributes(".brand img", "width"), page.attributes(".brand img", "alt")),
            (vec!["96".into(); 2], vec![String::new(); 2]),
            "{path}"
        );
        assert!(page.attributes(".brand svg", "viewBox").is_empty(), "{path}");
        assert!(page.text_of(".brand").is_some_and(|name| name.contains("Hotmart")), "{path}");
    }
    let page = visitor.get("/pt").await;
    let (light, dark) = (page.attributes(".brand .only-light", "src"), page.attributes(".brand .only-dark", "src"));
    assert_eq!(page.attributes(".brand img", "loading"), ["lazy", "lazy"], "the one that isn't shown is not fetched");
    let served = visitor.get(&light[0]).await;
    served.assert_status(200);
    assert_eq!((served.header("content-type"), served.bytes.as_slice()), ("image/svg+xml", SVG.as_bytes()));
    assert!(served.header("cache-control").contains("immutable"), "{}", served.header("cache-control"));
    let policy = served.header("content-security-policy");
    assert!(policy.contains("default-src 'none'") && policy.contains("sandbox") && !policy.contains("script-src"), "{policy}");
    let served = visitor.get(&dark[0]).await;
    assert_eq!((served.header("content-type"), served.bytes.as_slice()), ("image/png", PNG));
}

#[tokio::test]
async fn a_logo_that_cannot_be_shown_is_named_at_the_start_with_the_way_out() {
    let files = tempfile::tempdir().expect("a folder");
    let large = format!("<svg xmlns=\"http://www.w3.org/2000/svg\">{}</svg>", " ".repeat(100 * 1024));
    let cases = [
        (files.path().join("missing.svg"), "Check the path"),
        (files.path().to_owned(), "can't be read"),
        (written(files.path(), "page.svg", "<!DOCTYPE html><html></html>"), "SVG, PNG or WebP"),
        (written(files.path(), "photo.png", b"\xff\xd8\xff\xe0\0\x10JFIF"), "SVG, PNG or WebP"),
        (written(files.path(), "half.svg", &SVG[..80]), "damaged"),
        (written(files.path(), "large.svg", large), "100 KiB"),
    ];
    for (file, way_out) in cases {
        let (mut config, _folder) = new_config(&Engine::Sqlite).await;
        config.articles = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/fixture/articles").into();
        config.brand.logo = file.clone();
        let problem = App::boot(config, Clock::fixed(MONDAY)).err().map(|error| error.to_string()).unwrap_or_default();
        assert!(problem.contains("brand.logo") && problem.contains(&file.display().to_string()) && problem.contains(way_out), "{problem:?}");
    }
}
