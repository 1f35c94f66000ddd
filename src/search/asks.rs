//! `ajuda check --asks`: whether the questions that articles list in `asks` find them.

use std::fmt;
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::error::SearchError;
use super::model::{Mode, SearchRequest};
use super::{Effort, Search, Weights};
use crate::articles::model::Library;
use crate::i18n::{Lang, PerLang};

/// A question is answered when its article is among so many first ones.
const FIRST: usize = 3;
/// What share of the questions of a language must be answered: by words alone, and with meaning. As asked for, not as measured.
const GOAL_BY_WORDS: f64 = 0.92;
const GOAL_WITH_MEANING: f64 = 0.97;
/// With fewer questions one miss decides, and the goals say nothing.
const QUESTIONS_MIN: usize = 10;
const LOOK_EVERY: Duration = Duration::from_millis(100);

/// A way of searching, measured.
#[derive(Debug)]
pub struct Measured {
    mode: Mode,
    langs: PerLang<Score>,
    misses: Vec<Miss>,
}

#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
struct Score {
    questions: usize,
    first: usize,
    among_three: usize,
}

#[derive(Debug)]
struct Miss {
    file: String,
    question: String,
    /// Ids of the articles found instead, best first.
    found: Vec<String>,
}

/// All that was asked; `meaning` is absent where there is no model.
#[derive(Debug)]
pub struct AskReport {
    root: PathBuf,
    words: Measured,
    meaning: Option<Measured>,
}

impl AskReport {
    /// Whether a language lies below a goal.
    pub fn failed(&self) -> bool {
        std::iter::once(&self.words).chain(&self.meaning).any(|measured| Lang::ALL.into_iter().any(|lang| measured.is_below_goal(lang)))
    }
}

impl Measured {
    fn goal(&self) -> f64 {
        if self.mode == Mode::Lexical { GOAL_BY_WORDS } else { GOAL_WITH_MEANING }
    }

    fn is_below_goal(&self, lang: Lang) -> bool {
        let score = self.langs[lang];
        score.questions >= QUESTIONS_MIN && (score.among_three as f64) < self.goal() * score.questions as f64
    }
}

impl fmt::Display for AskReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for measured in std::iter::once(&self.words).chain(&self.meaning) {
            let name = if measured.mode == Mode::Lexical { "by words" } else { "with meaning" };
            for miss in &measured.misses {
                let found = if miss.found.is_empty() { "nothing".to_owned() } else { miss.found.join(", ") };
                writeln!(f, "{}: {name}, \"{}\" finds {found}", self.root.join(&miss.file).display(), miss.question)?;
            }
            for lang in Lang::ALL.into_iter().filter(|lang| measured.langs[*lang].questions > 0) {
                let Score { questions, first, among_three } = measured.langs[lang];
                let percent = |part: usize| 100.0 * part as f64 / questions as f64;
                let verdict = if measured.is_below_goal(lang) { "below the goal" } else { "goal" };
                writeln!(
                    f,
                    "{name}, {}: {questions} questions, {:.1} % first, {:.1} % among the first three ({verdict} {:.0} %)",
                    lang.code(),
                    percent(first),
                    percent(among_three),
                    100.0 * measured.goal()
                )?;
            }
        }
        if self.meaning.is_none() {
            writeln!(f, "There is no model, so only words were tried. `ajuda model` tells how to get it.")?;
        }
        Ok(())
    }
}

/// Asks every question of every article by words and, where the model is, with meaning. Blocks until the model has read all articles; what it
/// read is kept in the data folder.
pub fn run(library: &Library, root: &Path, model: Option<PathBuf>, data: &Path) -> Result<AskReport, SearchError> {
    let search = Search::build(library, Weights::default())?;
    let words = measure(&search, library, Mode::Lexical)?;
    let meaning = match model {
        Some(model) => {
            let reading = search.read_with(model, data.to_owned(), Effort::Full, || {});
            while reading.is_ok() && search.model().pending() > 0 {
                std::thread::sleep(LOOK_EVERY);
            }
            search.model().is_ready().then(|| measure(&search, library, Mode::Hybrid)).transpose()?
        }
        None => None,
    };
    Ok(AskReport { root: root.to_owned(), words, meaning })
}

/// Does the same for every item; the results are in the order of the items. Not on rayon's threads: a question waits for the model's, and a
/// thread of rayon would begin another question meanwhile, one inside the other.
fn on_all_cores<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> Result<R, SearchError> + Sync) -> Result<Vec<R>, SearchError> {
    let workers = std::thread::available_parallelism().map_or(1, usize::from);
    let work = &work;
    std::thread::scope(|scope| {
        let chunks = items.chunks(items.len().div_ceil(workers).max(1));
        let threads: Vec<_> = chunks.map(|chunk| scope.spawn(move || chunk.iter().map(work).collect::<Result<Vec<R>, SearchError>>())).collect();
        let mut done = Vec::with_capacity(items.len());
        for thread in threads {
            done.extend(thread.join().map_err(|_| SearchError::Build)??);
        }
        Ok(done)
    })
}

fn measure(search: &Search, library: &Library, mode: Mode) -> Result<Measured, SearchError> {
    let mut articles: Vec<_> = library.articles.values().collect();
    articles.sort_by(|one, other| one.id.cmp(&other.id));
    let texts = articles.iter().flat_map(|article| article.texts.0.iter().flatten().map(move |text| (article, text)));
    let asked: Vec<_> = texts.flat_map(|(article, text)| text.asks.iter().map(move |question| (article.id.as_str(), text.lang, question))).collect();
    let ask = |(_, lang, question): &(&str, Lang, &String)| {
        let answer = search.answer(&SearchRequest { query: question, lang: *lang, section: None, limit: FIRST, mode })?;
        Ok(answer.hits.into_iter().map(|hit| hit.id).collect::<Vec<String>>())
    };
    let found = on_all_cores(&asked, ask)?;
    let mut measured = Measured { mode, langs: PerLang::default(), misses: Vec::new() };
    for ((article, lang, question), found) in asked.into_iter().zip(found) {
        let place = found.iter().position(|id| id == article);
        let score = &mut measured.langs[lang];
        score.questions += 1;
        score.first += usize::from(place == Some(0));
        score.among_three += usize::from(place.is_some());
        if place.is_none() {
            measured.misses.push(Miss { file: format!("{article}/{}.md", lang.code()), question: question.clone(), found });
        }
    }
    Ok(measured)
}
