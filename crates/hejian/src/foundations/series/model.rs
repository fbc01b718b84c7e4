//! The register and its invariants. No I/O.

use chrono::NaiveDate;
use hejian_kernel::{
    error::{FieldProblem, Message},
    register::{Choice, Decimal, Record, Register},
};
use hejian_scoring::period::Period;

/// A figure of a department for one unit and period.
#[derive(Debug, Clone, Register)]
#[register(
    table = "series",
    title = "measure",
    level = "district",
    level = "subdistrict",
    level = "community",
    merge = "stay",
    unique = "measure, period",
    check = check,
    attachment = "source_document"
)]
pub struct Series {
    /// What is measured.
    #[field(list)]
    pub measure: Measure,
    /// For when: 2009, 2009-H1, 2009-Q1 or 2009-03.
    #[field(list, search)]
    pub period: String,
    /// The figure, for measures that are not rates.
    #[field(list)]
    pub value: Option<Decimal<4>>,
    /// The upper part of a rate.
    #[field(list)]
    pub numerator: Option<Decimal<4>>,
    /// The lower part of a rate.
    #[field(list)]
    pub denominator: Option<Decimal<4>>,
    /// The report or bulletin it was taken from.
    #[field(list, search)]
    pub source_document: String,
    /// The department that answers for it.
    #[field(search)]
    pub reported_by: Option<String>,
    /// When the source was published.
    pub published_on: Option<NaiveDate>,
    /// A remark, e.g. why it was corrected.
    #[field(long)]
    pub note: Option<String>,
}

/// What is measured; the codes are those of the standard's measure ids after `series.`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub enum Measure {
    /// Births in line with policy (%, district, year).
    BirthPolicyRate,
    /// Births (人, district, year).
    Births,
    /// Births in line with policy (人, district, year).
    BirthsWithinPolicy,
    /// Growth of general budget revenue (%, district, year).
    BudgetRevenueGrowth,
    /// General budget revenue of the year less that of the year before, same scope (may be negative) (万元, district, year).
    BudgetRevenueIncrease,
    /// General budget revenue of the year before, same scope (万元, district, year).
    BudgetRevenueLastYear,
    /// Real growth of the whole city's GDP over the year before (comparison value) (%, district, year).
    CityGdpGrowth,
    /// The community office's own line in the district budget of the year (元, district, year).
    CommunityOfficeBudget,
    /// Real growth of the district's GDP over the year before, constant prices (%, district, year).
    GdpGrowth,
    /// Days of the year at air quality grade II or better (天, district, year).
    GoodAirDays,
    /// Households of the community (户, community, year).
    Households,
    /// Major criminal cases and mass incidents on the list of the political-legal commission (起, district, month).
    MajorCases,
    /// Medical insurance coverage (%, district, year).
    MedicalCoverage,
    /// Persons who should be in a basic urban medical insurance (人, district, year).
    MedicalDue,
    /// Persons in a basic urban medical insurance (人, district, year).
    MedicalInsured,
    /// Monthly minimum wage set by the city for the district (comparison value) (元/月, district, year).
    MinimumWage,
    /// Pension coverage (%, district, year).
    PensionCoverage,
    /// Persons who should be in the basic urban pension (人, district, year).
    PensionDue,
    /// Persons paying into or drawing the basic urban pension (人, district, year).
    PensionInsured,
    /// Residents of the community (人, community, year).
    Population,
    /// Residents aged 60 and over (人, district, year).
    Population60plus,
    /// Growth of the province's urban per-capita disposable income (comparison value) (%, district, year).
    ProvinceUrbanIncomeGrowth,
    /// Registered urban unemployed at the end of the period (人, district, quarter).
    RegisteredUnemployed,
    /// Registered urban unemployment rate (%, district, quarter).
    UnemploymentRate,
    /// Growth of the district's urban per-capita disposable income (%, district, year).
    UrbanIncomeGrowth,
    /// Urban employed plus registered unemployed at the end of the period (人, district, quarter).
    UrbanLabourForce,
}

impl Measure {
    /// Whether it is a rate, kept as numerator and denominator.
    #[must_use]
    pub fn is_rate(self) -> bool {
        matches!(
            self,
            Self::BirthPolicyRate
                | Self::BudgetRevenueGrowth
                | Self::MedicalCoverage
                | Self::PensionCoverage
                | Self::UnemploymentRate
        )
    }

    /// The id in the standard's list of measures.
    #[must_use]
    pub fn id(self) -> String {
        format!("series.{}", self.code())
    }
}

/// The period can be read; a rate has both parts and no value of its own, everything else has a value and no parts.
fn check(record: &Record, found: &mut Vec<FieldProblem>) {
    let Some(series) = Series::from_record(record) else { return };
    let mut say =
        |field: &str, key: &str| found.push(FieldProblem { field: field.to_owned(), message: Message::new(key) });
    if series.period.parse::<Period>().is_err() {
        say("period", "series-bad-period");
    }
    if series.measure.is_rate() {
        if series.value.is_some() {
            say("value", "series-rate-has-no-value");
        }
        if series.numerator.is_none() {
            say("numerator", "field-required");
        }
        match series.denominator {
            None => say("denominator", "field-required"),
            Some(d) if d.0 <= 0 => say("denominator", "series-denominator-positive"),
            Some(_) => {}
        }
    } else {
        if series.value.is_none() {
            say("value", "field-required");
        }
        if series.numerator.is_some() || series.denominator.is_some() {
            say("numerator", "series-only-rates-have-parts");
        }
    }
}
