//! The search as the rest of the program sees it: ask, and be told.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::time::{Duration, Instant};

use super::contact;
use super::error::SearchError;
use super::index::Snapshot;
use super::model::{ELSEWHERE_MAX, HITS_MAX, Mode, QUERY_MAX_CHARS, SearchRequest};
use super::weights::Weights;
use crate::articles::model::{Article, ArticleId, Library};
use crate::i18n::Lang;
use crate::search::language_search::{ANSWERING_HITS, LanguageSearch};
use crate::search::semantic;
use crate::search::semantic::{Effort, Reading, SemanticModel};
use crate::turns::Turns;
use crate::values::Network;
use crate::wire::SearchAnswer;

/// With fewer good hits than this, other languages are searched too.
const GOOD_HITS_WANTED: usize = 3;
/// Questions of one network that wait or are answered. At a millisecond each nobody waits long.
const WAITING_MAX: usize = 200;
/// The model may keep a question waiting so long; then words alone answer.
const MODEL_MAX_WAIT: Duration = Duration::from_millis(300);
/// The same where the model was asked for by name.
const NAMED_MODEL_MAX_WAIT: Duration = Duration::from_secs(2);

/// As many questions at once as there are processors, half of them of one network.
fn turns() -> Turns<Network> {
    let processors = std::thread::available_parallelism().map_or(1, usize::from);
    Turns::new(processors, processors.div_ceil(2), WAITING_MAX)
}

/// A handle on the search; all clones share one index. Searching never waits for an update.
#[derive(Clone)]
pub struct Search {
    shared: Arc<Shared>,
}

struct Shared {
    weights: Weights,
    current: RwLock<Arc<Snapshot>>,
    /// Held during an update, so that two can't run into each other.
    updating: Mutex<()>,
    model: SemanticModel,
    turns: Turns<Network>,
}

impl Search {
    /// Indexes a library. Blocks for as long as that takes. The search goes by words until `read_with` has given it a model.
    pub fn build(library: &Library, weights: Weights) -> Result<Self, SearchError> {
        let current = RwLock::new(Arc::new(Snapshot::build(library)?));
        Ok(Self { shared: Arc::new(Shared { weights, current, updating: Mutex::new(()), model: SemanticModel::default(), turns: turns() }) })
    }

    /// Takes over a changed library: only texts that differ are indexed again. Blocks for as long as that takes; searches go on meanwhile,
    /// over the old library. After an error the old one stays.
    pub fn update(&self, library: &Library) -> Result<(), SearchError> {
        let _one_at_a_time = self.shared.updating.lock().unwrap_or_else(PoisonError::into_inner);
        let next = Arc::new(self.snapshot().updated(library)?);
        *self.shared.current.write().unwrap_or_else(PoisonError::into_inner) = next;
        self.shared.model.wake();
        Ok(())
    }

    /// Loads a model in the background and reads the articles with it, at once and after every update, until the returned value is dropped.
    /// `data`: the folder that keeps what was read. `on_read` is called each time that something new can be found. A model that can't be
    /// used is logged, and the search goes on by words.
    pub fn read_with(&self, model: PathBuf, data: PathBuf, effort: Effort, on_read: impl Fn() + Send + 'static) -> std::io::Result<Reading> {
        semantic::start(self.clone(), model, data, effort, on_read)
    }

    /// What the search knows of meaning, and how far its reading is.
    pub fn model(&self) -> &SemanticModel {
        &self.shared.model
    }

    /// The language of readers who name none.
    pub fn default_lang(&self) -> Lang {
        self.snapshot().default_lang
    }

    /// Whether a section of this folder name exists.
    pub fn has_section(&self, id: &str) -> bool {
        self.snapshot().sections.iter().any(|section| section == id)
    }

