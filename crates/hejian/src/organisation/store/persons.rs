//! Persons and the posts they held. A person is seen through the posts: whoever sees none of them does not see the person.

use chrono::NaiveDate;
use hejian_kernel::{
    access::{Part, Scoped},
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::{Error, Result},
    sql,
};
use uuid::Uuid;

/// A person.
#[derive(Debug, Clone)]
pub(in crate::organisation) struct Person {
    pub id: Uuid,
    pub name: String,
    /// `real`, `inferred` or `synthetic`.
    pub status: String,
}

/// A term of a person, with its post.
#[derive(Debug, Clone)]
pub(in crate::organisation) struct Service {
    pub person: Uuid,
    pub post: Uuid,
    pub post_name: String,
    pub unit: Uuid,
    pub unit_name: String,
    pub part: Part,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    /// Open to-dos of the post.
    pub open: i64,
}

impl Service {
    /// Whether it is in force on the day.
    pub(in crate::organisation) fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// Which persons are asked for.
#[derive(Debug, Clone, Default)]
pub(in crate::organisation) struct PersonQuery {
    /// Part of a name, or of the name of a post or unit.
    pub text: String,
    /// From 1.
    pub page: u64,
    /// Rows a page.
    pub per: u64,
}

const SERVED: &str = " from term t join post p on p.id = t.post_id join unit u on u.id = p.unit_id";

/// A page of persons in Chinese order of their keys, and how many there are in all.
pub(in crate::organisation) async fn list(tx: &mut Tx, seen: &Scoped<PersonQuery>) -> Result<(Vec<Person>, u64)> {
    let q = seen.query();
    let mut filter = Sql::new(" from person n where exists (select 1");
    filter.push(SERVED).push(" where t.person_id = n.id");
    seen.restrict(&mut filter, "p.unit_id");
    filter.push(")");
    for word in q.text.split_whitespace().take(8) {
        let like = format!("%{}%", word.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let like = || Param::Text(Some(like.clone()));
        filter.push(" and (lower(n.name) like ").bind(like()).push(" escape '\\' or exists (select 1");
        filter.push(SERVED).push(" where t.person_id = n.id and (p.name like ").bind(like());
        filter.push(" escape '\\' or u.name like ").bind(like()).push(" escape '\\')");
        // What the text is looked for in is no wider than what is shown.
        seen.restrict(&mut filter, "p.unit_id");
        filter.push("))");
    }
    let mut count = Sql::new("select count(*)");
    count.append(&filter);
    let total = count.fetch_optional(tx).await?.map(|row| row.int(0)).transpose()?.flatten().unwrap_or(0);
    let total = u64::try_from(total).unwrap_or(0);
    let last = total.div_ceil(q.per.max(1)).max(1);
    let number = |n: u64| Param::Int(i64::try_from(n).ok());
    let mut sql = Sql::new("select n.id, n.name, n.status");
    sql.append(&filter).push(" order by n.key, n.id limit ").bind(number(q.per));
    sql.push(" offset ").bind(number((q.page.clamp(1, last) - 1) * q.per));
    let rows = sql.fetch_all(tx).await?;
    let persons = rows.iter().map(|row| {
        let text = |at: usize| -> Result<String> { Ok(row.text(at)?.unwrap_or_default()) };
        Ok(Person { id: row.id(0)?.unwrap_or_default(), name: text(1)?, status: text(2)? })
    });
    Ok((persons.collect::<Result<_>>()?, total))
}

/// One person who holds or held a post within the scope.
///
/// # Errors
/// [`Error::NotFound`] when there is none there.
pub(in crate::organisation) async fn get(tx: &mut Tx, seen: &Scoped<Uuid>) -> Result<Person> {
    let mut sql = Sql::new("select n.id, n.name, n.status from person n where n.id = ");
    sql.bind(Param::Id(Some(*seen.query()))).push(" and exists (select 1").push(SERVED);
    sql.push(" where t.person_id = n.id");
    seen.restrict(&mut sql, "p.unit_id");
    let row = sql.push(")").fetch_optional(tx).await?.ok_or(Error::NotFound { what: "thing-person" })?;
    let text = |at: usize| -> Result<String> { Ok(row.text(at)?.unwrap_or_default()) };
    Ok(Person { id: row.id(0)?.unwrap_or_default(), name: text(1)?, status: text(2)? })
}

/// The terms of these persons within the scope, the latest first.
pub(in crate::organisation) async fn services(tx: &mut Tx, persons: &Scoped<Vec<Uuid>>) -> Result<Vec<Service>> {
    let mut services = Vec::new();
    // One statement for all persons of the page, whatever its size.
    for ids in persons.query().chunks(200) {
        let mut sql = Sql::new(
            "select t.person_id, p.id, p.name, u.id, u.name, t.part, t.valid_from, t.valid_to,
                    (select count(*) from todo d where d.post_id = p.id and d.state = 'open' and d.kind <> 'copy')",
        );
        sql.push(SERVED).push(" where t.person_id in (");
        for (n, id) in ids.iter().enumerate() {
            if n > 0 {
                sql.push(", ");
            }
            sql.bind(Param::Id(Some(*id)));
        }
        sql.push(")");
        persons.restrict(&mut sql, "p.unit_id");
        sql.push(" order by t.valid_from desc, t.part desc, u.official_order, p.official_order, t.id");
        for row in sql.fetch_all(tx).await? {
            let id = |at: usize| -> Result<Uuid> { Ok(row.id(at)?.unwrap_or_default()) };
            let text = |at: usize| -> Result<String> { Ok(row.text(at)?.unwrap_or_default()) };
            services.push(Service {
                person: id(0)?,
                post: id(1)?,
                post_name: text(2)?,
                unit: id(3)?,
                unit_name: text(4)?,
                part: Part::parse(&text(5)?).unwrap_or(Part::Deputy),
                from: row.date(6)?.unwrap_or_default(),
                to: row.date(7)?,
                open: row.int(8)?.unwrap_or(0),
            });
        }
    }
    Ok(services)
}

/// How many terms the person has in all, within the scope or not: what is hidden is counted.
pub(in crate::organisation) async fn count_terms(tx: &mut Tx, person: Uuid) -> Result<i64> {
    let (n,): (i64,) = sql!(tx, fetch_one, "select count(*) from term where person_id = $1", person)?;
    Ok(n)
}

/// All persons, for the list from which a successor is chosen: whoever appoints may appoint anybody.
pub(in crate::organisation) async fn everybody(tx: &mut Tx) -> Result<Vec<Person>> {
    let rows: Vec<(Uuid, String, String)> =
        sql!(tx, fetch_all, "select id, name, status from person order by key, id")?;
    Ok(rows.into_iter().map(|(id, name, status)| Person { id, name, status }).collect())
}

/// Adds a person with a key made from the id.
///
/// # Errors
/// The engine's own error.
pub(in crate::organisation) async fn add(tx: &mut Tx, id: Uuid, name: &str) -> Result<()> {
    sql!(
        tx,
        execute,
        "insert into person (id, key, name, status) values ($1, $2, $3, 'real')",
        id,
        format!("person-{id}"),
        name
    )?;
    Ok(())
}
