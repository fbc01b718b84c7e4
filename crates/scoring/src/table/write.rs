//! Units and facts as CSV texts that [`super::read`] reads back: UTF-8 without a mark, commas, one line end.
//!
//! Figures of registers are finite decimals; a fraction without a decimal form is written as one and refused when read.

use crate::exact::Exact;
use crate::facts::{Amount, FactRow};
use crate::units::Unit;

/// What a spreadsheet would take for a formula.
pub(super) const FORMULA: [char; 4] = ['=', '+', '-', '@'];

/// `units.csv`, in the order given.
pub fn units_csv<'u>(units: impl IntoIterator<Item = &'u Unit>) -> String {
    let head = ["unit", "parent", "kind", "valid_from", "valid_to", "name"];
    let day = |day: Option<chrono::NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
    let rows = units.into_iter().map(|unit| {
        let text = |text: &Option<String>| safe(text.as_deref().unwrap_or_default());
        let (from, to) = (day(unit.valid_from), day(unit.valid_to));
        [safe(&unit.id), text(&unit.parent), safe(&unit.level), from, to, text(&unit.name)]
    });
    written(head, rows)
}

/// `facts.csv`, in the order given; with a column `sources`.
pub fn facts_csv<'f>(rows: impl IntoIterator<Item = &'f FactRow>) -> String {
    let head = ["unit", "period", "measure", "value", "numerator", "denominator", "sources"];
    let rows = rows.into_iter().map(|row| {
        let [value, numerator, denominator] = match &row.amount {
            Amount::Value { value } => [number(value), String::new(), String::new()],
            Amount::Ratio { numerator, denominator } => [String::new(), number(numerator), number(denominator)],
        };
        let sources: Vec<String> =
            row.sources.iter().map(|from| format!("{}:{}@{}", from.register, from.record, from.version)).collect();
        let (unit, measure) = (safe(&row.unit), safe(&row.measure));
        [unit, row.period.to_string(), measure, value, numerator, denominator, safe(&sources.join(";"))]
    });
    written(head, rows)
}

fn number(number: &Exact) -> String {
    let (text, exact) = number.to_decimal();
    if exact { text } else { number.to_fraction() }
}

/// A text that no spreadsheet runs.
fn safe(text: &str) -> String {
    if text.trim_start_matches('\'').starts_with(FORMULA) { format!("'{text}") } else { text.to_owned() }
}

fn written<const N: usize>(head: [&str; N], rows: impl Iterator<Item = [String; N]>) -> String {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory does not fail, and every row has as many cells as the head.
    let _ = writer.write_record(head);
    for row in rows {
        let _ = writer.write_record(&row);
    }
    writer.into_inner().ok().and_then(|bytes| String::from_utf8(bytes).ok()).unwrap_or_default()
}
