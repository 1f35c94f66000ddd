//! Where a reader stands in a flow, and which steps they took. All of it is in the address, `?step=3&seen=1-2`, since a page is the same bytes for
//! every reader and sets no cookie.

use axum::http::Uri;

use crate::articles::model::{ArticleId, Library};
use crate::i18n::Lang;
use crate::web::form;

/// The values of `?step=` behind the steps.
const SOLVED: &str = "solved";
const CONTACT: &str = "contact";

/// Between the numbers of `?seen=`.
const BETWEEN: char = '-';

/// A page of the walk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stop {
    /// Counted from 1.
    Step(usize),
    Solved,
    Contact,
}

/// What an address says of a walk, not looked at yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    step: String,
    seen: String,
}

impl Written {
    /// What `?step=` says, of an article that has steps.
    pub fn of(library: &Library, id: &ArticleId, lang: Lang, uri: &Uri) -> Option<Self> {
        let has_steps = library.articles.get(id).is_some_and(|article| article.shown(lang, library.default_lang).steps);
        let pairs = has_steps.then(|| form::pairs(uri.query().unwrap_or_default().as_bytes()))?;
        let step = form::value(&pairs, "step")?.to_owned();
        Some(Self { step, seen: form::value(&pairs, "seen").unwrap_or_default().to_owned() })
    }

    /// Whether a form posted to there comes back to the walk's end.
    pub fn is_contact(&self) -> bool {
        self.step == CONTACT
    }
}

/// A place, and the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stand {
    pub place: Stop,
    /// The steps that were left without being solved, in the order in which they were taken; each once.
    pub seen: Vec<usize>,
}

impl Stand {
    pub fn first() -> Self {
        Self { place: Stop::Step(1), seen: Vec::new() }
    }

    /// `None`: the flow has no such page. What is no step in `seen` is left out.
    pub fn parse(written: &Written, count: usize) -> Option<Self> {
        let number = |written: &str| written.parse().ok().filter(|step| (1..=count).contains(step));
        let place = match written.step.as_str() {
            SOLVED => Stop::Solved,
            CONTACT => Stop::Contact,
            step => Stop::Step(number(step)?),
        };
        let mut seen = Vec::new();
        for step in written.seen.split(BETWEEN).filter_map(number) {
            if !seen.contains(&step) {
                seen.push(step);
            }
        }
        Some(Self { place, seen }).filter(|_| count > 0)
    }

    /// On to another page: the step that is left was taken.
    pub fn to(&self, place: Stop) -> Self {
        let mut seen = self.seen.clone();
        if let Stop::Step(left) = self.place
            && !seen.contains(&left)
        {
            seen.push(left);
        }
        Self { place, seen }
    }

    /// Back to the step before, as if this one had not been opened; `None`: the walk began here.
    pub fn back(&self) -> Option<Self> {
        let (last, before) = self.seen.split_last()?;
        Some(Self { place: Stop::Step(*last), seen: before.to_vec() })
    }

    /// The address below that of the article. What is solved needs no way to it.
    pub fn address(&self, article: &str) -> String {
        let step = match self.place {
            Stop::Step(step) => step.to_string(),
            Stop::Solved => return format!("{article}?step={SOLVED}"),
            Stop::Contact => CONTACT.to_owned(),
        };
        if self.seen.is_empty() {
            return format!("{article}?step={step}");
        }
        let seen: Vec<String> = self.seen.iter().map(usize::to_string).collect();
        format!("{article}?step={step}&seen={}", seen.join(&BETWEEN.to_string()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stand(step: &str, seen: &str) -> Option<Stand> {
        Stand::parse(&Written { step: step.into(), seen: seen.into() }, 4)
    }

    #[test]
    fn a_way_is_what_was_taken_in_its_order_each_step_once() {
        let jumped = Stand::first().to(Stop::Step(3)).to(Stop::Step(1)).to(Stop::Contact);
        assert_eq!(jumped.address("/a"), "/a?step=contact&seen=1-3");
        assert_eq!(stand("contact", "1-3"), Some(jumped.clone()));
        let back = jumped.back().expect("a step");
        assert_eq!((back.address("/a").as_str(), back.back()), ("/a?step=3&seen=1", Some(Stand::first())));
        assert_eq!(Stand::first().back(), None);
    }

    #[test]
    fn what_is_no_step_is_not_in_the_way() {
        assert_eq!(stand("2", "0-5-x--1-1-99999999999999999999-\u{fffd}").map(|stand| stand.seen), Some(vec![1]));
        assert_eq!(stand("2", &"1-2-3-4-".repeat(10_000)).map(|stand| stand.seen), Some(vec![1, 2, 3, 4]));
        assert_eq!(stand("5", "1"), None);
        assert_eq!(Stand::parse(&Written { step: CONTACT.into(), seen: String::new() }, 0), None, "a flow without steps");
    }
}
