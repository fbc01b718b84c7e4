//! The tables: by indicator, how far it had come in which month. The month is that of the period; it is known a month later.

use super::{Line, Reach, line};
use crate::story::{From, Rhythm};

use Rhythm::{Early, Late, Monthly, OnChange, Quarterly, Seldom};

const fn has(
    line: Line,
    order: &'static str,
    rhythm: Rhythm,
    good: (i64, i64),
    reached: &'static [From<usize>],
) -> Reach {
    Reach { line, order, rhythm, good, short: (0, 0), of: None, reached }
}

const fn rate(
    line: Line,
    order: &'static str,
    good: (i64, i64),
    of: (i64, i64),
    reached: &'static [From<usize>],
) -> Reach {
    Reach { line, order, rhythm: Late, good, short: (72, 82), of: Some(of), reached }
}

const fn short(of: Reach, short: (i64, i64)) -> Reach {
    Reach { short, ..of }
}

/// Everywhere, all the time.
const ALL: &[From<usize>] = &[(2008_09, 51)];

pub(super) const REACHES: &[&[Reach]] =
    &[TWINNING, SELF_GOVERNMENT, SERVICES, SAFETY, CULTURE, SURROUNDINGS, GUARANTEES];

/// B07
const TWINNING: &[Reach] = &[
    has(line("twinning.active_pairs", "个", "zgw", "区直单位联点扶建社区一览表（{}）"), "B07", Late, (1, 2), ALL),
    has(
        line("twinning.delivered_items", "件", "zgw", "联点扶建实事清单（{}）"),
        "B07",
        Late,
        (1, 5),
        &[(2008_09, 46), (2008_11, 46), (2009_02, 48), (2009_05, 50), (2009_08, 51)],
    ),
];

/// C01, C03, C04; C02 stands beside the tables.
const SELF_GOVERNMENT: &[Reach] = &[
    has(
        line("organisation.party_organisations", "个", "zzb", "社区党组织名册（{}）"),
        "C01",
        OnChange,
        (1, 1),
        &[(2008_09, 49), (2008_12, 50), (2009_04, 51)],
    ),
    has(line("meeting.cobuilding_meetings", "次", "zzb", "党建联席会记录（{}）"), "C01", Late, (1, 4), ALL),
    short(
        has(
            line("meeting.assemblies", "次", "mzj", "居民（代表）会议台账（{}）"),
            "C03",
            Late,
            (2, 4),
            &[(2008_09, 42), (2009_02, 43), (2009_05, 45), (2009_08, 47)],
        ),
        (1, 1),
    ),
    rate(
        line("meeting.assembly_attendance", "%", "mzj", "居民（代表）会议签到统计（{}）"),
        "C03",
        (86, 96),
        (38, 64),
        ALL,
    ),
    short(
        has(
            line("disclosure.quarters_with_affairs", "季", "mzj", "居务公开检查表（{}）"),
            "C04",
            Quarterly,
            (4, 4),
            &[(2008_09, 45), (2008_12, 46), (2009_03, 48), (2009_06, 50), (2009_09, 51)],
        ),
        (2, 3),
    ),
];

