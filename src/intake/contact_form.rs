//! From what was typed into the contact form to a [`Draft`], or back to the form with everything kept and every problem named.

use crate::articles::model::{ArticleId, CodeWish, Reason};
use crate::i18n::Lang;
use crate::spam::{HONEYPOT, SECONDS};
use crate::tickets::model::{CodePattern, Draft, Email, FieldProblem, MessageBody, PersonName, Subject, TransactionCode, Visits};
use crate::values::address_slip::suggest;

/// A field that people fill in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    Reason,
    Subject,
    Name,
    Email,
    Code,
    Message,
}

impl Field {
    /// The name of the form's control.
    pub fn name(self) -> &'static str {
        match self {
            Self::Reason => "reason",
            Self::Subject => "subject",
            Self::Name => "name",
            Self::Email => "email",
            Self::Code => "code",
            Self::Message => "message",
        }
    }
}

/// The field in which a script puts a random id, so that a message that is sent twice is known.
pub const FORM_ID: &str = "form_id";
/// A shorter one could be guessed.
const FORM_ID_MIN_CHARS: usize = 20;
/// The field that says which section its author comes from, before they choose a reason.
pub const SECTION: &str = "for";
/// Its value for people of no section.
pub const NO_SECTION: &str = "*";
/// The button that takes the address that was probably meant; its value is that address.
pub const EMAIL_TAKEN: &str = "email_taken";
/// An address that looks like a slip and that its author says is right.
pub const EMAIL_SURE: &str = "email_sure";
/// The check box of people who can't find the code that their reason asks for.
pub const NO_CODE: &str = "no_code";

/// The check box that sends what was searched and read along; a script writes its value.
pub const VISITS: &str = "visits";

/// Where the form stands.
#[derive(Debug, Clone, Copy)]
pub struct FormPlace<'a> {
    pub lang: Lang,
    pub article: Option<&'a ArticleId>,
    pub reasons: &'a [Reason],
    pub code_pattern: Option<&'a CodePattern>,
}

/// Everything as it was typed, to be shown again.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Typed {
    pub section: String,
    pub reason: String,
    pub subject: String,
    pub name: String,
    pub email: String,
    pub email_sure: String,
    pub code: String,
    pub no_code: bool,
    pub message: String,
    /// How long the page was open until now: it goes on counting when it is shown again.
    pub seconds: String,
    /// The page's random id, if a script made one.
    pub form_id: String,
    /// What was searched and read, where its author ticked the box.
    pub visits: String,
}

/// A form that goes back to its author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rejected {
    pub typed: Typed,
    /// In the order of the form, at most one per field.
    pub problems: Vec<(Field, FieldProblem)>,
}

impl Typed {
    /// Takes the known fields out of a form's pairs; of a name that comes twice, the first value that isn't empty.
    pub fn from_pairs(pairs: &[(String, String)]) -> Self {
        let value =
            |name: &str| pairs.iter().find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.clone()).unwrap_or_default();
        let taken = value(EMAIL_TAKEN);
        Self {
            section: value(SECTION),
            reason: value(Field::Reason.name()),
            subject: value(Field::Subject.name()),
            name: value(Field::Name.name()),
            email: if taken.is_empty() { value(Field::Email.name()) } else { taken },
            email_sure: value(EMAIL_SURE),
            code: value(Field::Code.name()),
            no_code: !value(NO_CODE).is_empty(),
            message: value(Field::Message.name()),
            seconds: value(SECONDS),
            form_id: value(FORM_ID),
            visits: value(VISITS),
        }
    }

    /// The address that was probably meant, where the typed one looks like a slip and its author hasn't said that it is right.
    pub fn meant_email(&self) -> Option<String> {
        suggest(&self.email).filter(|_| !self.is_sure())
    }

    /// Whether its author has said that the address is right.
    pub fn is_sure(&self) -> bool {
        !self.email.is_empty() && self.email.trim() == self.email_sure.trim()
    }
}

