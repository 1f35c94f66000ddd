//! `ajuda import`: a folder of Markdown that was written for another generator, as a help center's articles. What can't be taken is listed with
//! its file and line, never dropped without a word.
//!
//! The way of a text: `tree` finds it, `pages` reads its front matter and language, `places` gives it its folder, `blocks`, `admonitions`, `inline` and
//! `headings` make of it what an article is, `links` leads its links and pictures, and `write` writes it.

/// A pattern that stands in this program, compiled once.
macro_rules! pattern {
    ($written:expr) => {{
        static PATTERN: std::sync::LazyLock<Option<regex::Regex>> = std::sync::LazyLock::new(|| {
            let compiled = regex::Regex::new($written);
            debug_assert!(compiled.is_ok(), "{compiled:?}");
            compiled.ok()
        });
        PATTERN.as_ref()
    }};
}
mod admonitions;
mod blocks;
mod detect;
mod elements;
mod front_matter;
mod headings;
mod html_blocks;
mod includes;
mod index;
mod inline;
mod langs;
mod lines;
mod links;
mod markup;
mod nav;
mod pages;
mod pictures;
mod places;
mod report;
mod shortcodes;
mod tree;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

pub use detect::Generator;
pub use report::{ImportReport, Remark, Weight};

use self::detect::Site;
use self::headings::Converted;
use self::index::{Index, old_address};
use self::lines::{Line, mark_indented, numbered, whole};
use self::links::{Rewriter, repaired};
use self::pages::{Listed, Page, Pages};
use self::pictures::Pictures;
use self::report::Remarks;
use self::tree::{Tree, TreeError};
use self::write::WriteError;
use super::addresses::lang_of;
use super::check::{self, Recording};
use super::content_store::ContentStoreError;
use super::front_matter::old_address_fault;
use super::lint;
use super::markdown::{self, Setting};
use super::navigation::folder_title;
use super::options::LoadOptions;
use super::problem::{Findings, Level};
use crate::i18n::Lang;

/// Where the whole report is written, beside the articles.
pub const REPORT_FILE: &str = "import-report.txt";
/// Old addresses of one article.
const FORMERLY_MAX: usize = 50;

/// What is imported.
#[derive(Debug, Clone)]
pub struct Request {
    pub from: PathBuf,
    /// Told by a person; else it is recognized by its files.
    pub generator: Option<Generator>,
    /// Of texts whose folder or name doesn't say it.
    pub lang: Option<Lang>,
}

