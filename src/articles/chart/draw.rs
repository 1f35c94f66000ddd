//! The chart as SVG and as a list. Arrows to the next box go straight down; all others go by lanes at the side, one for each box they lead to.

use super::wrap::{width, wrap};
use super::{BoxKind, Chart, ChartBox};
use crate::i18n::MarkdownTexts;
use crate::values::escape_into;

/// Units of the drawing are CSS pixels on a phone 360 pixels wide; wider screens show it somewhat larger.
const WIDTH: f64 = 328.0;
const TITLE_SIZE: f64 = 14.0;
const TITLE_LINE: f64 = 19.0;
const LABEL_SIZE: f64 = 12.5;
const LABEL_LINE: f64 = 16.0;
const PADDING: f64 = 12.0;
/// Room for a step's number.
const NUMBER: f64 = 30.0;
const GAP_MIN: f64 = 24.0;
/// Where arrows down leave a box.
const DOWN_AT: f64 = 24.0;
const LANE: f64 = 14.0;
/// The widest that labels beside the lanes may get.
const SIDE_MAX: f64 = 84.0;
const HEAD: f64 = 5.0;

/// Where everything stands.
struct Layout {
    box_width: f64,
    /// By box: its upper edge, its height, the lines of its title.
    boxes: Vec<(f64, f64, Vec<String>)>,
    height: f64,
    /// The boxes that lanes lead to, the innermost first.
    lanes: Vec<usize>,
}

impl Chart {
    /// The figure: a drawing, and the same in words.
    pub fn html(&self, words: &MarkdownTexts, caption: &str) -> String {
        let layout = Layout::of(self);
        let mut html = String::from("<figure class=\"chart\">\n<svg role=\"img\" viewBox=\"");
        html.push_str(&format!("0 0 {WIDTH} {:.0}\" aria-label=\"{}\">", layout.height, words.chart));
        for at in 0..self.boxes.len() {
            self.arrows_from(at, &layout, &mut html);
        }
        for (from, place) in self.boxes.iter().zip(&layout.boxes) {
            draw_box(from, place, layout.box_width, &mut html);
        }
        html.push_str("</svg>\n");
        if !caption.is_empty() {
            html.push_str("<figcaption>");
            escape_into(&mut html, caption);
            html.push_str("</figcaption>\n");
        }
        self.list(words, &mut html);
        html.push_str("</figure>\n");
        html
    }

    fn is_down(at: usize, to: usize) -> bool {
        to == at + 1
    }

    fn arrows_from(&self, at: usize, layout: &Layout, html: &mut String) {
        let (top, height, _) = &layout.boxes[at];
        let bottom = top + height;
        let mut exits = 0.0;
        for arrow in &self.boxes[at].arrows {
            if Self::is_down(at, arrow.to) {
                let end = layout.boxes[arrow.to].0;
                line(html, &format!("M{DOWN_AT} {bottom:.0}V{:.0}", end - HEAD));
                head(html, &format!("M{} {:.0}h{}l-{HEAD} {}z", DOWN_AT - HEAD, end - HEAD * 1.6, 2.0 * HEAD, HEAD * 1.6));
                let lines = wrap(&arrow.label, LABEL_SIZE, layout.box_width - DOWN_AT - PADDING);
                let first = (bottom + end) / 2.0 - (lines.len() as f64 - 1.0) * LABEL_LINE / 2.0 + LABEL_SIZE * 0.36;
                text(html, "chart-label", DOWN_AT + PADDING, first, LABEL_LINE, &lines);
                continue;
            }
            let lane = layout.lane_of(arrow.to);
            let (target_top, target_height, _) = &layout.boxes[arrow.to];
            let entry = target_top + target_height * if layout.is_source(self, arrow.to) { 0.3 } else { 0.5 };
            let exit = top + height * if layout.lanes.contains(&at) { 0.7 } else { 0.5 } + exits;
            line(html, &format!("M{:.0} {exit:.0}H{lane:.0}V{entry:.0}H{:.0}", layout.box_width, layout.box_width + HEAD));
            head(html, &format!("M{:.0} {:.0}v{}l-{} -{HEAD}z", layout.box_width + HEAD * 1.6, entry - HEAD, 2.0 * HEAD, HEAD * 1.6));
            let lines = wrap(&arrow.label, LABEL_SIZE, SIDE_MAX);
            let first = exit - (lines.len() as f64 - 1.0) * LABEL_LINE / 2.0 + LABEL_SIZE * 0.36;
            text(html, "chart-label", layout.side(), first, LABEL_LINE, &lines);
            exits += LABEL_LINE * lines.len() as f64;
        }
    }

    fn list(&self, words: &MarkdownTexts, html: &mut String) {
        html.push_str(&format!("<details><summary>{}</summary>\n<ol>\n", words.in_words));
        for from in &self.boxes {
            html.push_str("<li>");
            match &from.anchor {
                Some(anchor) => {
                    html.push_str(&format!("<a href=\"#{anchor}\">"));
                    escape_into(html, &from.title);
                    html.push_str("</a>");
                }
                None => escape_into(html, &from.title),
            }
            if !from.arrows.is_empty() {
                html.push_str("<ul>");
                for arrow in &from.arrows {
                    html.push_str("<li>");
                    escape_into(html, &self.in_words(arrow));
                    html.push_str("</li>");
                }
                html.push_str("</ul>");
            }
            html.push_str("</li>\n");
        }
        html.push_str("</ol>\n</details>\n");
    }
}

