//! The sockets: takes connections, and lets none of them stay for nothing. HTTP/1.1 only: a proxy in front speaks newer versions to
//! readers, and behind it they would only add ways to hold a connection open.

use std::io::{Error, ErrorKind};
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::ConnectInfo;
use futures_util::future::{Either as EitherFuture, FutureExt, ready};
use http_body_util::Either;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use super::client_ip::TrustedProxies;
use super::fast_path::FastPath;
use super::paced::{PacedBody, PacedStream};
use super::shares::{Share, Shares};
use crate::values::Network;

/// What the system keeps of an answer that is not read yet, doubled by Linux. Enough for 2 MB in a second across an ocean; a program that keeps more
/// for each connection is one that slow readers exhaust.
const SEND_BUFFER_BYTES: usize = 128 * 1024;
/// How long nothing is accepted after the system could give no socket, most often because too many files are open.
const ACCEPT_PAUSE_SECONDS: u64 = 1;

/// What a connection may take.
#[derive(Debug, Clone, Copy)]
pub struct Bounds {
    /// From the connection, or the last answer on it, to the whole head of the next request.
    pub headers_max: Duration,
    /// Open at the same time; more wait in the system's queue.
    pub connections_max: u32,
    /// So long the other side may take nothing of an answer.
    pub write_max: Duration,
    /// For requests under way when the program is told to stop.
    pub stop_max: Duration,
}

/// Who answers requests: the fast path what it can, where there is one, the router the rest.
#[derive(Clone)]
pub struct Answers {
    pub fast_path: Option<FastPath>,
    pub router: Router,
    /// Who brings the requests of many networks.
    pub trusted: TrustedProxies,
}

impl From<Router> for Answers {
    fn from(router: Router) -> Self {
        Self { fast_path: None, router, trusted: TrustedProxies::new(&[]) }
    }
}

/// Serves until told to stop; then takes no new connection, ends what is under way, and returns.
pub async fn serve(listener: TcpListener, answers: impl Into<Answers>, bounds: Bounds, mut stop: watch::Receiver<bool>) {
    let answers = answers.into();
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(bounds.headers_max);
    let places = Arc::new(Semaphore::new(bounds.connections_max as usize));
    let shares = Shares::new(bounds.connections_max as usize);
    loop {
        let (stream, peer, place) = tokio::select! {
            Some(taken) = next(&listener, &places) => taken,
            () = told(&mut stop) => break,
        };
        let network = (!answers.trusted.contains(peer.ip())).then(|| Network::from(peer.ip()));
        // Whoever has more than their share is not even told so: that would take a place.
        let Some(share) = shares.try_take(network, 1) else { continue };
        let place: (OwnedSemaphorePermit, Share) = (place, share);
        let stream = PacedStream::new(stream_of(stream), bounds.write_max);
        let connection = converse(http.clone(), stream, peer, answers.clone(), stop.clone());
        tokio::spawn(async move {
            connection.await;
            drop(place);
        });
    }
    drop(listener);
    // Whoever holds every place knows that all connections are closed.
    let _ = tokio::time::timeout(bounds.stop_max, places.acquire_many(bounds.connections_max)).await;
}

/// The next connection, once there is a place for it. `None` only if there are no places any more.
async fn next(listener: &TcpListener, places: &Arc<Semaphore>) -> Option<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await.ok()?;
    loop {
        match listener.accept().await {
            Ok((stream, peer)) => return Some((stream, peer, place)),
            Err(error) if is_over(&error) => {}
            Err(error) => {
                tracing::error!(%error, "no connection can be taken; trying again");
                tokio::time::sleep(Duration::from_secs(ACCEPT_PAUSE_SECONDS)).await;
            }
        }
    }
}

/// With what this program asks of each; a system that refuses serves without it.
fn stream_of(stream: TcpStream) -> TcpStream {
    // Without this an answer of two packets waits for the other side's delayed acknowledgement, 40 ms.
    let _ = stream.set_nodelay(true);
    let _ = socket2::SockRef::from(&stream).set_send_buffer_size(SEND_BUFFER_BYTES);
    stream
}

/// The other side left before it was its turn.
fn is_over(error: &Error) -> bool {
    matches!(error.kind(), ErrorKind::ConnectionRefused | ErrorKind::ConnectionAborted | ErrorKind::ConnectionReset)
}

/// Answers the requests of one connection, one after the other.
async fn converse(http: http1::Builder, stream: PacedStream<TcpStream>, peer: SocketAddr, answers: Answers, mut stop: watch::Receiver<bool>) {
    let Answers { fast_path, router, .. } = answers;
    let router = TowerToHyperService::new(router);
    let service = service_fn(move |mut request: Request<Incoming>| {
        if let Some(answer) = fast_path.as_ref().and_then(|fast_path| fast_path.answer(&request)) {
            return EitherFuture::Left(ready(Ok(answer.map(Either::Left))));
        }
        request.extensions_mut().insert(ConnectInfo(peer));
        EitherFuture::Right(router.call(request.map(PacedBody::new)).map(|answer| answer.map(|answer| answer.map(Either::Right))))
    });
    let mut connection = pin!(http.serve_connection(TokioIo::new(stream), service));
    // A connection that breaks, or is closed for being slow, has nobody left to be told.
    tokio::select! {
        _ = connection.as_mut() => return,
        () = told(&mut stop) => connection.as_mut().graceful_shutdown(),
    }
    let _ = connection.await;
}

/// Returns when the program is told to stop.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stop| *stop).await;
}
