//! One cell: what it can hold, and how a value of the pack goes into it and comes back.
//!
//! The rule that matters: whatever is written reads back as the same text. A text that a person's cell would not keep (spaces
//! at its ends, control characters, digits that become full-width ...) is written as a quoted literal instead.

use super::text::{halfwidth, has_code_form, literal, of_literal, tidy};
use super::words;
use crate::pack::Problem;
use crate::pack::schema::Kind;

/// What a cell holds.
#[derive(Clone, Debug, PartialEq, Default)]
pub enum Value {
    /// Nothing.
    #[default]
    Empty,
    /// A text.
    Text(String),
    /// A number.
    Number(f64),
    /// True or false, as spreadsheets have them.
    Yes(bool),
    /// A day as `2009-06-22`, or as `2009-06` where the cell shows only the month.
    Date(String),
    /// A number shown as per cent: 0.6 for 60 %.
    Percent(f64),
    /// An error of the spreadsheet, `#REF!`.
    Fault(String),
    /// A formula, as spreadsheets write it in English, and what it gives. Read back it is what it gave.
    Formula {
        /// Without the sign of equality.
        formula: String,
        /// What it gives.
        shown: Box<Value>,
    },
}

/// What stands in a column.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Holds {
    /// A value of the schema.
    Kind(Kind),
    /// A text that may well be a number: a value of a mapping with keys of its own.
    Any,
}

impl Value {
    /// A text, or nothing where it is empty.
    pub fn text(text: impl Into<String>) -> Value {
        let text = text.into();
        if text.is_empty() { Value::Empty } else { Value::Text(text) }
    }

    /// Whether nothing stands there: spaces are nothing.
    pub fn is_empty(&self) -> bool {
        match self {
            Value::Empty => true,
            Value::Text(text) => tidy(text).is_empty(),
            Value::Formula { shown, .. } => shown.is_empty(),
            _ => false,
        }
    }

    /// What a person sees, as text.
    pub fn shown(&self) -> String {
        match self {
            Value::Empty => String::new(),
            Value::Text(text) => tidy(text),
            Value::Number(number) => shortest(*number),
            Value::Yes(yes) => yes.to_string(),
            Value::Date(date) => date.clone(),
            Value::Percent(number) => format!("{}%", shortest(number * 100.0)),
            Value::Fault(says) => says.clone(),
            Value::Formula { shown, .. } => shown.shown(),
        }
    }
}

/// The shortest decimal of a number at the 15 digits spreadsheets keep, so that 0.1 + 0.2 is 0.3 as they show it.
fn shortest(number: f64) -> String {
    let kept: f64 = format!("{number:.14e}").parse().unwrap_or(number);
    let text = kept.to_string();
    if text == "-0" { "0".to_owned() } else { text }
}

/// A numeric cell for a decimal text, where it comes back as the same text.
fn number(text: &str) -> Option<Value> {
    let number: f64 = text.parse().ok().filter(|number: &f64| number.is_finite())?;
    (shortest(number) == text && text.len() <= 21).then_some(Value::Number(number))
}

/// Puts the text of a scalar into a cell; `None` where no cell can hold it.
pub(crate) fn put(holds: Holds, text: &str) -> Option<Value> {
    let plain = match holds {
        Holds::Any | Holds::Kind(Kind::Number | Kind::Whole) => number(text),
        Holds::Kind(Kind::YesNo) => Some(Value::Text(words::yes_no(text).to_owned())),
        Holds::Kind(Kind::Choice(among)) => Some(Value::Text(words::label(among, text).to_owned())),
        Holds::Kind(Kind::Date) => Some(Value::Date(text.to_owned())),
        Holds::Kind(_) => None,
    };
    let comes_back = |value: &Value| take(holds, value).is_ok_and(|back| back.as_deref() == Some(text));
    [plain, Some(Value::Text(text.to_owned())), Some(Value::Text(literal(text)))]
        .into_iter()
        .flatten()
        .find(|value| comes_back(value) && fits(value))
}

