//! SQL of instructions and of what each post answers.

mod kept;
mod owed;

use chrono::NaiveDate;
use hejian_kernel::{
    db::{
        Tx,
        dynamic::{AnyRow, Param, Sql},
    },
    error::{Error, Result},
    sql,
    work::Work,
};
use uuid::Uuid;

use super::{
    ORDER,
    model::{Eyes, Instruction, Order, Side, Wish},
};

pub(super) use kept::{digest_of, digest_of_order, instructions_kept, orders_kept};
pub use owed::{Owed, owed};

const COLUMNS: &str =
    "i.id, i.about, i.about_title, i.about_href, i.words, i.due_on, i.given_by, i.given_by_post, i.given_at";
const OF_ORDER: &str =
    "o.id, o.instruction_id, o.post_id, u.name || ' ' || p.name, o.unit_id, o.state, o.row_version, o.due_on,
                        o.reply, o.reply_link, o.replied_by, o.replied_at, o.closed_at";

fn instruction(row: &AnyRow, at: usize) -> sqlx::Result<Instruction> {
    let text = |n: usize| -> sqlx::Result<String> { Ok(row.text(at + n)?.unwrap_or_default()) };
    Ok(Instruction {
        id: row.id(at)?.unwrap_or_default(),
        about: text(1)?,
        about_title: text(2)?,
        about_href: text(3)?,
        words: text(4)?,
        due_on: row.date(at + 5)?.unwrap_or_default(),
        given_by: text(6)?,
        given_by_post: row.id(at + 7)?.unwrap_or_default(),
        given_at: row.time(at + 8)?.unwrap_or_default(),
    })
}

fn order(row: &AnyRow, at: usize) -> sqlx::Result<Order> {
    let text = |n: usize| -> sqlx::Result<String> { Ok(row.text(at + n)?.unwrap_or_default()) };
    Ok(Order {
        id: row.id(at)?.unwrap_or_default(),
        instruction: row.id(at + 1)?.unwrap_or_default(),
        post: row.id(at + 2)?.unwrap_or_default(),
        post_name: text(3)?,
        unit: row.id(at + 4)?.unwrap_or_default(),
        state: text(5)?,
        version: row.int(at + 6)?.unwrap_or(0),
        due_on: row.date(at + 7)?.unwrap_or_default(),
        reply: row.text(at + 8)?,
        reply_link: row.text(at + 9)?,
        replied_by: row.text(at + 10)?,
        replied_at: row.time(at + 11)?,
        closed_at: row.time(at + 12)?,
    })
}

/// ` and …`: the orders these eyes may see — of instructions the post gave, its own, and where it supervises.
fn seen(sql: &mut Sql, eyes: &Eyes) {
    let post = Param::Id(Some(eyes.post));
    sql.push(" and (i.given_by_post = ").bind(post.clone()).push(" or o.post_id = ").bind(post);
    if let Some(watched) = &eyes.watched {
        sql.push(" or (1 = 1");
        watched.restrict(sql, "o.unit_id");
        sql.push(")");
    }
    sql.push(")");
}

const FROM: &str = " from instruction_order o join instruction i on i.id = o.instruction_id
                     join post p on p.id = o.post_id join unit u on u.id = p.unit_id where 1 = 1";

async fn select(tx: &mut Tx, tail: &Sql) -> Result<Vec<(Instruction, Order)>> {
    let mut sql = Sql::new("select ");
    sql.push(COLUMNS).push(", ").push(OF_ORDER).push(FROM).append(tail);
    let rows = sql.fetch_all(tx).await?;
    Ok(rows.iter().map(|row| Ok((instruction(row, 0)?, order(row, 9)?))).collect::<sqlx::Result<_>>()?)
}

/// The orders of a list, and how many there are in all.
pub(super) async fn list(
    tx: &mut Tx,
    eyes: &Eyes,
    wish: &Wish,
    today: NaiveDate,
) -> Result<(Vec<(Instruction, Order)>, u64)> {
    let filter = filter(eyes, wish, today);
    let total = count_of(tx, &filter).await?;
    let last = total.div_ceil(wish.per.max(1)).max(1);
    let number = |n: u64| Param::Int(i64::try_from(n).ok());
    let mut tail = filter;
    // What is still to be answered comes first, the most urgent on top; then the latest.
    tail.push(
        " order by case o.state when 'given' then 0 when 'replied' then 1 else 2 end,
                   case when o.state = 'given' then o.due_on end, i.given_at desc, u.official_order, o.id limit ",
    );
    tail.bind(number(wish.per)).push(" offset ").bind(number((wish.page.clamp(1, last) - 1) * wish.per));
    Ok((select(tx, &tail).await?, total))
}

/// How many orders stand on a side and are not settled.
pub(super) async fn open(tx: &mut Tx, eyes: &Eyes, side: Side) -> Result<u64> {
    let mut tail = place(eyes, side);
    tail.push(" and o.state in ('given', 'replied')");
    count_of(tx, &tail).await
}

async fn count_of(tx: &mut Tx, tail: &Sql) -> Result<u64> {
    let mut sql = Sql::new("select count(*)");
    sql.push(FROM).append(tail);
    let n = sql.fetch_optional(tx).await?.map(|row| row.int(0)).transpose()?.flatten().unwrap_or(0);
    Ok(u64::try_from(n).unwrap_or(0))
}

