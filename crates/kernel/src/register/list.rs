//! A page of a register's list: filter, sort, totals over the whole filter.

use uuid::Uuid;

use super::{FieldDef, FieldKind, Record, RegisterDef, Value, rows};
use crate::{
    access::Scoped,
    audit::Keys,
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::Result,
};

/// What is asked of a list. The default is the first page of all live records in the official order of their units.
#[derive(Debug, Clone, Default)]
pub struct ListQuery {
    /// Only this unit and everything under it.
    pub under: Option<Uuid>,
    /// Only these values of a choice, text or yes-no field, by field name; all must hold.
    pub equal: Vec<(String, Value)>,
    /// Only numbers or days within `[from, to]`, by field name.
    pub between: Vec<(String, Value, Value)>,
    /// Only records in this state.
    pub state: Option<String>,
    /// Only records whose searchable text or unit's name contains this.
    pub text: String,
    /// Sort by this field, `unit`, `state` or `updated_at`; official order of units otherwise.
    pub sort: Option<String>,
    /// Greatest first.
    pub descending: bool,
    /// From 1.
    pub page: u32,
    /// Rows a page; 20 when zero.
    pub size: u32,
    /// Show the records that were taken out instead of the live ones.
    pub removed: bool,
}

/// A page of records.
#[derive(Debug, Clone)]
pub struct Page {
    /// The records of this page.
    pub records: Vec<Record>,
    /// How many the filter has.
    pub total: i64,
    /// The sum over the whole filter for each field, where the field is added up.
    pub sums: Vec<Option<i64>>,
    /// The page shown, from 1; never past the last one.
    pub page: u32,
    /// Rows a page.
    pub size: u32,
}

/// The page asked for.
///
/// # Errors
/// The engine's own error. Unknown field names in the query are ignored: an old bookmark must open.
pub async fn list(tx: &mut Tx, keys: &Keys, def: &'static RegisterDef, query: &Scoped<ListQuery>) -> Result<Page> {
    let q = query.query();
    let mut filter = filter(def, q);
    query.restrict(&mut filter, "r.unit_id");
    let mut count = Sql::new("select count(*)");
    for field in def.fields.iter().filter(|f| f.sum) {
        count.push(", cast(sum(r.").ident(field.name).push(") as bigint)");
    }
    rows::from(&mut count, def);
    count.append(&filter);
    let row = count.fetch_optional(tx).await?;
    let (mut total, mut added) = (0, Vec::new());
    if let Some(row) = row {
        total = row.int(0)?.unwrap_or(0);
        for n in 0..def.fields.iter().filter(|f| f.sum).count() {
            added.push(row.int(n + 1)?);
        }
    }
    let mut added = added.into_iter();
    let sums = def.fields.iter().map(|f| if f.sum { added.next().flatten() } else { None }).collect();
    let size = if q.size == 0 { 20 } else { q.size.min(500) };
    let last = u32::try_from((total.max(1) - 1) / i64::from(size) + 1).unwrap_or(u32::MAX);
    let page = q.page.clamp(1, last);
    let mut tail = order(def, q);
    tail.push(" limit ").bind(Param::Int(Some(i64::from(size))));
    tail.push(" offset ").bind(Param::Int(Some(i64::from(size) * i64::from(page - 1))));
    let records = rows::select(tx, keys, def, &filter, &tail).await?;
    Ok(Page { records, total, sums, page, size })
}

fn filter(def: &'static RegisterDef, q: &ListQuery) -> Sql {
    let mut sql = Sql::new(if q.removed { " and r.removed is not null" } else { " and r.removed is null" });
    if let Some(unit) = q.under {
        sql.push(" and r.unit_id in (select descendant_id from unit_closure where ancestor_id = ")
            .bind(Param::Id(Some(unit)));
        sql.push(")");
    }
    if let Some(state) = &q.state {
        sql.push(" and r.state = ").bind(Param::Text(Some(state.clone())));
    }
    for (name, value) in &q.equal {
        if let Some((_, field)) = def.field(name).filter(|(_, f)| f.kind != FieldKind::Secret) {
            if value.is_null() {
                sql.push(" and r.").ident(field.name).push(" is null");
            } else {
                sql.push(" and r.").ident(field.name).push(" = ").bind(field.kind.param(value));
            }
        }
    }
    for (name, from, to) in &q.between {
        if let Some((_, field)) = def.field(name).filter(|(_, f)| f.kind.is_number() || f.kind == FieldKind::Date) {
            if !from.is_null() {
                sql.push(" and r.").ident(field.name).push(" >= ").bind(field.kind.param(from));
            }
            if !to.is_null() {
                sql.push(" and r.").ident(field.name).push(" <= ").bind(field.kind.param(to));
            }
        }
    }
    for word in q.text.split_whitespace().take(8) {
        let like = format!("%{}%", word.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        sql.push(" and (r.search_text like ").bind(Param::Text(Some(like.clone()))).push(" escape '\\'");
        sql.push(" or u.name like ").bind(Param::Text(Some(like))).push(" escape '\\')");
    }
    sql
}

fn order(def: &'static RegisterDef, q: &ListQuery) -> Sql {
    let mut sql = Sql::new(" order by ");
    let direction = if q.descending { " desc" } else { "" };
    let sortable = |f: &&FieldDef| !matches!(f.kind, FieldKind::Secret | FieldKind::LongText);
    match q.sort.as_deref() {
        Some("state") => {
            sql.push("r.state").push(direction).push(", ");
        }
        Some("updated_at") => {
            sql.push("r.updated_at").push(direction).push(", ");
        }
        Some("unit") if q.descending => {
            sql.push("u.official_order desc, ");
        }
        Some(name) if name == def.title => {
            sql.push("r.title_key").push(direction).push(", ");
        }
        Some(name) => {
            if let Some(field) = def.field(name).map(|(_, f)| f).filter(sortable) {
                // Nothing known comes last, whichever way: written out, because the engines differ.
                sql.push("(r.").ident(field.name).push(" is null), r.").ident(field.name).push(direction).push(", ");
            }
        }
        None => {}
    }
    sql.push("u.official_order, r.id");
    sql
}
