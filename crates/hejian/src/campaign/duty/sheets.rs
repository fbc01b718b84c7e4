//! 任务分解表 as two sheets: the breakdown among departments, and the subdistricts' shares. Laid out and read; pure.
//!
//! The rule that matters: what is written reads back as the same duties, and a cell that cannot be read is a fault at its place.

use std::collections::HashMap;

use chrono::NaiveDate;
use hejian_kernel::{error::Message, unit::Unit};
use hejian_scoring::workbook::{Look, Sheet, Style, Value};
use uuid::Uuid;

use super::model::{Board, Duty, Part, Post};
use crate::campaign::standard::Standard;

/// Heads of the first sheet.
pub(super) const HEADS: [&str; 8] =
    ["指标编号", "指标", "牵头单位", "配合单位", "责任人（岗位）", "B角", "完成时限", "备注"];
/// Heads of the second sheet.
pub(super) const SHARE_HEADS: [&str; 5] = ["指标", "街道", "社区", "岗位", "时限"];
/// Names of the sheets.
pub(super) const NAMES: [&str; 2] = ["任务分解表", "街道社区分解"];
/// Between several units in one cell.
const COMMA: &str = "、";

/// The workbook of a board.
pub(super) fn lay(board: &Board, standard: &Standard) -> Vec<Sheet> {
    let mut first = sheet(NAMES[0], &HEADS, &[10.0, 34.0, 24.0, 40.0, 26.0, 12.0, 13.0, 30.0]);
    let mut second = sheet(NAMES[1], &SHARE_HEADS, &[44.0, 14.0, 20.0, 34.0, 13.0]);
    let day = |day: Option<NaiveDate>| day.map_or(Value::Empty, |day| Value::Date(day.to_string()));
    let mut own: HashMap<&str, Vec<&Duty>> = HashMap::new();
    for duty in &board.duties {
        own.entry(duty.content.indicator.as_str()).or_default().push(duty);
    }
    for indicator in &standard.pack.indicators {
        let duties = own.get(indicator.code.as_str()).map_or(&[][..], Vec::as_slice);
        let lead = duties.iter().find(|duty| duty.content.part == Part::Lead);
        let supports = duties.iter().filter(|duty| duty.content.part == Part::Support);
        let supports: Vec<&str> = supports.map(|duty| board.unit_name(duty.content.unit)).collect();
        let post = lead.and_then(|duty| board.post(duty.content.post?));
        let deputy = post.and_then(|post| post.deputy.as_ref()).map_or("", |person| person.name.as_str());
        first.rows.push(vec![
            Value::text(&indicator.code),
            Value::text(&indicator.name_zh),
            Value::text(lead.map_or("", |duty| board.unit_name(duty.content.unit))),
            Value::text(supports.join(COMMA)),
            Value::text(post.map(post_text).unwrap_or_default()),
            Value::text(deputy),
            day(lead.and_then(|duty| duty.content.due)),
            Value::text(lead.map_or("", |duty| duty.content.note.as_str())),
        ]);
        let title = format!("{} {}", indicator.code, indicator.name_zh);
        for above in board.of_kind("subdistrict") {
            let below = board.communities(above.id);
            for unit in std::iter::once(above).chain(below) {
                let Some(duty) = board.at(&indicator.code, unit.id).filter(|duty| duty.content.part == Part::Carry)
                else {
                    continue;
                };
                let community = if unit.id == above.id { "" } else { unit.name.as_str() };
                second.rows.push(vec![
                    Value::text(&title),
                    Value::text(&above.name),
                    Value::text(community),
                    Value::text(duty.content.post.and_then(|post| board.post(post)).map(post_text).unwrap_or_default()),
                    day(duty.content.due),
                ]);
            }
        }
    }
    vec![first, second]
}

fn sheet(name: &str, heads: &[&str], widths: &[f64]) -> Sheet {
    let look = Look {
        widths: widths.to_vec(),
        columns: heads.iter().map(|head| if head.ends_with("时限") { Style::Day } else { Style::Text }).collect(),
        rows: vec![vec![Some(Style::Heading); heads.len()]],
        frozen: (1, 2),
        filter: Some((0, heads.len() - 1)),
        ..Look::default()
    };
    Sheet { name: name.to_owned(), rows: vec![heads.iter().map(|head| Value::text(*head)).collect()], look }
}

/// 李建平（局长）; the post alone where nobody is in it.
fn post_text(post: &Post) -> String {
    match post.person() {
        Some(person) => format!("{}（{}）", person.name, post.name),
        None => post.name.clone(),
    }
}

/// Where the columns of a sheet stand: the row of the heads, and the column of each.
pub(super) struct Place {
    pub head: usize,
    columns: Vec<Option<usize>>,
}

impl Place {
    /// Finds the heads among the first rows: a printed table has its title above them. `keys` are what the heads begin with or contain.
    pub fn find(sheet: &Sheet, keys: &[&[&str]], needed: &[usize]) -> Option<Self> {
        (0..sheet.rows.len().min(10)).find_map(|head| {
            let cells: Vec<String> = sheet.rows[head].iter().map(|cell| bare(&cell.shown())).collect();
            let mut taken = vec![false; cells.len()];
            let mut find = |names: &[&str]| {
                let free = |at: &usize| !taken[*at];
                let exact = (0..cells.len()).filter(free).find(|at| names.iter().any(|name| cells[*at] == *name));
                let at = exact.or_else(|| {
                    (0..cells.len()).filter(free).find(|at| names.iter().any(|name| cells[*at].starts_with(name)))
                })?;
                taken[at] = true;
                Some(at)
            };
            let columns: Vec<Option<usize>> = keys.iter().map(|names| find(names)).collect();
            needed.iter().all(|at| columns[*at].is_some()).then_some(Self { head, columns })
        })
    }

