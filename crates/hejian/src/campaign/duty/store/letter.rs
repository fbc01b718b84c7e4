//! SQL of letters of responsibility that were signed. Rows are added and never altered.

use chrono::{DateTime, NaiveDate, Utc};
use hejian_kernel::{
    audit::Entry,
    db::{
        Tx,
        dynamic::{AnyRow, Param, Sql},
    },
    error::Result,
    sql,
    work::Work,
};
use serde_json::json;
use uuid::Uuid;

use crate::campaign::standard::keeping::digest;

/// What the audit calls a signed letter.
pub(in super::super) const LETTER: &str = "duty_letter";

/// A letter that was signed.
#[derive(Debug, Clone)]
pub(in super::super) struct Letter {
    pub id: Uuid,
    pub unit: Uuid,
    /// Of one post; of the whole unit without.
    pub post: Option<Uuid>,
    pub signed_on: NaiveDate,
    pub signed_by: String,
    pub given_by: String,
    /// How many duties it held, and the digest of them.
    pub duties: i64,
    pub content: String,
    pub at: DateTime<Utc>,
    pub made_by: String,
}

const COLUMNS: &str =
    "select id, unit_id, post_id, signed_on, signed_by, given_by, duties, content, at, made_by from duty_letter";

fn letter(row: &AnyRow) -> sqlx::Result<Letter> {
    let text = |at: usize| -> sqlx::Result<String> { Ok(row.text(at)?.unwrap_or_default()) };
    Ok(Letter {
        id: row.id(0)?.unwrap_or_default(),
        unit: row.id(1)?.unwrap_or_default(),
        post: row.id(2)?,
        signed_on: row.date(3)?.unwrap_or_default(),
        signed_by: text(4)?,
        given_by: text(5)?,
        duties: row.int(6)?.unwrap_or_default(),
        content: text(7)?,
        at: row.time(8)?.unwrap_or_default(),
        made_by: text(9)?,
    })
}

/// The signed letters of a campaign, the latest first.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn letters(tx: &mut Tx, campaign: Uuid) -> Result<Vec<Letter>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" where campaign_id = ").bind(Param::Id(Some(campaign))).push(" order by at desc, id");
    Ok(sql.fetch_all(tx).await?.iter().map(letter).collect::<sqlx::Result<_>>()?)
}

/// Keeps a signed letter.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn sign(work: &mut Work, campaign: Uuid, of: &Letter) -> Result<()> {
    sql!(
        &mut work.tx,
        execute,
        "insert into duty_letter (id, campaign_id, unit_id, post_id, signed_on, signed_by, given_by, duties, content, at, made_by)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        of.id,
        campaign,
        of.unit,
        of.post,
        of.signed_on,
        &of.signed_by,
        &of.given_by,
        of.duties,
        &of.content,
        of.at,
        &of.made_by
    )?;
    work.record(Entry {
        action: "sign",
        subject_kind: LETTER.to_owned(),
        subject_id: Some(of.id),
        detail: json!({
            "unit": of.unit, "post": of.post, "signed_on": of.signed_on, "signed_by": of.signed_by, "given_by": of.given_by,
            "duties": of.duties,
        }),
        digest: Some(digest_of(of)),
    });
    Ok(())
}

fn digest_of(of: &Letter) -> String {
    let (unit, post) = (of.unit.to_string(), of.post.map(|post| post.to_string()).unwrap_or_default());
    let (day, n) = (of.signed_on.to_string(), of.duties.to_string());
    let at = of.at.timestamp_micros().to_string();
    digest([unit.as_str(), &post, &day, &of.signed_by, &of.given_by, &n, &of.content, &at, &of.made_by])
}

/// Every signed letter with its digest.
///
/// # Errors
/// The engine's own error.
pub(in super::super) async fn letters_kept(tx: &mut Tx) -> sqlx::Result<Vec<(Uuid, String)>> {
    let mut sql = Sql::new(COLUMNS);
    sql.push(" order by id");
    sql.fetch_all(tx).await?.iter().map(|row| letter(row).map(|of| (of.id, digest_of(&of)))).collect()
}
