//! The few things in an element's `style` that change what its reader sees as text.

#[derive(Debug, Default, Clone, Copy)]
pub(super) struct Style {
    pub(super) is_hidden: bool,
    /// Hidden from Outlook alone.
    pub(super) is_hidden_from_word: bool,
    /// Whether its letters have a size, if it says so.
    pub(super) has_size: Option<bool>,
    /// Whether lines and whether spaces are kept, if it says so.
    pub(super) white_space: Option<(bool, bool)>,
    pub(super) is_block: Option<bool>,
    pub(super) has_no_margin: bool,
    /// The line that Outlook draws above the head of what it quotes.
    pub(super) has_rule_above: bool,
    pub(super) is_bullet: bool,
}

impl Style {
    pub(super) fn of(text: &str) -> Self {
        let mut style = Self::default();
        let (mut is_clipped, mut is_flat, mut has_no_border) = (false, false, false);
        let mut margins_are_zero = (false, false);
        for property in text.split(';') {
            let Some((name, value)) = property.split_once(':') else { continue };
            let (name, value) = (name.trim().to_ascii_lowercase(), value.trim().to_ascii_lowercase());
            let first = value.split([' ', '!', '\t', '\n']).next().unwrap_or_default();
            match name.as_str() {
                "display" => {
                    style.is_hidden |= first == "none";
                    style.is_block = match first {
                        "block" | "flex" | "grid" | "table" | "list-item" => Some(true),
                        "inline" => Some(false),
                        _ => None,
                    };
                }
                "visibility" => style.is_hidden |= matches!(first, "hidden" | "collapse"),
                "opacity" | "max-height" => style.is_hidden |= is_zero(first),
                "height" | "width" | "max-width" => is_flat |= is_zero(first),
                "overflow" => is_clipped |= first == "hidden",
                "mso-hide" => style.is_hidden_from_word |= first == "all",
                "font-size" => style.has_size = Some(!is_zero(first)),
                "font" if value.split(' ').any(|part| is_zero(part.split('/').next().unwrap_or_default())) => style.has_size = Some(false),
                "white-space" => style.white_space = white_space(first),
                "margin" => margins_are_zero = margins(&value),
                "margin-top" => margins_are_zero.0 = is_zero(first),
                "margin-bottom" => margins_are_zero.1 = is_zero(first),
                "border" => has_no_border = matches!(first, "none" | "medium" | "currentcolor"),
                "border-top" => style.has_rule_above = value.contains("solid") && !value.split(' ').any(is_zero),
                "border-style" if value.starts_with("solid none") => (style.has_rule_above, has_no_border) = (true, true),
                "mso-list" => style.is_bullet |= first == "ignore",
                _ => {}
            }
        }
        style.is_hidden |= is_clipped && is_flat;
        style.has_no_margin = margins_are_zero == (true, true);
        style.has_rule_above &= has_no_border;
        style
    }
}

fn white_space(value: &str) -> Option<(bool, bool)> {
    match value {
        "pre" | "pre-wrap" | "break-spaces" => Some((true, true)),
        "pre-line" => Some((true, false)),
        "normal" | "nowrap" => Some((false, false)),
        _ => None,
    }
}

/// Whether the one above and the one below are nothing.
fn margins(value: &str) -> (bool, bool) {
    let sides: Vec<bool> = value.split_ascii_whitespace().filter(|side| !side.starts_with('!')).map(is_zero).collect();
    let above = sides.first().copied().unwrap_or_default();
    (above, sides.get(2).copied().unwrap_or(above))
}

/// `0`, `0px`, or `.0001pt`, which Word writes, but no word.
fn is_zero(value: &str) -> bool {
    let number = value.trim_end_matches(|char: char| char.is_ascii_alphabetic() || char == '%');
    number.starts_with(|char: char| char.is_ascii_digit() || char == '.') && number.parse().is_ok_and(|number: f32| number < 0.001)
}
