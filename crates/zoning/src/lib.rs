#![doc = include_str!("../README.md")]

pub mod bound;
pub mod certificate;
pub mod check;
mod cuts;
pub mod divide;
pub mod graph;
pub mod improve;
mod lp;
pub mod minimal;
pub mod objective;
pub mod packing;
pub mod random;
pub mod regions;
pub mod solve;
