//! The folder that comes out: articles, pictures, sections and topics. Nothing that is there already is written over.

use std::collections::BTreeMap;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::pages::Page;
use super::places::Groups;
use crate::articles::slug::{slug_fault, slugify};
use crate::i18n::Lang;

const TITLE_MAX_CHARS: usize = 120;
const SUMMARY_MAX_CHARS: usize = 500;
const KEYWORDS_MAX: usize = 50;
const KEYWORD_MAX_CHARS: usize = 100;

/// The folder can't be written.
#[derive(Debug, thiserror::Error)]
#[error("{}: can't be written ({}). Check the path and its rights.", .0.display(), .1)]
pub struct WriteError(PathBuf, io::ErrorKind);

/// Writes a file that is not there yet. Whether it did.
pub(super) fn new_file(root: &Path, path: &str, contents: &[u8]) -> Result<bool, WriteError> {
    let file = root.join(path);
    let failed = |error: &io::Error| WriteError(file.clone(), error.kind());
    if let Some(folder) = file.parent() {
        fs::create_dir_all(folder).map_err(|error| failed(&error))?;
    }
    match OpenOptions::new().write(true).create_new(true).open(&file) {
        Ok(mut new) => new.write_all(contents).map(|()| true).map_err(|error| failed(&error)),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(false),
        Err(error) => Err(failed(&error)),
    }
}

/// Writes what is this import's own, anew each time.
pub(super) fn own_file(root: &Path, path: &str, contents: &str) -> Result<(), WriteError> {
    let file = root.join(path);
    fs::write(&file, contents).map_err(|error| WriteError(file, error.kind()))
}

pub(super) fn groups(root: &Path, groups: &Groups) -> Result<(), WriteError> {
    let mut orders: BTreeMap<&str, i64> = BTreeMap::new();
    for (folder, group) in groups {
        let parent = folder.split_once('/').map_or("", |(section, _)| section);
        let next = orders.entry(parent).or_insert(0);
        *next += 10;
        let mut text = format!("order = {}\n", group.order.unwrap_or(*next + 1_000));
        for (lang, title) in group.titles.iter().filter_map(|(lang, title)| Some((lang, title.as_ref()?))) {
            text.push_str(&format!("\n[{}]\ntitle = {}\n", lang.code(), quoted(&cut(title, TITLE_MAX_CHARS))));
        }
        let name = if folder.contains('/') { "topic.toml" } else { "section.toml" };
        new_file(root, &format!("{folder}/{name}"), text.as_bytes())?;
    }
    Ok(())
}

/// The front matter of an article.
pub(super) fn front_matter(page: &Page, title: &str, formerly: &[String]) -> String {
    let front = &page.front;
    let mut text = format!("---\ntitle: {}\n", quoted(&cut(title, TITLE_MAX_CHARS)));
    if let Some(summary) = &front.summary {
        text.push_str(&format!("summary: {}\n", quoted(&cut(&super::headings::plain(summary), SUMMARY_MAX_CHARS))));
    }
    if let Some(slug) = slug(page) {
        text.push_str(&format!("slug: {}\n", quoted(&slug)));
    }
    let keywords: Vec<String> =
        front.keywords.iter().filter(|word| word.chars().count() <= KEYWORD_MAX_CHARS).take(KEYWORDS_MAX).map(|word| quoted(word)).collect();
    if !keywords.is_empty() {
        text.push_str(&format!("keywords: [{}]\n", keywords.join(", ")));
    }
    if !formerly.is_empty() {
        text.push_str(&format!("formerly: [{}]\n", formerly.iter().map(|old| quoted(old)).collect::<Vec<_>>().join(", ")));
    }
    if front.draft {
        text.push_str("status: draft\n");
    }
    for (key, day) in [("publish_at", &front.publish_at), ("expire_at", &front.expire_at)] {
        if let Some(day) = day {
            text.push_str(&format!("{key}: {day}\n"));
        }
    }
    text + "---\n"
}

/// The end of the address that the text had, which people know.
pub(super) fn slug(page: &Page) -> Option<String> {
    let address = page.front.address.as_deref().map(|address| address.trim_end_matches('/').rsplit('/').next().unwrap_or_default());
    let own = page.id.rsplit('/').next().unwrap_or_default();
    let slug = address.map(|address| slugify(address.trim_end_matches(".html"))).filter(|slug| !slug.is_empty()).unwrap_or_else(|| own.to_owned());
    slug_fault(&slug).is_none().then_some(slug)
}

fn cut(text: &str, max_chars: usize) -> String {
    if text.chars().count() <= max_chars {
        return text.to_owned();
    }
    let cut: String = text.chars().take(max_chars - 1).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}

/// In double quotes, as YAML, TOML and JSON read them.
fn quoted(text: &str) -> String {
    let plain: String = text.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    format!("\"{}\"", plain.trim().replace('\\', "\\\\").replace('"', "\\\""))
}

/// The reasons of the contact form of a new help center, where there are none.
pub(super) fn contact(root: &Path) -> Result<bool, WriteError> {
    new_file(root, crate::articles::scan::CONTACT_FILE, include_bytes!("../starter/contact.toml"))
}

pub(super) fn path_of(page: &Page) -> String {
    format!("{}/{}.md", page.id, Lang::code(page.lang))
}
