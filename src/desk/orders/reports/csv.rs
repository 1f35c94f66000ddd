//! Tables for spreadsheets: commas between cells (RFC 4180), UTF-8 with its mark, plain numbers.

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};

/// Without it spreadsheets read letters with accents as something else.
const BYTE_ORDER_MARK: char = '\u{feff}';

/// A table that grows by rows.
pub(super) struct Csv(String);

/// One cell.
pub(super) enum Cell {
    Text(String),
    /// As it is: digits, a point, a sign. Ours, never typed by anybody.
    Number(String),
}

impl Cell {
    pub(super) fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }
}

impl Csv {
    pub(super) fn new() -> Self {
        Self(BYTE_ORDER_MARK.to_string())
    }

    /// Goes on where another ended.
    pub(super) fn more() -> Self {
        Self(String::new())
    }

    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) {
        for (at, cell) in cells.into_iter().enumerate() {
            if at > 0 {
                self.0.push(',');
            }
            match cell {
                Cell::Number(number) => self.0.push_str(&number),
                Cell::Text(text) => self.0.push_str(&quoted(&defused(&text))),
            }
        }
        self.0.push_str("\r\n");
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    pub(super) fn download(self, name: &str) -> Response {
        Self::download_of(name, Body::from(self.0))
    }

    /// To be saved under a name of ours. No proxy or browser keeps it: the whole desk says so.
    pub(super) fn download_of(name: &str, body: Body) -> Response {
        let mut response = ([(header::CONTENT_TYPE, "text/csv; charset=utf-8")], body).into_response();
        if let Ok(value) = HeaderValue::from_str(&format!("attachment; filename=\"{name}.csv\"")) {
            response.headers_mut().insert(header::CONTENT_DISPOSITION, value);
        }
        response
    }
}

/// What spreadsheets would take for a formula has an apostrophe in front: products, sources and names are typed by others.
fn defused(text: &str) -> String {
    let first = text.trim_start_matches([' ', '\u{a0}', '\u{feff}', '\0']).chars().next();
    let is_formula = |first: char| matches!(first, '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠');
    if first.is_some_and(is_formula) { format!("'{text}") } else { text.to_owned() }
}

fn quoted(text: &str) -> String {
    if text.contains(['"', ',', '\r', '\n']) || text.starts_with(' ') || text.ends_with(' ') {
        format!("\"{}\"", text.replace('"', "\"\""))
    } else {
        text.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(cells: impl IntoIterator<Item = Cell>) -> String {
        let mut csv = Csv::new();
        csv.row(cells);
        csv.0.strip_prefix(BYTE_ORDER_MARK).expect("the mark").to_owned()
    }

    #[test]
    fn nothing_that_was_typed_becomes_a_formula() {
        for hostile in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "\u{a0}=1", "\u{feff}=1", "＝1", " \0=1"] {
            let written = line([Cell::text(hostile)]);
            let cell = written.trim_end_matches("\r\n").trim_matches('"');
            assert_eq!(cell, format!("'{hostile}"), "{hostile:?}");
        }
        for harmless in ["", "Pão de casa", "a=b", "1-2", "ana@example.com", "'=1"] {
            assert_eq!(line([Cell::text(harmless)]), format!("{harmless}\r\n"));
        }
    }

    #[test]
    fn cells_are_quoted_where_they_have_to_be() {
        let cells = [Cell::text("a,b"), Cell::text("say \"hi\""), Cell::text("two\nlines"), Cell::Number("-12.50".into()), Cell::text("=A1,\"x\"")];
        assert_eq!(line(cells), "\"a,b\",\"say \"\"hi\"\"\",\"two\nlines\",-12.50,\"'=A1,\"\"x\"\"\"\r\n");
    }

    #[test]
    fn it_is_saved_and_not_shown() {
        let response = Csv::new().download("new-orders");
        assert_eq!(response.headers()[header::CONTENT_DISPOSITION], "attachment; filename=\"new-orders.csv\"");
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/csv; charset=utf-8");
    }
}
