//! Plurals that the stemmers don't unite with their singular, above all without accents: `úteis` and `útil`, `pães` and `pão`, `veces` and `vez`.
//! A rule may write both words anew; what comes out is no word of the language, only the same for both.

use crate::i18n::Lang;

/// A folded word as the stemmer should see it, where that is another one.
pub(super) fn singular(lang: Lang, form: &str) -> Option<String> {
    if lang == Lang::En {
        return None;
    }
    let foreign = foreign_singular(form);
    let rewritten = match lang {
        Lang::Pt => portuguese(foreign.unwrap_or(form)),
        _ => spanish(foreign.unwrap_or(form)),
    };
    rewritten.or_else(|| foreign.map(str::to_owned))
}

/// `links` and `emails`: no word of ours ends so but Portuguese plurals in `ns`, which have rules of their own.
fn foreign_singular(form: &str) -> Option<&str> {
    let start = form.strip_suffix('s')?;
    let is_foreign = start.len() > 2 && start.ends_with(|letter| "bcdfgklmprtvwx".contains(letter));
    is_foreign.then_some(start)
}

/// Endings, what they become, and letters before them at least: short words are others (`mais`, `dois`, `mães`).
const PT: [(&str, &str, usize); 18] = [
    ("oes", "ao", 2),
    ("aes", "ao", 2),
    ("aos", "ao", 1),
    ("ens", "em", 1),
    ("ins", "im", 2),
    ("ons", "om", 1),
    ("uns", "um", 1),
    ("in", "im", 2),
    ("on", "om", 3),
    ("en", "em", 3),
    ("ais", "al", 2),
    ("eis", "el", 2),
    ("ois", "ol", 3),
    ("uis", "ul", 2),
    // Fuzil and fuzis; fácil and fáceis, whose accents don't tell them apart from papel and papéis any more.
    ("is", "el", 3),
    ("il", "el", 2),
    ("zes", "z", 2),
    ("res", "r", 2),
];

fn portuguese(form: &str) -> Option<String> {
    match form {
        "paes" | "caes" => return Some(form.replace("aes", "ao")),
        "maes" => return Some("mae".to_owned()),
        _ => {}
    }
    let (start, end) = PT.iter().find_map(|(ending, becomes, least)| {
        let start = form.strip_suffix(ending)?;
        (start.len() >= *least).then_some((start, becomes))
    })?;
    Some(format!("{start}{end}"))
}

/// `veces` and `vez`; `enlaces` has to stay with `enlace`, and `franceses` with `francés`. Without its accent `intereses` looks like a verb.
fn spanish(form: &str) -> Option<String> {
    let is_plural = [("eses", 1), ("enes", 3)].iter().any(|(ending, least)| form.strip_suffix(ending).is_some_and(|start| start.len() >= *least));
    let one = if is_plural { &form[..form.len() - 2] } else { form };
    match one.strip_suffix("ces").or_else(|| one.strip_suffix("ce")) {
        Some(start) if !start.is_empty() => Some(format!("{start}z")),
        _ => is_plural.then(|| one.to_owned()),
    }
}
