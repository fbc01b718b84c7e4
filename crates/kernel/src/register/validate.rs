//! Checks a draft against its definition: every wrong field is named, with what is wrong and what to write.

use super::{Draft, FieldDef, FieldKind, RegisterDef, Value, value::scaled_text};
use crate::error::{FieldProblem, Message};

/// The most characters one line may have.
const LINE: usize = 200;
/// The most characters a long text may have.
const LONG: usize = 10_000;
/// The most child rows of one kind.
const ROWS: usize = 500;

/// All problems with the shape and range of a draft. Empty means sound.
pub(super) fn problems(def: &RegisterDef, draft: &Draft) -> Vec<FieldProblem> {
    let mut found = Vec::new();
    for (field, value) in def.fields.iter().zip(&draft.values) {
        check(field, value, field.name.to_owned(), &mut found);
    }
    for (child, rows) in def.children.iter().zip(&draft.children) {
        if rows.len() > ROWS {
            found.push(problem(child.name.to_owned(), Message::new("field-too-many-rows").arg("max", ROWS)));
        }
        for (n, row) in rows.iter().enumerate() {
            for (field, value) in child.fields.iter().zip(&row.values) {
                check(field, value, format!("{}[{n}].{}", child.name, field.name), &mut found);
            }
        }
    }
    found
}

fn problem(field: String, message: Message) -> FieldProblem {
    FieldProblem { field, message }
}

fn check(field: &FieldDef, value: &Value, name: String, found: &mut Vec<FieldProblem>) {
    let mut say = |message: Message| found.push(problem(name.clone(), message));
    match (field.kind, value) {
        (_, Value::Null) if field.required => say(Message::new("field-required")),
        (_, Value::Null) | (FieldKind::Secret, Value::Unchanged) | (FieldKind::Bool, Value::Bool(_)) => {}
        (FieldKind::Text, Value::Text(t)) if t.chars().count() > LINE => {
            say(Message::new("field-too-long").arg("max", LINE));
        }
        (FieldKind::Text, Value::Text(t)) if t.contains(['\n', '\r', '\0']) => say(Message::new("field-one-line")),
        (FieldKind::LongText, Value::Text(t)) if t.chars().count() > LONG => {
            say(Message::new("field-too-long").arg("max", LONG));
        }
        (FieldKind::LongText, Value::Text(t)) if t.contains('\0') => say(Message::new("field-one-line")),
        (FieldKind::Text | FieldKind::LongText, Value::Text(t)) if field.required && t.trim().is_empty() => {
            say(Message::new("field-required"));
        }
        (FieldKind::Text | FieldKind::LongText, Value::Text(_)) => {}
        (FieldKind::Secret, Value::Secret(t)) if t.chars().count() > LINE => {
            say(Message::new("field-too-long").arg("max", LINE));
        }
        (FieldKind::Secret, Value::Secret(_)) => {}
        (FieldKind::Choice(codes), Value::Text(t)) if !codes.contains(&t.as_str()) => {
            say(Message::new("field-not-a-choice").arg("value", t));
        }
        (FieldKind::Choice(_), Value::Text(_)) => {}
        (FieldKind::Int | FieldKind::Scaled(_) | FieldKind::Decimal(_) | FieldKind::Money, Value::Int(n)) => {
            let words = |n: i64| scaled_text(n, field.kind.decimals());
            if let Some(min) = field.min.filter(|min| n < min) {
                say(Message::new("field-too-small").arg("min", words(min)));
            }
            if let Some(max) = field.max.filter(|max| n > max) {
                say(Message::new("field-too-large").arg("max", words(max)));
            }
        }
        (FieldKind::Date, Value::Date(d)) => {
            let year = chrono::Datelike::year(d);
            if !(1900..=2200).contains(&year) {
                say(Message::new("field-date-range").arg("value", d));
            }
        }
        _ => say(Message::new("field-wrong-kind")),
    }
}

impl FieldKind {
    /// Reads what a person typed or a file holds. Empty text is [`Value::Null`]. Full-width digits, thousands separators and
    /// the usual ways of writing a day are understood; anything that would have to be guessed is refused.
    ///
    /// # Errors
    /// Says what is wrong and what to write.
    pub fn parse(self, text: &str) -> Result<Value, Message> {
        let trimmed = text.trim();
        if trimmed.is_empty() {
            return Ok(Value::Null);
        }
        match self {
            Self::Text => Ok(Value::Text(trimmed.to_owned())),
            Self::LongText => Ok(Value::Text(text.trim_end().replace("\r\n", "\n"))),
            // A secret as pages and files show it is no secret: it stands for the stored one.
            Self::Secret if trimmed.starts_with("••••") => Ok(Value::Unchanged),
            Self::Secret => Ok(Value::Secret(trimmed.to_owned())),
            Self::Choice(codes) if codes.contains(&trimmed) => Ok(Value::Text(trimmed.to_owned())),
            Self::Choice(_) => Err(Message::new("field-not-a-choice").arg("value", trimmed)),
            Self::Bool => match trimmed {
                "true" | "on" | "1" | "是" | "有" => Ok(Value::Bool(true)),
                "false" | "off" | "0" | "否" | "无" => Ok(Value::Bool(false)),
                _ => Err(Message::new("field-not-yes-no").arg("value", trimmed)),
            },
            Self::Int | Self::Scaled(_) | Self::Decimal(_) | Self::Money => {
                number(trimmed, self.decimals()).map(Value::Int)
            }
            Self::Date => date(trimmed).map(Value::Date),
        }
    }
}

