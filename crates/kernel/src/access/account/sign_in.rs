//! Signing in and out.
//!
//! The rule that matters: every refusal looks and lasts the same — unknown login, wrong password, locked — and leaves an audit
//! entry; only who proved the password is told that the account is disabled.

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{
    super::{
        Actor, Channel, Client, password,
        posts::{self, Owner},
        session,
    },
    normal_login, record,
};
use crate::{
    error::{Error, Message, Result},
    i18n::Lang,
    sql,
    web::App,
    work::Work,
};

/// A sign-in that succeeded.
#[derive(Debug)]
pub struct SignedIn {
    /// The session's id, for the cookie.
    pub session: String,
    /// Whether a password must be chosen first.
    pub must_change: bool,
}

#[derive(sqlx::FromRow)]
struct Known {
    id: Uuid,
    person_id: Uuid,
    person_name: String,
    password_hash: String,
    must_change: bool,
    failures: i64,
    locked_until: Option<DateTime<Utc>>,
    disabled: bool,
}

async fn known(tx: &mut crate::db::Tx, login: &str) -> Result<Option<Known>> {
    Ok(sql!(
        tx,
        fetch_optional,
        "select a.id, a.person_id, p.name as person_name, a.password_hash, a.must_change, a.failures, a.locked_until, a.disabled
         from account a join person p on p.id = a.person_id where a.login = $1",
        login
    )?)
}

/// Signs somebody in with what they typed. `browser` is what the browser calls itself; `lang` a language chosen before
/// signing in, which is kept.
///
/// # Errors
/// [`Error::TooMany`]; [`Error::Refused`] with one message for every reason but a disabled account.
pub async fn sign_in(
    app: &App,
    client: Client,
    browser: &str,
    login: &str,
    typed: &str,
    lang: Option<Lang>,
) -> Result<SignedIn> {
    // A login longer than any can be is cut: it enters the audit and the limits.
    let login: String = normal_login(login).chars().filter(|c| !c.is_control()).take(64).collect();
    app.limits.sign_in(client, &login)?;
    let mut tx = app.db.read().await?;
    let seen = known(&mut tx, &login).await?;
    drop(tx);
    let typed = if typed.len() > password::MAX_BYTES { "" } else { typed };
    let right = password::verify(typed, seen.as_ref().map(|a| a.password_hash.as_str())).await?;

    let mut work = app.work(&Actor::without_rights(Channel::Web, "—")).await?;
    // Read again under the lock: two wrong passwords at once are two failures.
    let now_known = match &seen {
        Some(_) => locked_row(&mut work, &login).await?,
        None => None,
    };
    let Some(account) = now_known else {
        record(&mut work, "sign_in_failed", None, json!({ "login": login, "client": client.to_string() }));
        work.commit().await?;
        return Err(refusal(app));
    };
    // A password reset in between is another password.
    let right = right && seen.is_some_and(|s| s.password_hash == account.password_hash);
    if account.locked_until.is_some_and(|until| until > work.now) {
        fail(&mut work, &account, &login, client, "locked");
        work.commit().await?;
        return Err(refusal(app));
    }
    if !right {
        wrong_password(app, &mut work, &account, &login, client).await?;
        work.commit().await?;
        return Err(refusal(app));
    }
    if account.disabled {
        fail(&mut work, &account, &login, client, "disabled");
        work.commit().await?;
        return Err(Error::Refused(Message::new("sign-in-disabled")));
    }
    let session = begin(app, &mut work, &account, client, browser, lang).await?;
    work.commit().await?;
    Ok(SignedIn { session, must_change: account.must_change })
}

/// The account with its row locked on PostgreSQL; SQLite holds the write lock already.
async fn locked_row(work: &mut Work, login: &str) -> Result<Option<Known>> {
    sql!(&mut work.tx, execute, "update account set failures = failures where login = $1", login)?;
    known(&mut work.tx, login).await
}

fn refusal(app: &App) -> Error {
    let s = &app.settings.sign_in;
    Error::Refused(Message::new("sign-in-refused").arg("failures", s.failures).arg("minutes", s.lock_minutes))
}

fn fail(work: &mut Work, account: &Known, login: &str, client: Client, why: &str) {
    let detail = json!({ "login": login, "client": client.to_string(), "why": why });
    record(work, "sign_in_failed", Some(account.id), detail);
}

async fn wrong_password(app: &App, work: &mut Work, account: &Known, login: &str, client: Client) -> Result<()> {
    let limit = i64::try_from(app.settings.sign_in.failures.max(1)).unwrap_or(i64::MAX);
    let failures = account.failures + 1;
    fail(work, account, login, client, "password");
    let minutes = i64::try_from(app.settings.sign_in.lock_minutes.min(5_000_000)).unwrap_or(0);
    let locked = (failures >= limit).then(|| work.now + TimeDelta::minutes(minutes));
    if let Some(until) = locked {
        record(work, "lock", Some(account.id), json!({ "login": login, "failures": failures, "until": until }));
    }
    sql!(
        &mut work.tx,
        execute,
        "update account set failures = $1, locked_until = $2 where id = $3",
        if locked.is_some() { 0 } else { failures },
        locked,
        account.id
    )?;
    Ok(())
}

async fn begin(
    app: &App,
    work: &mut Work,
    account: &Known,
    client: Client,
    browser: &str,
    lang: Option<Lang>,
) -> Result<String> {
    let none: Option<DateTime<Utc>> = None;
    sql!(&mut work.tx, execute, "update account set failures = 0, locked_until = $1 where id = $2", none, account.id)?;
    if let Some(lang) = lang {
        sql!(&mut work.tx, execute, "update account set lang = $1 where id = $2", lang.tag(), account.id)?;
    }
    let today = work.today();
    let posts = posts::posts_of(&mut work.tx, account.person_id, today).await?;
    let post = posts.first().map(|p| p.id);
    let owner = Owner { account: account.id, person: account.person_id, name: account.person_name.clone() };
    work.actor = posts::actor(app.roles, Channel::Web, &owner, &posts, post);
    if let Some((one, other)) = posts::excluded(app.roles, &posts) {
        let detail = json!({ "one": one, "other": other });
        record(work, "exclusion_violated", Some(account.id), detail);
    }
    record(work, "sign_in", Some(account.id), json!({ "client": client.to_string() }));
    let (now, who) = (work.now, format!("{client} {browser}"));
    session::start(
        &mut work.tx,
        &mut rand::make_rng::<rand::rngs::StdRng>(),
        account.id,
        post,
        &who,
        now,
        &app.settings,
    )
    .await
}

/// Ends the session in use.
///
/// # Errors
/// The engine's own error.
pub async fn sign_out(work: &mut Work, key: &str) -> Result<()> {
    session::end(&mut work.tx, key).await?;
    let account = work.actor.account;
    record(work, "sign_out", account, json!({}));
    Ok(())
}
