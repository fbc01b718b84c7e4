//! The premises projects that are told by hand: those whose cost, month and papers the walk through the demonstration
//! speaks of, and those that are not finished. All of it is invented.

use crate::dates::day;
use crate::premises::{PaperKind, PremisesKind, Stage, Works};
use chrono::NaiveDate;

/// A finished project with a cost (thousand yuan), a day of acceptance and a paper of its own.
pub(crate) struct Told {
    pub unit: &'static str,
    pub thousand_yuan: i64,
    pub accepted: NaiveDate,
    pub paper: PaperKind,
}

const fn told(unit: &'static str, thousand_yuan: i64, accepted: NaiveDate, paper: PaperKind) -> Told {
    Told { unit, thousand_yuan, accepted, paper }
}

use PaperKind::{HandoverAgreement, TitleDeed};

/// The community that falls short although its office is accepted: 459.0 m² against 2,446 ÷ 100 × 20 = 489.2 m².
pub(crate) const SHORT: &str = "C-S4-07";

pub(crate) const TOLD: &[Told] = &[
    told(SHORT, 312, day(2005, 11, 25), TitleDeed),
    told("C-S6-03", 564, day(2009, 5, 27), HandoverAgreement),
    told("C-S1-01", 485, day(2004, 7, 27), HandoverAgreement),
    told("C-S4-01", 599, day(2004, 8, 26), TitleDeed),
    told("C-S2-05", 483, day(2004, 6, 24), TitleDeed),
    told("C-S2-07", 319, day(2005, 7, 28), TitleDeed),
    told("C-S1-05", 419, day(2003, 9, 25), HandoverAgreement),
    told("C-S6-07", 291, day(2004, 2, 26), TitleDeed),
    told("C-S6-05", 475, day(2004, 1, 30), TitleDeed),
];

/// Accepted offices whose ownership paper is still missing.
pub(crate) const WITHOUT_PAPER: &[&str] = &["C-S2-02", "C-S3-09", "C-S4-03", "C-S5-05", "C-S6-08"];

/// A project that is not finished, or a service centre.
pub(crate) struct Plan {
    /// Register number; 0 takes the community's own.
    pub number: usize,
    pub kind: PremisesKind,
    pub unit: &'static str,
    pub what: &'static str,
    pub works: Works,
    pub m2: i64,
    pub thousand_yuan: i64,
    /// Stages entered, from the first on.
    pub days: &'static [NaiveDate],
    /// Stages entered after the opening day.
    pub later: &'static [NaiveDate],
    pub next_due: Option<NaiveDate>,
    pub note: &'static str,
}

const ALL: [Stage; 5] = [Stage::Proposed, Stage::Approved, Stage::Building, Stage::Completed, Stage::Accepted];

impl Plan {
    /// Stages entered, with their days.
    pub fn stages(&self) -> impl Iterator<Item = (Stage, NaiveDate)> {
        ALL.into_iter().zip(self.days.iter().copied())
    }

    /// Stages entered after the opening day, with their days.
    pub fn later(&self) -> impl Iterator<Item = (Stage, NaiveDate)> {
        ALL.into_iter().skip(self.days.len()).zip(self.later.iter().copied())
    }
}

use PremisesKind::{CommunityOffice, DistrictCentre, SubdistrictCentre};
use Works::{New, Rebuilt};

