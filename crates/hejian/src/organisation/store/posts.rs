//! Posts, who held them when, and what they may do.

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

/// A post.
#[derive(Debug, Clone)]
pub(in crate::organisation) struct Post {
    pub id: Uuid,
    pub unit: Uuid,
    pub unit_name: String,
    pub name: String,
    /// Open to-dos.
    pub open: i64,
}

/// A person in a post for `[from, to)`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::organisation) struct Term {
    pub id: Uuid,
    pub post: Uuid,
    pub person: Uuid,
    pub name: String,
    pub part: Part,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
}

impl Term {
    /// Whether it is in force on the day.
    pub(in crate::organisation) fn holds_on(&self, day: NaiveDate) -> bool {
        self.from <= day && self.to.is_none_or(|to| day < to)
    }
}

/// What a post may do, over which unit.
#[derive(Debug, Clone, PartialEq, Eq, sqlx::FromRow)]
pub(in crate::organisation) struct Grant {
    pub post_id: Uuid,
    pub role: String,
    pub unit_id: Uuid,
    pub unit: String,
}

/// The posts of a unit in official order.
pub(in crate::organisation) async fn of_unit(tx: &mut Tx, unit: Uuid) -> Result<Vec<Post>> {
    let mut filter = Sql::new(" and p.unit_id = ");
    filter.bind(Param::Id(Some(unit)));
    select(tx, &filter).await
}

/// All posts whose unit is within the scope, in official order.
pub(in crate::organisation) async fn all(tx: &mut Tx, seen: &Scoped<()>) -> Result<Vec<Post>> {
    let mut filter = Sql::new("");
    seen.restrict(&mut filter, "p.unit_id");
    select(tx, &filter).await
}

/// One post whose unit is within the scope.
///
/// # Errors
/// [`Error::NotFound`] when there is none there.
pub(in crate::organisation) async fn get(tx: &mut Tx, post: &Scoped<Uuid>) -> Result<Post> {
    let mut filter = Sql::new(" and p.id = ");
    filter.bind(Param::Id(Some(*post.query())));
    post.restrict(&mut filter, "p.unit_id");
    select(tx, &filter).await?.into_iter().next().ok_or(Error::NotFound { what: "thing-post" })
}

async fn select(tx: &mut Tx, filter: &Sql) -> Result<Vec<Post>> {
    let mut sql = Sql::new(
        "select p.id, p.unit_id, u.name, p.name,
                (select count(*) from todo d where d.post_id = p.id and d.state = 'open' and d.kind <> 'copy')
         from post p join unit u on u.id = p.unit_id where 1 = 1",
    );
    sql.append(filter).push(" order by u.official_order, u.key, p.official_order, p.key");
    let mut posts = Vec::new();
    for row in sql.fetch_all(tx).await? {
        posts.push(Post {
            id: row.id(0)?.unwrap_or_default(),
            unit: row.id(1)?.unwrap_or_default(),
            unit_name: row.text(2)?.unwrap_or_default(),
            name: row.text(3)?.unwrap_or_default(),
            open: row.int(4)?.unwrap_or(0),
        });
    }
    Ok(posts)
}

type TermRow = (Uuid, Uuid, Uuid, String, String, NaiveDate, Option<NaiveDate>);

fn term((id, post, person, name, part, from, to): TermRow) -> Term {
    Term { id, post, person, name, part: Part::parse(&part).unwrap_or(Part::Deputy), from, to }
}

/// The terms of a post, the latest first.
pub(in crate::organisation) async fn terms(tx: &mut Tx, post: Uuid) -> Result<Vec<Term>> {
    let rows: Vec<TermRow> = sql!(
        tx,
        fetch_all,
        "select t.id, t.post_id, n.id, n.name, t.part, t.valid_from, t.valid_to
         from term t join person n on n.id = t.person_id where t.post_id = $1
         order by t.valid_from desc, t.part desc, t.id desc",
        post
    )?;
    Ok(rows.into_iter().map(term).collect())
}

/// The terms in all posts on a day. For lists of posts that were read through a scope.
pub(in crate::organisation) async fn terms_on(tx: &mut Tx, day: NaiveDate) -> Result<Vec<Term>> {
    let rows: Vec<TermRow> = sql!(
        tx,
        fetch_all,
        "select t.id, t.post_id, n.id, n.name, t.part, t.valid_from, t.valid_to
         from term t join person n on n.id = t.person_id
         where t.valid_from <= $1 and (t.valid_to is null or t.valid_to > $1)
         order by t.post_id, t.part desc, t.valid_from, t.id",
        day
    )?;
    Ok(rows.into_iter().map(term).collect())
}

/// What a post may do.
pub(in crate::organisation) async fn grants(tx: &mut Tx, post: Uuid) -> Result<Vec<Grant>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select g.post_id, g.role, u.id as unit_id, u.name as unit
         from post_grant g join unit u on u.id = g.scope_unit_id where g.post_id = $1
         order by g.role, u.official_order, u.key",
        post
    )?)
}

/// What every post may do. For lists of posts that were read through a scope.
pub(in crate::organisation) async fn all_grants(tx: &mut Tx) -> Result<Vec<Grant>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select g.post_id, g.role, u.id as unit_id, u.name as unit
         from post_grant g join unit u on u.id = g.scope_unit_id order by g.role, u.official_order, u.key"
    )?)
}

/// Makes a second change of the same post wait until this transaction ends.
///
/// # Errors
/// The engine's own error.
pub(in crate::organisation) async fn hold(tx: &mut Tx, post: Uuid) -> Result<()> {
    // A write to the row is a lock on both engines.
    sql!(tx, execute, "update post set name = name where id = $1", post)?;
    Ok(())
}

/// Whether the person has a term in the post that has not ended by the day; nobody has none.
///
/// # Errors
/// The engine's own error.
pub(in crate::organisation) async fn holds_or_will(
    tx: &mut Tx,
    post: Uuid,
    person: Option<Uuid>,
    day: NaiveDate,
) -> Result<bool> {
    let terms: Vec<(Uuid,)> = sql!(
        tx,
        fetch_all,
        "select id from term where post_id = $1 and person_id = $2 and (valid_to is null or valid_to > $3)",
        post,
        person,
        day
    )?;
    Ok(!terms.is_empty())
}
