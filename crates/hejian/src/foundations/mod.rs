//! 夯实基础: the registers where the work happens.

pub mod premises;
pub mod series;
