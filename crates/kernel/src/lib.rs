//! The ground every module stands on: database, unit of work, audit, access, registers, lifecycles, to-dos, files, jobs,
//! words and pages. It knows no word of the campaign.

extern crate self as hejian_kernel;

pub mod access;
pub mod audit;
pub mod clock;
pub mod db;
pub mod error;
pub mod files;
pub mod i18n;
pub mod jobs;
pub mod lifecycle;
pub mod measure;
pub mod message;
pub mod pages;
pub mod register;
pub mod settings;
#[doc(hidden)]
pub mod testing;
pub mod todo;
pub mod ui;
pub mod unit;
pub mod web;
pub mod work;

#[doc(hidden)]
pub use sqlx;
