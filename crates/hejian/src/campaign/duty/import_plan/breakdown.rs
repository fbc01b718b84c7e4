//! The first sheet: one row an indicator, with its lead, supports, person, day and deputy.
//!
//! The rule that matters: a row with a fault writes nothing, but what it claims counts for the gaps the file would leave.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;
use hejian_kernel::error::Message;
use hejian_scoring::workbook::Sheet;
use uuid::Uuid;

use super::super::{
    form::LONGEST,
    model::{Content, Duty, Part, Present},
    sheets::{Names, Place, bare, code, day, post, split},
};
use super::{Deputy, Reading, claim};

/// One row of the first sheet.
struct Row {
    code: String,
    lead: Option<Uuid>,
    post: Option<Uuid>,
    due: Option<NaiveDate>,
    note: String,
    supports: Vec<Uuid>,
}

impl Reading<'_> {
    /// The first sheet: one row an indicator.
    pub(super) fn breakdown(&mut self, at: usize, sheet: &Sheet, place: &Place, stands: &mut Vec<Duty>) {
        let names = Names::of(self.board.of_kind("department"));
        let mut seen: HashMap<String, usize> = HashMap::new();
        for row in place.head + 1..sheet.rows.len() {
            let text = |key: usize| place.cell(sheet, row, key).shown();
            if sheet.rows[row].iter().all(hejian_scoring::workbook::Value::is_empty) {
                continue;
            }
            let before = self.plan.faults.len();
            let code = match code(self.standard, &text(0)) {
                Ok(code) => code,
                Err(says) => {
                    self.fault(at, row, says);
                    continue;
                }
            };
            if let Some(first) = seen.insert(code.clone(), row) {
                self.fault(at, row, Message::new("duty-sheet-twice").arg("code", &code).arg("row", first + 1));
                // A second row with a second lead is a second lead.
                if let Some(unit) = split(&text(1)).next().and_then(|name| names.find(name).ok()) {
                    stands.push(claim(Content::new(&code, unit.id, Part::Lead)));
                }
                continue;
            }
            let lead_text = text(1);
            let leads: Vec<&str> = split(&lead_text).collect();
            match leads.len() {
                0 => self.fault(at, row, Message::new("duty-sheet-no-lead").arg("code", &code)),
                1 => {}
                n => self.fault(at, row, Message::new("duty-sheet-leads").arg("code", &code).arg("n", n)),
            }
            let mut units = |all: &[&str]| -> Vec<Uuid> {
                let mut found: Vec<Uuid> = Vec::new();
                for name in all {
                    match names.find(name) {
                        Ok(unit) if !found.contains(&unit.id) => found.push(unit.id),
                        Ok(_) => {}
                        Err(says) => self.fault(at, row, says),
                    }
                }
                found
            };
            let leads = units(&leads);
            let support_text = text(2);
            let supports = units(&split(&support_text).collect::<Vec<_>>());
            let lead = leads.first().copied();
            if let Some(both) = supports.iter().find(|unit| leads.contains(unit)) {
                let name = self.board.unit_name(*both).to_owned();
                self.fault(at, row, Message::new("duty-sheet-both").arg("unit", name));
            }
            let post = match lead.map(|unit| post(self.board, unit, &text(3))) {
                Some(Err(says)) => {
                    self.fault(at, row, says);
                    None
                }
                Some(Ok(post)) => post,
                None => None,
            };
            self.deputy((at, row), post, text(6).trim());
            let due = day(place.cell(sheet, row, 4)).map_err(|says| self.fault(at, row, says)).unwrap_or_default();
            let note: String = text(5).chars().take(LONGEST).collect();
            stands.retain(|duty| duty.content.indicator != code || duty.content.part == Part::Carry);
            for unit in &leads {
                stands.push(claim(Content { post, due, ..Content::new(&code, *unit, Part::Lead) }));
            }
            let of = Row { code, lead, post, due, note, supports };
            let (of_supports, sound) = (self.supports(&of), self.plan.faults.len() == before);
            stands.extend(of_supports.iter().map(|(_, content)| claim(content.clone())));
            if sound {
                self.row(&of, of_supports);
            }
        }
    }

    /// 责任人的 B 角: what the file says is held against who deputises. An empty cell says nothing.
    fn deputy(&mut self, (sheet, row): (usize, usize), of: Option<Uuid>, name: &str) {
        if name.is_empty() {
            return;
        }
        let Some(of) = of.and_then(|id| self.board.post(id)) else {
            self.fault(sheet, row, Message::new("duty-sheet-deputy-no-post").arg("name", name));
            return;
        };
        let is = |present: &Option<Present>| present.as_ref().is_some_and(|who| bare(&who.name) == bare(name));
        if is(&of.deputy) {
            return;
        }
        if is(&of.holder) {
            self.fault(sheet, row, Message::new("duty-sheet-deputy-holder").arg("name", name));
            return;
        }
        match self.plan.deputies.iter().find(|other| other.post == of.id) {
            Some(other) if other.name != name => {
                let says = Message::new("duty-sheet-deputy-two").arg("post", &of.name).arg("row", other.row + 1);
                self.fault(sheet, row, says);
            }
            Some(_) => {}
            None => self.plan.deputies.push(Deputy { sheet, row, post: of.id, name: name.to_owned() }),
        }
    }

    /// The supports a row asks for: what stands in the unit, if it supports already, and what shall stand.
    fn supports(&self, row: &Row) -> Vec<(Option<Duty>, Content)> {
        let one = |unit: &Uuid| match self.board.at(&row.code, *unit).filter(|duty| duty.content.part == Part::Support)
        {
            Some(duty) => (Some(duty.clone()), duty.content.clone()),
            None => {
                let post = self.board.held_post(*unit, 1).map(|post| post.id);
                (None, Content { post, due: row.due, ..Content::new(&row.code, *unit, Part::Support) })
            }
        };
        row.supports.iter().map(one).collect()
    }

    fn row(&mut self, row: &Row, supports: Vec<(Option<Duty>, Content)>) {
        let Some(unit) = row.lead else { return };
        let wanted =
            |of: &Content| Content { unit, post: row.post, due: row.due, note: row.note.clone(), ..of.clone() };
        match self.board.lead(&row.code).cloned() {
            None => self.plan.added.push(wanted(&Content::new(&row.code, unit, Part::Lead))),
            Some(lead) => self.set(&lead.clone(), wanted(&lead.content)),
        }
        let kept: HashSet<Uuid> = row.supports.iter().copied().collect();
        let gone: Vec<Duty> = self
            .board
            .find(|of| of.part == Part::Support && of.indicator == row.code)
            .filter(|duty| !kept.contains(&duty.content.unit))
            .cloned()
            .collect();
        self.plan.ended.extend(gone);
        for (present, content) in supports {
            match present {
                Some(_) => self.plan.same += 1,
                None => self.plan.added.push(content),
            }
        }
    }
}
