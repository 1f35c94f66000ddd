//! What a file is called: any text from outside becomes a name that is safe to show and to save.

use super::kinds::Kind;

const NAME_MAX_CHARS: usize = 80;
/// Endings that are taken away where they are wrong, so that a picture written anew doesn't end twice.
const PICTURE_ENDINGS: [&str; 6] = ["png", "jpg", "jpeg", "webp", "gif", "pdf"];

/// The name without path, without what can't be seen or turns the text around, with an ending that fits the kind.
pub(super) fn safe_name(typed: &str, kind: Kind) -> String {
    let shown = readable(typed);
    let (stem, ending) = shown.rsplit_once('.').unwrap_or((&shown, ""));
    let ending_key = ending.to_ascii_lowercase();
    if !stem.is_empty() && kind.endings().contains(&ending_key.as_str()) {
        return format!("{}.{ending_key}", cut(stem));
    }
    let stem = if PICTURE_ENDINGS.contains(&ending_key.as_str()) { stem } else { &shown };
    let stem = if stem.is_empty() { "file" } else { stem };
    format!("{}.{}", cut(stem), kind.endings().first().copied().unwrap_or("txt"))
}

/// A name as its sender wrote it, to speak of it.
pub(super) fn readable(typed: &str) -> String {
    let last = typed.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean: String = last.chars().filter(|char| !is_unseen(*char) && !matches!(char, '"' | '<' | '>' | '|' | ':' | '*' | '?')).collect();
    let words = clean.split_whitespace().collect::<Vec<_>>().join(" ");
    words.trim_matches(['.', ' ']).chars().take(2 * NAME_MAX_CHARS).collect()
}

fn cut(stem: &str) -> String {
    stem.chars().take(NAME_MAX_CHARS).collect::<String>().trim_end_matches(['.', ' ']).to_owned()
}

fn is_unseen(char: char) -> bool {
    (char.is_control() && !char.is_whitespace())
        || matches!(char, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
            | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_no_path_and_nothing_that_can_not_be_seen() {
        for (typed, name) in [
            ("Captura de tela.PNG", "Captura de tela.png"),
            ("../../etc/passwd", "passwd.png"),
            ("C:\\Users\\ana\\tela.png", "tela.png"),
            ("photo\u{202e}gnp.exe", "photognp.exe.png"),
            ("a\r\nSet-Cookie: x=1.png", "a Set-Cookie x=1.png"),
            ("foto.webp", "foto.png"),
            ("evil.php", "evil.php.png"),
            ("\0\u{7}", "file.png"),
            (".png", "png.png"),
            ("", "file.png"),
        ] {
            assert_eq!(safe_name(typed, Kind::Png), name, "{typed:?}");
        }
        assert_eq!(safe_name("saída.LOG", Kind::Text), "saída.log");
        assert!(safe_name(&"é".repeat(100_000), Kind::Pdf).chars().count() <= NAME_MAX_CHARS + 4);
    }
}
