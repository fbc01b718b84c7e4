//! Tests against the built-in district standard: what it holds, scores computed by hand, and what must hold for any facts.

mod batch;
mod by_hand;
mod canonical;
mod change;
mod diff;
mod explanation;
mod faults;
mod import;
mod migrate;
mod other_rules;
mod pack;
mod properties;
mod random;
mod second;
mod support;
mod table;
mod table_faults;
mod units;
#[cfg(feature = "workbook")]
mod workbook;
