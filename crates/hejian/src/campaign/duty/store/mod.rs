//! SQL of duties: the board of a day, the versions of a line, the acts.

mod act;
mod kept;
mod letter;
mod plans;
mod reminders;
mod words;

use std::collections::HashSet;

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    access::Scoped,
    db::{
        Tx,
        dynamic::{AnyRow, Param, Sql},
    },
    error::Result,
    sql,
    unit::{self, UnitQuery},
};
use uuid::Uuid;

pub(super) use act::{ACT, Act, Titles};
pub(super) use kept::acts_kept;
pub(super) use letter::{LETTER, Letter, letters, letters_kept, sign};
pub(super) use plans::{PLAN, Plan, Step, plan, plans, plans_kept, save_plan};
pub(super) use reminders::{Reminder, end_reminder, keep_reminders, reminded, reminder, waits};
pub(super) use words::Words;

use super::{
    here::ACT as ACTS,
    model::{Board, Content, Duty, Part, Post, Present},
};
use crate::organisation::ROLES;

/// The columns of a version, for [`duty_of`].
const COLUMNS: &str = "select d.id, d.line_id, d.row_version, d.indicator, d.unit_id, d.part, d.post_id, d.due_on, d.done_on, d.parent_line, d.note";

fn duty_of(row: &AnyRow) -> Result<Duty> {
    let text = |at: usize| -> Result<String> { Ok(row.text(at)?.unwrap_or_default()) };
    Ok(Duty {
        id: row.id(0)?.unwrap_or_default(),
        line: row.id(1)?.unwrap_or_default(),
        version: row.int(2)?.unwrap_or_default(),
        content: Content {
            indicator: text(3)?,
            unit: row.id(4)?.unwrap_or_default(),
            part: Part::parse(&text(5)?).unwrap_or(Part::Support),
            post: row.id(6)?,
            due: row.date(7)?,
            done: row.date(8)?,
            parent: row.id(9)?,
            note: text(10)?,
        },
    })
}

/// The duties of a campaign that stand, with the district's units and posts on a day. Who answers for what is no secret within
/// the district: the breakdown is printed and sent to everybody it names.
///
/// # Errors
/// The engine's own error.
pub(super) async fn board(tx: &mut Tx, campaign: Uuid, day: NaiveDate) -> Result<Board> {
    read_board(tx, campaign, day, &Sql::new("d.ended_by_act is null")).await
}

/// The same as it stood at the end of a day that is over.
///
/// # Errors
/// The engine's own error.
pub(super) async fn board_then(tx: &mut Tx, campaign: Uuid, day: NaiveDate) -> Result<Board> {
    let on = || Param::Date(Some(day));
    let mut stood = Sql::new("d.valid_from <= ");
    stood.bind(on()).push(" and (d.valid_to is null or d.valid_to > ").bind(on()).push(")");
    read_board(tx, campaign, day, &stood).await
}

async fn read_board(tx: &mut Tx, campaign: Uuid, day: NaiveDate, stood: &Sql) -> Result<Board> {
    let query = UnitQuery {
        on: Some(day),
        kinds: vec!["district", "department", "subdistrict", "community"],
        ..UnitQuery::default()
    };
    let units = unit::list(tx, &Scoped::for_engine(query, "names of units in the breakdown of duties")).await?;
    let mut sql = Sql::new(COLUMNS);
    sql.push(" from duty d join unit u on u.id = d.unit_id where ").append(stood);
    sql.push(" and d.campaign_id = ").bind(Param::Id(Some(campaign)));
    sql.push(" order by d.indicator, d.part, u.official_order, u.key");
    let duties = sql.fetch_all(tx).await?.iter().map(duty_of).collect::<Result<Vec<_>>>()?;
    let posts = posts(tx, day).await?;
    Ok(Board::new(duties, units, posts))
}

/// A person in a post: post, name, part, from, to.
type TermRow = (Uuid, String, String, NaiveDate, Option<NaiveDate>);

async fn posts(tx: &mut Tx, day: NaiveDate) -> Result<Vec<Post>> {
    let rows: Vec<(Uuid, Uuid, String)> = sql!(
        tx,
        fetch_all,
        "select p.id, p.unit_id, p.name from post p join unit u on u.id = p.unit_id
         order by u.official_order, u.key, p.official_order, p.key"
    )?;
    let terms: Vec<TermRow> = sql!(
        tx,
        fetch_all,
        "select t.post_id, n.name, t.part, t.valid_from, t.valid_to from term t join person n on n.id = t.person_id
         order by t.valid_from, t.id"
    )?;
    let grants: Vec<(Uuid, String)> = sql!(tx, fetch_all, "select post_id, role from post_grant")?;
    let may = |role: &str| ROLES.iter().any(|known| known.key == role && known.allows(ACTS));
    let acting: HashSet<Uuid> = grants.into_iter().filter(|(_, role)| may(role)).map(|(post, _)| post).collect();
    let mut by_post: std::collections::HashMap<Uuid, Vec<TermRow>> = std::collections::HashMap::new();
    for term in terms {
        by_post.entry(term.0).or_default().push(term);
    }
    let post = |(id, unit, name): (Uuid, Uuid, String)| {
        let terms = by_post.get(&id).map_or(&[][..], Vec::as_slice);
        let present = |part: &str| {
            let on = |t: &&TermRow| t.2 == part && covers(t, day);
            terms.iter().rfind(on).map(|t| Present { name: t.1.clone(), to: t.4 })
        };
        Post {
            id,
            unit,
            name,
            holder: present("holder"),
            deputy: present("deputy"),
            acts: acting.contains(&id),
            known: terms.iter().any(|t| t.3 <= day),
            empty_from: empty_from(terms, day),
        }
    };
    Ok(rows.into_iter().map(post).collect())
}

