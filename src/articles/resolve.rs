//! Where the links and pictures of a text lead.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::sync::Arc;

use super::markdown::template::{Reference, Resolved, Target};
use super::markdown::{relative, text_path};
use super::picture::is_picture_name;
use super::problem::{Findings, Problem};
use super::slug::{did_you_mean, nearest, slugify};
use super::source::Source;
use super::text::quoted;
use crate::articles::navigation::Navigation;
use crate::articles::placement::ArticleAddress;
use crate::articles::source_cache::SourceCache;
use crate::i18n::Lang;

/// "Did you mean" compares with every folder there is, so it is not worked out for more than this many links at once.
const HINTS_MAX: usize = 100;

/// Checks the references of texts against what there is.
pub(super) struct Checker<'a> {
    cache: &'a SourceCache,
    navigation: &'a Navigation,
    hints_left: Cell<usize>,
}

impl<'a> Checker<'a> {
    pub(super) fn new(cache: &'a SourceCache, navigation: &'a Navigation) -> Self {
        Self { cache, navigation, hints_left: Cell::new(HINTS_MAX) }
    }

    /// Names the references that lead nowhere. A link to a folder that once held an article, and was withdrawn, is not this
    /// file's fault and doesn't break it; one to a folder that never was is a mistake in the file.
    pub(super) fn check(&self, source: &Source) -> Vec<Problem> {
        let mut findings = Findings::new(&source.file);
        for reference in &source.references {
            match &reference.target {
                Target::Folder { id, .. } => self.check_folder(source, reference, id, &mut findings),
                Target::Picture { name, .. } => self.check_picture(source, reference, name, &mut findings),
            }
        }
        if let Some(contact) = &source.front.contact
            && let Some(reasons) = &self.cache.reasons.good
            && !reasons.iter().any(|reason| &reason.id == contact)
        {
            let ids = reasons.iter().map(|reason| reason.id.as_str());
            let fix = format!("Use one of the tables of contact.toml, or add it there.{}", did_you_mean(contact, ids));
            findings.wrong(source.front.contact_line, format!("There is no contact reason {}.", quoted(contact)), fix);
        }
        findings.into_problems()
    }

    fn check_folder(&self, source: &Source, reference: &Reference, id: &str, findings: &mut Findings) {
        let there = id.is_empty() || self.cache.texts.contains_key(id) || self.navigation.contains_key(id);
        if there {
            return;
        }
        let what = format!("The link {} leads to no article, topic or section.", quoted(&reference.written));
        if self.cache.addresses.good.as_ref().is_some_and(|addresses| addresses.knows(id)) {
            findings.wrong(
                reference.line,
                what,
                format!("{id} was withdrawn: link what replaces it, or take the link out. Until then it is shown as plain text."),
            );
            return;
        }
        let fix = self.instead(source, reference, id);
        findings.broken(reference.line, what, fix);
    }

    /// What to write instead of a link that leads nowhere.
    fn instead(&self, source: &Source, reference: &Reference, id: &str) -> String {
        let path = reference.written.split(['?', '#']).next().unwrap_or_default();
        if let Some(page) = text_path(path) {
            let Some(meant) = self.meant(page, folder_of(source)) else {
                return "Links lead to the folders of articles, such as ../other-article/, not to files; there is none of this name.".into();
            };
            let anchor = self.known_anchor(&meant, &reference.written);
            return format!("Link the folder, not the file: {}{anchor}.", relative(folder_of(source), &meant));
        }
        let name = path.rsplit('/').next().unwrap_or_default();
        if is_picture_name(name) {
            return format!("A picture is shown, not linked: ![what it shows]({name}).");
        }
        if name.trim_matches('.').contains('.') {
            return "Only pictures are served from here. Write what the file says as an article, or put it on another site and link its https:// address."
                .into();
        }
        let hint = if self.hints_left.get() > 0 {
            self.hints_left.set(self.hints_left.get() - 1);
            let exact = self.exact(path, folder_of(source));
            let near = exact.or_else(|| nearest(id, self.folders()).map(str::to_owned)).map(|near| relative(folder_of(source), &near));
            near.map_or_else(String::new, |near| format!(" Did you mean \"{near}\"?"))
        } else {
            String::new()
        };
        format!("Write the path from this article's folder to the other one's, such as ../../topic/article/; read so, it is {}.{hint}", quoted(id))
    }

