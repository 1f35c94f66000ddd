//! *Sales and support*: which products bring tickets, what they are about, and what goes back after them.

use super::asked::Asked;
use super::lines;
use super::model::{Block, Card, Report, Row, Table, Value};
use super::rows::Of;
use crate::app::App;
use crate::articles::model::Library;
use crate::error::ServiceError;
use crate::i18n::Lang;
use crate::orders::figures::model::SupportLine;
use crate::orders::figures::{Dimension, SupportKind, WithSupport};

pub(super) async fn report(app: &App, lang: Lang, asked: &Asked) -> Result<Report, ServiceError> {
    let ask = asked.ask();
    let now = app.orders.figures().with_support(&ask).await?;
    let before = match ask.before() {
        Some(ask) => Some(app.orders.figures().with_support(&ask).await?),
        None => None,
    };
    let library = app.content.library();
    let words = lang.desk_reports();
    let card = |texts, rows, of: fn(&WithSupport) -> i64| {
        let card = Card::new(texts, Value::Count(of(&now)), before.as_ref().map(|before| Value::Count(of(before))));
        card.rows(asked.rows("", Of::Support(rows), None, None))
    };
    let cards = vec![
        // More questions are nothing to be glad of.
        card(words.tickets, SupportKind::Tickets, |support| support.tickets).bad(),
        card(words.matched, SupportKind::Matched, |support| support.matched).bad(),
        card(words.refunds_after, SupportKind::RefundsAfter, |support| support.refunds_after).bad(),
        card(words.read_first, SupportKind::ReadFirst, |support| support.refunds_after_with_visits),
    ];
    let mut tables =
        vec![products(lang, asked, &now.products), reasons(lang, asked, &library, &now.products), articles(lang, &library, &now.read_before)];
    tables.retain(|table| !table.rows.is_empty());
    Ok(Report { blocks: vec![Block { currency: None, cards, series: None, tables }], is_counting: false })
}

fn product(lang: Lang, line: &SupportLine) -> String {
    lines::name(lang, Dimension::Product, &line.product, line.name.as_deref())
}

fn products(lang: Lang, asked: &Asked, all: &[SupportLine]) -> Table {
    let words = lang.desk_reports();
    let row = |line: &SupportLine| Row {
        name: product(lang, line),
        href: Some(asked.narrowed(Dimension::Product, Some(&line.product)).address()),
        values: vec![
            Value::Count(line.tickets),
            line.per_100_orders().map_or(Value::None, Value::Ratio),
            Value::Count(line.orders),
            Value::Count(line.refunds_after),
        ],
    };
    Table {
        word: Dimension::Product.word(),
        title: words.by_product,
        how: Some(words.per_100_orders.how),
        of: words.product,
        columns: vec![words.tickets.name, words.per_100_orders.name, words.orders.name, words.refunds_after.name],
        rows: all.iter().map(row).collect(),
        bar: Some(0),
    }
}

fn reasons(lang: Lang, asked: &Asked, library: &Library, all: &[SupportLine]) -> Table {
    let words = lang.desk_reports();
    let rows = all.iter().flat_map(|line| {
        let of = product(lang, line);
        let rows = asked.narrowed(Dimension::Product, Some(&line.product)).rows("", Of::Support(SupportKind::Matched), None, None);
        line.reasons.iter().map(move |(reason, count)| Row {
            name: format!("{of} · {}", lines::reason(lang, library, reason)),
            href: Some(rows.clone()),
            values: vec![Value::Count(*count)],
        })
    });
    let mut rows: Vec<Row> = rows.collect();
    rows.sort_by_key(|row| std::cmp::Reverse(row.values[0].size()));
    let columns = vec![words.tickets.name];
    Table { word: "reason", title: words.reasons, how: None, of: words.reason, columns, rows, bar: Some(0) }
}

fn articles(lang: Lang, library: &Library, read: &[(String, i64)]) -> Table {
    let words = lang.desk_reports();
    let row = |(id, count): &(String, i64)| {
        let article = library.articles.iter().find(|(known, _)| known.as_str() == id).map(|(_, article)| article);
        Row {
            name: article.map_or_else(|| id.clone(), |article| article.shown(lang, library.default_lang).title.clone()),
            href: article.map(|article| article.urls[lang].clone()),
            values: vec![Value::Count(*count)],
        }
    };
    Table {
        word: "article",
        title: words.articles_read,
        how: Some(words.articles_read_how),
        of: words.article,
        columns: vec![words.tickets.name],
        rows: read.iter().map(row).collect(),
        bar: Some(0),
    }
}
