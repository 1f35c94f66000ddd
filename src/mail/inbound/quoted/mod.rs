//! Parts what somebody says from what their mail program put below it: the email that they answer, a signature.
//!
//! Promised: no word vanishes, what is not said is cut off; a customer's words are lost less gladly than a quote is kept, so in doubt all
//! stays; work is linear, since each line looks at a bounded number of those around it.

mod attribution;
mod dates;
mod heads;
mod lines;
mod signature;
mod words;

use attribution::attribution;
use heads::{Mark, is_head, mark};
use lines::{Line, Text, bare};
use signature::{sent_from, signature};
use words::{POINTING, has};

/// Whoever says no more than this above a forwarded email lets that email speak.
const LITTLE_MAX_WORDS: usize = 5;
/// In a longer text a word like "this" points to something else.
const POINTING_MAX_WORDS: usize = 30;
/// A drawn line stands no further above what it belongs to.
const RULE_MAX_LINES: usize = 4;

/// An email's text in two.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Split {
    /// What its writer says.
    pub said: String,
    /// What was cut off, in its order; `None` if nothing was.
    pub cut_off: Option<String>,
}

/// What to do with some lines.
enum Verdict {
    Said,
    /// So many lines are cut off.
    Cut(usize),
    CutRest,
    /// Nothing below is cut off: the writer shows it.
    SaidRest,
}

/// Cuts off quoted emails and signatures. An email that would have nothing left stays whole: better too much than nothing.
pub fn split(text: &str) -> Split {
    let lines = Text::new(text);
    let mut parts = Parts::default();
    let mut at = 0;
    while let Some(line) = lines.lines.get(at) {
        match verdict(&lines, at, &parts) {
            Verdict::Said => {
                parts.say(line);
                at += 1;
            }
            Verdict::Cut(count) => {
                if !line.is_quoted {
                    parts.cut_rule_above();
                }
                parts.cut(&lines.lines[at..at + count]);
                at += count;
            }
            Verdict::CutRest => {
                parts.cut_rule_above();
                parts.cut(&lines.lines[at..]);
                break;
            }
            Verdict::SaidRest => {
                lines.lines[at..].iter().for_each(|line| parts.say(line));
                break;
            }
        }
    }
    if !parts.cut.is_empty() {
        parts.cut_rule_above();
    }
    let (said, cut_off) = (joined(&parts.said), joined(&parts.cut));
    if said.is_empty() || cut_off.is_empty() {
        return Split { said: text.trim().to_owned(), cut_off: None };
    }
    Split { said, cut_off: Some(cut_off) }
}

fn verdict(text: &Text<'_>, at: usize, parts: &Parts<'_, '_>) -> Verdict {
    let line = &text.lines[at];
    if line.is_empty() {
        return Verdict::Said;
    }
    if line.is_quoted {
        return Verdict::Cut(1);
    }
    match mark(text, at) {
        Some(Mark::Forwarded) if parts.show_what_is_below() => return Verdict::SaidRest,
        Some(Mark::ReplyAbove) => return Verdict::CutRest,
        Some(Mark::Original | Mark::Forwarded) => return cut_with_quote(text, at, 1),
        None => {}
    }
    if is_head(text, at) {
        // "Recebi este e-mail:" announces it: the writer put it there.
        return if parts.announce { Verdict::SaidRest } else { Verdict::CutRest };
    }
    if let Some(count) = attribution(text, at) {
        return cut_with_quote(text, at, count);
    }
    let ends_signature =
        |at: usize| mark(text, at).is_some() || is_head(text, at) || attribution(text, at).is_some() || sent_from(text, at).is_some();
    // "Meus pedidos:" above two dashes begins a list.
    if let Some(count) = signature(text, at, ends_signature).filter(|_| !parts.announce) {
        return Verdict::Cut(count);
    }
    sent_from(text, at).map_or(Verdict::Said, Verdict::Cut)
}

/// The lines that announce a quote, with the quote. Where each of its lines bears a mark, what follows without one is the answer.
fn cut_with_quote(text: &Text<'_>, at: usize, count: usize) -> Verdict {
    if text.is_quoted_from(at + count) { Verdict::Cut(count) } else { Verdict::CutRest }
}

#[derive(Default)]
struct Parts<'t, 'a> {
    said: Vec<&'t Line<'a>>,
    cut: Vec<&'t Line<'a>>,
    is_after_cut: bool,
    words: usize,
    /// Whether something said points to what is below.
    point: bool,
    /// Whether the last line said ends with a colon.
    announce: bool,
}

impl<'t, 'a> Parts<'t, 'a> {
    fn say(&mut self, line: &'t Line<'a>) {
        // A cut between two empty lines leaves one.
        if line.is_empty() && self.is_after_cut && self.said.last().is_none_or(|last| last.is_empty()) {
            return;
        }
        self.is_after_cut &= line.is_empty();
        self.said.push(line);
        if !line.is_empty() && !line.is_rule() {
            self.words += line.plain.split(' ').filter(|word| word.contains(char::is_alphanumeric)).count();
            self.point |= line.plain.split(' ').any(|word| has(POINTING, bare(word)));
            self.announce = line.plain.ends_with(':');
        }
    }

    /// Whether what is forwarded below is what the writer wants to show: they say little, or point to it.
    fn show_what_is_below(&self) -> bool {
        self.words <= LITTLE_MAX_WORDS || self.announce || self.point && self.words <= POINTING_MAX_WORDS
    }

    fn cut(&mut self, lines: &'t [Line<'a>]) {
        self.cut.extend(lines);
        self.is_after_cut = true;
        // What a colon announced was this quote.
        self.announce &= !lines.iter().any(|line| line.is_quoted);
    }

    /// A line drawn above what is cut off belongs to it.
    fn cut_rule_above(&mut self) {
        let looked_at = self.said.len().saturating_sub(RULE_MAX_LINES);
        let is_left = |line: &&Line<'_>| line.is_empty() || line.is_rule();
        let kept = self.said[looked_at..].iter().rposition(|line| !is_left(line)).map_or(looked_at, |last| looked_at + last + 1);
        if self.said[kept..].iter().any(|line| line.is_rule()) {
            let rules = self.said.split_off(kept);
            self.cut.extend(rules.into_iter().filter(|line| !line.is_empty()));
        }
    }
}

fn joined(lines: &[&Line<'_>]) -> String {
    lines.iter().map(|line| line.raw).collect::<Vec<_>>().join("\n").trim().to_owned()
}

#[cfg(test)]
mod tests;
