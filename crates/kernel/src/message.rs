//! Messages: what happened to a post, for whoever acts in it. Written in the unit of work that made it happen.
//!
//! The rule that matters: a message says no more than the post may know already — the title of a to-do it has or had, and the
//! words somebody sent along. Where it leads, the page checks anew who asks.

use uuid::Uuid;

use crate::{db::Tx, error::Result, i18n::Lang, sql, work::Work};

/// What happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum News {
    /// A to-do arrived.
    Arrived,
    /// A to-do came back with a reason (退回).
    Returned,
    /// Another post passed a to-do on (转办).
    Transferred,
    /// Somebody asks after a to-do (催办).
    Nudged,
    /// A copy (抄送).
    Copied,
    /// A leader's written instruction (批示).
    Instruction,
    /// An instruction was answered (回复).
    Replied,
    /// An instruction is settled (办结) or taken back.
    Settled,
    /// Long work has ended.
    Job,
}

impl News {
    /// All kinds, in the order of the filter.
    pub const ALL: [Self; 9] = [
        Self::Arrived,
        Self::Returned,
        Self::Transferred,
        Self::Nudged,
        Self::Copied,
        Self::Instruction,
        Self::Replied,
        Self::Settled,
        Self::Job,
    ];

    /// The name as stored; its label is `message-<name>`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Arrived => "arrived",
            Self::Returned => "returned",
            Self::Transferred => "transferred",
            Self::Nudged => "nudged",
            Self::Copied => "copied",
            Self::Instruction => "instruction",
            Self::Replied => "replied",
            Self::Settled => "settled",
            Self::Job => "job",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }
}

/// What something is called, as data: in Chinese, and in English where that is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Title<'a> {
    /// As the district calls it.
    pub zh: &'a str,
    /// The same in English.
    pub en: Option<&'a str>,
}

impl<'a> Title<'a> {
    /// In the reader's language, as far as it is known.
    #[must_use]
    pub fn said(self, lang: Lang) -> &'a str {
        self.en.filter(|_| lang == Lang::En).unwrap_or(self.zh)
    }
}

impl<'a> From<&'a str> for Title<'a> {
    fn from(zh: &'a str) -> Self {
        Title { zh, en: None }
    }
}

/// A message to a post.
#[derive(Debug, Clone)]
pub struct Message<'a> {
    /// What happened.
    pub news: News,
    /// To whom.
    pub post: Uuid,
    /// What it is about, as data: the title of a record or to-do; the key of a job.
    pub title: Title<'a>,
    /// The words that came with it: a reason, a request; empty for none.
    pub note: &'a str,
    /// Where it leads, when there is such a place.
    pub href: Option<&'a str>,
    /// The to-do it is about: when that is done, the message counts as read.
    pub todo: Option<Uuid>,
}

/// Tells a post, unless it is the one that acts and has done it itself. Long work is told to the post that asked for it.
///
/// # Errors
/// The engine's own error.
pub async fn tell(work: &mut Work, message: &Message<'_>) -> Result<()> {
    if work.actor.post == Some(message.post) && message.news != News::Job {
        return Ok(());
    }
    let id = work.new_id();
    let note = Some(message.note.trim()).filter(|note| !note.is_empty());
    sql!(
        &mut work.tx,
        execute,
        "insert into message (id, post_id, kind, title, title_en, note, href, todo_id, sent_by, at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        id,
        message.post,
        message.news.name(),
        message.title.zh,
        message.title.en,
        note,
        message.href,
        message.todo,
        &work.actor.name,
        work.now
    )?;
    Ok(())
}

/// How many messages of a post nobody has read.
///
/// # Errors
/// The engine's own error.
pub async fn unread(tx: &mut Tx, post: Uuid) -> Result<u64> {
    let (n,): (i64,) =
        sql!(tx, fetch_one, "select count(*) from message where post_id = $1 and read_at is null", post)?;
    Ok(u64::try_from(n).unwrap_or(0))
}