pub(crate) const PLANS: &[Plan] = &[
    Plan {
        number: 0,
        kind: CommunityOffice,
        unit: "C-S3-05",
        what: "",
        works: New,
        m2: 480,
        thousand_yuan: 470,
        days: &[day(2009, 2, 20), day(2009, 5, 15)],
        later: &[day(2009, 7, 13)],
        next_due: Some(day(2009, 7, 15)),
        note: "已立项，待开工",
    },
    Plan {
        number: 0,
        kind: CommunityOffice,
        unit: "C-S3-06",
        what: "",
        works: Rebuilt,
        m2: 520,
        thousand_yuan: 310,
        days: &[day(2009, 6, 15)],
        later: &[day(2009, 7, 1), day(2009, 9, 8)],
        next_due: Some(day(2009, 7, 3)),
        note: "拟由市属纺织仓库移交改建，已提请市里",
    },
    Plan {
        number: 0,
        kind: CommunityOffice,
        unit: "C-S3-08",
        what: "",
        works: New,
        m2: 560,
        thousand_yuan: 550,
        days: &[day(2009, 6, 15)],
        later: &[day(2009, 7, 2)],
        next_due: Some(day(2009, 7, 3)),
        note: "拟由新建小区配建，已提请市里",
    },
    Plan {
        number: 0,
        kind: CommunityOffice,
        unit: "C-S5-07",
        what: "",
        works: Rebuilt,
        m2: 470,
        thousand_yuan: 282,
        days: &[day(2008, 10, 14), day(2008, 12, 9), day(2009, 3, 16)],
        later: &[day(2009, 9, 11), day(2009, 9, 24)],
        next_due: Some(day(2009, 9, 30)),
        note: "街道旧办公楼改建",
    },
    Plan {
        number: 0,
        kind: CommunityOffice,
        unit: "C-S6-01",
        what: "",
        works: New,
        m2: 520,
        thousand_yuan: 515,
        days: &[day(2008, 9, 23), day(2008, 11, 18), day(2009, 2, 25)],
        later: &[day(2009, 8, 14), day(2009, 8, 27)],
        next_due: Some(day(2009, 8, 31)),
        note: "重点社区，主体已封顶",
    },
    centre(
        52,
        "S1",
        860,
        720,
        &[day(2005, 3, 9), day(2005, 4, 26), day(2005, 6, 8), day(2006, 1, 17), day(2006, 2, 15)],
    ),
    centre(
        53,
        "S2",
        980,
        830,
        &[day(2004, 2, 24), day(2004, 4, 6), day(2004, 5, 18), day(2004, 12, 14), day(2005, 1, 12)],
    ),
    centre(
        54,
        "S3",
        910,
        790,
        &[day(2006, 2, 21), day(2006, 4, 11), day(2006, 6, 6), day(2007, 1, 23), day(2007, 2, 8)],
    ),
    centre(
        55,
        "S4",
        1050,
        920,
        &[day(2005, 9, 6), day(2005, 10, 25), day(2006, 3, 7), day(2006, 11, 14), day(2006, 12, 12)],
    ),
    centre(
        56,
        "S5",
        830,
        700,
        &[day(2007, 3, 13), day(2007, 5, 15), day(2007, 7, 10), day(2008, 3, 18), day(2008, 4, 16)],
    ),
    Plan {
        later: &[day(2009, 10, 12), day(2009, 10, 26)],
        next_due: Some(day(2009, 10, 30)),
        note: "主体施工",
        ..centre(57, "S6", 900, 810, &[day(2008, 6, 17), day(2008, 9, 9), day(2008, 12, 2)])
    },
    Plan {
        number: 58,
        kind: DistrictCentre,
        unit: crate::DISTRICT,
        what: "社区服务中心",
        works: New,
        m2: 2150,
        thousand_yuan: 2040,
        days: &[day(2003, 3, 18), day(2003, 6, 10), day(2003, 9, 16), day(2004, 10, 19), day(2004, 11, 23)],
        later: &[],
        next_due: None,
        note: "",
    },
    Plan {
        number: 59,
        kind: CommunityOffice,
        unit: SHORT,
        what: "用房二楼活动室扩建",
        works: Rebuilt,
        m2: 33,
        thousand_yuan: 62,
        days: &[day(2009, 6, 12)],
        later: &[day(2009, 6, 25), day(2009, 6, 29), day(2009, 7, 21), day(2009, 7, 30)],
        next_due: Some(day(2009, 6, 26)),
        note: "补足面积差额 30.2 m²，概算，应于 2009-07-31 前完成",
    },
];

const fn centre(number: usize, unit: &'static str, m2: i64, thousand_yuan: i64, days: &'static [NaiveDate]) -> Plan {
    let (kind, works) = (SubdistrictCentre, Works::New);
    Plan {
        number,
        kind,
        unit,
        what: "社区服务中心",
        works,
        m2,
        thousand_yuan,
        days,
        later: &[],
        next_due: None,
        note: "",
    }
}
