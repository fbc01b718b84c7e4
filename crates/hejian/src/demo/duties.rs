//! Who answers for what in the demonstration: drafted from the standard by the campaign office, broken down by the subdistricts.

use chrono::NaiveDate;
use hejian_kernel::{error::Result, work::Work};
use uuid::Uuid;

use crate::campaign::{duty, record};

/// The day of the breakdown, and of the subdistricts' own.
pub(super) const DRAFTED: (i32, u32, u32) = (2009, 2, 20);
pub(super) const CASCADED: (i32, u32, u32) = (2009, 3, 6);

/// By when all of it is due: the city looks at the first half year's work.
const DUE: (i32, u32, u32) = (2009, 6, 30);

/// Shares that were forgotten, so that the list of gaps has something to show: code, community.
const FORGOTTEN: [(&str, &str); 3] = [("D02", "C-S3-02"), ("C04", "C-S5-04"), ("C18", "C-S6-06")];

pub(super) fn day((y, m, d): (i32, u32, u32)) -> NaiveDate {
    NaiveDate::from_ymd_opt(y, m, d).unwrap_or_default()
}

/// The campaign office drafts.
pub(super) async fn draft(work: &mut Work) -> Result<()> {
    let campaign = record::store::default_campaign(&mut work.tx).await?;
    duty::draft_all(work, &campaign, Some(day(DUE))).await?;
    Ok(())
}

/// A subdistrict breaks its shares down.
pub(super) async fn cascade(work: &mut Work, subdistrict: Uuid) -> Result<()> {
    let campaign = record::store::default_campaign(&mut work.tx).await?;
    duty::cascade_all(work, &campaign, subdistrict, |code, key| FORGOTTEN.contains(&(code, key))).await?;
    Ok(())
}
