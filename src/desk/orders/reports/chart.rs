//! A series drawn as columns, the period before as a line. Only the plot is a drawing, which fills whatever room there is; its labels are text beside it,
//! so that they are as large on a phone as on a wide screen.

use std::fmt::Write;

use jiff::civil::Date;
use leptos::prelude::*;

use super::model::{Series, Step, Value};
use crate::i18n::Lang;
use crate::orders::money::decimals;
use crate::values::escape_into;

/// Units of the drawing: its height, and the width of a column with its gap.
const HEIGHT: i64 = 1000;
const BAND: usize = 100;
/// What is more than nothing is seen.
const LOWEST: i64 = 6;
/// Steps of the axis.
const STEPS_MAX: i64 = 4;
/// So many labels have room below each other's columns on a phone.
const EACH_LABELED_MAX: usize = 7;
const LABELS: usize = 5;

/// The figure with its drawing, its labels and what the two looks mean. `id`: one for each chart of a page.
pub(super) fn figure(lang: Lang, id: &str, series: &Series) -> AnyView {
    let words = lang.desk_reports();
    let top = Axis::of(series);
    let labels = top.labels(lang).into_iter().map(|label| view! { <span>{label}</span> }).collect_view();
    let below = below(lang, series).into_iter().map(|label| view! { <span>{label}</span> }).collect_view();
    let x_class = if series.points.len() <= EACH_LABELED_MAX { "plot-x plot-x-each" } else { "plot-x" };
    let before = series.before.is_some().then(|| view! { <span class="plot-key-before">{words.period_before}</span> });
    let drawing = drawing(lang, id, series, &top);
    let named = format!("{id}-title {id}-desc");
    let view_box = format!("0 0 {} {HEIGHT}", series.points.len().max(1) * BAND);
    view! {
        <figure class="plot">
            <div class="plot-y" aria-hidden="true">{labels}</div>
            <svg class="plot-area" role="img" aria-labelledby=named viewBox=view_box preserveAspectRatio="none" inner_html=drawing></svg>
            <div class=x_class aria-hidden="true">{below}</div>
            <figcaption class="plot-key"><span class="plot-key-now">{series.columns.first().copied()}</span> {before}</figcaption>
        </figure>
    }
    .into_any()
}

/// The height of the drawing in round numbers.
struct Axis {
    step: i64,
    steps: i64,
    /// Minor units for one of what the labels say.
    unit: i64,
}

impl Axis {
    fn of(series: &Series) -> Self {
        let firsts = series.points.iter().filter_map(|point| point.values.first());
        let highest = firsts.chain(series.before.iter().flatten()).map(Value::size).max().unwrap_or_default();
        let unit = match series.points.first().and_then(|point| point.values.first()) {
            Some(Value::Money(money)) => 10_i64.pow(decimals(&money.currency)),
            Some(Value::Ratio(_)) => 100,
            Some(Value::Share(_)) => 10,
            _ => 1,
        };
        let (step, steps) = round_steps(highest.max(0), unit);
        Self { step, steps, unit }
    }

    fn top(&self) -> i64 {
        self.step.saturating_mul(self.steps)
    }

    /// From the highest to nothing.
    fn labels(&self, lang: Lang) -> Vec<String> {
        (0..=self.steps).rev().map(|at| lang.short_number(at.saturating_mul(self.step) / self.unit)).collect()
    }

    /// How high something stands, from the bottom.
    fn height(&self, size: i64) -> i64 {
        let height = i128::from(size.max(0)) * i128::from(HEIGHT) / i128::from(self.top().max(1));
        i64::try_from(height).unwrap_or(HEIGHT).clamp(if size > 0 { LOWEST } else { 0 }, HEIGHT)
    }
}

/// 1, 2 or 5 times a power of ten, so that a few of them reach the highest.
fn round_steps(highest: i64, unit: i64) -> (i64, i64) {
    let mut power = unit;
    loop {
        for times in [1, 2, 5] {
            let step = power.saturating_mul(times);
            let steps = highest / step + i64::from(highest % step != 0);
            if steps <= STEPS_MAX || step == i64::MAX {
                return (step, steps.max(1));
            }
        }
        power = power.saturating_mul(10);
    }
}

fn drawing(lang: Lang, id: &str, series: &Series, axis: &Axis) -> String {
    let mut svg = String::new();
    let mut text = |tag: &str, text: &str| {
        let _ = write!(svg, "<{tag} id=\"{id}-{tag}\">");
        escape_into(&mut svg, text);
        let _ = write!(svg, "</{tag}>");
    };
    text("title", &title(lang, series));
    text("desc", &description(lang, series));
    let width = series.points.len() * BAND;
    for at in 0..=axis.steps {
        let y = HEIGHT - HEIGHT * at / axis.steps;
        let _ = write!(svg, "<path class=\"plot-line\" d=\"M0 {y}H{width}\"/>");
    }
    let mut before = String::new();
    for (at, point) in series.points.iter().enumerate() {
        let left = at * BAND;
        let size = point.values.first().map_or(0, Value::size);
        let height = axis.height(size);
        let _ = write!(svg, "<g class=\"plot-part\"><title>");
        escape_into(&mut svg, &told(lang, series, at));
        // The whole band answers to a pointer, however low its column is.
        let _ = write!(svg, "</title><path class=\"plot-band\" d=\"M{left} 0h{BAND}v{HEIGHT}h-{BAND}z\"/>");
        if height > 0 {
            let _ = write!(svg, "<path class=\"plot-column\" d=\"M{} {HEIGHT}v-{height}h{}V{HEIGHT}z\"/>", left + BAND / 8, BAND * 3 / 4);
        }
        svg.push_str("</g>");
        if let Some(value) = series.before.as_ref().and_then(|before| before.get(at)) {
            let letter = if before.is_empty() { 'M' } else { 'L' };
            let _ = write!(before, "{letter}{} {}", left + BAND / 2, HEIGHT - axis.height(value.size()));
        }
    }
    if !before.is_empty() {
        // Its edge keeps it in sight where it crosses a column.
        let _ = write!(svg, "<path class=\"plot-edge\" d=\"{before}\"/><path class=\"plot-before\" d=\"{before}\"/>");
    }
    svg
}

