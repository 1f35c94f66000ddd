//! The figures of one currency as a page shows them: cards, a chart, tables.

use leptos::prelude::*;

use super::asked::Asked;
use super::chart;
use super::model::{Block, Card, Row, Series, Step, Table, Value, change};
use crate::i18n::Lang;

/// So many rows are shown at once; the rest folds.
const ROWS_SHOWN: usize = 10;
/// A longer table of a series folds.
const POINTS_SHOWN: usize = 14;

/// `id`: tells the blocks of a page apart. The tables of all but the first fold.
pub(super) fn block(lang: Lang, asked: &Asked, id: &str, block: &Block, is_first: bool) -> AnyView {
    let words = lang.desk_reports();
    let name = match block.currency.as_deref() {
        None => words.figures,
        Some("") => words.no_currency,
        Some(currency) => currency,
    };
    let cards = block.cards.iter().map(|one| card(lang, one)).collect_view();
    let series = block.series.as_ref().map(|one| series(lang, asked, id, block, one));
    let tables = block.tables.iter().map(|one| table(lang, asked, id, one)).collect_view();
    let tables = (!block.tables.is_empty()).then(|| {
        let tables = view! { <div class="report-tables">{tables}</div> };
        if is_first {
            return view! { <h3 class="sr">{words.breakdown}</h3> {tables} }.into_any();
        }
        let summary = view! { <summary><h3>{words.breakdown}<span class="sr">": " {name.to_owned()}</span></h3></summary> };
        view! { <details class="report-fold">{summary} {tables}</details> }.into_any()
    });
    view! {
        <section class="report-block" id=id.to_owned() aria-labelledby=format!("{id}-name")>
            <h2 id=format!("{id}-name")>{name.to_owned()}</h2>
            <ul class="figures" role="list">{cards}</ul>
            {series}
            {tables}
        </section>
    }
    .into_any()
}

fn card(lang: Lang, card: &Card) -> AnyView {
    let words = lang.desk_reports();
    let told = card.now.told(lang);
    let value = match &card.rows {
        Some(address) => view! { <a href=address.clone()>{told}<span class="sr">": " {words.rows}</span></a> }.into_any(),
        None => told.into_any(),
    };
    let beside = card.beside.as_ref().map(|beside| view! { <p class="figure-beside">{beside.told(lang)}</p> });
    let note = card.note.clone().map(|note| view! { <p>{note}</p> });
    view! {
        <li class="figure">
            <h3>{card.texts.name}</h3>
            <p class="figure-value">{value}</p>
            {beside}
            {card.before.as_ref().map(|before| compared(lang, card, before))}
            <details class="fold">
                <summary>{words.how}<span class="sr">": " {card.texts.name}</span></summary>
                <p>{card.texts.how}</p>
                {note}
            </details>
        </li>
    }
    .into_any()
}

/// By how much it changed, and what it was.
fn compared(lang: Lang, card: &Card, before: &Value) -> AnyView {
    let words = lang.desk_reports();
    let was = words.before.replace("{value}", &before.told(lang));
    let Some(change) = change(&card.now, before) else {
        return view! { <p class="figure-change">{words.no_comparison}</p> }.into_any();
    };
    let percent = lang.percent(change);
    let (class, told) = match change {
        0 => return view! { <p class="figure-change">{words.no_change}</p> }.into_any(),
        1.. => (if card.is_bad { "figure-change is-worse" } else { "figure-change is-better" }, format!("+{percent}")),
        _ => (if card.is_bad { "figure-change is-better" } else { "figure-change is-worse" }, percent),
    };
    view! { <p class=class><b>{told}</b> " " <span>{was}</span></p> }.into_any()
}

fn series(lang: Lang, asked: &Asked, id: &str, block: &Block, series: &Series) -> AnyView {
    let words = lang.desk_reports();
    let steps = asked.steps(asked.period).map(|step| {
        let name = match step {
            Step::Day => words.day,
            Step::Week => words.week,
            Step::Month => words.month,
        };
        let is_current = (series.step == step).then_some("true");
        let address = format!("{}#{id}", Asked { step: Some(step), ..asked.clone() }.address());
        view! { <li><a class="preset" href=address aria-current=is_current>{name}</a></li> }
    });
    let steps = view! { <ul class="presets" role="list" aria-label=words.step>{steps.collect_view()}</ul> };
    let has_more = series.points.len() > POINTS_SHOWN;
    view! {
        <div class="report-series">
            {steps}
            {chart::figure(lang, &format!("{id}-chart"), series)}
            <details class="fold report-table" open=!has_more>
                <summary>{words.as_table}</summary>
                {points(lang, block, series)}
                <p>{download(lang, asked, "series", words.as_table)}</p>
            </details>
        </div>
    }
    .into_any()
}

