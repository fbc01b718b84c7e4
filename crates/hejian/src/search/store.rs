//! SQL of the search over units, persons and published standards. Records are asked of the registers themselves.

use chrono::NaiveDate;
use hejian_kernel::{
    access::Scoped,
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::Result,
};
use uuid::Uuid;

use super::find::{Group, Hit, MOST};

/// ` and (… like …)` for every word: each must be found in one of the columns.
fn words(sql: &mut Sql, words: &[String], columns: &[&'static str]) {
    for word in words {
        let like = format!("%{}%", word.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        for (n, column) in columns.iter().enumerate() {
            sql.push(if n == 0 { " and (lower(" } else { " or lower(" }).push(column).push(") like ");
            sql.bind(Param::Text(Some(like.clone()))).push(" escape '\\'");
        }
        sql.push(")");
    }
}

async fn count(tx: &mut Tx, what: &'static str, from: &Sql) -> Result<i64> {
    let mut sql = Sql::new("select count(");
    sql.push(what).push(")").append(from);
    Ok(sql.fetch_optional(tx).await?.map(|row| row.int(0)).transpose()?.flatten().unwrap_or(0))
}

/// Units in being on the day, in official order.
pub(super) async fn units(tx: &mut Tx, seen: &Scoped<()>, asked: &[String], today: NaiveDate) -> Result<Group> {
    let mut from = Sql::new(" from unit u where u.valid_from <= ");
    from.bind(Param::Date(Some(today))).push(" and (u.valid_to is null or u.valid_to > ");
    from.bind(Param::Date(Some(today))).push(")");
    seen.restrict(&mut from, "u.id");
    words(&mut from, asked, &["u.name", "u.code", "u.key"]);
    let total = count(tx, "*", &from).await?;
    let mut sql = Sql::new("select u.id, u.name, u.kind");
    sql.append(&from).push(" order by u.official_order, u.key limit ").bind(Param::Int(Some(MOST)));
    let mut hits = Vec::new();
    for row in sql.fetch_all(tx).await? {
        hits.push(Hit {
            href: format!("/organisation/units/{}", row.id(0)?.unwrap_or_default()),
            title: row.text(1)?.unwrap_or_default(),
            about: row.text(2)?.unwrap_or_default(),
        });
    }
    Ok(Group { total, hits, ..Group::new("unit") })
}

/// Persons who hold a post within the scope on the day.
pub(super) async fn persons(tx: &mut Tx, seen: &Scoped<()>, asked: &[String], today: NaiveDate) -> Result<Group> {
    let mut from = Sql::new(
        " from person n join term t on t.person_id = n.id join post p on p.id = t.post_id join unit u on u.id = p.unit_id
         where t.valid_from <= ",
    );
    from.bind(Param::Date(Some(today))).push(" and (t.valid_to is null or t.valid_to > ");
    from.bind(Param::Date(Some(today))).push(")");
    seen.restrict(&mut from, "p.unit_id");
    words(&mut from, asked, &["n.name", "p.name", "u.name"]);
    let total = count(tx, "distinct n.id", &from).await?;
    let mut sql = Sql::new("select n.id, n.name, u.name || ' ' || p.name");
    sql.append(&from).push(" order by u.official_order, u.key, p.official_order, p.key, n.id limit ");
    sql.bind(Param::Int(Some(MOST)));
    let mut hits = Vec::new();
    for row in sql.fetch_all(tx).await? {
        hits.push(Hit {
            href: format!("/organisation/persons/{}", row.id(0)?.unwrap_or_default()),
            title: row.text(1)?.unwrap_or_default(),
            about: row.text(2)?.unwrap_or_default(),
        });
    }
    Ok(Group { total, hits, ..Group::new("person") })
}

/// Published versions of standards; drafts are there only for those who work on them.
pub(super) async fn standards(tx: &mut Tx, asked: &[String]) -> Result<Group> {
    let mut from = Sql::new(" from standard_pack s where s.state = 'published'");
    words(&mut from, asked, &["s.name", "s.pack"]);
    let total = count(tx, "*", &from).await?;
    let mut sql = Sql::new("select s.id, s.name, s.pack, s.pack_version");
    sql.append(&from).push(" order by s.pack, s.pack_version desc limit ").bind(Param::Int(Some(MOST)));
    let mut hits = Vec::new();
    for row in sql.fetch_all(tx).await? {
        let id: Uuid = row.id(0)?.unwrap_or_default();
        hits.push(Hit {
            href: format!("/standard/packs/{id}"),
            title: row.text(1)?.unwrap_or_default(),
            about: format!("{} v{}", row.text(2)?.unwrap_or_default(), row.int(3)?.unwrap_or(0)),
        });
    }
    Ok(Group { total, hits, ..Group::new("standard") })
}
