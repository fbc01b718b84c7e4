//! Writing duties: rows are ended and begun in one act, with their to-dos.
//!
//! The rule that matters: whatever an act does is done at its end, rows ended before rows begun, in few statements however many
//! there are; and every open duty with a post has exactly one open to-do there.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use hejian_kernel::{
    audit::Entry,
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::{Error, Result},
    i18n::ta,
    message::{self, Message, News},
    sql,
    todo::{self, NewTodo},
    work::Work,
};
use serde_json::json;
use uuid::Uuid;

use super::{
    super::model::{Content, Duty},
    words::Words,
};

use super::kept::{kept_digest, row_digest};

/// What the audit calls an act.
pub(in super::super) const ACT: &str = "duty_act";

/// The register of a to-do about a duty.
pub(in super::super) const REGISTER: &str = "duty";

/// Rows of one statement: far below the parameters either engine takes.
const CHUNK: usize = 200;

/// An act under way.
#[derive(Debug)]
pub(in super::super) struct Act {
    campaign: Uuid,
    kind: &'static str,
    reason: String,
    undoes: Option<Uuid>,
    file: Option<String>,
    ends: Vec<Duty>,
    begins: Vec<Duty>,
}

impl Act {
    /// An act that does nothing yet.
    pub fn new(campaign: Uuid, kind: &'static str, reason: &str) -> Self {
        let reason = reason.trim().to_owned();
        Self { campaign, kind, reason, undoes: None, file: None, ends: Vec::new(), begins: Vec::new() }
    }

    /// From a file.
    pub fn file(mut self, name: &str) -> Self {
        self.file = Some(name.to_owned());
        self
    }

    /// Undoes another act.
    pub fn undoes(mut self, act: Uuid) -> Self {
        self.undoes = Some(act);
        self
    }

    /// Begins a line; answers it.
    pub fn begin(&mut self, work: &Work, content: Content) -> Uuid {
        let line = work.new_id();
        self.begins.push(Duty { id: work.new_id(), line, version: 1, content });
        line
    }

    /// Ends what stands and begins the next version of its line.
    pub fn change(&mut self, work: &Work, before: &Duty, content: Content) {
        self.ends.push(before.clone());
        self.begins.push(Duty { id: work.new_id(), line: before.line, version: before.version + 1, content });
    }

    /// Begins a line again whose last version was `last`.
    pub fn resume(&mut self, work: &Work, last: &Duty, version: i64) {
        let (id, content) = (work.new_id(), last.content.clone());
        self.begins.push(Duty { id, line: last.line, version, content });
    }

    /// Ends a line.
    pub fn end(&mut self, duty: &Duty) {
        self.ends.push(duty.clone());
    }

    /// The lines of which it ends something.
    pub fn ending(&self) -> HashSet<Uuid> {
        self.ends.iter().map(|duty| duty.line).collect()
    }

    /// Whether it would do anything.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty() && self.begins.is_empty()
    }

    /// Writes it; `titles` says what a to-do of an indicator is called. Answers the act.
    ///
    /// # Errors
    /// [`Error::Stale`] when something it ends was ended in between, and the engine's own error.
    pub async fn write(self, work: &mut Work, titles: &dyn Titles) -> Result<Uuid> {
        let (act, today) = (work.new_id(), work.today());
        sql!(
            &mut work.tx,
            execute,
            "insert into duty_act (id, campaign_id, kind, reason, undoes_id, file_name, at, made_by) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            act,
            self.campaign,
            self.kind,
            &self.reason,
            self.undoes,
            &self.file,
            work.now,
            &work.actor.name
        )?;
        for chunk in self.ends.chunks(CHUNK) {
            let mut sql = Sql::new("update duty set valid_to = ");
            sql.bind(Param::Date(Some(today))).push(", ended_by_act = ").bind(Param::Id(Some(act)));
            sql.push(" where ended_by_act is null and id in (");
            ids(&mut sql, chunk.iter().map(|duty| duty.id));
            if sql.push(")").execute(&mut work.tx).await? != chunk.len() as u64 {
                let first = chunk.first().map_or(0, |duty| duty.version);
                return Err(Error::Stale { yours: first, theirs: first + 1 });
            }
        }
        for chunk in self.begins.chunks(CHUNK) {
            insert(&mut work.tx, self.campaign, act, today, chunk).await?;
        }
        self.todos(work, titles).await?;
        let kept = kept_digest(
            &act,
            &[self.kind, &self.reason, &format!("{:?}", self.undoes)],
            &self.begins.iter().map(|duty| (duty.id, row_digest(duty))).collect(),
            &self.ends.iter().map(|duty| duty.id).collect::<Vec<_>>(),
        );
        work.record(Entry {
            action: self.kind,
            subject_kind: ACT.to_owned(),
            subject_id: Some(act),
            detail: json!({
                "reason": self.reason, "undoes": self.undoes, "file": self.file, "begun": self.begins.len(),
                "ended": self.ends.len(), "what": few(&self.begins, &self.ends),
            }),
            digest: Some(kept),
        });
        Ok(act)
    }

    /// To-dos that no longer fit are closed, new ones opened; one whose post, day and unit stay is left alone.
    async fn todos(&self, work: &mut Work, titles: &dyn Titles) -> Result<()> {
        let owed = |duty: &Duty| {
            let of = &duty.content;
            of.post.filter(|_| of.done.is_none()).map(|post| (post, of.due, of.unit, of.part, of.indicator.clone()))
        };
        let before: HashMap<Uuid, _> = self.ends.iter().map(|duty| (duty.line, owed(duty))).collect();
        let after: HashMap<Uuid, _> = self.begins.iter().map(|duty| (duty.line, owed(duty))).collect();
        let closed: Vec<Uuid> = self
            .ends
            .iter()
            .map(|duty| duty.line)
            .filter(|line| before[line].is_some() && after.get(line).cloned().flatten() != before[line])
            .collect();
        todo::close_many(work, REGISTER, &closed).await?;
        let opened: Vec<&Duty> = self
            .begins
            .iter()
            .filter(|duty| {
                let now = owed(duty);
                now.is_some() && before.get(&duty.line).cloned().flatten() != now
            })
            .collect();
        let said: Vec<(String, Words, String)> = opened
            .iter()
            .map(|duty| {
                let of = &duty.content;
                let kind = format!("duty.{}", of.part.key());
                (kind, titles.title(&of.indicator), titles.place(&format!("/duty/lines/{}", duty.line)))
            })
            .collect();
        let new: Vec<NewTodo<'_>> = opened
            .iter()
            .zip(&said)
            .filter_map(|(duty, (kind, title, href))| {
                Some(NewTodo {
                    kind,
                    register: Some(REGISTER),
                    record: Some(duty.line),
                    href: Some(href),
                    title: title.title(),
                    unit: Some(duty.content.unit),
                    post: duty.content.post?,
                    due: duty.content.due,
                })
            })
            .collect();
        todo::open_many(work, &new).await?;
        tell(work, &new, &self.reason, titles).await
    }
}

