//! Where a request comes from: from the proxy's header if there is one that is believed, else from the connection.

use std::net::IpAddr;

use actix_web::dev::RequestHead;

use super::Site;

/// The address of whoever asks, if it is known.
pub(super) fn of(site: &Site, request: &RequestHead) -> Option<IpAddr> {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok());
    let told = site.address_header.as_deref().and_then(header).and_then(|text| text.rsplit(',').next());
    told.and_then(|text| text.trim().parse().ok()).or_else(|| request.peer_addr.map(|peer| peer.ip()))
}
