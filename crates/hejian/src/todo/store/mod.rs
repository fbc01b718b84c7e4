//! To-dos of a post: open, done, sent by it, copied to it. One statement with changing conditions.

mod write;

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    access::{Actor, Scoped},
    db::{
        Tx,
        dynamic::{AnyRow, Param, Sql},
    },
    error::{Error, Result},
    message::Title,
    sql, todo,
};
use uuid::Uuid;

use super::{
    SUPERVISE,
    model::{Day, Drawer, Lamp, SortBy, Wish},
};

pub(super) use write::{Happened, copies, has_copy, nudge, pass_on, trail, unit_of};

/// For whose eyes: those of a post, and the units over which it supervises.
#[derive(Debug, Clone)]
pub(super) struct Eyes {
    pub post: Uuid,
    pub watched: Option<Scoped<()>>,
}

impl Eyes {
    /// None for whoever acts in no post.
    pub(super) fn of(actor: &Actor) -> Option<Self> {
        Some(Self { post: actor.post?, watched: actor.scoped(SUPERVISE, ()).ok() })
    }

    /// The drawers they can open.
    pub(super) fn drawers(&self) -> impl Iterator<Item = Drawer> {
        let watches = self.watched.is_some();
        Drawer::ALL.into_iter().filter(move |drawer| *drawer != Drawer::Watched || watches)
    }
}

/// A to-do as the page shows it.
#[derive(Debug, Clone)]
pub(super) struct Todo {
    pub id: Uuid,
    pub kind: String,
    pub register: Option<String>,
    pub record: Option<Uuid>,
    pub title: String,
    pub title_en: Option<String>,
    /// The unit it is about.
    pub unit: Option<String>,
    pub sent_by: String,
    pub due_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
    pub done_by: Option<String>,
    /// The post that has to act, with its unit.
    pub post: String,
    pub post_id: Uuid,
    pub unit_id: Option<Uuid>,
    pub sent_by_post: Option<Uuid>,
    /// When somebody last asked after it, and how often in all.
    pub nudged_on: Option<NaiveDate>,
    pub nudges: i64,
    pub href: Option<String>,
}

impl Todo {
    /// What it is called.
    pub(super) fn titled(&self) -> Title<'_> {
        Title { zh: &self.title, en: self.title_en.as_deref() }
    }

    /// Whether it is a copy for information (抄送).
    pub(super) fn is_copy(&self) -> bool {
        self.kind == "copy"
    }

    /// Whether nothing is left to do with it.
    pub(super) fn is_done(&self) -> bool {
        self.done_at.is_some()
    }

    /// Where it is done.
    pub(super) fn place(&self) -> Option<String> {
        todo::place(self.register.as_deref(), self.record, self.href.as_deref())
    }
}

/// The to-dos of a page, and how many the wish has in all.
pub(super) async fn list(tx: &mut Tx, eyes: &Eyes, wish: &Wish, day: Day) -> Result<(Vec<Todo>, u64)> {
    let filter = filter(eyes, wish, day);
    let mut count = Sql::new("select count(*)");
    count.push(FROM).append(&filter);
    let total = count.fetch_optional(tx).await?.map(|row| row.int(0)).transpose()?.flatten().unwrap_or(0);
    let total = u64::try_from(total).unwrap_or(0);
    let last = total.div_ceil(wish.per.max(1)).max(1);
    let offset = (wish.page.clamp(1, last) - 1) * wish.per;
    let number = |n: u64| Param::Int(i64::try_from(n).ok());
    let mut tail = filter;
    tail.push(order(wish)).push(" limit ").bind(number(wish.per)).push(" offset ").bind(number(offset));
    Ok((select(tx, &tail).await?, total))
}

/// What the post sent to others and still waits for, the most urgent first; at most `n`.
pub(super) async fn waiting(tx: &mut Tx, eyes: &Eyes, n: i64) -> Result<Vec<Todo>> {
    let mut tail = place(eyes, Drawer::Sent);
    tail.push(" and t.state = 'open'").push(order(&Wish::all(Drawer::Open)));
    tail.push(" limit ").bind(Param::Int(Some(n)));
    select(tx, &tail).await
}

async fn select(tx: &mut Tx, tail: &Sql) -> Result<Vec<Todo>> {
    let mut sql = Sql::new(
        "select t.id, t.kind, t.register, t.record_id, t.title, u.name, t.sent_by, t.due_on, t.created_at, t.done_at,
                t.done_by, h.name, p.name, t.post_id, t.unit_id, t.sent_by_post, t.nudged_on, t.nudges, t.href, t.title_en",
    );
    sql.push(FROM).append(tail);
    sql.fetch_all(tx).await?.iter().map(read).collect()
}

