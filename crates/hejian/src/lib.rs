//! The whole working system by which a district creates, wins and keeps a title.
//!
//! The folders are the chapters of the work; [`modules`] is the map.

pub mod backup;
pub mod boot;
pub mod campaign;
pub mod cli;
pub mod demo;
pub mod foundations;
pub mod instruction;
pub mod message;
pub mod modules;
pub mod organisation;
pub mod search;
#[cfg(test)]
mod stage;
pub mod system;
pub mod todo;
