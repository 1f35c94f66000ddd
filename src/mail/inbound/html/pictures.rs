//! Which words of a picture are worth reading.

use super::tags::Tag;

const ALT_MAX_CHARS: usize = 200;
/// Words that tell nothing.
const EMPTY_WORDS: [&str; 17] = [
    "image",
    "imagem",
    "imagen",
    "img",
    "picture",
    "photo",
    "foto",
    "logo",
    "logotipo",
    "icon",
    "ícone",
    "icono",
    "banner",
    "spacer",
    "pixel",
    "divider",
    "inline image",
];
/// What Outlook writes below words that a program made up.
const MADE_UP: [&str; 4] = ["gerada automaticamente", "gerado automaticamente", "generated automatically", "generada automáticamente"];
const MADE_UP_ENGLISH: &str = "automatically generated";
const FILES: [&str; 9] = [".png", ".jpg", ".jpeg", ".gif", ".bmp", ".webp", ".svg", ".heic", ".tif"];

/// What stands in the text for a picture.
pub(super) fn words(tag: &Tag) -> Option<String> {
    let alt = tag.get("alt")?;
    let is_pixel = |side: &str| tag.get(side).is_some_and(|value| matches!(value.trim().trim_end_matches("px"), "0" | "1" | "2"));
    let alt = alt.split_whitespace().collect::<Vec<_>>().join(" ");
    let alt: String = alt.chars().take(ALT_MAX_CHARS).collect();
    if alt.is_empty() || is_pixel("width") || is_pixel("height") {
        return None;
    }
    if is_emoji(&alt) {
        return Some(alt);
    }
    let small = alt.to_lowercase();
    let is_empty = !small.chars().any(char::is_alphanumeric) || EMPTY_WORDS.contains(&small.as_str());
    let is_made_up = MADE_UP.iter().any(|words| small.contains(words)) || small.contains(MADE_UP_ENGLISH);
    (!is_empty && !is_made_up && !FILES.iter().any(|end| small.ends_with(end))).then(|| format!("[{alt}]"))
}

/// Mail programs send emojis as pictures.
fn is_emoji(alt: &str) -> bool {
    let is_part =
        |char: char| matches!(u32::from(char), 0x2190..=0x2bff | 0x3030 | 0x303d | 0x1f000..=0x1faff | 0xfe0f | 0x200d | 0x20e3 | 0xa9 | 0xae);
    let is_keycap = |char: char| alt.ends_with('\u{20e3}') && (char.is_ascii_digit() || char == '#' || char == '*');
    alt.chars().count() <= 12 && alt.chars().all(|char| is_part(char) || is_keycap(char))
}
