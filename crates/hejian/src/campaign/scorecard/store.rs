//! SQL of the cards: to-dos, the days on which duties began, reminders, and what communities declared complete.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use hejian_kernel::{
    access::Actor,
    clock::day_end,
    db::{
        Tx,
        dynamic::{Param, Sql},
    },
    error::Result,
    i18n::{Lang, format::day_of},
    message::Title,
    sql,
};
use uuid::Uuid;

use super::item::{Item, Kind};

/// The right that opens to-dos of others.
const SUPERVISE: &str = "todo.supervise";

/// The first day of every line of duties of a campaign.
///
/// # Errors
/// The engine's own error.
pub(super) async fn began(tx: &mut Tx, campaign: Uuid) -> Result<HashMap<Uuid, NaiveDate>> {
    let rows: Vec<(Uuid, NaiveDate)> = sql!(
        tx,
        fetch_all,
        "select line_id, valid_from from duty where campaign_id = $1 and row_version = 1",
        campaign
    )?;
    Ok(rows.into_iter().collect())
}

/// The to-dos there were at the end of a day beside those of duties and instructions, which are counted where they come from.
/// Reminders of another campaign are left out.
///
/// # Errors
/// The engine's own error.
pub(super) async fn todos(tx: &mut Tx, actor: &Actor, campaign: Uuid, day: NaiveDate, lang: Lang) -> Result<Vec<Item>> {
    let mut ground = Sql::new(
        " from todo t join post p on p.id = t.post_id where t.kind not in ('copy', 'duty.lead', 'duty.support', 'duty.carry')
           and (t.register is null or t.register <> 'instruction') and t.created_at < ",
    );
    ground.bind(Param::Time(Some(day_end(day))));
    ground.push(" and (t.kind <> 'duty.remind' or exists (select 1 from duty_reminder r where r.id = t.record_id and r.campaign_id = ");
    ground.bind(Param::Id(Some(campaign))).push("))");
    let may = visible(tx, actor, &ground).await?;
    let mut sql = Sql::new("select t.id, t.title, t.title_en, t.post_id, p.unit_id, t.due_on, t.created_at, t.done_at");
    sql.append(&ground).push(" order by t.created_at, t.id");
    let mut all = Vec::new();
    for row in sql.fetch_all(tx).await? {
        let id = row.id(0)?.unwrap_or_default();
        let (zh, en) = (row.text(1)?.unwrap_or_default(), row.text(2)?);
        let title = Title { zh: &zh, en: en.as_deref() }.said(lang).to_owned();
        all.push(Item {
            kind: Kind::Todo,
            id,
            unit: row.id(4)?.unwrap_or_default(),
            post: row.id(3)?,
            seen: may.contains(&id).then(|| (title, format!("/todo/{id}"))),
            began: row.time(6)?.map(day_of).unwrap_or_default(),
            due: row.date(5)?,
            done: row.time(7)?.map(day_of),
        });
    }
    Ok(all)
}

/// Those of them whose page the reader can open: of the own post, and where one supervises.
async fn visible(tx: &mut Tx, actor: &Actor, ground: &Sql) -> Result<HashSet<Uuid>> {
    let Some(post) = actor.post else { return Ok(HashSet::new()) };
    let mut sql = Sql::new("select t.id");
    sql.append(ground).push(" and (t.post_id = ").bind(Param::Id(Some(post)));
    if let Ok(watched) = actor.scoped(SUPERVISE, ()) {
        sql.push(" or (1 = 1");
        watched.restrict(&mut sql, "t.unit_id");
        sql.push(")");
    }
    sql.push(")");
    sql.fetch_all(tx).await?.iter().map(|row| Ok(row.id(0)?.unwrap_or_default())).collect()
}

/// A reminder to report: who sent it, to whom, when, and when it was answered.
#[derive(Debug, Clone)]
pub(super) struct Reminded {
    pub lead: Uuid,
    pub unit: Uuid,
    pub answered: Option<NaiveDate>,
}

/// The reminders of a campaign up to a day.
///
/// # Errors
/// The engine's own error.
pub(super) async fn reminders(tx: &mut Tx, campaign: Uuid, day: NaiveDate) -> Result<Vec<Reminded>> {
    let mut sql = Sql::new(
        "select r.lead_id, r.unit_id, t.done_at from duty_reminder r left join todo t on t.record_id = r.id and t.kind = 'duty.remind'
         where r.campaign_id = ",
    );
    sql.bind(Param::Id(Some(campaign))).push(" and r.on_day <= ").bind(Param::Date(Some(day)));
    sql.push(" order by r.on_day, r.id");
    let one = |row: &hejian_kernel::db::dynamic::AnyRow| -> Result<Reminded> {
        let answered = row.time(2)?.map(day_of).filter(|on| *on <= day);
        Ok(Reminded { lead: row.id(0)?.unwrap_or_default(), unit: row.id(1)?.unwrap_or_default(), answered })
    };
    sql.fetch_all(tx).await?.iter().map(one).collect()
}

/// What units declared complete by the end of a day: register, unit, period, and the day of the first declaration.
///
/// # Errors
/// The engine's own error.
pub(super) async fn declared(tx: &mut Tx, day: NaiveDate) -> Result<Vec<(String, Uuid, String, NaiveDate)>> {
    let rows: Vec<(String, Uuid, String, chrono::DateTime<chrono::Utc>)> = sql!(
        tx,
        fetch_all,
        "select c.register, c.unit_id, c.period, min(c.at) from coverage c where c.complete = $1 and c.at < $2
         group by c.register, c.unit_id, c.period order by c.register, c.period, c.unit_id",
        true,
        day_end(day)
    )?;
    Ok(rows.into_iter().map(|(register, unit, period, at)| (register, unit, period, day_of(at))).collect())
}
