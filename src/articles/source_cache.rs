//! Everything read from the articles' folder. What has not changed since the last look is not read again.

use std::collections::{BTreeMap, HashMap};
use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use percent_encoding::percent_decode_str;
use unicode_normalization::UnicodeNormalization;

use super::addresses::Addresses;
use super::groups::{Group, read_group, read_reasons};
use super::insertions::{Fact, Insertions, fragment_name, read_facts};
use super::markdown::Body;
use super::model::{Pin, Reason, Synonym};
use super::picture::{self, PictureFile};
use super::problem::{Findings, Problem};
use super::records::{Records, read_records};
use super::scan::{Found, Kind, scan};
use super::source::{self, Entry, Source};
use super::text::read_text;
use super::topics::{TopicRow, read_topics};
use crate::articles::options::LoadOptions;
use crate::articles::tuning::{read_pins, read_synonyms};
use crate::i18n::{Lang, PerLang};

const FRAGMENT_MAX_BYTES: usize = 64 * 1024;

/// The last good contents of a file, and what is wrong with it at present.
#[derive(Debug)]
pub(super) struct CachedFile<T> {
    pub(super) good: Option<T>,
    pub(super) problems: Vec<Problem>,
}

impl<T> Default for CachedFile<T> {
    fn default() -> Self {
        Self { good: None, problems: Vec::new() }
    }
}

impl<T> CachedFile<T> {
    fn renew(&mut self, read: (Option<T>, Vec<Problem>)) {
        if read.0.is_some() {
            self.good = read.0;
        }
        self.problems = read.1;
    }
}

#[derive(Debug, Default)]
pub(super) struct SourceCache {
    files: BTreeMap<String, Found>,
    pub(super) scan_problems: Vec<Problem>,
    /// By folder: `section` or `section/topic`.
    pub(super) groups: HashMap<String, CachedFile<Group>>,
    pub(super) reasons: CachedFile<Vec<Reason>>,
    pub(super) addresses: CachedFile<Addresses>,
    pub(super) synonyms: CachedFile<Arc<PerLang<Vec<Synonym>>>>,
    pub(super) pins: CachedFile<Arc<[Pin]>>,
    facts: CachedFile<()>,
    /// By path.
    fragments: HashMap<String, CachedFile<()>>,
    pub(super) insertions: Insertions,
    pub(super) records: CachedFile<Records>,
    pub(super) topics: CachedFile<Vec<TopicRow>>,
    /// By article id.
    pub(super) texts: BTreeMap<String, PerLang<Option<Entry>>>,
    /// By path.
    pub(super) pictures: BTreeMap<String, CachedFile<Arc<PictureFile>>>,
}

/// What a look at the folder found.
#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Touched {
    pub(super) any: bool,
    /// Something other than texts and pictures.
    pub(super) navigation: bool,
}

/// A file's contents.
enum Read {
    Group(Box<Option<Group>>, Vec<Problem>),
    Reasons(Option<Vec<Reason>>, Vec<Problem>),
    Addresses(Option<Addresses>, Vec<Problem>),
    Synonyms(Option<PerLang<Vec<Synonym>>>, Vec<Problem>),
    Pins(Option<Vec<Pin>>, Vec<Problem>),
    Facts(Option<BTreeMap<String, Fact>>, Vec<Problem>),
    Fragment(Option<String>, Vec<Problem>),
    Records(Option<Records>, Vec<Problem>),
    Topics(Option<Vec<TopicRow>>, Vec<Problem>),
    Text(Box<Result<(Source, Body), Vec<Problem>>>),
    Picture(Option<Arc<PictureFile>>, Vec<Problem>),
}

impl SourceCache {
    /// Looks at the folder and reads what changed. Fails, and changes nothing, when the folder itself can't be read.
    pub(super) fn refresh(&mut self, options: &LoadOptions) -> io::Result<Touched> {
        let found = scan(&options.root)?;
        let changed: Vec<(String, Found)> = found
            .files
            .iter()
            .filter(|(path, file)| self.files.get(*path).is_none_or(|known| known.stamp != file.stamp))
            .map(|(path, file)| (path.clone(), *file))
            .collect();
        let removed: Vec<(String, Found)> =
            self.files.iter().filter(|(path, _)| !found.files.contains_key(*path)).map(|(path, file)| (path.clone(), *file)).collect();
        let mut touched = Touched { any: self.scan_problems != found.problems, navigation: false };
        for (_, file) in changed.iter().chain(&removed) {
            touched.any = true;
            touched.navigation |= !matches!(file.kind, Kind::Text(_) | Kind::Picture | Kind::Fragment(_) | Kind::Topics);
        }
        for (path, file) in &removed {
            self.forget(path, file.kind);
        }
        let (cited, mut changed): (Vec<_>, Vec<_>) = changed.into_iter().partition(|(_, file)| file.kind.is_cited());
        if !cited.is_empty() || removed.iter().any(|(_, file)| file.kind.is_cited()) {
            self.take_all(options, cited);
            changed.extend(self.citing(&found.files, &changed));
        }
        self.take_all(options, changed);
        self.files = found.files;
        self.scan_problems = found.problems;
        Ok(touched)
    }

