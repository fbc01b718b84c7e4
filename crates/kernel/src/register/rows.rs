//! Reads and writes the rows of a register: the one place where a definition becomes SQL.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use super::{ChildRow, FieldDef, FieldKind, Meta, Record, RegisterDef, Value};
use crate::{
    audit::Keys,
    db::{
        Tx,
        dynamic::{AnyRow, Param, Sql},
    },
};

/// Columns that every register table has, before its fields. Aliased `r`.
const META: &str =
    "r.id, r.unit_id, r.state, r.version, r.created_at, r.created_by, r.updated_at, r.updated_by, r.removed";
const META_COLUMNS: usize = 9;

/// Records with their children; `filter` starts with ` and …` on alias `r`, `tail` is order and limit.
pub(super) async fn select(
    tx: &mut Tx,
    keys: &Keys,
    def: &'static RegisterDef,
    filter: &Sql,
    tail: &Sql,
) -> sqlx::Result<Vec<Record>> {
    let mut sql = Sql::new("select ");
    sql.push(META);
    for field in def.fields {
        sql.push(", r.").ident(field.name);
    }
    from(&mut sql, def);
    sql.append(filter).append(tail);
    let mut records = Vec::new();
    for row in sql.fetch_all(tx).await? {
        records.push(Record {
            meta: meta(&row)?,
            values: values(keys, def.fields, &row, META_COLUMNS)?,
            children: vec![Vec::new(); def.children.len()],
        });
    }
    let place: HashMap<Uuid, usize> = records.iter().enumerate().map(|(n, r)| (r.meta.id, n)).collect();
    for (kind, child) in def.children.iter().enumerate() {
        // One statement for all records of the page, whatever its size.
        for ids in records.iter().map(|r| r.meta.id).collect::<Vec<_>>().chunks(200) {
            let mut sql = Sql::new("select c.id, c.record_id");
            for field in child.fields {
                sql.push(", c.").ident(field.name);
            }
            sql.push(" from ").ident(child.table).push(" c where c.record_id in (");
            for (n, id) in ids.iter().enumerate() {
                if n > 0 {
                    sql.push(", ");
                }
                sql.bind(Param::Id(Some(*id)));
            }
            sql.push(") order by c.record_id, c.row_order");
            for row in sql.fetch_all(tx).await? {
                let id = row.id(0)?.unwrap_or_default();
                let values = values(keys, child.fields, &row, 2)?;
                if let Some(at) = row.id(1)?.and_then(|owner| place.get(&owner)) {
                    records[*at].children[kind].push(ChildRow { id, values });
                }
            }
        }
    }
    Ok(records)
}

/// ` from <table> r join unit u … where true`: the frame of every query on records.
pub(super) fn from(sql: &mut Sql, def: &RegisterDef) {
    sql.push(" from ").ident(def.table).push(" r join unit u on u.id = r.unit_id where 1 = 1");
}

fn meta(row: &AnyRow) -> sqlx::Result<Meta> {
    let moment = |at: usize| -> sqlx::Result<DateTime<Utc>> { Ok(row.time(at)?.unwrap_or_default()) };
    Ok(Meta {
        id: row.id(0)?.unwrap_or_default(),
        unit: row.id(1)?.unwrap_or_default(),
        state: row.text(2)?.unwrap_or_default(),
        version: row.int(3)?.unwrap_or_default(),
        created_at: moment(4)?,
        created_by: row.text(5)?.unwrap_or_default(),
        updated_at: moment(6)?,
        updated_by: row.text(7)?.unwrap_or_default(),
        removed: row.text(8)?,
    })
}

fn values(keys: &Keys, fields: &[FieldDef], row: &AnyRow, offset: usize) -> sqlx::Result<Vec<Value>> {
    fields.iter().enumerate().map(|(n, field)| value(keys, field, row, offset + n)).collect()
}

fn value(keys: &Keys, field: &FieldDef, row: &AnyRow, at: usize) -> sqlx::Result<Value> {
    Ok(match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Choice(_) => row.text(at)?.map_or(Value::Null, Value::Text),
        FieldKind::Int | FieldKind::Scaled(_) | FieldKind::Decimal(_) | FieldKind::Money => {
            row.int(at)?.map_or(Value::Null, Value::Int)
        }
        FieldKind::Bool => row.bool(at)?.map_or(Value::Null, Value::Bool),
        FieldKind::Date => row.date(at)?.map_or(Value::Null, Value::Date),
        FieldKind::Secret => match row.text(at)? {
            None => Value::Null,
            // An altered or foreign ciphertext must not stop a page; its digest will not fit, and `verify` says so.
            Some(sealed) => Value::Secret(keys.decrypt(&sealed).unwrap_or_else(|| "?".to_owned())),
        },
    })
}

fn param(keys: &Keys, field: &FieldDef, value: &Value) -> Param {
    match value {
        Value::Secret(s) => Param::Text(Some(keys.encrypt(s))),
        other => field.kind.param(other),
    }
}

