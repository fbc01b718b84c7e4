//! The units of the demonstration district as plain structs: what they are called, when they are in being, where they lie.

use crate::geometry::Polygon;
use crate::mark::{Mark, Marks};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UnitKind {
    /// 区.
    District,
    /// 街道.
    Subdistrict,
    /// 居委会 before the consolidation.
    ResidentsCommittee,
    /// 社区 since the consolidation.
    Community,
    /// 区直部门或单位.
    Department,
}

/// What kind of organ a department is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DepartmentKind {
    /// Party organ.
    Party,
    /// Government organ.
    Government,
    /// The campaign's own office.
    Office,
    /// Mass organisation.
    MassOrg,
    /// Branch of a city bureau.
    Vertical,
    /// Anything else (twinning only).
    Other,
}

/// What a department has to do with the campaign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CampaignRole {
    /// 主抓: the campaign office.
    CampaignOffice,
    /// 牵头: the civil affairs bureau.
    LeadBureau,
    /// Leads or supports indicators.
    IndicatorUnit,
    /// Takes part in 联点扶建 alone.
    TwinningOnly,
}

/// What only departments have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Department {
    /// Short code, as indicators name it (`mzj`).
    pub code: String,
    /// Kind of organ.
    pub kind: DepartmentKind,
    /// True when the city controls it (垂直管理).
    pub vertical_line: bool,
    /// Part in the campaign.
    pub campaign_role: CampaignRole,
    /// Duties in Chinese.
    pub duties_zh: String,
    /// Duties in English.
    pub duties_en: String,
}

/// A unit. In being on `[valid_from, valid_to)`; no end means open.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unit {
    /// Stable key: `D430702`, `S1`, `O-S1-01`, `C-S1-01`, `dept-mzj`.
    pub key: String,
    /// What it is.
    pub kind: UnitKind,
    /// Chinese name.
    pub name: String,
    /// English name, where there is one.
    pub name_en: Option<String>,
    /// A second name it goes by (区社区办, 区文明办).
    pub alias: Option<String>,
    /// Key of the unit above it.
    pub parent: Option<String>,
    /// First day in being.
    pub valid_from: NaiveDate,
    /// First day no longer in being.
    pub valid_to: Option<NaiveDate>,
    /// Official order among the units of its kind under one parent, from 1.
    pub order: u32,
    /// Code of the statistics office, where one is known.
    pub nbs_code: Option<String>,
    /// Households; committees and communities only (what stands above them is a sum).
    pub households: Option<u32>,
    /// Residents; likewise.
    pub population: Option<u32>,
    /// Residents' groups.
    pub groups: Option<u32>,
    /// Area as the source gives it, km² in tenths.
    pub area_tenths_km2: Option<u32>,
    /// One of the ten key communities.
    pub key_community: bool,
    /// The model community.
    pub model_community: bool,
    /// Has a charity shop.
    pub charity_shop: bool,
    /// What only departments have.
    pub department: Option<Department>,
    /// How far name, figures, mapping and boundary can be believed.
    pub marks: Marks,
    /// Where the row comes from.
    pub source: String,
    /// The source file's note.
    pub note: String,
    /// Boundary on exact coordinates (1e-7 degree); empty where none is known. See [`crate::geometry::degrees`].
    pub geometry: Vec<Polygon>,
}

/// One line of descent: what `from` was goes on in `to`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Lineage {
    /// Key of the committee that ended.
    pub from: String,
    /// Key of the community that succeeded it.
    pub to: String,
    /// Always a merge here; splits and boundary transfers do not occur in the demonstration.
    pub kind: LineageKind,
    /// Day of the change: the first day of `to`, the first day `from` is gone.
    pub on: NaiveDate,
    /// Document number of the decision.
    pub document: String,
    /// How far it can be believed.
    pub mark: Mark,
}

/// How one unit follows another.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LineageKind {
    /// 撤并: merged into the successor (alone or with others).
    Merge,
}

/// The district government's approval of a community's present area.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetupApproval {
    /// Key of the community.
    pub unit: String,
    /// Document number.
    pub document: String,
    /// Title of the document.
    pub title: String,
    /// Day of approval.
    pub on: NaiveDate,
    /// How far it can be believed.
    pub mark: Mark,
}

/// A dated figure of a whole subdistrict from a source: for reading, never to be added up with the communities.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Key of the subdistrict.
    pub unit: String,
    /// Year the figure is of.
    pub year: i32,
    /// Households.
    pub households: Option<u32>,
    /// Residents.
    pub population: Option<u32>,
    /// How far it can be believed.
    pub mark: Mark,
    /// Source.
    pub source: String,
}
