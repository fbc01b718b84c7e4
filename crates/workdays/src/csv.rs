//! Reading the data file. Every faulty line is named with its number, what is wrong and what would be right; a file with
//! one fault gives no calendar, because a silently dropped line would move somebody's deadline.

use std::collections::BTreeSet;
use std::fmt;

use chrono::{Datelike, NaiveDate};

use crate::calendar::{Calendar, DayKind, DayNote, is_weekend};

const HEADER: &str = "date,kind,festival,source";

/// What is wrong with a line.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LineProblem {
    /// The first line is not the header.
    #[error("the first line must be `date,kind,festival,source`, found `{0}`")]
    Header(String),
    /// Not four fields.
    #[error("a row has 4 fields separated by commas, found {0}; a list of festivals is joined with 、")]
    Fields(usize),
    /// Not a date.
    #[error("`{0}` is not a date; write it as 2009-01-24")]
    Date(String),
    /// Not a year in a `year` row.
    #[error("`{0}` is not a year; a `year` row has a year such as 2009 in its date column")]
    Year(String),
    /// An unknown kind.
    #[error("`{0}` is not a kind; it is `holiday`, `workday` or `year`")]
    Kind(String),
    /// A column that must be filled is empty.
    #[error("the column `{0}` is empty; name it as the notice does")]
    Empty(&'static str),
    /// A day or year stands twice in the file.
    #[error("{0} stands in the file twice; keep one row")]
    Twice(String),
    /// A `workday` row on a weekday.
    #[error("{0} is a {1}, worked anyway; a `workday` row is a Saturday or Sunday")]
    WorkedAnyway(NaiveDate, chrono::Weekday),
    /// A day in a year that no `year` row declares.
    #[error("{0} lies in a year that is not declared; add the row `{year},year,,<number of its notice>`", year = .0.year())]
    Undeclared(NaiveDate),
    /// The file declares no year.
    #[error("the file declares no year; add a row such as `2009,year,,国办发明电〔2008〕42号`")]
    NoYear,
}

/// One faulty line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineError {
    /// Counted from 1, the header included.
    pub line: usize,
    /// What is wrong and what would be right.
    pub problem: LineProblem,
}

impl fmt::Display for LineError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: {}", self.line, self.problem)
    }
}

/// All faulty lines of a file, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CsvErrors(pub Vec<LineError>);

impl fmt::Display for CsvErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (place, error) in self.0.iter().enumerate() {
            write!(f, "{}{error}", if place == 0 { "" } else { "\n" })?;
        }
        Ok(())
    }
}

impl std::error::Error for CsvErrors {}

enum Row {
    Year(i32, String),
    Day(NaiveDate, DayNote),
}

/// The rows of `text` laid over `base`.
pub(crate) fn read(text: &str, base: &Calendar) -> Result<Calendar, CsvErrors> {
    let mut calendar = base.clone();
    let mut errors = Vec::new();
    let mut seen = BTreeSet::new();
    let mut days = Vec::new();
    let mut lines = text.trim_start_matches('\u{feff}').lines().enumerate().map(|(at, line)| (at + 1, line.trim()));
    let head = lines.next().map_or("", |(_, line)| line);
    if head != HEADER {
        errors.push(LineError { line: 1, problem: LineProblem::Header(head.to_owned()) });
        return Err(CsvErrors(errors));
    }
    for (line, text) in lines.filter(|(_, text)| !text.is_empty()) {
        let row = parse(text).and_then(|row| {
            let name = match &row {
                Row::Year(year, _) => year.to_string(),
                Row::Day(day, _) => day.to_string(),
            };
            if seen.insert(name.clone()) { Ok(row) } else { Err(LineProblem::Twice(name)) }
        });
        match row {
            Ok(Row::Year(year, source)) => drop(calendar.years.insert(year, source)),
            Ok(Row::Day(day, note)) => days.push((line, day, note)),
            Err(problem) => errors.push(LineError { line, problem }),
        }
    }
    // A `year` row may stand below its days, so coverage is asked when all are known.
    for (line, day, note) in days {
        if calendar.years.contains_key(&day.year()) {
            calendar.notes.insert(day, note);
        } else {
            errors.push(LineError { line, problem: LineProblem::Undeclared(day) });
        }
    }
    if errors.is_empty() && calendar.years.is_empty() {
        errors.push(LineError { line: 1, problem: LineProblem::NoYear });
    }
    errors.sort_by_key(|error| error.line);
    if errors.is_empty() { Ok(calendar) } else { Err(CsvErrors(errors)) }
}

fn parse(text: &str) -> Result<Row, LineProblem> {
    let fields: Vec<&str> = text.split(',').map(str::trim).collect();
    let [date, kind, festival, source] = fields[..] else { return Err(LineProblem::Fields(fields.len())) };
    if source.is_empty() {
        return Err(LineProblem::Empty("source"));
    }
    let kind = match kind {
        "year" => {
            let year = date.parse().map_err(|_| LineProblem::Year(date.to_owned()))?;
            return Ok(Row::Year(year, source.to_owned()));
        }
        "holiday" => DayKind::Holiday,
        "workday" => DayKind::Workday,
        other => return Err(LineProblem::Kind(other.to_owned())),
    };
    let day: NaiveDate = date.parse().map_err(|_| LineProblem::Date(date.to_owned()))?;
    if festival.is_empty() {
        return Err(LineProblem::Empty("festival"));
    }
    if kind == DayKind::Workday && !is_weekend(day) {
        return Err(LineProblem::WorkedAnyway(day, day.weekday()));
    }
    Ok(Row::Day(day, DayNote { kind, festival: festival.to_owned(), source: source.to_owned() }))
}