/// Checks a form.
#[expect(clippy::result_large_err, reason = "made once per form, and its caller takes it apart at once")]
pub fn parse(pairs: &[(String, String)], place: FormPlace<'_>) -> Result<Draft, Rejected> {
    let typed = Typed::from_pairs(pairs);
    let mut problems = Vec::new();
    let reason = keep(parse_reason(&typed, place), Field::Reason, &mut problems).flatten();
    let subject = keep(Subject::parse(&typed.subject), Field::Subject, &mut problems);
    let name = keep(PersonName::parse(&typed.name), Field::Name, &mut problems);
    let email = keep(Email::parse(&typed.email), Field::Email, &mut problems);
    let wish = reason.map_or(CodeWish::Optional, |reason| reason.code);
    let code = keep(parse_code(&typed, wish, place.code_pattern), Field::Code, &mut problems).flatten();
    let message = keep(MessageBody::parse(&typed.message), Field::Message, &mut problems);
    let trapped = pairs.iter().any(|(key, value)| key == HONEYPOT && !value.trim().is_empty());
    match (subject, name, email, message) {
        (Some(subject), Some(name), Some(email), Some(message)) if problems.is_empty() => Ok(Draft {
            lang: place.lang,
            article: place.article.cloned(),
            reason: reason.map(|reason| reason.id.clone()),
            subject,
            name,
            email,
            code,
            message,
            trapped,
            seconds: seconds(pairs),
            form_id: form_id(pairs),
            visits: Visits::parse(&typed.visits),
        }),
        _ => Err(Rejected { typed, problems }),
    }
}

/// What nobody typed can't be fixed by its author: nonsense is as if it was missing.
fn seconds(pairs: &[(String, String)]) -> Option<i64> {
    let (_, value) = pairs.iter().find(|(key, _)| key == SECONDS)?;
    value.trim().parse().ok().filter(|seconds| *seconds >= 0)
}

fn form_id(pairs: &[(String, String)]) -> Option<String> {
    let (_, value) = pairs.iter().find(|(key, _)| key == FORM_ID)?;
    let is_id = (FORM_ID_MIN_CHARS..=64).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    is_id.then(|| value.clone())
}

fn keep<T>(result: Result<T, FieldProblem>, field: Field, problems: &mut Vec<(Field, FieldProblem)>) -> Option<T> {
    result.map_err(|problem| problems.push((field, problem))).ok()
}

/// A help center without reasons asks for none. One of another section was chosen before its author came to this one, and is out of sight.
fn parse_reason<'a>(typed: &Typed, place: FormPlace<'a>) -> Result<Option<&'a Reason>, FieldProblem> {
    let (chosen, section) = (typed.reason.trim(), typed.section.as_str());
    if place.reasons.is_empty() {
        return Ok(None);
    }
    if chosen.is_empty() {
        return Err(FieldProblem::Missing);
    }
    let reason = place.reasons.iter().find(|reason| reason.id == chosen).ok_or(FieldProblem::UnknownChoice)?;
    let is_in_sight = place.article.is_some() || section.is_empty() || reason.is_for(section);
    if is_in_sight { Ok(Some(reason)) } else { Err(FieldProblem::Missing) }
}

fn parse_code(typed: &Typed, wish: CodeWish, pattern: Option<&CodePattern>) -> Result<Option<TransactionCode>, FieldProblem> {
    match TransactionCode::parse(&typed.code, pattern) {
        Ok(code) => Ok(Some(code)),
        // The field is hidden for such a reason: what was left in it can't be fixed.
        Err(_) if wish == CodeWish::Never => Ok(None),
        Err(FieldProblem::Missing) if wish == CodeWish::Wanted && !typed.no_code => Err(FieldProblem::Missing),
        Err(FieldProblem::Missing) => Ok(None),
        Err(problem) => Err(problem),
    }
}

