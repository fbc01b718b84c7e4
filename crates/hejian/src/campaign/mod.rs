//! 细化任务 · 落实责任: the standard broken down, scored and opened down to its records.

pub mod dashboard;
pub mod duty;
pub mod pinning;
pub mod record;
pub mod score;
pub mod scorecard;
pub mod snapshot;
pub mod standard;
