//! Text broken into lines: SVG does not break any.

/// The lines of a text that is at most so wide, in units of the drawing. A longer word stands alone on its line.
pub(super) fn wrap(text: &str, size: f64, max_width: f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if width(&format!("{line} {word}"), size) <= max_width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

/// How wide a text is at most in the fonts that systems use for their interface: there is none to measure with.
pub(super) fn width(text: &str, size: f64) -> f64 {
    text.chars().map(|character| advance(character) * size).sum()
}

/// Share of the font's size.
fn advance(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 't' | 'f' | 'r' | 'I' | '.' | ',' | ':' | ';' | '\'' | '!' | '|' | '(' | ')' | ' ' | 'í' => 0.4,
        'm' | 'w' | 'M' | 'W' | '@' | '%' | '…' => 0.98,
        _ if character.is_uppercase() => 0.77,
        _ if character.is_ascii() || character.is_alphabetic() && character < '\u{2e80}' => 0.65,
        _ => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_as_long_as_there_is_room_and_no_word_is_lost() {
        let text = "Peça que a pessoa abra o link outra vez";
        let lines = wrap(text, 14.0, 120.0);
        assert!(lines.len() > 1 && lines.iter().all(|line| width(line, 14.0) <= 120.0), "{lines:?}");
        assert_eq!(lines.join(" "), text);
        assert_eq!(wrap("incomprehensibilities", 14.0, 20.0), ["incomprehensibilities"]);
        assert!(wrap("  ", 14.0, 20.0).is_empty());
    }
}
