//! What the audit vouches for of duties: an act with the rows it made and the rows it ended.
//!
//! The rule that matters: the digest is made of what the rows say, the same when they are written and when they are verified.

use std::collections::{BTreeMap, HashMap};

use hejian_kernel::{
    db::{Tx, dynamic::Sql},
    sql,
};
use uuid::Uuid;

use super::super::model::Duty;
use crate::campaign::standard::keeping::digest;

/// The digest of what a row says when it is written.
pub(super) fn row_digest(duty: &Duty) -> String {
    let of = &duty.content;
    let said = [
        duty.line.to_string(),
        duty.version.to_string(),
        of.indicator.clone(),
        of.unit.to_string(),
        of.part.key().to_owned(),
        format!("{:?} {:?} {:?} {:?}", of.post, of.due, of.done, of.parent),
        of.note.clone(),
    ];
    digest(said.iter().map(String::as_str))
}

pub(super) fn kept_digest(act: &Uuid, head: &[&str; 3], made: &BTreeMap<Uuid, String>, ended: &[Uuid]) -> String {
    let mut ended: Vec<String> = ended.iter().map(ToString::to_string).collect();
    ended.sort_unstable();
    let rows: Vec<String> = made.iter().map(|(id, row)| format!("{id} {row}")).collect();
    let id = act.to_string();
    let parts = std::iter::once(id.as_str()).chain(head.iter().copied());
    digest(parts.chain(rows.iter().map(String::as_str)).chain(["/"]).chain(ended.iter().map(String::as_str)))
}

/// Every act with the digest of the rows it made and the rows it ended.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn acts_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let acts: Vec<(Uuid, String, String, Option<Uuid>)> =
        sql!(tx, fetch_all, "select id, kind, reason, undoes_id from duty_act order by id")?;
    let mut rows = Sql::new(super::COLUMNS);
    rows.push(", d.made_by_act, d.ended_by_act from duty d order by d.id");
    let mut made: HashMap<Uuid, BTreeMap<Uuid, String>> = HashMap::new();
    let mut ended: HashMap<Uuid, Vec<Uuid>> = HashMap::new();
    for row in rows.fetch_all(tx).await? {
        let duty = super::duty_of(&row).map_err(|error| sqlx::Error::Protocol(error.to_string()))?;
        if let Some(act) = row.id(11)? {
            made.entry(act).or_default().insert(duty.id, row_digest(&duty));
        }
        if let Some(act) = row.id(12)? {
            ended.entry(act).or_default().push(duty.id);
        }
    }
    let (none, nothing) = (BTreeMap::new(), Vec::new());
    let digest = |(id, kind, reason, undoes): (Uuid, String, String, Option<Uuid>)| {
        let head = [kind.as_str(), reason.as_str(), &format!("{undoes:?}")];
        (id, kept_digest(&id, &head, made.get(&id).unwrap_or(&none), ended.get(&id).unwrap_or(&nothing)))
    };
    Ok(acts.into_iter().map(digest).collect())
}