/// Writes a new record's row.
pub(super) async fn insert(tx: &mut Tx, keys: &Keys, def: &RegisterDef, record: &Record) -> sqlx::Result<()> {
    let m = &record.meta;
    let mut sql = Sql::new("insert into ");
    sql.ident(def.table).push(
        " (id, unit_id, state, version, created_at, created_by, updated_at, updated_by, removed, title_key, search_text",
    );
    for field in def.fields {
        sql.push(", ").ident(field.name);
    }
    sql.push(") values (");
    let fixed = [
        Param::Id(Some(m.id)),
        Param::Id(Some(m.unit)),
        Param::Text(Some(m.state.clone())),
        Param::Int(Some(m.version)),
        Param::Time(Some(m.created_at)),
        Param::Text(Some(m.created_by.clone())),
        Param::Time(Some(m.updated_at)),
        Param::Text(Some(m.updated_by.clone())),
        Param::Text(m.removed.clone()),
        Param::Text(Some(title_key(def, record))),
        Param::Text(Some(search_text(def, record))),
    ];
    for (n, p) in fixed.into_iter().enumerate() {
        if n > 0 {
            sql.push(", ");
        }
        sql.bind(p);
    }
    for (field, value) in def.fields.iter().zip(&record.values) {
        sql.push(", ").bind(param(keys, field, value));
    }
    sql.push(")").execute(tx).await?;
    write_children(tx, keys, def, record).await
}

/// Writes a changed record over the version it was read at; answers whether that version still stood.
pub(super) async fn update(
    tx: &mut Tx,
    keys: &Keys,
    def: &RegisterDef,
    record: &Record,
    read_version: i64,
) -> sqlx::Result<bool> {
    let m = &record.meta;
    let mut sql = Sql::new("update ");
    sql.ident(def.table).push(" set unit_id = ").bind(Param::Id(Some(m.unit)));
    sql.push(", state = ").bind(Param::Text(Some(m.state.clone())));
    sql.push(", version = ").bind(Param::Int(Some(m.version)));
    sql.push(", updated_at = ").bind(Param::Time(Some(m.updated_at)));
    sql.push(", updated_by = ").bind(Param::Text(Some(m.updated_by.clone())));
    sql.push(", removed = ").bind(Param::Text(m.removed.clone()));
    sql.push(", title_key = ").bind(Param::Text(Some(title_key(def, record))));
    sql.push(", search_text = ").bind(Param::Text(Some(search_text(def, record))));
    for (field, value) in def.fields.iter().zip(&record.values) {
        sql.push(", ").ident(field.name).push(" = ").bind(param(keys, field, value));
    }
    sql.push(" where id = ").bind(Param::Id(Some(m.id)));
    sql.push(" and version = ").bind(Param::Int(Some(read_version)));
    if sql.execute(tx).await? == 0 {
        return Ok(false);
    }
    for child in def.children {
        let mut sql = Sql::new("delete from ");
        sql.ident(child.table).push(" where record_id = ").bind(Param::Id(Some(m.id)));
        sql.execute(tx).await?;
    }
    write_children(tx, keys, def, record).await?;
    Ok(true)
}

async fn write_children(tx: &mut Tx, keys: &Keys, def: &RegisterDef, record: &Record) -> sqlx::Result<()> {
    for (child, rows) in def.children.iter().zip(&record.children) {
        for (order, row) in rows.iter().enumerate() {
            let mut sql = Sql::new("insert into ");
            sql.ident(child.table).push(" (id, record_id, row_order");
            for field in child.fields {
                sql.push(", ").ident(field.name);
            }
            sql.push(") values (").bind(Param::Id(Some(row.id))).push(", ").bind(Param::Id(Some(record.meta.id)));
            sql.push(", ").bind(Param::Int(i64::try_from(order).ok()));
            for (field, value) in child.fields.iter().zip(&row.values) {
                sql.push(", ").bind(param(keys, field, value));
            }
            sql.push(")").execute(tx).await?;
        }
    }
    Ok(())
}

/// The key that puts titles in Chinese order: pinyin where there is one, the text itself to tell equals apart.
#[must_use]
pub(crate) fn chinese_order(text: &str) -> String {
    use pinyin::ToPinyin as _;
    let mut key = String::with_capacity(text.len() * 2);
    for (c, p) in text.chars().zip(text.to_pinyin()) {
        match p {
            Some(p) => key.push_str(p.with_tone_num_end()),
            None => key.extend(c.to_lowercase()),
        }
        key.push(' ');
    }
    key.push_str(text);
    key
}

fn title_key(def: &RegisterDef, record: &Record) -> String {
    chinese_order(&record.title(def))
}

fn search_text(def: &RegisterDef, record: &Record) -> String {
    let parts = def.fields.iter().zip(&record.values).filter(|(f, _)| f.search || f.name == def.title);
    let texts: Vec<String> = parts.map(|(f, v)| f.kind.text(v).to_lowercase()).filter(|t| !t.is_empty()).collect();
    texts.join("\u{1f}")
}
