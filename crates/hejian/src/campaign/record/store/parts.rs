//! SQL of a campaign's dates and costs.

use chrono::NaiveDate;
use hejian_kernel::{
    db::Tx,
    error::{Error, Result},
    sql,
    work::Work,
};
use sqlx::FromRow;
use uuid::Uuid;

use super::keeping;

/// A day that matters to a campaign.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct Dated {
    /// The row.
    pub id: Uuid,
    /// Whose it is.
    pub campaign_id: Uuid,
    /// `notice`, `plan`, `document`, `honour`, `liaison`, `self_check`, `application`, `evaluation`, `naming`, `recheck`, `other`.
    pub kind: String,
    /// The day.
    pub on_day: NaiveDate,
    /// What happens.
    pub title: String,
    /// The paper about it.
    pub document: Option<String>,
    /// Anything else.
    pub note: Option<String>,
    /// `real`, `inferred` or `synthetic`: how sure the day is, where the data says so.
    pub mark: Option<String>,
    /// Whether it is done.
    pub done: bool,
}

/// Money spent on a campaign.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct Cost {
    /// The row.
    pub id: Uuid,
    /// Whose it is.
    pub campaign_id: Uuid,
    /// When.
    pub on_day: NaiveDate,
    /// How much, in fen.
    pub amount: i64,
    /// For what.
    pub purpose: String,
    /// The paper about it.
    pub document: Option<String>,
}

/// The dates of a campaign in their order.
///
/// # Errors
/// The engine's own error.
pub async fn dates(tx: &mut Tx, campaign: Uuid) -> Result<Vec<Dated>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select id, campaign_id, kind, on_day, title, document, note, mark, done from campaign_date
         where campaign_id = $1 order by on_day, id",
        campaign
    )?)
}

/// One date of a campaign.
///
/// # Errors
/// [`Error::NotFound`] when it has no such date.
pub async fn date(tx: &mut Tx, campaign: Uuid, id: Uuid) -> Result<Dated> {
    let found = dates(tx, campaign).await?.into_iter().find(|date| date.id == id);
    found.ok_or(Error::NotFound { what: "thing-campaign-date" })
}

/// A new date.
///
/// # Errors
/// The engine's own error.
pub async fn add_date(work: &mut Work, new: &Dated) -> Result<()> {
    sql!(
        &mut work.tx,
        execute,
        "insert into campaign_date (id, campaign_id, kind, on_day, title, document, note, mark, done)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
        new.id,
        new.campaign_id,
        &new.kind,
        new.on_day,
        &new.title,
        new.document.as_deref(),
        new.note.as_deref(),
        new.mark.as_deref(),
        new.done
    )?;
    Ok(())
}

/// Says whether a date is done.
///
/// # Errors
/// The engine's own error.
pub async fn mark_date(work: &mut Work, id: Uuid, done: bool) -> Result<()> {
    sql!(&mut work.tx, execute, "update campaign_date set done = $1 where id = $2", done, id)?;
    Ok(())
}

/// Takes a date away.
///
/// # Errors
/// The engine's own error.
pub async fn drop_date(work: &mut Work, id: Uuid) -> Result<()> {
    sql!(&mut work.tx, execute, "delete from campaign_date where id = $1", id)?;
    Ok(())
}

/// Every date with its digest.
///
/// # Errors
/// The engine's own error.
pub async fn dates_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let all: Vec<Dated> = sql!(
        tx,
        fetch_all,
        "select id, campaign_id, kind, on_day, title, document, note, mark, done from campaign_date order by id"
    )?;
    Ok(all.iter().map(|date| (date.id, keeping::digest_of_date(date))).collect())
}

/// What a campaign has cost, in the order of the days.
///
/// # Errors
/// The engine's own error.
pub async fn costs(tx: &mut Tx, campaign: Uuid) -> Result<Vec<Cost>> {
    Ok(sql!(
        tx,
        fetch_all,
        "select id, campaign_id, on_day, amount, purpose, document from campaign_cost where campaign_id = $1 order by on_day, id",
        campaign
    )?)
}

/// One cost of a campaign.
///
/// # Errors
/// [`Error::NotFound`] when it has no such cost.
pub async fn cost(tx: &mut Tx, campaign: Uuid, id: Uuid) -> Result<Cost> {
    let found = costs(tx, campaign).await?.into_iter().find(|cost| cost.id == id);
    found.ok_or(Error::NotFound { what: "thing-campaign-cost" })
}

/// A new cost.
///
/// # Errors
/// The engine's own error.
pub async fn add_cost(work: &mut Work, new: &Cost) -> Result<()> {
    sql!(
        &mut work.tx,
        execute,
        "insert into campaign_cost (id, campaign_id, on_day, amount, purpose, document) values ($1, $2, $3, $4, $5, $6)",
        new.id,
        new.campaign_id,
        new.on_day,
        new.amount,
        &new.purpose,
        new.document.as_deref()
    )?;
    Ok(())
}

/// Takes a cost away.
///
/// # Errors
/// The engine's own error.
pub async fn drop_cost(work: &mut Work, id: Uuid) -> Result<()> {
    sql!(&mut work.tx, execute, "delete from campaign_cost where id = $1", id)?;
    Ok(())
}

/// Every cost with its digest.
///
/// # Errors
/// The engine's own error.
pub async fn costs_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let all: Vec<Cost> = sql!(
        tx,
        fetch_all,
        "select id, campaign_id, on_day, amount, purpose, document from campaign_cost order by id"
    )?;
    Ok(all.iter().map(|cost| (cost.id, keeping::digest_of_cost(cost))).collect())
}
