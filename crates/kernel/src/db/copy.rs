//! Copies every row from one database into another of the same version, whichever engines the two are.
//!
//! What a backup of PostgreSQL, a restore into it, and a move from one engine to the other are made of. One look at the
//! source, one transaction in the target: the copy is of one moment and whole, or not there at all.

use std::collections::{BTreeMap, BTreeSet};

use futures::{Stream, StreamExt as _, TryStreamExt as _};
use sqlx::AssertSqlSafe;

use super::{
    Db, Inner, Tx,
    dynamic::{AnyRow, Param, Sql},
    schema,
};
use crate::sql;

/// Parameters of one statement; SQLite takes 32,766, PostgreSQL 65,535.
const PARAMS: usize = 16_000;

/// Copies every row of every table. `told` hears of each finished table and its rows. Answers the number of rows.
///
/// # Errors
/// The engine's own error; a table or column that only one side has is named.
pub async fn copy(from: &Db, to: &Db, mut told: impl FnMut(&str, u64)) -> sqlx::Result<u64> {
    let tables = schema::read(from).await?;
    let theirs = schema::read(to).await?;
    for (table, columns) in &tables {
        let same = theirs.get(table).is_some_and(|other| {
            other.len() == columns.len()
                && columns.iter().all(|(c, (kind, _))| other.get(c).is_some_and(|o| o.0 == *kind))
        });
        if !same {
            return Err(sqlx::Error::Protocol(format!("the table {table} is not the same in both databases")));
        }
    }
    let order = referenced_first(&tables.keys().cloned().collect(), &references(from, to).await?)?;
    let (mut source, mut target) = (from.read().await?, to.write().await?);
    let mut all = 0;
    for table in order {
        let columns: Vec<(&str, &str)> =
            tables[&table].iter().map(|(c, (kind, _))| (c.as_str(), kind.as_str())).collect();
        let mut query = Sql::new("select ");
        list(&mut query, columns.iter().map(|c| c.0));
        query.push(" from ").ident(&table);
        let mut rows = std::pin::pin!(stream(&mut source, query.text()).chunks((PARAMS / columns.len()).clamp(1, 500)));
        let mut count = 0;
        while let Some(chunk) = rows.next().await {
            let mut insert = Sql::new("insert into ");
            insert.ident(&table).push(" (");
            list(&mut insert, columns.iter().map(|c| c.0));
            insert.push(") values ");
            for (n, row) in chunk.into_iter().enumerate() {
                let row = row?;
                insert.push(if n == 0 { "(" } else { ", (" });
                for (at, (_, kind)) in columns.iter().enumerate() {
                    if at > 0 {
                        insert.push(", ");
                    }
                    insert.bind(cell(&row, at, kind)?);
                }
                insert.push(")");
                count += 1;
            }
            insert.execute(&mut target).await?;
        }
        told(&table, count);
        all += count;
    }
    target.commit().await?;
    Ok(all)
}

fn list<'a>(sql: &mut Sql, names: impl Iterator<Item = &'a str>) {
    for (n, name) in names.enumerate() {
        if n > 0 {
            sql.push(", ");
        }
        sql.ident(name);
    }
}

fn cell(row: &AnyRow, at: usize, kind: &str) -> sqlx::Result<Param> {
    Ok(match kind {
        "text" => Param::Text(row.text(at)?),
        "int" => Param::Int(row.int(at)?),
        "bool" => Param::Bool(row.bool(at)?),
        "date" => Param::Date(row.date(at)?),
        "time" => Param::Time(row.time(at)?),
        _ => Param::Id(row.id(at)?),
    })
}

/// The rows as they come: a table of ten years does not fit in memory.
fn stream<'t>(tx: &'t mut Tx, text: &str) -> impl Stream<Item = sqlx::Result<AnyRow>> + 't {
    let query = AssertSqlSafe(text.to_owned());
    match &mut tx.inner {
        Inner::Sqlite(inner) => sqlx::query(query).fetch(&mut **inner).map_ok(AnyRow::from).boxed(),
        Inner::Postgres(inner) => sqlx::query(query).fetch(&mut **inner).map_ok(AnyRow::from).boxed(),
    }
}

/// Table → tables it refers to, read on the SQLite side: both sides have the same.
async fn references(from: &Db, to: &Db) -> sqlx::Result<BTreeMap<String, BTreeSet<String>>> {
    let lite = [from, to].into_iter().find(|db| matches!(db, Db::Sqlite(_)));
    let lite = lite.ok_or_else(|| sqlx::Error::Protocol("one side of a copy must be SQLite".into()))?;
    let mut tx = lite.read().await?;
    let pairs: Vec<(String, String)> = sql!(
        &mut tx,
        fetch_all,
        "select m.name, f.\"table\" from sqlite_master m, pragma_foreign_key_list(m.name) f where m.type = 'table'"
    )?;
    let mut references: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (table, other) in pairs {
        if table != other {
            references.entry(table).or_default().insert(other);
        }
    }
    Ok(references)
}

