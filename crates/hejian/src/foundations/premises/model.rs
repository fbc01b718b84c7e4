//! The register and its invariants. No I/O.

use chrono::NaiveDate;
use hejian_kernel::{
    error::{FieldProblem, Message},
    register::{Child, Choice, Fen, Record, Register, Scaled, Secret},
};

/// A building project that gives a community, a subdistrict or the district its office and service rooms.
#[derive(Debug, Clone, Register)]
#[register(
    table = "premises",
    title = "name",
    level = "community",
    level = "subdistrict",
    level = "district",
    lifecycle = super::LIFECYCLE,
    coverage = "month",
    merge = "follow",
    unique = "number",
    check = check,
    attachment = "title_paper",
    attachment = "floor_plan",
    attachment = "photo"
)]
pub struct Premises {
    /// Its number in the register, e.g. YF-0031.
    #[field(list, search)]
    pub number: String,
    /// What it is called.
    #[field(search)]
    pub name: String,
    /// Whom it serves.
    #[field(list)]
    pub kind: PremisesKind,
    /// How it is built.
    #[field(list)]
    pub works: Works,
    /// Where it stands.
    #[field(search)]
    pub address: Option<String>,
    /// Usable floor area in tenths of a square metre.
    #[field(list, sum, unit = "m²", min = 0, max = 10_000_000)]
    pub floor_area: Option<Scaled<1>>,
    /// The paper that proves the right to it.
    #[field(list)]
    pub title_paper: Option<TitlePaper>,
    /// Its number.
    #[field(search)]
    pub title_number: Option<String>,
    /// When the project was approved.
    pub approved_on: Option<NaiveDate>,
    /// When the building was completed.
    #[field(list)]
    pub completed_on: Option<NaiveDate>,
    /// When it was accepted.
    #[field(list)]
    pub accepted_on: Option<NaiveDate>,
    /// Phone of the one on site.
    pub contact_phone: Option<Secret>,
    /// A remark.
    #[field(long)]
    pub note: Option<String>,
    /// Floor area by function.
    #[field(rows)]
    pub rooms: Vec<Room>,
    /// Where the money came from.
    #[field(rows)]
    pub money: Vec<Money>,
}

/// Whom a project serves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum PremisesKind {
    /// A community's office and service rooms.
    CommunityOffice,
    /// A subdistrict's service centre.
    SubdistrictCentre,
    /// The district's service centre or platform.
    DistrictCentre,
}

/// How a project is built.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum Works {
    /// 新建
    NewBuild,
    /// 改建
    Rebuild,
}

/// The paper that proves the right to the rooms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum TitlePaper {
    /// 产权证
    TitleDeed,
    /// 移交协议
    HandoverAgreement,
    /// 租赁合同
    Lease,
}

/// Floor area for one function.
#[derive(Debug, Clone, Child)]
#[child(table = "premises_room")]
pub struct Room {
    /// What it is for.
    pub purpose: Purpose,
    /// How large, in tenths of a square metre.
    #[field(sum, unit = "m²", min = 1, max = 10_000_000)]
    pub floor_area: Scaled<1>,
}

/// What a room is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum Purpose {
    /// 办公室
    Office,
    /// 办事大厅
    ServiceHall,
    /// 警务室
    PoliceRoom,
    /// 调解室
    MediationRoom,
    /// 劳动保障服务站
    LabourStation,
    /// 计生办公室
    FamilyPlanningRoom,
    /// 卫生站
    HealthStation,
    /// 党员活动室
    PartyRoom,
    /// 文体活动室
    CultureRoom,
    /// 图书阅览室
    ReadingRoom,
    /// 居民学校
    ResidentSchool,
    /// 青少年活动室
    YouthPlace,
    /// 居家养老服务站
    HomeCareStation,
    /// 康复室
    RehabilitationRoom,
    /// 科普活动室
    ScienceRoom,
    /// 健身室
    FitnessRoom,
    /// 其他
    Other,
}

/// A sum that paid for it.
#[derive(Debug, Clone, Child)]
#[child(table = "premises_money")]
pub struct Money {
    /// Who paid.
    pub source: MoneySource,
    /// How much.
    #[field(sum, min = 1)]
    pub amount: Fen,
    /// When.
    pub paid_on: Option<NaiveDate>,
    /// By which document.
    pub document: Option<String>,
}

/// Who paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum MoneySource {
    /// 省、市补助
    Superior,
    /// 区级
    District,
    /// 街道
    Subdistrict,
    /// 社区自筹
    Community,
    /// 捐赠
    Donation,
}

/// The dates follow each other, and the rooms fit into the building.
fn check(record: &Record, found: &mut Vec<FieldProblem>) {
    let Some(premises) = Premises::from_record(record) else { return };
    let mut say =
        |field: &str, key: &str| found.push(FieldProblem { field: field.to_owned(), message: Message::new(key) });
    let before =
        |early: Option<NaiveDate>, late: Option<NaiveDate>| matches!((early, late), (Some(e), Some(l)) if l < e);
    if before(premises.approved_on, premises.completed_on) {
        say("completed_on", "premises-completed-before-approved");
    }
    if before(premises.completed_on, premises.accepted_on) {
        say("accepted_on", "premises-accepted-before-completed");
    }
    let rooms: i64 = premises.rooms.iter().map(|r| r.floor_area.0).sum();
    if premises.floor_area.is_some_and(|area| rooms > area.0) {
        say("floor_area", "premises-rooms-exceed-floor-area");
    }
}
