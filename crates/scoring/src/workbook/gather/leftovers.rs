//! Rows nobody took and cells that mean nothing in their row: what a person wrote is never passed over in silence.

use super::Gather;
use super::place::Fault;
use crate::pack::Problem;
use crate::workbook::plan::{INDICATOR_CODE, TEST_NUMBER};

impl Gather<'_> {
    /// Reports rows nobody took and cells that mean nothing in their row.
    pub(super) fn leftovers(&mut self) {
        for (row, used) in self.rows.iter().zip(&self.used) {
            let subject = Some(row.owner.clone()).filter(|owner| !owner.is_empty());
            if !used.get() {
                let what = if row.table == "测试" { "test number" } else { "indicator" };
                let known = row.owner.is_empty() || self.owners.contains(&format!("{what} {}", row.owner));
                let problem = match known {
                    false => Problem::Unknown { what: what.into(), name: row.owner.clone(), nearest: None },
                    true if row.below.is_empty() => Problem::Unfit {
                        says: format!("a row `{}` does not go with the rule of {}", row.name, row.owner),
                        write: "remove the row, or change the form of the rule (规则类型)".into(),
                    },
                    true => Problem::Unfit {
                        says: format!("{} has no `{}` that could have a row `{}`", row.owner, row.below, row.name),
                        write: "write the kind and name of the row it belongs to, or leave 所属 empty".into(),
                    },
                };
                let owner = [INDICATOR_CODE, TEST_NUMBER].iter().find_map(|label| row.places.get(*label));
                let spot = owner.copied().filter(|_| !known).unwrap_or(row.spot);
                self.faults.push(Fault { spot, subject, problem });
                continue;
            }
            let taken = row.taken.borrow();
            for (label, cells) in row.cells.iter().filter(|(label, _)| !taken.contains(*label)) {
                let says = format!("`{label}` means nothing for this row (`{}`)", row.name);
                let write = "empty the cell, or change the kind of row or of rule".to_owned();
                let spot = cells.first().map_or(row.spot, |cell| cell.spot);
                self.faults.push(Fault { spot, subject: subject.clone(), problem: Problem::Unfit { says, write } });
            }
        }
    }
}
