//! `ajuda rename`: an article moves to another folder and nothing is lost: old addresses lead to it, links follow it.
//!
//! What is to be written is worked out before anything is touched. Then it is done and checked, and undone if the check finds a problem
//! that was not there before.

use std::collections::BTreeMap;
use std::collections::HashSet;
use std::fs;
use std::io;
use std::path::Path;

use super::relink::{Move, relink};
use super::{AuthoringError, path};
use crate::articles::addresses::{self, State, lang_of};
use crate::articles::assemble::assemble;
use crate::articles::check::{self, Recording};
use crate::articles::content_store::ContentStoreError;
use crate::articles::model::{ArticleId, Library};
use crate::articles::options::LoadOptions;
use crate::articles::problem::{Level, Problem};
use crate::articles::scan::{ADDRESSES_FILE, FRAGMENTS_FOLDER, PINS_FILE};
use crate::articles::source_cache::SourceCache;
use crate::i18n::Lang;

/// A file that is written anew. It is read and written at its place after the move.
struct Edit {
    file: String,
    before: Option<String>,
    after: String,
    said: String,
}

/// Renames an article and says, a line each, what was changed.
pub fn rename(options: &LoadOptions, old: &str, new: &str) -> Result<Vec<String>, AuthoringError> {
    let options = LoadOptions { spelling: false, ..options.clone() };
    let mut cache = SourceCache::default();
    cache.refresh(&options).map_err(|error| ContentStoreError::new(&options, &error))?;
    let old = path::existing(old, &cache)?;
    let new = path::free(new, &cache)?;
    refuse_doubts(&options, &cache, &new)?;
    let before = mistakes(&options)?;
    let (library, _) = assemble(&mut cache, &options, options.clock.now(), None);
    let edits = plan(&options, &cache, &library, &Move { from: &old, to: &new })?;
    carry_out(&options.root, &old, &new, &edits)?;
    let problem = mistakes(&options)?.into_iter().find(|problem| !was_there(problem, &before, &old, &new));
    if let Some(problem) = problem {
        undo(&options.root, &old, &new, &edits);
        return Err(AuthoringError::refused(format!(
            "Nothing was changed, because there would be a new problem.\n{problem}\nFix what it names, and rename again."
        )));
    }
    let head = format!("{old} is {new} now.");
    Ok(std::iter::once(head).chain(edits.into_iter().map(|edit| format!("{}: {}", edit.file, edit.said))).collect())
}

fn refuse_doubts(options: &LoadOptions, cache: &SourceCache, new: &str) -> Result<(), AuthoringError> {
    let folder = options.root.join(new);
    if fs::symlink_metadata(&folder).is_ok() {
        return Err(AuthoringError::refused(format!("{} exists already. Choose another name.", folder.display())));
    }
    if let Some(problem) = cache.addresses.problems.first() {
        return Err(AuthoringError::refused(format!("The record of addresses has a problem: {problem}")));
    }
    if cache.addresses.good.as_ref().is_some_and(|addresses| addresses.knows(new)) {
        return Err(AuthoringError::refused(format!("There was an article {new} once, and its old addresses stay its own. Choose another name.")));
    }
    Ok(())
}

/// What `ajuda check` fails on.
fn mistakes(options: &LoadOptions) -> Result<Vec<Problem>, ContentStoreError> {
    let mut problems = check::run(options, &Recording::No)?.problems;
    problems.retain(|problem| problem.level != Level::Taste);
    Ok(problems)
}

/// Lines don't move within a text, and its own file's name is the only one that does.
fn was_there(problem: &Problem, before: &[Problem], old: &str, new: &str) -> bool {
    let file = problem.file.strip_prefix(new).filter(|rest| rest.starts_with('/')).map(|rest| format!("{old}{rest}"));
    let file = file.as_deref().unwrap_or(&problem.file);
    before.iter().any(|known| &*known.file == file && known.level == problem.level && (known.line == problem.line || file == ADDRESSES_FILE))
}

fn plan(options: &LoadOptions, cache: &SourceCache, library: &Library, renamed: &Move<'_>) -> Result<Vec<Edit>, AuthoringError> {
    let mut edits = Vec::new();
    for (id, entries) in &cache.texts {
        for lang in Lang::ALL.into_iter().filter(|lang| entries[*lang].is_some()) {
            let file = format!("{id}/{}.md", lang.code());
            // What can't be read has no links that readers could follow.
            let Ok(before) = fs::read_to_string(options.root.join(&file)) else { continue };
            let to = if id == renamed.from { renamed.to } else { id };
            let (after, count) = relink(&before, &Move { from: id, to }, renamed);
            if count > 0 {
                let said = if count == 1 { "1 link follows".to_owned() } else { format!("{count} links follow") };
                edits.push(Edit { file: format!("{to}/{}.md", lang.code()), before: Some(before), after, said });
            }
        }
    }
    edits.extend(fragments(&options.root, cache, renamed));
    edits.extend(tables(&options.root, renamed)?);
    edits.extend(record(options, cache, library, renamed));
    Ok(edits)
}

/// Links of fragments are written as from an article, three folders deep.
fn fragments(root: &Path, cache: &SourceCache, renamed: &Move<'_>) -> Vec<Edit> {
    const ANY_ARTICLE: Move<'static> = Move { from: "any/any/any", to: "any/any/any" };
    let names = cache
        .insertions
        .fragments
        .iter()
        .flat_map(|(name, texts)| texts.iter().filter(|(_, text)| text.is_some()).map(move |(lang, _)| (name, lang)));
    let files = names.map(|(name, lang)| format!("{FRAGMENTS_FOLDER}/{name}/{}.md", lang.code()));
    let edit = |file: String| {
        let before = fs::read_to_string(root.join(&file)).ok()?;
        let (after, count) = relink(&before, &ANY_ARTICLE, renamed);
        (count > 0).then(|| Edit { file, before: Some(before), after, said: format!("{count} links follow") })
    };
    files.filter_map(edit).collect()
}