    fn folders(&self) -> impl Iterator<Item = &str> {
        self.cache.texts.keys().map(String::as_str).chain(self.navigation.keys().map(String::as_str))
    }

    /// The folder to which a path leads from where other generators count: from the folder in which the file lies, which is our topic's, from the
    /// page's address, or from the root.
    fn exact(&self, page: &str, from: &str) -> Option<String> {
        let is_there = |id: &String| !id.is_empty() && (self.cache.texts.contains_key(id) || self.navigation.contains_key(id));
        let topic = from.rsplit_once('/').map_or("", |(topic, _)| topic);
        let section = topic.rsplit_once('/').map_or("", |(section, _)| section);
        let bases: &[&str] = if page.starts_with('/') { &[""] } else { &[topic, from, section, ""] };
        bases.iter().filter_map(|base| joined(base, page)).find(is_there)
    }

    /// The folder that the path of a file means.
    fn meant(&self, page: &str, from: &str) -> Option<String> {
        if let Some(found) = self.exact(page, from) {
            return Some(found);
        }
        let topic = from.rsplit_once('/').map_or("", |(topic, _)| topic);
        let section = topic.rsplit_once('/').map_or("", |(section, _)| section);
        if self.hints_left.get() == 0 {
            return None;
        }
        self.hints_left.set(self.hints_left.get() - 1);
        // The articles of that name, nearest first; else one of nearly that name.
        let name = slugify(page.rsplit('/').next()?);
        let mut same: Vec<&String> = self.cache.texts.keys().filter(|id| id.rsplit('/').next() == Some(&name)).collect();
        same.sort_by_key(|id| (!id.starts_with(topic), !id.starts_with(section)));
        let names = self.cache.texts.keys().filter_map(|id| id.rsplit('/').next());
        let near = || nearest(&name, names).and_then(|near| self.cache.texts.keys().find(|id| id.rsplit('/').next() == Some(near)).cloned());
        same.first().map(|id| (*id).clone()).or_else(near)
    }

    /// The place in an article that a link names, where it is there; else nothing.
    fn known_anchor(&self, id: &str, written: &str) -> String {
        let Some((_, anchor)) = written.split_once('#') else { return String::new() };
        let texts = self.cache.texts.get(id).into_iter().flat_map(|entries| entries.0.iter().flatten());
        let mut anchors = texts.filter_map(|entry| entry.current.as_ref().ok()).flat_map(|source| &source.anchors);
        if anchors.any(|known| known == anchor) { format!("#{anchor}") } else { String::new() }
    }

    fn check_picture(&self, source: &Source, reference: &Reference, name: &str, findings: &mut Findings) {
        let folder = folder_of(source);
        match self.cache.picture(folder, name).map(|(_, picture)| picture) {
            Some(picture) if picture.good.is_some() => {}
            Some(_) => findings.broken(reference.line, format!("The picture {} can't be shown.", quoted(name)), "Fix or replace the picture file."),
            None => {
                let prefix = format!("{folder}/");
                let beside: Vec<&str> = self.cache.pictures.keys().filter_map(|path| path.strip_prefix(&prefix)).collect();
                let fix = format!("Put it there, or correct the name.{}", did_you_mean(name, beside));
                findings.broken(reference.line, format!("There is no picture {} beside the text.", quoted(name)), fix);
            }
        }
    }
}

/// Turns references into addresses, once every article has its place.
pub(super) struct Resolver<'a> {
    pub(super) cache: &'a SourceCache,
    pub(super) navigation: &'a Navigation,
    pub(super) places: &'a BTreeMap<String, ArticleAddress>,
    /// Topics and sections with something to read.
    pub(super) open_groups: &'a std::collections::HashSet<String>,
    pub(super) default_lang: Lang,
}

