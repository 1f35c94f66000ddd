//! A way drawn as a chart: boxes below each other, arrows between them, and the same in words. Of the steps of a flow, and of whatever an
//! author writes in a block that begins with ```` ```flow ````.

mod draw;
mod parse;
mod wrap;

pub(super) use parse::parse;

/// What can be drawn legibly on a phone.
pub(super) const BOXES_MAX: usize = 24;

/// Boxes from top to bottom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Chart {
    pub boxes: Vec<ChartBox>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChartBox {
    pub title: String,
    pub kind: BoxKind,
    /// The heading that the box stands for.
    pub anchor: Option<String>,
    pub arrows: Vec<Arrow>,
}

/// What a box looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BoxKind {
    Plain,
    /// Counted from 1.
    Step(usize),
    /// An end at which somebody helps.
    Help,
    /// An end at which all is well.
    Good,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arrow {
    /// Place of the box that it points to.
    pub to: usize,
    pub label: String,
}

impl Chart {
    /// A line for each box: what the chart says, for the search and for Markdown readers.
    pub fn lines(&self) -> impl Iterator<Item = String> {
        self.boxes.iter().map(|from| {
            let arrows: Vec<String> = from.arrows.iter().map(|arrow| self.in_words(arrow)).collect();
            if arrows.is_empty() { from.title.clone() } else { format!("{}: {}", from.title, arrows.join("; ")) }
        })
    }

    /// When an arrow is gone along, and where it leads.
    fn in_words(&self, arrow: &Arrow) -> String {
        format!("{} → {}", arrow.label, self.boxes[arrow.to].title).trim_start().to_owned()
    }
}
