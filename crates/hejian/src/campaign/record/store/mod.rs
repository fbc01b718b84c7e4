//! SQL of campaigns, their dates and their costs.

mod parts;

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    db::Tx,
    error::{Error, Result},
    sql,
    work::Work,
};
use sqlx::FromRow;
use uuid::Uuid;

pub use parts::{
    Cost, Dated, add_cost, add_date, cost, costs, costs_kept, date, dates, dates_kept, drop_cost, drop_date, mark_date,
};

use super::{MAIN, keeping};

/// A campaign.
#[derive(Debug, Clone, PartialEq, FromRow)]
pub struct Campaign {
    /// The row.
    pub id: Uuid,
    /// Its name in addresses; never changes.
    pub key: String,
    /// The title sought.
    pub title: String,
    /// `national`, `provincial`, `city` or `district`.
    pub level: String,
    /// `planned`, `running`, `named`, `kept` or `closed`.
    pub state: String,
    /// The paper that allows it.
    pub approving_document: Option<String>,
    /// Who issued that paper.
    pub approved_by: Option<String>,
    /// First day of the cycle.
    pub cycle_from: Option<NaiveDate>,
    /// Last day of the cycle.
    pub cycle_to: Option<NaiveDate>,
    /// The points aimed at, an exact number.
    pub target_points: Option<String>,
    /// The points needed; without them the pass mark of the standard counts.
    pub pass_points: Option<String>,
    /// The money set aside, in fen.
    pub budget: Option<i64>,
    /// Anything else.
    pub note: Option<String>,
    /// `real`, `inferred` or `synthetic`, where the data says so.
    pub mark: Option<String>,
    /// Its place among the campaigns.
    pub official_order: i64,
    /// The save that a form was made from.
    pub row_version: i64,
    /// When it was saved last.
    pub saved_at: DateTime<Utc>,
    /// By whom.
    pub saved_by: String,
}

impl Campaign {
    /// A campaign of that key with nothing said yet.
    #[must_use]
    pub fn new(work: &Work, key: &str, title: &str, level: &str) -> Self {
        Self {
            id: work.new_id(),
            key: key.to_owned(),
            title: title.to_owned(),
            level: level.to_owned(),
            state: "running".to_owned(),
            approving_document: None,
            approved_by: None,
            cycle_from: None,
            cycle_to: None,
            target_points: None,
            pass_points: None,
            budget: None,
            note: None,
            mark: None,
            official_order: 1,
            row_version: 1,
            saved_at: work.now,
            saved_by: work.actor.name.clone(),
        }
    }

    /// Whether it is the district's first.
    #[must_use]
    pub fn is_main(&self) -> bool {
        self.key == MAIN
    }

    /// Whether it is under way: what the product does by itself it does for these.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self.state.as_str(), "running" | "named" | "kept")
    }
}

/// All campaigns in their order.
///
/// # Errors
/// The engine's own error.
pub async fn list(tx: &mut Tx) -> sqlx::Result<Vec<Campaign>> {
    sql!(
        tx,
        fetch_all,
        "select id, key, title, level, state, approving_document, approved_by, cycle_from, cycle_to, target_points, pass_points,
           budget, note, mark, official_order, row_version, saved_at, saved_by
         from campaign order by official_order, key"
    )
}

/// The campaign of a key.
///
/// # Errors
/// [`Error::NotFound`] when there is none.
pub async fn one(tx: &mut Tx, key: &str) -> Result<Campaign> {
    let all = list(tx).await?;
    all.into_iter().find(|campaign| campaign.key == key).ok_or_else(gone)
}

/// The district's first campaign.
///
/// # Errors
/// [`Error::NotFound`] in a district that was not finished.
pub async fn default_campaign(tx: &mut Tx) -> Result<Campaign> {
    one(tx, MAIN).await
}

/// No campaign of that name.
pub(crate) fn gone() -> Error {
    Error::NotFound { what: "thing-campaign" }
}

/// A new row.
///
/// # Errors
/// The engine's own error.
pub async fn insert(work: &mut Work, new: &Campaign) -> Result<()> {
    sql!(
        &mut work.tx,
        execute,
        "insert into campaign (id, key, title, level, state, approving_document, approved_by, cycle_from, cycle_to, target_points,
           pass_points, budget, note, mark, official_order, row_version, saved_at, saved_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
        new.id,
        &new.key,
        &new.title,
        &new.level,
        &new.state,
        new.approving_document.as_deref(),
        new.approved_by.as_deref(),
        new.cycle_from,
        new.cycle_to,
        new.target_points.as_deref(),
        new.pass_points.as_deref(),
        new.budget,
        new.note.as_deref(),
        new.mark.as_deref(),
        new.official_order,
        new.row_version,
        new.saved_at,
        &new.saved_by
    )?;
    Ok(())
}

/// Saves over the version `read`; `new.row_version` is the one it becomes. Answers whether it was still that version.
///
/// # Errors
/// The engine's own error.
pub async fn update(work: &mut Work, read: i64, new: &Campaign) -> Result<bool> {
    let n = sql!(
        &mut work.tx,
        execute,
        "update campaign set title = $1, level = $2, state = $3, approving_document = $4, approved_by = $5, cycle_from = $6,
           cycle_to = $7, target_points = $8, pass_points = $9, budget = $10, note = $11, mark = $12, row_version = $13,
           saved_at = $14, saved_by = $15
         where id = $16 and row_version = $17",
        &new.title,
        &new.level,
        &new.state,
        new.approving_document.as_deref(),
        new.approved_by.as_deref(),
        new.cycle_from,
        new.cycle_to,
        new.target_points.as_deref(),
        new.pass_points.as_deref(),
        new.budget,
        new.note.as_deref(),
        new.mark.as_deref(),
        new.row_version,
        new.saved_at,
        &new.saved_by,
        new.id,
        read
    )?;
    Ok(n == 1)
}

/// Every campaign with its digest.
///
/// # Errors
/// The engine's own error.
pub async fn campaigns_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    Ok(list(tx).await?.iter().map(|campaign| (campaign.id, keeping::digest_of(campaign))).collect())
}

/// The version of a standard that a campaign works to at a moment: pack row, title, pack and version.
///
/// # Errors
/// The engine's own error.
pub async fn works_to(tx: &mut Tx, campaign: Uuid, at: DateTime<Utc>) -> Result<Option<(Uuid, String, String, i64)>> {
    Ok(sql!(
        tx,
        fetch_optional,
        "select p.id, p.name, p.pack, p.pack_version from standard_pin n join standard_pack p on p.id = n.pack_id
         where n.campaign_id = $1 and n.since <= $2 order by n.since desc, n.id desc limit 1",
        campaign,
        at
    )?)
}