/// An order in which every table comes after those it refers to.
fn referenced_first(
    tables: &BTreeSet<String>,
    references: &BTreeMap<String, BTreeSet<String>>,
) -> sqlx::Result<Vec<String>> {
    let mut order: Vec<String> = Vec::with_capacity(tables.len());
    while order.len() < tables.len() {
        let ready = tables.iter().find(|t| {
            !order.contains(t) && references.get(*t).is_none_or(|others| others.iter().all(|o| order.contains(o)))
        });
        match ready {
            Some(table) => order.push(table.clone()),
            None => return Err(sqlx::Error::Protocol("tables refer to each other in a circle".into())),
        }
    }
    Ok(order)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        db::dump::dump,
        testing::{TestDb, engines},
    };

    async fn empty() -> (tempfile::TempDir, Db) {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let db = Db::open(&crate::settings::sqlite_address(&folder.path().join("copy.db"))).await.expect("opens");
        db.migrate().await.expect("migrates");
        (folder, db)
    }

    async fn fill(test: &TestDb) {
        let mut work = test.setup().await;
        let now = work.now;
        for n in 0..1_200_i64 {
            let id = work.new_id();
            let note = (n % 3 == 0).then(|| format!("说明 {n}\n\"'"));
            sql!(
                &mut work.tx,
                execute,
                "insert into unit (id, key, kind, name, official_order, valid_from, is_key, note) values ($1, $2, 'k', '区', $3, $4, $5, $6)",
                id,
                format!("u{n}"),
                n - 600,
                now.date_naive(),
                n % 2 == 0,
                note
            )
            .expect("a unit");
            sql!(
                &mut work.tx,
                execute,
                "insert into post (id, key, unit_id, name, official_order) values ($1, $2, $1, '', 0)",
                id,
                format!("p{n}")
            )
            .expect("a post");
        }
        work.record(crate::audit::Entry {
            action: "create",
            subject_kind: "test".to_owned(),
            subject_id: None,
            detail: serde_json::json!({}),
            digest: None,
        });
        work.commit().await.expect("commits");
    }

    #[tokio::test]
    async fn a_copy_to_sqlite_and_back_to_either_engine_is_equal_row_by_row() {
        for test in engines().await {
            fill(&test).await;
            let (_folder, copied) = empty().await;
            let mut tables = 0;
            let rows = copy(&test.db, &copied, |_, _| tables += 1).await.expect("copies");
            let there = dump(&copied).await.unwrap();
            assert!(rows > 2_400 && tables == there.len(), "{rows} rows of {tables} tables");
            assert_eq!(there, dump(&test.db).await.unwrap(), "{}", test.name);
            for back in engines().await {
                let mut tx = back.db.write().await.unwrap();
                sql!(&mut tx, execute, "delete from audit_head").unwrap();
                tx.commit().await.unwrap();
                copy(&copied, &back.db, |_, _| {}).await.expect("copies back");
                assert_eq!(dump(&back.db).await.unwrap(), there, "{} to {}", test.name, back.name);
            }
        }
    }

    #[tokio::test]
    async fn a_copy_that_fails_leaves_the_target_as_it_was() {
        for test in engines().await {
            fill(&test).await;
            let (_folder, copied) = empty().await;
            let mut tx = copied.write().await.unwrap();
            let id = uuid::Uuid::from_u128(7);
            sql!(&mut tx, execute, "insert into person (id, key, name) values ($1, 'x', 'x')", id).unwrap();
            sql!(&mut tx, execute, "create table extra (id blob primary key not null)").unwrap();
            tx.commit().await.unwrap();
            let mut tx = test.db.write().await.unwrap();
            sql!(&mut tx, execute, "insert into person (id, key, name) values ($1, 'x', 'x')", id).unwrap();
            tx.commit().await.unwrap();
            let before = dump(&copied).await.unwrap();
            assert!(copy(&test.db, &copied, |_, _| {}).await.is_err(), "the person is there already");
            assert_eq!(dump(&copied).await.unwrap(), before, "{}", test.name);
            let error = copy(&copied, &test.db, |_, _| {}).await.unwrap_err().to_string();
            assert!(error.contains("extra"), "{error}");
        }
    }
}
