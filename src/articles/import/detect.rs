//! Which generator a folder was written for, and where its texts and pictures are.

use std::collections::BTreeSet;
use std::fmt;

use serde_json::Value;

use super::front_matter::{field, yaml};
use super::langs::{Named, of_code};
use super::tree::{Tree, is_text, split};
use crate::i18n::Lang;

/// The generators whose folders are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Generator {
    Docusaurus,
    VitePress,
    MkDocs,
    Hugo,
    Jekyll,
    /// Markdown and nothing else that is known.
    Plain,
}

impl Generator {
    pub const ALL: [(Self, &'static str); 6] = [
        (Self::Docusaurus, "docusaurus"),
        (Self::VitePress, "vitepress"),
        (Self::MkDocs, "mkdocs"),
        (Self::Hugo, "hugo"),
        (Self::Jekyll, "jekyll"),
        (Self::Plain, "plain"),
    ];

    /// By the name on the command line.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == name.to_ascii_lowercase()).map(|(generator, _)| *generator)
    }
}

impl fmt::Display for Generator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Docusaurus => "Docusaurus",
            Self::VitePress => "VitePress",
            Self::MkDocs => "MkDocs",
            Self::Hugo => "Hugo",
            Self::Jekyll => "Jekyll",
            Self::Plain => "plain Markdown",
        })
    }
}

/// What is known of the folder as a whole.
#[derive(Debug)]
pub(super) struct Site {
    pub(super) generator: Generator,
    /// Where the texts lie; empty for the folder itself.
    pub(super) content: String,
    /// Where what is served as it is lies, by the addresses that begin with `/`.
    pub(super) statics: Vec<String>,
    /// Settings that hold a tree of pages.
    pub(super) settings: Option<String>,
    pub(super) title: Option<String>,
    /// The address under which it was published, without a slash at its end.
    pub(super) address: Option<String>,
    pub(super) lang: Option<Lang>,
    /// Folders of `content` that are languages.
    pub(super) lang_folders: BTreeSet<String>,
}

const DOCUSAURUS: [&str; 4] = ["docusaurus.config.js", "docusaurus.config.ts", "docusaurus.config.mjs", "siteConfig.js"];
const MKDOCS: [&str; 2] = ["mkdocs.yml", "mkdocs.yaml"];
const HUGO: [&str; 8] =
    ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json", "config/_default/hugo.toml", "config/_default/config.toml", "config.toml", "config.yaml"];
const JEKYLL: [&str; 2] = ["_config.yml", "_config.yaml"];

pub(super) fn recognize(tree: &Tree, told: Option<Generator>) -> Site {
    let generator = told.unwrap_or_else(|| guess(tree));
    let mut site = match generator {
        Generator::Docusaurus => docusaurus(tree),
        Generator::VitePress => vitepress(tree),
        Generator::MkDocs => mkdocs(tree),
        Generator::Hugo => hugo(tree),
        Generator::Jekyll => jekyll(tree),
        Generator::Plain => plain(tree),
    };
    site.address = site.address.map(|address| address.trim_end_matches('/').to_owned()).filter(|address| address.starts_with("http"));
    site.lang_folders = lang_folders(tree, &site.content);
    site
}

fn guess(tree: &Tree) -> Generator {
    let any = |names: &[&str]| names.iter().any(|name| tree.has(name));
    if any(&DOCUSAURUS) {
        Generator::Docusaurus
    } else if vitepress_folder(tree).is_some() {
        Generator::VitePress
    } else if mkdocs_file(tree).is_some() {
        Generator::MkDocs
    } else if any(&JEKYLL) {
        Generator::Jekyll
    } else if tree.has_folder("content") && (any(&HUGO) || tree.has_folder("archetypes") || tree.has_folder("layouts")) {
        Generator::Hugo
    } else {
        Generator::Plain
    }
}

fn site(generator: Generator, content: &str, statics: &[&str]) -> Site {
    Site {
        generator,
        content: content.to_owned(),
        statics: statics.iter().map(|folder| (*folder).to_owned()).collect(),
        settings: None,
        title: None,
        address: None,
        lang: None,
        lang_folders: BTreeSet::new(),
    }
}

fn docusaurus(tree: &Tree) -> Site {
    let mut site = site(Generator::Docusaurus, if tree.has_folder("docs") { "docs" } else { "" }, &["static"]);
    let settings = DOCUSAURUS.iter().find_map(|file| tree.text(file)).unwrap_or_default();
    site.title = quoted_value(&settings, "title");
    site.address = quoted_value(&settings, "url");
    site.lang = quoted_value(&settings, "defaultLocale").and_then(|code| ours(&code));
    if let Some(folder) = quoted_value(&settings, "path").filter(|folder| tree.has_folder(folder)) {
        site.content = folder;
    }
    site
}

fn vitepress_folder(tree: &Tree) -> Option<&str> {
    tree.files
        .keys()
        .find_map(|path| [".vitepress/config", ".vuepress/config"].iter().find_map(|mark| path.find(mark).map(|at| path[..at].trim_end_matches('/'))))
}

fn vitepress(tree: &Tree) -> Site {
    let folder = vitepress_folder(tree).unwrap_or("");
    let inside = |path: &str| if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") };
    let settings: String = tree
        .files
        .keys()
        .filter(|path| path.contains("/config.") || path.starts_with(".vitepress/config"))
        .filter_map(|path| tree.text(path))
        .collect();
    let content = quoted_value(&settings, "srcDir").map_or_else(|| folder.to_owned(), |source| inside(source.trim_matches(['.', '/'])));
    let mut site = site(Generator::VitePress, &content, &[]);
    site.statics = vec![format!("{content}/public").trim_start_matches('/').to_owned(), inside(".vuepress/public"), content];
    site.title = quoted_value(&settings, "title");
    site.lang = quoted_value(&settings, "lang").and_then(|code| ours(&code));
    site
}

