//! Units of any kind in a tree with dates: what every record belongs to and every scope is made of.
//!
//! The rule that matters: history stands. A unit, its parent and its name hold for `[from, to)`; a merge ends units and links
//! them to their successors, it deletes nothing. Order is the official one, never the alphabet's.

mod write;

use std::collections::HashMap;

use chrono::NaiveDate;
use uuid::Uuid;

pub use write::{Lineage, NewUnit, add, succeed};

use crate::{
    access::Scoped,
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::{Error, Result},
};

/// A unit.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// Its id.
    pub id: Uuid,
    /// Its stable key, e.g. `C-S4-07`, `mzj`.
    pub key: String,
    /// `district`, `subdistrict`, `community`, `residents_committee`, `department` …
    pub kind: String,
    /// Its name.
    pub name: String,
    /// Its place in the official order.
    pub official_order: i64,
    /// Its code in the national list, if any.
    pub code: Option<String>,
    /// First day in being.
    pub valid_from: NaiveDate,
    /// First day no longer in being.
    pub valid_to: Option<NaiveDate>,
    /// A key community (重点社区).
    pub is_key: bool,
    /// The model community (样板社区).
    pub is_model: bool,
    /// `real`, `inferred` or `synthetic`: where its name comes from.
    pub name_status: String,
    /// The same for its figures.
    pub value_status: String,
    /// The section a department stands in, if any.
    pub section: Option<String>,
    /// Its parent on the day asked.
    pub parent: Option<Uuid>,
    /// A remark.
    pub note: Option<String>,
}

/// Which units are asked for.
#[derive(Debug, Clone, Default)]
pub struct UnitQuery {
    /// In being on this day; any day when absent.
    pub on: Option<NaiveDate>,
    /// Of these kinds; any when empty.
    pub kinds: Vec<&'static str>,
    /// This unit and those under it.
    pub under: Option<Uuid>,
}

/// Units within the reader's scope, in official order.
///
/// # Errors
/// The engine's own error.
pub async fn list(tx: &mut Tx, query: &Scoped<UnitQuery>) -> Result<Vec<Unit>> {
    let q = query.query();
    let mut filter = Sql::new("");
    if let Some(day) = q.on {
        filter.push(" and u.valid_from <= ").bind(Param::Date(Some(day)));
        filter.push(" and (u.valid_to is null or u.valid_to > ").bind(Param::Date(Some(day))).push(")");
    }
    if !q.kinds.is_empty() {
        filter.push(" and u.kind in (");
        for (n, kind) in q.kinds.iter().enumerate() {
            if n > 0 {
                filter.push(", ");
            }
            filter.bind(Param::Text(Some((*kind).to_owned())));
        }
        filter.push(")");
    }
    if let Some(under) = q.under {
        filter
            .push(" and u.id in (select descendant_id from unit_closure where ancestor_id = ")
            .bind(Param::Id(Some(under)));
        filter.push(")");
    }
    query.restrict(&mut filter, "u.id");
    select(tx, q.on, &filter).await
}

/// One unit within the reader's scope.
///
/// # Errors
/// [`Error::NotFound`] when there is none there.
pub async fn get(tx: &mut Tx, unit: &Scoped<Uuid>) -> Result<Unit> {
    let mut filter = Sql::new(" and u.id = ");
    filter.bind(Param::Id(Some(*unit.query())));
    unit.restrict(&mut filter, "u.id");
    select(tx, None, &filter).await?.into_iter().next().ok_or(Error::NotFound { what: "thing-unit" })
}

/// The root of the district: the unit of kind `district` with the lowest order.
///
/// # Errors
/// [`Error::NotFound`] before a district was made.
pub async fn root(tx: &mut Tx) -> Result<Unit> {
    let filter = Sql::new(" and u.kind = 'district'");
    select(tx, None, &filter).await?.into_iter().next().ok_or(Error::NotFound { what: "thing-unit" })
}

/// The names of all units ever: names are no secret, and a record's page names units above the reader's scope.
///
/// # Errors
/// The engine's own error.
pub async fn names(tx: &mut Tx) -> Result<HashMap<Uuid, String>> {
    let rows = Sql::new("select id, name from unit").fetch_all(tx).await?;
    rows.iter().map(|row| Ok((row.id(0)?.unwrap_or_default(), row.text(1)?.unwrap_or_default()))).collect()
}

async fn select(tx: &mut Tx, on: Option<NaiveDate>, filter: &Sql) -> Result<Vec<Unit>> {
    let mut sql = Sql::new(
        "select u.id, u.key, u.kind, u.name, u.official_order, u.code, u.valid_from, u.valid_to, u.is_key, u.is_model,
                u.name_status, u.value_status, u.note, u.section,
                (select p.parent_id from unit_parent p where p.unit_id = u.id",
    );
    if let Some(day) = on {
        sql.push(" and p.valid_from <= ").bind(Param::Date(Some(day)));
    }
    sql.push(" order by p.valid_from desc limit 1) from unit u where 1 = 1").append(filter);
    sql.push(" order by u.official_order, u.key");
    let mut units = Vec::new();
    for row in sql.fetch_all(tx).await? {
        units.push(Unit {
            id: row.id(0)?.unwrap_or_default(),
            key: row.text(1)?.unwrap_or_default(),
            kind: row.text(2)?.unwrap_or_default(),
            name: row.text(3)?.unwrap_or_default(),
            official_order: row.int(4)?.unwrap_or_default(),
            code: row.text(5)?,
            valid_from: row.date(6)?.unwrap_or_default(),
            valid_to: row.date(7)?,
            is_key: row.bool(8)?.unwrap_or_default(),
            is_model: row.bool(9)?.unwrap_or_default(),
            name_status: row.text(10)?.unwrap_or_default(),
            value_status: row.text(11)?.unwrap_or_default(),
            note: row.text(12)?,
            section: row.text(13)?,
            parent: row.id(14)?,
        });
    }
    Ok(units)
}