impl Layout {
    fn of(chart: &Chart) -> Self {
        let aside = |at: usize| chart.boxes[at].arrows.iter().filter(move |arrow| !Chart::is_down(at, arrow.to));
        let mut lanes: Vec<usize> = Vec::new();
        let mut side: f64 = 0.0;
        for arrow in (0..chart.boxes.len()).flat_map(aside) {
            if !lanes.contains(&arrow.to) {
                lanes.push(arrow.to);
            }
            side = wrap(&arrow.label, LABEL_SIZE, SIDE_MAX).iter().map(|line| width(line, LABEL_SIZE)).fold(side, f64::max);
        }
        let room = if lanes.is_empty() { 0.0 } else { LANE * (lanes.len() as f64 + 1.0) + side };
        let box_width = (WIDTH - room).clamp(WIDTH / 3.0, WIDTH).floor();
        let mut boxes = Vec::new();
        let mut top = 1.0;
        for (at, from) in chart.boxes.iter().enumerate() {
            let lines = wrap(&from.title, TITLE_SIZE, box_width - 2.0 * PADDING - number_room(from.kind));
            // Labels beside the box need their height too.
            let beside: usize = aside(at).map(|arrow| wrap(&arrow.label, LABEL_SIZE, SIDE_MAX).len()).sum();
            let height = (lines.len() as f64 * TITLE_LINE + 2.0 * PADDING).max(beside as f64 * LABEL_LINE + PADDING);
            let down = from.arrows.iter().find(|arrow| Chart::is_down(at, arrow.to));
            let label_lines = down.map_or(0, |arrow| wrap(&arrow.label, LABEL_SIZE, box_width - DOWN_AT - PADDING).len());
            boxes.push((top, height, lines));
            top += height + GAP_MIN.max(label_lines as f64 * LABEL_LINE + PADDING);
        }
        let height = boxes.last().map_or(0.0, |(top, height, _)| top + height + 1.0);
        Self { box_width, boxes, height, lanes }
    }

    fn lane_of(&self, target: usize) -> f64 {
        let place = self.lanes.iter().position(|lane| *lane == target).unwrap_or_default();
        self.box_width + LANE * (place as f64 + 1.0)
    }

    /// Where labels beside the lanes begin.
    fn side(&self) -> f64 {
        self.box_width + LANE * self.lanes.len() as f64 + LANE / 2.0
    }

    /// Whether lanes leave a box too, so that arrows in and out need places of their own.
    fn is_source(&self, chart: &Chart, at: usize) -> bool {
        chart.boxes[at].arrows.iter().any(|arrow| !Chart::is_down(at, arrow.to))
    }
}

fn number_room(kind: BoxKind) -> f64 {
    if matches!(kind, BoxKind::Step(_)) { NUMBER } else { 0.0 }
}

fn draw_box(from: &ChartBox, (top, height, lines): &(f64, f64, Vec<String>), box_width: f64, html: &mut String) {
    let class = match from.kind {
        BoxKind::Plain | BoxKind::Step(_) => "chart-box",
        BoxKind::Help => "chart-box chart-help",
        BoxKind::Good => "chart-box chart-good",
    };
    html.push_str(&format!("<rect class=\"{class}\" x=\"1\" y=\"{top:.0}\" width=\"{:.0}\" height=\"{height:.0}\" rx=\"10\"/>", box_width - 1.0));
    let middle = top + height / 2.0;
    if let BoxKind::Step(number) = from.kind {
        html.push_str(&format!("<circle class=\"chart-number\" cx=\"{DOWN_AT}\" cy=\"{middle:.0}\" r=\"12\"/>"));
        html.push_str(&format!("<text class=\"chart-count\" x=\"{DOWN_AT}\" y=\"{:.0}\">{number}</text>", middle + 4.5));
    }
    let first = middle - (lines.len() as f64 - 1.0) * TITLE_LINE / 2.0 + TITLE_SIZE * 0.36;
    text(html, "chart-title", PADDING + 2.0 + number_room(from.kind), first, TITLE_LINE, lines);
}

fn line(html: &mut String, path: &str) {
    html.push_str(&format!("<path class=\"chart-line\" d=\"{path}\"/>"));
}

fn head(html: &mut String, path: &str) {
    html.push_str(&format!("<path class=\"chart-head\" d=\"{path}\"/>"));
}

fn text(html: &mut String, class: &str, x: f64, first: f64, step: f64, lines: &[String]) {
    for (at, words) in lines.iter().enumerate() {
        html.push_str(&format!("<text class=\"{class}\" x=\"{x:.0}\" y=\"{:.0}\">", first + at as f64 * step));
        escape_into(html, words);
        html.push_str("</text>");
    }
}
