//! Messages of a post.

use chrono::{DateTime, Utc};
use hejian_kernel::{
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::{Error, Result},
    message::News,
    sql,
};
use uuid::Uuid;

/// A message as the page shows it.
#[derive(Debug, Clone)]
pub(super) struct Message {
    pub id: Uuid,
    pub kind: String,
    pub title: String,
    pub title_en: Option<String>,
    pub note: Option<String>,
    pub leads: bool,
    pub sent_by: String,
    pub at: DateTime<Utc>,
    pub read_at: Option<DateTime<Utc>>,
}

/// What is asked of the list.
#[derive(Debug, Clone, Copy)]
pub(super) struct Wish {
    pub kind: Option<News>,
    pub unread: bool,
    /// From 1.
    pub page: u64,
    pub per: u64,
}

fn filter(post: Uuid, wish: &Wish) -> Sql {
    let mut sql = Sql::new(" from message m where m.post_id = ");
    sql.bind(Param::Id(Some(post)));
    if let Some(kind) = wish.kind {
        sql.push(" and m.kind = ").bind(Param::Text(Some(kind.name().to_owned())));
    }
    if wish.unread {
        sql.push(" and m.read_at is null");
    }
    sql
}

/// The messages of a page, the latest first, and how many the wish has.
pub(super) async fn list(tx: &mut Tx, post: Uuid, wish: &Wish) -> Result<(Vec<Message>, u64)> {
    let filter = filter(post, wish);
    let mut count = Sql::new("select count(*)");
    count.append(&filter);
    let total = count.fetch_optional(tx).await?.map(|row| row.int(0)).transpose()?.flatten().unwrap_or(0);
    let total = u64::try_from(total).unwrap_or(0);
    let last = total.div_ceil(wish.per.max(1)).max(1);
    let number = |n: u64| Param::Int(i64::try_from(n).ok());
    let mut sql = Sql::new("select m.id, m.kind, m.title, m.note, m.href, m.sent_by, m.at, m.read_at, m.title_en");
    sql.append(&filter).push(" order by m.at desc, m.id desc limit ").bind(number(wish.per));
    sql.push(" offset ").bind(number((wish.page.clamp(1, last) - 1) * wish.per));
    let mut messages = Vec::new();
    for row in sql.fetch_all(tx).await? {
        messages.push(Message {
            id: row.id(0)?.unwrap_or_default(),
            kind: row.text(1)?.unwrap_or_default(),
            title: row.text(2)?.unwrap_or_default(),
            note: row.text(3)?,
            leads: row.text(4)?.is_some(),
            sent_by: row.text(5)?.unwrap_or_default(),
            at: row.time(6)?.unwrap_or_default(),
            read_at: row.time(7)?,
            title_en: row.text(8)?,
        });
    }
    Ok((messages, total))
}

/// How many of each kind nobody has read.
pub(super) async fn unread(tx: &mut Tx, post: Uuid) -> Result<Vec<(String, i64)>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select kind, count(*) from message where post_id = $1 and read_at is null group by kind order by kind",
        post
    )?)
}

/// Marks a message of the post as read and answers where it leads.
///
/// # Errors
/// [`Error::NotFound`] for a message of another post.
pub(super) async fn open(tx: &mut Tx, post: Uuid, id: Uuid, now: DateTime<Utc>, by: &str) -> Result<Option<String>> {
    let found: Option<(Option<String>,)> =
        sql!(tx, fetch_optional, "select href from message where id = $1 and post_id = $2", id, post)?;
    let (href,) = found.ok_or(Error::NotFound { what: "thing-message" })?;
    sql!(tx, execute, "update message set read_at = $1, read_by = $2 where id = $3 and read_at is null", now, by, id)?;
    Ok(href)
}

/// Marks all messages of the post up to a moment as read; how many those were.
pub(super) async fn read_all(tx: &mut Tx, post: Uuid, kind: Option<News>, now: DateTime<Utc>, by: &str) -> Result<u64> {
    let mut sql = Sql::new("update message set read_at = ");
    sql.bind(Param::Time(Some(now))).push(", read_by = ").bind(Param::Text(Some(by.to_owned())));
    sql.push(" where read_at is null and post_id = ").bind(Param::Id(Some(post)));
    if let Some(kind) = kind {
        sql.push(" and kind = ").bind(Param::Text(Some(kind.name().to_owned())));
    }
    Ok(sql.execute(tx).await?)
}
