#![doc = include_str!("../README.md")]

mod names;

pub mod batch;
pub mod evaluate;
pub mod exact;
pub mod explain;
pub mod expr;
pub mod facts;
pub mod improve;
pub mod pack;
pub mod period;
pub mod sql;
#[cfg(feature = "table")]
pub mod table;
#[cfg(feature = "testing")]
pub mod testing;
pub mod units;
#[cfg(feature = "workbook")]
pub mod workbook;

pub use evaluate::{
    ENGINE_VERSION, Outcome, Scores, evaluate, evaluate_at, evaluate_indicator, evaluate_total, evaluate_unit, rescore,
    what_if,
};
pub use exact::Exact;
pub use facts::{Amount, Change, FactRow, Facts, Source};
pub use pack::Pack;
pub use period::Period;
pub use units::{Unit, Units};
