//! Where a request comes from: from the proxy's header if there is one that is believed, else from the connection.

use std::net::{IpAddr, Ipv6Addr};

use actix_web::dev::RequestHead;

use super::Site;

/// The address of whoever asks, if it is known.
pub(super) fn of(site: &Site, request: &RequestHead) -> Option<IpAddr> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let told = site.address_header.as_deref().and_then(header).and_then(|text| text.rsplit(',').next());
    told.and_then(|text| text.trim().parse().ok()).or_else(|| request.peer_addr.map(|peer| peer.ip()))
}

/// The name under which the requests of an address are counted. A line of IPv6 has a whole network, so the network counts (RFC 6177).
pub(super) fn account(address: Option<IpAddr>) -> String {
    match address.map(|address| address.to_canonical()) {
        None => "address:unknown".to_owned(),
        Some(IpAddr::V4(address)) => format!("address:{address}"),
        Some(IpAddr::V6(address)) => format!("address:{}/64", Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX))),
    }
}

#[cfg(test)]
mod tests {
    use super::account;

    #[test]
    fn an_address_of_ipv6_counts_with_its_network() {
        let of = |text: &str| account(text.parse().ok());
        assert_eq!(of("192.0.2.7"), "address:192.0.2.7");
        assert_eq!(of("::ffff:192.0.2.7"), "address:192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "address:2001:db8:1:2::/64");
        assert_eq!(of("2001:db8:1:2::9"), of("2001:db8:1:2:3:4:5:6"));
        assert_eq!(of("nowhere"), "address:unknown");
    }
}
