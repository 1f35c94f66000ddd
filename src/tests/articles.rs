//! What the articles room promises.

mod addresses;
mod authoring;
mod broken;
mod citing;
mod dates;
mod foreign;
mod hostile;
mod import;
mod lint;
mod live;
mod markdown;
mod shipped;
mod topics;

use std::fs;
use std::path::Path;
use std::sync::Arc;

use ajuda::articles::check::{self, Recording, Report};
use ajuda::articles::model::{Article, ArticleId, ArticleText, Library};
use ajuda::articles::{ContentStore, LoadOptions};
use ajuda::clock::{Clock, Micros};
use ajuda::i18n::{Lang, PerLang};
use jiff::tz::TimeZone;
use tempfile::TempDir;

/// A help center in a temporary folder, with one section and one topic to begin with.
struct Center {
    folder: TempDir,
    clock: Clock,
}

impl Center {
    fn new() -> Self {
        let noon: jiff::Timestamp = "2027-01-15T12:00:00Z".parse().unwrap();
        let center = Self { folder: tempfile::tempdir().unwrap(), clock: Clock::fixed(Micros::from(noon)) };
        center.write(
            "buyer/section.toml",
            "order = 1\nicon = \"bag\"\n[pt]\ntitle = \"Comprador\"\nslug = \"comprador\"\n[es]\ntitle = \"Comprador\"\n[en]\ntitle = \"Buyer\"\nslug = \"buyer\"\n",
        );
        center
            .write("buyer/refunds/topic.toml", "order = 1\n[pt]\ntitle = \"Reembolsos\"\n[es]\ntitle = \"Reembolsos\"\n[en]\ntitle = \"Refunds\"\n");
        center.write("contact.toml", "[refund]\ncode = \"wanted\"\n[refund.pt]\ntitle = \"Reembolso\"\n");
        center
    }

    fn root(&self) -> &Path {
        self.folder.path()
    }

    fn write(&self, path: &str, text: impl AsRef<[u8]>) {
        let file = self.root().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    }

    /// Writes an article of the topic `buyer/refunds`.
    fn article(&self, name: &str, lang: &str, front: &str, body: &str) {
        self.write(&format!("buyer/refunds/{name}/{lang}.md"), format!("---\n{front}\n---\n{body}\n"));
    }

    fn remove(&self, path: &str) {
        let path = self.root().join(path);
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }

    fn options(&self) -> LoadOptions {
        LoadOptions {
            root: self.root().to_owned(),
            brand: "Acme & <b>Co</b>".into(),
            promise: PerLang::default(),
            default_lang: Lang::Pt,
            time_zone: TimeZone::get("America/Sao_Paulo").unwrap(),
            clock: self.clock.clone(),
            drafts: false,
            spelling: false,
        }
    }

    fn content(&self) -> ContentStore {
        ContentStore::open(self.options()).unwrap()
    }

    fn library(&self) -> Arc<Library> {
        self.content().library()
    }

    fn check(&self) -> Report {
        check::run(&self.options(), &Recording::No).unwrap()
    }

    fn record(&self) -> Report {
        check::run(&self.options(), &Recording::Changed).unwrap()
    }
}

fn id(name: &str) -> ArticleId {
    ArticleId(format!("buyer/refunds/{name}").into())
}

fn article<'a>(library: &'a Library, name: &str) -> &'a Article {
    library.articles.get(&id(name)).unwrap_or_else(|| panic!("no article {name}"))
}

fn text<'a>(library: &'a Library, name: &str, lang: Lang) -> &'a ArticleText {
    article(library, name).texts[lang].as_ref().unwrap_or_else(|| panic!("no text {name} {lang:?}"))
}

/// The smallest picture there is: one pixel, PNG.
const PIXEL: &[u8] = &[
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8, 6, 0, 0, 0, 0x1f, 0x15, 0xc4,
    0x89, 0, 0, 0, 13, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0, 1, 0, 0, 5, 0, 1, 0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, b'I', b'E', b'N', b'D',
    0xae, 0x42, 0x60, 0x82,
];
