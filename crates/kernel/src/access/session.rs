//! Browser sessions: a random id in a cookie, its SHA-256 in the table.
//!
//! The rule that matters: a session ends by itself after a time without requests and, however busy, after a working day;
//! both are judged by the server at every request, never by the cookie's age.

use axum::http::{HeaderMap, HeaderValue, header};
use chrono::{DateTime, TimeDelta, Utc};
use rand::CryptoRng;
use uuid::Uuid;

use super::random;
use crate::{db::Tx, error::Result, i18n::Lang, settings::Settings, sql};

/// The cookie that carries the session's id.
pub const COOKIE: &str = "hejian_session";

/// A browser session, as pages need it.
#[derive(Debug, Clone)]
pub struct SessionInfo {
    /// The session's key in the table: the digest of the id, not the id.
    pub key: String,
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

/// A session in the list of one's own.
#[derive(Debug, Clone, sqlx::FromRow)]
pub struct OpenSession {
    /// Its key in the table.
    pub id_hash: String,
    /// When it began.
    pub created_at: DateTime<Utc>,
    /// Its last request, to the minute.
    pub last_seen_at: DateTime<Utc>,
    /// Address and browser.
    pub client: Option<String>,
}

/// A cookie's value.
#[must_use]
pub fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    let all = headers.get_all(header::COOKIE);
    all.iter().filter_map(|v| v.to_str().ok()).flat_map(|v| v.split(';')).find_map(|pair| {
        let (n, v) = pair.trim().split_once('=')?;
        (n == name).then(|| v.to_owned())
    })
}

/// Whether cookies must travel encrypted: when people reach the server by https.
fn secure(settings: &Settings) -> &'static str {
    let https = settings.server.public_url.as_deref().is_some_and(|url| url.starts_with("https://"));
    if https { "; Secure" } else { "" }
}

/// The `Set-Cookie` that hands out a session's id. It lives as long as the browser; the server decides when it ends.
#[must_use]
pub fn set_cookie(settings: &Settings, id: &str) -> HeaderValue {
    let text = format!("{COOKIE}={id}; HttpOnly; SameSite=Strict; Path=/{}", secure(settings));
    HeaderValue::from_str(&text).expect("hexadecimal digits and fixed words are a valid header")
}

/// The `Set-Cookie` that takes it back.
#[must_use]
pub fn clear_cookie(settings: &Settings) -> HeaderValue {
    let text = format!("{COOKIE}=; HttpOnly; SameSite=Strict; Path=/; Max-Age=0{}", secure(settings));
    HeaderValue::from_str(&text).expect("fixed words are a valid header")
}

/// The `Set-Cookie` that keeps a choice of look or language in a browser where nobody is signed in; `value` must be one of
/// the product's own words.
#[must_use]
pub fn preference_cookie(settings: &Settings, name: &str, value: &str) -> Option<HeaderValue> {
    let year = 365 * 24 * 3600;
    HeaderValue::from_str(&format!(
        "{name}={value}; HttpOnly; SameSite=Lax; Path=/; Max-Age={year}{}",
        secure(settings)
    ))
    .ok()
}

/// The last moment of a session that began and was seen then.
#[must_use]
pub(super) fn ends_at(settings: &Settings, created: DateTime<Utc>, seen: DateTime<Utc>) -> DateTime<Utc> {
    let span = |minutes: u64| TimeDelta::minutes(i64::try_from(minutes.min(5_000_000)).unwrap_or(0));
    let idle = seen + span(settings.session.idle_minutes);
    idle.min(created + span(settings.session.absolute_hours.saturating_mul(60)))
}

/// Begins a session; the id for the cookie. Sessions of the account that ended by themselves are cleared away.
pub(super) async fn start(
    tx: &mut Tx,
    rng: &mut (impl CryptoRng + Send),
    account: Uuid,
    post: Option<Uuid>,
    client: &str,
    now: DateTime<Utc>,
    settings: &Settings,
) -> Result<String> {
    for old in list(tx, account).await? {
        if ends_at(settings, old.created_at, old.last_seen_at) <= now {
            end(tx, &old.id_hash).await?;
        }
    }
    let id = random::secret(rng);
    let client: String = client.chars().filter(|c| !c.is_control()).take(200).collect();
    sql!(
        tx,
        execute,
        "insert into session (id_hash, account_id, post_id, created_at, last_seen_at, client) values ($1, $2, $3, $4, $4, $5)",
        random::stored(&id),
        account,
        post,
        now,
        &client
    )?;
    Ok(id)
}

/// The open sessions of an account, the newest first.
///
/// # Errors
/// The engine's own error.
pub async fn list(tx: &mut Tx, account: Uuid) -> Result<Vec<OpenSession>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select id_hash, created_at, last_seen_at, client from session where account_id = $1
         order by last_seen_at desc, id_hash",
        account
    )?)
}

/// Ends one session.
///
/// # Errors
/// The engine's own error.
pub async fn end(tx: &mut Tx, key: &str) -> Result<()> {
    sql!(tx, execute, "delete from session where id_hash = $1", key)?;
    Ok(())
}

/// Ends the sessions of an account but this one; how many.
///
/// # Errors
/// The engine's own error.
pub async fn end_others(tx: &mut Tx, account: Uuid, keep: Option<&str>) -> Result<u64> {
    Ok(sql!(
        tx,
        execute,
        "delete from session where account_id = $1 and id_hash <> $2",
        account,
        keep.unwrap_or_default()
    )?)
}

/// Remembers the post in use.
///
/// # Errors
/// The engine's own error.
pub async fn use_post(tx: &mut Tx, key: &str, post: Uuid) -> Result<()> {
    sql!(tx, execute, "update session set post_id = $1 where id_hash = $2", post, key)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cookie_is_for_this_site_only_and_travels_encrypted_where_the_site_does() {
        let mut settings = Settings::default();
        let plain = set_cookie(&settings, "abc");
        assert_eq!(plain, "hejian_session=abc; HttpOnly; SameSite=Strict; Path=/");
        settings.server.public_url = Some("https://hejian.example.cn".to_owned());
        assert_eq!(set_cookie(&settings, "abc"), "hejian_session=abc; HttpOnly; SameSite=Strict; Path=/; Secure");
        assert!(clear_cookie(&settings).to_str().expect("ascii").contains("Max-Age=0"));
    }

    #[test]
    fn a_session_ends_after_an_idle_hour_and_after_a_working_day() {
        let settings = Settings::default();
        let start = crate::testing::opening();
        assert_eq!(ends_at(&settings, start, start), start + TimeDelta::minutes(60));
        let late = start + TimeDelta::minutes(11 * 60 + 50);
        assert_eq!(ends_at(&settings, start, late), start + TimeDelta::hours(12));
    }

    #[test]
    fn a_cookie_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, HeaderValue::from_static("a=1; hejian_session=xyz; b=2"));
        assert_eq!(cookie(&headers, COOKIE).as_deref(), Some("xyz"));
        assert_eq!(cookie(&headers, "session"), None);
    }
}