fn place(eyes: &Eyes, side: Side) -> Sql {
    let post = Param::Id(Some(eyes.post));
    let mut sql = Sql::new("");
    match (side, &eyes.watched) {
        (Side::Received, _) => {
            sql.push(" and o.post_id = ").bind(post);
        }
        (Side::Given, _) => {
            sql.push(" and i.given_by_post = ").bind(post);
        }
        (Side::Watched, Some(watched)) => watched.restrict(&mut sql, "o.unit_id"),
        (Side::Watched, None) => {
            sql.push(" and 1 = 0");
        }
    }
    sql
}

fn filter(eyes: &Eyes, wish: &Wish, today: NaiveDate) -> Sql {
    let mut sql = place(eyes, wish.side);
    match wish.state {
        None => {}
        Some("over") => {
            sql.push(" and o.state = 'given' and o.due_on < ").bind(Param::Date(Some(today)));
        }
        Some(state) => {
            sql.push(" and o.state = ").bind(Param::Text(Some(state.to_owned())));
        }
    }
    for word in wish.text.split_whitespace().take(8) {
        let like = format!("%{}%", word.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_"));
        let like = || Param::Text(Some(like.clone()));
        sql.push(" and (lower(i.words) like ").bind(like()).push(" escape '\\' or lower(i.about_title) like ");
        sql.bind(like()).push(" escape '\\' or lower(u.name) like ").bind(like()).push(" escape '\\')");
    }
    sql
}

/// One instruction with the orders that these eyes may see, and how many it has in all.
///
/// # Errors
/// [`Error::NotFound`] when they may see none of it.
pub(super) async fn one(tx: &mut Tx, eyes: &Eyes, id: Uuid) -> Result<(Instruction, Vec<Order>, i64)> {
    let mut tail = Sql::new(" and i.id = ");
    tail.bind(Param::Id(Some(id)));
    seen(&mut tail, eyes);
    tail.push(" order by u.official_order, p.official_order, o.id");
    let found = select(tx, &tail).await?;
    let Some((instruction, _)) = found.first().cloned() else {
        return Err(Error::NotFound { what: "thing-instruction" });
    };
    let (all,): (i64,) = sql!(tx, fetch_one, "select count(*) from instruction_order where instruction_id = $1", id)?;
    Ok((instruction, found.into_iter().map(|(_, order)| order).collect(), all))
}

/// One order that these eyes may see.
///
/// # Errors
/// [`Error::NotFound`] otherwise.
pub(super) async fn order_of(tx: &mut Tx, eyes: &Eyes, id: Uuid) -> Result<(Instruction, Order)> {
    let mut tail = Sql::new(" and o.id = ");
    tail.bind(Param::Id(Some(id)));
    seen(&mut tail, eyes);
    select(tx, &tail).await?.into_iter().next().ok_or(Error::NotFound { what: "thing-instruction" })
}

/// The part of a post in an instruction.
///
/// # Errors
/// [`Error::NotFound`] for a post that it was not given to.
pub async fn order_to(work: &mut Work, instruction: Uuid, post: Uuid) -> Result<Uuid> {
    let found: Option<(Uuid,)> = sql!(
        &mut work.tx,
        fetch_optional,
        "select id from instruction_order where instruction_id = $1 and post_id = $2",
        instruction,
        post
    )?;
    Ok(found.ok_or(Error::NotFound { what: "thing-instruction" })?.0)
}

/// What was written on a page, as far as these eyes see it, the latest first.
pub(super) async fn about(tx: &mut Tx, eyes: &Eyes, key: &str, most: i64) -> Result<Vec<(Instruction, Order)>> {
    let mut tail = Sql::new(" and i.about = ");
    tail.bind(Param::Text(Some(key.to_owned())));
    seen(&mut tail, eyes);
    tail.push(" order by i.given_at desc, u.official_order, o.id limit ").bind(Param::Int(Some(most)));
    select(tx, &tail).await
}

pub(super) async fn add(tx: &mut Tx, i: &Instruction) -> Result<()> {
    sql!(
        tx,
        execute,
        "insert into instruction (id, about, about_title, about_href, words, due_on, given_by, given_by_post, given_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        i.id,
        &i.about,
        &i.about_title,
        &i.about_href,
        &i.words,
        i.due_on,
        &i.given_by,
        i.given_by_post,
        i.given_at
    )?;
    Ok(())
}

pub(super) async fn add_order(tx: &mut Tx, o: &Order) -> Result<()> {
    sql!(
        tx,
        execute,
        "insert into instruction_order (id, instruction_id, post_id, unit_id, state, row_version, due_on)
         values ($1, $2, $3, $4, $5, $6, $7)",
        o.id,
        o.instruction,
        o.post,
        o.unit,
        &o.state,
        o.version,
        o.due_on
    )?;
    Ok(())
}

/// Writes an order over the version before its own; `false` when another save came first.
pub(super) async fn change(tx: &mut Tx, o: &Order) -> Result<bool> {
    let rows = sql!(
        tx,
        execute,
        "update instruction_order set state = $1, row_version = $2, reply = $3, reply_link = $4, replied_by = $5,
                replied_at = $6, closed_at = $7 where id = $8 and row_version = $9",
        &o.state,
        o.version,
        &o.reply,
        &o.reply_link,
        &o.replied_by,
        o.replied_at,
        o.closed_at,
        o.id,
        o.version - 1
    )?;
    Ok(rows == 1)
}

/// Writes the step that an order took.
pub(super) async fn step(work: &mut Work, o: &Order, transition: &str, from: &str, words: &str) -> Result<()> {
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into lifecycle_step (id, register, record_id, transition, from_state, to_state, person_id, post_id, reason, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id,
        ORDER,
        o.id,
        transition,
        from,
        &o.state,
        work.actor.person,
        work.actor.post,
        words,
        work.now
    )?;
    Ok(())
}
