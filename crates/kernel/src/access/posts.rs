//! The posts of a person on a day and what they hold: from terms and grants to an [`Actor`].
//!
//! The rule that matters: a person whose posts together hold an excluded combination acts without any right.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Actor, Channel, Grant, Part, Role, exclusion::conflict_now};
use crate::{db::Tx, error::Result, sql};

/// A post of a person today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeldPost {
    /// The post.
    pub id: Uuid,
    /// Whether they hold it or act for its holder.
    pub part: Part,
    /// The post's name.
    pub name: String,
    /// Its unit's name.
    pub unit: String,
    /// The roles it holds and the units over which.
    pub grants: Vec<(String, Uuid)>,
}

impl HeldPost {
    /// The post with its unit: `区社区办 · 综合科科长`.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} · {}", self.unit, self.name)
    }
}

/// The posts of a person on a day, the one to begin with first: held before deputised, the main one before those held beside it, then the official order.
///
/// # Errors
/// The engine's own error.
pub async fn posts_of(tx: &mut Tx, person: Uuid, on: NaiveDate) -> Result<Vec<HeldPost>> {
    type Line = (Uuid, String, String, String, Option<String>, Option<Uuid>);
    let lines: Vec<Line> = sql!(
        tx,
        fetch_all,
        "select p.id, t.part, p.name, u.name, g.role, g.scope_unit_id
         from term t
         join post p on p.id = t.post_id
         join unit u on u.id = p.unit_id
         left join post_grant g on g.post_id = p.id
         where t.person_id = $1 and t.valid_from <= $2 and (t.valid_to is null or t.valid_to > $2)
         order by case when t.part = 'holder' then 0 else 1 end, case when t.is_main then 0 else 1 end, u.official_order, p.official_order, p.key, g.role",
        person,
        on
    )?;
    let mut posts: Vec<HeldPost> = Vec::new();
    for (id, part, name, unit, role, scope) in lines {
        let grant = role.zip(scope);
        match posts.iter_mut().find(|p| p.id == id) {
            // Somebody may hold a post and be named its deputy as well: the better part counts, its grants once.
            Some(post) => post.grants.extend(grant.filter(|g| !post.grants.contains(g))),
            None => posts.push(HeldPost {
                id,
                part: Part::parse(&part).unwrap_or(Part::Deputy),
                name,
                unit,
                grants: grant.into_iter().collect(),
            }),
        }
    }
    Ok(posts)
}

/// Two roles among the posts that may not be in one hand, if there are any.
#[must_use]
pub(super) fn excluded<'a>(roles: &[Role], posts: &'a [HeldPost]) -> Option<(&'a str, &'a str)> {
    let held: Vec<&str> = posts.iter().flat_map(|p| p.grants.iter().map(|(role, _)| role.as_str())).collect();
    conflict_now(roles, &held)
}

/// Who an account belongs to.
#[derive(Debug, Clone)]
pub(super) struct Owner {
    pub account: Uuid,
    pub person: Uuid,
    pub name: String,
}

/// The one who acts: this person in one of these posts, or in none.
pub(super) fn actor(
    roles: &'static [Role],
    channel: Channel,
    owner: &Owner,
    posts: &[HeldPost],
    post: Option<Uuid>,
) -> Actor {
    let post = post.and_then(|id| posts.iter().find(|p| p.id == id));
    let name = match post {
        None => owner.name.clone(),
        Some(p) => {
            let deputy = if p.part == Part::Deputy { "，代" } else { "" };
            format!("{}（{} {}{deputy}）", owner.name, p.unit, p.name)
        }
    };
    let grants = match excluded(roles, posts) {
        Some((one, other)) => {
            tracing::error!(account = %owner.account, one, other, "an excluded combination of roles: no rights given");
            Vec::new()
        }
        None => post.map_or_else(Vec::new, |p| {
            p.grants
                .iter()
                .filter_map(|(key, unit)| Some(Grant { role: roles.iter().find(|r| r.key == key)?, unit: *unit }))
                .collect()
        }),
    };
    Actor {
        channel,
        account: Some(owner.account),
        person: Some(owner.person),
        post: post.map(|p| p.id),
        name,
        grants,
        only: None,
    }
}