fn mkdocs_file(tree: &Tree) -> Option<&str> {
    let top = MKDOCS.iter().find(|file| tree.has(file)).copied();
    // One settings file for each language: docs/en/mkdocs.yml.
    top.or_else(|| tree.files.keys().map(String::as_str).find(|path| path.ends_with("/mkdocs.yml") && path.matches('/').count() <= 2))
}

fn mkdocs(tree: &Tree) -> Site {
    let file = mkdocs_file(tree).unwrap_or("mkdocs.yml");
    let settings = tree.text(file).unwrap_or_default();
    let folder = plain_value(&settings, "docs_dir").unwrap_or_else(|| "docs".to_owned());
    let content = super::tree::joined(split(file).0, &folder).unwrap_or_default();
    // docs/en/mkdocs.yml, docs/en/docs/…: every language is imported.
    let above = split(split(file).0);
    let content = if of_code(above.1).is_some() && !above.0.is_empty() { above.0.to_owned() } else { content };
    let mut site = site(Generator::MkDocs, &content, &[]);
    site.statics = vec![content];
    site.title = plain_value(&settings, "site_name");
    site.address = plain_value(&settings, "site_url");
    site.lang = pattern!(r"(?m)^[ \t]+(?:language|default_language|locale):[ \t]*['\x22]?([A-Za-z_-]+)")
        .and_then(|found| ours(&found.captures(&settings)?[1]));
    site.settings = Some(settings);
    site
}

fn hugo(tree: &Tree) -> Site {
    let mut site = site(Generator::Hugo, "content", &["static", "assets", "content"]);
    let settings = HUGO.iter().find_map(|file| tree.text(file)).unwrap_or_default();
    let value = |key: &str| quoted_value(&settings, key).or_else(|| plain_value(&settings, key));
    site.title = value("title");
    site.address = value("baseURL").or_else(|| value("baseurl"));
    site.lang = value("defaultContentLanguage").or_else(|| value("languageCode")).and_then(|code| ours(&code));
    site
}

fn jekyll(tree: &Tree) -> Site {
    let mut site = site(Generator::Jekyll, "", &["", "assets"]);
    let settings = JEKYLL.iter().find_map(|file| tree.text(file)).unwrap_or_default();
    site.title = plain_value(&settings, "title");
    let base = plain_value(&settings, "baseurl").unwrap_or_default();
    site.address = plain_value(&settings, "url").map(|address| format!("{}{base}", address.trim_end_matches('/')));
    site.lang = plain_value(&settings, "lang").or_else(|| plain_value(&settings, "locale")).and_then(|code| ours(&code));
    site.settings = Some(settings);
    site
}

fn plain(tree: &Tree) -> Site {
    let in_root = tree.files.keys().any(|path| !path.contains('/') && is_text(path) && !path.to_ascii_lowercase().starts_with("readme"));
    let content = if !in_root && tree.has_folder("docs") { "docs" } else { "" };
    let mut site = site(Generator::Plain, content, &[content, "static", "public", "assets"]);
    let described = ["docs.json", "mint.json", "book.json"].iter().find_map(|file| serde_json::from_str::<Value>(&tree.text(file)?).ok());
    site.title = described.and_then(|settings| field(&settings, &["name", "title"]).and_then(Value::as_str).map(str::to_owned));
    site
}

/// The folders of the texts' folder that are languages, if one of them is ours.
fn lang_folders(tree: &Tree, content: &str) -> BTreeSet<String> {
    let prefix = if content.is_empty() { String::new() } else { format!("{content}/") };
    let texts = tree.files.keys().filter(|path| is_text(path));
    let folders: BTreeSet<String> = texts
        .filter_map(|path| path.strip_prefix(&prefix)?.split_once('/'))
        .map(|(first, _)| first.to_owned())
        .filter(|first| of_code(first).is_some())
        .collect();
    let has_ours = folders.iter().any(|folder| matches!(of_code(folder), Some(Named::Ours(_))));
    if has_ours { folders } else { BTreeSet::new() }
}

fn ours(code: &str) -> Option<Lang> {
    match of_code(code) {
        Some(Named::Ours(lang)) => Some(lang),
        _ => None,
    }
}

/// A value between quotation marks behind a key, in settings written as a program or as TOML.
fn quoted_value(settings: &str, key: &str) -> Option<String> {
    settings.match_indices(key).find_map(|(at, _)| {
        if settings[..at].ends_with(|before: char| before.is_alphanumeric() || matches!(before, '_' | '-' | '.')) {
            return None;
        }
        let behind = settings[at + key.len()..].trim_start_matches(['"', '\'']).trim_start();
        let rest = behind.strip_prefix([':', '='])?.trim_start();
        let quote = rest.chars().next().filter(|first| matches!(first, '"' | '\'' | '`'))?;
        Some(rest[1..].split(quote).next()?.to_owned())
    })
}

/// A value of a top-level key in YAML.
fn plain_value(settings: &str, key: &str) -> Option<String> {
    let line = settings.lines().find_map(|line| line.strip_prefix(key)?.trim_start().strip_prefix(':'))?;
    let value = yaml(&format!("x: {line}")).and_then(|value| Some(value.get("x")?.as_str()?.to_owned()));
    value.filter(|value| !value.is_empty())
}
