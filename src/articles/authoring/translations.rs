//! `ajuda translations`: which article exists in which language, and which text is behind the others.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde::Serialize;

use crate::articles::content_store::ContentStoreError;
use crate::articles::options::LoadOptions;
use crate::articles::source::Entry;
use crate::articles::source_cache::SourceCache;
use crate::i18n::{Lang, PerLang};

/// The day on which each text of an article last changed in meaning; `None` where that is not known.
type Dates = PerLang<Option<Date>>;

/// What a language of an article is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    Present,
    Missing,
    /// Another language changed in meaning later.
    Stale,
    Draft,
    /// The file can't be read; `ajuda check` says why.
    Broken,
}

/// One article of the table.
#[derive(Debug, Serialize)]
pub struct Row {
    pub article: String,
    pub pt: State,
    pub es: State,
    pub en: State,
}

impl Row {
    fn states(&self) -> [State; 3] {
        [self.pt, self.es, self.en]
    }
}

/// All articles in the order of their ids.
pub fn table(options: &LoadOptions) -> Result<Vec<Row>, ContentStoreError> {
    let mut cache = SourceCache::default();
    cache.refresh(options).map_err(|error| ContentStoreError::new(options, &error))?;
    let row = |(id, entries): (&String, &PerLang<Option<Entry>>)| {
        let dates = dates(&cache, id);
        let state = |lang| state(entries[lang].as_ref(), lang, &dates);
        Row { article: id.clone(), pt: state(Lang::Pt), es: state(Lang::Es), en: state(Lang::En) }
    };
    Ok(cache.texts.iter().map(row).collect())
}

/// As recorded.
fn dates(cache: &SourceCache, article: &str) -> Dates {
    let recorded = |lang: Lang| Some(cache.records.good.as_ref()?.get(&format!("{article}/{}.md", lang.code()))?.day);
    PerLang(Lang::ALL.map(recorded))
}

fn state(entry: Option<&Entry>, lang: Lang, dates: &Dates) -> State {
    match entry.map(|entry| &entry.current) {
        None => State::Missing,
        Some(Err(_)) => State::Broken,
        Some(Ok(source)) if source.front.draft => State::Draft,
        Some(Ok(_)) if is_stale(lang, dates) => State::Stale,
        Some(Ok(_)) => State::Present,
    }
}

/// A text is behind when another language changed on a later day. Those of one day were changed together.
fn is_stale(lang: Lang, dates: &Dates) -> bool {
    dates[lang].is_some_and(|own| dates.0.iter().flatten().any(|other| *other > own))
}

/// The table for a terminal, with a line that counts.
pub fn as_text(rows: &[Row]) -> String {
    let width = rows.iter().map(|row| row.article.len()).max().unwrap_or_default().max("article".len());
    let mut text = format!("{:width$}  {:8} {:8} {}\n", "article", "pt", "es", "en");
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in rows {
        let [pt, es, en] = row.states().map(word);
        text.push_str(&format!("{:width$}  {pt:8} {es:8} {en}\n", row.article));
        for state in [pt, es, en] {
            *counts.entry(state).or_default() += 1;
        }
    }
    let counts: Vec<String> = counts.iter().map(|(state, count)| format!("{count} {state}")).collect();
    text + &format!("\n{} articles: {}.\n", rows.len(), counts.join(", "))
}

fn word(state: State) -> &'static str {
    match state {
        State::Present => "present",
        State::Missing => "missing",
        State::Stale => "stale",
        State::Draft => "draft",
        State::Broken => "broken",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_stale_when_another_changed_on_a_later_day() {
        let day = |text: &str| Some(text.parse().expect("a date"));
        let dates = PerLang([day("2027-01-10"), day("2027-01-12"), None]);
        assert!(is_stale(Lang::Pt, &dates));
        assert!(!is_stale(Lang::Es, &dates) && !is_stale(Lang::En, &dates));
        assert!(!is_stale(Lang::Pt, &PerLang([day("2027-01-10"), day("2027-01-10"), None])));
    }
}
