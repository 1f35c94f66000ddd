//! The address of the person who asks, also behind proxies.

use std::convert::Infallible;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::extract::{ConnectInfo, FromRef, FromRequestParts};
use axum::http::HeaderMap;
use axum::http::request::Parts;
use ipnet::IpNet;

/// Who asks, as far as the network tells.
#[derive(Debug, Clone, Copy)]
pub struct Client {
    pub ip: IpAddr,
}

/// Networks whose `X-Forwarded-For` is believed.
#[derive(Debug, Clone)]
pub struct TrustedProxies(Arc<[IpNet]>);

impl TrustedProxies {
    pub fn new(networks: &[IpNet]) -> Self {
        Self(networks.into())
    }

    pub fn contains(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|network| network.contains(&address))
    }
}

impl<S: Sync> FromRequestParts<S> for Client
where
    TrustedProxies: FromRef<S>,
{
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Infallible> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
        Ok(Self { ip: client_ip(peer, &parts.headers, &TrustedProxies::from_ref(state).0) })
    }
}

/// The right-most address of `X-Forwarded-For` that is not a trusted proxy's, when the peer is a trusted proxy; else the peer's own.
/// So nobody can borrow another address by sending the header themselves.
pub fn client_ip(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[IpNet]) -> IpAddr {
    let is_trusted = |address: &IpAddr| trusted.iter().any(|network| network.contains(address));
    let peer = peer.unwrap_or(IpAddr::V4(Ipv4Addr::UNSPECIFIED)).to_canonical();
    if !is_trusted(&peer) {
        warn_of_a_proxy(peer, headers);
        return peer;
    }
    let chain: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
    let mut client = peer;
    for hop in chain.iter().rev() {
        let Ok(address) = hop.trim().parse::<IpAddr>() else { break };
        client = address.to_canonical();
        if !is_trusted(&client) {
            break;
        }
    }
    client
}

/// Says once that a proxy seems to be there which nobody has named: all its readers would share one network's limits. A header alone says nothing, since
/// anybody can send it; from this machine or a private network it is most likely the operator's.
fn warn_of_a_proxy(peer: IpAddr, headers: &HeaderMap) {
    static WARNED: AtomicBool = AtomicBool::new(false);
    let is_near = match peer {
        IpAddr::V4(peer) => peer.is_loopback() || peer.is_private(),
        IpAddr::V6(peer) => peer.is_loopback() || peer.is_unique_local(),
    };
    if is_near && headers.contains_key("x-forwarded-for") && !WARNED.swap(true, Ordering::Relaxed) {
        tracing::warn!(%peer, "X-Forwarded-For comes from an address that is not in trusted_proxies: if that is your proxy, all readers share its limits; add it there");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ip(text: &str) -> IpAddr {
        text.parse().expect("an address")
    }

    fn seen(peer: &str, forwarded: &str) -> IpAddr {
        let mut headers = HeaderMap::new();
        headers.insert("x-forwarded-for", forwarded.parse().expect("a header"));
        client_ip(Some(ip(peer)), &headers, &["10.0.0.0/8".parse().expect("a network")])
    }

    #[test]
    fn a_stranger_cannot_borrow_an_address() {
        assert_eq!(seen("203.0.113.9", "198.51.100.1"), ip("203.0.113.9"));
        assert_eq!(seen("10.0.0.1", "198.51.100.1, 203.0.113.9"), ip("203.0.113.9"));
        assert_eq!(seen("10.0.0.1", "203.0.113.9, 10.0.0.2"), ip("203.0.113.9"));
    }

    #[test]
    fn a_header_that_is_no_address_is_passed_over() {
        assert_eq!(seen("10.0.0.1", "unknown"), ip("10.0.0.1"));
        assert_eq!(seen("10.0.0.1", "203.0.113.9, <script>"), ip("10.0.0.1"));
    }
}
