//! The one who acts when no request is there: the owner of a job.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Actor, Channel, Grant, Role};
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
    let mut actor = Actor { account: Some(account), person: Some(person), ..Actor::without_rights(channel, name) };
    if disabled {
        return Ok(actor);
    }
    let held: Option<(Uuid, String, String)> = sql!(
        tx,
        fetch_optional,
        "select p.id, p.name, u.name from term t join post p on p.id = t.post_id join unit u on u.id = p.unit_id
         where t.person_id = $1 and p.id = $2 and t.valid_from <= $3 and (t.valid_to is null or t.valid_to > $3)",
        person,
        post,
        on
    )?;
    let Some((post, title, unit)) = held else { return Ok(actor) };
    let grants: Vec<(String, Uuid)> =
        sql!(tx, fetch_all, "select role, scope_unit_id from post_grant where post_id = $1", post)?;
    actor.post = Some(post);
    actor.name = format!("{}（{unit} {title}）", actor.name);
    actor.grants = grants
        .into_iter()
        .filter_map(|(key, unit)| Some(Grant { role: roles.iter().find(|r| r.key == key)?, unit }))
        .collect();
    Ok(actor)
}