/// Why nothing was imported.
#[derive(Debug, thiserror::Error)]
pub enum ImportError {
    #[error(transparent)]
    Tree(#[from] TreeError),
    #[error(transparent)]
    Write(#[from] WriteError),
    #[error(transparent)]
    Check(#[from] ContentStoreError),
    #[error("{}: there is no text in Markdown for {}. Name the folder that holds the settings of the site, or tell what it was written for with --from-generator.", .0.display(), .1)]
    Empty(PathBuf, Generator),
    #[error("The language of the texts isn't known. Say it: --lang pt, --lang es or --lang en.")]
    NoLanguage,
}

/// Imports a folder into that of the options. Articles that are there already stay as they are.
pub fn run(request: &Request, options: &LoadOptions) -> Result<ImportReport, ImportError> {
    let tree = Tree::read(&request.from, &options.root)?;
    let site = detect::recognize(&tree, request.generator);
    let default = request.lang.or(site.lang).or_else(|| guessed(&tree));
    let mut found = pages::collect(&tree, &site, default);
    if found.pages.is_empty() {
        let only_language = default.is_none() && !found.skipped.is_empty();
        return Err(if only_language { ImportError::NoLanguage } else { ImportError::Empty(request.from.clone(), site.generator) });
    }
    let listed = nav::read(&tree, &site);
    let groups = places::assign(&mut found, &listed, &site);
    let files = found.pages.len();
    let mut languages = BTreeMap::new();
    found.pages.iter().for_each(|page| *languages.entry(page.lang).or_insert(0) += 1);
    let lines = found.pages.iter().flat_map(|page| page.body.lines()).filter(|line| !line.trim().is_empty()).count();
    let mut remarks: BTreeMap<String, Vec<Remark>> = BTreeMap::new();
    let texts = convert_all(&mut found, &tree, &site, &listed, &mut remarks);
    let mut index = Index::new(&found.pages, &site);
    for (page, (converted, _)) in found.pages.iter().zip(&texts) {
        let body = anchored(page, &converted.lines, options);
        index.set_anchors(page, &body.passages, &body.aliases, &converted.moved);
    }
    let rewriter = Rewriter { tree: &tree, site: &site, index: &index };
    let mut pictures = Pictures::default();
    let mut written = BTreeSet::new();
    for (page, (converted, title)) in found.pages.iter().zip(&texts) {
        let mut own = Remarks::new(&page.file);
        let body = repaired(rewriter.rewrite(page, &converted.lines, &mut pictures, &mut own));
        remarks.entry(page.file.clone()).or_default().append(&mut own.list);
        let text = format!("{}{}", write::front_matter(page, title, &formerly(page, &site)), tidy(&body));
        let path = write::path_of(page);
        if write::new_file(&options.root, &path, text.as_bytes())? {
            written.insert(path);
        } else {
            found.skipped.push((page.file.clone(), format!("there is an article {path} already, which stays as it is")));
        }
    }
    write::groups(&options.root, &groups)?;
    write::contact(&options.root)?;
    let mut copied = 0;
    for (place, file) in &pictures.copies {
        let bytes = tree.bytes(file, super::picture::PICTURE_MAX_BYTES as u64).unwrap_or_default();
        copied += usize::from(write::new_file(&options.root, place, &bytes)?);
    }
    found.skipped.extend(tree.skipped.iter().map(|path| (path.clone(), "a symbolic link is not followed".to_owned())));
    let mut report = ImportReport {
        generator: site.generator,
        into: options.root.clone(),
        files,
        loaded: 0,
        languages,
        pictures: copied,
        lines,
        remarks: remarks.into_values().flatten().collect(),
        skipped: found.skipped,
        keys: BTreeMap::new(),
        redirects: Vec::new(),
        problems: Vec::new(),
    };
    for page in &found.pages {
        page.front.left.iter().for_each(|key| *report.keys.entry(key.clone()).or_insert(0) += 1);
    }
    report.remarks.sort();
    report.remarks.dedup();
    judge(&mut report, &found.pages, &written, &site, options)?;
    write::own_file(&options.root, REPORT_FILE, &report.full())?;
    Ok(report)
}

/// All texts with their titles. Pages of which nothing is left are skipped.
fn convert_all(
    found: &mut Pages,
    tree: &Tree,
    site: &Site,
    listed: &Listed,
    remarks: &mut BTreeMap<String, Vec<Remark>>,
) -> Vec<(Converted, String)> {
    let mut texts = Vec::new();
    for page in std::mem::take(&mut found.pages) {
        let mut own = Remarks::new(&page.file);
        let (converted, title) = convert(&page, tree, site, listed, &mut own);
        remarks.insert(page.file.clone(), own.list);
        if converted.lines.iter().all(Line::is_blank) {
            found.skipped.push((page.file, "it has nothing but what belongs to the site itself".into()));
        } else {
            texts.push((converted, title));
            found.pages.push(page);
        }
    }
    texts
}

/// What the check says of what was written, and where old addresses lead now.
fn judge(report: &mut ImportReport, pages: &[Page], written: &BTreeSet<String>, site: &Site, options: &LoadOptions) -> Result<(), ImportError> {
    let checked = check::run(options, &Recording::No)?;
    let broken: BTreeSet<&str> = checked.problems.iter().filter(|problem| problem.level == Level::Broken).map(|problem| &*problem.file).collect();
    report.loaded = written.iter().filter(|file| !broken.contains(file.as_str())).count();
    let is_of_text = |file: &str| written.contains(file);
    let counts = |problem: &&super::problem::Problem| problem.level != Level::Taste || problem.what.ends_with("is shown as it stands.");
    report.problems = checked.problems.iter().filter(|problem| is_of_text(&problem.file)).filter(counts).map(ToString::to_string).collect();
    let library = super::content_store::ContentStore::open(options.clone())?.library();
    for page in pages {
        let Some(article) = library.articles.get(&super::model::ArticleId(page.id.as_str().into())) else { continue };
        let old = std::iter::once(old_address(page, site)).chain(page.front.aliases.iter().cloned());
        report.redirects.extend(old.filter(|old| old.starts_with('/')).map(|old| (old, article.urls[page.lang].clone())));
    }
    report.redirects.sort();
    report.redirects.dedup();
    Ok(())
}

/// The text of a page in lines as an article has them, and its title.
fn convert(page: &Page, tree: &Tree, site: &Site, listed: &Listed, remarks: &mut Remarks<'_>) -> (Converted, String) {
    let around = blocks::Around { tree, file: &page.file, content: &site.content };
    let (lines, names, joined) = blocks::convert(numbered(&page.body, page.body_line), &around, remarks);
    let lines = admonitions::convert(lines, remarks);
    let mut lines: Vec<Line> = lines
        .into_iter()
        .flat_map(|line| line.text.split('\n').map(|text| Line { text: text.to_owned(), ..line.clone() }).collect::<Vec<_>>())
        .collect();
    mark_indented(&mut lines);
    let lines = inline::convert(lines, &names, tree, remarks);
    remarks.spread(&joined);
    let converted = headings::convert(lines, page.front.title.as_deref());
    let own = if page.name.is_empty() { page.route.last().map_or("", String::as_str) } else { &page.name };
    let title = page.front.title.clone().map(|title| headings::plain(&title)).filter(|title| !title.is_empty());
    let title = title
        .or(converted.title.clone().filter(|title| !title.is_empty()))
        .or_else(|| listed.titles.get(&page.path()).cloned())
        .or_else(|| page.front.label.clone());
    let named = || Some(folder_title(pages::ordered(own).1)).filter(|title| !title.is_empty());
    let title = title.or_else(named).or_else(|| site.title.clone()).unwrap_or_else(|| folder_title(&page.id));
    (converted, title)
}

/// The text as the help center reads it, for its headings.
fn anchored(page: &Page, lines: &[Line], options: &LoadOptions) -> markdown::Body {
    let numbers: Vec<usize> = lines.iter().map(|line| line.number).chain([0]).collect();
    let setting = Setting { article: &page.id, lang: page.lang, brand: &options.brand, lines: &numbers };
    markdown::read(&repaired(whole(lines)), &setting, &mut Findings::new(&page.file)).0
}

/// The old addresses that an article can answer to itself.
fn formerly(page: &Page, site: &Site) -> Vec<String> {
    let mut old: Vec<String> = Vec::new();
    for address in std::iter::once(old_address(page, site)).chain(page.front.aliases.iter().cloned()) {
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let path = path.trim_end_matches('/').trim_end_matches("/index.html").to_owned();
        let path = if path.starts_with('/') { path } else { format!("/{path}") };
        // Those of several languages need their own.
        let is_own = lang_of(&path).is_none_or(|lang| lang == page.lang);
        if is_own && old_address_fault(&path).is_none() && !old.contains(&path) && old.len() < FORMERLY_MAX {
            old.push(path);
        }
    }
    old
}

/// One empty line between paragraphs, and one sign of a line's end at the end.
fn tidy(body: &str) -> String {
    let mut out = String::with_capacity(body.len());
    let mut blank = true;
    let mut fence: Option<(char, usize)> = None;
    for line in body.lines() {
        match (fence, lines::fence(line)) {
            (None, Some((sign, length, _))) => fence = Some((sign, length)),
            (Some((sign, length)), Some((other, longer, ""))) if sign == other && longer >= length => fence = None,
            _ => {}
        }
        let is_blank = line.trim().is_empty();
        if is_blank && blank && fence.is_none() {
            continue;
        }
        // Two spaces at the end of a line are a line break.
        out.push_str(if is_blank { "" } else { line });
        out.push('\n');
        blank = is_blank;
    }
    format!("{}\n", out.trim_end())
}

/// The language in which most of the texts are written.
fn guessed(tree: &Tree) -> Option<Lang> {
    const LOOKED_AT_MAX: usize = 40;
    let texts: String = tree.files.keys().filter(|path| tree::is_text(path)).take(LOOKED_AT_MAX).filter_map(|path| tree.text(path)).collect();
    lint::language_of(&texts)
}
