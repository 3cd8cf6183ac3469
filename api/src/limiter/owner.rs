//! Who has a quota: whoever asks from an address, or the key that they prove.

use std::fmt::{Display, Formatter, Result};
use std::net::{IpAddr, Ipv6Addr};

use content::ApiKeyId;

/// Who has a quota. Its text is their name in Redis: `address:192.0.2.7`, `key:` and its id.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Owner {
    /// Who asks from an address.
    Address(Network),
    /// A key: the same for all of its secrets, on every server.
    Key(ApiKeyId),
}

/// What counts as one address. A line of IPv6 has a whole network, so the network counts (RFC 6177).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Network(Option<IpAddr>);

impl Owner {
    /// Who asks from an address, if it is known.
    #[must_use]
    pub fn at(address: Option<IpAddr>) -> Self {
        Self::Address(Network(address.map(|address| match address.to_canonical() {
            IpAddr::V4(address) => address.into(),
            IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
        })))
    }
}

impl Display for Owner {
    fn fmt(&self, f: &mut Formatter<'_>) -> Result {
        match self {
            Self::Address(Network(None)) => f.write_str("address:unknown"),
            Self::Address(Network(Some(IpAddr::V4(address)))) => write!(f, "address:{address}"),
            Self::Address(Network(Some(IpAddr::V6(network)))) => write!(f, "address:{network}/64"),
            Self::Key(key) => write!(f, "key:{}", key.0),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Owner;

    #[test]
    fn an_address_of_ipv6_counts_with_its_network() {
        let of = |text: &str| Owner::at(text.parse().ok()).to_string();
        assert_eq!(of("192.0.2.7"), "address:192.0.2.7");
        assert_eq!(of("::ffff:192.0.2.7"), "address:192.0.2.7");
        assert_eq!(of("2001:db8:1:2:3:4:5:6"), "address:2001:db8:1:2::/64");
        assert_eq!(of("2001:db8:1:2::9"), of("2001:db8:1:2:3:4:5:6"));
        assert_eq!(of("nowhere"), "address:unknown");
    }
}
