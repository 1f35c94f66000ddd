//! Bodies that end too early, or never.

use std::{
    io,
    pin::Pin,
    task::{Context, Poll},
    time::Duration,
};

use axum::body::{Body, Bytes};
use hyper::body::Frame;
use tokio::time::{Interval, interval};

pub(crate) enum Hostile {
    /// These bytes, a pause in which they get out, and a cut.
    Broken { begin: Option<Bytes>, has_paused: bool },
    /// A list of one item whose text has no end.
    Huge { has_begun: bool },
    /// A byte a second.
    Stall { clock: Interval },
}

impl Hostile {
    pub(crate) fn broken(begin: Bytes) -> Body {
        Body::new(Self::Broken { begin: Some(begin), has_paused: false })
    }

    pub(crate) fn huge() -> Body {
        Body::new(Self::Huge { has_begun: false })
    }

    pub(crate) fn stall() -> Body {
        Body::new(Self::Stall { clock: interval(Duration::from_secs(1)) })
    }
}

impl hyper::body::Body for Hostile {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, io::Error>>> {
        let data = |bytes| Poll::Ready(Some(Ok(Frame::data(bytes))));
        match &mut *self {
            Self::Broken { begin, has_paused } => {
                if let Some(begin) = begin.take() {
                    return data(begin);
                }
                if !*has_paused {
                    *has_paused = true;
                    context.waker().wake_by_ref();
                    return Poll::Pending;
                }
                Poll::Ready(Some(Err(io::Error::other("cut on purpose"))))
            }
            Self::Huge { has_begun: false } => {
                *self = Self::Huge { has_begun: true };
                data(Bytes::from_static(b"{\"items\":[{\"purchase\":{\"transaction\":\""))
            }
            Self::Huge { .. } => data(Bytes::from_static(&[b'9'; 65_536])),
            Self::Stall { clock } => clock.poll_tick(context).map(|_| Some(Ok(Frame::data(Bytes::from_static(b" "))))),
        }
    }
}
