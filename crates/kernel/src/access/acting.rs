//! The one who acts when no request is there: the owner of a job.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{
    Actor, Channel, Role,
    posts::{self, Owner},
};
use crate::{db::Tx, error::Result, sql};

/// The owner of the account in that post, with what the post holds on that day; without rights when the account is disabled
/// or the person no longer holds the post.
///
/// # Errors
/// The engine's own error.
pub async fn acting(
    tx: &mut Tx,
    roles: &'static [Role],
    channel: Channel,
    account: Uuid,
    post: Option<Uuid>,
    on: NaiveDate,
) -> Result<Actor> {
    let owner: Option<(Uuid, String, bool)> = sql!(
        tx,
        fetch_optional,
        "select p.id, p.name, a.disabled from account a join person p on p.id = a.person_id where a.id = $1",
        account
    )?;
    let Some((person, name, disabled)) = owner else { return Ok(Actor::without_rights(channel, "—")) };
    let posts = if disabled { Vec::new() } else { posts::posts_of(tx, person, on).await? };
    Ok(posts::actor(roles, channel, &Owner { account, person, name }, &posts, post))
}
