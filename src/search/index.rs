//! The index in memory: one tantivy index for each language, so that word statistics are those of the language.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock};

use tantivy::directory::RamDirectory;
use tantivy::index::SegmentId;
use tantivy::merge_policy::NoMergePolicy;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Index, IndexReader, IndexWriter, ReloadPolicy, Searcher, SingleSegmentIndexWriter, TERMINATED, TantivyDocument, Term};

use super::error::SearchError;
use super::groups::each_group;
use super::schema::{Fields, KEY, document, parts, same_words, schema, tokenizers};
use crate::articles::model::{Article, ArticleId, ArticleText, Library};
use crate::i18n::{Lang, PerLang};
use crate::search::semantic::Table;
use crate::search::tuning::Tuning;

/// Memory that tantivy may fill before it writes a segment, for a change of some articles.
const UPDATE_BUDGET_BYTES: usize = 15_000_000;
/// Sizes the hash tables of a whole build, for each thread that works on it.
const BUILD_BUDGET_BYTES: usize = 150_000_000;
/// With fewer articles in a language one thread builds its index: starting several would cost more than they save.
const SHARED_BUILD_MIN_ARTICLES: usize = 2_000;
const BUILD_MAX_THREADS: usize = 4;
/// When articles taken out or put in since the last build reach this share of all, the index is built anew.
const UPDATE_MAX_SHARE: f32 = 0.25;

/// All that a search reads, as of one library.
pub(super) struct Snapshot {
    pub(super) default_lang: Lang,
    pub(super) langs: PerLang<LangIndex>,
    /// Section ids in their order.
    pub(super) sections: Vec<String>,
    /// Titles of sections by id, of topics by `section/topic`.
    pub(super) titles: HashMap<String, PerLang<String>>,
    pub(super) tuning: PerLang<Tuning>,
    /// What the model says of the articles, as far as it has read them.
    tables: RwLock<Arc<PerLang<Table>>>,
}

/// One language's articles.
pub(super) struct LangIndex {
    pub(super) lang: Lang,
    pub(super) fields: Fields,
    pub(super) searcher: Searcher,
    /// By key; none where an article was taken out.
    pub(super) entries: Vec<Option<Entry>>,
    /// How many articles the last build held; entries from there on were put in since.
    built: usize,
    /// What the last build wrote.
    built_segments: Arc<[SegmentId]>,
    index: Index,
    reader: IndexReader,
}

#[derive(Clone)]
pub(super) struct Entry {
    pub(super) article: Arc<Article>,
    pub(super) text: Arc<ArticleText>,
    /// Place of its section among the sections.
    pub(super) section: usize,
}

impl Entry {
    fn new(library: &Library, article: &Arc<Article>, text: &Arc<ArticleText>) -> Self {
        let section = library.sections.iter().position(|section| section.id == article.section).unwrap_or(library.sections.len());
        Self { article: article.clone(), text: text.clone(), section }
    }
}

impl Snapshot {
    pub(super) fn build(library: &Library) -> Result<Self, SearchError> {
        Self::with_langs(library, |lang| LangIndex::build(lang, library))
    }

    /// The same for a changed library; only texts that differ are indexed again.
    pub(super) fn updated(&self, library: &Library) -> Result<Self, SearchError> {
        Self::with_langs(library, |lang| self.langs[lang].updated(library))
    }

    /// Works on all languages at once, each in a thread of its own.
    fn with_langs(library: &Library, make: impl Fn(Lang) -> Result<LangIndex, SearchError> + Sync) -> Result<Self, SearchError> {
        let made = std::thread::scope(|scope| {
            let make = &make;
            Lang::ALL.map(|lang| scope.spawn(move || make(lang))).map(|thread| thread.join().unwrap_or(Err(SearchError::Build)))
        });
        let [pt, es, en] = made;
        let mut titles = HashMap::new();
        for section in &library.sections {
            titles.insert(section.id.clone(), PerLang(Lang::ALL.map(|lang| section.texts[lang].title.clone())));
            for topic in &section.topics {
                titles.insert(format!("{}/{}", section.id, topic.id), PerLang(Lang::ALL.map(|lang| topic.texts[lang].title.clone())));
            }
        }
        let sections = library.sections.iter().map(|section| section.id.clone()).collect();
        Ok(Self {
            default_lang: library.default_lang,
            langs: PerLang([pt?, es?, en?]),
            sections,
            titles,
            tuning: Tuning::of(library),
            tables: RwLock::default(),
        })
    }
}

