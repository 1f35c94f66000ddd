//! Learns the weights of the spam check from judged submissions, and says what such weights are worth on submissions that they did not see.
//!
//! - `ajuda-spam-train check MODEL SET…` learns from all sets but one, judges that one, and so on for each. Texts alone: no campaigns, no budgets.
//! - `ajuda-spam-train write FOLDER MODEL SET…` learns from all and writes both tables.
//!
//! A set is a path without its beginning, as `benches/spam/a` for `bots-a.jsonl` and `people-a.jsonl` there. MODEL is the search's model.
//! The same input gives the same bytes for words; what the model reads differs in the last digits between processors.

#[path = "../../../../src/spam/features.rs"]
mod features;
mod learn;
#[path = "../../../../src/spam/links.rs"]
mod links;
#[path = "../../../../src/spam/score.rs"]
mod score;
#[path = "../../../../src/spam/semantic.rs"]
mod semantic;
#[path = "../../../../src/spam/submission.rs"]
mod submission;
#[path = "../../../../src/spam/text.rs"]
mod text;
#[path = "../../../../src/spam/weights.rs"]
mod weights;
#[path = "."]
mod values {
    #[path = "../../../../src/values/fold.rs"]
    mod fold;
    pub(crate) use fold::fold;
}

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use ajuda_embedding::{Encoder, Kind};
use serde_json::Value;

use learn::Example;
use score::{ASKED_FROM, QUARANTINED_FROM, is_too_fast, points_of, score};
use submission::Submission;
use weights::Weights;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// Submissions that the model reads at once.
const BATCH: usize = 8;

/// One judged submission.
struct One {
    set: usize,
    value: Value,
    example: Example,
}

/// Points by words alone, and with what is meant.
#[derive(Clone, Copy)]
struct Points {
    words: i64,
    both: i64,
}

impl One {
    fn text(&self, key: &str) -> &str {
        self.value[key].as_str().unwrap_or_default()
    }

    fn submission(&self) -> Submission<'_> {
        Submission {
            subject: self.text("subject"),
            name: self.text("name"),
            email: self.text("email"),
            message: self.text("message"),
            reason: self.text("reason"),
            has_code: !self.text("code").is_empty(),
            trapped: false,
            seconds: self.value["seconds"].as_i64(),
        }
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["check", model, sets @ ..] if sets.len() > 1 => check(Path::new(model), sets),
        ["write", folder, model, sets @ ..] if !sets.is_empty() => write(Path::new(folder), Path::new(model), sets),
        _ => Err("usage: ajuda-spam-train check MODEL SET SET…\n       ajuda-spam-train write FOLDER MODEL SET…".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ajuda-spam-train: {error}");
            ExitCode::FAILURE
        }
    }
}

fn load(model: &Path, sets: &[&str]) -> Result<Vec<One>> {
    let mut all = Vec::new();
    for (set, path) in sets.iter().enumerate() {
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        for (kind, is_bot) in [("bots", true), ("people", false)] {
            let file = format!("{folder}/{kind}-{name}.jsonl");
            let text = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
            for line in text.lines() {
                let mut one = One { set, value: serde_json::from_str(line)?, example: Example { places: Vec::new(), waves: Vec::new(), is_bot } };
                one.example.places = features::places(&one.submission());
                all.push(one);
            }
        }
    }
    understand(model, &mut all)?;
    Ok(all)
}

fn understand(model: &Path, all: &mut [One]) -> Result<()> {
    let model = Encoder::load(model)?;
    // The model is as slow as the longest of a batch.
    let mut order: Vec<&mut One> = all.iter_mut().collect();
    order.sort_by_key(|one| one.text("message").len());
    for batch in order.chunks_mut(BATCH) {
        let texts: Vec<String> = batch.iter().map(|one| semantic::text(one.text("subject"), one.text("message"))).collect();
        for (one, numbers) in batch.iter_mut().zip(model.embed(Kind::Query, &texts)) {
            one.example.waves = semantic::waves(&numbers);
        }
    }
    Ok(())
}

fn write(folder: &Path, model: &Path, sets: &[&str]) -> Result<()> {
    let all = load(model, sets)?;
    let examples: Vec<&Example> = all.iter().map(|one| &one.example).collect();
    std::fs::write(folder.join("weights.bin"), learn::words(&examples))?;
    std::fs::write(folder.join("semantic.bin"), learn::meaning(&examples))?;
    println!("{}: learned from {} submissions", folder.display(), examples.len());
    Ok(())
}

fn check(model: &Path, sets: &[&str]) -> Result<()> {
    let all = load(model, sets)?;
    let mut judged: Vec<(Points, &One)> = Vec::new();
    for (set, path) in sets.iter().enumerate() {
        let others: Vec<&Example> = all.iter().filter(|one| one.set != set).map(|one| &one.example).collect();
        let (words, meaning) = (learn::words(&others), learn::meaning(&others));
        let weights = Weights::new(&words);
        let points = |one: &One| {
            let words = score(weights, &one.submission()).sum();
            Points { words, both: words + points_of(semantic::sum(&meaning, &one.example.waves)) }
        };
        let of_set: Vec<(Points, &One)> = all.iter().filter(|one| one.set == set).map(|one| (points(one), one)).collect();
        say(&format!("{path} by words"), QUARANTINED_FROM, &of_set, |points| points.words);
        say("with meaning", QUARANTINED_FROM, &of_set, |points| points.both);
        judged.extend(of_set);
    }
    println!("all, by the points from which a message is quarantined:");
    for points in (QUARANTINED_FROM - 8..=QUARANTINED_FROM + 8).step_by(4) {
        say(&format!("{points} by words"), points, &judged, |points| points.words);
        say("with meaning", points, &judged, |points| points.both);
    }
    Ok(())
}

/// Caught are also those whose time or trap gives them away, and those who are asked to press once more and have no hand to do so.
fn say(name: &str, quarantined_from: i64, judged: &[(Points, &One)], of: impl Fn(Points) -> i64) {
    let judged: Vec<(i64, &One)> = judged.iter().map(|(points, one)| (of(*points), *one)).collect();
    let is_caught = |points: i64, one: &One| {
        let seconds = one.value["seconds"].as_i64();
        points >= quarantined_from || !one.text("homepage").is_empty() || seconds.map_or(points >= ASKED_FROM, is_too_fast)
    };
    let bots: Vec<_> = judged.iter().filter(|(_, one)| one.example.is_bot).collect();
    let people: Vec<_> = judged.iter().filter(|(_, one)| !one.example.is_bot).collect();
    let caught = bots.iter().filter(|(points, one)| is_caught(*points, one)).count();
    let quarantined = people.iter().filter(|(points, _)| *points >= quarantined_from).count();
    let asked = people.iter().filter(|(points, one)| one.value["seconds"].is_null() && (ASKED_FROM..quarantined_from).contains(points)).count();
    println!(
        "{name:>28}  caught {caught:>3} of {:>3} ({:.1} %)   wrongly quarantined {quarantined:>2} of {:>3} ({:.1} %)   people asked {asked}",
        bots.len(),
        percent(caught, bots.len()),
        people.len(),
        percent(quarantined, people.len())
    );
}

fn percent(part: usize, all: usize) -> f64 {
    part as f64 * 100.0 / all.max(1) as f64
}
