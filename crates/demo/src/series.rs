//! The figures of 2007–2010, all synthetic, chosen so that on the opening day some indicators are met and some are not.
//!
//! The rule that matters: a figure is dated when it could have been known. Those of 2008 appear in early 2009; those of
//! 2009 and 2010 lie in the future of the opening day.

use crate::dates::{day, office_day};
use crate::figure::{Correction, Figure, Number};
use crate::mark::Mark;
use crate::names::Draw;
use crate::units::DISTRICT;
use crate::{Unit, UnitKind};

/// A measure of the district with one value a year, 2007–2010.
struct Yearly {
    measure: &'static str,
    department: &'static str,
    /// `{}` stands for the year.
    document: &'static str,
    unit: &'static str,
    decimals: u8,
    values: [i64; 4],
    /// Month and day of entry in the year after.
    entered: (u32, u32),
}

const fn yearly(
    measure: &'static str,
    (department, document, entered): (&'static str, &'static str, (u32, u32)),
    unit: &'static str,
    decimals: u8,
    values: [i64; 4],
) -> Yearly {
    Yearly { measure, department, document, unit, decimals, values, entered }
}

type Origin = (&'static str, &'static str, (u32, u32));
const BULLETIN: Origin = ("tjj", "武陵区{}年国民经济和社会发展统计公报", (3, 20));
const CITY_BULLETIN: Origin = ("tjj", "常德市{}年国民经济和社会发展统计公报", (3, 27));
const PROVINCE_BULLETIN: Origin = ("tjj", "湖南省{}年国民经济和社会发展统计公报", (3, 30));
const BUDGET: Origin = ("czj", "武陵区{}年财政预算执行情况报告", (1, 20));
const INSURANCE: Origin = ("ldj", "武陵区{}年社会保险年报", (2, 24));
const BIRTHS: Origin = ("jsw", "武陵区{}年度人口和计划生育统计年报", (1, 16));
const AIR: Origin = ("hbj", "常德市城区{}年环境质量公报", (4, 3));

const YEARLY: &[Yearly] = &[
    // A01: 0.6 points behind the city in 2008.
    yearly("series.gdp_growth", BULLETIN, "%", 1, [141, 124, 132, 148]),
    yearly("series.city_gdp_growth", CITY_BULLETIN, "%", 1, [146, 130, 135, 147]),
    // A02: 3,620 on 31,060 after the correction, 11.7 %.
    yearly("series.budget_revenue_increase", BUDGET, "万元", 0, [3910, 3580, 4510, 6990]),
    yearly("series.budget_revenue_last_year", BUDGET, "万元", 0, [27150, 31060, 34680, 39190]),
    // A03: 0.7 points ahead of the province.
    yearly("series.urban_income_growth", BULLETIN, "%", 1, [163, 128, 98, 107]),
    yearly("series.province_urban_income_growth", PROVINCE_BULLETIN, "%", 1, [168, 121, 95, 102]),
    // A05: pension 90.5 %, medical 87.7 %; the lower counts.
    yearly("series.pension_insured", INSURANCE, "人", 0, [78_940, 82_610, 87_020, 91_480]),
    yearly("series.pension_due", INSURANCE, "人", 0, [90_120, 91_300, 93_650, 96_200]),
    yearly("series.medical_insured", INSURANCE, "人", 0, [128_400, 172_310, 186_900, 194_250]),
    yearly("series.medical_due", INSURANCE, "人", 0, [194_800, 196_520, 199_300, 203_100]),
    // A08: 93.0 %.
    yearly("series.births_within_policy", BIRTHS, "人", 0, [2275, 2312, 2341, 2398]),
    yearly("series.births", BIRTHS, "人", 0, [2481, 2486, 2502, 2547]),
    // A09: between 310 and 330 days.
    yearly("series.good_air_days", AIR, "天", 0, [317, 326, 334, 338]),
];