fn half_width(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            '０'..='９' => char::from_u32(u32::from(c) - 0xFEE0).unwrap_or(c),
            '．' => '.',
            '－' | '−' => '-',
            '／' => '/',
            '，' => ',',
            _ => c,
        })
        .collect()
}

fn number(text: &str, decimals: u8) -> Result<i64, Message> {
    let plain = half_width(text);
    let bad = || Message::new("field-not-a-number").arg("value", text);
    let (negative, body) = plain.strip_prefix('-').map_or((false, plain.as_str()), |rest| (true, rest));
    let (whole, fraction) = body.split_once('.').unwrap_or((body, ""));
    // A separator is read only where it can mean nothing else.
    let groups: Vec<&str> = whole.split(',').collect();
    let grouped =
        groups.len() > 1 && (groups[0].is_empty() || groups[0].len() > 3 || groups[1..].iter().any(|g| g.len() != 3));
    let whole = groups.concat();
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    if grouped || (whole.is_empty() && fraction.is_empty()) || !digits(&whole) || !digits(fraction) {
        return Err(bad());
    }
    let fraction = fraction.trim_end_matches('0');
    if fraction.len() > usize::from(decimals) {
        return Err(Message::new("field-too-precise").arg("value", text).arg("decimals", decimals));
    }
    let joined = format!("{whole}{fraction:0<width$}", width = usize::from(decimals));
    let size: i64 = joined
        .trim_start_matches('0')
        .parse()
        .or_else(|_| if joined.bytes().all(|b| b == b'0') { Ok(0) } else { Err(bad()) })?;
    Ok(if negative { -size } else { size })
}

fn date(text: &str) -> Result<chrono::NaiveDate, Message> {
    let plain = half_width(text).replace(['年', '月', '/', '.'], "-").replace('日', "");
    let bad = || Message::new("field-not-a-date").arg("value", text);
    let parts: Vec<&str> = plain.split('-').collect();
    let [year, month, day] = parts[..] else { return Err(bad()) };
    let number = |t: &str| t.parse::<u32>().map_err(|_| bad());
    let (y, m, d) = (number(year)?, number(month)?, number(day)?);
    if year.len() != 4 {
        return Err(bad());
    }
    if !(1..=12).contains(&m) {
        return Err(Message::new("field-bad-month").arg("value", text));
    }
    i32::try_from(y)
        .ok()
        .and_then(|y| chrono::NaiveDate::from_ymd_opt(y, m, d))
        .ok_or_else(|| Message::new("field-bad-day").arg("value", text))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_officials_write_them() {
        assert_eq!(number("1,234.50", 2), Ok(123_450));
        assert_eq!(number("４５９．０", 1), Ok(4590));
        assert_eq!(number("-0.5", 1), Ok(-5));
        assert_eq!(number("0", 2), Ok(0));
        assert_eq!(number("459.000", 1), Ok(4590));
    }

    #[test]
    fn a_number_that_would_have_to_be_guessed_is_refused() {
        for bad in ["12,34", "1.2.3", "", ".", "abc", "4.3E+17", "１２,３", "99999999999999999999"] {
            assert!(number(bad, 1).is_err(), "{bad}");
        }
        assert_eq!(number("1.25", 1).map_err(|m| m.key), Err("field-too-precise".to_owned()));
    }

    #[test]
    fn days_are_read_in_the_usual_forms() {
        let day = chrono::NaiveDate::from_ymd_opt(2009, 6, 2);
        for form in ["2009-06-02", "2009年6月2日", "2009/6/2", "2009.06.02", "２００９-６-２"] {
            assert_eq!(date(form).ok(), day, "{form}");
        }
        assert_eq!(date("2009-13-01").map_err(|m| m.key), Err("field-bad-month".to_owned()));
        assert_eq!(date("2009-02-30").map_err(|m| m.key), Err("field-bad-day".to_owned()));
    }

    proptest! {
        #[test]
        fn what_is_printed_is_read_back(n in -1_000_000_000_000i64..1_000_000_000_000, d in 0u8..5) {
            prop_assert_eq!(number(&scaled_text(n, d), d), Ok(n));
        }

        #[test]
        fn nothing_typed_can_bring_the_reader_down(text in ".{0,40}") {
            for kind in [FieldKind::Int, FieldKind::Scaled(3), FieldKind::Money, FieldKind::Date, FieldKind::Bool] {
                let _ = kind.parse(&text);
            }
        }
    }
}