impl Resolver<'_> {
    pub(super) fn resolve(&self, source: &Arc<Source>, problems: &mut Vec<Problem>) -> Vec<Resolved> {
        let mut findings = Findings::new(&source.file);
        let entry = self.cache.texts.get(folder_of(source)).and_then(|entries| entries[source.lang].as_ref());
        let before = entry.and_then(|entry| entry.good.as_ref()).filter(|good| Arc::ptr_eq(&good.source, source));
        let resolved = source
            .references
            .iter()
            .enumerate()
            .map(|(number, reference)| match &reference.target {
                Target::Folder { id, anchor } => self.folder(source, reference, id, anchor.as_deref(), &mut findings),
                Target::Picture { name, .. } => {
                    let picture = self.cache.picture(folder_of(source), name).and_then(|(_, kept)| kept.good.clone());
                    // A picture whose file is gone stays with the text until the text is fixed.
                    let kept = || before.and_then(|good| good.resolved.get(number)).cloned().unwrap_or(Resolved::Hidden);
                    picture.map_or_else(kept, Resolved::Picture)
                }
            })
            .collect();
        problems.extend(findings.into_problems());
        resolved
    }

    fn folder(&self, source: &Source, reference: &Reference, id: &str, anchor: Option<&str>, findings: &mut Findings) -> Resolved {
        let lang = source.lang;
        if id.is_empty() {
            return Resolved::Address(format!("/{}", lang.code()));
        }
        if let Some(place) = self.places.get(id) {
            let Some(shown) = place.shown(lang, self.default_lang) else { return Resolved::Hidden };
            let mut address = place.urls[lang].clone();
            if let Some(anchor) = anchor.filter(|anchor| !anchor.is_empty()) {
                if anchor == "contact" || shown.anchors.iter().any(|known| known == anchor) {
                    address.push('#');
                    address.push_str(anchor);
                } else {
                    let what = format!("The article {id} has no heading {}.", quoted(&format!("#{anchor}")));
                    let fix = format!(
                        "Write the heading's words in lower case with hyphens.{} Until then the link leads to the article's start.",
                        did_you_mean(anchor, shown.anchors.iter().map(String::as_str))
                    );
                    findings.wrong(reference.line, what, fix);
                }
            }
            return Resolved::Address(address);
        }
        if self.open_groups.contains(id) {
            return Resolved::Address(group_url(self.navigation, id, lang));
        }
        if self.cache.texts.contains_key(id) || self.navigation.contains_key(id) {
            let what = format!("The link {} leads to what readers can't open at present.", quoted(&reference.written));
            findings.taste(reference.line, what, "It is shown as plain text until then.");
        }
        Resolved::Hidden
    }
}

/// A path that begins in a folder; `None` when it leads out of the articles' folder.
pub(super) fn joined(base: &str, path: &str) -> Option<String> {
    let mut parts: Vec<&str> = base.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            name => parts.push(name),
        }
    }
    Some(parts.join("/"))
}

fn folder_of(source: &Source) -> &str {
    source.file.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// Address path of a section or topic.
pub(super) fn group_url(navigation: &Navigation, folder: &str, lang: Lang) -> String {
    let slug = |folder: &str| navigation.get(folder).map_or("", |shown| shown.texts[lang].slug.as_str());
    match folder.split_once('/') {
        Some((section, _)) => format!("/{}/{}/{}", lang.code(), slug(section), slug(folder)),
        None => format!("/{}/{}", lang.code(), slug(folder)),
    }
}

/// The source that readers of a language are shown.
pub(super) fn shown_source(sources: &[Option<Arc<Source>>; 3], lang: Lang, default: Lang) -> Option<&Arc<Source>> {
    [lang, default].into_iter().chain(Lang::ALL).find_map(|lang| sources[lang as usize].as_ref())
}
