//! What a field of a form may hold.

/// What is wrong with a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldProblem {
    Missing,
    TooShort {
        min_chars: usize,
    },
    TooLong {
        max_chars: usize,
    },
    /// A line break or a control character where one line of text is wanted.
    NotOneLine,
    NotAnEmail,
    NotACode,
    UnknownChoice,
}

/// One line of text within limits, without spaces around it.
pub fn one_line(typed: &str, min_chars: usize, max_chars: usize) -> Result<String, FieldProblem> {
    // What turns the writing around, or can't be seen, would change how the words around it read.
    let text: String = typed.chars().filter(|char| !is_turning(*char)).collect();
    let text = text.trim();
    check_length(text, min_chars, max_chars)?;
    if text.chars().any(|char| char.is_control() || matches!(char, '\u{2028}' | '\u{2029}')) {
        return Err(FieldProblem::NotOneLine);
    }
    Ok(text.to_owned())
}

/// Marks of direction, and spaces without width. The joiner of emojis is none of them.
fn is_turning(char: char) -> bool {
    matches!(char, '\u{61c}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// Without what takes no room on the screen: it comes along when an address or a code is copied, and nobody could find it.
pub(super) fn without_invisible(typed: &str) -> String {
    let is_invisible = |char: &char| {
        matches!(char, '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}')
            || matches!(char, '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
    };
    typed.chars().filter(|char| !is_invisible(char)).collect()
}

pub(super) fn check_length(text: &str, min_chars: usize, max_chars: usize) -> Result<(), FieldProblem> {
    match text.chars().count() {
        0 => Err(FieldProblem::Missing),
        count if count < min_chars => Err(FieldProblem::TooShort { min_chars }),
        count if count > max_chars => Err(FieldProblem::TooLong { max_chars }),
        _ => Ok(()),
    }
}