/// C07, C08, C10–C15.
const SERVICES: &[Reach] = &[
    has(
        line("charity.operating_shops", "个", "mzj", "慈善超市名册和盘点表（{}）"),
        "C07",
        Late,
        (1, 1),
        &[(2008_09, 5), (2009_02, 6), (2009_05, 8), (2009_08, 10)],
    ),
    has(
        line("premises.home_care_stations", "个", "mzj", "居家养老服务站名册（{}）"),
        "C08",
        OnChange,
        (1, 1),
        &[(2008_09, 14), (2009_03, 17), (2009_07, 21)],
    ),
    has(
        line("eldercare.provider_agreements", "份", "mzj", "居家养老服务协议登记（{}）"),
        "C08",
        OnChange,
        (1, 2),
        &[(2008_09, 35), (2008_12, 36), (2009_02, 38), (2009_04, 40), (2009_07, 42)],
    ),
    has(
        line("premises.rehabilitation_rooms", "个", "clh", "社区康复站点名册（{}）"),
        "C10",
        OnChange,
        (1, 1),
        &[(2008_09, 34), (2008_12, 35), (2009_02, 37), (2009_05, 39), (2009_07, 41)],
    ),
    has(
        line("premises.labour_stations", "个", "ldj", "社区劳动保障服务站名册（{}）"),
        "C11",
        OnChange,
        (1, 1),
        &[(2008_09, 47), (2009_01, 48), (2009_04, 49), (2009_06, 50), (2009_08, 51)],
    ),
    has(line("staff.labour_clerks", "人", "ldj", "劳动保障协理员花名册（{}）"), "C11", Seldom, (1, 2), ALL),
    // Two families waited too long after the layoffs of the winter.
    short(
        has(
            line("household.zero_employment_overdue", "户", "ldj", "零就业家庭台账（{}）"),
            "C12",
            Late,
            (0, 0),
            &[(2008_09, 51), (2009_02, 49), (2009_05, 50), (2009_08, 51)],
        ),
        (1, 1),
    ),
    has(
        line("outlet.health_institutions_serving", "个", "wsj", "社区卫生服务机构服务范围表（{}）"),
        "C13",
        OnChange,
        (1, 2),
        &[(2008_09, 48), (2009_04, 49)],
    ),
    short(
        has(
            line("inspection.family_planning_score", "分", "jsw", "计划生育优质服务检查通报（{}）"),
            "C14",
            Early,
            (81, 96),
            &[(2008_09, 45), (2009_04, 46)],
        ),
        (68, 79),
    ),
    has(line("policy.emergency_plans", "份", "mzj", "社区应急预案清单（{}）"), "C15", OnChange, (1, 1), ALL),
    has(
        line("premises.shelters", "个", "mzj", "社区避灾场所名册（{}）"),
        "C15",
        OnChange,
        (1, 2),
        &[(2008_09, 46), (2009_05, 48)],
    ),
    has(
        line("course.drills", "次", "mzj", "应急演练记录（{}）"),
        "C15",
        Late,
        (1, 3),
        &[(2008_09, 33), (2008_11, 35), (2009_02, 36), (2009_05, 41), (2009_08, 43)],
    ),
];

/// C16, C20. Both wait for the city: police posts and the fire brigade are not the district's.
const SAFETY: &[Reach] = &[
    has(
        line("premises.police_rooms", "个", "gaj", "社区警务室名册（{}）"),
        "C16",
        OnChange,
        (1, 1),
        &[(2008_09, 40), (2009_01, 41), (2009_04, 42), (2009_07, 43), (2009_08, 44)],
    ),
    has(line("staff.police_officers", "人", "gaj", "社区民警花名册（{}）"), "C16", Seldom, (1, 2), ALL),
    has(line("inspection.fire_checks", "次", "xfd", "社区消防检查记录（{}）"), "C20", Late, (1, 4), ALL),
    short(
        has(
            line("inspection.fire_hazards_open", "处", "xfd", "逾期未改火灾隐患清单（{}）"),
            "C20",
            Late,
            (0, 0),
            &[(2008_09, 42), (2009_02, 43), (2009_05, 45), (2009_08, 46)],
        ),
        (1, 2),
    ),
];

