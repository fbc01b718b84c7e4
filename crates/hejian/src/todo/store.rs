//! To-dos of a post: open, done, sent by it, copied to it.

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{db::Tx, error::Result, sql};
use uuid::Uuid;

/// A to-do as the page shows it.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct Todo {
    pub kind: String,
    pub register: Option<String>,
    pub record_id: Option<Uuid>,
    pub title: String,
    pub unit: Option<String>,
    pub sent_by: String,
    pub due_on: Option<NaiveDate>,
    pub created_at: DateTime<Utc>,
    pub done_at: Option<DateTime<Utc>>,
    pub done_by: Option<String>,
    pub post: String,
}

/// Which drawer is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Box {
    /// 待办
    Open,
    /// 已办
    Done,
    /// 我发起
    Sent,
    /// 抄送
    Copied,
}

impl Box {
    pub(super) const ALL: [(Self, &'static str, &'static str); 4] = [
        (Self::Open, "open", "todo-open"),
        (Self::Done, "done", "todo-done"),
        (Self::Sent, "sent", "todo-sent"),
        (Self::Copied, "copied", "todo-copied"),
    ];

    pub(super) fn parse(text: &str) -> Self {
        Self::ALL.iter().find(|(_, key, _)| *key == text).map_or(Self::Open, |(b, _, _)| *b)
    }
}

/// The to-dos of one drawer, the most urgent first; at most 200.
pub(super) async fn list(tx: &mut Tx, post: Uuid, which: Box) -> Result<Vec<Todo>> {
    Ok(match which {
        Box::Open => sql!(
            tx,
            fetch_all,
            "select t.kind, t.register, t.record_id, t.title, u.name as unit, t.sent_by, t.due_on, t.created_at, t.done_at, t.done_by, p.name as post
             from todo t join post p on p.id = t.post_id left join unit u on u.id = t.unit_id
             where t.post_id = $1 and t.state = 'open' and t.kind <> 'copy'
             order by (t.due_on is null), t.due_on, t.created_at, t.id limit 200",
            post
        )?,
        Box::Done => sql!(
            tx,
            fetch_all,
            "select t.kind, t.register, t.record_id, t.title, u.name as unit, t.sent_by, t.due_on, t.created_at, t.done_at, t.done_by, p.name as post
             from todo t join post p on p.id = t.post_id left join unit u on u.id = t.unit_id
             where t.post_id = $1 and t.state = 'done' order by t.done_at desc, t.id limit 200",
            post
        )?,
        Box::Sent => sql!(
            tx,
            fetch_all,
            "select t.kind, t.register, t.record_id, t.title, u.name as unit, t.sent_by, t.due_on, t.created_at, t.done_at, t.done_by, p.name as post
             from todo t join post p on p.id = t.post_id left join unit u on u.id = t.unit_id
             where t.sent_by_post = $1 and t.post_id <> $1 and t.kind <> 'copy' order by t.created_at desc, t.id limit 200",
            post
        )?,
        Box::Copied => sql!(
            tx,
            fetch_all,
            "select t.kind, t.register, t.record_id, t.title, u.name as unit, t.sent_by, t.due_on, t.created_at, t.done_at, t.done_by, p.name as post
             from todo t join post p on p.id = t.post_id left join unit u on u.id = t.unit_id
             where t.post_id = $1 and t.kind = 'copy' order by t.created_at desc, t.id limit 200",
            post
        )?,
    })
}
