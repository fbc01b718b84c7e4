//! What a form says, read into what is kept; what cannot be read is said beside its field, as typed.

use chrono::NaiveDate;
use hejian_kernel::{
    error::{FieldProblem, Message},
    web::Form,
};
use hejian_scoring::Exact;

/// The longest line.
const LINE: usize = 200;
/// The longest note.
const NOTE: usize = 2000;
/// The most money, in yuan.
const MOST: i64 = 100_000_000_000;

/// A form being read.
pub(super) struct Typed<'f> {
    form: &'f Form,
    /// What is wrong so far.
    pub wrong: Vec<FieldProblem>,
}

impl<'f> Typed<'f> {
    pub(super) fn new(form: &'f Form) -> Self {
        Self { form, wrong: Vec::new() }
    }

    pub(super) fn problem(&mut self, field: &str, key: &'static str) {
        let message = Message::new(key).arg("value", self.form.text(field).chars().take(40).collect::<String>());
        self.wrong.push(FieldProblem { field: field.to_owned(), message });
    }

    fn cut(&mut self, field: &str, most: usize) -> Option<String> {
        let text = self.form.text(field);
        if text.chars().count() > most {
            self.problem(field, "campaign-too-long");
        }
        (!text.is_empty()).then(|| text.chars().take(most).collect())
    }

    /// A line; empty is none.
    pub(super) fn line(&mut self, field: &str) -> Option<String> {
        self.cut(field, LINE)
    }

    /// Several lines; empty is none.
    pub(super) fn note(&mut self, field: &str) -> Option<String> {
        self.cut(field, NOTE)
    }

    /// A line that must be there.
    pub(super) fn needed(&mut self, field: &str) -> String {
        let found = self.line(field);
        if found.is_none() {
            self.problem(field, "field-required");
        }
        found.unwrap_or_default()
    }

    /// One of a list.
    pub(super) fn one_of(&mut self, field: &str, all: &[&str]) -> String {
        let found = self.needed(field);
        if !found.is_empty() && !all.contains(&found.as_str()) {
            self.problem(field, "campaign-not-a-choice");
        }
        found
    }

    /// A day; empty is none.
    pub(super) fn day(&mut self, field: &str) -> Option<NaiveDate> {
        let text = self.form.text(field);
        let read = text.parse().ok();
        if !text.is_empty() && read.is_none() {
            self.problem(field, "field-not-a-date");
        }
        read
    }

    /// Points from 0 to 1000, as an exact number; empty is none.
    pub(super) fn points(&mut self, field: &str) -> Option<String> {
        let text = self.form.text(field);
        if text.is_empty() {
            return None;
        }
        match Exact::parse(text) {
            Ok(points) if !points.is_negative() && points <= Exact::from(1000_i64) => Some(points.to_string()),
            _ => {
                self.problem(field, "campaign-not-points");
                None
            }
        }
    }

    /// Money typed in yuan, in fen; empty is none.
    pub(super) fn money(&mut self, field: &str) -> Option<i64> {
        let text = self.form.text(field);
        let read = fen(text);
        if !text.is_empty() && read.is_none() {
            self.problem(field, "campaign-not-money");
        }
        read
    }
}

/// Yuan with at most two decimals, thousands apart or not, in fen.
fn fen(text: &str) -> Option<i64> {
    let text: String = text.chars().filter(|sign| !matches!(sign, ',' | '，' | ' ')).collect();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let digits = |text: &str| text.chars().all(|sign| sign.is_ascii_digit());
    if whole.is_empty() || !digits(whole) || !digits(part) || part.len() > 2 {
        return None;
    }
    let whole: i64 = whole.parse().ok().filter(|yuan| *yuan <= MOST)?;
    let part: i64 = format!("{part:0<2}").parse().ok()?;
    Some(whole * 100 + part)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_read_in_yuan_and_kept_in_fen() {
        for (text, kept) in [("120000", Some(12_000_000)), ("1,200.5", Some(120_050)), ("0.07", Some(7))] {
            assert_eq!(fen(text), kept, "{text}");
        }
        for text in ["", "-1", "1.234", "1e5", "1.2.3", ".", ".5", "十万", "99999999999999"] {
            assert_eq!(fen(text), None, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_read_is_said_beside_its_field_and_empty_is_none() {
        let form = Form::parse("day=2009-02-30&points=1001&budget=x&title=");
        let mut typed = Typed::new(&form);
        assert_eq!((typed.day("day"), typed.points("points"), typed.money("budget")), (None, None, None));
        typed.needed("title");
        assert_eq!(typed.line("note"), None);
        let fields: Vec<&str> = typed.wrong.iter().map(|problem| problem.field.as_str()).collect();
        assert_eq!(fields, ["day", "points", "budget", "title"]);
    }
}
