#![doc = include_str!("../README.md")]

pub mod bound;
pub mod certificate;
pub mod check;
mod cuts;
pub mod divide;
pub mod file;
pub mod graph;
pub mod improve;
mod lp;
pub mod minimal;
pub mod objective;
pub mod packing;
pub mod plan;
mod planner;
pub mod problem;
pub mod random;
pub mod read;
pub mod refused;
pub mod regions;
pub mod solve;
pub mod watch;
pub mod worth;
