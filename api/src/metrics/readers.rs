//! Who may read the metrics, by the address of the connection. No header can let anybody in.

use std::net::IpAddr;
use std::str::FromStr;

use ipnet::IpNet;

/// Who may read the metrics.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Readers {
    /// Those on the same machine.
    Local,
    /// Everybody.
    Open,
    /// Nobody.
    Off,
    /// Those in these networks.
    Networks(Vec<IpNet>),
}

impl Readers {
    /// Whether a connection from this address may read. `forwarded` says that a proxy passed the request on: then the connection's address is the
    /// proxy's, and that it is on this machine says nothing about who asks.
    #[must_use]
    pub fn admit(&self, address: Option<IpAddr>, forwarded: bool) -> bool {
        // An IPv4 address may arrive in the form of IPv6 where one socket listens for both.
        let address = address.map(|address| address.to_canonical());
        match self {
            Self::Open => true,
            Self::Off => false,
            Self::Local => !forwarded && address.is_some_and(|address| address.is_loopback()),
            Self::Networks(networks) => address.is_some_and(|address| networks.iter().any(|network| network.contains(&address))),
        }
    }
}

impl FromStr for Readers {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        match text {
            "local" => Ok(Self::Local),
            "open" => Ok(Self::Open),
            "off" => Ok(Self::Off),
            list => {
                let networks: Result<Vec<IpNet>, _> = list.split(',').map(|network| network.trim().parse()).collect();
                networks.map(Self::Networks).map_err(drop)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Readers;

    #[test]
    fn the_address_of_the_connection_decides() {
        let admits = |readers: &str, address: &str| readers.parse::<Readers>().unwrap().admit(address.parse().ok(), false);
        for local in ["127.0.0.1", "127.8.8.8", "::1", "::ffff:127.0.0.1"] {
            assert!(admits("local", local) && admits("open", local) && !admits("off", local), "{local}");
        }
        assert!(!admits("local", "10.0.0.7") && !admits("local", "nobody"));
        assert!(admits("10.0.0.0/8, ::1/128", "10.0.0.7") && admits("10.0.0.0/8,::1/128", "::ffff:10.0.0.7"));
        assert!(!admits("10.0.0.0/8, ::1/128", "11.0.0.7"));
        assert!(!Readers::Local.admit("127.0.0.1".parse().ok(), true), "a proxy on this machine passes others on");
        for wrong in ["", "all", "10.0.0.0", "10.0.0.0/33", "local, open"] {
            assert!(wrong.parse::<Readers>().is_err(), "{wrong}");
        }
    }
}
