//! The context of a request: who, in which language, in which look; and how to begin reading or working.

use std::collections::HashMap;

use axum::{
    extract::{FromRequest, FromRequestParts, Request},
    http::request,
};

use super::{App, Identity, respond::ErrorPage};
use crate::{
    access::{Actor, SessionInfo},
    error::{Error, Message, Result},
    i18n::Lang,
    work::{Read, Work},
};

/// The context of a request.
#[derive(Clone)]
pub struct Ctx {
    /// The application.
    pub app: App,
    /// Who acts.
    pub actor: Actor,
    /// The browser session, if there is one.
    pub session: Option<SessionInfo>,
    /// The reader's language.
    pub lang: Lang,
    /// Path and query, for "back to where I was".
    pub place: String,
    /// Whether htmx asked and wants a part only.
    pub part: bool,
}

impl FromRequestParts<App> for Ctx {
    type Rejection = ErrorPage;

    async fn from_request_parts(parts: &mut request::Parts, app: &App) -> Result<Self, ErrorPage> {
        let identity = parts.extensions.get::<Identity>().cloned().unwrap_or_else(Identity::nobody);
        let header = |name: &str| parts.headers.get(name).and_then(|v| v.to_str().ok()).unwrap_or_default();
        let visitor = if header("accept-language").starts_with("en") { Lang::En } else { Lang::ZhCn };
        let cookie = crate::access::cookie(&parts.headers, "hejian_lang").and_then(|t| Lang::parse(&t));
        Ok(Self {
            app: app.clone(),
            lang: identity.session.as_ref().map_or_else(|| cookie.unwrap_or(visitor), |s| s.lang),
            actor: identity.actor,
            session: identity.session,
            place: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            part: header("hx-request") == "true" && header("hx-boosted") != "true",
        })
    }
}

impl Ctx {
    /// Begins a look at the database.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn read(&self) -> Result<Read> {
        self.app.read(&self.actor).await
    }

    /// Begins a unit of work. Read the whole form first: on SQLite this takes the write lock.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn work(&self) -> Result<Work> {
        self.app.work(&self.actor).await
    }

    /// A label in the reader's language.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        crate::i18n::t(self.lang, key)
    }
}

/// A form or a query as a person sent it: names with one or several values, in order.
#[derive(Debug, Clone, Default)]
pub struct Form(Vec<(String, String)>);

impl Form {
    /// From `name=value&…`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        let plain = |t: &str| {
            let bytes = t.replace('+', " ").into_bytes();
            let mut out = Vec::with_capacity(bytes.len());
            let mut at = 0;
            while at < bytes.len() {
                let hex = bytes.get(at + 1..at + 3).and_then(|h| std::str::from_utf8(h).ok());
                match (bytes[at], hex.and_then(|h| u8::from_str_radix(h, 16).ok())) {
                    (b'%', Some(byte)) => {
                        out.push(byte);
                        at += 3;
                    }
                    (byte, _) => {
                        out.push(byte);
                        at += 1;
                    }
                }
            }
            // A NUL is no text: PostgreSQL refuses it, and no keyboard makes one.
            String::from_utf8_lossy(&out).replace('\0', "")
        };
        let pairs = text.split('&').filter(|p| !p.is_empty());
        Self(
            pairs.map(|p| p.split_once('=').map_or((plain(p), String::new()), |(n, v)| (plain(n), plain(v)))).collect(),
        )
    }

    /// From pairs.
    #[must_use]
    pub fn from_pairs(pairs: Vec<(String, String)>) -> Self {
        Self(pairs)
    }

    /// The first value of a name, trimmed; empty when there is none.
    #[must_use]
    pub fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.trim())
    }

    /// Whether the name was sent at all.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(n, _)| n == name)
    }

    /// All values of a name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// A whole number, or the default.
    #[must_use]
    pub fn number(&self, name: &str, default: i64) -> i64 {
        self.text(name).parse().unwrap_or(default)
    }

    /// All pairs.
    #[must_use]
    pub fn pairs(&self) -> &[(String, String)] {
        &self.0
    }

    /// As a map of first values.
    #[must_use]
    pub fn map(&self) -> HashMap<&str, &str> {
        self.0.iter().rev().map(|(n, v)| (n.as_str(), v.as_str())).collect()
    }
}

impl FromRequest<App> for Form {
    type Rejection = ErrorPage;

    async fn from_request(request: Request, app: &App) -> Result<Self, ErrorPage> {
        let limit = 2 * 1_048_576;
        let bytes = axum::body::to_bytes(request.into_body(), limit).await.map_err(|_| {
            let _ = app;
            ErrorPage(Error::TooLarge { limit: limit as u64 })
        })?;
        let text =
            std::str::from_utf8(&bytes).map_err(|_| ErrorPage(Error::Bad(Message::new("error-form-not-utf8"))))?;
        Ok(Self::parse(text))
    }
}
