//! The register and its invariants. No I/O.

use chrono::NaiveDate;
use hejian_kernel::{
    error::{FieldProblem, Message},
    register::{Decimal, Record, Register},
};
use hejian_scoring::period::Period;

use super::Measure;

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
    /// For when: 2009, 2009-H1, 2009-Q1, 2009-03, or term-2008-05 for a term of office.
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
