#![doc = include_str!("../README.md")]

mod calendar;
mod csv;
mod day;
mod deadline;
mod lamp;

pub use calendar::{Beyond, Calendar, DayError, DayKind, DayNote};
pub use csv::{CsvErrors, LineError, LineProblem};
pub use day::{day_start, local_day};
pub use deadline::{Deadline, Limit, Pause, Standing};
pub use lamp::{Facts, Lamp, Reading, Rule, Scheme, Thresholds, When};
