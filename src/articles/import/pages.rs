//! The texts of the folder: their languages, their places in it, and what their front matter says.

use std::collections::BTreeMap;

use super::detect::{Generator, Site};
use super::front_matter::{self, Foreign};
use super::langs::{Named, of_code, of_stem};
use super::tree::{Tree, is_text, split, stem};
use crate::i18n::Lang;

/// A text to import.
#[derive(Debug)]
pub(super) struct Page {
    /// Its path in the folder.
    pub(super) file: String,
    pub(super) lang: Lang,
    /// The folders below the texts' folder, the language left out.
    pub(super) route: Vec<String>,
    /// Its name without the ending; empty for the page of a folder itself.
    pub(super) name: String,
    pub(super) front: Foreign,
    pub(super) body: String,
    pub(super) body_line: usize,
    /// Where it is in a list that somebody ordered.
    pub(super) order: Option<i64>,
    /// `section/topic/article`, once it has its place.
    pub(super) id: String,
}

impl Page {
    /// Folders and name, as one path.
    pub(super) fn path(&self) -> String {
        let parts: Vec<&str> = self.route.iter().map(String::as_str).chain([self.name.as_str()]).filter(|part| !part.is_empty()).collect();
        parts.join("/")
    }
}

/// All that was found: texts, pages of folders that only have a title, and what is not imported with the reason.
#[derive(Debug, Default)]
pub(super) struct Pages {
    pub(super) pages: Vec<Page>,
    pub(super) titles: Vec<Page>,
    pub(super) skipped: Vec<(String, String)>,
}

/// Folders of templates and data, where a site has them.
const TEMPLATES: [&str; 15] = [
    "_includes",
    "_layouts",
    "_sass",
    "_data",
    "_plugins",
    "_scss",
    "layouts",
    "archetypes",
    "themes",
    "overrides",
    "partials",
    "_partials",
    "node_modules",
    "_templates",
    "includes",
];
/// Files about the project, not of its documentation.
const PROJECT: [&str; 12] = [
    "readme",
    "license",
    "contributing",
    "changelog",
    "code_of_conduct",
    "security",
    "docstyle",
    "authors",
    "support",
    "governance",
    "404",
    "maintainers",
];

pub(super) fn collect(tree: &Tree, site: &Site, default: Option<Lang>) -> Pages {
    let mut found = Pages::default();
    for (file, bytes) in tree.files.iter().filter(|(path, _)| is_text(path)) {
        let Some((lang, route)) = place(file, site, default) else { continue };
        let Some(lang) = lang else {
            found.skipped.push((file.clone(), "it is in a language that a help center here doesn't have".into()));
            continue;
        };
        if *bytes > super::tree::TEXT_MAX_BYTES {
            found.skipped.push((file.clone(), "it is larger than 1 MiB; split it".into()));
            continue;
        }
        let Some(text) = tree.text(file) else {
            found.skipped.push((file.clone(), "it is no UTF-8 text; save it again with that encoding".into()));
            continue;
        };
        let page = page(file, lang, route, &text, site);
        if page.front.redirects {
            found.skipped.push((file.clone(), "it has no text and leads elsewhere".into()));
        } else if page.body.trim().is_empty() {
            let why = if page.name.is_empty() { "it has no text; its title names the topic" } else { "it has no text" };
            found.skipped.push((file.clone(), why.into()));
            found.titles.push(page);
        } else {
            found.pages.push(page);
        }
    }
    found
}

/// The language of a text (`None` for one that is not ours) and its folders. `None` for what is no text of the site.
fn place(file: &str, site: &Site, default: Option<Lang>) -> Option<(Option<Lang>, Vec<String>)> {
    let (folder, name) = split(file);
    let lower = stem(name).to_ascii_lowercase();
    if let Some(translated) = translation(file) {
        return Some(translated);
    }
    let inside = if site.content.is_empty() {
        folder
    } else {
        folder.strip_prefix(&*site.content).filter(|rest| rest.is_empty() || rest.starts_with('/'))?.trim_start_matches('/')
    };
    let mut route: Vec<String> = inside.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect();
    let of_project = folder.is_empty() && PROJECT.contains(&lower.as_str());
    if of_project || route.iter().any(|part| TEMPLATES.contains(&part.as_str())) || (name.starts_with('_') && lower != "_index") {
        return None;
    }
    let mut lang = default;
    if let Some(named) = route.first().filter(|first| site.lang_folders.contains(*first)).and_then(|first| of_code(first)) {
        lang = match named {
            Named::Ours(lang) => Some(lang),
            Named::Other => return Some((None, route)),
        };
        route.remove(0);
        if site.generator == Generator::MkDocs && route.first().is_some_and(|first| first == "docs") {
            route.remove(0);
        }
    }
    match of_stem(stem(name)).1 {
        Some(Named::Ours(named)) => lang = Some(named),
        Some(Named::Other) => return Some((None, route)),
        None => {}
    }
    if site.generator == Generator::Jekyll {
        // The folder of a collection.
        if route.first().is_some_and(|first| first.starts_with('_')) {
            route.remove(0);
        } else if route.is_empty() && lower == "index" {
            return None;
        }
    }
    Some((lang, route))
}

/// Docusaurus keeps translations apart: `i18n/pt-BR/docusaurus-plugin-content-docs/current/…`.
fn translation(file: &str) -> Option<(Option<Lang>, Vec<String>)> {
    let found = pattern!(r"^i18n/([A-Za-z_-]+)/docusaurus-plugin-content-docs/current/(.*)$")?.captures(file)?;
    let lang = match of_code(&found[1])? {
        Named::Ours(lang) => Some(lang),
        Named::Other => None,
    };
    Some((lang, split(&found[2]).0.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect()))
}

fn page(file: &str, lang: Lang, route: Vec<String>, text: &str, site: &Site) -> Page {
    let split = front_matter::split(text);
    let (name, _) = of_stem(stem(file));
    let name = if site.generator == Generator::Jekyll { without_day(name) } else { name };
    let is_of_folder = ["index", "_index", "readme"].contains(&name.to_ascii_lowercase().as_str())
        || (route.last().is_some_and(|last| last == name) && site.generator == Generator::Docusaurus);
    let order = split.front.weight.or_else(|| ordered(name).0);
    Page {
        file: file.to_owned(),
        lang,
        route,
        name: if is_of_folder { String::new() } else { name.to_owned() },
        order,
        front: split.front,
        body: split.body.to_owned(),
        body_line: split.body_line,
        id: String::new(),
    }
}

/// `2020-01-31-name`.
fn without_day(name: &str) -> &str {
    pattern!(r"^[0-9]{4}-[0-9]{2}-[0-9]{2}-").and_then(|day| day.find(name)).map_or(name, |day| &name[day.len()..])
}

/// A number before a name, as folders are ordered by it: `01-intro`, `2. setup`.
pub(super) fn ordered(name: &str) -> (Option<i64>, &str) {
    let found = pattern!(r"^([0-9]{1,3})(?:[-_.][ ]?|[ ])([A-Za-z].*)$").and_then(|number| number.captures(name));
    found.and_then(|found| Some((found[1].parse().ok(), found.get(2)?.as_str()))).unwrap_or((None, name))
}

/// Titles and order of folders and pages, by their paths, as a file that lists them says.
#[derive(Debug, Default)]
pub(super) struct Listed {
    pub(super) titles: BTreeMap<String, String>,
    pub(super) order: BTreeMap<String, i64>,
}
