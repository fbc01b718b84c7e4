//! What a workbook would do to the duties that stand: added, changed, ended, and what is wrong with it. Pure.
//!
//! The rule that matters: a row with a fault does nothing, and nothing of what it is about ends because of it.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use hejian_kernel::error::Message;
use hejian_scoring::workbook::Sheet;
use uuid::Uuid;

use super::{
    model::{Board, Content, Duty, Part, Present},
    sheets::{Names, Place, bare, code, day, post, split},
};
use crate::campaign::standard::Standard;

/// A fault at its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Fault {
    /// Place of the sheet in the file.
    pub sheet: usize,
    /// Row, from 0.
    pub row: usize,
    pub says: Message,
}

/// A deputy that the file names and the post does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Deputy {
    /// Where it stands.
    pub sheet: usize,
    pub row: usize,
    pub post: Uuid,
    /// The person by name.
    pub name: String,
}

/// What a workbook would do.
#[derive(Debug, Clone, Default)]
pub(super) struct ImportPlan {
    pub added: Vec<Content>,
    pub changed: Vec<(Duty, Content)>,
    pub ended: Vec<Duty>,
    /// Deputies to be asked for, one a post.
    pub deputies: Vec<Deputy>,
    pub same: usize,
    pub faults: Vec<Fault>,
    /// What the file claims, faults and all: for the gaps it would leave.
    pub claimed: Vec<Duty>,
    /// The heads that were found, by sheet, for the file with its faults.
    pub heads: BTreeMap<usize, usize>,
}

impl ImportPlan {
    /// How many duties would be written and deputies asked for.
    pub fn writes(&self) -> usize {
        self.added.len() + self.changed.len() + self.ended.len() + self.deputies.len()
    }

    /// Deputies who are nobody in the district become faults; `known` are the names there are.
    pub fn hold_deputies(&mut self, known: &HashSet<String>) {
        let (there, nobody) = std::mem::take(&mut self.deputies).into_iter().partition(|of| known.contains(&of.name));
        self.deputies = there;
        let nobody: Vec<Deputy> = nobody;
        self.faults.extend(nobody.into_iter().map(|of| Fault {
            sheet: of.sheet,
            row: of.row,
            says: Message::new("duty-sheet-deputy-unknown").arg("name", of.name),
        }));
    }
}

/// One row of the first sheet.
struct Row {
    code: String,
    lead: Option<Uuid>,
    post: Option<Uuid>,
    due: Option<NaiveDate>,
    note: String,
    supports: Vec<Uuid>,
}

struct Reading<'a> {
    board: &'a Board,
    standard: &'a Standard,
    plan: ImportPlan,
}

/// Holds a workbook against what stands. `None` when neither sheet is there.
pub(super) fn plan(board: &Board, standard: &Standard, sheets: &[Sheet]) -> Option<ImportPlan> {
    let mut reading = Reading { board, standard, plan: ImportPlan::default() };
    let (mut found, mut stands): (bool, Vec<Duty>) = (false, board.duties.clone());
    for (at, sheet) in sheets.iter().enumerate() {
        let keys: [&[&str]; 7] = [
            &["指标编号", "编号", "指标"],
            &["牵头"],
            &["配合", "协办"],
            &["责任人"],
            &["完成时限", "时限", "期限"],
            &["备注"],
            &["B角"],
        ];
        let shares: [&[&str]; 5] =
            [&["指标"], &["街道"], &["社区"], &["岗位", "责任人"], &["时限", "期限", "完成时限"]];
        if let Some(place) = Place::find(sheet, &keys, &[0, 1]) {
            reading.plan.heads.insert(at, place.head);
            reading.breakdown(at, sheet, &place, &mut stands);
            found = true;
        } else if let Some(place) = Place::find(sheet, &shares, &[0, 1, 2]) {
            reading.plan.heads.insert(at, place.head);
            reading.shares(at, sheet, &place, &mut stands);
            found = true;
        }
    }
    reading.plan.claimed = stands;
    found.then_some(reading.plan)
}

