//! Where each text goes: sections and topics from folders, deeper ones made flat.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::detect::Site;
use super::pages::{Listed, Page, Pages, ordered};
use crate::articles::navigation::folder_title;
use crate::articles::slug::slugify;
use crate::i18n::{Lang, PerLang};

/// Of all texts, the share that must lie two folders deep for folders to be sections. Below, one section holds all, and folders are its topics.
const DEEP_PART: usize = 10;
const RESERVED: [&str; 2] = ["fragments", "words"];

/// A section or topic to write.
#[derive(Debug, Default, Clone)]
pub(super) struct Group {
    pub(super) order: Option<i64>,
    pub(super) titles: PerLang<Option<String>>,
}

/// By folder: `section` or `section/topic`.
pub(super) type Groups = BTreeMap<String, Group>;

/// Gives every page its id. Pages of one path in several languages are one article.
pub(super) fn assign(found: &mut Pages, listed: &Listed, site: &Site) -> Groups {
    let deep = found.pages.iter().filter(|page| page.route.len() >= 2).count();
    let has_sections = deep * DEEP_PART >= found.pages.len() && deep > 0;
    let mut places = Places { has_sections, ids: HashMap::new(), taken: BTreeSet::new() };
    let mut groups = Groups::new();
    for page in &mut found.pages {
        page.id = places.id(page);
        let (section, topic) = places.folders_of(&page.route);
        for (folder, source) in [(section.clone(), places.route_of(&page.route, 0)), (format!("{section}/{topic}"), places.route_of(&page.route, 1))]
        {
            let group = groups.entry(folder).or_default();
            let known = source.as_ref().and_then(|path| listed.titles.get(path).cloned());
            let written = source.as_ref().map(|path| folder_title(ordered(path.rsplit('/').next().unwrap_or(path)).1));
            group.order =
                group.order.or_else(|| listed.order.get(source.as_ref()?).copied()).or_else(|| ordered(source.as_ref()?.rsplit('/').next()?).0);
            group.titles[page.lang].get_or_insert_with(|| known.or(written).unwrap_or_else(|| general(page.lang).to_owned()));
        }
    }
    name_groups(found, site, &places, &mut groups);
    groups
}

/// Pages of folders name them; so does a text without contents that has a folder's name.
fn name_groups(found: &Pages, site: &Site, places: &Places, groups: &mut Groups) {
    for page in found.titles.iter().chain(found.pages.iter().filter(|page| page.name.is_empty())) {
        let (section, topic) = places.folders_of(&page.route);
        let depth = page.route.len();
        let folder = match (page.name.is_empty(), places.has_sections, depth) {
            (true, true, 1) => section,
            (true, true, 2) | (true, false, 1) => format!("{section}/{topic}"),
            (false, true, _) => slugify(&page.name),
            (false, false, _) => format!("{section}/{}", slugify(&page.name)),
            _ => continue,
        };
        let Some(group) = groups.get_mut(&folder) else { continue };
        if let Some(title) = page.front.label.as_ref().or(page.front.title.as_ref()) {
            group.titles[page.lang] = Some(title.clone());
        }
        group.order = group.order.or(page.order);
    }
    if !places.has_sections
        && let Some(group) = groups.get_mut(HOME)
    {
        for (lang, title) in Lang::ALL.into_iter().zip(&mut group.titles.0) {
            if title.is_some() {
                *title = Some(site.title.clone().unwrap_or_else(|| help(lang).to_owned()));
            }
        }
    }
}

fn help(lang: Lang) -> &'static str {
    match lang {
        Lang::Pt => "Ajuda",
        Lang::Es => "Ayuda",
        Lang::En => "Help",
    }
}

/// The section of a folder that has no sections of its own.
const HOME: &str = "help";
const GENERAL: &str = "general";

fn general(lang: Lang) -> &'static str {
    match lang {
        Lang::Pt => "Geral",
        Lang::Es | Lang::En => "General",
    }
}

struct Places {
    has_sections: bool,
    /// By path of the page.
    ids: HashMap<String, String>,
    taken: BTreeSet<String>,
}

impl Places {
    fn id(&mut self, page: &Page) -> String {
        let path = format!("{}\n{}", page.route.join("/"), page.name);
        if let Some(id) = self.ids.get(&path) {
            return id.clone();
        }
        let (section, topic) = self.folders_of(&page.route);
        let used = if self.has_sections { 2 } else { 1 };
        let deeper = page.route.iter().skip(used).map(|part| ordered(part).1);
        let own = if page.name.is_empty() { page.route.last().map_or("", |last| ordered(last).1) } else { ordered(&page.name).1 };
        let parts: Vec<String> = deeper
            .filter(|part| !page.name.is_empty() || Some(*part) != page.route.last().map(|last| ordered(last).1))
            .chain([own])
            .map(slugify)
            .collect();
        let mut name = slugify(&parts.join("-"));
        if name.is_empty() {
            let heading = || page.body.lines().find_map(|line| line.strip_prefix("# "));
            let title = page.front.title.as_deref().or_else(heading);
            name = title.map(slugify).filter(|name| !name.is_empty()).unwrap_or_else(|| "overview".into());
        }
        let numbered = (2..).map(|number| format!("{section}/{topic}/{name}-{number}"));
        let mut free = std::iter::once(format!("{section}/{topic}/{name}")).chain(numbered).filter(|id| !self.taken.contains(id));
        let id = free.next().unwrap_or_default();
        self.taken.insert(id.clone());
        self.ids.insert(path, id.clone());
        id
    }

    /// The section and the topic of a page in these folders.
    fn folders_of(&self, route: &[String]) -> (String, String) {
        let name = |part: Option<&String>, other: &str| {
            let name = part.map(|part| slugify(ordered(part).1)).filter(|name| !name.is_empty()).unwrap_or_else(|| other.to_owned());
            if RESERVED.contains(&name.as_str()) { format!("{name}-section") } else { name }
        };
        if self.has_sections { (name(route.first(), HOME), name(route.get(1), GENERAL)) } else { (HOME.to_owned(), name(route.first(), GENERAL)) }
    }

    /// The folder of the source that a section (0) or topic (1) is made from.
    fn route_of(&self, route: &[String], level: usize) -> Option<String> {
        let parts = if self.has_sections { level + 1 } else { level };
        (parts > 0 && route.len() >= parts).then(|| route[..parts].join("/"))
    }
}