/// C21–C25.
const CULTURE: &[Reach] = &[
    has(
        line("premises.culture_rooms", "个", "whj", "社区文化活动室名册（{}）"),
        "C21",
        OnChange,
        (1, 2),
        &[(2008_09, 44), (2009_01, 45), (2009_03, 46)],
    ),
    has(
        line("premises.reading_rooms", "个", "whj", "社区图书室名册（{}）"),
        "C21",
        OnChange,
        (1, 1),
        &[(2008_09, 48), (2009_05, 49)],
    ),
    has(
        line("premises.fitness_sites", "个", "tyj", "全民健身路径登记（{}）"),
        "C22",
        OnChange,
        (1, 3),
        &[(2008_09, 45), (2009_05, 46)],
    ),
    has(
        line("premises.resident_schools", "个", "jyj", "社区居民学校名册（{}）"),
        "C23",
        OnChange,
        (1, 1),
        &[(2008_09, 47), (2009_03, 49)],
    ),
    has(
        line("premises.youth_places", "个", "jyj", "青少年活动场所名册（{}）"),
        "C23",
        OnChange,
        (1, 1),
        &[(2008_09, 45), (2009_03, 47)],
    ),
    short(
        has(
            line("course.resident_sessions", "次", "jyj", "居民学校教学记录（{}）"),
            "C23",
            Early,
            (4, 9),
            &[(2008_09, 46), (2009_04, 48)],
        ),
        (1, 3),
    ),
    short(
        has(
            line("course.youth_sessions", "次", "jyj", "青少年活动记录（{}）"),
            "C23",
            Early,
            (4, 8),
            &[(2008_09, 40), (2009_01, 41), (2009_04, 44), (2009_07, 46)],
        ),
        (0, 3),
    ),
    has(
        line("premises.science_sites", "个", "kxx", "社区科普设施名册（{}）"),
        "C24",
        OnChange,
        (1, 2),
        &[(2008_09, 36), (2009_03, 38), (2009_06, 41)],
    ),
    // The city names civilised communities twice in the time.
    has(
        line("honour.civilised_titles", "个", "xcb", "文明社区命名文件登记（{}）"),
        "C25",
        OnChange,
        (1, 1),
        &[(2008_09, 16), (2008_12, 18), (2009_07, 22)],
    ),
];

/// C26, C28. Streets were swept for the evaluation and less so after the naming.
const SURROUNDINGS: &[Reach] = &[
    short(
        has(
            line("inspection.sanitation_score", "分", "cgj", "城区环境卫生月检查通报（{}）"),
            "C26",
            Monthly,
            (80, 95),
            &[
                (2008_09, 46),
                (2008_12, 45),
                (2009_02, 46),
                (2009_04, 47),
                (2009_06, 48),
                (2009_08, 49),
                (2009_11, 48),
                (2009_12, 37),
                (2010_01, 39),
            ],
        ),
        (64, 79),
    ),
    short(
        has(
            line("outlet.convenience_kinds", "种", "swj", "社区便民网点调查表（{}）"),
            "C28",
            OnChange,
            (4, 6),
            &[(2008_09, 39), (2008_12, 40), (2009_03, 41)],
        ),
        (2, 3),
    ),
];

/// D05, D06, D08. The accounts of D06 are also those of C04, so they share its order.
const GUARANTEES: &[Reach] = &[
    has(line("staff.lowest_pay", "元/月", "mzj", "社区工作者工资发放表（{}）"), "D05", Seldom, (660, 920), ALL),
    has(
        line("finance.agency_agreements", "份", "sjj", "居财街代管协议登记（{}）"),
        "C04",
        OnChange,
        (1, 1),
        &[(2008_09, 50), (2009_01, 51)],
    ),
    short(
        has(
            line("finance.quarters_published", "季", "sjj", "社区财务公开检查表（{}）"),
            "C04",
            Quarterly,
            (4, 4),
            &[(2008_09, 48), (2008_12, 49), (2009_03, 50), (2009_06, 51)],
        ),
        (2, 3),
    ),
    short(
        has(
            line("finance.unreceipted_vouchers", "张", "sjj", "社区财务审查记录（{}）"),
            "C04",
            Quarterly,
            (0, 0),
            &[(2008_09, 45), (2008_12, 46), (2009_03, 48), (2009_06, 50)],
        ),
        (1, 4),
    ),
    short(
        has(
            line("finance.open_audit_findings", "项", "sjj", "社区审计整改台账（{}）"),
            "C04",
            Late,
            (0, 0),
            &[(2008_09, 46), (2008_11, 47), (2009_02, 49), (2009_05, 50)],
        ),
        (1, 2),
    ),
    short(
        has(
            line("civil_organisation.filed", "个", "mzj", "社区民间组织备案登记（{}）"),
            "D08",
            OnChange,
            (4, 6),
            &[(2008_09, 26), (2008_12, 29), (2009_02, 33), (2009_04, 37), (2009_06, 41), (2009_08, 46)],
        ),
        (2, 3),
    ),
];