impl FieldProblem {
    /// What to tell the author. `code_example` is the configured example of a code.
    pub fn text(self, field: Field, lang: Lang, code_example: &str) -> String {
        let texts = lang.tickets();
        match (self, field) {
            (Self::Missing, Field::Reason) | (Self::UnknownChoice, _) => texts.choose_reason.to_owned(),
            (Self::Missing, Field::Subject) => texts.missing_subject.to_owned(),
            (Self::Missing, Field::Name) => texts.missing_name.to_owned(),
            (Self::Missing, Field::Email) => texts.missing_email.to_owned(),
            (Self::Missing, Field::Code) => texts.missing_code.replace("{example}", code_example),
            (Self::Missing, Field::Message) => texts.missing_message.to_owned(),
            (Self::TooShort { min_chars }, _) => texts.too_short.replace("{n}", &min_chars.to_string()),
            (Self::TooLong { max_chars }, _) => texts.too_long.replace("{n}", &max_chars.to_string()),
            (Self::NotOneLine, _) => texts.not_one_line.to_owned(),
            (Self::NotAnEmail, _) => texts.not_an_email.to_owned(),
            (Self::NotACode, _) => texts.not_a_code.replace("{example}", code_example),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::articles::model::ReasonText;
    use crate::i18n::PerLang;

    fn reasons() -> Vec<Reason> {
        let text = || ReasonText { title: "t".into(), hint: "h".into() };
        [("refund", CodeWish::Wanted), ("payment", CodeWish::Optional), ("login", CodeWish::Never)]
            .into_iter()
            .map(|(id, code)| Reason {
                id: id.into(),
                order: 0,
                code,
                priority: None,
                sections: None,
                sections_line: 1,
                texts: PerLang([text(), text(), text()]),
            })
            .collect()
    }

    #[expect(clippy::result_large_err, reason = "what `parse` gives; boxing it would serve nobody but this test")]
    fn check(changes: &[(&str, &str)]) -> Result<Draft, Rejected> {
        let good = [
            ("reason", "payment"),
            ("subject", "Cobrado duas vezes"),
            ("name", "Maria"),
            ("email", "m@example.com"),
            ("message", "Fui cobrada duas vezes."),
        ];
        let pairs: Vec<(String, String)> = changes
            .iter()
            .copied()
            .chain(good.into_iter().filter(|(name, _)| !changes.iter().any(|(changed, _)| changed == name)))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let pattern = CodePattern::new("HP[0-9]+").expect("a pattern");
        parse(&pairs, FormPlace { lang: Lang::Pt, article: None, reasons: &reasons(), code_pattern: Some(&pattern) })
    }

    #[test]
    fn an_empty_form_names_every_problem_once_in_the_order_of_the_form() {
        let rejected = parse(&[], FormPlace { lang: Lang::Pt, article: None, reasons: &reasons(), code_pattern: None }).expect_err("empty");
        let fields: Vec<_> = rejected.problems.iter().map(|(field, _)| *field).collect();
        assert_eq!(fields, [Field::Reason, Field::Subject, Field::Name, Field::Email, Field::Message]);
    }

    #[test]
    fn a_rejected_form_keeps_everything_as_it_was_typed() {
        let hostile = "</textarea><script>alert(1)</script>\0\r\n ";
        let typed = Typed {
            section: hostile.into(),
            reason: hostile.into(),
            subject: hostile.into(),
            name: hostile.into(),
            email: hostile.into(),
            email_sure: hostile.into(),
            code: hostile.into(),
            no_code: true,
            message: hostile.into(),
            seconds: hostile.into(),
            form_id: hostile.into(),
            visits: hostile.into(),
        };
        let names = ["for", "reason", "subject", "name", "email", "email_sure", "code", "no_code", "message", "seconds", "form_id", "visits"];
        let pairs: Vec<_> = names.iter().map(|name| ((*name).to_owned(), hostile.to_owned())).collect();
        let rejected =
            parse(&pairs, FormPlace { lang: Lang::En, article: None, reasons: &reasons(), code_pattern: None }).expect_err("a hostile form");
        assert_eq!(rejected.typed, typed);
    }

    #[test]
    fn a_code_is_asked_for_as_the_reason_wants_it() {
        let problem = |changes: &[(&str, &str)]| check(changes).map(|draft| draft.code).map_err(|rejected| rejected.problems);
        assert_eq!(problem(&[("reason", "refund")]), Err(vec![(Field::Code, FieldProblem::Missing)]));
        assert_eq!(problem(&[("reason", "refund"), ("no_code", "1")]), Ok(None));
        assert_eq!(problem(&[("reason", "refund"), ("code", "42")]), Err(vec![(Field::Code, FieldProblem::NotACode)]));
        assert!(problem(&[("reason", "refund"), ("code", "hp 42")]).is_ok_and(|code| code.is_some_and(|code| code.as_str() == "HP42")));
        assert_eq!(problem(&[("reason", "payment")]), Ok(None));
        assert_eq!(problem(&[("reason", "login"), ("code", "nonsense")]), Ok(None));
    }

    #[test]
    fn a_reason_of_another_section_is_chosen_anew() {
        let of = |id: &str, sections: Option<&[&str]>| Reason {
            id: id.into(),
            order: 0,
            code: CodeWish::Never,
            priority: None,
            sections: sections.map(|sections| sections.iter().map(|section| (*section).to_owned()).collect()),
            sections_line: 1,
            texts: PerLang(Lang::ALL.map(|_| ReasonText { title: "t".into(), hint: "h".into() })),
        };
        let reasons = [of("refund", Some(&["buyer"])), of("tax", Some(&[])), of("other", None)];
        let article = ArticleId("creator/taxes/invoice".into());
        let chosen = |section: &str, reason: &str, article| {
            let typed = Typed { section: section.into(), reason: reason.into(), ..Typed::default() };
            let place = FormPlace { lang: Lang::En, article, reasons: &reasons, code_pattern: None };
            parse_reason(&typed, place).map(|reason| reason.map(|reason| reason.id.clone()))
        };
        assert_eq!(chosen("buyer", "refund", None), Ok(Some("refund".into())));
        for (section, reason) in [("creator", "refund"), (NO_SECTION, "refund"), ("buyer", "tax"), ("buyer", "")] {
            assert_eq!(chosen(section, reason, None), Err(FieldProblem::Missing), "{section} {reason}");
        }
        for section in ["buyer", "creator", NO_SECTION, "", "<b>"] {
            assert_eq!(chosen(section, "other", None), Ok(Some("other".into())), "{section}");
        }
        // Where nothing was asked before, and under an article, any reason stands.
        assert_eq!(chosen("", "tax", None), Ok(Some("tax".into())));
        assert_eq!(chosen("buyer", "tax", Some(&article)), Ok(Some("tax".into())));
    }

    #[test]
    fn a_slip_in_the_address_is_asked_about_until_its_author_answers() {
        let meant = |fields: &[(&str, &str)]| {
            let typed = Typed::from_pairs(&fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect::<Vec<_>>());
            (typed.meant_email(), typed.email)
        };
        let slip = ("email", "ana@gmial.com");
        assert_eq!(meant(&[slip]).0.as_deref(), Some("ana@gmail.com"));
        assert_eq!(meant(&[slip, ("email_sure", " ana@gmial.com")]).0, None);
        assert_eq!(meant(&[slip, ("email_sure", "ana@gmal.com")]).0.as_deref(), Some("ana@gmail.com"), "another address");
        assert_eq!(meant(&[slip, ("email_taken", "ana@gmail.com")]), (None, "ana@gmail.com".into()));
        assert_eq!(meant(&[("email", "")]).0, None);
    }

    #[test]
    fn the_trap_is_noticed_and_is_no_problem_for_the_author() {
        assert!(check(&[(HONEYPOT, "http://spam.example")]).is_ok_and(|draft| draft.trapped));
        assert!(check(&[(HONEYPOT, " ")]).is_ok_and(|draft| !draft.trapped));
    }

    #[test]
    fn a_time_that_is_none_is_as_if_it_was_missing() {
        for (typed, seconds) in [("12", Some(12)), ("", None), ("-1", None), ("1e3", None), ("99999999999999999999", None), ("NaN", None)] {
            assert!(check(&[(SECONDS, typed)]).is_ok_and(|draft| draft.seconds == seconds), "{typed}");
        }
    }

    #[test]
    fn every_problem_has_words_in_every_language() {
        let fields = [Field::Reason, Field::Subject, Field::Name, Field::Email, Field::Code, Field::Message];
        for lang in Lang::ALL {
            for field in fields {
                assert!(!FieldProblem::Missing.text(field, lang, "HP01").contains('{'));
                assert!(FieldProblem::TooLong { max_chars: 140 }.text(field, lang, "HP01").contains("140"));
            }
            assert!(FieldProblem::NotACode.text(Field::Code, lang, "HP01").contains("HP01"));
        }
    }
}
