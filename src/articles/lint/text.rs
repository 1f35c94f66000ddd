//! A text as its checks see it: its sentences, words and pictures, with their lines.

use std::ops::Range;
use std::sync::Arc;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use crate::articles::front_matter as front;
use crate::articles::markdown::template::Target;
use crate::articles::markdown::{options, written_anchor};
use crate::articles::problem::Findings;
use crate::articles::sentences::sentences;
use crate::articles::source::Source;
use crate::articles::text::Lines;
use crate::i18n::Lang;

/// Stands where code or a placeholder stood: it is no word.
const NO_WORD: char = '\u{fffc}';

/// One language of one article.
pub(super) struct Text {
    pub(super) file: Arc<str>,
    pub(super) lang: Lang,
    pub(super) is_draft: bool,
    pub(super) title: Block,
    pub(super) summary: Block,
    /// Paragraphs and points of lists: what is read as sentences.
    pub(super) prose: Vec<Block>,
    /// Headings, cells of tables and descriptions of pictures, which are no sentences.
    pub(super) rest: Vec<Block>,
    pub(super) pictures: Vec<Picture>,
    /// Folders to which it links.
    pub(super) links: Vec<String>,
}

/// A picture as the text shows it.
pub(super) struct Picture {
    pub(super) alt: String,
    pub(super) line: usize,
}

/// Words that belong together, without marks, on one line.
#[derive(Debug, Default)]
pub(super) struct Block {
    pub(super) text: String,
    /// Where in the text which line of the file begins.
    starts: Vec<(usize, usize)>,
}

impl Text {
    /// `None` when the file was changed since its source was read.
    pub(super) fn of(source: &Source, written: &str) -> Option<Self> {
        let split = front::split(written, &mut Findings::new(&source.file))?;
        let line_of = |key: &str| split.yaml.lines().position(|line| line.starts_with(key)).map_or(2, |at| at + 2);
        let mut reader = Reader { lines: Lines::new(split.body, split.body_line), prose: Vec::new(), rest: Vec::new(), open: Block::default() };
        reader.read(split.body);
        let pictures = source.references.iter().filter_map(|reference| match &reference.target {
            Target::Picture { alt, .. } => Some(Picture { alt: alt.clone(), line: reference.line }),
            Target::Folder { .. } => None,
        });
        let links = source.references.iter().filter_map(|reference| match &reference.target {
            Target::Folder { id, .. } => Some(id.clone()),
            Target::Picture { .. } => None,
        });
        Some(Self {
            file: source.file.clone(),
            lang: source.lang,
            is_draft: source.front.draft,
            title: Block::at(&source.front.title, line_of("title:")),
            summary: Block::at(&source.front.summary, line_of("summary:")),
            prose: reader.prose,
            rest: reader.rest,
            pictures: pictures.collect(),
            links: links.collect(),
        })
    }

    /// The folder of the article.
    pub(super) fn article(&self) -> &str {
        self.file.rsplit_once('/').map_or("", |(article, _)| article)
    }

    /// Everything that holds words.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        [&self.title, &self.summary].into_iter().chain(&self.prose).chain(&self.rest)
    }
}

impl Block {
    pub(super) fn at(text: &str, line: usize) -> Self {
        Self { text: text.to_owned(), starts: vec![(0, line)] }
    }

    fn push(&mut self, text: &str, line: usize) {
        self.starts.push((self.text.len(), line));
        self.text.push_str(text);
    }

    /// The line of the file on which a place of the text stands.
    pub(super) fn line_at(&self, offset: usize) -> usize {
        let before = self.starts.partition_point(|(start, _)| *start <= offset);
        self.starts.get(before.saturating_sub(1)).map_or(1, |(_, line)| *line)
    }

    pub(super) fn line(&self) -> usize {
        self.line_at(0)
    }

    /// Its sentences with their lines.
    pub(super) fn sentences(&self) -> impl Iterator<Item = (usize, &str)> {
        sentences(&self.text).into_iter().map(|place| (self.line_at(place.start), &self.text[place]))
    }

    /// What stands between spaces and holds a letter or digit, with its place.
    pub(super) fn words(&self) -> impl Iterator<Item = (usize, &str)> {
        words(&self.text).map(|word| (word.as_ptr() as usize - self.text.as_ptr() as usize, word))
    }
}

/// What stands between spaces and holds a letter or digit.
pub(super) fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| letter.is_whitespace() || letter == NO_WORD).filter(|word| word.contains(char::is_alphanumeric))
}

/// Collects the blocks of a text.
struct Reader {
    lines: Lines,
    prose: Vec<Block>,
    rest: Vec<Block>,
    open: Block,
}

impl Reader {
    fn read(&mut self, body: &str) {
        let mut in_code = false;
        for (event, range) in Parser::new_ext(body, options()).into_offset_iter() {
            match event {
                Event::Start(Tag::CodeBlock(_)) => {
                    self.close(true);
                    in_code = true;
                }
                Event::End(TagEnd::CodeBlock) => in_code = false,
                // The description of a picture is no part of the sentence around it.
                Event::Start(tag) if is_block(&tag) || matches!(tag, Tag::Image { .. }) => self.close(true),
                Event::End(TagEnd::Heading(_)) => {
                    // Its anchor is no word.
                    let words = written_anchor(&self.open.text).map_or(self.open.text.len(), |(words, _)| words.len());
                    self.open.text.truncate(words);
                    self.close(false);
                }
                Event::End(TagEnd::TableCell | TagEnd::Image) => self.close(false),
                Event::End(TagEnd::Paragraph | TagEnd::Item) => self.close(true),
                Event::Text(text) if !in_code => self.push(&text, &range),
                Event::SoftBreak | Event::HardBreak => self.push(" ", &range),
                Event::Code(_) => self.push(NO_WORD.encode_utf8(&mut [0; 4]), &range),
                _ => {}
            }
        }
        self.close(true);
    }

    fn push(&mut self, text: &str, range: &Range<usize>) {
        self.open.push(text, self.lines.at(range.start));
    }

    fn close(&mut self, is_prose: bool) {
        let mut block = std::mem::take(&mut self.open);
        hide_placeholders(&mut block.text);
        if !block.text.trim().is_empty() {
            if is_prose { &mut self.prose } else { &mut self.rest }.push(block);
        }
    }
}

fn is_block(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Paragraph | Tag::Heading { .. } | Tag::BlockQuote(_) | Tag::List(_) | Tag::Item | Tag::FootnoteDefinition(_) | Tag::TableCell)
}

/// Puts signs that are no words in the place of `{{…}}`, as many bytes as there were, so that every place stays where it is.
fn hide_placeholders(text: &mut String) {
    let mut from = 0;
    while let Some(start) = text[from..].find("{{").map(|at| from + at) {
        let Some(length) = text[start..].find("}}").map(|at| at + 2) else { return };
        let filler = format!("{NO_WORD}{}", " ".repeat(length - NO_WORD.len_utf8()));
        text.replace_range(start..start + length, &filler);
        from = start + length;
    }
}
