//! Learns the guard's weights from judged submissions, and says what such weights are worth on submissions that they did not see.
//!
//! - `ajuda-guard-train check SET…` learns from all sets but one, judges that one, and so on for each. Texts alone: no campaigns, no budgets.
//! - `ajuda-guard-train write OUT SET…` learns from all and writes the table.
//!
//! A set is a path without its beginning, as `benches/guard/a` for `bots-a.jsonl` and `people-a.jsonl` there. The same input gives the same bytes.

#[path = "../../../../src/tickets/guard/features.rs"]
mod features;
mod learn;
#[path = "../../../../src/tickets/guard/links.rs"]
mod links;
#[path = "../../../../src/tickets/guard/score.rs"]
mod score;
#[path = "../../../../src/tickets/guard/text.rs"]
mod text;
#[path = "../../../../src/tickets/guard/weights.rs"]
mod weights;

use std::error::Error;
use std::path::Path;
use std::process::ExitCode;

use serde_json::Value;

use learn::Example;
use score::{ASKED_FROM, HELD_FROM, Submission, is_too_fast, score};
use weights::Weights;

type Result<T> = std::result::Result<T, Box<dyn Error>>;

/// One judged submission.
struct One {
    set: usize,
    is_bot: bool,
    value: Value,
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
            seconds: self.value["seconds"].as_i64(),
        }
    }

    fn example(&self) -> Example {
        Example { places: features::places(&self.submission()), is_bot: self.is_bot }
    }
}

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let done = match args.as_slice() {
        ["check", sets @ ..] if sets.len() > 1 => check(sets),
        ["write", out, sets @ ..] if !sets.is_empty() => write(Path::new(out), sets),
        _ => Err("usage: ajuda-guard-train check SET SET…\n       ajuda-guard-train write OUT SET…".into()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("ajuda-guard-train: {error}");
            ExitCode::FAILURE
        }
    }
}

fn load(sets: &[&str]) -> Result<Vec<One>> {
    let mut all = Vec::new();
    for (set, path) in sets.iter().enumerate() {
        let (folder, name) = path.rsplit_once('/').unwrap_or((".", path));
        for (kind, is_bot) in [("bots", true), ("people", false)] {
            let file = format!("{folder}/{kind}-{name}.jsonl");
            let text = std::fs::read_to_string(&file).map_err(|error| format!("{file}: {error}"))?;
            for line in text.lines() {
                all.push(One { set, is_bot, value: serde_json::from_str(line)? });
            }
        }
    }
    Ok(all)
}

fn write(out: &Path, sets: &[&str]) -> Result<()> {
    let examples: Vec<Example> = load(sets)?.iter().map(One::example).collect();
    std::fs::write(out, learn::table(&examples))?;
    println!("{}: learned from {} submissions", out.display(), examples.len());
    Ok(())
}

fn check(sets: &[&str]) -> Result<()> {
    let all = load(sets)?;
    let mut judged: Vec<(i64, &One)> = Vec::new();
    for (set, path) in sets.iter().enumerate() {
        let others: Vec<Example> = all.iter().filter(|one| one.set != set).map(One::example).collect();
        let table = learn::table(&others);
        let weights = Weights::new(&table);
        let of_set: Vec<(i64, &One)> = all.iter().filter(|one| one.set == set).map(|one| (score(weights, &one.submission()).sum(), one)).collect();
        say(path, HELD_FROM, &of_set);
        judged.extend(of_set);
    }
    println!("all, by the points from which a message is kept aside:");
    for points in (HELD_FROM - 8..=HELD_FROM + 8).step_by(2) {
        say(&points.to_string(), points, &judged);
    }
    Ok(())
}

/// Caught are also those whose time or trap gives them away, and those who are asked to press once more and have no hand to do so.
fn say(name: &str, held_from: i64, judged: &[(i64, &One)]) {
    let is_caught = |points: i64, one: &One| {
        let seconds = one.value["seconds"].as_i64();
        points >= held_from || !one.text("homepage").is_empty() || seconds.map_or(points >= ASKED_FROM, is_too_fast)
    };
    let bots: Vec<_> = judged.iter().filter(|(_, one)| one.is_bot).collect();
    let people: Vec<_> = judged.iter().filter(|(_, one)| !one.is_bot).collect();
    let caught = bots.iter().filter(|(points, one)| is_caught(*points, one)).count();
    let held = people.iter().filter(|(points, _)| *points >= held_from).count();
    let asked = people.iter().filter(|(points, one)| one.value["seconds"].is_null() && (ASKED_FROM..held_from).contains(points)).count();
    println!(
        "{name:>20}  caught {caught:>3} of {:>3} ({:.1} %)   wrongly held {held:>2} of {:>3} ({:.1} %)   people asked {asked}",
        bots.len(),
        percent(caught, bots.len()),
        people.len(),
        percent(held, people.len())
    );
}

fn percent(part: usize, all: usize) -> f64 {
    part as f64 * 100.0 / all.max(1) as f64
}
