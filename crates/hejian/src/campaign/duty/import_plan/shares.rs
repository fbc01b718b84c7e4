//! The second sheet: one row a share of a subdistrict or a community.
//!
//! The rule that matters: what the file leaves out of a subdistrict's share ends, unless a row about it could not be read.

use std::collections::{BTreeMap, HashMap, HashSet};

use hejian_kernel::error::Message;
use hejian_scoring::workbook::Sheet;
use uuid::Uuid;

use super::super::{
    model::{Content, Duty, Part},
    sheets::{Names, Place, code, day, post},
};
use super::{Reading, claim};

impl Reading<'_> {
    /// The second sheet: one row a share of a subdistrict or a community.
    pub(super) fn shares(&mut self, at: usize, sheet: &Sheet, place: &Place, stands: &mut Vec<Duty>) {
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