    /// The cell of a row under a head.
    pub fn cell<'s>(&self, sheet: &'s Sheet, row: usize, key: usize) -> &'s Value {
        self.columns[key].map_or(&Value::Empty, |column| sheet.cell(row, column))
    }
}

/// A text without spaces, with one kind of brackets.
pub(super) fn bare(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_whitespace())
        .map(|c| match c {
            '（' => '(',
            '）' => ')',
            other => other,
        })
        .collect()
}

/// Units by what people call them: name, name without what stands in brackets, key.
pub(super) struct Names<'a> {
    units: HashMap<String, &'a Unit>,
}

impl<'a> Names<'a> {
    pub fn of(units: impl Iterator<Item = &'a Unit>) -> Self {
        let mut all: HashMap<String, &Unit> = HashMap::new();
        for unit in units {
            let name = bare(&unit.name);
            let short = name.split('(').next().unwrap_or_default().to_owned();
            all.entry(short).or_insert(unit);
            all.insert(name, unit);
            all.insert(unit.key.clone(), unit);
        }
        Self { units: all }
    }

    /// The unit of a name.
    ///
    /// # Errors
    /// What to write instead.
    pub fn find(&self, text: &str) -> Result<&'a Unit, Message> {
        self.units.get(&bare(text)).copied().ok_or_else(|| Message::new("duty-sheet-unit").arg("text", text.trim()))
    }
}

/// Several units of one cell.
pub(super) fn split(text: &str) -> impl Iterator<Item = &str> {
    text.split(['、', '，', ',', '；', ';', '\n']).map(str::trim).filter(|part| !part.is_empty())
}

/// The code at the beginning of a cell, or of the indicator that is so named.
///
/// # Errors
/// What to write instead.
pub(super) fn code(standard: &Standard, text: &str) -> Result<String, Message> {
    let text = text.trim();
    let first = text.split_whitespace().next().unwrap_or_default();
    let of = standard.pack.indicator(first).or_else(|| {
        let wanted = bare(text);
        standard
            .pack
            .indicators
            .iter()
            .find(|of| bare(&of.name_zh) == wanted || bare(&format!("{}{}", of.code, of.name_zh)) == wanted)
    });
    of.map(|of| of.code.clone()).ok_or_else(|| Message::new("duty-sheet-code").arg("text", text))
}

/// The post a cell names in a unit: 李建平（局长）, 局长, or 李建平. Nothing names none.
///
/// # Errors
/// What to write instead.
pub(super) fn post(board: &Board, unit: Uuid, text: &str) -> Result<Option<Uuid>, Message> {
    let wanted = bare(text);
    if wanted.is_empty() {
        return Ok(None);
    }
    let (person, name) = match wanted.split_once('(') {
        Some((person, name)) => (Some(person.to_owned()), name.trim_end_matches(')').to_owned()),
        None => (None, wanted),
    };
    let is_in = |post: &Post, who: &str| {
        [&post.holder, &post.deputy].into_iter().flatten().any(|present| bare(&present.name) == who)
    };
    let posts: Vec<&Post> = board.posts_of(unit).collect();
    let found = match person {
        Some(person) => posts.iter().find(|post| bare(&post.name) == name && is_in(post, &person)),
        None => {
            posts.iter().find(|post| bare(&post.name) == name).or_else(|| posts.iter().find(|post| is_in(post, &name)))
        }
    };
    found.map(|post| Some(post.id)).ok_or_else(|| {
        let known: Vec<String> = posts.iter().map(|post| post_text(post)).collect();
        Message::new("duty-sheet-post")
            .arg("text", text.trim())
            .arg("unit", board.unit_name(unit))
            .arg("known", known.join(COMMA))
    })
}

/// A day as spreadsheets and people write it. Nothing is no day.
///
/// # Errors
/// What to write instead.
pub(super) fn day(cell: &Value) -> Result<Option<NaiveDate>, Message> {
    let text = cell.shown();
    if text.trim().is_empty() {
        return Ok(None);
    }
    let wrong = || Message::new("duty-bad-day").arg("text", text.trim());
    let parts: Vec<u32> = if text.trim().len() == 8 && text.trim().bytes().all(|b| b.is_ascii_digit()) {
        [&text.trim()[..4], &text.trim()[4..6], &text.trim()[6..]].iter().filter_map(|part| part.parse().ok()).collect()
    } else {
        let parts = text.split(['-', '/', '.', '年', '月', '日', ' ', 'T']).filter(|part| !part.is_empty());
        parts.take(3).filter_map(|part| part.parse().ok()).collect()
    };
    match parts.as_slice() {
        [year @ 1900..=2200, month, day] => {
            NaiveDate::from_ymd_opt(i32::try_from(*year).unwrap_or(0), *month, *day).map(Some).ok_or_else(wrong)
        }
        _ => Err(wrong()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them_and_nothing_else() {
        let read = |text: &str| day(&Value::text(text)).ok().flatten().map(|day| day.to_string());
        for text in ["2009-06-30", "2009.6.30", "2009/6/30", "2009年6月30日", "20090630"] {
            assert_eq!(read(text).as_deref(), Some("2009-06-30"), "{text}");
        }
        for text in ["六月底", "2009-13-01", "30.6.2009", "39994"] {
            assert!(day(&Value::text(text)).is_err(), "{text}");
        }
        assert_eq!(day(&Value::Empty), Ok(None));
    }
}
