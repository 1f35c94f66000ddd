//! A chart as an author writes it: a line for each box, and below it a line for each arrow, `-> Box: when`.

use super::{Arrow, BOXES_MAX, BoxKind, Chart, ChartBox};
use crate::articles::text::quoted;

const TITLE_MAX_CHARS: usize = 60;
const LABEL_MAX_CHARS: usize = 60;

/// What is wrong with a chart, and how to fix it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ChartProblem {
    /// Counted from 0 within the block.
    pub(crate) line: usize,
    pub(crate) what: String,
    pub(crate) fix: String,
}

fn problem(line: usize, what: impl Into<String>, fix: impl Into<String>) -> ChartProblem {
    ChartProblem { line, what: what.into(), fix: fix.into() }
}

/// Reads the text of a block. Boxes may be pointed to before they come.
pub(crate) fn parse(text: &str) -> Result<Chart, ChartProblem> {
    let mut boxes: Vec<ChartBox> = Vec::new();
    let mut pending: Vec<(usize, usize, &str, &str)> = Vec::new();
    for (line, written) in text.lines().enumerate().map(|(line, written)| (line, written.trim())).filter(|(_, written)| !written.is_empty()) {
        if let Some(arrow) = written.strip_prefix("->") {
            let from = boxes.len().checked_sub(1).ok_or_else(|| problem(line, "An arrow comes before any box.", "Write the box's name above it."))?;
            let (to, label) = arrow.split_once(':').unwrap_or((arrow, ""));
            check_length(line, label.trim(), LABEL_MAX_CHARS)?;
            pending.push((line, from, to.trim(), label.trim()));
            continue;
        }
        check_length(line, written, TITLE_MAX_CHARS)?;
        if boxes.iter().any(|known| known.title == written) {
            return Err(problem(line, format!("The box {} appears twice.", quoted(written)), "Put all its arrows below the first one."));
        }
        if boxes.len() == BOXES_MAX {
            return Err(problem(line, format!("The chart has more than {BOXES_MAX} boxes."), "Split it."));
        }
        boxes.push(ChartBox { title: written.to_owned(), kind: BoxKind::Plain, anchor: None, arrows: Vec::new() });
    }
    if boxes.len() < 2 {
        return Err(problem(0, "The chart has less than two boxes.", "Write each on a line, and its arrows below it: -> Box: when."));
    }
    for (line, from, to, label) in pending {
        let Some(to) = boxes.iter().position(|known| known.title == to) else {
            return Err(problem(line, format!("There is no box {}.", quoted(to)), "Write the name exactly as on the box's own line."));
        };
        if to == from || boxes[from].arrows.iter().any(|arrow| arrow.to == to) {
            return Err(problem(line, "The arrow leads where it comes from, or appears twice.", "Delete it."));
        }
        boxes[from].arrows.push(Arrow { to, label: label.to_owned() });
    }
    Ok(Chart { boxes })
}

fn check_length(line: usize, text: &str, max: usize) -> Result<(), ChartProblem> {
    if text.chars().count() > max {
        return Err(problem(line, format!("{} is longer than {max} characters.", quoted(text)), "Say it shorter: it is drawn."));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_and_arrows_are_read_in_any_order() {
        let chart = parse("One\n-> Three: skip: it\n\n  -> Two\nTwo\nThree\n-> One: again\n").expect("a chart");
        let arrows: Vec<_> = chart.boxes.iter().flat_map(|from| from.arrows.iter().map(|arrow| (arrow.to, arrow.label.as_str()))).collect();
        assert_eq!(arrows, [(2, "skip: it"), (1, ""), (0, "again")]);
        assert_eq!(chart.lines().next().as_deref(), Some("One: skip: it → Three; → Two"));
    }

    #[test]
    fn mistakes_are_named_with_their_line() {
        let long = "x".repeat(61);
        let many: String = (0..30).map(|number| format!("box {number}\n")).collect();
        for (text, line, what) in [
            ("", 0, "less than two"),
            ("One", 0, "less than two"),
            ("-> One", 0, "before any box"),
            ("One\nTwo\nOne", 2, "twice"),
            ("One\nTwo\n-> Tree: x", 2, "no box \"Tree\""),
            ("One\nTwo\n-> Two", 2, "comes from"),
            ("One\n-> Two\n-> Two\nTwo", 2, "twice"),
            (long.as_str(), 0, "longer than 60"),
            (many.as_str(), 24, "more than 24"),
        ] {
            let problem = parse(text).expect_err(text);
            assert_eq!(problem.line, line, "{text}: {problem:?}");
            assert!(problem.what.contains(what), "{text}: {problem:?}");
        }
    }
}
