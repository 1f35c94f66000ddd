//! From what was posted on a ticket's own page to what the customer wants, or back with what was typed.

use crate::tickets::model::{FieldProblem, MessageBody, Rating};
use crate::values::one_line;
use crate::web::form;

/// A sentence about the help.
pub const REMARK_MAX_CHARS: usize = 300;

/// The field that says which of the page's forms was posted, and what it says.
pub const WISH: &str = "wish";
pub const WRITE: &str = "write";
pub const SOLVE: &str = "solve";
pub const RATE: &str = "rate";

/// What the customer wants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CustomerAction {
    Write(MessageBody),
    /// With what stood in the form when the button was pressed.
    Solve(Option<MessageBody>),
    Rate(Rating),
}

/// What was typed, to be shown again, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub message: String,
    pub stars: String,
    pub remark: String,
    pub message_problem: Option<FieldProblem>,
    pub stars_problem: bool,
    pub remark_problem: Option<FieldProblem>,
}

/// Checks a form; one that doesn't say what it is, is a message.
pub fn parse(pairs: &[(String, String)]) -> Result<CustomerAction, Box<Typed>> {
    let value = |name: &str| form::value(pairs, name).unwrap_or_default();
    let typed =
        Typed { message: value("message").to_owned(), stars: value("stars").to_owned(), remark: value("remark").to_owned(), ..Typed::default() };
    match value(WISH) {
        RATE => rating(typed),
        wish => match MessageBody::parse_reply(&typed.message) {
            Ok(message) if wish == SOLVE => Ok(CustomerAction::Solve(Some(message))),
            Err(FieldProblem::Missing) if wish == SOLVE => Ok(CustomerAction::Solve(None)),
            Ok(message) => Ok(CustomerAction::Write(message)),
            Err(problem) => Err(Box::new(Typed { message_problem: Some(problem), ..typed })),
        },
    }
}

fn rating(typed: Typed) -> Result<CustomerAction, Box<Typed>> {
    let stars = typed.stars.parse().ok().filter(|stars| (1..=5).contains(stars));
    let remark = match one_line(&typed.remark, 1, REMARK_MAX_CHARS) {
        Ok(remark) => Ok(Some(remark)),
        Err(FieldProblem::Missing) => Ok(None),
        Err(problem) => Err(problem),
    };
    match (stars, remark) {
        (Some(stars), Ok(comment)) => Ok(CustomerAction::Rate(Rating { stars, comment })),
        (stars, remark) => Err(Box::new(Typed { stars_problem: stars.is_none(), remark_problem: remark.err(), ..typed })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(pairs: &[(&str, &str)]) -> Result<CustomerAction, Box<Typed>> {
        parse(&pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>())
    }

    #[test]
    fn a_rating_is_one_to_five_and_at_most_a_sentence() {
        for bad in ["", "0", "6", "-1", "3.5", "٣", "256", "99999999999999999999", "five"] {
            assert!(parsed(&[("wish", "rate"), ("stars", bad)]).is_err_and(|typed| typed.stars_problem && typed.stars == bad), "{bad}");
        }
        assert_eq!(parsed(&[("wish", "rate"), ("stars", "5"), ("remark", " ")]), Ok(CustomerAction::Rate(Rating { stars: 5, comment: None })));
        let long = "a".repeat(REMARK_MAX_CHARS + 1);
        for bad in [long.as_str(), "one\ntwo", "a\u{1b}[2J"] {
            assert!(parsed(&[("wish", "rate"), ("stars", "5"), ("remark", bad)]).is_err_and(|typed| typed.remark == bad), "{bad:?}");
        }
    }

    #[test]
    fn an_empty_message_goes_back_and_one_word_is_enough() {
        for bad in ["", "  \n ", "\0"] {
            assert!(parsed(&[("message", bad)]).is_err_and(|typed| typed.message_problem == Some(FieldProblem::Missing)));
        }
        assert!(matches!(parsed(&[("message", "Sim"), ("wish", "nonsense")]), Ok(CustomerAction::Write(_))));
    }

    #[test]
    fn what_stands_in_the_form_goes_with_the_news_that_it_is_solved() {
        assert!(matches!(parsed(&[("message", "Obrigada!"), ("wish", "solve")]), Ok(CustomerAction::Solve(Some(_)))));
        assert_eq!(parsed(&[("message", " "), ("wish", "solve")]), Ok(CustomerAction::Solve(None)));
        let long = "a".repeat(200_000);
        assert!(parsed(&[("message", &long), ("wish", "solve")]).is_err_and(|typed| typed.message == long));
    }
}
