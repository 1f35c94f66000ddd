//! By which addresses the imported texts were known, and which places they have.

use std::collections::HashMap;

use percent_encoding::percent_decode_str;

use super::detect::{Generator, Site};
use super::pages::{Page, ordered};
use super::tree::{joined, split};
use crate::articles::model::Passage;
use crate::articles::slug::slugify;
use crate::i18n::Lang;

#[derive(Debug, Default)]
pub(super) struct Index {
    /// Ids by addresses and paths.
    ids: HashMap<String, String>,
    /// Ids by the last part alone; `None` where several texts have it.
    names: HashMap<String, Option<String>>,
    /// Anchors as they were, and as they are, of each text.
    anchors: HashMap<(String, Lang), HashMap<String, String>>,
    /// The path at which the site was published, such as `/help`.
    base: String,
}

impl Index {
    pub(super) fn new(pages: &[Page], site: &Site) -> Self {
        let base = site
            .address
            .as_deref()
            .and_then(|address| Some(address.split_once("://")?.1.split_once('/')?.1))
            .unwrap_or("")
            .trim_matches('/')
            .to_ascii_lowercase();
        let mut index = Self { base, ..Self::default() };
        // What is certain first, so that a guess never takes its place.
        for page in pages {
            for key in [page.file.clone(), old_address(page, site)] {
                index.add(&key, &page.id);
            }
        }
        for page in pages {
            let folder = page.route.join("/");
            let plain: Vec<&str> = page.route.iter().map(String::as_str).chain([page.name.as_str()]).map(|part| ordered(part).1).collect();
            let mut keys = vec![page.path(), plain.join("/"), page.file.strip_prefix(&*site.content).unwrap_or(&page.file).to_owned()];
            keys.extend(page.front.aliases.iter().cloned());
            keys.extend(page.front.id.iter().map(|id| format!("{folder}/{id}")));
            keys.extend(page.front.address.iter().map(|address| joined(&folder, address).unwrap_or_default()));
            keys.iter().for_each(|key| index.add(key, &page.id));
        }
        for page in pages {
            let own = if page.name.is_empty() { page.route.last().cloned().unwrap_or_default() } else { page.name.clone() };
            for name in
                [Some(own), page.front.title.clone(), page.front.address.as_deref().map(|address| split(address.trim_end_matches('/')).1.to_owned())]
                    .into_iter()
                    .flatten()
            {
                let known = index.names.entry(key_of(&name)).or_insert_with(|| Some(page.id.clone()));
                if known.as_ref() != Some(&page.id) {
                    *known = None;
                }
            }
        }
        index
    }

    fn add(&mut self, key: &str, id: &str) {
        let key = key_of(key);
        if !key.is_empty() || id.ends_with("/overview") {
            self.ids.entry(key).or_insert_with(|| id.to_owned());
        }
    }

    /// The article that a link of a text leads to.
    pub(super) fn find(&self, page: &Page, site: &Site, path: &str) -> Option<&str> {
        let path = percent_decode_str(path).decode_utf8_lossy();
        let path = path.strip_prefix("@site/").unwrap_or(&path);
        let (folder, _) = split(&page.file);
        let own = stem_path(&page.file);
        let route = page.route.join("/");
        let bases: &[&str] = if path.starts_with('/') { &["", &site.content] } else { &[folder, &own, &route, &site.content, ""] };
        let mut keys: Vec<String> = Vec::new();
        for base in bases {
            keys.extend(
                joined(if path.starts_with('/') && base.is_empty() { "" } else { base }, path.trim_start_matches('/')).map(|key| key_of(&key)),
            );
            keys.extend(joined(base, path.trim_start_matches('/')).map(|key| key_of(&key)));
        }
        if let Some(key) = keys.iter().find(|key| self.ids.contains_key(*key)) {
            return self.ids.get(key).map(String::as_str);
        }
        // The language, the site's own folder or that of the texts may stand before it.
        for key in &keys {
            let mut rest = key.as_str();
            while let Some((first, shorter)) = rest.split_once('/') {
                let is_extra = first == self.base || first == "docs" || super::langs::of_code(first).is_some() || first == site.content;
                if !is_extra {
                    break;
                }
                if let Some(id) = self.ids.get(shorter) {
                    return Some(id);
                }
                rest = shorter;
            }
        }
        let last = key_of(path);
        self.names.get(split(&last).1).and_then(Option::as_deref)
    }