    fn take_all(&mut self, options: &LoadOptions, files: Vec<(String, Found)>) {
        let contents = in_parallel(&files, |(path, file)| read_safely(options, &self.insertions, path, *file));
        for ((path, file), contents) in files.into_iter().zip(contents) {
            self.take(&path, file, contents);
        }
    }

    /// Texts to read again because what they cite may have changed: those that cite something, and broken ones.
    fn citing(&self, files: &BTreeMap<String, Found>, changed: &[(String, Found)]) -> Vec<(String, Found)> {
        let cites = |path: &str, lang: Lang| {
            let entry = self.texts.get(folder_of(path)).and_then(|entries| entries[lang].as_ref());
            entry.is_some_and(|entry| entry.current.as_ref().map_or(true, |source| !source.citations.is_empty()))
        };
        let texts = files.iter().filter(|(path, file)| matches!(file.kind, Kind::Text(lang) if cites(path, lang)));
        texts.filter(|(path, _)| !changed.iter().any(|(other, _)| other == *path)).map(|(path, file)| (path.clone(), *file)).collect()
    }

    /// What is wrong with the files of no article and no group.
    pub(super) fn problems_of_files(&self) -> impl Iterator<Item = &Problem> {
        let own = [&self.reasons.problems, &self.addresses.problems, &self.synonyms.problems, &self.pins.problems, &self.facts.problems];
        let further = [&self.records.problems, &self.topics.problems];
        own.into_iter().chain(further).flatten().chain(self.fragments.values().flat_map(|fragment| &fragment.problems))
    }

    pub(super) fn has_file(&self, path: &str) -> bool {
        self.files.contains_key(path)
    }

    /// The picture beside a text that an author means, with its path. Systems write the same name in different ways: with letters and accents
    /// apart, and in addresses with `%20` for a space.
    pub(super) fn picture(&self, folder: &str, written: &str) -> Option<(&String, &CachedFile<Arc<PictureFile>>)> {
        if let Some(found) = self.pictures.get_key_value(&format!("{folder}/{written}")) {
            return Some(found);
        }
        let wanted = [written.nfc().collect::<String>(), percent_decode_str(written).decode_utf8_lossy().nfc().collect()];
        let prefix = format!("{folder}/");
        let beside = || self.pictures.range(prefix.clone()..).map_while(|(path, picture)| Some((path, path.strip_prefix(&prefix)?, picture)));
        wanted.iter().find_map(|wanted| beside().find(|(_, name, _)| name.nfc().eq(wanted.chars()))).map(|(path, _, picture)| (path, picture))
    }

    fn take(&mut self, path: &str, file: Found, contents: Read) {
        let folder = folder_of(path);
        match contents {
            Read::Group(group, problems) => self.groups.entry(folder.to_owned()).or_default().renew((*group, problems)),
            Read::Reasons(reasons, problems) => self.reasons.renew((reasons, problems)),
            Read::Addresses(addresses, problems) => self.addresses.renew((addresses, problems)),
            Read::Synonyms(synonyms, problems) => self.synonyms.renew((synonyms.map(Arc::new), problems)),
            Read::Pins(pins, problems) => self.pins.renew((pins.map(Arc::from), problems)),
            Read::Facts(facts, problems) => {
                self.insertions.facts = facts.unwrap_or_else(|| std::mem::take(&mut self.insertions.facts));
                self.facts.problems = problems;
            }
            Read::Fragment(text, problems) => {
                let Kind::Fragment(lang) = file.kind else { return };
                if text.is_some() {
                    self.insertions.fragments.entry(fragment_name(folder).to_owned()).or_default()[lang] = text;
                }
                self.fragments.entry(path.to_owned()).or_default().problems = problems;
            }
            Read::Records(records, problems) => self.records.renew((records, problems)),
            Read::Topics(topics, problems) => self.topics.renew((topics, problems)),
            Read::Picture(picture, problems) => self.pictures.entry(path.to_owned()).or_default().renew((picture, problems)),
            Read::Text(contents) => {
                let Kind::Text(lang) = file.kind else { return };
                let (current, body) = match *contents {
                    Ok((source, body)) => (Ok(Arc::new(source)), Some(body)),
                    Err(problems) => (Err(problems), None),
                };
                let place = &mut self.texts.entry(folder.to_owned()).or_default()[lang];
                let good = place.take().and_then(|entry| entry.good);
                *place = Some(Entry { current, body, good });
            }
        }
    }

