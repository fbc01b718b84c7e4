//! From tree to types: one function per kind of entry. Every field is read before the first `?`, so that one run reports
//! every fault of an entry.

mod cases;
mod indicator;
mod measure;
mod rule;
mod standard;

pub(super) use cases::tests;
pub(super) use indicator::indicator;
pub(super) use measure::measure;
pub(super) use standard::{area, standard};