/// Tells every post once, however many duties it got.
async fn tell(work: &mut Work, new: &[NewTodo<'_>], note: &str, titles: &dyn Titles) -> Result<()> {
    let mut by_post: BTreeMap<Uuid, Vec<&NewTodo<'_>>> = BTreeMap::new();
    for one in new {
        by_post.entry(one.post).or_default().push(one);
    }
    for (post, all) in by_post {
        let (title, href) = match all.as_slice() {
            [one] => (Words::of(|lang| one.title.said(lang).to_owned()), one.href.map(ToOwned::to_owned)),
            [first, ..] => {
                let said =
                    |lang| ta(lang, "duty-told", &[("first", first.title.said(lang).into()), ("n", all.len().into())]);
                (Words::of(said), Some(titles.place(&format!("/duty/posts/{post}"))))
            }
            [] => continue,
        };
        let told = Message { news: News::Arrived, post, title: title.title(), note, href: href.as_deref(), todo: None };
        message::tell(work, &told).await?;
    }
    Ok(())
}

/// What to call an indicator in a to-do.
pub(in super::super) trait Titles: Sync {
    /// `D02 社区办公服务用房达标率`, in both languages.
    fn title(&self, code: &str) -> Words;
    /// An address about the same campaign.
    fn place(&self, path: &str) -> String;
}

fn ids(sql: &mut Sql, all: impl Iterator<Item = Uuid>) {
    for (n, id) in all.enumerate() {
        if n > 0 {
            sql.push(", ");
        }
        sql.bind(Param::Id(Some(id)));
    }
}

async fn insert(tx: &mut Tx, campaign: Uuid, act: Uuid, today: NaiveDate, rows: &[Duty]) -> Result<()> {
    let mut sql = Sql::new(
        "insert into duty (id, line_id, row_version, campaign_id, indicator, unit_id, part, post_id, due_on, done_on,
                           parent_line, note, valid_from, made_by_act) values ",
    );
    for (n, duty) in rows.iter().enumerate() {
        let of = &duty.content;
        let values = [
            Param::Id(Some(duty.id)),
            Param::Id(Some(duty.line)),
            Param::Int(Some(duty.version)),
            Param::Id(Some(campaign)),
            Param::Text(Some(of.indicator.clone())),
            Param::Id(Some(of.unit)),
            Param::Text(Some(of.part.key().to_owned())),
            Param::Id(of.post),
            Param::Date(of.due),
            Param::Date(of.done),
            Param::Id(of.parent),
            Param::Text(Some(of.note.clone())),
            Param::Date(Some(today)),
            Param::Id(Some(act)),
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
    sql.execute(tx).await?;
    Ok(())
}

/// What an entry names of a large act.
fn few(begins: &[Duty], ends: &[Duty]) -> Vec<String> {
    let mut all: Vec<String> = begins
        .iter()
        .chain(ends)
        .map(|duty| format!("{} {}", duty.content.indicator, duty.content.part.key()))
        .collect();
    all.sort_unstable();
    all.dedup();
    all.truncate(60);
    all
}
