//! Bearer tokens for programs: a post's rights, or a part of them, for at most a year.
//!
//! The rule that matters: a token never outlives its reason. It stops with its date, its account, its owner's term in the post,
//! and with every reset of the account; and whoever is refused is told which of these it was.

use std::collections::BTreeSet;

use axum::http::HeaderValue;
use chrono::{DateTime, TimeDelta, Utc};
use rand::CryptoRng;
use serde_json::json;
use uuid::Uuid;

use super::{
    Channel,
    posts::{self, Owner},
    random,
};
use crate::{
    audit::Entry,
    db::Tx,
    error::{Error, FieldProblem, Message, Result},
    i18n::format,
    sql,
    web::{App, Identity, Need},
    work::Work,
};

/// What every token begins with, so that one that leaked can be found.
pub const PREFIX: &str = "hj_";
/// The longest life of a token in days.
pub const MAX_DAYS: i64 = 365;
/// The longest name.
const NAME_CHARS: usize = 60;

/// A token to be.
#[derive(Debug, Clone)]
pub struct NewToken {
    /// The account it belongs to.
    pub account: Uuid,
    /// The post it acts in; one the person holds today.
    pub post: Uuid,
    /// What it is for.
    pub name: String,
    /// The permissions it may use; each must be one the post holds.
    pub rights: Vec<String>,
    /// Its life in days, 1 to [`MAX_DAYS`].
    pub days: i64,
}

/// A token in the list of one's own. The secret is not in it.
#[derive(Debug, Clone, sqlx::FromRow)]
#[allow(missing_docs)]
pub struct Token {
    pub id: Uuid,
    pub name: String,
    pub rights: String,
    pub post: String,
    pub unit: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub revoked_at: Option<DateTime<Utc>>,
    pub last_used_at: Option<DateTime<Utc>>,
}

/// Issues a token; its id and its secret, which is shown once and stored nowhere.
///
/// # Errors
/// [`Error::Invalid`] for a name, life or rights that cannot be; [`Error::Refused`] when the person does not hold the post.
pub async fn issue(work: &mut Work, new: &NewToken, rng: &mut (impl CryptoRng + Send)) -> Result<(Uuid, String)> {
    let roles = work.roles;
    let owner: Option<(Uuid,)> =
        sql!(&mut work.tx, fetch_optional, "select person_id from account where id = $1", new.account)?;
    let (person,) = owner.ok_or(Error::NotFound { what: "thing-account" })?;
    let today = work.today();
    let posts = posts::posts_of(&mut work.tx, person, today).await?;
    let post = posts.iter().find(|p| p.id == new.post).ok_or(Error::Refused(Message::new("token-not-your-post")))?;
    let mut problems = Vec::new();
    let mut wrong = |field: &str, message: Message| problems.push(FieldProblem { field: field.to_owned(), message });
    let name = new.name.trim();
    if name.is_empty() {
        wrong("name", Message::new("field-required"));
    } else if name.chars().count() > NAME_CHARS {
        wrong("name", Message::new("field-too-long").arg("max", NAME_CHARS));
    }
    if !(1..=MAX_DAYS).contains(&new.days) {
        wrong("days", Message::new("token-days").arg("max", MAX_DAYS));
    }
    let rights: BTreeSet<&str> = new.rights.iter().map(String::as_str).collect();
    let held = |right: &str| {
        let mut granted = post.grants.iter().filter_map(|(key, _)| roles.iter().find(|r| r.key == key));
        // A space or a star would make one right into several.
        granted.any(|role| role.allows(right)) && !right.contains([' ', '*'])
    };
    if rights.is_empty() {
        wrong("rights", Message::new("token-no-rights"));
    } else if let Some(right) = rights.iter().find(|r| !held(r)) {
        wrong("rights", Message::new("token-right-not-held").arg("permission", right));
    }
    if posts::excluded(roles, &posts).is_some() {
        wrong("rights", Message::new("token-no-rights"));
    }
    if !problems.is_empty() {
        return Err(Error::Invalid(problems));
    }
    let id = work.new_id();
    let secret = format!("{PREFIX}{}", random::secret(rng));
    let rights: Vec<&str> = rights.into_iter().collect();
    let expires = work.now + TimeDelta::days(new.days);
    let none: Option<DateTime<Utc>> = None;
    sql!(
        &mut work.tx,
        execute,
        "insert into api_token (id, account_id, post_id, name, secret_hash, rights, created_at, expires_at, revoked_at, last_used_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9)",
        id,
        new.account,
        new.post,
        name,
        random::stored(&secret),
        rights.join(" "),
        work.now,
        expires,
        none
    )?;
    let detail =
        json!({ "account": new.account, "name": name, "post": new.post, "rights": rights, "expires": expires });
    record(work, "issue", id, detail);
    Ok((id, secret))
}