fn read(row: &AnyRow) -> Result<Todo> {
    let text = |at: usize| -> Result<String> { Ok(row.text(at)?.unwrap_or_default()) };
    Ok(Todo {
        id: row.id(0)?.unwrap_or_default(),
        kind: text(1)?,
        register: row.text(2)?,
        record: row.id(3)?,
        title: text(4)?,
        unit: row.text(5)?,
        sent_by: text(6)?,
        due_on: row.date(7)?,
        created_at: row.time(8)?.unwrap_or_default(),
        done_at: row.time(9)?,
        done_by: row.text(10)?,
        post: format!("{} {}", text(11)?, text(12)?),
        post_id: row.id(13)?.unwrap_or_default(),
        unit_id: row.id(14)?,
        sent_by_post: row.id(15)?,
        nudged_on: row.date(16)?,
        nudges: row.int(17)?.unwrap_or(0),
        href: row.text(18)?,
        title_en: row.text(19)?,
    })
}

/// One to-do that these eyes may see: the post's own, sent or passed on by it, or where it supervises.
///
/// # Errors
/// [`Error::NotFound`] when there is none or it is none of theirs.
pub(super) async fn one(tx: &mut Tx, eyes: &Eyes, id: Uuid) -> Result<Todo> {
    let post = Param::Id(Some(eyes.post));
    let mut tail = Sql::new(" and t.id = ");
    tail.bind(Param::Id(Some(id))).push(" and (t.post_id = ").bind(post.clone());
    tail.push(" or t.sent_by_post = ").bind(post.clone()).push(" or t.moved_from = ").bind(post);
    tail.push(" or (t.kind <> 'copy'");
    watched(&mut tail, eyes);
    tail.push("))");
    select(tx, &tail).await?.into_iter().next().ok_or(Error::NotFound { what: "thing-todo" })
}

/// How many the drawer holds, whatever is filtered.
pub(super) async fn count(tx: &mut Tx, eyes: &Eyes, drawer: Drawer) -> Result<i64> {
    let mut sql = Sql::new("select count(*)");
    sql.push(FROM).append(&place(eyes, drawer));
    Ok(sql.fetch_optional(tx).await?.map(|row| row.int(0)).transpose()?.flatten().unwrap_or(0))
}

/// How many fall due on each day, those without a due date under none.
pub(super) async fn by_due(tx: &mut Tx, eyes: &Eyes, wish: &Wish, day: Day) -> Result<Vec<(Option<NaiveDate>, i64)>> {
    let mut sql = Sql::new("select t.due_on, count(*)");
    sql.push(FROM).append(&filter(eyes, wish, day)).push(" group by t.due_on order by t.due_on");
    let rows = sql.fetch_all(tx).await?;
    rows.iter().map(|row| Ok((row.date(0)?, row.int(1)?.unwrap_or(0)))).collect()
}

/// The registers that the drawer has to-dos of.
pub(super) async fn registers(tx: &mut Tx, eyes: &Eyes, drawer: Drawer) -> Result<Vec<String>> {
    let mut sql = Sql::new("select distinct t.register");
    sql.push(FROM).append(&place(eyes, drawer)).push(" and t.register is not null");
    let rows = sql.fetch_all(tx).await?;
    rows.iter().map(|row| Ok(row.text(0)?.unwrap_or_default())).collect()
}

/// The subdistricts that the drawer has to-dos of, in official order.
pub(super) async fn subdistricts(tx: &mut Tx, eyes: &Eyes, drawer: Drawer) -> Result<Vec<(Uuid, String)>> {
    let mut sql = Sql::new(
        "select s.id, s.name from unit s where s.kind = 'subdistrict' and exists (
             select 1 from unit_closure c join todo t on t.unit_id = c.descendant_id where c.ancestor_id = s.id",
    );
    sql.append(&place(eyes, drawer)).push(") order by s.official_order, s.key");
    let rows = sql.fetch_all(tx).await?;
    rows.iter().map(|row| Ok((row.id(0)?.unwrap_or_default(), row.text(1)?.unwrap_or_default()))).collect()
}

