//! The body of a form in parts, without letting the library (multer 3) hold more of it than its reader takes: it reads on as long as bytes come, and
//! looks through all that it holds for the end of a part's head each time.

use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use axum::BoxError;
use axum::body::{Body, Bytes};
use hyper::body::Frame;

/// What may be held: all heads of a form, and of its content what was not taken yet.
pub(super) const HELD_MAX_BYTES: u64 = 64 * 1024;

/// How far the reader of a form is.
#[derive(Clone, Default)]
pub(super) struct Taken(Arc<Progress>);

#[derive(Default)]
struct Progress {
    bytes: AtomicU64,
    /// Parts begun and pieces taken.
    steps: AtomicU64,
}

impl Taken {
    /// A part began, or bytes of content were taken.
    pub(super) fn add(&self, bytes: usize) {
        self.0.bytes.fetch_add(bytes as u64, Ordering::Relaxed);
        self.0.steps.fetch_add(1, Ordering::Relaxed);
    }
}

/// A body that waits for its reader.
pub(super) struct Metered {
    body: Body,
    taken: Taken,
    fed: u64,
    /// At which step the reader was when it was told to take what it holds first.
    told_at: Option<u64>,
}

#[derive(Debug, thiserror::Error)]
#[error("the head of a part is too long")]
struct HeadTooLong;

impl Metered {
    pub(super) fn new(body: Body, taken: Taken) -> Self {
        Self { body, taken, fed: 0, told_at: None }
    }
}

impl hyper::body::Body for Metered {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let (taken, step) = (self.taken.0.bytes.load(Ordering::Relaxed), self.taken.0.steps.load(Ordering::Relaxed));
        if self.fed.saturating_sub(taken) >= HELD_MAX_BYTES {
            // It asks for more although it was told to take first: there is nothing to take, no head ends in all that it holds.
            if self.told_at.replace(step) == Some(step) {
                return Poll::Ready(Some(Err(HeadTooLong.into())));
            }
            cx.waker().wake_by_ref();
            return Poll::Pending;
        }
        let frame = std::task::ready!(Pin::new(&mut self.body).poll_frame(cx));
        if let Some(Ok(frame)) = &frame {
            self.fed += frame.data_ref().map_or(0, |data| data.len() as u64);
        }
        Poll::Ready(frame.map(|frame| frame.map_err(Into::into)))
    }
}
