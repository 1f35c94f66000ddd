//! A call over plain HTTP, for sending webhooks and for tests. No TLS and no reuse of connections: it only talks to this machine.

use std::io;

use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

#[cfg_attr(not(test), expect(dead_code, reason = "only tests look at more than the status"))]
pub(crate) struct Answer {
    pub(crate) status: u16,
    /// The first lines, as they came.
    pub(crate) head: String,
    pub(crate) body: Vec<u8>,
}

pub(crate) async fn call(method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<Answer> {
    let mut stream = open(method, url, headers, body).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").ok_or(io::ErrorKind::UnexpectedEof)?;
    let head = String::from_utf8_lossy(&answer[..end]).into_owned();
    let status = head.split(' ').nth(1).and_then(|word| word.parse().ok()).ok_or(io::ErrorKind::InvalidData)?;
    let lower = head.to_lowercase();
    let body = if lower.contains("transfer-encoding: chunked") {
        joined(&answer[end + 4..]).ok_or(io::ErrorKind::UnexpectedEof)?
    } else {
        answer.split_off(end + 4)
    };
    let length = lower.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse::<usize>().ok());
    if length.is_some_and(|length| length != body.len()) {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(Answer { status, head, body })
}

/// Sends the request, and leaves the answer to the caller.
pub(crate) async fn open(method: &str, url: &str, headers: &[(&str, &str)], body: &[u8]) -> io::Result<TcpStream> {
    let rest = url.strip_prefix("http://").ok_or_else(|| io::Error::other("the address must begin with http://"))?;
    let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let address = if host.contains(':') { host.to_owned() } else { format!("{host}:80") };
    let mut head = format!("{method} {} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n", if path.is_empty() { "/" } else { path });
    for (name, value) in headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    head.push_str(&format!("Content-Length: {}\r\n\r\n", body.len()));
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body).await?;
    Ok(stream)
}

/// The chunks of a body that came in pieces; `None` if it was cut.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let end = rest.windows(2).position(|two| two == b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&rest[..end]).ok()?.trim(), 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(rest.get(end + 2..end + 2 + size)?);
        rest = rest.get(end + 4 + size..)?;
    }
}