/// Takes a token of this account back. Doing it twice changes nothing.
///
/// # Errors
/// [`Error::NotFound`] when the account has no such token.
pub async fn revoke(work: &mut Work, account: Uuid, token: Uuid) -> Result<()> {
    let found: Option<(Option<DateTime<Utc>>,)> = sql!(
        &mut work.tx,
        fetch_optional,
        "select revoked_at from api_token where id = $1 and account_id = $2",
        token,
        account
    )?;
    let (revoked,) = found.ok_or(Error::NotFound { what: "thing-token" })?;
    if revoked.is_none() {
        sql!(&mut work.tx, execute, "update api_token set revoked_at = $1 where id = $2", work.now, token)?;
        record(work, "revoke", token, json!({}));
    }
    Ok(())
}

/// Takes all tokens of an account back; how many stood.
pub(super) async fn revoke_all(work: &mut Work, account: Uuid) -> Result<u64> {
    Ok(sql!(
        &mut work.tx,
        execute,
        "update api_token set revoked_at = $1 where account_id = $2 and revoked_at is null",
        work.now,
        account
    )?)
}

/// The tokens of an account, the newest first.
///
/// # Errors
/// The engine's own error.
pub async fn list(tx: &mut Tx, account: Uuid) -> Result<Vec<Token>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select k.id, k.name, k.rights, p.name as post, u.name as unit, k.created_at, k.expires_at, k.revoked_at, k.last_used_at
         from api_token k join post p on p.id = k.post_id join unit u on u.id = p.unit_id
         where k.account_id = $1 order by k.created_at desc, k.id desc",
        account
    )?)
}

/// The permissions a token of this actor can carry: those that a route or register asks for and the post in use holds.
#[must_use]
pub fn offered(app: &App, actor: &super::Actor) -> Vec<String> {
    let mut all: BTreeSet<&str> = BTreeSet::new();
    for route in app.routes().into_vec() {
        if let Need::Right(permission) = route.need {
            all.insert(permission);
        }
    }
    for def in app.registers() {
        all.extend([def.permissions.read, def.permissions.write, def.permissions.remove, def.permissions.report]);
    }
    all.into_iter().filter(|p| actor.may(p)).map(str::to_owned).collect()
}

#[derive(sqlx::FromRow)]
struct Presented {
    id: Uuid,
    account_id: Uuid,
    person_id: Uuid,
    person_name: String,
    disabled: bool,
    post_id: Uuid,
    name: String,
    rights: String,
    expires_at: DateTime<Utc>,
    revoked_at: Option<DateTime<Utc>>,
    last_used_at: Option<DateTime<Utc>>,
}

/// Who presents a token.
pub(super) async fn identify(app: &App, header: &HeaderValue) -> Result<Identity> {
    let refused = |message: Message| Err(Error::Token(message));
    let text = header.to_str().unwrap_or_default();
    let secret = match text.split_once(' ') {
        Some((scheme, secret)) if scheme.eq_ignore_ascii_case("bearer") => secret.trim(),
        _ => return refused(Message::new("error-token-form")),
    };
    let now = app.clock.now();
    let mut tx = app.db.read().await?;
    let found: Option<Presented> = sql!(
        &mut tx,
        fetch_optional,
        "select k.id, k.account_id, a.person_id, p.name as person_name, a.disabled, k.post_id, k.name, k.rights,
                k.expires_at, k.revoked_at, k.last_used_at
         from api_token k join account a on a.id = k.account_id join person p on p.id = a.person_id
         where k.secret_hash = $1",
        random::stored(secret)
    )?;
    let Some(token) = found else { return refused(Message::new("error-token-unknown")) };
    let named = |key: &str| Message::new(key).arg("name", &token.name);
    if let Some(at) = token.revoked_at {
        return refused(named("error-token-revoked").arg("at", format::moment(at)));
    }
    if token.expires_at <= now {
        return refused(named("error-token-expired").arg("at", format::moment(token.expires_at)));
    }
    if token.disabled {
        return refused(named("error-token-account"));
    }
    let posts = posts::posts_of(&mut tx, token.person_id, app.clock.today()).await?;
    drop(tx);
    if !posts.iter().any(|p| p.id == token.post_id) {
        return refused(named("error-token-post"));
    }
    if token.last_used_at.is_none_or(|at| at + TimeDelta::minutes(1) <= now) {
        let mut tx = app.db.write().await?;
        sql!(&mut tx, execute, "update api_token set last_used_at = $1 where id = $2", now, token.id)?;
        tx.commit().await?;
    }
    let owner = Owner { account: token.account_id, person: token.person_id, name: token.person_name };
    let mut actor = posts::actor(app.roles, Channel::Api, &owner, &posts, Some(token.post_id));
    actor.only = Some(token.rights.split(' ').map(str::to_owned).collect());
    Ok(Identity { actor, session: None })
}

fn record(work: &mut Work, action: &'static str, id: Uuid, detail: serde_json::Value) {
    let subject_kind = "token".to_owned();
    work.record(Entry { action, subject_kind, subject_id: Some(id), detail, digest: None });
}
