//! Pages and their cursors. A cursor is a place in the list, so a list that grows in between shifts; clients must live with it.

use serde_json::{Value, json};

use super::{failure::Failure, params::Params};
use crate::{random::Random, text};

/// What a cursor looks like; both are opaque to a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Look {
    /// Base64 of a small JSON object, at sales.
    Json,
    /// 64 hexadecimal digits, at subscriptions.
    Hex,
}

pub(crate) struct Paging {
    look: Look,
    rows: usize,
    page: usize,
}

/// One page, and what leads to its neighbors.
pub(crate) struct Listing {
    pub(crate) items: Vec<Value>,
    pub(crate) total: usize,
    pub(crate) next: Option<String>,
    prev: Option<String>,
}

impl Paging {
    /// More rows than `most` become `most`, silently.
    pub(crate) fn asked(params: &Params, look: Look, usual: usize, most: usize) -> Result<Self, Failure> {
        let rows = match params.number("max_results")? {
            None => usual,
            Some(rows) => usize::try_from(rows).ok().filter(|rows| *rows > 0).ok_or_else(|| Failure::parameter("max_results must be 1 or more."))?,
        };
        let first = Self { look, rows: rows.min(most), page: 1 };
        match params.text("page_token") {
            None => Ok(first),
            Some(token) => read(look, token).filter(|(rows, page)| *rows > 0 && *rows <= most && *page > 0).map_or_else(
                || Err(Failure::cursor()),
                // The page is counted in rows of the size that the cursor was made with.
                |(rows, page)| Ok(Self { look, rows, page }),
            ),
        }
    }

    pub(crate) fn list<T>(&self, matching: impl Iterator<Item = T>, show: impl Fn(&T) -> Value) -> Listing {
        let start = self.rows.saturating_mul(self.page - 1);
        let end = start.saturating_add(self.rows);
        let (mut items, mut total) = (Vec::new(), 0);
        for one in matching {
            if (start..end).contains(&total) {
                items.push(show(&one));
            }
            total += 1;
        }
        let next = (total > end).then(|| self.token(self.page + 1));
        let prev = (self.page > 1).then(|| self.token(self.page - 1));
        Listing { items, total, next, prev }
    }

    fn token(&self, page: usize) -> String {
        match self.look {
            Look::Json => text::base64(json!({"rows": self.rows, "page": page}).to_string().as_bytes()),
            Look::Hex => hex(self.rows, page),
        }
    }
}

impl Listing {
    /// Without the tokens that lead nowhere; `total_results` is only here where the caller says so.
    pub(crate) fn json(&self, with_total: bool) -> Value {
        let mut info = json!({"results_per_page": self.items.len()});
        if with_total {
            info["total_results"] = self.total.into();
        }
        for (key, token) in [("next_page_token", &self.next), ("prev_page_token", &self.prev)] {
            if let Some(token) = token {
                info[key] = token.as_str().into();
            }
        }
        json!({"items": self.items, "page_info": info})
    }
}

/// The second half proves that the token is one of ours.
fn hex(rows: usize, page: usize) -> String {
    let mut proof = Random::of(&[rows as u64, page as u64]);
    format!("{rows:016x}{page:016x}{:016x}{:016x}", proof.next(), proof.next())
}

fn read(look: Look, token: &str) -> Option<(usize, usize)> {
    match look {
        Look::Json => {
            let value: Value = serde_json::from_slice(&text::from_base64(token)?).ok()?;
            let number = |key: &str| value.get(key)?.as_u64().and_then(|number| usize::try_from(number).ok());
            Some((number("rows")?, number("page")?))
        }
        Look::Hex => {
            let number = |digits: Option<&str>| usize::from_str_radix(digits?, 16).ok();
            let (rows, page) = (number(token.get(..16))?, number(token.get(16..32))?);
            (hex(rows, page) == token).then_some((rows, page))
        }
    }
}