impl Snapshot {
    pub(super) fn tables(&self) -> Arc<PerLang<Table>> {
        self.tables.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_tables(&self, tables: PerLang<Table>) {
        *self.tables.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(tables);
    }
}

impl LangIndex {
    fn build(lang: Lang, library: &Library) -> Result<Self, SearchError> {
        let (schema, fields) = schema();
        let mut articles: Vec<&Arc<Article>> = library.articles.values().filter(|article| article.texts[lang].is_some()).collect();
        articles.sort_by(|one, other| one.id.cmp(&other.id));
        let entries: Vec<Option<Entry>> = articles.iter().map(|article| Some(Entry::new(library, article, article.texts[lang].as_ref()?))).collect();
        let documents = entries.iter().flatten().zip(0..).map(|(entry, key)| document(fields, key, &entry.text));
        let builder = Index::builder().schema(schema).tokenizers(tokenizers(lang));
        let threads = std::thread::available_parallelism().map_or(1, usize::from).min(BUILD_MAX_THREADS);
        let mut index = if entries.len() < SHARED_BUILD_MIN_ARTICLES || threads == 1 {
            let mut writer: SingleSegmentIndexWriter = builder.single_segment_index_writer(RamDirectory::create(), BUILD_BUDGET_BYTES)?;
            documents.into_iter().try_for_each(|document| writer.add_document(document))?;
            writer.finalize()?
        } else {
            let index = builder.create_in_ram()?;
            write_with_threads(&index, threads, documents)?;
            index
        };
        index.set_tokenizers(tokenizers(lang));
        let built_segments = index.searchable_segment_ids()?.into();
        let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { lang, fields, searcher: reader.searcher(), built: entries.len(), built_segments, entries, index, reader })
    }

    fn updated(&self, library: &Library) -> Result<Self, SearchError> {
        let mut entries = vec![None; self.entries.len()];
        let mut kept: HashSet<&ArticleId> = HashSet::new();
        let mut removed = Vec::new();
        for (key, entry) in self.entries.iter().enumerate().filter_map(|(key, entry)| Some((key, entry.as_ref()?))) {
            match library.articles.get(&entry.article.id).and_then(|article| Some((article, article.texts[self.lang].as_ref()?))) {
                Some((article, text)) if Arc::ptr_eq(text, &entry.text) || same_words(text, &entry.text) => {
                    kept.insert(&article.id);
                    entries[key] = Some(Entry::new(library, article, text));
                }
                _ => removed.push(key),
            }
        }
        let mut added = Vec::new();
        for article in library.articles.values().filter(|article| !kept.contains(&article.id)) {
            if let Some(text) = &article.texts[self.lang] {
                added.push((entries.len(), text));
                entries.push(Some(Entry::new(library, article, text)));
            }
        }
        let put_in = entries.len() - self.built;
        let taken_out = entries.len() - kept.len() - added.len();
        if (put_in + taken_out) as f32 > UPDATE_MAX_SHARE * kept.len() as f32 {
            return Self::build(self.lang, library);
        }
        if !added.is_empty() || !removed.is_empty() {
            self.write(&removed, &added)?;
        }
        let (index, reader) = (self.index.clone(), self.reader.clone());
        let built_segments = self.built_segments.clone();
        Ok(Self { lang: self.lang, fields: self.fields, searcher: reader.searcher(), entries, built: self.built, built_segments, index, reader })
    }