/// The same numbers as the drawing.
fn points(lang: Lang, block: &Block, series: &Series) -> AnyView {
    let words = lang.desk_reports();
    let first = match series.step {
        Step::Day => words.day,
        Step::Week => words.week,
        Step::Month => words.month,
    };
    let before_name = series.before.is_some().then_some(words.period_before);
    let rows = series.points.iter().enumerate().map(|(at, point)| {
        let values = point.values.iter().map(|value| number(lang, value)).collect_view();
        let before = series.before.as_ref().and_then(|before| before.get(at)).map(|value| number(lang, value));
        view! { <tr><th scope="row">{chart::name(lang, series.step, point.from, point.to)}</th>{values}{before}</tr> }
    });
    let heads = series.columns.iter().copied().chain(before_name).map(|name| view! { <th scope="col">{name}</th> });
    let caption = block.currency.clone().unwrap_or_default();
    scrolled(
        format!("{} {caption}", words.as_table),
        view! {
            <table class="report-numbers">
                <thead><tr><th scope="col">{first}</th>{heads.collect_view()}</tr></thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        }
        .into_any(),
    )
}

fn number(lang: Lang, value: &Value) -> AnyView {
    view! { <td>{value.told(lang)}</td> }.into_any()
}

/// What is wider than a phone scrolls by itself, also by the keyboard.
fn scrolled(label: String, table: AnyView) -> AnyView {
    view! { <div class="report-scroll" role="group" tabindex="0" aria-label=label>{table}</div> }.into_any()
}

fn table(lang: Lang, asked: &Asked, id: &str, table: &Table) -> AnyView {
    let words = lang.desk_reports();
    let most = table.bar.map_or(0, |bar| table.rows.iter().map(|row| row.values[bar].size()).max().unwrap_or_default());
    let (first, rest) = table.rows.split_at(table.rows.len().min(ROWS_SHOWN));
    let rows = |rows: &[Row]| rows_of(lang, table, rows, most);
    let more = (!rest.is_empty()).then(|| {
        let summary = words.more_rows.replace("{count}", &lang.number(i64::try_from(rest.len()).unwrap_or(i64::MAX)));
        view! { <details class="fold report-table"><summary>{summary}<span class="sr">": " {table.title}</span></summary>{rows(rest)}</details> }
    });
    let how = table
        .how
        .map(|how| view! { <details class="fold"><summary>{words.how}<span class="sr">": " {table.title}</span></summary><p>{how}</p></details> });
    let name = format!("{id}-{}", table.word);
    view! {
        <div class="report-breakdown" id=name>
            <h4>{table.title}</h4>
            {rows(first)}
            {more}
            {how}
            <p>{download(lang, asked, table.word, table.title)}</p>
        </div>
    }
    .into_any()
}

fn rows_of(lang: Lang, table: &Table, rows: &[Row], most: i64) -> AnyView {
    let body = rows.iter().map(|row| {
        let name = match &row.href {
            Some(address) => view! { <a href=address.clone() dir="auto">{row.name.clone()}</a> }.into_any(),
            None => view! { <span dir="auto">{row.name.clone()}</span> }.into_any(),
        };
        let bar = table.bar.map(|bar| share(row.values[bar].size(), most));
        let values = row.values.iter().map(|value| number(lang, value)).collect_view();
        view! { <tr><th scope="row">{name}{bar}</th>{values}</tr> }
    });
    let heads = table.columns.iter().map(|name| view! { <th scope="col">{*name}</th> }).collect_view();
    scrolled(
        table.title.to_owned(),
        view! {
            <table class="report-numbers">
                <thead><tr><th scope="col"><span class="sr">{table.of}</span></th>{heads}</tr></thead>
                <tbody>{body.collect_view()}</tbody>
            </table>
        }
        .into_any(),
    )
}

/// How much it is of the most; decoration, the number stands beside it.
fn share(size: i64, most: i64) -> AnyView {
    let width = if most > 0 { (i128::from(size.max(0)) * 1000 / i128::from(most)).clamp(0, 1000) } else { 0 };
    let drawing = format!("<path d=\"M0 0h{width}v10H0z\"/>");
    view! { <svg class="share-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true" inner_html=drawing></svg> }.into_any()
}

fn download(lang: Lang, asked: &Asked, table: &str, title: &'static str) -> AnyView {
    view! { <a class="report-file" href=asked.file(table) download="">{lang.desk_reports().download}<span class="sr">": " {title}</span></a> }
        .into_any()
}
