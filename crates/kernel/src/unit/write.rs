//! Adding a unit and linking it to what it replaces; the closure is kept in the same transaction.

use chrono::NaiveDate;
use serde_json::json;
use uuid::Uuid;

use crate::{audit::Entry, error::Result, sql, work::Work};

/// A unit to be.
#[derive(Debug, Clone)]
pub struct NewUnit {
    /// Stable key, unique.
    pub key: String,
    /// Kind.
    pub kind: String,
    /// Name.
    pub name: String,
    /// Place in the official order; the list of the whole district is sorted by it.
    pub official_order: i64,
    /// Code in the national list.
    pub code: Option<String>,
    /// The section a department stands in: `party`, `government`, `office`, `mass_org`, `vertical`, `other`.
    pub section: Option<String>,
    /// The unit it stands under.
    pub parent: Option<Uuid>,
    /// First day in being.
    pub valid_from: NaiveDate,
    /// First day no longer in being.
    pub valid_to: Option<NaiveDate>,
    /// Boundary as GeoJSON rings `[[[lon,lat],…],…]`.
    pub geometry: Option<String>,
    /// Key community.
    pub is_key: bool,
    /// Model community.
    pub is_model: bool,
    /// `real`, `inferred` or `synthetic`.
    pub name_status: String,
    /// The same for its figures.
    pub value_status: String,
    /// A remark.
    pub note: Option<String>,
}

/// One unit following another.
#[derive(Debug, Clone)]
pub struct Lineage {
    /// The unit that ended.
    pub from: Uuid,
    /// The unit that goes on.
    pub to: Uuid,
    /// `merge`, `split`, `rename`, `boundary_transfer`, `establish` …
    pub kind: String,
    /// The first day of the new state.
    pub effective_on: NaiveDate,
    /// The document that decided it.
    pub document: Option<String>,
}

/// Adds a unit. The caller has checked the right to; the act is audited here.
///
/// # Errors
/// The engine's own error, e.g. when the key is taken.
pub async fn add(work: &mut Work, unit: &NewUnit) -> Result<Uuid> {
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into unit (id, key, kind, name, official_order, code, valid_from, valid_to, geometry, is_key, is_model,
                           name_status, value_status, note, section)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)",
        id,
        &unit.key,
        &unit.kind,
        &unit.name,
        unit.official_order,
        &unit.code,
        unit.valid_from,
        unit.valid_to,
        &unit.geometry,
        unit.is_key,
        unit.is_model,
        &unit.name_status,
        &unit.value_status,
        &unit.note,
        &unit.section
    )?;
    sql!(
        &mut work.tx,
        execute,
        "insert into unit_closure (ancestor_id, descendant_id, depth, valid_from, valid_to) values ($1, $1, 0, $2, $3)",
        id,
        unit.valid_from,
        unit.valid_to
    )?;
    if let Some(parent) = unit.parent {
        sql!(
            &mut work.tx,
            execute,
            "insert into unit_parent (unit_id, parent_id, valid_from, valid_to) values ($1, $2, $3, $4)",
            id,
            parent,
            unit.valid_from,
            unit.valid_to
        )?;
        sql!(
            &mut work.tx,
            execute,
            "insert into unit_closure (ancestor_id, descendant_id, depth, valid_from, valid_to)
             select ancestor_id, $1, depth + 1, $2, $3 from unit_closure where descendant_id = $4
             on conflict do nothing",
            id,
            unit.valid_from,
            unit.valid_to,
            parent
        )?;
    }
    work.record(Entry {
        action: "create",
        subject_kind: "unit".to_owned(),
        subject_id: Some(id),
        detail: json!({ "key": unit.key, "kind": unit.kind, "name": unit.name, "from": unit.valid_from, "to": unit.valid_to }),
        digest: None,
    });
    Ok(id)
}

/// Links a unit to the one that goes on after it. Records written for the old one become visible under the new one's
/// ancestors too: the closure gains the old unit and everything under it.
///
/// # Errors
/// The engine's own error.
pub async fn succeed(work: &mut Work, lineage: &Lineage) -> Result<()> {
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into unit_lineage (id, from_id, to_id, kind, effective_on, document) values ($1, $2, $3, $4, $5, $6)",
        id,
        lineage.from,
        lineage.to,
        &lineage.kind,
        lineage.effective_on,
        &lineage.document
    )?;
    sql!(
        &mut work.tx,
        execute,
        "insert into unit_closure (ancestor_id, descendant_id, depth, valid_from, valid_to)
         select a.ancestor_id, d.descendant_id, a.depth + 1 + d.depth, $3, null
         from unit_closure a, unit_closure d where a.descendant_id = $1 and d.ancestor_id = $2
         on conflict do nothing",
        lineage.to,
        lineage.from,
        lineage.effective_on
    )?;
    work.record(Entry {
        action: "succeed",
        subject_kind: "unit".to_owned(),
        subject_id: Some(lineage.from),
        detail: json!({ "to": lineage.to, "kind": lineage.kind, "on": lineage.effective_on, "document": lineage.document }),
        digest: None,
    });
    Ok(())
}
