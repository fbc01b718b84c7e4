//! The command line as people run it: the real binary in folders of its own.

mod accounts;
mod backup;
mod boot;
mod faults;
mod job;
pub mod run;
mod verify;