    pub(super) fn set_anchors(&mut self, page: &Page, passages: &[Passage], aliases: &[String], moved: &[(usize, String)]) {
        let mut anchors = HashMap::new();
        let headings: Vec<_> = passages.iter().filter_map(|passage| passage.heading.as_ref()).collect();
        for (number, anchor) in moved {
            anchors.extend(headings.get(*number).map(|heading| (anchor.clone(), heading.anchor.clone())));
        }
        for heading in &headings {
            anchors.entry(heading.anchor.clone()).or_insert_with(|| heading.anchor.clone());
        }
        for heading in &headings {
            for form in [github(&heading.text), slugify(&heading.text), squeezed(&heading.text), heading.anchor.to_lowercase()] {
                anchors.entry(form).or_insert_with(|| heading.anchor.clone());
            }
        }
        for alias in aliases {
            anchors.entry(alias.clone()).or_insert_with(|| alias.clone());
        }
        self.anchors.insert((page.id.clone(), page.lang), anchors);
    }

    /// The anchor of a text that an older one means.
    pub(super) fn anchor(&self, id: &str, lang: Lang, written: &str) -> Option<&str> {
        let anchors = self.anchors.get(&(id.to_owned(), lang))?;
        let written = percent_decode_str(written).decode_utf8_lossy();
        let forms = [written.clone().into_owned(), written.to_lowercase(), slugify(&written), squeezed(&written)];
        forms.iter().find_map(|form| anchors.get(form)).map(String::as_str)
    }
}

/// A path or an address in the one form in which they are compared.
fn key_of(path: &str) -> String {
    let decoded = percent_decode_str(path).decode_utf8_lossy().to_lowercase();
    let plain = decoded.split(['#', '?']).next().unwrap_or_default().trim_matches('/').trim_start_matches("./");
    let plain = [".md", ".mdx", ".markdown", ".html", ".htm"].iter().find_map(|ending| plain.strip_suffix(ending)).unwrap_or(plain);
    let (folder, name) = split(plain);
    if ["index", "_index", "readme"].contains(&name) { folder.to_owned() } else { plain.to_owned() }
}

fn stem_path(file: &str) -> String {
    file.rsplit_once('.').map_or(file, |(path, _)| path).to_owned()
}

/// The anchor that GitHub, Docusaurus and VitePress make of a heading.
fn github(words: &str) -> String {
    words
        .to_lowercase()
        .chars()
        .filter(|letter| letter.is_alphanumeric() || matches!(letter, ' ' | '-' | '_'))
        .map(|letter| if letter == ' ' { '-' } else { letter })
        .collect()
}

/// Only letters and digits: generators differ in what they make of the rest.
fn squeezed(words: &str) -> String {
    words.to_lowercase().chars().filter(|letter| letter.is_alphanumeric()).collect()
}

/// The path under which a text was published.
pub(super) fn old_address(page: &Page, site: &Site) -> String {
    if let Some(address) = page.front.address.as_deref() {
        if address.starts_with('/') {
            return address.to_owned();
        }
        return format!("/{}/{address}", page.route.join("/")).replace("//", "/");
    }
    let settings = site.settings.as_deref().unwrap_or_default();
    let collection = pattern!(r"(?m)^[ \t]+permalink:[ \t]*(/[A-Za-z0-9_/-]*/):name/?").and_then(|found| found.captures(settings));
    if site.generator == Generator::Jekyll
        && page.file.starts_with('_')
        && let Some(found) = collection
    {
        return format!("{}{}", &found[1], page.name);
    }
    let parts: Vec<&str> =
        page.route.iter().map(String::as_str).chain([page.name.as_str()]).filter(|part| !part.is_empty()).map(|part| ordered(part).1).collect();
    let folder = if site.generator == Generator::Docusaurus { "/docs" } else { "" };
    format!("{folder}/{}", parts.join("/"))
}
