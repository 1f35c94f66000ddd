//! Pictures of the imported texts: found wherever generators let them lie, and put beside the texts.

use std::collections::{BTreeMap, HashMap};

use unicode_normalization::UnicodeNormalization;

use super::detect::Site;
use super::pages::Page;
use super::tree::{Tree, joined, split, stem};
use crate::articles::picture;
use crate::articles::problem::Findings;
use crate::articles::slug::slugify;

/// What became of a picture.
pub(super) enum Shown {
    /// The name of the file beside the text.
    As(String),
    Not(String),
}

/// The pictures to copy, by where they go.
#[derive(Debug, Default)]
pub(super) struct Pictures {
    /// Path below the articles' folder, and the file in the imported one.
    pub(super) copies: BTreeMap<String, String>,
    /// Whether a file can be shown, and why not.
    checked: HashMap<String, Option<String>>,
    by_name: Option<HashMap<String, Vec<String>>>,
}

impl Pictures {
    pub(super) fn show(&mut self, tree: &Tree, site: &Site, page: &Page, address: &str) -> Shown {
        let Some(file) = find(tree, site, page, address).or_else(|| self.by_end(tree, address)) else {
            return Shown::Not(if picture::is_picture_name(split(address).1) {
                "there is no such file".into()
            } else {
                "it is no image that can be shown".into()
            });
        };
        let fault = self.checked.entry(file.clone()).or_insert_with(|| fault(tree, &file));
        if let Some(fault) = fault {
            return Shown::Not(fault.clone());
        }
        let ending = file.rsplit_once('.').map_or("png", |(_, ending)| ending).to_ascii_lowercase();
        let base = Some(slugify(stem(&file))).filter(|base| !base.is_empty()).unwrap_or_else(|| "image".into());
        let names = std::iter::once(format!("{base}.{ending}")).chain((2..).map(|number| format!("{base}-{number}.{ending}")));
        for name in names {
            let place = format!("{}/{name}", page.id);
            if *self.copies.entry(place).or_insert_with(|| file.clone()) == file {
                return Shown::As(name);
            }
        }
        Shown::Not("there are too many of this name".into())
    }

    /// The only file of the folder whose path ends so: some generators look for pictures in folders of their own.
    fn by_end(&mut self, tree: &Tree, address: &str) -> Option<String> {
        let wanted = joined("", address.trim_start_matches('/'))?.nfc().collect::<String>().to_lowercase();
        let by_name = self.by_name.get_or_insert_with(|| {
            let mut names: HashMap<String, Vec<String>> = HashMap::new();
            for path in tree.files.keys().filter(|path| picture::is_picture_name(split(path).1)) {
                names.entry(split(path).1.nfc().collect::<String>().to_lowercase()).or_default().push(path.clone());
            }
            names
        });
        let ends = |path: &&String| format!("/{}", path.nfc().collect::<String>().to_lowercase()).ends_with(&format!("/{wanted}"));
        let mut found = by_name.get(split(&wanted).1)?.iter().filter(ends);
        found.next().filter(|_| found.next().is_none()).cloned()
    }
}

/// The file that an address of a text names.
pub(super) fn find(tree: &Tree, site: &Site, page: &Page, address: &str) -> Option<String> {
    let address = address
        .strip_prefix("@site")
        .or_else(|| address.strip_prefix("~@"))
        .or_else(|| address.strip_prefix('@'))
        .or_else(|| address.strip_prefix('~'))
        .unwrap_or(address);
    let (folder, own) = (split(&page.file).0, page.file.rsplit_once('.').map_or("", |(path, _)| path));
    let in_root = address.trim_start_matches('/');
    let base = site.address.as_deref().and_then(|address| Some(address.split_once("://")?.1.split_once('/')?.1)).unwrap_or("");
    let without_base = in_root.strip_prefix(base).unwrap_or(in_root).trim_start_matches('/');
    let mut places = Vec::new();
    if !address.starts_with('/') {
        // A page may be published as a folder of its name.
        places.extend([joined(folder, address), joined(own, address)]);
    }
    for base in site.statics.iter().map(String::as_str).chain([site.content.as_str(), "static", "public", "assets", "images", "static/images", ""]) {
        places.extend([joined(base, in_root), joined(base, without_base)]);
    }
    let places: Vec<String> = places.into_iter().flatten().collect();
    let exact = places.iter().find(|place| tree.has(place)).cloned();
    exact.or_else(|| places.iter().find_map(|place| same_name(tree, place)))
}

/// A file whose name is the same but for how its accents are written.
fn same_name(tree: &Tree, place: &str) -> Option<String> {
    if place.is_ascii() {
        return None;
    }
    let forms = [place.nfc().collect::<String>(), place.nfd().collect()];
    forms.into_iter().find(|form| tree.has(form))
}

/// Why a file can't be shown.
fn fault(tree: &Tree, file: &str) -> Option<String> {
    let mut findings = Findings::new(file);
    let read = picture::read(&tree.on_disk(file), split(file).1, &mut findings);
    if read.is_some() {
        return None;
    }
    let problems = findings.into_problems();
    Some(problems.first().map_or_else(|| "it can't be shown".to_owned(), |problem| format!("{} {}", problem.what, problem.fix)))
}