/// How many open to-dos wait in the person's other posts of that day: post, its name with its unit, how many.
pub(super) async fn elsewhere(
    tx: &mut Tx,
    person: Uuid,
    post: Uuid,
    today: NaiveDate,
) -> Result<Vec<(Uuid, String, i64)>> {
    let rows: Vec<(Uuid, String, String, i64)> = sql!(
        tx,
        fetch_all,
        "select p.id, u.name, p.name, count(*) from todo t join post p on p.id = t.post_id join unit u on u.id = p.unit_id
         where t.state = 'open' and t.kind <> 'copy' and t.post_id <> $2
           and exists (select 1 from term m where m.post_id = p.id and m.person_id = $1 and m.valid_from <= $3
                       and (m.valid_to is null or m.valid_to > $3))
         group by p.id, u.name, p.name, u.official_order, p.official_order
         order by u.official_order, p.official_order, p.id",
        person,
        post,
        today
    )?;
    Ok(rows.into_iter().map(|(id, unit, name, n)| (id, format!("{unit} {name}"), n)).collect())
}

const FROM: &str = " from todo t join post p on p.id = t.post_id join unit h on h.id = p.unit_id
                     left join unit u on u.id = t.unit_id where 1 = 1";

/// ` and …`: what lies in the drawer of a post.
fn place(eyes: &Eyes, drawer: Drawer) -> Sql {
    let post = Param::Id(Some(eyes.post));
    let mut sql = Sql::new("");
    match drawer {
        Drawer::Open => sql.push(" and t.kind <> 'copy' and t.state = 'open' and t.post_id = ").bind(post),
        Drawer::Done => sql.push(" and t.kind <> 'copy' and t.state = 'done' and t.post_id = ").bind(post),
        Drawer::Copied => sql.push(" and t.kind = 'copy' and t.post_id = ").bind(post),
        Drawer::Sent => sql
            .push(" and t.kind <> 'copy' and (t.sent_by_post = ")
            .bind(post.clone())
            .push(" or t.moved_from = ")
            .bind(post.clone())
            .push(") and t.post_id <> ")
            .bind(post),
        Drawer::Watched => {
            sql.push(" and t.kind <> 'copy' and t.state = 'open' and t.post_id <> ").bind(post);
            watched(&mut sql, eyes);
            &mut sql
        }
    };
    sql
}

/// ` and …`: only what lies where these eyes supervise; nothing where they do not.
fn watched(sql: &mut Sql, eyes: &Eyes) {
    match &eyes.watched {
        Some(seen) => seen.restrict(sql, "t.unit_id"),
        None => {
            sql.push(" and 1 = 0");
        }
    }
}

fn filter(eyes: &Eyes, wish: &Wish, day: Day) -> Sql {
    let mut sql = place(eyes, wish.drawer);
    if let Some(register) = &wish.register {
        sql.push(" and t.register = ").bind(Param::Text(Some(register.clone())));
    }
    if let Some(under) = wish.under {
        sql.push(" and t.unit_id in (select descendant_id from unit_closure where ancestor_id = ")
            .bind(Param::Id(Some(under)))
            .push(")");
    }
    let date = |d: NaiveDate| Param::Date(Some(d));
    match wish.lamp {
        None => {}
        Some(Lamp::Undated) => {
            sql.push(" and t.due_on is null");
        }
        Some(Lamp::Over) => {
            sql.push(" and t.due_on < ").bind(date(day.today));
        }
        Some(Lamp::Near) => {
            sql.push(" and t.due_on >= ").bind(date(day.today)).push(" and t.due_on < ").bind(date(day.normal_from));
        }
        Some(Lamp::Normal) => {
            sql.push(" and t.due_on >= ").bind(date(day.normal_from));
        }
    }
    for word in wish.text.split_whitespace().take(8) {
        let like = format!("%{}%", word.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        for (at, of) in ["t.title", "t.title_en", "u.name"].into_iter().enumerate() {
            sql.push(if at == 0 { " and (lower(" } else { " or lower(" }).push(of).push(") like ");
            sql.bind(Param::Text(Some(like.clone()))).push(" escape '\\'");
        }
        sql.push(")");
    }
    sql
}

fn order(wish: &Wish) -> &'static str {
    // Without a due date comes last, whichever way: written out, because the engines differ.
    match (wish.sort, wish.drawer) {
        (Some((SortBy::Due, true)), _) => " order by (t.due_on is null), t.due_on desc, t.created_at, t.id",
        (Some((SortBy::Received, false)), _) => " order by t.created_at, t.id",
        (Some((SortBy::Received, true)), _) | (None, Drawer::Sent | Drawer::Copied) => {
            " order by t.created_at desc, t.id"
        }
        (None, Drawer::Done) => " order by t.done_at desc, t.id",
        (Some((SortBy::Due, false)), _) | (None, Drawer::Open | Drawer::Watched) => {
            " order by (t.due_on is null), t.due_on, t.created_at, t.id"
        }
    }
}
