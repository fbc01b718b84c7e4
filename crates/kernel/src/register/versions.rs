//! Every version of every record: history, the first value on correction, "as it was on that day", and the burden count.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::{ChildRow, FieldDef, FieldKind, Meta, Record, RegisterDef, Value};
use crate::{
    access::Scoped,
    audit::Keys,
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::Result,
    sql,
};

/// A version as history shows it.
#[derive(Debug, Clone)]
pub struct Version {
    /// The record as it stood.
    pub record: Record,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// By whom.
    pub actor: String,
    /// Over which channel.
    pub channel: String,
}

pub(super) async fn write(
    tx: &mut Tx,
    keys: &Keys,
    def: &RegisterDef,
    record: &Record,
    channel: &str,
    typed: i64,
) -> sqlx::Result<()> {
    let m = &record.meta;
    let body = body(keys, def, record).to_string();
    sql!(
        tx,
        execute,
        "insert into record_version (register, record_id, version, unit_id, at, actor, channel, typed, deleted, body)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        def.key,
        m.id,
        m.version,
        m.unit,
        m.updated_at,
        &m.updated_by,
        channel,
        typed,
        m.removed.is_some(),
        &body
    )?;
    Ok(())
}

/// Every version of a record that the reader may see, oldest first.
///
/// # Errors
/// The engine's own error.
pub async fn history(
    tx: &mut Tx,
    keys: &Keys,
    def: &'static RegisterDef,
    record: &Scoped<Uuid>,
) -> Result<Vec<Version>> {
    let mut sql = Sql::new(SELECT);
    sql.bind(Param::Text(Some(def.key.to_owned()))).push(" and v.record_id = ").bind(Param::Id(Some(*record.query())));
    record.restrict(&mut sql, "v.unit_id");
    sql.push(" order by v.version");
    read(tx, keys, def, &sql).await
}

/// Every record as it stood at a moment, removed ones left out, in the order of their ids.
///
/// # Errors
/// The engine's own error.
pub async fn as_of(
    tx: &mut Tx,
    keys: &Keys,
    def: &'static RegisterDef,
    moment: &Scoped<DateTime<Utc>>,
) -> Result<Vec<Record>> {
    read_at(tx, keys, def, moment, None).await
}

/// The same for the records of some units.
///
/// # Errors
/// The engine's own error.
pub async fn as_of_units(
    tx: &mut Tx,
    keys: &Keys,
    def: &'static RegisterDef,
    moment: &Scoped<DateTime<Utc>>,
    units: &BTreeSet<Uuid>,
) -> Result<Vec<Record>> {
    read_at(tx, keys, def, moment, Some(units)).await
}

/// Every version of every record written until a moment, those that took a record out included: by record, the oldest first.
///
/// # Errors
/// The engine's own error.
pub async fn every(
    tx: &mut Tx,
    keys: &Keys,
    def: &'static RegisterDef,
    until: &Scoped<DateTime<Utc>>,
) -> Result<Vec<Record>> {
    let mut sql = Sql::new(SELECT);
    sql.bind(Param::Text(Some(def.key.to_owned()))).push(" and v.at <= ").bind(Param::Time(Some(*until.query())));
    until.restrict(&mut sql, "v.unit_id");
    sql.push(" order by v.record_id, v.version");
    Ok(read(tx, keys, def, &sql).await?.into_iter().map(|v| v.record).collect())
}

async fn read_at(
    tx: &mut Tx,
    keys: &Keys,
    def: &'static RegisterDef,
    moment: &Scoped<DateTime<Utc>>,
    units: Option<&BTreeSet<Uuid>>,
) -> Result<Vec<Record>> {
    let (register, at) = (Param::Text(Some(def.key.to_owned())), Param::Time(Some(*moment.query())));
    let within = |sql: &mut Sql| {
        for (n, unit) in units.into_iter().flatten().enumerate() {
            if n > 0 {
                sql.push(", ");
            }
            sql.bind(Param::Id(Some(*unit)));
        }
        sql.push(")");
    };
    // The last version of each record is found in one pass: asked for record by record, SQLite walks through the whole
    // register by time for every one of them.
    let mut sql = Sql::new(SELECT);
    sql.bind(register.clone()).push(
        " and v.deleted = false and (v.record_id, v.version) in (select w.record_id, max(w.version)
             from record_version w where w.register = ",
    );
    // For some units the records are few: their index is the way to them, not the one of the moments of all.
    sql.bind(register).push(if units.is_some() { " and coalesce(w.at, w.at) <= " } else { " and w.at <= " }).bind(at);
    if units.is_some() {
        // A record that has left for another unit since is seen through all its versions.
        sql.push(" and w.record_id in (select x.record_id from record_version x where x.unit_id in (");
        within(&mut sql);
        sql.push(")");
    }
    sql.push(" group by w.record_id)");
    if units.is_some() {
        sql.push(" and v.unit_id in (");
        within(&mut sql);
    }
    moment.restrict(&mut sql, "v.unit_id");
    sql.push(" order by v.record_id");
    Ok(read(tx, keys, def, &sql).await?.into_iter().map(|v| v.record).collect())
}