fn covers(term: &TermRow, day: NaiveDate) -> bool {
    term.3 <= day && term.4.is_none_or(|to| day < to)
}

/// The first day from `day` on without anybody.
fn empty_from(terms: &[TermRow], day: NaiveDate) -> Option<NaiveDate> {
    let mut day = day;
    loop {
        let mut last = None;
        for term in terms.iter().filter(|term| covers(term, day)) {
            last = last.max(Some(term.4?));
        }
        match last {
            None => return Some(day),
            Some(to) => day = to,
        }
    }
}

/// A version of a line as its history shows it.
#[derive(Debug, Clone)]
pub(super) struct Version {
    pub duty: Duty,
    pub from: NaiveDate,
    pub to: Option<NaiveDate>,
    pub act: String,
    pub reason: String,
    pub by: String,
    pub at: DateTime<Utc>,
    /// Why it ended without a successor: act, reason, by, at.
    pub ended: Option<(String, String, String, DateTime<Utc>)>,
}

/// Every version of the lines that satisfy a condition, the latest act first.
async fn versions(tx: &mut Tx, filter: &Sql) -> Result<Vec<Version>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(
        ", d.valid_from, d.valid_to, a.kind, a.reason, a.made_by, a.at, e.kind, e.reason, e.made_by, e.at
         from duty d join duty_act a on a.id = d.made_by_act left join duty_act e on e.id = d.ended_by_act where ",
    );
    sql.append(filter).push(" order by a.at desc, d.row_version desc, d.id");
    let mut all = Vec::new();
    for row in sql.fetch_all(tx).await? {
        let text = |at: usize| -> Result<String> { Ok(row.text(at)?.unwrap_or_default()) };
        let ended = match row.text(17)? {
            None => None,
            Some(kind) => Some((kind, text(18)?, text(19)?, row.time(20)?.unwrap_or_default())),
        };
        all.push(Version {
            duty: duty_of(&row)?,
            from: row.date(11)?.unwrap_or_default(),
            to: row.date(12)?,
            act: text(13)?,
            reason: text(14)?,
            by: text(15)?,
            at: row.time(16)?.unwrap_or_default(),
            ended,
        });
    }
    Ok(all)
}

/// The versions of one line, the latest first.
///
/// # Errors
/// The engine's own error.
pub(super) async fn line(tx: &mut Tx, campaign: Uuid, line: Uuid) -> Result<Vec<Version>> {
    let mut filter = Sql::new("d.line_id = ");
    filter.bind(Param::Id(Some(line))).push(" and d.campaign_id = ").bind(Param::Id(Some(campaign)));
    versions(tx, &filter).await
}

/// The versions of lead and support of an indicator, the latest first.
///
/// # Errors
/// The engine's own error.
pub(super) async fn of_indicator(tx: &mut Tx, campaign: Uuid, code: &str) -> Result<Vec<Version>> {
    let mut filter = Sql::new("d.part <> 'carry' and d.indicator = ");
    filter.bind(Param::Text(Some(code.to_owned()))).push(" and d.campaign_id = ").bind(Param::Id(Some(campaign)));
    versions(tx, &filter).await
}

/// An act in the list of acts.
#[derive(Debug, Clone, sqlx::FromRow)]
pub(super) struct ActRow {
    pub id: Uuid,
    pub kind: String,
    pub reason: String,
    pub file_name: Option<String>,
    pub at: DateTime<Utc>,
    pub made_by: String,
    /// Rows it made.
    pub made: i64,
    /// Rows it ended.
    pub ended: i64,
    /// Whether another act undid it.
    pub undone: bool,
}

/// The latest acts of a campaign, at most `n`.
///
/// # Errors
/// The engine's own error.
pub(super) async fn acts(tx: &mut Tx, campaign: Uuid, n: i64) -> Result<Vec<ActRow>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select a.id, a.kind, a.reason, a.file_name, a.at, a.made_by,
                (select count(*) from duty d where d.made_by_act = a.id) as made,
                (select count(*) from duty d where d.ended_by_act = a.id) as ended,
                exists (select 1 from duty_act u where u.undoes_id = a.id) as undone
         from duty_act a where a.campaign_id = $1 order by a.at desc, a.id desc limit $2",
        campaign,
        n
    )?)
}

/// What an act made and what it ended: rows as they were written, and whether they still stand.
///
/// # Errors
/// The engine's own error.
pub(super) async fn rows_of(tx: &mut Tx, act: Uuid) -> Result<(Vec<(Duty, bool)>, Vec<Duty>)> {
    let mut made = Sql::new(COLUMNS);
    made.push(", d.valid_to from duty d where d.made_by_act = ").bind(Param::Id(Some(act))).push(" order by d.id");
    let stands = |row: &AnyRow| -> Result<(Duty, bool)> { Ok((duty_of(row)?, row.date(11)?.is_none())) };
    let made = made.fetch_all(tx).await?.iter().map(stands).collect::<Result<Vec<_>>>()?;
    let mut ended = Sql::new(COLUMNS);
    ended.push(" from duty d where d.ended_by_act = ").bind(Param::Id(Some(act))).push(" order by d.id");
    let ended = ended.fetch_all(tx).await?.iter().map(duty_of).collect::<Result<Vec<_>>>()?;
    Ok((made, ended))
}

/// The names of all persons of the district.
///
/// # Errors
/// The engine's own error.
pub(super) async fn persons(tx: &mut Tx) -> Result<HashSet<String>> {
    let rows: Vec<(String,)> = sql!(tx, fetch_all, "select name from person")?;
    Ok(rows.into_iter().map(|(name,)| name).collect())
}
