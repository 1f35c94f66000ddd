//! `addresses.tsv`: every address ever published, so that none of them is ever lost.
//!
//! One address a line, sorted, three columns divided by tabs: the address path, the id of what stands there (`section`,
//! `section/topic` or `section/topic/article`), and its state. `ajuda check --record` writes it; it is committed with the articles.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

use super::problem::Findings;
use super::text::{quoted, read_text};
use crate::i18n::Lang;

const ADDRESSES_MAX_BYTES: usize = 64 * 1024 * 1024;
const HEAD: &str = "# Every address ever published, so that old links keep working. Written by: ajuda check --record\n# address\tid\tstate (now, borrowed, old, gone)\n";

/// What an address is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum State {
    /// The page stands there, in the language of the address.
    Now,
    /// The page stands there in another language, for want of a translation.
    Borrowed,
    /// The page has moved; the address leads to where it is.
    Old,
    /// What stood there was withdrawn, and the loss was accepted by recording it.
    Gone,
}

impl State {
    const ALL: [(Self, &'static str); 4] = [(Self::Now, "now"), (Self::Borrowed, "borrowed"), (Self::Old, "old"), (Self::Gone, "gone")];

    fn code(self) -> &'static str {
        Self::ALL.iter().find(|(state, _)| *state == self).map_or("old", |(_, code)| code)
    }

    fn parse(code: &str) -> Option<Self> {
        Self::ALL.iter().find(|(_, known)| *known == code).map(|(state, _)| *state)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Record {
    pub(super) id: String,
    pub(super) state: State,
    pub(super) line: usize,
}

/// The recorded addresses.
#[derive(Debug, Default)]
pub(super) struct Addresses {
    pub(super) records: BTreeMap<String, Record>,
    slugs: HashMap<(String, Lang), String>,
    ids: HashSet<String>,
}

impl Addresses {
    /// Reads the file; lines that can't be read are left out and named.
    pub(super) fn read(path: &Path, findings: &mut Findings) -> Option<Self> {
        let text = read_text(path, ADDRESSES_MAX_BYTES, findings)?;
        let mut records = BTreeMap::new();
        for (index, line) in text.lines().enumerate().filter(|(_, line)| !line.is_empty() && !line.starts_with('#')) {
            let mut columns = line.split('\t');
            let record = (|| {
                let (address, id, state) = (columns.next()?, columns.next()?, State::parse(columns.next()?.trim())?);
                address.starts_with('/').then_some(())?;
                Some((address.to_owned(), Record { id: id.to_owned(), state, line: index + 1 }))
            })();
            match record {
                Some((address, record)) => _ = records.insert(address, record),
                None => {
                    findings.wrong(index + 1, format!("{} is not a recorded address.", quoted(line)), "Restore the line from the file's history.")
                }
            }
        }
        Some(Self::new(records))
    }

    fn new(records: BTreeMap<String, Record>) -> Self {
        let slugs = records
            .iter()
            .filter(|(_, record)| record.state == State::Now)
            .filter_map(|(address, record)| Some(((record.id.clone(), lang_of(address)?), address.rsplit('/').next()?.to_owned())))
            .collect();
        let ids = records.values().map(|record| record.id.clone()).collect();
        Self { records, slugs, ids }
    }

    /// The slug under which something is recorded in a language of its own.
    pub(super) fn slug(&self, id: &str, lang: Lang) -> Option<&str> {
        self.slugs.get(&(id.to_owned(), lang)).map(String::as_str)
    }

    /// Whether there ever was something with this id.
    pub(super) fn knows(&self, id: &str) -> bool {
        self.ids.contains(id)
    }
}

/// The language of an address path.
pub(super) fn lang_of(address: &str) -> Option<Lang> {
    address.strip_prefix('/')?.split('/').next().and_then(Lang::parse)
}

/// The file's text for these records.
pub(super) fn render(records: &BTreeMap<String, (String, State)>) -> String {
    let mut text = HEAD.to_owned();
    for (address, (id, state)) in records {
        text.push_str(&format!("{address}\t{id}\t{}\n", state.code()));
    }
    text
}
