//! To-dos as rows: opening one for a post, and closing what is done. The page is a module's.
//!
//! The rule that matters: a to-do belongs to a post and is opened and closed in the unit of work that causes it. Opening one
//! tells the post; closing it makes what was told about it read.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{
    db::dynamic::{Param, Sql},
    error::Result,
    message::{self, Message, News, Title},
    sql,
    work::Work,
};

/// A to-do to be opened.
#[derive(Debug, Clone)]
pub struct NewTodo<'a> {
    /// What is to be done: `premises.completed`, `instruction`; its label is `todo-premises-completed`.
    pub kind: &'a str,
    /// The register of the record it is about; none for a thing of another kind.
    pub register: Option<&'a str>,
    /// The record or thing it is about, by which it is closed.
    pub record: Option<Uuid>,
    /// Where it is done; for a record of a register that is the record's page and may be left out.
    pub href: Option<&'a str>,
    /// What it is about, in a line.
    pub title: Title<'a>,
    /// The unit it is about.
    pub unit: Option<Uuid>,
    /// The post that has to act.
    pub post: Uuid,
    /// The day by which it is due.
    pub due: Option<NaiveDate>,
}

/// Opens a to-do and tells its post, with the words that come along (empty for none).
///
/// # Errors
/// The engine's own error.
pub async fn open(work: &mut Work, new: &NewTodo<'_>, news: News, note: &str) -> Result<Uuid> {
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into todo (id, kind, register, record_id, state, title, title_en, unit_id, post_id, sent_by_post, sent_by, due_on, created_at, href)
         values ($1, $2, $3, $4, 'open', $5, $6, $7, $8, $9, $10, $11, $12, $13)",
        id,
        new.kind,
        new.register,
        new.record,
        new.title.zh,
        new.title.en,
        new.unit,
        new.post,
        work.actor.post,
        &work.actor.name,
        new.due,
        work.now,
        new.href
    )?;
    let place = place(new.register, new.record, new.href);
    let told = Message { news, post: new.post, title: new.title, note, href: place.as_deref(), todo: Some(id) };
    message::tell(work, &told).await?;
    Ok(id)
}

/// Rows of one statement: far below the parameters either engine takes.
const CHUNK: usize = 200;

/// Opens many to-dos in few statements: a breakdown of work gives hundreds. Posts are told by whoever gives them, once each.
///
/// # Errors
/// The engine's own error.
pub async fn open_many(work: &mut Work, all: &[NewTodo<'_>]) -> Result<()> {
    for chunk in all.chunks(CHUNK) {
        let mut sql = Sql::new(
            "insert into todo (id, kind, register, record_id, state, title, title_en, unit_id, post_id, sent_by_post, sent_by, due_on, created_at, href) values ",
        );
        for (n, new) in chunk.iter().enumerate() {
            let text = |text: Option<&str>| Param::Text(text.map(ToOwned::to_owned));
            let values = [
                Param::Id(Some(work.new_id())),
                text(Some(new.kind)),
                text(new.register),
                Param::Id(new.record),
                text(Some("open")),
                text(Some(new.title.zh)),
                text(new.title.en),
                Param::Id(new.unit),
                Param::Id(Some(new.post)),
                Param::Id(work.actor.post),
                text(Some(&work.actor.name)),
                Param::Date(new.due),
                Param::Time(Some(work.now)),
                text(new.href),
            ];
            sql.push(if n == 0 { "(" } else { ", (" });
            for (at, value) in values.into_iter().enumerate() {
                if at > 0 {
                    sql.push(", ");
                }
                sql.bind(value);
            }
            sql.push(")");
        }
        sql.execute(&mut work.tx).await?;
    }
    Ok(())
}

/// Where a to-do is done: its own address, otherwise the page of its record.
#[must_use]
pub fn place(register: Option<&str>, record: Option<Uuid>, href: Option<&str>) -> Option<String> {
    href.map(str::to_owned).or_else(|| Some(format!("/registers/{}/{}", register?, record?)))
}

/// Closes what is open on a record of a register. A copy stays until it was read.
///
/// # Errors
/// The engine's own error.
pub async fn close(work: &mut Work, register: &str, record: Uuid) -> Result<()> {
    sql!(
        &mut work.tx,
        execute,
        "update message set read_at = $1, read_by = $2 where read_at is null and todo_id in (
             select id from todo where register = $3 and record_id = $4 and state = 'open' and kind <> 'copy')",
        work.now,
        &work.actor.name,
        register,
        record
    )?;
    sql!(
        &mut work.tx,
        execute,
        "update todo set state = 'done', done_at = $1, done_by = $2
         where register = $3 and record_id = $4 and state = 'open' and kind <> 'copy'",
        work.now,
        &work.actor.name,
        register,
        record
    )?;
    Ok(())
}

/// Closes what is open on many records of a register, in few statements.
///
/// # Errors
/// The engine's own error.
pub async fn close_many(work: &mut Work, register: &str, records: &[Uuid]) -> Result<()> {
    for chunk in records.chunks(CHUNK) {
        let mut open = Sql::new("state = 'open' and kind <> 'copy' and register = ");
        open.bind(Param::Text(Some(register.to_owned()))).push(" and record_id in (");
        for (n, id) in chunk.iter().enumerate() {
            if n > 0 {
                open.push(", ");
            }
            open.bind(Param::Id(Some(*id)));
        }
        open.push(")");
        let who = || Param::Text(Some(work.actor.name.clone()));
        let now = || Param::Time(Some(work.now));
        let mut read = Sql::new("update message set read_at = ");
        read.bind(now()).push(", read_by = ").bind(who());
        read.push(" where read_at is null and todo_id in (select id from todo where ").append(&open).push(")");
        let mut done = Sql::new("update todo set state = 'done', done_at = ");
        done.bind(now()).push(", done_by = ").bind(who()).push(" where ").append(&open);
        read.execute(&mut work.tx).await?;
        done.execute(&mut work.tx).await?;
    }
    Ok(())
}

/// Closes one to-do.
///
/// # Errors
/// The engine's own error.
pub async fn close_one(work: &mut Work, id: Uuid) -> Result<()> {
    sql!(
        &mut work.tx,
        execute,
        "update message set read_at = $1, read_by = $2 where read_at is null and todo_id = $3",
        work.now,
        &work.actor.name,
        id
    )?;
    sql!(
        &mut work.tx,
        execute,
        "update todo set state = 'done', done_at = $1, done_by = $2 where id = $3 and state = 'open'",
        work.now,
        &work.actor.name,
        id
    )?;
    Ok(())
}
