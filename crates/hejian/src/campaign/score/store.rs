//! SQL of the score's pages: outlines for the map, and the titles of the records a reader may open.

use std::collections::BTreeSet;

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::{Error, Result},
    i18n::{Lang, t},
    register::{FieldKind, RegisterDef},
    sql,
    work::Read,
};
use uuid::Uuid;

/// Above this many records all ids of the register in scope are read instead of naming each.
const NAMED: usize = 300;

/// Id, kind and boundary text of the communities and subdistricts in being on a day, in official order.
///
/// # Errors
/// The engine's own error.
pub(super) async fn outlines(tx: &mut Tx, day: NaiveDate) -> Result<Vec<(Uuid, String, String)>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select id, kind, geometry from unit
         where kind in ('community', 'subdistrict') and geometry is not null
           and valid_from <= $1 and (valid_to is null or valid_to > $1)
         order by official_order, key",
        day
    )?)
}

/// The hash of an entry of the audit chain; none where the chain has no such entry.
///
/// # Errors
/// The engine's own error.
pub(super) async fn hash_at(tx: &mut Tx, seq: i64) -> sqlx::Result<Option<String>> {
    let found: Option<(String,)> = sql!(tx, fetch_optional, "select hash from audit_entry where seq = $1", seq)?;
    Ok(found.map(|(hash,)| hash))
}

/// What happened after an entry of the audit chain: the earliest moment that anything is told of, and how many things reach back
/// before their own moment: units, and which version of a standard counts.
///
/// # Errors
/// The engine's own error.
pub(super) async fn news(tx: &mut Tx, seq: i64) -> sqlx::Result<(Option<DateTime<Utc>>, i64)> {
    sql!(
        tx,
        fetch_one,
        "select min(at), count(case when subject_kind in ('unit', 'standard_pin') then 1 end) from audit_entry where seq > $1",
        seq
    )
}

/// An entry of the audit chain as far as scores ask: kind, subject and what is told of it.
pub(super) type Told = (String, Option<Uuid>, String);

/// What was told after an entry of the audit chain, the oldest first; at most `most` entries and one.
///
/// # Errors
/// The engine's own error.
pub(super) async fn entries_after(tx: &mut Tx, seq: i64, most: i64) -> sqlx::Result<Vec<Told>> {
    sql!(
        tx,
        fetch_all,
        "select subject_kind, subject_id, detail from audit_entry where seq > $1 order by seq limit $2",
        seq,
        most + 1
    )
}

/// The units that a record was ever of.
///
/// # Errors
/// The engine's own error.
pub(super) async fn units_of(tx: &mut Tx, register: &str, record: Uuid) -> sqlx::Result<Vec<Uuid>> {
    let rows: Vec<(Uuid,)> = sql!(
        tx,
        fetch_all,
        "select distinct unit_id from record_version where register = $1 and record_id = $2",
        register,
        record
    )?;
    Ok(rows.into_iter().map(|(unit,)| unit).collect())
}

/// Those of the records that lie within the reader's scope, with their titles; none where the register may not be read.
///
/// # Errors
/// The engine's own error.
pub(super) async fn within(
    read: &mut Read,
    def: &'static RegisterDef,
    ids: &BTreeSet<Uuid>,
    lang: Lang,
) -> Result<Vec<(Uuid, String)>> {
    let eyes = match read.actor.scoped(def.permissions.read, ()) {
        Ok(eyes) => eyes,
        Err(Error::Forbidden { .. }) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut sql = Sql::new("select r.id, r.");
    sql.ident(def.title).push(" from ").ident(def.table).push(" r where 1 = 1");
    if ids.len() <= NAMED {
        sql.push(" and r.id in (");
        for (n, id) in ids.iter().enumerate() {
            if n > 0 {
                sql.push(", ");
            }
            sql.bind(Param::Id(Some(*id)));
        }
        sql.push(")");
    }
    eyes.restrict(&mut sql, "r.unit_id");
    let mut found = Vec::new();
    for row in sql.fetch_all(&mut read.tx).await? {
        let Some(id) = row.id(0)?.filter(|id| ids.contains(id)) else { continue };
        let text = match def.field(def.title).map(|(_, field)| field.kind) {
            Some(FieldKind::Text | FieldKind::LongText) => row.text(1)?.unwrap_or_default(),
            Some(FieldKind::Choice(_)) => {
                row.text(1)?.map(|code| t(lang, &def.choice_label(def.title, &code))).unwrap_or_default()
            }
            _ => String::new(),
        };
        found.push((id, text));
    }
    Ok(found)
}
