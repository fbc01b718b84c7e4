//! Who makes a request: by session cookie or by bearer token. Two queries.
//!
//! The rule that matters: what the actor may do is read anew at every request. A term that ended yesterday, a grant taken back
//! or an account disabled a moment ago counts at once.

use axum::http::{HeaderMap, header};
use chrono::{DateTime, TimeDelta, Utc};
use uuid::Uuid;

use super::{
    Channel,
    posts::{self, Owner},
    random,
    session::{self, SessionInfo},
    token,
};
use crate::{
    error::Result,
    i18n::Lang,
    sql,
    web::{App, Identity},
};

/// `last_seen_at` is written at most this often: a page with its parts is several requests.
const TOUCH: TimeDelta = TimeDelta::minutes(1);

#[derive(sqlx::FromRow)]
struct Signed {
    account_id: Uuid,
    person_id: Uuid,
    person_name: String,
    must_change: bool,
    lang: String,
    theme: String,
    type_size: String,
    post_id: Option<Uuid>,
    created_at: DateTime<Utc>,
    last_seen_at: DateTime<Utc>,
}

/// Who makes the request: by session cookie or bearer token. A cookie that is not (or no longer) a session is nobody.
///
/// # Errors
/// When the database cannot be reached; [`crate::error::Error::Token`] when a token is unknown, expired, revoked or useless.
pub async fn identify(app: &App, headers: &HeaderMap) -> Result<Identity> {
    if let Some(value) = headers.get(header::AUTHORIZATION) {
        return token::identify(app, value).await;
    }
    match session::cookie(headers, session::COOKIE) {
        Some(id) => by_session(app, &id).await,
        None => Ok(Identity::nobody()),
    }
}

async fn by_session(app: &App, id: &str) -> Result<Identity> {
    let key = random::stored(id);
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let found: Option<Signed> = sql!(
        &mut tx,
        fetch_optional,
        "select s.account_id, a.person_id, p.name as person_name, a.must_change, a.lang, a.theme, a.type_size,
                s.post_id, s.created_at, s.last_seen_at
         from session s join account a on a.id = s.account_id join person p on p.id = a.person_id
         where s.id_hash = $1 and not a.disabled",
        &key
    )?;
    let Some(row) = found else { return Ok(Identity::nobody()) };
    if session::ends_at(&app.settings, row.created_at, row.last_seen_at) <= now {
        return Ok(Identity::nobody());
    }
    let posts = posts::posts_of(&mut tx, row.person_id, app.clock.today()).await?;
    drop(tx);
    if row.last_seen_at + TOUCH <= now
        && let Err(error) = touch(app, &key, now).await
    {
        // A full disk must not keep anybody from reading.
        tracing::warn!(%error, "when somebody was last seen could not be written");
    }
    // The post in use may have ended since; then the first of today's.
    let post = row.post_id.filter(|id| posts.iter().any(|p| p.id == *id)).or(posts.first().map(|p| p.id));
    let owner = Owner { account: row.account_id, person: row.person_id, name: row.person_name.clone() };
    let actor = posts::actor(app.roles, Channel::Web, &owner, &posts, post);
    let session = SessionInfo {
        key,
        account: row.account_id,
        person_name: row.person_name,
        post_name: posts.iter().find(|p| Some(p.id) == post).map(posts::HeldPost::label).unwrap_or_default(),
        posts: posts.iter().map(|p| (p.id, p.label())).collect(),
        must_change: row.must_change,
        lang: Lang::parse(&row.lang).unwrap_or_default(),
        theme: row.theme,
        type_size: row.type_size,
    };
    Ok(Identity { actor, session: Some(session) })
}

async fn touch(app: &App, key: &str, now: DateTime<Utc>) -> Result<()> {
    let mut tx = app.db.write().await?;
    sql!(&mut tx, execute, "update session set last_seen_at = $1 where id_hash = $2", now, key)?;
    Ok(tx.commit().await?)
}
