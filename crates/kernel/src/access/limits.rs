//! How often: sign-ins by address and by login, changes by account.
//!
//! The rule that matters: the answer names the seconds to wait. Limits live in the process and count by the system's own
//! clock; several processes behind one address each keep their own.

use std::{
    fmt,
    hash::Hash,
    net::{IpAddr, Ipv6Addr, SocketAddr},
    num::NonZeroU32,
    time::Duration,
};

use axum::{
    extract::{ConnectInfo, FromRequestParts},
    http::{HeaderMap, request},
};
use governor::{
    DefaultKeyedRateLimiter, Quota,
    clock::{Clock as _, DefaultClock},
};
use uuid::Uuid;

use crate::{
    error::{Error, Result},
    settings::Settings,
    web::App,
};

/// Above so many keys, those that no longer count are dropped.
const KEYS_KEPT: usize = 8_192;

/// Request and sign-in limits.
pub struct Limits {
    addresses: DefaultKeyedRateLimiter<IpAddr>,
    logins: DefaultKeyedRateLimiter<String>,
    writers: DefaultKeyedRateLimiter<Uuid>,
    passwords: DefaultKeyedRateLimiter<Uuid>,
}

impl fmt::Debug for Limits {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Limits(…)")
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self::new(&Settings::default())
    }
}

impl Limits {
    /// The limits as configured (`sign_in.per_minute`, `limits.writes_per_minute`); 0 counts as 1.
    #[must_use]
    pub fn new(settings: &Settings) -> Self {
        let per_minute = |n: u64| {
            let n = u32::try_from(n.max(1)).unwrap_or(u32::MAX);
            Quota::per_minute(NonZeroU32::new(n).unwrap_or(NonZeroU32::MIN))
        };
        Self {
            addresses: DefaultKeyedRateLimiter::keyed(per_minute(settings.sign_in.per_minute)),
            logins: DefaultKeyedRateLimiter::keyed(per_minute(settings.sign_in.per_minute)),
            writers: DefaultKeyedRateLimiter::keyed(per_minute(settings.limits.writes_per_minute)),
            passwords: DefaultKeyedRateLimiter::keyed(per_minute(settings.sign_in.per_minute)),
        }
    }

    /// Counts an attempt to sign in.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn sign_in(&self, client: Client, login: &str) -> Result<()> {
        count(&self.addresses, &client.network())?;
        count(&self.logins, &login.to_owned())
    }

    /// Counts a request that changes something.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn write(&self, account: Uuid) -> Result<()> {
        count(&self.writers, &account)
    }

    /// Counts an attempt of somebody signed in to prove their password.
    ///
    /// # Errors
    /// [`Error::TooMany`] with the seconds to wait.
    pub fn password(&self, account: Uuid) -> Result<()> {
        count(&self.passwords, &account)
    }
}

fn count<K: Hash + Eq + Clone>(limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Result<()> {
    if limiter.len() > KEYS_KEPT {
        limiter.retain_recent();
    }
    limiter.check_key(key).map_err(|not_until| {
        let wait: Duration = not_until.wait_time_from(DefaultClock::default().now());
        Error::TooMany { seconds: wait.as_secs() + 1 }
    })
}

/// Where a request came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Client(pub Option<IpAddr>);

impl Client {
    /// The peer of the connection, or, behind a proxy, the address the proxy itself saw: the last one of
    /// `X-Forwarded-For`. Those before it are whatever the client claimed.
    #[must_use]
    pub fn of(behind_proxy: bool, headers: &HeaderMap, peer: Option<SocketAddr>) -> Self {
        let last_hop = || {
            let header = headers.get_all("x-forwarded-for").iter().next_back()?.to_str().ok()?;
            let hop = header.rsplit(',').next()?.trim();
            hop.parse::<IpAddr>().ok().or_else(|| hop.parse::<SocketAddr>().ok().map(|a| a.ip()))
        };
        let forwarded = if behind_proxy { last_hop() } else { None };
        Self(forwarded.or(peer.map(|p| p.ip())))
    }

    /// What a limit counts by: the address, of version 6 the network of one subscriber (/64).
    fn network(self) -> IpAddr {
        match self.0.map(|ip| ip.to_canonical()) {
            Some(IpAddr::V6(ip)) => {
                let s = ip.segments();
                Ipv6Addr::new(s[0], s[1], s[2], s[3], 0, 0, 0, 0).into()
            }
            Some(ip) => ip,
            None => Ipv6Addr::UNSPECIFIED.into(),
        }
    }
}

impl fmt::Display for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Some(ip) => write!(f, "{}", ip.to_canonical()),
            None => f.write_str("—"),
        }
    }
}

impl FromRequestParts<App> for Client {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut request::Parts, app: &App) -> std::result::Result<Self, Self::Rejection> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|info| info.0);
        Ok(Self::of(app.settings.server.behind_proxy, &parts.headers, peer))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(text: &str) -> Client {
        Client(Some(text.parse().expect("an address")))
    }

    #[test]
    fn the_eleventh_sign_in_of_a_minute_waits_by_address_and_by_login() {
        let limits = Limits::default();
        for n in 0..10 {
            limits.sign_in(client("10.0.0.1"), &format!("login{n}")).expect("within the limit");
        }
        let refused = limits.sign_in(client("10.0.0.1"), "another");
        assert!(matches!(refused, Err(Error::TooMany { seconds: 1..=7 })), "{refused:?}");
        limits.sign_in(client("10.0.0.2"), "another").expect("another address");
        let limits = Limits::default();
        for n in 0..10 {
            limits.sign_in(client(&format!("10.0.1.{n}")), "same").expect("within the limit");
        }
        assert!(limits.sign_in(client("10.0.2.1"), "same").is_err());
    }

    #[test]
    fn one_account_that_writes_too_often_waits_and_others_do_not() {
        let mut settings = Settings::default();
        settings.limits.writes_per_minute = 3;
        let limits = Limits::new(&settings);
        let (a, b) = (Uuid::from_u128(1), Uuid::from_u128(2));
        for _ in 0..3 {
            limits.write(a).expect("within the limit");
        }
        assert!(limits.write(a).is_err());
        limits.write(b).expect("another account");
    }

    #[test]
    fn a_claimed_address_counts_only_behind_a_proxy_and_only_the_last_one() {
        let mut headers = HeaderMap::new();
        headers.append("x-forwarded-for", "1.2.3.4".parse().expect("ascii"));
        headers.append("x-forwarded-for", "5.6.7.8, 9.9.9.9".parse().expect("ascii"));
        let peer = Some("127.0.0.1:9".parse().expect("an address"));
        assert_eq!(Client::of(false, &headers, peer), client("127.0.0.1"));
        assert_eq!(Client::of(true, &headers, peer), client("9.9.9.9"));
        assert_eq!(Client::of(true, &HeaderMap::new(), peer), client("127.0.0.1"));
        headers.append("x-forwarded-for", "junk".parse().expect("ascii"));
        assert_eq!(Client::of(true, &headers, peer), client("127.0.0.1"));
    }

    #[test]
    fn one_subscriber_of_version_six_is_one_address() {
        assert_eq!(client("2001:db8:1:2:3::1").network(), client("2001:db8:1:2::9").network());
        assert_ne!(client("2001:db8:1:2::1").network(), client("2001:db8:1:3::1").network());
        assert_eq!(client("::ffff:10.0.0.1").network(), client("10.0.0.1").network());
    }
}
