//! What departments report for the whole district: leadership, plans, meetings, duties, supervision, and a few services.

use super::{From, Line, Month, Rhythm, Teller, at, entered, line};
use crate::dates::{day, office_day};
use crate::units::DISTRICT;

/// A figure of the district that goes up or down by steps.
struct Steps {
    line: Line,
    rhythm: Rhythm,
    steps: &'static [From<i64>],
}

const fn steps(line: Line, rhythm: Rhythm, steps: &'static [From<i64>]) -> Steps {
    Steps { line, rhythm, steps }
}

/// A figure of the district with one value a year, and the day it was known.
struct Year {
    line: Line,
    values: &'static [(i32, i64, (i32, u32, u32))],
}

use Rhythm::{Monthly, OnChange, Quarterly};

const STEPS: &[Steps] = &[
    // A07: 11 beds for a thousand of the old, 15 with the new home.
    steps(
        line("eldercare.beds", "张", "mzj", "武陵区{}养老机构床位登记"),
        OnChange,
        &[(2008_09, 371), (2009_01, 402), (2009_04, 446), (2009_07, 512)],
    ),
    // B01
    steps(line("policy.leading_group_documents", "份", "qwb", "武陵区{}有效文件清单"), OnChange, &[(2008_09, 1)]),
    steps(
        line("organisation.leading_group_principal_heads", "人", "qwb", "武陵区{}社区建设工作领导小组名单"),
        OnChange,
        &[(2008_09, 1)],
    ),
    steps(
        line("organisation.office_posts_filled", "个", "qwb", "武陵区{}社区建设办公室人员名单"),
        OnChange,
        &[(2008_09, 4), (2008_12, 6)],
    ),
    // B02
    steps(line("policy.plan_documents", "份", "fgj", "武陵区{}规划和计划清单"), OnChange, &[(2008_09, 1)]),
    // B03
    steps(
        line("meeting.topic_meetings", "次", "zfb", "武陵区{}常委会和常务会议题登记"),
        Monthly,
        &[(2008_09, 1), (2008_12, 2), (2009_05, 3)],
    ),
    // B04
    steps(
        line("policy.required_subjects_covered", "类", "mzj", "武陵区{}社区建设文件清单"),
        OnChange,
        &[(2008_09, 5), (2009_01, 6), (2009_03, 7)],
    ),
    // B05
    steps(
        line("meeting.joint_meetings", "次", "sqb", "武陵区{}联席会议登记"),
        Monthly,
        &[(2008_09, 2), (2008_12, 3), (2009_02, 4), (2009_06, 5), (2009_12, 4)],
    ),
    steps(line("duty.indicators", "项", "sqb", "武陵区{}指标任务分解表"), Monthly, &[(2008_09, 53)]),
    steps(
        line("duty.indicators_with_one_lead", "项", "sqb", "武陵区{}指标任务分解表"),
        Monthly,
        &[(2008_09, 41), (2008_11, 48), (2008_12, 53)],
    ),
    // B06: fewer were looked at over the new year.
    steps(
        line("supervision.tasks", "项", "dcs", "武陵区{}督查台账"),
        Monthly,
        &[(2008_09, 96), (2008_12, 125), (2009_03, 148), (2009_07, 160)],
    ),
    steps(
        line("supervision.tasks_inspected", "项", "dcs", "武陵区{}督查台账"),
        Monthly,
        &[(2008_09, 88), (2008_12, 111), (2009_02, 114), (2009_03, 139), (2009_05, 148), (2009_07, 160)],
    ),
    // C05
    steps(
        line("task_admission.tasks_put", "项", "mzj", "武陵区{}社区工作事项目录"),
        Monthly,
        &[(2008_09, 50), (2009_03, 48), (2009_06, 47)],
    ),
    steps(
        line("task_admission.tasks_admitted_with_fee", "项", "mzj", "武陵区{}准入审批和经费拨付登记"),
        Monthly,
        &[(2008_09, 47), (2009_02, 47), (2009_06, 46), (2009_08, 47)],
    ),
    // C09
    steps(
        line("entitlement.persons_entitled", "人", "mzj", "武陵区{}优抚对象名册"),
        Monthly,
        &[(2008_09, 1862), (2009_01, 1849), (2009_07, 1838)],
    ),
    steps(
        line("entitlement.persons_paid_on_time", "人", "mzj", "武陵区{}优抚金发放表"),
        Monthly,
        &[(2008_09, 1851), (2009_01, 1842), (2009_05, 1849), (2009_07, 1838)],
    ),
    // C17: the veto never falls.
    steps(line("series.major_cases", "起", "zfw", "武陵区{}重大案件通报"), Monthly, &[(2008_09, 0)]),
    // C19
    steps(
        line("petition.due", "件", "xfj", "武陵区{}信访件办理统计"),
        Quarterly,
        &[(2008_09, 214), (2008_12, 231), (2009_03, 198), (2009_06, 205), (2009_09, 187), (2009_12, 221)],
    ),
    steps(
        line("petition.closed_in_time", "件", "xfj", "武陵区{}信访件办理统计"),
        Quarterly,
        &[(2008_09, 196), (2008_12, 210), (2009_03, 186), (2009_06, 197), (2009_09, 181), (2009_12, 212)],
    ),
];

