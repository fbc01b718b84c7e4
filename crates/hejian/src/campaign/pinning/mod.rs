//! 采用哪一版标准: the dry run of a change to another version on this district's facts, and the act of pinning it; a new campaign
//! with the version of its template.
//!
//! The rule that matters: nobody pins what nobody has played through. A pin names the dry run that its author saw on the same day,
//! from the version in force to the one taken up.

mod begin;
mod codes;
mod dry_run;
mod pin;
#[cfg(test)]
mod tests;
mod trial;

use hejian_kernel::web::{Module, Need, Routes};

/// The module; it stands in the navigation under the standard.
pub static MODULE: Module =
    Module { key: "pinning", registers: &[], routes, measures: &[], kept: &[], jobs: &[], nav: &[] };

fn routes() -> Routes {
    let (read, pin) = (Need::Right("standard.read"), Need::Right("standard.pin"));
    Routes::none()
        .get("/campaigns/new", Need::Right("campaign.edit"), begin::open)
        .post("/campaigns/new", Need::Right("campaign.edit"), begin::make)
        .get("/standard/packs/{id}/dry-run", read, dry_run::show)
        .post("/standard/packs/{id}/dry-run", pin, dry_run::keep)
        .get("/standard/packs/{id}/pin", pin, pin::ask)
        .post("/standard/packs/{id}/pin", pin, pin::pin)
}
