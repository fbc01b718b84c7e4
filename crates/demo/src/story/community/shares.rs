//! Shares of residents, households or workers: by measure, how many of a hundred in which month.

use super::{Line, Share, Whole, line};
use crate::story::{From, Rhythm};

use Rhythm::{Late, OnChange, Quarterly, Seldom};

pub(super) const SHARES: &[Share] = &[
    // A06
    share(
        line("relief.full_cover", "%", "mzj", "低保核查汇总表（{}）"),
        Quarterly,
        Whole::Told(60, 180),
        &[(2008_09, 98_000), (2008_12, 98_500), (2009_03, 99_200), (2009_06, 100_000)],
    ),
    // C06
    share(
        line("relief.posted_share", "%", "mzj", "社会救助公示记录（{}）"),
        Quarterly,
        Whole::Told(6, 14),
        &[(2008_09, 98_000), (2008_12, 98_400), (2009_03, 99_000), (2009_06, 99_400), (2009_09, 99_800)],
    ),
    // C18: more disputes over wages in the winter.
    share(
        line("dispute.settled_share", "%", "sfj", "人民调解统计表（{}）"),
        Quarterly,
        Whole::Told(6, 20),
        &[(2008_09, 93_500), (2008_12, 92_800), (2009_03, 94_200), (2009_06, 95_400), (2009_09, 96_200)],
    ),
    // C27
    share(
        line("compound.service_share", "%", "fcj", "住宅小区物业服务调查表（{}）"),
        OnChange,
        Whole::Told(8, 20),
        &[(2008_09, 51_000), (2009_01, 53_000), (2009_04, 56_000), (2009_07, 60_000)],
    ),
    // D04: 9.2 yuan a household and year at the start, over 13 from May on; a payment came late in the winter.
    share(
        line("finance.working_funds_paid", "元", "czj", "社区工作经费拨付表（{}）"),
        Late,
        Whole::Households,
        &[(2008_09, 960_000), (2008_11, 990_000), (2009_02, 1_100_000), (2009_05, 1_320_000), (2009_08, 1_400_000)],
    ),
    share(
        line("finance.on_time_share", "%", "czj", "社区工作经费拨付表（{}）"),
        Late,
        Whole::Told(20_000, 30_000),
        &[(2008_09, 100_000), (2009_02, 97_200), (2009_05, 100_000)],
    ),
    // D05: 400 households a worker are 250.
    share(
        line("staff.workers", "人", "mzj", "社区工作者花名册（{}）"),
        Seldom,
        Whole::Households,
        &[(2008_09, 254), (2009_02, 257), (2009_07, 262)],
    ),
    share(
        line("staff.workers_trained", "人", "mzj", "社区工作者培训签到册（{}）"),
        Seldom,
        Whole::Of("staff.workers"),
        &[(2008_09, 78_000), (2009_02, 85_000), (2009_07, 93_000)],
    ),
    // D07
    share(
        line("volunteer.registered", "人", "mzj", "注册志愿者名册（{}）"),
        Late,
        Whole::Residents,
        &[(2008_09, 5_300), (2008_11, 5_700), (2009_02, 6_400), (2009_05, 7_300), (2009_08, 8_300)],
    ),
    share(
        line("volunteer.active", "人", "mzj", "志愿服务记录（{}）"),
        Late,
        Whole::Of("volunteer.registered"),
        &[(2008_09, 62_000), (2009_02, 63_000), (2009_05, 66_000), (2009_08, 68_000)],
    ),
];

const fn share(line: Line, rhythm: Rhythm, whole: Whole, parts: &'static [From<i64>]) -> Share {
    Share { line, rhythm, whole, parts }
}
