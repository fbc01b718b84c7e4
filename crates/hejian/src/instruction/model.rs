//! An instruction, one post's part of it, and what is asked of the list. No I/O.

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    access::{Actor, Scoped},
    ui::{pager::PAGE_SIZES, query::Query},
};
use uuid::Uuid;

use super::SUPERVISE;

/// An instruction as given.
#[derive(Debug, Clone)]
pub(super) struct Instruction {
    pub id: Uuid,
    /// Key of what it was written on (see [`hejian_kernel::web::Subject`]).
    pub about: String,
    pub about_title: String,
    pub about_href: String,
    pub words: String,
    pub due_on: NaiveDate,
    pub given_by: String,
    pub given_by_post: Uuid,
    pub given_at: DateTime<Utc>,
}

/// What one post has to answer.
#[derive(Debug, Clone)]
pub(super) struct Order {
    pub id: Uuid,
    pub instruction: Uuid,
    pub post: Uuid,
    /// Unit and post.
    pub post_name: String,
    pub unit: Uuid,
    pub state: String,
    pub version: i64,
    pub due_on: NaiveDate,
    pub reply: Option<String>,
    pub reply_link: Option<String>,
    pub replied_by: Option<String>,
    pub replied_at: Option<DateTime<Utc>>,
    pub closed_at: Option<DateTime<Utc>>,
}

/// For whose eyes.
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
}

/// Which list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// 我收到
    Received,
    /// 我批示
    Given,
    /// 督办
    Watched,
}

impl Side {
    pub(super) const ALL: [Self; 3] = [Self::Received, Self::Given, Self::Watched];

    /// Its value in the address; its label is `instruction-<key>`.
    pub(super) fn key(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Given => "given",
            Self::Watched => "watched",
        }
    }
}

/// The states to filter by; `over` is a given one past its day.
pub(super) const STATES: [&str; 5] = ["over", "given", "replied", "closed", "cancelled"];

/// What is asked of the list.
#[derive(Debug, Clone)]
pub(super) struct Wish {
    pub side: Side,
    pub state: Option<&'static str>,
    pub text: String,
    /// From 1.
    pub page: u64,
    pub per: u64,
}

impl Wish {
    /// From the address; what cannot be understood is left out.
    pub(super) fn parse(query: &Query, first: Side) -> Self {
        let some = |name: &str| query.get(name).map(str::trim).filter(|v| !v.is_empty());
        let number = |name: &str| some(name).and_then(|v| v.parse::<u64>().ok());
        Self {
            side: some("side").and_then(|v| Side::ALL.into_iter().find(|s| s.key() == v)).unwrap_or(first),
            state: some("state").and_then(|v| STATES.into_iter().find(|s| *s == v)),
            text: some("q").unwrap_or_default().to_owned(),
            page: number("page").unwrap_or(1).max(1),
            per: number("per").filter(|n| PAGE_SIZES.contains(n)).unwrap_or(PAGE_SIZES[0]),
        }
    }
}

/// The instruction in a line: its first words and what it is about.
pub(super) fn title(words: &str, about: &str) -> String {
    let line = words.lines().next().unwrap_or_default();
    let short: String = line.chars().take(30).collect();
    let more = if short.len() < line.len() || line.len() < words.trim_end().len() { "…" } else { "" };
    format!("{short}{more}（{about}）")
}