/// "Revenue by day".
fn title(lang: Lang, series: &Series) -> String {
    let words = lang.desk_reports();
    let by = match series.step {
        Step::Day => words.by_day,
        Step::Week => words.by_week,
        Step::Month => words.by_month,
    };
    format!("{} · {by}", series.columns.first().copied().unwrap_or_default())
}

/// Where it is highest: the table below has the rest.
fn description(lang: Lang, series: &Series) -> String {
    let sizes = series.points.iter().enumerate().filter_map(|(at, point)| Some((point.values.first()?.size(), at)));
    match sizes.max_by_key(|(size, at)| (*size, std::cmp::Reverse(*at))) {
        Some((size, at)) if size > 0 => lang.desk_reports().highest.replace("{point}", &told(lang, series, at)),
        _ => lang.desk_reports().nothing_in_period.to_owned(),
    }
}

/// "December 1, 2026: R$1,234.50".
fn told(lang: Lang, series: &Series, at: usize) -> String {
    let Some(point) = series.points.get(at) else { return String::new() };
    let value = point.values.first().map(|value| value.told(lang)).unwrap_or_default();
    format!("{}: {value}", name(lang, series.step, point.from, point.to))
}

/// What a part of the period is called.
pub(super) fn name(lang: Lang, step: Step, from: Date, to: Date) -> String {
    match step {
        Step::Day => lang.date(from),
        // A part at the edge may be shorter than its name says.
        Step::Month if from.first_of_month() == from && to.last_of_month() == to => lang.month(from),
        Step::Week | Step::Month if from.year() == to.year() => format!("{} – {}", lang.short_day(from), lang.short_date(to)),
        Step::Week | Step::Month => format!("{} – {}", lang.short_date(from), lang.short_date(to)),
    }
}

/// Labels below the columns: each where there are few, else some at the same distance.
fn below(lang: Lang, series: &Series) -> Vec<String> {
    let count = series.points.len();
    let label = |at: usize| {
        let from = series.points[at].from;
        if series.step == Step::Month { lang.short_month(from) } else { lang.short_day(from) }
    };
    if count <= EACH_LABELED_MAX {
        return (0..count).map(label).collect();
    }
    (0..LABELS).map(|at| label(at * (count - 1) / (LABELS - 1))).collect()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::model::Point;
    use super::*;

    fn series(sizes: &[i64]) -> Series {
        let point = |(at, size): (usize, &i64)| {
            let day = date(2026, 12, 1).saturating_add(jiff::Span::new().days(i64::try_from(at).expect("few")));
            Point { from: day, to: day, values: vec![Value::Count(*size)] }
        };
        Series { step: Step::Day, columns: vec!["<Orders>"], points: sizes.iter().enumerate().map(point).collect(), before: None }
    }

    #[test]
    fn an_axis_has_few_round_steps() {
        let cases =
            [(0, 1, (1, 1)), (1, 1, (1, 1)), (7, 1, (2, 4)), (9, 1, (5, 2)), (1234, 1, (500, 3)), (123_456, 100, (50_000, 3)), (99, 100, (100, 1))];
        for (highest, unit, expected) in cases {
            assert_eq!(round_steps(highest, unit), expected, "{highest}");
        }
        let (step, steps) = round_steps(i64::MAX, 100);
        assert!(steps <= STEPS_MAX && step > 1_000_000);
    }

    #[test]
    fn columns_stand_in_proportion_and_words_are_escaped() {
        let drawn = series(&[0, 50, 100, -3]);
        let svg = drawing(Lang::En, "c", &drawn, &Axis::of(&drawn));
        assert_eq!(svg.matches("plot-column").count(), 2, "{svg}");
        assert!(svg.contains("v-500h") && svg.contains("v-1000h") && svg.contains("&lt;Orders&gt;") && !svg.contains("<Orders>"));
        assert!(svg.contains("December 3, 2026: 100"), "{svg}");
        let empty = series(&[]);
        assert!(drawing(Lang::En, "c", &empty, &Axis::of(&empty)).contains("<desc"));
    }

    #[test]
    fn there_is_room_for_the_labels() {
        assert_eq!(below(Lang::En, &series(&[1; 3])), ["12/1", "12/2", "12/3"]);
        assert_eq!(below(Lang::Pt, &series(&[1; 31])), ["1/12", "8/12", "16/12", "23/12", "31/12"]);
    }
}
