//! Properties of a feature or node: text, numbers, and what stands there instead.

use serde_json::{Map, Value};

use super::fault::Wrong;

/// Decimals of a size at most.
const MOST_DECIMALS: usize = 6;

/// A size as it is written: digits, and how many of them follow the point.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Number {
    digits: i64,
    decimals: u8,
}

impl Number {
    /// `None` where it has too many digits or decimals to be added up exactly.
    pub(super) fn of(value: f64) -> Option<Number> {
        if value.abs() >= 1e15 {
            return None;
        }
        // The shortest text that gives the same number: what was written.
        let text = value.to_string();
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        if part.len() > MOST_DECIMALS {
            return None;
        }
        Some(Number { digits: format!("{whole}{part}").parse().ok()?, decimals: part.len() as u8 })
    }

    pub(super) fn decimals(&self) -> u8 {
        self.decimals
    }

    /// In units of 10^-decimals; `None` where it does not fit.
    pub(super) fn scaled(&self, decimals: u8) -> Option<i64> {
        self.digits.checked_mul(10_i64.checked_pow(u32::from(decimals.checked_sub(self.decimals)?))?)
    }
}

/// A value in a few characters.
pub(super) fn shown(value: &Value) -> String {
    let text = match value {
        Value::Null => "null".to_owned(),
        Value::Array(_) => "a list".to_owned(),
        Value::Object(_) => "an object".to_owned(),
        other => other.to_string(),
    };
    if text.chars().count() > 40 { text.chars().take(40).chain(['…']).collect() } else { text }
}

fn missing(of: &Map<String, Value>, name: &str) -> Wrong {
    Wrong::Missing { property: name.to_owned(), has: of.keys().cloned().collect() }
}

fn kind(name: &str, found: &Value, wanted: &'static str) -> Wrong {
    Wrong::Kind { property: name.to_owned(), found: shown(found), wanted }
}

/// A number of 0 or more.
pub(super) fn amount(of: &Map<String, Value>, name: &str) -> Result<f64, Wrong> {
    let value = number(of, name)?;
    if value < 0.0 { Err(Wrong::Negative { property: name.to_owned(), value }) } else { Ok(value) }
}

/// Any number.
pub(super) fn number(of: &Map<String, Value>, name: &str) -> Result<f64, Wrong> {
    match of.get(name) {
        None | Some(Value::Null) => Err(missing(of, name)),
        Some(Value::String(text)) => {
            Err(Wrong::TextForNumber { property: name.to_owned(), text: text.chars().take(40).collect() })
        }
        Some(value) => value.as_f64().filter(|value| value.is_finite()).ok_or_else(|| kind(name, value, "a number")),
    }
}

/// A size: a number of 0 or more with few decimals.
pub(super) fn size(of: &Map<String, Value>, name: &str) -> Result<Number, Wrong> {
    let value = amount(of, name)?;
    Number::of(value).ok_or_else(|| Wrong::Inexact { property: name.to_owned(), value })
}

/// A name: text or a whole number.
pub(super) fn name(of: &Map<String, Value>, name: &str) -> Result<String, Wrong> {
    optional_name(of, name)?.ok_or_else(|| missing(of, name))
}

/// The same, where there may be none.
pub(super) fn optional_name(of: &Map<String, Value>, name: &str) -> Result<Option<String>, Wrong> {
    match of.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if text.trim().is_empty() => Ok(None),
        Some(Value::String(text)) => Ok(Some(text.clone())),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(other) => Err(kind(name, other, "text or a number")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_keeps_the_digits_that_were_written() {
        let scaled = |value: f64| Number::of(value).and_then(|number| number.scaled(3));
        assert_eq!(scaled(12.5), Some(12_500));
        assert_eq!(scaled(0.1 + 0.2), None, "0.30000000000000004 has too many decimals");
        assert_eq!(scaled(2452.0), Some(2_452_000));
        assert_eq!(scaled(1e15), None);
        assert_eq!(Number::of(0.000_001).map(|number| number.decimals()), Some(6));
    }
}
