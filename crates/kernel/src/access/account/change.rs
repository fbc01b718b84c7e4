//! Disabling, resetting, unlocking, and choosing one's own password.

use chrono::{DateTime, Utc};
use serde_json::json;
use uuid::Uuid;

use super::{
    super::{Actor, password, session, token},
    FirstPassword, invalid, record,
};
use crate::{
    error::{Error, Message, Result},
    sql,
    web::App,
    work::Work,
};

/// Nobody does this to their own account: it would leave nobody to undo it, or dodge the second pair of eyes.
fn not_own(work: &Work, account: Uuid) -> Result<()> {
    if work.actor.account == Some(account) {
        return Err(Error::Refused(Message::new("account-not-own")));
    }
    Ok(())
}

/// Disables an account and ends its sessions; its tokens stop with it.
///
/// # Errors
/// [`Error::Refused`] for the actor's own account, [`Error::NotFound`] without such an account.
pub async fn disable(work: &mut Work, account: Uuid) -> Result<()> {
    not_own(work, account)?;
    switch(work, account, true, "disable").await?;
    session::end_others(&mut work.tx, account, None).await?;
    Ok(())
}

/// Enables a disabled account.
///
/// # Errors
/// As [`disable`].
pub async fn enable(work: &mut Work, account: Uuid) -> Result<()> {
    not_own(work, account)?;
    switch(work, account, false, "enable").await
}

async fn switch(work: &mut Work, account: Uuid, disabled: bool, action: &'static str) -> Result<()> {
    let changed = sql!(&mut work.tx, execute, "update account set disabled = $1 where id = $2", disabled, account)?;
    found(changed)?;
    record(work, action, Some(account), json!({}));
    Ok(())
}

/// Sets a fresh password that must be changed, lifts a lock, ends all sessions and takes back all tokens: whoever needs a reset
/// may have lost the old password to somebody.
///
/// # Errors
/// As [`disable`].
pub async fn reset(work: &mut Work, account: Uuid, first: &FirstPassword) -> Result<()> {
    not_own(work, account)?;
    let none: Option<DateTime<Utc>> = None;
    let changed = sql!(
        &mut work.tx,
        execute,
        "update account set password_hash = $1, must_change = true, failures = 0, locked_until = $2 where id = $3",
        first.hash(),
        none,
        account
    )?;
    found(changed)?;
    let sessions = session::end_others(&mut work.tx, account, None).await?;
    let tokens = token::revoke_all(work, account).await?;
    record(work, "reset_password", Some(account), json!({ "sessions_ended": sessions, "tokens_revoked": tokens }));
    Ok(())
}

/// Lifts a lock before its time.
///
/// # Errors
/// As [`disable`].
pub async fn unlock(work: &mut Work, account: Uuid) -> Result<()> {
    not_own(work, account)?;
    let none: Option<DateTime<Utc>> = None;
    let changed =
        sql!(&mut work.tx, execute, "update account set failures = 0, locked_until = $1 where id = $2", none, account)?;
    found(changed)?;
    record(work, "unlock", Some(account), json!({}));
    Ok(())
}

fn found(changed: u64) -> Result<()> {
    if changed == 0 { Err(Error::NotFound { what: "thing-account" }) } else { Ok(()) }
}

/// Chooses one's own password and ends one's other sessions; `keep` is the session in use.
///
/// # Errors
/// [`Error::Invalid`] naming the field: the present password is wrong, the new one does not pass, or they are the same.
pub async fn change_own_password(app: &App, actor: &Actor, keep: &str, present: &str, new: &str) -> Result<()> {
    let account = actor.account.ok_or(Error::SignIn)?;
    // Guessing the present password from a session left open is limited like any sign-in.
    app.limits.password(account)?;
    let mut tx = app.db.read().await?;
    let row: Option<(String, String)> =
        sql!(&mut tx, fetch_optional, "select login, password_hash from account where id = $1", account)?;
    drop(tx);
    let (login, stored) = row.ok_or(Error::SignIn)?;
    if present.len() > password::MAX_BYTES || !password::verify(present, Some(&stored)).await? {
        return Err(invalid("present", Message::new("password-present-wrong")));
    }
    if let Some(message) = password::problem(&login, new) {
        return Err(invalid("new", message));
    }
    if present == new {
        return Err(invalid("new", Message::new("password-same")));
    }
    let hash = password::hash(new).await?;
    let mut work = app.work(actor).await?;
    // Only if nobody reset it in between.
    let changed = sql!(
        &mut work.tx,
        execute,
        "update account set password_hash = $1, must_change = false where id = $2 and password_hash = $3",
        &hash,
        account,
        &stored
    )?;
    if changed == 0 {
        return Err(invalid("present", Message::new("password-present-wrong")));
    }
    let ended = session::end_others(&mut work.tx, account, Some(keep)).await?;
    record(&mut work, "change_password", Some(account), json!({ "other_sessions_ended": ended }));
    work.commit().await
}
