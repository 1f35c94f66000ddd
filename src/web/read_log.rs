//! The lines of answers that are given back from memory. There may be a hundred thousand in a second, so they wait a moment and are written
//! many at once by a thread of their own. Every other line takes with it those that wait, so that all stand in the order of their time.

use std::io::{self, Write};
use std::sync::{Mutex, OnceLock, PoisonError};
use std::thread::{self, Thread};
use std::time::Duration;

use axum::http::Method;

use super::log_line::LineMaker;
use super::request_log::{self, RequestId};
use crate::clock::{Clock, Micros};

/// How long lines are collected.
const COLLECT_MILLIS: u64 = 50;
/// Lines that wait at most, half a megabyte. The request whose line is one more writes them all, as it would have written its own: for as
/// long as whoever reads the log takes.
const WAITING_MAX: usize = 8_192;

/// One answer from memory.
pub struct Read {
    pub(super) at: Micros,
    pub(super) id: RequestId,
    pub(super) method: &'static str,
    pub(super) route: &'static str,
    pub(super) status: u16,
    pub(super) elapsed: Duration,
}

impl Read {
    /// One that ends now.
    pub fn now(id: RequestId, method: &'static str, route: &'static str, status: u16, elapsed: Duration) -> Self {
        Self { at: Clock::default().now(), id, method, route, status, elapsed }
    }
}

/// The process has one log.
static WRITER: OnceLock<Writer> = OnceLock::new();

struct Writer {
    waiting: Mutex<Vec<Read>>,
    /// What was written last, and its memory for the next time.
    spare: Mutex<(LineMaker, Vec<Read>, Vec<u8>)>,
    thread: Thread,
}

/// Starts the thread. Until then, and without it, each line is written at once.
pub(super) fn start(lines: LineMaker) -> io::Result<()> {
    let work = || {
        loop {
            thread::park();
            thread::sleep(Duration::from_millis(COLLECT_MILLIS));
            flush();
        }
    };
    let thread = thread::Builder::new().name("log".into()).spawn(work)?.thread().clone();
    let spare = Mutex::new((lines, Vec::new(), Vec::new()));
    // A log that was started before goes on.
    let _ = WRITER.set(Writer { waiting: Mutex::default(), spare, thread });
    Ok(())
}

/// Leaves a line to be written.
pub fn write(read: Read) {
    let Some(writer) = WRITER.get() else {
        let method = Method::from_bytes(read.method.as_bytes()).unwrap_or_default();
        return request_log::line(&request_log::span(read.id.as_str()), &method, read.route, read.status, read.elapsed);
    };
    let mut waiting = writer.waiting.lock().unwrap_or_else(PoisonError::into_inner);
    waiting.push(read);
    let count = waiting.len();
    drop(waiting);
    if count == 1 {
        writer.thread.unpark();
    } else if count >= WAITING_MAX {
        flush();
    }
}

/// Writes what waits.
pub fn flush() {
    let mut out = io::stderr().lock();
    // Without a standard error there is nobody to tell.
    let _ = write_waiting(&mut out);
}

fn write_waiting(out: &mut impl Write) -> io::Result<()> {
    let Some(writer) = WRITER.get() else { return Ok(()) };
    let mut spare = writer.spare.lock().unwrap_or_else(PoisonError::into_inner);
    let (lines, reads, text) = &mut *spare;
    std::mem::swap(reads, &mut *writer.waiting.lock().unwrap_or_else(PoisonError::into_inner));
    text.clear();
    for read in reads.drain(..) {
        lines.write(&read, text);
    }
    if text.is_empty() { Ok(()) } else { out.write_all(text) }
}

/// Standard error for every other line.
pub(super) struct InOrder;

impl Write for InOrder {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        let mut out = io::stderr().lock();
        write_waiting(&mut out)?;
        out.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        io::stderr().flush()
    }
}

/// The routes that were seen; the program has a few dozen.
static ROUTES: Mutex<Vec<&'static str>> = Mutex::new(Vec::new());

/// A route that lives as long as the program, so that a line need not carry a copy of it.
pub(super) fn route(route: &str) -> &'static str {
    let mut routes = ROUTES.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = routes.iter().find(|known| **known == route) {
        return known;
    }
    let route: &'static str = route.to_owned().leak();
    routes.push(route);
    route
}
