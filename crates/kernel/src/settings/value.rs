//! A setting's value between text and type: what is allowed, how it is written, where it is kept.

use std::net::SocketAddr;

use super::LogFormat;
use crate::{audit::Algorithm, i18n::Lang};

/// What a setting may hold.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// `IP:PORT`.
    Listen,
    /// `http(s)://HOST[:PORT]` without a path.
    Origin,
    /// The address of a database; never shown.
    Database,
    /// `true` or `false`.
    Truth,
    /// A whole number, both ends included.
    Whole(u64, u64),
    /// One of these words.
    OneOf(&'static [&'static str]),
}

impl Kind {
    /// What is allowed, for people.
    pub(super) fn allowed(self) -> String {
        match self {
            Self::Listen => "an IP address and a port such as \"127.0.0.1:8080\" or \"[::1]:8080\"".to_owned(),
            Self::Origin => "an address without a path such as \"https://hejian.example.cn\"".to_owned(),
            Self::Database => {
                "\"sqlite:/path/to/file.db\" or \"postgres://user:password@host:5432/database\"".to_owned()
            }
            Self::Truth => "true or false".to_owned(),
            Self::Whole(least, most) => format!("a whole number from {least} to {most}"),
            Self::OneOf(words) => words.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(" or "),
        }
    }

    /// Whether TOML writes it in quotes.
    pub(super) fn is_quoted(self) -> bool {
        !matches!(self, Self::Truth | Self::Whole(..))
    }

    /// Whether a wrong value may be repeated in a message.
    pub(super) fn may_be_shown(self) -> bool {
        self != Self::Database
    }

    /// Whether the text is allowed.
    pub(super) fn accepts(self, text: &str) -> bool {
        match self {
            Self::Listen => text.parse::<SocketAddr>().is_ok(),
            Self::Origin => text
                .strip_prefix("https://")
                .or_else(|| text.strip_prefix("http://"))
                .map(|host| host.strip_suffix('/').unwrap_or(host))
                .is_some_and(|host| !host.is_empty() && !host.contains(['/', '?', '#', '@', ' '])),
            Self::Database => ["sqlite:", "postgres://", "postgresql://"]
                .iter()
                .any(|scheme| text.strip_prefix(scheme).is_some_and(|rest| !rest.is_empty())),
            Self::Truth => text.parse::<bool>().is_ok(),
            Self::Whole(least, most) => text.parse::<u64>().is_ok_and(|n| (least..=most).contains(&n)),
            Self::OneOf(words) => words.contains(&text),
        }
    }
}

/// A place in the settings that takes a text its [`Kind`] has accepted.
pub(super) trait Slot {
    /// Takes the text; one that does not fit leaves the place as it was (the kind has been asked before).
    fn put(&mut self, text: &str);
    /// The value as text, `None` when nothing is set.
    fn show(&self) -> Option<String>;
}

macro_rules! slot_by_parse {
    ($($type:ty),*) => {$(
        impl Slot for $type {
            fn put(&mut self, text: &str) {
                if let Ok(value) = text.parse() {
                    *self = value;
                }
            }
            fn show(&self) -> Option<String> {
                Some(self.to_string())
            }
        }
    )*};
}
slot_by_parse!(u64, bool, SocketAddr);

impl Slot for String {
    fn put(&mut self, text: &str) {
        text.clone_into(self);
    }
    fn show(&self) -> Option<String> {
        Some(self.clone())
    }
}

impl Slot for Option<String> {
    fn put(&mut self, text: &str) {
        *self = Some(text.to_owned());
    }
    fn show(&self) -> Option<String> {
        self.clone()
    }
}

impl Slot for Algorithm {
    fn put(&mut self, text: &str) {
        *self = Self::parse(text).unwrap_or(*self);
    }
    fn show(&self) -> Option<String> {
        Some(self.name().to_owned())
    }
}

impl Slot for Lang {
    fn put(&mut self, text: &str) {
        *self = Self::parse(text).unwrap_or(*self);
    }
    fn show(&self) -> Option<String> {
        Some(self.tag().to_owned())
    }
}

impl Slot for LogFormat {
    fn put(&mut self, text: &str) {
        *self = if text == "json" { Self::Json } else { Self::Text };
    }
    fn show(&self) -> Option<String> {
        Some(if *self == Self::Json { "json" } else { "text" }.to_owned())
    }
}
