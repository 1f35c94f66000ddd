//! Bodies and answers that nobody may hold open for nothing: a body arrives at a rate, and an answer is read.

use std::future::Future;
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::body::{Body, Frame, SizeHint};
use pin_project_lite::pin_project;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep_until};

/// A body may pause for so long, and it takes this much before its rate is looked at.
const IDLE_MAX: Duration = Duration::from_secs(10);
/// Slower than any telephone's network that still works.
const BYTES_PER_SECOND_MIN: u64 = 1024;

/// Why a body ended.
#[derive(Debug, thiserror::Error)]
pub(super) enum PacedError {
    #[error("the body came too slowly")]
    TooSlow,
    #[error(transparent)]
    Broken(#[from] hyper::Error),
}

pin_project! {
    /// A body that must go on arriving.
    pub(super) struct PacedBody<B> {
        #[pin]
        body: B,
        #[pin]
        deadline: Sleep,
        began: Instant,
        bytes: u64,
    }
}

impl<B> PacedBody<B> {
    pub(super) fn new(body: B) -> Self {
        let began = Instant::now();
        Self { body, deadline: sleep_until(began + IDLE_MAX), began, bytes: 0 }
    }
}

impl<B: Body<Data = hyper::body::Bytes, Error = hyper::Error>> Body for PacedBody<B> {
    type Data = hyper::body::Bytes;
    type Error = PacedError;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Result<Frame<Self::Data>, PacedError>>> {
        let mut this = self.project();
        if let Poll::Ready(frame) = this.body.poll_frame(cx) {
            if let Some(Ok(frame)) = &frame {
                *this.bytes += frame.data_ref().map_or(0, |data| data.len() as u64);
                // Whoever sent more than the rate asks for has time in hand, but not to be silent.
                let by_rate = *this.began + IDLE_MAX + Duration::from_secs(*this.bytes / BYTES_PER_SECOND_MIN);
                this.deadline.as_mut().reset(by_rate.min(Instant::now() + IDLE_MAX));
            }
            return Poll::Ready(frame.map(|frame| frame.map_err(PacedError::Broken)));
        }
        this.deadline.poll(cx).map(|()| Some(Err(PacedError::TooSlow)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}

/// A connection that breaks off when what is written to it isn't taken.
pub(super) struct PacedStream<S> {
    stream: S,
    /// Runs while something waits to be taken.
    stalled: Option<Pin<Box<Sleep>>>,
    write_max: Duration,
}

impl<S> PacedStream<S> {
    /// `write_max`: how long the other side may take nothing of what waits for it.
    pub(super) fn new(stream: S, write_max: Duration) -> Self {
        Self { stream, stalled: None, write_max }
    }

    /// What a write came to, or the error of one that waited too long.
    fn paced<T>(&mut self, cx: &mut Context<'_>, written: Poll<io::Result<T>>) -> Poll<io::Result<T>> {
        if written.is_ready() {
            self.stalled = None;
            return written;
        }
        let write_max = self.write_max;
        let stalled = self.stalled.get_or_insert_with(|| Box::pin(sleep_until(Instant::now() + write_max)));
        stalled.as_mut().poll(cx).map(|()| Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for PacedStream<S> {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for PacedStream<S> {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, bytes);
        self.paced(cx, written)
    }

    fn poll_write_vectored(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[io::IoSlice<'_>]) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, bytes);
        self.paced(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