const YEARS: &[Year] = &[
    // A07
    Year {
        line: line("series.population_60plus", "人", "gaj", "{}末60岁及以上户籍人口统计表"),
        values: &[(2007, 32_610, (2008, 1, 15)), (2008, 33_420, (2009, 1, 14)), (2009, 34_180, (2010, 1, 14))],
    },
    // B01
    Year {
        line: line("series.community_office_budget", "元", "czj", "武陵区{}部门预算批复"),
        values: &[(2008, 380_000, (2008, 2, 26)), (2009, 620_000, (2009, 2, 24)), (2010, 640_000, (2010, 2, 23))],
    },
    // B02
    Year {
        line: line("duty.target_letters", "份", "sqb", "武陵区{}年度目标责任书"),
        values: &[(2008, 14, (2008, 3, 18)), (2009, 58, (2009, 3, 17)), (2010, 58, (2010, 2, 24))],
    },
    // B06
    Year {
        line: line("duty.appraisal_weight", "%", "zzb", "武陵区{}领导班子考核办法"),
        values: &[(2008, 2, (2008, 4, 15)), (2009, 5, (2009, 3, 25)), (2010, 5, (2010, 2, 25))],
    },
    // D05
    Year {
        line: line("series.minimum_wage", "元/月", "ldj", "常德市{}最低工资标准的通知"),
        values: &[(2008, 635, (2008, 8, 12))],
    },
];

pub(super) fn tell(teller: &mut Teller<'_>) {
    for row in STEPS {
        let mut last = None;
        for month in row.rhythm.months() {
            let value = at(row.steps, month);
            if row.rhythm == OnChange && !worth_telling(last, value, month) {
                continue;
            }
            last = Some(value);
            let (period, words) = (row.rhythm.period(month), row.rhythm.words(month));
            let on = entered(row.line.department, month, row.rhythm);
            teller.tell(row.line, DISTRICT, (period, &words), value, None, on);
        }
    }
    for row in YEARS {
        for (year, value, (y, m, d)) in row.values {
            let on = office_day(day(*y, *m, *d));
            teller.tell(row.line, DISTRICT, (year.to_string(), &format!("{year}年")), *value, None, on);
        }
    }
}

/// What is told on change: the first time, whatever changed, and everything at the second count.
pub(super) fn worth_telling<T: PartialEq>(last: Option<T>, now: T, month: Month) -> bool {
    month == super::RECOUNT || last.is_none_or(|last| last != now)
}
