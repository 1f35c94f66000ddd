//! The elements that are open, and which of them a tag closes.
//!
//! To search them for each tag would take forever where some hundred thousand are open. So each remembers where the one like it stands
//! below it, and the uppermost of each is known.

use super::elements::{KINDS, Kind, Shape};

/// Deeper elements are read as if they had no tags of their own.
const DEPTH_MAX: usize = 50_000;

/// How the text within an element is shown.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Context {
    pub(super) is_hidden: bool,
    /// Letters of no size, until an element within gives them one.
    pub(super) is_sizeless: bool,
    pub(super) keeps_lines: bool,
    pub(super) keeps_spaces: bool,
    /// What Word puts in place of a list's dot.
    pub(super) is_bullet: bool,
    pub(super) quotes: u8,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Element {
    pub(super) kind: Kind,
    /// Lines end around it.
    pub(super) is_block: bool,
    pub(super) has_blank_lines: bool,
    pub(super) is_signature: bool,
    /// What holds again after it.
    pub(super) outer: Context,
    previous: [u32; 3],
}

impl Element {
    pub(super) fn new(kind: Kind, outer: Context) -> Self {
        Self { kind, is_block: false, has_blank_lines: false, is_signature: false, outer, previous: [0; 3] }
    }
}

/// Heights are counted from one; none is zero.
pub(super) struct Open {
    elements: Vec<Element>,
    kinds: [u32; KINDS],
    shapes: [u32; 16],
    block: u32,
}

impl Open {
    pub(super) fn new() -> Self {
        Self { elements: Vec::new(), kinds: [0; KINDS], shapes: [0; 16], block: 0 }
    }

    pub(super) fn height(&self) -> usize {
        self.elements.len()
    }

    pub(super) fn push(&mut self, mut element: Element) -> bool {
        if self.elements.len() >= DEPTH_MAX {
            return false;
        }
        let (kind, shape) = (element.kind.index(), element.kind.shape());
        element.previous = [self.kinds[kind], self.shapes[shape as usize], self.block];
        self.elements.push(element);
        let height = self.elements.len() as u32;
        self.kinds[kind] = height;
        self.shapes[shape as usize] = height;
        if shape.is_block() {
            self.block = height;
        }
        true
    }

    pub(super) fn pop(&mut self) -> Option<Element> {
        let element = self.elements.pop()?;
        [self.kinds[element.kind.index()], self.shapes[element.kind.shape() as usize], self.block] = element.previous;
        Some(element)
    }

    /// Where the uppermost element of a kind stands.
    pub(super) fn top(&self, kind: Kind) -> usize {
        self.kinds[kind.index()] as usize
    }

    pub(super) fn top_shape(&self, shape: Shape) -> usize {
        self.shapes[shape as usize] as usize
    }

    /// An end tag within a cell closes nothing around its table.
    fn wall(&self) -> usize {
        self.top_shape(Shape::Cell).max(self.top_shape(Shape::Table))
    }

    /// How many elements stay open after an end tag.
    pub(super) fn kept_by_end(&self, kind: Kind) -> usize {
        let wall = match kind.shape() {
            Shape::Table | Shape::Unseen => 0,
            Shape::Row | Shape::Cell => self.top_shape(Shape::Table),
            shape if shape.is_block() => self.wall(),
            _ => self.block as usize,
        };
        let top = self.top(kind);
        if top > wall { top - 1 } else { self.height() }
    }

    /// How many elements stay open when one begins that ends others without a tag.
    pub(super) fn kept_by_start(&self, kind: Kind) -> usize {
        let closes = |top: usize, wall: usize| if top > wall { top - 1 } else { self.height() };
        let shape = kind.shape();
        let table = self.top_shape(Shape::Table);
        let implied = match (shape, kind.name()) {
            (Shape::Cell, _) => closes(self.top_shape(Shape::Cell), table.max(self.top_shape(Shape::Row))),
            (Shape::Row, _) => closes(self.top_shape(Shape::Row), table),
            (_, "tbody" | "thead" | "tfoot") => closes(self.top_shape(Shape::Row), table),
            (Shape::Item, _) => closes(self.top_shape(Shape::Item), self.wall().max(self.top_shape(Shape::List))),
            _ => self.height(),
        };
        let paragraph = if shape.is_block() { closes(self.top(Kind::of(b"p")), self.wall()) } else { self.height() };
        implied.min(paragraph)
    }
}
