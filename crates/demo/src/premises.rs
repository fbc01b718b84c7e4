//! Premises projects as plain structs: stages, rooms, money and papers. Areas are tenths of a square metre, money is fen.

use crate::mark::Mark;
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// What a project gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PremisesKind {
    /// 社区办公服务用房.
    CommunityOffice,
    /// 街道社区服务中心.
    SubdistrictCentre,
    /// 区级社区服务中心.
    DistrictCentre,
}

/// New building or rebuilding.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Works {
    /// 新建.
    New,
    /// 改建.
    Rebuilt,
}

/// Stages in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Stage {
    /// 申报.
    Proposed,
    /// 立项.
    Approved,
    /// 在建.
    Building,
    /// 竣工.
    Completed,
    /// 验收.
    Accepted,
}

impl Stage {
    /// The stage that follows, if any.
    pub fn next(self) -> Option<Self> {
        match self {
            Stage::Proposed => Some(Stage::Approved),
            Stage::Approved => Some(Stage::Building),
            Stage::Building => Some(Stage::Completed),
            Stage::Completed => Some(Stage::Accepted),
            Stage::Accepted => None,
        }
    }
}

/// A stage entered on a day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The stage.
    pub stage: Stage,
    /// The day it was entered.
    pub on: NaiveDate,
    /// The paper behind it, where there is one.
    pub document: Option<String>,
}

/// What a room is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Function {
    /// 办事大厅.
    ServiceHall,
    /// 办公室.
    Office,
    /// 警务室.
    PoliceRoom,
    /// 调解室.
    MediationRoom,
    /// 劳动保障服务站.
    LabourStation,
    /// 计生办公室.
    FamilyPlanningRoom,
    /// 卫生站.
    HealthStation,
    /// 党员活动室.
    PartyRoom,
    /// 文体活动室.
    CultureRoom,
    /// 图书阅览室.
    ReadingRoom,
    /// 居民学校.
    ResidentSchool,
    /// 青少年活动室.
    YouthPlace,
    /// 居家养老服务站.
    HomeCareStation,
    /// 康复室.
    RehabilitationRoom,
    /// 科普活动室.
    ScienceRoom,
    /// 健身室.
    FitnessRoom,
}

impl Function {
    /// Whether residents use the room for themselves (居民活动面积).
    pub fn is_activity(self) -> bool {
        use Function::*;
        matches!(
            self,
            PartyRoom
                | CultureRoom
                | ReadingRoom
                | ResidentSchool
                | YouthPlace
                | HomeCareStation
                | RehabilitationRoom
                | ScienceRoom
                | FitnessRoom
        )
    }
}

/// Floor area of one function.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct AreaRow {
    /// What for.
    pub function: Function,
    /// Tenths of a square metre.
    pub tenths: i64,
}

/// Who gave the money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MoneySource {
    /// 区财政.
    District,
    /// 街道.
    Subdistrict,
    /// 市级、省级补助.
    Superior,
    /// 社区自筹.
    Community,
    /// 捐赠.
    Donation,
}

/// One sum of money.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoneyLine {
    /// Where it came from.
    pub source: MoneySource,
    /// Fen.
    pub fen: i64,
    /// The day it was granted.
    pub on: NaiveDate,
    /// Paper, where there is one.
    pub document: Option<String>,
}

/// How the premises are held.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaperKind {
    /// 产权证.
    TitleDeed,
    /// 移交协议.
    HandoverAgreement,
}

/// A paper that proves how the premises are held.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Paper {
    /// Which.
    pub kind: PaperKind,
    /// Its number.
    pub number: String,
    /// Its date.
    pub on: NaiveDate,
}

/// A premises project.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Premises {
    /// Number in the register: `YF-0031`.
    pub key: String,
    /// What it gives.
    pub kind: PremisesKind,
    /// Key of the unit it serves.
    pub unit: String,
    /// Name.
    pub name: String,
    /// New or rebuilt.
    pub works: Works,
    /// Invented address.
    pub address: String,
    /// Stages entered by the opening day, in order; the last is the present one.
    pub steps: Vec<Step>,
    /// Stages entered after it, for a district that opens later.
    pub later: Vec<Step>,
    /// The day the next stage is due; none when accepted.
    pub next_due: Option<NaiveDate>,
    /// Floor area in tenths of a square metre: as built, or as planned before completion.
    pub floor_area_tenths: i64,
    /// The floor area by function; the rows sum to it.
    pub areas: Vec<AreaRow>,
    /// The money; the sum is the cost.
    pub money: Vec<MoneyLine>,
    /// Ownership paper; none is a gap, not a zero.
    pub paper: Option<Paper>,
    /// Who accepted it.
    pub accepted_by: Option<String>,
    /// A remark in Chinese.
    pub note: String,
    /// How far it can be believed.
    pub mark: Mark,
}

impl Premises {
    /// The present stage.
    pub fn stage(&self) -> Stage {
        self.steps.last().map_or(Stage::Proposed, |step| step.stage)
    }

    /// The stages entered by the opening day and after it.
    pub fn all_steps(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().chain(&self.later)
    }

    /// The day a stage was entered, by the opening day or after it.
    pub fn on(&self, stage: Stage) -> Option<NaiveDate> {
        self.all_steps().find(|step| step.stage == stage).map(|step| step.on)
    }

    /// Cost in fen: the sum of the money lines.
    pub fn cost_fen(&self) -> i64 {
        self.money.iter().map(|line| line.fen).sum()
    }
}

/// A declaration that a register is complete for a unit and a month: none then means 0.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coverage {
    /// The register (`premises`).
    pub register: String,
    /// Key of the unit.
    pub unit: String,
    /// Month (`2009-05`).
    pub period: String,
    /// The day it was declared.
    pub on: NaiveDate,
    /// Key of the post that declared it.
    pub by: String,
}

/// A stage step somebody still has to take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PendingStep {
    /// Key of the premises project.
    pub premises: String,
    /// Key of its unit.
    pub unit: String,
    /// The stage to reach.
    pub stage: Stage,
    /// Due day.
    pub due: NaiveDate,
}
