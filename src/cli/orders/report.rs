//! `ajuda orders report`.

use std::fmt::Write;

use clap::Subcommand;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::{named, why_not};
use crate::cli::console::printable;
use crate::orders::figures::{Ask, Dimension, InCurrency, NewOrders, Sums};
use crate::orders::money::Money;
use crate::rooms::Rooms;

#[derive(Subcommand)]
pub(in crate::cli) enum Report {
    /// Orders that came to be paid, with renewals and payments that failed beside them.
    NewOrders {
        /// The first day, such as 2026-11-01.
        #[arg(long, value_name = "DAY", value_parser = day)]
        from: Date,
        /// The last day.
        #[arg(long, value_name = "DAY", value_parser = day)]
        to: Date,
        /// One account; without it, all.
        #[arg(long)]
        account: Option<String>,
        /// As JSON, for other programs.
        #[arg(long)]
        json: bool,
    },
}

fn day(typed: &str) -> Result<Date, String> {
    typed.parse().map_err(|_| "write a day as 2026-11-30".to_owned())
}

pub(super) async fn run(rooms: &Rooms, what: Report) -> Result<String, String> {
    let Report::NewOrders { from, to, account, json } = what;
    let mut ask = Ask::new(from, to);
    if let Some(name) = account {
        ask.accounts.push(named(rooms.orders.accounts(), &name).await?.id);
    }
    let figures = rooms.orders.figures().new_orders(&ask).await.map_err(why_not)?;
    Ok(if json { format!("{}\n", new_orders_json(&ask, &figures)) } else { new_orders_text(&ask, &figures) })
}

fn new_orders_text(ask: &Ask, figures: &NewOrders) -> String {
    let mut text = format!("New orders from {} to {}\n", ask.from(), ask.to());
    if figures.is_counting {
        text += "Days are being counted anew: the figures may still change.\n";
    }
    for of in &figures.currencies {
        let new = &of.total.new;
        let plain = |minor| plain(minor, &of.currency);
        let _ = writeln!(text, "{}: {} orders, {}; net {}", shown(&of.currency), new.orders, plain(new.revenue), plain(new.net()));
        let _ = writeln!(text, "    one-time {}, first payments {}, renewals {}", new.one_time(), new.first, of.total.renewals.orders);
        let _ = writeln!(
            text,
            "    refunded {}, partly {}, chargebacks {}, failed {}",
            new.refunded, new.partly, new.chargebacks, of.total.failed.orders
        );
        let _ = writeln!(text, "    new customers {}, returning {}", new.new_customers, new.returning_customers());
        for line in of.by(Dimension::Product) {
            let name = printable(line.name.as_deref().unwrap_or(&line.value)).to_string();
            let _ = writeln!(text, "    {name}: {} orders, {}", line.part.new.orders, plain(line.part.new.revenue));
        }
    }
    text
}

fn shown(currency: &str) -> &str {
    if currency.is_empty() { "without a price" } else { currency }
}

fn plain(minor: i64, currency: &str) -> String {
    Money { minor, currency: currency.to_owned() }.plain()
}

fn new_orders_json(ask: &Ask, figures: &NewOrders) -> Value {
    let currencies: Vec<Value> = figures.currencies.iter().map(currency_json).collect();
    json!({ "from": ask.from().to_string(), "to": ask.to().to_string(), "is_counting": figures.is_counting, "currencies": currencies })
}

fn currency_json(of: &InCurrency) -> Value {
    let part = |part: &crate::orders::figures::Part| {
        json!({
            "new": sums_json(&part.new, &of.currency), "renewals": sums_json(&part.renewals, &of.currency),
            "failed": { "count": part.failed.orders, "sum": plain(part.failed.revenue, &of.currency) },
        })
    };
    let days: Vec<Value> = of.days.iter().map(|(day, own)| json!({ "day": day.to_string(), "figures": part(own) })).collect();
    let lines = |dimension: Dimension| {
        let line = |line: &crate::orders::figures::Line| json!({ "value": line.value, "name": line.name, "figures": part(&line.part) });
        of.by(dimension).iter().map(line).collect::<Vec<Value>>()
    };
    let by: serde_json::Map<String, Value> =
        Dimension::ALL.iter().map(|dimension| (dimension.word().to_owned(), Value::Array(lines(*dimension)))).collect();
    json!({ "currency": of.currency, "total": part(&of.total), "days": days, "by": by })
}

fn sums_json(sums: &Sums, currency: &str) -> Value {
    json!({
        "orders": sums.orders, "revenue": plain(sums.revenue, currency), "net": plain(sums.net(), currency),
        "average": sums.average().map(|average| plain(average, currency)), "fee": plain(sums.fee, currency), "shares": plain(sums.shares, currency),
        "without_fee": sums.without_fee, "one_time": sums.one_time(), "first_payments": sums.first, "refunded": sums.refunded,
        "refunded_sum": plain(sums.refunded_amount, currency), "partly_refunded": sums.partly, "partly_refunded_sum": plain(sums.partly_amount, currency),
        "chargebacks": sums.chargebacks, "chargebacks_sum": plain(sums.chargeback_amount, currency), "customers": sums.customers,
        "new_customers": sums.new_customers,
    })
}
