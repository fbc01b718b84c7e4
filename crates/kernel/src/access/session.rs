//! Who is signed in. Stub.

use axum::http::HeaderMap;
use uuid::Uuid;

use crate::{
    error::Result,
    i18n::Lang,
    web::{App, Identity},
};

/// A browser session, as pages need it.
#[derive(Debug, Clone)]
pub struct SessionInfo {
    /// The account.
    pub account: Uuid,
    /// The person's name.
    pub person_name: String,
    /// The post's name with its unit.
    pub post_name: String,
    /// All posts of the person today: id, name with unit.
    pub posts: Vec<(Uuid, String)>,
    /// Whether a password must be chosen first.
    pub must_change: bool,
    /// The chosen language.
    pub lang: Lang,
    /// `light` or `dark`.
    pub theme: String,
    /// `normal` or `large`.
    pub type_size: String,
}

/// Request and sign-in limits.
#[derive(Debug, Default)]
pub struct Limits;

/// Who makes the request: by session cookie or bearer token.
///
/// # Errors
/// When the database cannot be reached or a token is wrong or expired.
pub async fn identify(_app: &App, _headers: &HeaderMap) -> Result<Identity> {
    Ok(Identity::nobody())
}

/// A cookie's value.
#[must_use]
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(axum::http::header::COOKIE);
    all.iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';')).find_map(|pair| {
        let (n, v) = pair.trim().split_once('=')?;
        (n == name).then(|| v.to_owned())
    })
}