    pub(super) fn snapshot(&self) -> Arc<Snapshot> {
        self.shared.current.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The same as [`Self::ask`] for somebody of a network, after those of the same network who asked before. [`SearchError::Busy`] where they are
    /// many.
    pub async fn ask_from(&self, ask: &SearchRequest<'_>, from: Network) -> Result<SearchAnswer, SearchError> {
        let _turn = self.shared.turns.wait(from).await.ok_or(SearchError::Busy)?;
        self.ask(ask).await
    }

    /// Answers a question by words and meaning, or by words alone where the model is absent, slow or not wanted; the answer says which.
    /// Never keeps the caller's thread from other work.
    pub async fn ask(&self, ask: &SearchRequest<'_>) -> Result<SearchAnswer, SearchError> {
        let wait = match ask.mode {
            Mode::Lexical => return self.answer_apart(ask).await,
            Mode::Default => MODEL_MAX_WAIT,
            Mode::Hybrid => NAMED_MODEL_MAX_WAIT,
        };
        if !self.model().is_ready() {
            return self.answer_apart(&SearchRequest { mode: Mode::Lexical, ..*ask }).await;
        }
        let (search, query, section) = (self.clone(), ask.query.to_owned(), ask.section.map(str::to_owned));
        let (lang, limit) = (ask.lang, ask.limit);
        let by_meaning = async {
            let turn = self.model().turn().await?;
            let answer = move || {
                let answer = search.answer(&SearchRequest { query: &query, lang, section: section.as_deref(), limit, mode: Mode::Hybrid });
                // Not before: a question that nobody waits for any more is still being read.
                drop(turn);
                answer
            };
            tokio::task::spawn_blocking(answer).await.ok()
        };
        match tokio::time::timeout(wait, by_meaning).await {
            Ok(Some(answer)) => answer,
            _ => self.answer_apart(&SearchRequest { mode: Mode::Lexical, ..*ask }).await,
        }
    }

    /// By words, on a thread apart from those that answer readers.
    async fn answer_apart(&self, ask: &SearchRequest<'_>) -> Result<SearchAnswer, SearchError> {
        let (search, query, section) = (self.clone(), ask.query.to_owned(), ask.section.map(str::to_owned));
        let (lang, limit, mode) = (ask.lang, ask.limit, ask.mode);
        let answer = move || search.answer(&SearchRequest { query: &query, lang, section: section.as_deref(), limit, mode });
        tokio::task::spawn_blocking(answer).await.map_err(|_| SearchError::Ended)?
    }

    /// Other articles on what an article says, nearest first: by meaning where it has been read, else by the words of its title.
    pub fn related(&self, article: &Article, title: &str, lang: Lang, most: usize) -> Vec<ArticleId> {
        let snapshot = self.snapshot();
        let (index, tables) = (&snapshot.langs[lang], snapshot.tables());
        let key = index.entries.iter().position(|entry| entry.as_ref().is_some_and(|entry| entry.article.id == article.id));
        if let Some(key) = key.filter(|_| tables[lang].is_usable()) {
            return tables[lang].nearest(key, most).into_iter().filter_map(|key| Some(index.entry(key)?.article.id.clone())).collect();
        }
        let ask = SearchRequest { query: title, lang, section: None, limit: most + 1, mode: Mode::Lexical };
        let hits = self.answer(&ask).map(|answer| answer.hits).unwrap_or_default();
        hits.into_iter().map(|hit| ArticleId(hit.id.into())).filter(|id| *id != article.id).take(most).collect()
    }

    /// Answers a question on the caller's thread. Any text is one; an unknown section holds nothing.
    pub fn answer(&self, ask: &SearchRequest) -> Result<SearchAnswer, SearchError> {
        let started = Instant::now();
        let snapshot = self.snapshot();
        let query = cut(ask.query);
        let limit = ask.limit.clamp(1, HITS_MAX);
        let mut own = LanguageSearch::new(&snapshot, ask.lang, query, &self.shared.weights)?;
        let corrected = own.corrected();
        let did_you_mean = own.did_you_mean(&corrected);
        let asked = (ask.mode != Mode::Lexical && own.has_words()).then(|| self.model().read(&own.meant(did_you_mean.as_deref()))).flatten();
        let is_hybrid = own.rank(asked.as_deref());
        let sections = own.section_counts();
        own.keep_section(ask.section);
        let answer = if is_hybrid { own.instant_answer() } else { None };
        let (mut hits, good) = own.hits(limit.max(ANSWERING_HITS), false);
        hits.truncate(limit);
        let mut elsewhere = Vec::new();
        if good < GOOD_HITS_WANTED.min(limit) {
            for lang in Lang::ALL.into_iter().filter(|lang| *lang != ask.lang) {
                let mut other = LanguageSearch::new(&snapshot, lang, query, &self.shared.weights)?;
                other.rank(asked.as_deref());
                other.keep_section(ask.section);
                elsewhere.extend(other.hits(ELSEWHERE_MAX, true).0);
            }
            // What is no hit in a language that has good ones is none in another language either.
            elsewhere.retain(|other| if good > 0 { !own.holds(&other.id) } else { hits.iter().all(|hit| hit.id != other.id) });
            elsewhere.sort_by(|one, other| other.score.total_cmp(&one.score));
            elsewhere.truncate(ELSEWHERE_MAX);
        }
        Ok(SearchAnswer {
            token: String::new(),
            query: query.to_owned(),
            lang: ask.lang.code().to_owned(),
            mode_used: if is_hybrid { "hybrid" } else { "lexical" }.to_owned(),
            total: u32::try_from(own.ranked.len()).unwrap_or(u32::MAX),
            took_us: u32::try_from(started.elapsed().as_micros()).unwrap_or(u32::MAX),
            contact: contact::is_asked(ask.lang, query).then(|| contact::card(ask.lang)),
            closest_only: answer.is_none() && !own.is_answered && !hits.is_empty(),
            answer,
            hits,
            elsewhere,
            did_you_mean,
            corrected: corrected.into_iter().map(|(_, correction)| correction).collect(),
            sections,
        })
    }
}

/// The first characters of a question, as many as are read.
fn cut(query: &str) -> &str {
    query.char_indices().nth(QUERY_MAX_CHARS).map_or(query, |(end, _)| &query[..end])
}
