//! Which old codes lead to which new ones, and whether two indicators score alike.

use std::collections::BTreeMap;

use super::CodeChange;
use crate::pack::Indicator;
use crate::pack::diff::score_fields;

/// Every new code that is led to, with the entries that lead there.
pub(super) fn reached<'c>(changes: impl Iterator<Item = &'c CodeChange>) -> BTreeMap<&'c str, Vec<&'c CodeChange>> {
    let mut reached: BTreeMap<&str, Vec<&CodeChange>> = BTreeMap::new();
    for change in changes {
        for code in &change.into {
            let list = reached.entry(code).or_default();
            // A code named twice by one entry is a fault of its own, not a second origin.
            if list.last().is_none_or(|last| !std::ptr::eq(*last, change)) {
                list.push(change);
            }
        }
    }
    reached
}

/// Whether two indicators differ in nothing that alters points; otherwise the paths of the fields that do. Code and area
/// only place an indicator.
pub(super) fn same_but_code(before: &Indicator, after: &Indicator) -> Result<(), Vec<String>> {
    let mut fields = score_fields(before, after);
    fields.retain(|path| path != "code" && path != "area");
    if fields.is_empty() { Ok(()) } else { Err(fields) }
}