/// Fields typed by hand in a register, by unit, in `[from, to)`: the burden meter's figure. What a program or a file brought
/// costs nobody a keystroke and is not counted.
///
/// # Errors
/// The engine's own error.
pub async fn burden(
    tx: &mut Tx,
    def: &'static RegisterDef,
    span: &Scoped<(DateTime<Utc>, DateTime<Utc>)>,
) -> Result<Vec<(Uuid, i64)>> {
    let (from, to) = *span.query();
    let mut sql = Sql::new("select v.unit_id, cast(sum(v.typed) as bigint) from record_version v where v.register = ");
    sql.bind(Param::Text(Some(def.key.to_owned())));
    sql.push(" and v.typed > 0 and v.at >= ").bind(Param::Time(Some(from)));
    sql.push(" and v.at < ").bind(Param::Time(Some(to)));
    span.restrict(&mut sql, "v.unit_id");
    sql.push(" group by v.unit_id");
    let rows = sql.fetch_all(tx).await?;
    rows.iter().map(|row| Ok((row.id(0)?.unwrap_or_default(), row.int(1)?.unwrap_or_default()))).collect()
}

const SELECT: &str = "select v.record_id, v.version, v.unit_id, v.at, v.actor, v.channel, v.body from record_version v where v.register = ";

async fn read(tx: &mut Tx, keys: &Keys, def: &'static RegisterDef, sql: &Sql) -> Result<Vec<Version>> {
    let mut out = Vec::new();
    for (n, row) in sql.fetch_all(tx).await?.into_iter().enumerate() {
        // Ten years of a register take a second to read: others are answered meanwhile.
        if n % 1000 == 999 {
            tokio::task::yield_now().await;
        }
        let body: Json = serde_json::from_str(&row.text(6)?.unwrap_or_default()).unwrap_or(Json::Null);
        let at = row.time(3)?.unwrap_or_default();
        let actor = row.text(4)?.unwrap_or_default();
        let text = |key: &str| body[key].as_str().map(ToOwned::to_owned);
        let moment = |key: &str| text(key).and_then(|t| t.parse().ok()).unwrap_or(at);
        let meta = Meta {
            id: row.id(0)?.unwrap_or_default(),
            unit: row.id(2)?.unwrap_or_default(),
            state: text("state").unwrap_or_default(),
            version: row.int(1)?.unwrap_or_default(),
            created_at: moment("created_at"),
            created_by: text("created_by").unwrap_or_default(),
            updated_at: at,
            updated_by: actor.clone(),
            removed: text("removed"),
        };
        let values = def.fields.iter().map(|f| from_json(keys, f, &body["values"][f.name])).collect();
        let children = def
            .children
            .iter()
            .map(|child| {
                let rows = body["children"][child.name].as_array().cloned().unwrap_or_default();
                rows.iter()
                    .map(|row| ChildRow {
                        id: row["id"].as_str().and_then(|t| t.parse().ok()).unwrap_or_default(),
                        values: child.fields.iter().map(|f| from_json(keys, f, &row[f.name])).collect(),
                    })
                    .collect()
            })
            .collect();
        out.push(Version {
            record: Record { meta, values, children },
            at,
            actor,
            channel: row.text(5)?.unwrap_or_default(),
        });
    }
    Ok(out)
}

fn body(keys: &Keys, def: &RegisterDef, record: &Record) -> Json {
    let m = &record.meta;
    let fields = |defs: &[FieldDef], values: &[Value]| -> Map<String, Json> {
        defs.iter().zip(values).map(|(f, v)| (f.name.to_owned(), to_json(keys, v))).collect()
    };
    let children: Map<String, Json> = def
        .children
        .iter()
        .zip(&record.children)
        .map(|(child, rows)| {
            let rows: Vec<Json> = rows
                .iter()
                .map(|row| {
                    let mut map = fields(child.fields, &row.values);
                    map.insert("id".to_owned(), json!(row.id.to_string()));
                    Json::Object(map)
                })
                .collect();
            (child.name.to_owned(), Json::Array(rows))
        })
        .collect();
    json!({
        "state": m.state, "created_at": m.created_at, "created_by": m.created_by, "removed": m.removed,
        "values": fields(def.fields, &record.values), "children": children,
    })
}

fn to_json(keys: &Keys, value: &Value) -> Json {
    match value {
        Value::Null | Value::Unchanged => Json::Null,
        Value::Text(t) => json!(t),
        Value::Int(n) => json!(n),
        Value::Bool(b) => json!(b),
        Value::Date(d) => json!(d.to_string()),
        Value::Secret(s) => json!(keys.encrypt(s)),
    }
}

/// A field that an older version did not have yet reads as null.
fn from_json(keys: &Keys, field: &FieldDef, json: &Json) -> Value {
    match (field.kind, json) {
        (_, Json::Null) => Value::Null,
        (FieldKind::Text | FieldKind::LongText | FieldKind::Choice(_), Json::String(t)) => Value::Text(t.clone()),
        (FieldKind::Int | FieldKind::Scaled(_) | FieldKind::Decimal(_) | FieldKind::Money, Json::Number(n)) => {
            n.as_i64().map_or(Value::Null, Value::Int)
        }
        (FieldKind::Bool, Json::Bool(b)) => Value::Bool(*b),
        (FieldKind::Date, Json::String(t)) => t.parse().map_or(Value::Null, Value::Date),
        (FieldKind::Secret, Json::String(t)) => Value::Secret(keys.decrypt(t).unwrap_or_else(|| "?".to_owned())),
        _ => Value::Null,
    }
}