    fn forget(&mut self, path: &str, kind: Kind) {
        let folder = folder_of(path);
        match kind {
            Kind::Contact => self.reasons = CachedFile::default(),
            Kind::Addresses => self.addresses = CachedFile::default(),
            Kind::Synonyms => self.synonyms = CachedFile::default(),
            Kind::Pins => self.pins = CachedFile::default(),
            Kind::Facts => {
                self.insertions.facts.clear();
                self.facts = CachedFile::default();
            }
            Kind::Fragment(lang) => {
                self.fragments.remove(path);
                if let Some(texts) = self.insertions.fragments.get_mut(fragment_name(folder)) {
                    texts[lang] = None;
                    if texts.0.iter().all(Option::is_none) {
                        self.insertions.fragments.remove(fragment_name(folder));
                    }
                }
            }
            Kind::Records => self.records = CachedFile::default(),
            Kind::Topics => self.topics = CachedFile::default(),
            Kind::Section | Kind::Topic => _ = self.groups.remove(folder),
            Kind::Picture => _ = self.pictures.remove(path),
            Kind::Text(lang) => {
                if let Some(entries) = self.texts.get_mut(folder) {
                    entries[lang] = None;
                    if entries.0.iter().all(Option::is_none) {
                        self.texts.remove(folder);
                    }
                }
            }
        }
    }
}

fn folder_of(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A fault in one of the parsers must cost one file, not the help center.
fn read_safely(options: &LoadOptions, insertions: &Insertions, path: &str, file: Found) -> Read {
    catch_unwind(AssertUnwindSafe(|| read(options, insertions, path, file))).unwrap_or_else(|_| {
        let mut findings = Findings::new(path);
        findings.broken(1, "The program failed on this file.", "Remove anything unusual from the file, and report it to the project.");
        let problems = findings.into_problems();
        match file.kind {
            Kind::Text(_) => Read::Text(Box::new(Err(problems))),
            Kind::Section | Kind::Topic => Read::Group(Box::new(None), problems),
            Kind::Contact => Read::Reasons(None, problems),
            Kind::Addresses => Read::Addresses(None, problems),
            Kind::Synonyms => Read::Synonyms(None, problems),
            Kind::Pins => Read::Pins(None, problems),
            Kind::Facts => Read::Facts(None, problems),
            Kind::Fragment(_) => Read::Fragment(None, problems),
            Kind::Records => Read::Records(None, problems),
            Kind::Topics => Read::Topics(None, problems),
            Kind::Picture => Read::Picture(None, problems),
        }
    })
}

fn read(options: &LoadOptions, insertions: &Insertions, path: &str, file: Found) -> Read {
    let on_disk = options.root.join(path);
    let mut findings = Findings::new(path);
    match file.kind {
        Kind::Text(lang) => Read::Text(Box::new(source::read(options, insertions, path, lang))),
        Kind::Section | Kind::Topic => {
            let group = read_group(&on_disk, &options.brand, &mut findings);
            Read::Group(Box::new(group), findings.into_problems())
        }
        Kind::Contact => {
            let reasons = read_reasons(&on_disk, &options.brand, options.default_lang, &mut findings);
            Read::Reasons(reasons, findings.into_problems())
        }
        Kind::Addresses => {
            let addresses = Addresses::read(&on_disk, &mut findings);
            Read::Addresses(addresses, findings.into_problems())
        }
        Kind::Synonyms => {
            let synonyms = read_synonyms(&on_disk, &mut findings);
            Read::Synonyms(synonyms, findings.into_problems())
        }
        Kind::Pins => {
            let pins = read_pins(&on_disk, &mut findings);
            Read::Pins(pins, findings.into_problems())
        }
        Kind::Facts => {
            let facts = read_facts(&on_disk, &mut findings);
            Read::Facts(facts, findings.into_problems())
        }
        Kind::Fragment(_) => {
            let text = read_text(&on_disk, FRAGMENT_MAX_BYTES, &mut findings);
            Read::Fragment(text, findings.into_problems())
        }
        Kind::Records => {
            let records = read_records(&on_disk, options.today(), &mut findings);
            Read::Records(records, findings.into_problems())
        }
        Kind::Topics => {
            let topics = read_topics(&on_disk, &mut findings);
            Read::Topics(topics, findings.into_problems())
        }
        Kind::Picture => {
            let name = path.rsplit('/').next().unwrap_or(path);
            let picture = picture::read(&on_disk, name, &mut findings).map(Arc::new);
            Read::Picture(picture, findings.into_problems())
        }
    }
}

/// Does the same work for every item on all cores; the results are in the order of the items.
fn in_parallel<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(items.len());
    let next = AtomicUsize::new(0);
    let done = Mutex::new(Vec::with_capacity(items.len()));
    let run = || {
        let mut own = Vec::new();
        while let Some((place, item)) = Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|place| Some((place, items.get(place)?))) {
            own.push((place, work(item)));
        }
        done.lock().unwrap_or_else(PoisonError::into_inner).append(&mut own);
    };
    std::thread::scope(|scope| {
        for _ in 1..workers {
            scope.spawn(run);
        }
        run();
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(place, _)| *place);
    done.into_iter().map(|(_, result)| result).collect()
}
