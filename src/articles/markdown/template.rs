//! HTML with holes where addresses go, which are known only when every file has been read.

use crate::values::escape_into;
use std::ops::Range;
use std::sync::Arc;

use crate::articles::picture::PictureFile;

/// HTML text and the places in it that wait for an address.
#[derive(Debug, Clone, Default)]
pub(in crate::articles) struct Template {
    pub(super) text: String,
    /// In the order of their offsets.
    pub(super) holes: Vec<Hole>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Hole {
    pub(super) at: usize,
    pub(super) fill: Fill,
}

/// What goes into a hole; the number is the place in the article's list of references.
#[derive(Debug, Clone, Copy)]
pub(super) enum Fill {
    OpenLink(usize),
    CloseLink(usize),
    Picture(usize),
}

/// A link to another page of the help center, or a picture.
#[derive(Debug, Clone)]
pub(in crate::articles) struct Reference {
    pub(in crate::articles) line: usize,
    /// As the author wrote it.
    pub(in crate::articles) written: String,
    /// Where the address stands in the Markdown.
    pub(in crate::articles) place: Option<Range<usize>>,
    pub(in crate::articles) target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::articles) enum Target {
    /// A folder below the articles' folder (empty: the home page; one part: a section; two: a topic; three: an article), and an anchor.
    Folder {
        id: String,
        anchor: Option<String>,
    },
    Picture {
        name: String,
        alt: String,
    },
}

/// What a reference turned out to be.
#[derive(Debug, Clone)]
pub(in crate::articles) enum Resolved {
    Address(String),
    /// A page that readers can't open now: the link is shown as plain text.
    Hidden,
    Picture(Arc<PictureFile>),
}

impl PartialEq for Resolved {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Address(one), Self::Address(two)) => one == two,
            (Self::Hidden, Self::Hidden) => true,
            // The address is made from the contents.
            (Self::Picture(one), Self::Picture(two)) => one.address == two.address,
            _ => false,
        }
    }
}

impl Template {
    pub(super) fn push(&mut self, html: &str) {
        self.text.push_str(html);
    }

    pub(super) fn push_text(&mut self, text: &str) {
        escape_into(&mut self.text, text);
    }

    pub(super) fn hole(&mut self, fill: Fill) {
        self.holes.push(Hole { at: self.text.len(), fill });
    }

    pub(super) fn append(&mut self, other: &Self) {
        let base = self.text.len();
        self.text.push_str(&other.text);
        self.holes.extend(other.holes.iter().map(|hole| Hole { at: base + hole.at, fill: hole.fill }));
    }

    /// The finished HTML. `resolved` has one entry for each reference.
    pub(in crate::articles) fn fill(self, references: &[Reference], resolved: &[Resolved]) -> String {
        if self.holes.is_empty() {
            return self.text;
        }
        let mut html = String::with_capacity(self.text.len() + 80 * self.holes.len());
        let mut done = 0;
        for hole in &self.holes {
            html.push_str(&self.text[done..hole.at]);
            done = hole.at;
            match (hole.fill, references.get(hole.fill.reference()).zip(resolved.get(hole.fill.reference()))) {
                (Fill::OpenLink(_), Some((_, Resolved::Address(address)))) => {
                    html.push_str("<a href=\"");
                    escape_into(&mut html, address);
                    html.push_str("\">");
                }
                (Fill::CloseLink(_), Some((_, Resolved::Address(_)))) => html.push_str("</a>"),
                (Fill::Picture(_), Some((reference, Resolved::Picture(picture)))) => push_picture(&mut html, reference, picture),
                _ => {}
            }
        }
        html.push_str(&self.text[done..]);
        html.shrink_to_fit();
        html
    }

    /// Gives back what was set aside for growing: thousands of texts wait at the same time.
    pub(super) fn shrink(&mut self) {
        self.text.shrink_to_fit();
        self.holes.shrink_to_fit();
    }
}

impl Fill {
    fn reference(self) -> usize {
        match self {
            Self::OpenLink(number) | Self::CloseLink(number) | Self::Picture(number) => number,
        }
    }
}

/// Markdown whose links and pictures lead where those of the page lead.
pub(in crate::articles) fn fill_markdown(markdown: String, references: &[Reference], resolved: &[Resolved]) -> String {
    let mut places: Vec<(Range<usize>, &str)> = references
        .iter()
        .zip(resolved)
        .filter_map(|(reference, resolved)| {
            let address = match resolved {
                Resolved::Address(address) => address.as_str(),
                Resolved::Picture(picture) => picture.address.as_str(),
                Resolved::Hidden => return None,
            };
            Some((reference.place.clone()?, address))
        })
        .collect();
    if places.is_empty() {
        return markdown;
    }
    places.sort_by_key(|(place, _)| place.start);
    let mut filled = String::with_capacity(markdown.len() + 32 * places.len());
    let mut done = 0;
    for (place, address) in places {
        if let Some(before) = markdown.get(done..place.start) {
            filled.push_str(before);
            filled.push_str(address);
            done = place.end;
        }
    }
    filled.push_str(markdown.get(done..).unwrap_or_default());
    filled
}

fn push_picture(html: &mut String, reference: &Reference, picture: &PictureFile) {
    let alt = if let Target::Picture { alt, .. } = &reference.target { alt.as_str() } else { "" };
    html.push_str("<img src=\"");
    escape_into(html, &picture.address);
    html.push_str("\" alt=\"");
    escape_into(html, alt);
    html.push_str(&format!("\" width=\"{}\" height=\"{}\" loading=\"lazy\" decoding=\"async\">", picture.width, picture.height));
}
