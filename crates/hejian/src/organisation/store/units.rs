//! Boundaries, lineage and changes of units. The units themselves are the kernel's ([`hejian_kernel::unit`]).

use std::collections::HashMap;

use chrono::NaiveDate;
use hejian_kernel::{db::Tx, error::Result, sql, ui::map::Ring};
use uuid::Uuid;

/// One unit following another, with both names.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(in crate::organisation) struct Succession {
    pub from_id: Uuid,
    pub from_name: String,
    pub to_id: Uuid,
    pub to_name: String,
    pub kind: String,
    pub effective_on: NaiveDate,
    pub document: Option<String>,
}

/// What the unit came from and what followed it, in official order. Names are no secret.
pub(in crate::organisation) async fn successions(tx: &mut Tx, unit: Uuid) -> Result<Vec<Succession>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select l.from_id, f.name as from_name, l.to_id, t.name as to_name, l.kind, l.effective_on, l.document
         from unit_lineage l join unit f on f.id = l.from_id join unit t on t.id = l.to_id
         where l.from_id = $1 or l.to_id = $1
         order by l.effective_on, f.official_order, t.official_order, l.id",
        unit
    )?)
}

/// A day on which units changed: what happened, how many ended, how many came of them.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(in crate::organisation) struct Change {
    pub effective_on: NaiveDate,
    pub kind: String,
    pub before: i64,
    pub after: i64,
}

/// The days on which units changed, the latest first.
pub(in crate::organisation) async fn changes(tx: &mut Tx) -> Result<Vec<Change>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select effective_on, kind, count(distinct from_id) as before, count(distinct to_id) as after
         from unit_lineage group by effective_on, kind order by effective_on desc, kind"
    )?)
}

/// The boundaries of the units that have one: rings of longitude and latitude. One that cannot be read is left out of the
/// map; its unit still stands in the table.
pub(in crate::organisation) async fn boundaries(tx: &mut Tx) -> Result<HashMap<Uuid, Vec<Ring>>> {
    let rows: Vec<(Uuid, String)> =
        sql!(tx, fetch_all, "select id, geometry from unit where geometry is not null order by id")?;
    Ok(rows.into_iter().filter_map(|(id, text)| Some((id, serde_json::from_str(&text).ok()?))).collect())
}

/// Who leads each unit on a day: the holder of its first post. Unit to post and name.
pub(in crate::organisation) async fn heads(tx: &mut Tx, day: NaiveDate) -> Result<HashMap<Uuid, (Uuid, String)>> {
    let rows: Vec<(Uuid, Uuid, String)> = sql!(
        tx,
        fetch_all,
        "select p.unit_id, p.id, n.name from post p join term t on t.post_id = p.id join person n on n.id = t.person_id
         where t.part = 'holder' and t.valid_from <= $1 and (t.valid_to is null or t.valid_to > $1)
         order by p.official_order desc, p.key desc",
        day
    )?;
    // The first post comes last and stays.
    Ok(rows.into_iter().map(|(unit, post, name)| (unit, (post, name))).collect())
}