    /// Takes articles out of the index and puts others in. Searches that hold the searcher from before see nothing of it.
    /// What was put in since the last build is kept together in one segment beside the large ones, so that neither updates nor searches slow down.
    fn write(&self, removed: &[usize], added: &[(usize, &Arc<ArticleText>)]) -> Result<(), SearchError> {
        let mut writer: IndexWriter = self.index.writer_with_num_threads(1, UPDATE_BUDGET_BYTES)?;
        writer.set_merge_policy(Box::new(NoMergePolicy));
        for key in removed {
            writer.delete_term(Term::from_field_u64(self.fields.key, *key as u64));
        }
        for (key, text) in added {
            writer.add_document(document(self.fields, *key as u64, text))?;
        }
        writer.commit()?;
        let since: Vec<SegmentId> = self.index.searchable_segment_ids()?.into_iter().filter(|id| !self.built_segments.contains(id)).collect();
        if since.len() > 1 {
            writer.merge(&since).wait()?;
        }
        self.reader.reload()?;
        Ok(())
    }

    /// How rare a stem, or two in a row, is: from near 0 for one that every article holds, to the highest for one that none does.
    pub(super) fn rarity(&self, stem: &str) -> Result<f32, SearchError> {
        let field = if stem.contains(' ') { self.fields.pairs } else { self.fields.merged };
        let holding = self.searcher.doc_freq(&Term::from_field_text(field, stem))? as f32;
        let all = self.searcher.total_num_docs()? as f32;
        Ok((1.0 + (all - holding + 0.5) / (holding + 0.5)).ln())
    }

    /// Whether any article holds a stem.
    pub(super) fn knows(&self, stem: &str) -> Result<bool, SearchError> {
        Ok(self.searcher.doc_freq(&Term::from_field_text(self.fields.merged, stem))? > 0)
    }

    /// In how many articles two stems stand in a row, one space between them.
    pub(super) fn in_a_row(&self, stems: &str) -> Result<u64, SearchError> {
        Ok(self.searcher.doc_freq(&Term::from_field_text(self.fields.pairs, stems))?)
    }

    /// Whether any article writes a stem with a hyphen inside.
    pub(super) fn is_hyphenated(&self, stem: &str) -> Result<bool, SearchError> {
        Ok(self.in_a_row(&format!("-{stem}"))? > 0)
    }

    /// Whether any article holds a folded word as it is.
    pub(super) fn holds_form(&self, form: &str) -> Result<bool, SearchError> {
        Ok(self.searcher.doc_freq(&Term::from_field_text(self.fields.forms, form))? > 0)
    }

    /// A folded word as an article writes it, in lower case and with its accents.
    pub(super) fn as_written(&self, form: &str) -> Option<String> {
        let term = Term::from_field_text(self.fields.forms, form);
        for segment in self.searcher.segment_readers() {
            let keys = segment.fast_fields().u64(KEY).ok()?.first_or_default_col(0);
            let mut postings = segment.inverted_index(self.fields.forms).ok()?.read_postings(&term, IndexRecordOption::Basic).ok()??;
            while postings.doc() != TERMINATED {
                if let Some(entry) = self.entry(keys.get_val(postings.doc()) as usize) {
                    return spelling(&entry.text, form);
                }
                postings.advance();
            }
        }
        None
    }

    pub(super) fn entry(&self, key: usize) -> Option<&Entry> {
        self.entries.get(key)?.as_ref()
    }
}

/// Shares the work among threads; each leaves segments of its own. Joining these into one would take as long as all threads saved.
fn write_with_threads(index: &Index, threads: usize, documents: impl Iterator<Item = TantivyDocument>) -> Result<(), SearchError> {
    let mut writer: IndexWriter = index.writer_with_num_threads(threads, threads * BUILD_BUDGET_BYTES)?;
    writer.set_merge_policy(Box::new(NoMergePolicy));
    for document in documents {
        writer.add_document(document)?;
    }
    writer.commit()?;
    Ok(())
}

/// The first word of an article with this folded form.
fn spelling(text: &ArticleText, form: &str) -> Option<String> {
    parts(text).find_map(|part| {
        let mut found = None;
        each_group(part, |words, joined| {
            let whole = words.first().zip(words.last()).filter(|_| joined == Some(form)).map(|(first, last)| first.place.start..last.place.end);
            let place = whole.or_else(|| Some(words.iter().find(|word| word.form == form)?.place.clone()));
            if found.is_none() {
                found = place.map(|place| part[place].to_lowercase());
            }
        });
        found
    })
}
