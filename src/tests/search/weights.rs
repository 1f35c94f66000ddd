//! The table that chose the knobs of the ranking by words: each knob turned by itself, on judged sets. No promise is checked here; it prints:
//!
//!     SETS=DIR cargo test --release --test integration -- --ignored --nocapture the_score_table_of_every_knob

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use ajuda::articles::model::{ArticleText, Passage};
use ajuda::i18n::Lang;
use ajuda::search::{HITS_MAX, Mode, Search, SearchRequest, Weights};
use serde_json::Value;

use super::{article, library, text};

struct Set {
    name: String,
    lang: Lang,
    search: Box<dyn Fn(Weights) -> Search>,
    /// Question, and the grades of the right documents.
    questions: Vec<(String, HashMap<String, f64>)>,
}

type Turn = (&'static str, f32, fn(&mut Weights, f32));

/// Name of the knob, value, and how it is turned.
const TURNS: [Turn; 25] = [
    ("as shipped", 0.0, |_, _| {}),
    ("title", 0.0, |weights, value| weights.title = value),
    ("title", 0.5, |weights, value| weights.title = value),
    ("title", 2.0, |weights, value| weights.title = value),
    ("pairs", 0.0, |weights, value| weights.pairs = value),
    ("pairs", 0.3, |weights, value| weights.pairs = value),
    ("grams", 0.0, |weights, value| weights.grams = value),
    ("grams", 0.1, |weights, value| weights.grams = value),
    ("grams", 0.3, |weights, value| weights.grams = value),
    ("correction", 0.0, |weights, value| weights.correction = value),
    ("correction", 0.8, |weights, value| weights.correction = value),
    ("correction", 1.0, |weights, value| weights.correction = value),
    ("first_letter", 0.0, |weights, value| weights.first_letter = value),
    ("first_letter", 1.0, |weights, value| weights.first_letter = value),
    ("corrections", 1.0, |weights, value| weights.corrections = value as usize),
    ("corrections", 5.0, |weights, value| weights.corrections = value as usize),
    ("completion", 0.0, |weights, value| weights.completion = value),
    ("completion", 0.3, |weights, value| weights.completion = value),
    ("completion_growth", 0.0, |weights, value| weights.completion_growth = value),
    ("completion_growth", 0.3, |weights, value| weights.completion_growth = value),
    ("completions", 0.0, |weights, value| weights.completions = value as usize),
    ("completions", 3.0, |weights, value| weights.completions = value as usize),
    ("completions", 10.0, |weights, value| weights.completions = value as usize),
    ("least_share", 0.0, |weights, value| weights.least_share = value),
    ("least_share", 0.3, |weights, value| weights.least_share = value),
];

fn lines(path: &Path) -> Vec<String> {
    std::fs::read_to_string(path).expect("a set").lines().map(str::to_owned).collect()
}

fn read(folder: &Path) -> Set {
    let json = |name: &str| lines(&folder.join(name)).iter().map(|line| serde_json::from_str(line).expect("JSON")).collect::<Vec<Value>>();
    let word = |value: &Value, key: &str| value[key].as_str().unwrap_or_default().to_owned();
    let documents = json("corpus.jsonl");
    let lang = Lang::parse(&word(&documents[0], "lang")).expect("a language");
    let articles = documents.iter().map(|document| {
        let body = word(document, "text").lines().collect::<Vec<_>>().join("\n");
        let whole =
            ArticleText { passages: vec![Passage { heading: None, text: body }], ..Arc::unwrap_or_clone(text(lang, &word(document, "title"), "")) };
        article(&format!("buyer/general/{}", word(document, "id")), vec![Arc::new(whole)])
    });
    let library = library(articles.collect());
    let mut grades: HashMap<String, HashMap<String, f64>> = HashMap::new();
    for line in lines(&folder.join("qrels.tsv")) {
        let parts: Vec<&str> = line.split('\t').collect();
        grades.entry(parts[0].to_owned()).or_default().insert(parts[1].to_owned(), parts[2].parse().expect("a grade"));
    }
    let questions =
        json("queries.jsonl").iter().filter_map(|question| Some((word(question, "text"), grades.remove(&word(question, "id"))?))).collect();
    let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
    Set { name, lang, questions, search: Box::new(move |weights| Search::build(&library, weights).expect("an index")) }
}

/// nDCG@10; of unfinished questions (`prefix_…`) the share with the right article among the first five.
fn score(set: &Set, weights: Weights) -> f64 {
    let search = (set.search)(weights);
    let gain = |grades: &[f64]| grades.iter().take(10).zip(2..).map(|(grade, place)| grade / f64::from(place).log2()).sum::<f64>();
    let scores = set.questions.iter().map(|(question, right)| {
        let ask = SearchRequest { limit: HITS_MAX, mode: Mode::Lexical, ..SearchRequest::new(question, set.lang) };
        let hits = search.answer(&ask).expect("an answer").hits;
        let found: Vec<f64> = hits.iter().map(|hit| right.get(hit.id.rsplit('/').next().unwrap_or_default()).copied().unwrap_or(0.0)).collect();
        let mut best: Vec<f64> = right.values().copied().collect();
        best.sort_by(|one, other| other.total_cmp(one));
        if set.name.starts_with("prefix_") { f64::from(u8::from(found.iter().take(5).any(|grade| *grade > 0.0))) } else { gain(&found) / gain(&best) }
    });
    scores.sum::<f64>() / set.questions.len() as f64
}

#[test]
#[ignore = "prints a table from judged sets that are not part of the project"]
fn the_score_table_of_every_knob() {
    #[expect(clippy::disallowed_methods, reason = "tests have no settings")]
    let folder = std::env::var("SETS").expect("SETS names a folder of judged sets");
    let mut folders: Vec<_> = std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path()).collect();
    folders.retain(|folder| folder.join("queries.jsonl").is_file());
    folders.sort();
    let sets: Vec<Set> = folders.iter().map(|folder| read(folder)).collect();
    eprintln!("| knob | value | {} |", sets.iter().map(|set| set.name.as_str()).collect::<Vec<_>>().join(" | "));
    for (name, value, turn) in TURNS {
        let mut weights = Weights::default();
        turn(&mut weights, value);
        let scores: Vec<String> = sets.iter().map(|set| format!("{:.4}", score(set, weights.clone()))).collect();
        eprintln!("| {name} | {value} | {} |", scores.join(" | "));
    }
}
