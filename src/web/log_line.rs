//! The line of a request without tracing: what tracing made of one such line is cut apart where its values stood, and filled in again.

use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::http::Method;
use tracing_subscriber::fmt::format::Writer;
use tracing_subscriber::fmt::time::FormatTime;
use tracing_subscriber::layer::SubscriberExt;

use super::read_log::Read;
use super::{log, request_log};
use crate::clock::Micros;
use crate::config::LogFormat;

/// Makes lines of one format.
pub(super) struct LineMaker {
    pieces: Vec<Piece>,
    /// The second of the last line, and how it is written.
    second: (i64, String),
}

enum Piece {
    Text(String),
    Value(Value),
}

#[derive(Clone, Copy)]
enum Value {
    Time,
    Id,
    Method,
    Route,
    Status,
    Millis,
}

/// Values that stand nowhere else in a line.
const MARKS: [(Value, &str); 6] = [
    (Value::Time, "<time>"),
    (Value::Id, "<id>"),
    (Value::Method, "METHOD-MARK"),
    (Value::Route, "<route>"),
    (Value::Status, "60007"),
    (Value::Millis, "77777.5"),
];
const STATUS_MARK: u16 = 60_007;
const MILLIS_MARK: Duration = Duration::from_micros(77_777_500);

impl LineMaker {
    pub(super) fn new(format: LogFormat) -> Self {
        let line = marked(format);
        let (mut pieces, mut rest) = (Vec::new(), line.as_str());
        while let Some((at, (value, mark))) = MARKS.into_iter().filter_map(|mark| Some((rest.find(mark.1)?, mark))).min_by_key(|(at, _)| *at) {
            pieces.push(Piece::Text(rest[..at].to_owned()));
            pieces.push(Piece::Value(value));
            rest = &rest[at + mark.len()..];
        }
        pieces.push(Piece::Text(rest.to_owned()));
        Self { pieces, second: (i64::MIN, String::new()) }
    }

    /// Adds the line of a read to a text.
    pub(super) fn write(&mut self, read: &Read, text: &mut Vec<u8>) {
        let second = read.at.0.div_euclid(Micros::SECOND);
        if self.second.0 != second {
            let moment = Micros(second.saturating_mul(Micros::SECOND)).timestamp();
            self.second = (second, moment.to_string().trim_end_matches('Z').to_owned());
        }
        for piece in &self.pieces {
            // Writing into memory can't fail.
            let _ = match piece {
                Piece::Text(piece) => text.write_all(piece.as_bytes()),
                Piece::Value(Value::Time) => write!(text, "{}.{:06}Z", self.second.1, read.at.0.rem_euclid(Micros::SECOND)),
                Piece::Value(Value::Id) => text.write_all(read.id.as_str().as_bytes()),
                Piece::Value(Value::Method) => text.write_all(read.method.as_bytes()),
                Piece::Value(Value::Route) => text.write_all(read.route.as_bytes()),
                Piece::Value(Value::Status) => write!(text, "{}", read.status),
                Piece::Value(Value::Millis) => write!(text, "{:?}", read.elapsed.as_secs_f64() * 1000.0),
            };
        }
    }
}

/// A line with all marks, as tracing writes it.
fn marked(format: LogFormat) -> String {
    let written = Written::default();
    let writer = written.clone();
    let lines = tracing_subscriber::registry().with(log::layer(format, move || writer.clone(), MarkedTime));
    tracing::subscriber::with_default(lines, || {
        let method = Method::from_bytes(MARKS[2].1.as_bytes()).unwrap_or_default();
        request_log::line(&request_log::span(MARKS[1].1), &method, MARKS[3].1, STATUS_MARK, MILLIS_MARK);
    });
    let bytes = std::mem::take(&mut *written.0.lock().unwrap_or_else(PoisonError::into_inner));
    String::from_utf8_lossy(&bytes).into_owned()
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

struct MarkedTime;

impl FormatTime for MarkedTime {
    fn format_time(&self, writer: &mut Writer<'_>) -> std::fmt::Result {
        writer.write_str(MARKS[0].1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::web::request_log::RequestId;

    /// The moment that a line of tracing's own stands for.
    const AT: Micros = Micros(1_795_435_200_000_042);

    struct FixedTime;

    impl FormatTime for FixedTime {
        fn format_time(&self, writer: &mut Writer<'_>) -> std::fmt::Result {
            writer.write_str("2026-11-23T12:00:00.000042Z")
        }
    }

    #[test]
    fn a_line_looks_as_tracing_would_have_written_it() {
        for format in [LogFormat::Text, LogFormat::Json] {
            let mut maker = LineMaker::new(format);
            for (method, status, micros) in [(Method::GET, 200, 41), (Method::HEAD, 304, 1_500_000), (Method::GET, 200, 0)] {
                let (id, route, elapsed) = (RequestId::random(), "/{lang}/{section}", Duration::from_micros(micros));
                let written = Written::default();
                let writer = written.clone();
                let lines = tracing_subscriber::registry().with(log::layer(format, move || writer.clone(), FixedTime));
                tracing::subscriber::with_default(lines, || request_log::line(&request_log::span(id.as_str()), &method, route, status, elapsed));
                let expected = written.0.lock().expect("no panic").clone();
                let mut text = Vec::new();
                let method = if method == Method::GET { "GET" } else { "HEAD" };
                maker.write(&Read { at: AT, id, method, route, status, elapsed }, &mut text);
                assert!(expected.len() > 50 && expected.ends_with(b"\n"));
                assert_eq!(String::from_utf8_lossy(&text), String::from_utf8_lossy(&expected));
            }
        }
    }

    #[test]
    fn the_clock_of_a_line_goes_on() {
        let mut maker = LineMaker::new(LogFormat::Text);
        let mut text = Vec::new();
        for at in [AT, AT.plus(1), AT.plus(Micros::SECOND), Micros(-1)] {
            maker.write(&Read { at, id: RequestId::random(), method: "GET", route: "/", status: 200, elapsed: Duration::ZERO }, &mut text);
        }
        let text = String::from_utf8(text).expect("UTF-8");
        let lines: Vec<&str> = text.lines().collect();
        for (line, time) in lines.iter().zip(["12:00:00.000042Z", "12:00:00.000043Z", "12:00:01.000042Z", "1969-12-31T23:59:59.999999Z"]) {
            assert!(line.contains(time), "{line} {time}");
        }
    }
}
