//! Values as the engine holds them, and the kinds a field may have.

use chrono::NaiveDate;

use crate::db::dynamic::Param;

/// The kind of a field: what its column, its control and its text form are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldKind {
    /// One line.
    Text,
    /// Several lines.
    LongText,
    /// A whole number.
    Int,
    /// A decimal kept as a whole number of 10^-decimals.
    Scaled(u8),
    /// The same, shown without trailing zeros: figures whose precision differs from series to series.
    Decimal(u8),
    /// Money in fen, typed and shown in yuan.
    Money,
    /// Yes or no.
    Bool,
    /// A day.
    Date,
    /// One of a fixed list of codes.
    Choice(&'static [&'static str]),
    /// Encrypted at rest, never indexed, never shown whole.
    Secret,
}

/// A value of a field.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Value {
    /// Nothing is known.
    #[default]
    Null,
    /// Text, or the code of a choice.
    Text(String),
    /// A whole number, a scaled number or money in fen.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A day.
    Date(NaiveDate),
    /// A secret in the clear, in memory only.
    Secret(String),
    /// In a draft: leave the secret as it stands.
    Unchanged,
}

impl Value {
    /// Whether nothing is known.
    #[must_use]
    pub fn is_null(&self) -> bool {
        matches!(self, Self::Null)
    }

    /// The whole number, if it is one.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        if let Self::Int(n) = self { Some(*n) } else { None }
    }

    /// The text, if it is one.
    #[must_use]
    pub fn as_text(&self) -> Option<&str> {
        if let Self::Text(t) = self { Some(t) } else { None }
    }

    /// The day, if it is one.
    #[must_use]
    pub fn as_date(&self) -> Option<NaiveDate> {
        if let Self::Date(d) = self { Some(*d) } else { None }
    }
}

impl FieldKind {
    /// Whether a column of this kind can be added up.
    #[must_use]
    pub fn is_number(self) -> bool {
        matches!(self, Self::Int | Self::Scaled(_) | Self::Decimal(_) | Self::Money)
    }

    /// How many decimals the text form has.
    #[must_use]
    pub fn decimals(self) -> u8 {
        match self {
            Self::Scaled(d) | Self::Decimal(d) => d,
            Self::Money => 2,
            _ => 0,
        }
    }

    /// The parameter of a value in this kind of column. A secret must have been sealed into text before.
    #[must_use]
    pub fn param(self, value: &Value) -> Param {
        match self {
            Self::Text | Self::LongText | Self::Choice(_) | Self::Secret => {
                Param::Text(value.as_text().map(ToOwned::to_owned))
            }
            Self::Int | Self::Scaled(_) | Self::Decimal(_) | Self::Money => Param::Int(value.as_int()),
            Self::Bool => Param::Bool(if let Value::Bool(b) = value { Some(*b) } else { None }),
            Self::Date => Param::Date(value.as_date()),
        }
    }

    /// The plain text form of a value: what forms, JSON, CSV and audit differences carry. Decimals with a point, days as
    /// `2009-06-22`, truth as `true`. A secret shows only that there is one.
    #[must_use]
    pub fn text(self, value: &Value) -> String {
        match value {
            Value::Null => String::new(),
            Value::Text(t) => t.clone(),
            Value::Int(n) => {
                let text = scaled_text(*n, self.decimals());
                match self {
                    Self::Decimal(1..) => text.trim_end_matches('0').trim_end_matches('.').to_owned(),
                    _ => text,
                }
            }
            Value::Bool(b) => b.to_string(),
            Value::Date(d) => d.to_string(),
            Value::Secret(s) => masked(s),
            Value::Unchanged => "••••".to_owned(),
        }
    }
}

/// A whole number of 10^-decimals as decimal text.
#[must_use]
pub fn scaled_text(n: i64, decimals: u8) -> String {
    if decimals == 0 {
        return n.to_string();
    }
    let unit = 10u64.pow(u32::from(decimals));
    let sign = if n < 0 { "-" } else { "" };
    let size = n.unsigned_abs();
    format!("{sign}{}.{:0width$}", size / unit, size % unit, width = usize::from(decimals))
}

/// The last four characters of a secret of at least eight; otherwise only that there is one.
#[must_use]
pub fn masked(secret: &str) -> String {
    let count = secret.chars().count();
    let tail: String = if count >= 8 { secret.chars().skip(count - 4).collect() } else { String::new() };
    format!("••••{tail}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scaled_numbers_keep_their_decimals_and_sign() {
        assert_eq!(scaled_text(4590, 1), "459.0");
        assert_eq!(scaled_text(-5, 2), "-0.05");
        assert_eq!(scaled_text(i64::MIN, 2), "-92233720368547758.08");
    }

    #[test]
    fn a_secret_never_shows_more_than_its_last_four() {
        assert_eq!(masked("13873600000"), "••••0000");
        assert_eq!(masked("1234567"), "••••");
    }
}
