//! A text as numbered lines, so that whatever becomes of it, its lines are still known.

/// A line of a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// In the file that is imported.
    pub(super) number: usize,
    pub(super) text: String,
    /// Stands as it is.
    pub(super) code: bool,
}

impl Line {
    pub(super) fn new(number: usize, text: impl Into<String>) -> Self {
        Self { number, text: text.into(), code: false }
    }

    pub(super) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// How far it is indented, a tab counting four.
    pub(super) fn indent(&self) -> usize {
        self.text.chars().take_while(|letter| matches!(letter, ' ' | '\t')).map(|letter| if letter == '\t' { 4 } else { 1 }).sum()
    }

    /// The line with so much less before it.
    pub(super) fn dedented(&self, columns: usize) -> Self {
        let mut left = columns;
        let cut = self.text.find(|letter| {
            let width = match letter {
                ' ' => 1,
                '\t' => 4,
                _ => return true,
            };
            let stops = left == 0;
            left = left.saturating_sub(width);
            stops
        });
        let text = cut.map_or("", |cut| &self.text[cut..]);
        Self { number: self.number, text: text.to_owned(), code: self.code }
    }
}

pub(super) fn numbered(body: &str, first: usize) -> Vec<Line> {
    body.lines().enumerate().map(|(index, text)| Line::new(first + index, text)).collect()
}

pub(super) fn whole(lines: &[Line]) -> String {
    lines.iter().flat_map(|line| [line.text.as_str(), "\n"]).collect()
}

/// The fence that a line opens or closes: its sign, its length and the word behind it.
pub(super) fn fence(text: &str) -> Option<(char, usize, &str)> {
    let inner = pattern!(r"^[ \t>]*(?:(?:[-*+]|[0-9]+[.)])[ \t]+)?(`{3,}|~{3,})")?.captures(text)?.get(1)?;
    let behind = text[inner.end()..].trim();
    let sign = inner.as_str().chars().next()?;
    (sign == '~' || !behind.contains('`')).then_some((sign, inner.len(), behind))
}

/// Marks the lines of fenced code, its fences too.
pub(super) fn mark_fences(lines: &mut [Line]) {
    let mut open: Option<(char, usize)> = None;
    for line in lines {
        match (open, fence(&line.text)) {
            (None, Some((sign, length, _))) => {
                open = Some((sign, length));
                line.code = true;
            }
            (None, None) => {}
            (Some((sign, length)), found) => {
                line.code = true;
                if found.is_some_and(|(other, longer, behind)| other == sign && longer >= length && behind.is_empty()) {
                    open = None;
                }
            }
        }
    }
}

/// Marks code that is indented: below an empty line, and not within a list.
pub(super) fn mark_indented(lines: &mut [Line]) {
    let (mut in_list, mut may_begin) = (false, true);
    for line in lines {
        if line.is_blank() {
            may_begin = true;
            continue;
        }
        let is_item = pattern!(r"^[ \t]*(?:[-*+]|[0-9]+[.)])[ \t]").is_some_and(|item| item.is_match(&line.text));
        if line.indent() < 4 {
            in_list = is_item || (in_list && (!may_begin || line.indent() > 1));
            may_begin = false;
        } else if may_begin && !in_list && !is_item {
            line.code = true;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fences_hold_code_and_close_as_they_opened() {
        let mut lines = numbered("a\n- ```js\n  ~~~\n  ````\nb\n~~~~\n~~~\n~~~~\nc", 1);
        mark_fences(&mut lines);
        let code: Vec<usize> = lines.iter().filter(|line| line.code).map(|line| line.number).collect();
        assert_eq!(code, [2, 3, 4, 6, 7, 8], "a longer fence closes, a shorter one doesn't");
    }

    #[test]
    fn what_is_indented_is_code_but_in_lists() {
        let mut lines = numbered("a\n\n    code\n\n- b\n\n    c\n\nd\n\n    code", 1);
        mark_indented(&mut lines);
        let code: Vec<usize> = lines.iter().filter(|line| line.code).map(|line| line.number).collect();
        assert_eq!(code, [3, 11]);
    }
}