/// Whether a text keeps the length of a cell, 32,767 UTF-16 units, and holds nothing XML or spreadsheets alter.
fn fits(value: &Value) -> bool {
    match value {
        Value::Text(text) => {
            let kept = |c: char| c == '\n' || !(c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{feff}'));
            text.encode_utf16().count() <= 32_767 && text.chars().all(kept) && !text.contains("_x")
        }
        _ => true,
    }
}

/// Puts the texts of a list into one cell, one a line.
pub(crate) fn put_list(texts: &[&str]) -> Option<Value> {
    let line = |text: &str| {
        let keeps = |line: &str| {
            let value = Value::Text(line.to_owned());
            !line.contains('\n') && fits(&value) && take_list(&value).is_ok_and(|back| back == [text])
        };
        [text.to_owned(), literal(text)].into_iter().find(|line| keeps(line))
    };
    let lines: Vec<String> = texts.iter().map(|text| line(text)).collect::<Option<_>>()?;
    Some(Value::text(lines.join("\n"))).filter(fits)
}

/// Puts a mapping of texts into one cell, `key = text` a line.
pub(crate) fn put_map(entries: &[(&str, &str)]) -> Option<Value> {
    let line = |(key, text): &(&str, &str)| {
        let keeps = |line: &str| {
            let value = Value::Text(line.to_owned());
            let back = take_map(&value).unwrap_or_default();
            !line.contains('\n') && fits(&value) && back == [((*key).to_owned(), (*text).to_owned())]
        };
        let quoted = format!("{} = {}", literal(key), literal(text));
        [format!("{key} = {text}"), quoted].into_iter().find(|line| keeps(line))
    };
    let lines: Vec<String> = entries.iter().map(line).collect::<Option<_>>()?;
    Some(Value::text(lines.join("\n"))).filter(fits)
}

/// The text of a scalar as the pack writes it; `None` for an empty cell. What cannot be the value is passed on as it
/// stands, for the reader of the pack to refuse at this cell.
pub(crate) fn take(holds: Holds, value: &Value) -> Result<Option<String>, Problem> {
    if value.is_empty() {
        return Ok(None);
    }
    if let Value::Fault(says) = value {
        return Err(fault(says));
    }
    if let Value::Formula { shown, .. } = value {
        return take(holds, shown);
    }
    let shown = value.shown();
    if let Some(text) = of_literal(&shown).filter(|_| matches!(value, Value::Text(_))) {
        return Ok(Some(text));
    }
    let text = match holds {
        Holds::Kind(Kind::Number | Kind::Whole) => {
            halfwidth(&shown).replace(' ', "").trim_start_matches('+').to_owned()
        }
        Holds::Kind(Kind::YesNo) => words::of_yes_no(&halfwidth(&shown)).map_or(shown, str::to_owned),
        Holds::Kind(Kind::Choice(among)) => words::of_label(among, &shown).map_or(shown, str::to_owned),
        Holds::Kind(Kind::Date) => date(&halfwidth(&shown)).unwrap_or(shown),
        Holds::Kind(Kind::Period) => period(&halfwidth(&shown)).unwrap_or(shown),
        Holds::Kind(Kind::Formula | Kind::Condition) => super::text::expression(&shown),
        Holds::Kind(Kind::Text) if has_code_form(&halfwidth(&shown)) => halfwidth(&shown),
        _ => shown,
    };
    Ok(Some(text))
}

/// The texts of a list: one a line, and on a line several codes with commas between.
pub(crate) fn take_list(value: &Value) -> Result<Vec<String>, Problem> {
    if let Value::Fault(says) = value {
        return Err(fault(says));
    }
    let shown = value.shown();
    let mut items = Vec::new();
    for line in shown.lines().map(tidy).filter(|line| !line.is_empty()) {
        let parts: Vec<String> =
            line.split(['、', '，', ',', '；', ';']).map(|part| halfwidth(part).trim().to_owned()).collect();
        match of_literal(&line) {
            Some(text) => items.push(text),
            None if parts.iter().all(|part| has_code_form(part)) => items.extend(parts),
            None => items.push(line),
        }
    }
    Ok(items)
}

/// The entries of a mapping: `key = text` a line.
pub(crate) fn take_map(value: &Value) -> Result<Vec<(String, String)>, Problem> {
    if let Value::Fault(says) = value {
        return Err(fault(says));
    }
    let entry = |line: &str| -> Option<(String, String)> {
        let (key, text) = super::text::entry(line)?;
        (!key.is_empty() && !text.is_empty()).then_some((key, text))
    };
    let shown = value.shown();
    let lines = shown.lines().map(tidy).filter(|line| !line.is_empty());
    lines
        .map(|line| {
            entry(&line).ok_or_else(|| Problem::Unfit {
                says: format!("the line `{line}` is not `name = text`"),
                write: "write a line such as `floor_area = premises.floor_area`".into(),
            })
        })
        .collect()
}

fn fault(says: &str) -> Problem {
    Problem::Unfit {
        says: format!("the cell shows the error {says}"),
        write: "correct the formula, or write its value".into(),
    }
}

/// A day as people write it: 2009-6-22, 2009/06/22, 2009.6.22, 2009年6月22日.
fn date(text: &str) -> Option<String> {
    let parts = numbers(text)?;
    match parts.as_slice() {
        [year, month, day] => Some(format!("{year}-{month:02}-{day:02}")),
        _ => None,
    }
}

/// A period as people write it: 2009年, 2009年6月, 2009/6, 2009-q1.
fn period(text: &str) -> Option<String> {
    match numbers(text)?.as_slice() {
        [year] => Some(year.to_string()),
        [year, month] => Some(format!("{year}-{month:02}")),
        // A cell that holds the first of a month is what spreadsheets make of a month.
        [year, month, 1] => Some(format!("{year}-{month:02}")),
        _ => None,
    }
    .or_else(|| Some(text.to_uppercase()).filter(|text| text.contains("-Q") || text.contains("-H")))
}

/// The numbers of a date, the first of four digits, with a separator between.
fn numbers(text: &str) -> Option<Vec<u32>> {
    let parts: Vec<&str> = text.trim_end_matches(['年', '月', '日']).split(['-', '/', '.', '年', '月']).collect();
    let digits = |part: &&str| !part.is_empty() && part.len() <= 4 && part.bytes().all(|b| b.is_ascii_digit());
    let sound = parts[0].len() == 4 && parts.iter().all(digits) && parts[1..].iter().all(|part| part.len() <= 2);
    sound.then(|| parts.iter().filter_map(|part| part.parse().ok()).collect())
}
