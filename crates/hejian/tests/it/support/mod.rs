//! What stories and journeys stand on: a PostgreSQL database of one's own, a browser of one's own.
//!
//! `cargo xtask test` provides both through environment variables. Where one is missing a test says so and ends; in CI, where
//! nothing may be skipped, it fails.

pub mod browser;
pub mod chance;
pub mod district;
pub mod postgres;
pub mod site;

/// The value of the variable, or `None` after saying what is skipped. In CI a missing value is a failure.
pub fn wanted(variable: &str, what: &str) -> Option<String> {
    let value = std::env::var(variable).ok().filter(|value| !value.is_empty());
    if value.is_none() {
        skip(&format!("{what}: {variable} is not set; `cargo xtask test` sets it"));
    }
    value
}

/// Says what is skipped; in CI nothing may be.
pub fn skip(what: &str) {
    assert!(!std::env::var("CI").is_ok_and(|value| value == "true" || value == "1"), "CI may not skip {what}");
    eprintln!("SKIPPED {what}");
}
