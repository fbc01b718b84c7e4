//! Journeys through the demonstration district in a real browser: what people do all day, from sign-in to the audit.
//!
//! Each fails on any error of the console and any report of the content security policy. Screenshots go to
//! `target/screenshots/journey-*.png`.

mod district;
mod editing;
mod every_page;
mod keyboard;
mod looks;
mod office;
mod roles;
mod signing_in;
mod standards;
mod story;
mod visitor;
