//! `ajuda new`: the folder of a new article, a draft in each language.

use std::collections::HashSet;
use std::fs;
use std::path::PathBuf;

use super::{AuthoringError, path};
use crate::articles::content_store::ContentStoreError;
use crate::articles::navigation::{derived_slug, folder_title};
use crate::articles::options::LoadOptions;
use crate::articles::source_cache::SourceCache;
use crate::i18n::Lang;

/// What a new article holds: its title and slug are filled in.
fn template(lang: Lang) -> &'static str {
    match lang {
        Lang::Pt => include_str!("template/pt.md"),
        Lang::Es => include_str!("template/es.md"),
        Lang::En => include_str!("template/en.md"),
    }
}

/// Makes the article and returns its files.
pub fn create(options: &LoadOptions, typed: &str) -> Result<Vec<PathBuf>, AuthoringError> {
    let mut cache = SourceCache::default();
    cache.refresh(options).map_err(|error| ContentStoreError::new(options, &error))?;
    let id = path::free(typed, &cache)?;
    let folder = options.root.join(&id);
    // A folder with pictures only is no article yet, but somebody's work.
    fs::create_dir(&folder).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => AuthoringError::refused(format!("{} exists already. Choose another name.", folder.display())),
        _ => AuthoringError::unwritable(&folder, &error),
    })?;
    let mut files = Vec::new();
    for lang in Lang::ALL {
        let file = folder.join(format!("{}.md", lang.code()));
        let text = template(lang).replace("[[title]]", &folder_title(&id)).replace("[[slug]]", &free_slug(&cache, &id, lang));
        fs::write(&file, text).map_err(|error| {
            // What can't be finished is not begun.
            let _ = fs::remove_dir_all(&folder);
            AuthoringError::unwritable(&file, &error)
        })?;
        files.push(file);
    }
    Ok(files)
}

/// The article's own name, or with a number where another article of the topic has that slug.
fn free_slug(cache: &SourceCache, id: &str, lang: Lang) -> String {
    let topic = &id[..=id.rfind('/').unwrap_or_default()];
    let recorded = |other: &str| cache.addresses.good.as_ref()?.slug(other, lang).map(str::to_owned);
    let taken: HashSet<String> = cache
        .texts
        .iter()
        .filter(|(other, _)| other.starts_with(topic))
        .filter_map(|(other, entries)| Some((other, entries[lang].as_ref()?.current.as_ref().ok()?)))
        .map(|(other, source)| source.front.slug.clone().or_else(|| recorded(other)).unwrap_or_else(|| derived_slug(&source.front.title, other)))
        .collect();
    let base = derived_slug("", id);
    let numbered = (2..).map(|number| format!("{base}-{number}"));
    std::iter::once(base.clone()).chain(numbered).find(|slug| !taken.contains(slug)).unwrap_or(base)
}