impl Reading<'_> {
    fn fault(&mut self, sheet: usize, row: usize, says: Message) {
        self.plan.faults.push(Fault { sheet, row, says });
    }

    /// The first sheet: one row an indicator.
    fn breakdown(&mut self, at: usize, sheet: &Sheet, place: &Place, stands: &mut Vec<Duty>) {
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
            let note: String = text(5).chars().take(super::form::LONGEST).collect();
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

    fn set(&mut self, duty: &Duty, content: Content) {
        if duty.content == content {
            self.plan.same += 1;
        } else {
            self.plan.changed.push((duty.clone(), content));
        }
    }

    /// The second sheet: one row a share of a subdistrict or a community.
    fn shares(&mut self, at: usize, sheet: &Sheet, place: &Place, stands: &mut Vec<Duty>) {
        let subdistricts = Names::of(self.board.of_kind("subdistrict"));
        let mut below: HashMap<Uuid, Names<'_>> = HashMap::new();
        let mut seen: HashMap<(String, Uuid), usize> = HashMap::new();
        // What the file says of each indicator in each subdistrict, and whether all of it could be read.
        let mut groups: BTreeMap<(String, Uuid), (bool, Vec<Content>)> = BTreeMap::new();
        for row in place.head + 1..sheet.rows.len() {
            let text = |key: usize| place.cell(sheet, row, key).shown();
            if sheet.rows[row].iter().all(hejian_scoring::workbook::Value::is_empty) {
                continue;
            }
            let (code, above) = match (code(self.standard, &text(0)), subdistricts.find(&text(1))) {
                (Ok(code), Ok(above)) => (code, above),
                (code, above) => {
                    let says = [code.err(), above.err()];
                    says.into_iter().flatten().for_each(|says| self.fault(at, row, says));
                    continue;
                }
            };
            let before = self.plan.faults.len();
            let names = below.entry(above.id).or_insert_with(|| Names::of(self.board.communities(above.id)));
            let unit = if text(2).trim().is_empty() { Ok(above) } else { names.find(&text(2)) };
            let unit = match unit {
                Ok(unit) => Some(unit.id),
                Err(says) => {
                    self.fault(at, row, says);
                    None
                }
            };
            let mut content = unit.map(|unit| Content::new(&code, unit, Part::Carry));
            if let Some(content) = &mut content {
                if let Some(first) = seen.insert((code.clone(), content.unit), row) {
                    self.fault(at, row, Message::new("duty-sheet-twice").arg("code", &code).arg("row", first + 1));
                }
                content.post = post(self.board, content.unit, &text(3))
                    .map_err(|says| self.fault(at, row, says))
                    .unwrap_or_default();
                content.due =
                    day(place.cell(sheet, row, 4)).map_err(|says| self.fault(at, row, says)).unwrap_or_default();
            }
            let group = groups.entry((code, above.id)).or_insert((true, Vec::new()));
            if self.plan.faults.len() > before {
                group.0 = false;
            } else {
                group.1.extend(content);
            }
        }
        for ((code, above), (sound, rows)) in groups {
            self.group(&code, above, sound, rows, stands);
        }
    }

    fn group(&mut self, code: &str, above: Uuid, sound: bool, rows: Vec<Content>, stands: &mut Vec<Duty>) {
        let here = |unit: Uuid| unit == above || self.board.unit(unit).is_some_and(|unit| unit.parent == Some(above));
        let present: Vec<Duty> = self
            .board
            .find(|of| of.part == Part::Carry && of.indicator == code)
            .filter(|duty| here(duty.content.unit))
            .cloned()
            .collect();
        let named: HashSet<Uuid> = rows.iter().map(|of| of.unit).collect();
        stands.retain(|duty| {
            duty.content.indicator != code || !here(duty.content.unit) || duty.content.part != Part::Carry
        });
        stands.extend(rows.iter().cloned().map(claim));
        if sound {
            self.plan.ended.extend(present.iter().filter(|duty| !named.contains(&duty.content.unit)).cloned());
        }
        for content in rows {
            match present.iter().find(|duty| duty.content.unit == content.unit) {
                None => self.plan.added.push(content),
                Some(duty) => {
                    let of = &duty.content;
                    self.set(duty, Content { post: content.post, due: content.due, ..of.clone() });
                }
            }
        }
    }
}

/// A duty as the file claims it.
fn claim(content: Content) -> Duty {
    let line = Uuid::nil();
    Duty { id: line, line, version: 0, content }
}
