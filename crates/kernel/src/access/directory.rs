//! Who could be given something: posts that somebody holds on a day and whose roles carry a right.
//!
//! The rule that matters: a post is offered only where its own right reaches the unit; nothing is passed to a post that could
//! not open it.

use chrono::NaiveDate;
use uuid::Uuid;

use super::{Actor, Channel, Grant, Role};
use crate::{
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::Result,
    sql,
};

/// A post that somebody holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The post.
    pub post: Uuid,
    /// Its name.
    pub name: String,
    /// Its unit.
    pub unit: Uuid,
    /// The unit's name.
    pub unit_name: String,
    /// The unit's kind.
    pub kind: String,
    /// The name of the unit above; empty at the top.
    pub above: String,
    /// Who holds it, holders before deputies.
    pub holder: String,
}

impl Seat {
    /// Unit and post: 区民政局 副局长.
    #[must_use]
    pub fn label(&self) -> String {
        format!("{} {}", self.unit_name, self.name)
    }
}

/// Which posts are asked for.
#[derive(Debug, Clone)]
pub struct Ask<'a> {
    /// The permission that their roles carry.
    pub right: &'a str,
    /// The unit over which they hold it; anywhere when none.
    pub over: Option<Uuid>,
    /// Only posts of these units and everything under them; everywhere when none.
    pub within: Option<&'a [Uuid]>,
    /// Only this post.
    pub only: Option<Uuid>,
    /// The day on which somebody holds them.
    pub on: NaiveDate,
}

/// The posts asked for, in official order.
///
/// # Errors
/// The engine's own error.
pub async fn seats(tx: &mut Tx, roles: &[Role], ask: &Ask<'_>) -> Result<Vec<Seat>> {
    let carrying: Vec<&'static str> = roles.iter().filter(|r| r.allows(ask.right)).map(|r| r.key).collect();
    if carrying.is_empty() {
        return Ok(Vec::new());
    }
    let today = Param::Date(Some(ask.on));
    let mut sql = Sql::new(
        "select p.id, p.name, u.id, u.name, u.kind,
                (select a.name from unit_parent q join unit a on a.id = q.parent_id
                 where q.unit_id = u.id order by q.valid_from desc limit 1),
                (select n.name from term t join person n on n.id = t.person_id
                 where t.post_id = p.id and t.valid_from <= ",
    );
    sql.bind(today.clone()).push(" and (t.valid_to is null or t.valid_to > ").bind(today.clone());
    sql.push(") order by case when t.part = 'holder' then 0 else 1 end, t.valid_from, n.name limit 1)");
    sql.push(" from post p join unit u on u.id = p.unit_id where exists (select 1 from term t where t.post_id = p.id and t.valid_from <= ");
    sql.bind(today.clone()).push(" and (t.valid_to is null or t.valid_to > ").bind(today).push("))");
    sql.push(" and exists (select 1 from post_grant g");
    if let Some(unit) = ask.over {
        sql.push(" join unit_closure c on c.ancestor_id = g.scope_unit_id and c.descendant_id = ")
            .bind(Param::Id(Some(unit)));
    }
    sql.push(" where g.post_id = p.id and g.role in (");
    list(&mut sql, carrying.into_iter().map(|role| Param::Text(Some(role.to_owned()))));
    sql.push("))");
    if let Some(roots) = ask.within {
        sql.push(" and p.unit_id in (select descendant_id from unit_closure where ancestor_id in (");
        list(&mut sql, roots.iter().map(|root| Param::Id(Some(*root))));
        sql.push("))");
    }
    if let Some(post) = ask.only {
        sql.push(" and p.id = ").bind(Param::Id(Some(post)));
    }
    sql.push(" order by u.official_order, u.key, p.official_order, p.key");
    let text =
        |row: &crate::db::dynamic::AnyRow, at: usize| -> Result<String> { Ok(row.text(at)?.unwrap_or_default()) };
    let mut seats = Vec::new();
    for row in sql.fetch_all(tx).await? {
        seats.push(Seat {
            post: row.id(0)?.unwrap_or_default(),
            name: text(&row, 1)?,
            unit: row.id(2)?.unwrap_or_default(),
            unit_name: text(&row, 3)?,
            kind: text(&row, 4)?,
            above: text(&row, 5)?,
            holder: text(&row, 6)?,
        });
    }
    Ok(seats)
}

/// A list without a value is `null`, which nothing equals.
fn list(sql: &mut Sql, params: impl Iterator<Item = Param>) {
    let mut any = false;
    for param in params {
        if any {
            sql.push(", ");
        }
        sql.bind(param);
        any = true;
    }
    if !any {
        sql.push("null");
    }
}

/// Everybody who could act in a post on a day, with what the post holds.
///
/// # Errors
/// The engine's own error.
pub async fn actors_in(tx: &mut Tx, roles: &'static [Role], post: Uuid, on: NaiveDate) -> Result<Vec<Actor>> {
    let grants: Vec<(String, Uuid)> =
        sql!(tx, fetch_all, "select role, scope_unit_id from post_grant where post_id = $1", post)?;
    let grants: Vec<Grant> = grants
        .into_iter()
        .filter_map(|(key, unit)| Some(Grant { role: roles.iter().find(|r| r.key == key)?, unit }))
        .collect();
    let people: Vec<(Uuid, String)> = sql!(
        tx,
        fetch_all,
        "select n.id, n.name from term t join person n on n.id = t.person_id
         where t.post_id = $1 and t.valid_from <= $2 and (t.valid_to is null or t.valid_to > $2) order by t.part desc, n.id",
        post,
        on
    )?;
    let actor = |(person, name): (Uuid, String)| Actor {
        person: Some(person),
        post: Some(post),
        grants: grants.clone(),
        ..Actor::without_rights(Channel::Web, name)
    };
    Ok(people.into_iter().map(actor).collect())
}
