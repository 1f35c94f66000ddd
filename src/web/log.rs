//! The program's log, on standard error.

use tracing::Subscriber;
use tracing_subscriber::Layer;
use tracing_subscriber::filter::{LevelFilter, Targets};
use tracing_subscriber::fmt::time::{FormatTime, SystemTime};
use tracing_subscriber::fmt::{self, MakeWriter};
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::registry::LookupSpan;
use tracing_subscriber::util::SubscriberInitExt;

use super::log_line::LineMaker;
use super::read_log::{self, InOrder};
use crate::config::LogFormat;

/// Writes the last lines when it is dropped.
#[must_use]
pub struct Log(());

/// Starts the log of the process, once.
pub fn start(format: LogFormat) -> Log {
    if let Err(error) = read_log::start(LineMaker::new(format)) {
        tracing::warn!(%error, "no thread for the log");
    }
    let levels = Targets::new().with_default(LevelFilter::WARN).with_target("ajuda", LevelFilter::INFO);
    tracing_subscriber::registry().with(levels).with(layer(format, || InOrder, SystemTime)).init();
    Log(())
}

impl Drop for Log {
    fn drop(&mut self) {
        read_log::flush();
    }
}

/// How lines look.
pub(super) fn layer<S, W, T>(format: LogFormat, writer: W, timer: T) -> Box<dyn Layer<S> + Send + Sync>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: for<'w> MakeWriter<'w> + Send + Sync + 'static,
    T: FormatTime + Send + Sync + 'static,
{
    let layer = fmt::layer().with_writer(writer).with_timer(timer);
    match format {
        LogFormat::Text => layer.boxed(),
        LogFormat::Json => layer.json().boxed(),
    }
}