/// A04: registered unemployed and urban labour force at the end of each quarter, from 2007-Q4. 4.8 % in 2009-Q1.
const QUARTERS: &[(i32, u32, i64, i64)] = &[
    (2007, 4, 4986, 114_620),
    (2008, 1, 5013, 114_980),
    (2008, 2, 4971, 115_240),
    (2008, 3, 5102, 115_710),
    (2008, 4, 5418, 116_050),
    (2009, 1, 5587, 116_390),
    (2009, 2, 5462, 116_820),
    (2009, 3, 5318, 117_300),
    (2009, 4, 5196, 117_940),
    (2010, 1, 5171, 118_260),
    (2010, 2, 5108, 118_730),
    (2010, 3, 5066, 119_180),
    (2010, 4, 5031, 119_900),
];

/// Every figure, district first.
pub(crate) fn figures(units: &[Unit]) -> Vec<Figure> {
    let mut all = Vec::new();
    for row in YEARLY {
        for (year, units) in (2007..).zip(row.values) {
            all.push(Figure {
                measure: row.measure.to_owned(),
                unit: DISTRICT.to_owned(),
                period: year.to_string(),
                value: Number { units, decimals: row.decimals },
                of: None,
                unit_of_measurement: row.unit.to_owned(),
                document: row.document.replace("{}", &year.to_string()),
                department: format!("dept-{}", row.department),
                entered_on: office_day(day(year + 1, row.entered.0, row.entered.1)),
                corrections: correction(row.measure, year),
                mark: Mark::invented(),
            });
        }
    }
    for (year, quarter, unemployed, force) in QUARTERS {
        let (next_year, month) = if *quarter == 4 { (year + 1, 1) } else { (*year, quarter * 3 + 1) };
        for (measure, units) in [("series.registered_unemployed", unemployed), ("series.urban_labour_force", force)] {
            all.push(Figure {
                measure: measure.to_owned(),
                unit: DISTRICT.to_owned(),
                period: format!("{year}-Q{quarter}"),
                value: Number { units: *units, decimals: 0 },
                of: None,
                unit_of_measurement: "人".to_owned(),
                document: format!("武陵区{year}年第{quarter}季度就业统计报表"),
                department: "dept-ldj".to_owned(),
                entered_on: office_day(day(next_year, month, 16)),
                corrections: vec![],
                mark: Mark::invented(),
            });
        }
    }
    for unit in units.iter().filter(|u| u.kind == UnitKind::Community) {
        community(unit, &mut all);
    }
    all
}

/// The one figure that was corrected: the January report against the final accounts.
fn correction(measure: &str, year: i32) -> Vec<Correction> {
    if measure != "series.budget_revenue_increase" || year != 2008 {
        return vec![];
    }
    vec![Correction {
        value: Number { units: 3620, decimals: 0 },
        on: day(2009, 5, 12),
        reason: "一月所报为预算执行快报数，按财政决算批复更正".to_owned(),
        document: "武陵区2008年财政决算报告".to_owned(),
    }]
}

/// Households and residents at the end of each year. The value of the units file is that of 2008; the years around it
/// differ by a little and never fall under 2,000 households.
fn community(unit: &Unit, all: &mut Vec<Figure>) {
    let (Some(households), Some(population)) = (unit.households, unit.population) else { return };
    let (households, population) = (i64::from(households), i64::from(population));
    let mut draw = Draw::new(0, &format!("growth {}", unit.key));
    let (less, more) = (draw.between(4, 18).min(households - 2000).max(0), draw.between(6, 24));
    let persons = |of: i64| of * population / households;
    for (year, change) in [(2007, -less), (2008, 0), (2009, more), (2010, more + draw.between(4, 20))] {
        let values = [
            ("series.households", "户", households + change),
            ("series.population", "人", population + persons(change)),
        ];
        for (measure, of, units) in values {
            all.push(Figure {
                measure: measure.to_owned(),
                unit: unit.key.clone(),
                period: year.to_string(),
                value: Number { units, decimals: 0 },
                of: None,
                unit_of_measurement: of.to_owned(),
                document: format!("{year}年末社区户籍人口统计表"),
                department: "dept-gaj".to_owned(),
                entered_on: office_day(day(year + 1, 1, 12 + unit.order % 4)),
                corrections: vec![],
                mark: Mark::invented(),
            });
        }
    }
}
