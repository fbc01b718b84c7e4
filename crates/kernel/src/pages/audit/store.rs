//! Reading the chain for its pages.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use uuid::Uuid;

use crate::{
    audit::Stored,
    clock::day_end,
    db::{
        Tx,
        dynamic::{AnyRow, Param, Sql},
    },
    error::Result,
    ui::query::Query,
};

const COLUMNS: &str =
    "select seq, at, channel, account_id, post_id, actor, action, subject_kind, subject_id, detail, digest,
                              prev_hash, hash from audit_entry where 1 = 1";

/// Which entries are asked for.
#[derive(Debug, Clone, Default)]
pub(super) struct EntryQuery {
    text: String,
    action: String,
    kind: String,
    /// The subject alone, as a record links to its entries.
    subject: Option<Uuid>,
    from: Option<DateTime<Utc>>,
    before: Option<DateTime<Utc>>,
    offset: i64,
    limit: i64,
}

impl EntryQuery {
    /// From the address; a date that cannot be read is as if it had not been given.
    pub(super) fn read(query: &Query, offset: i64, limit: i64) -> Self {
        let text = |name: &str| query.get(name).unwrap_or_default().trim().to_owned();
        let day = |name: &str| text(name).parse::<NaiveDate>().ok();
        Self {
            text: text("q"),
            action: text("action"),
            kind: text("kind"),
            subject: Some(text("subject")).filter(|id| !id.is_empty()).map(|id| id.parse().unwrap_or(Uuid::nil())),
            from: day("from").map(|d| day_end(d) - TimeDelta::days(1)),
            before: day("to").map(day_end),
            offset,
            limit,
        }
    }

    fn filter(&self) -> Sql {
        let mut sql = Sql::new("");
        if !self.text.is_empty() {
            let text = self.text.to_lowercase().replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_");
            sql.push(" and lower(actor) like ").bind(Param::Text(Some(format!("%{text}%")))).push(" escape '\\'");
        }
        if !self.action.is_empty() {
            sql.push(" and action = ").bind(Param::Text(Some(self.action.clone())));
        }
        if !self.kind.is_empty() {
            sql.push(" and subject_kind = ").bind(Param::Text(Some(self.kind.clone())));
        }
        if self.subject.is_some() {
            sql.push(" and subject_id = ").bind(Param::Id(self.subject));
        }
        if self.from.is_some() {
            sql.push(" and at >= ").bind(Param::Time(self.from));
        }
        if self.before.is_some() {
            sql.push(" and at < ").bind(Param::Time(self.before));
        }
        sql
    }
}

/// The entries asked for, the newest first, and how many there are.
pub(super) async fn list(tx: &mut Tx, query: &EntryQuery) -> Result<(Vec<Stored>, i64)> {
    let filter = query.filter();
    let mut count = Sql::new("select count(*) from audit_entry where 1 = 1");
    let rows = count.append(&filter).fetch_all(tx).await?;
    let total = rows.first().map(|row| row.int(0)).transpose()?.flatten().unwrap_or(0);
    let mut sql = Sql::new(COLUMNS);
    sql.append(&filter).push(" order by seq desc limit ").bind(Param::Int(Some(query.limit)));
    sql.push(" offset ").bind(Param::Int(Some(query.offset)));
    let rows = sql.fetch_all(tx).await?;
    Ok((rows.into_iter().map(stored).collect::<Result<_>>()?, total))
}

/// One entry.
pub(super) async fn entry(tx: &mut Tx, seq: i64) -> Result<Option<Stored>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" and seq = ").bind(Param::Int(Some(seq)));
    sql.fetch_optional(tx).await?.map(stored).transpose()
}

fn stored(row: AnyRow) -> Result<Stored> {
    let text = |at: usize| -> Result<String> { Ok(row.text(at)?.unwrap_or_default()) };
    Ok(Stored {
        seq: row.int(0)?.unwrap_or_default(),
        at: row.time(1)?.unwrap_or_default(),
        channel: text(2)?,
        account_id: row.id(3)?,
        post_id: row.id(4)?,
        actor: text(5)?,
        action: text(6)?,
        subject_kind: text(7)?,
        subject_id: row.id(8)?,
        detail: text(9)?,
        digest: row.text(10)?,
        prev_hash: text(11)?,
        hash: text(12)?,
    })
}
