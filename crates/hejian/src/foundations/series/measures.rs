//! What department figures tell the indicators: each live record is a fact of its unit and period.

use std::pin::Pin;

use hejian_kernel::{
    error::Result,
    measure::{Amount, Collect, Exact, Fact, Source},
    register::{Decimal, Register as _},
};

use super::Series;

/// Every figure known on the day, in its corrected form.
#[must_use]
pub fn facts<'c>(collect: &'c mut Collect<'_>) -> Pin<Box<dyn Future<Output = Result<Vec<Fact>>> + Send + 'c>> {
    Box::pin(async move {
        let exact = |d: Decimal<4>| Exact { units: d.0, decimals: 4 };
        let mut facts = Vec::new();
        for record in collect.records(Series::DEF).await? {
            let Some(series) = Series::from_record(&record) else { continue };
            let amount = match (series.value, series.numerator, series.denominator) {
                (Some(value), _, _) => Amount::Value(exact(value)),
                (None, Some(upper), Some(lower)) => Amount::Ratio(exact(upper), exact(lower)),
                _ => continue,
            };
            facts.push(Fact {
                unit: record.meta.unit,
                period: series.period,
                measure: series.measure.id().to_owned(),
                amount,
                sources: vec![Source { register: "series", record: record.meta.id, version: record.meta.version }],
            });
        }
        Ok(facts)
    })
}