/// Tables at the top of the articles' folder that name the article: `topics.tsv` and its kin, `pinned.toml`.
fn tables(root: &Path, renamed: &Move<'_>) -> Result<Vec<Edit>, AuthoringError> {
    let mut names: Vec<String> = fs::read_dir(root)
        .map_err(|error| AuthoringError::unwritable(root, &error))?
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| (name.ends_with(".tsv") && name != ADDRESSES_FILE && !name.starts_with('.')) || name == PINS_FILE)
        .collect();
    names.sort();
    let mut edits = Vec::new();
    for file in names {
        let Ok(before) = fs::read_to_string(root.join(&file)) else { continue };
        let after = if file == PINS_FILE {
            before.replace(&format!("\"{}\"", renamed.from), &format!("\"{}\"", renamed.to))
        } else {
            columns(&before, renamed)
        };
        let count = before.lines().zip(after.lines()).filter(|(before, after)| before != after).count();
        if count > 0 {
            edits.push(Edit { file, before: Some(before), after, said: format!("{count} rows name it anew") });
        }
    }
    Ok(edits)
}

/// Columns that hold the article or a file of its folder.
fn columns(text: &str, renamed: &Move<'_>) -> String {
    let column = |column: &str| match column.trim_end().strip_prefix(renamed.from) {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => column.replacen(renamed.from, renamed.to, 1),
        _ => column.to_owned(),
    };
    let line = |line: &str| if line.starts_with('#') { line.to_owned() } else { line.split('\t').map(column).collect::<Vec<_>>().join("\t") };
    text.split('\n').map(line).collect::<Vec<_>>().join("\n")
}

/// The record of addresses under the new name, with the addresses of today that are not on record yet.
fn record(options: &LoadOptions, cache: &SourceCache, library: &Library, renamed: &Move<'_>) -> Option<Edit> {
    let known = cache.addresses.good.iter().flat_map(|addresses| &addresses.records);
    let mut records: BTreeMap<String, (String, State)> =
        known.map(|(address, record)| (address.clone(), (record.id.clone(), record.state))).collect();
    let article = library.articles.get(&ArticleId(renamed.from.into()));
    for (lang, address) in article.iter().flat_map(|article| article.urls.iter()).filter(|(lang, address)| lang_of(address) == Some(*lang)) {
        let state = if article.is_some_and(|article| article.texts[lang].is_some()) { State::Now } else { State::Borrowed };
        records.entry(address.clone()).or_insert((renamed.from.to_owned(), state));
    }
    for address in former(library, cache, renamed.from) {
        records.entry(address).or_insert((renamed.from.to_owned(), State::Old));
    }
    let mut count = 0;
    for (id, _) in records.values_mut().filter(|(id, _)| id == renamed.from) {
        renamed.to.clone_into(id);
        count += 1;
    }
    let before = fs::read_to_string(options.root.join(ADDRESSES_FILE)).ok();
    let after = addresses::render(&records);
    (count > 0).then(|| Edit { file: ADDRESSES_FILE.to_owned(), before, after, said: format!("{count} addresses lead to it") })
}

/// Whole addresses of the slugs in `formerly`, which are relative to the topic that the article may leave.
fn former(library: &Library, cache: &SourceCache, id: &str) -> HashSet<String> {
    let Some(article) = library.articles.get(&ArticleId(id.into())) else { return HashSet::new() };
    let sources = cache.texts.get(id).into_iter().flat_map(|entries| entries.iter());
    sources
        .filter_map(|(lang, entry)| Some((lang, entry.as_ref()?.current.as_ref().ok()?)))
        .flat_map(|(lang, source)| source.front.formerly.iter().map(move |slug| (lang, slug)))
        .filter_map(|(lang, slug)| Some(format!("{}/{slug}", article.urls[lang].rsplit_once('/')?.0)).filter(|_| !slug.starts_with('/')))
        .filter(|address| library.moved.contains_key(address))
        .collect()
}

fn carry_out(root: &Path, old: &str, new: &str, edits: &[Edit]) -> Result<(), AuthoringError> {
    fs::rename(root.join(old), root.join(new)).map_err(|error| AuthoringError::unwritable(&root.join(new), &error))?;
    for edit in edits {
        if let Err(error) = write(&root.join(&edit.file), &edit.after) {
            undo(root, old, new, edits);
            return Err(AuthoringError::unwritable(&root.join(&edit.file), &error));
        }
    }
    Ok(())
}

/// As far as the disk lets it: what failed to be written may fail to be written back.
fn undo(root: &Path, old: &str, new: &str, edits: &[Edit]) {
    for edit in edits {
        let file = root.join(&edit.file);
        let _ = match &edit.before {
            Some(before) if fs::read_to_string(&file).is_ok_and(|now| now == *before) => Ok(()),
            Some(before) => write(&file, before),
            None => fs::remove_file(&file),
        };
    }
    let _ = fs::rename(root.join(new), root.join(old));
}

/// Writes beside the file and renames, so that no crash leaves half a file.
fn write(file: &Path, text: &str) -> io::Result<()> {
    let name = file.file_name().and_then(|name| name.to_str()).unwrap_or("file");
    let beside = file.with_file_name(format!(".{name}.new"));
    fs::write(&beside, text)?;
    fs::rename(&beside, file)
}
