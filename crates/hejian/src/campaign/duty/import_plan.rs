//! What a workbook would do to the duties that stand: added, changed, ended, and what is wrong with it. Pure.
//!
//! The rule that matters: a row with a fault does nothing, and nothing of what it is about ends because of it.

mod breakdown;
mod shares;

use std::collections::{BTreeMap, HashSet};

use hejian_kernel::error::Message;
use hejian_scoring::workbook::Sheet;
use uuid::Uuid;

use super::{
    model::{Board, Content, Duty},
    sheets::Place,
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

    fn set(&mut self, duty: &Duty, content: Content) {
        if duty.content == content {
            self.plan.same += 1;
        } else {
            self.plan.changed.push((duty.clone(), content));
        }
    }
}

/// A duty as the file claims it.
fn claim(content: Content) -> Duty {
    let line = Uuid::nil();
    Duty { id: line, line, version: 0, content }
}
