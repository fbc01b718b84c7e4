//! The command line as people run it: the real binary in folders of its own.

mod accounts;
mod backup;
mod boot;
mod export;
mod faults;
mod job;
mod pack;
pub mod run;
mod score;
mod verify;
mod zoning;
