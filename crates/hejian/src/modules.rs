//! The map of the product: the list of modules, in the order of the navigation, and the roles a post may hold.
//!
//! A new feature is a folder and one line here.

use hejian_kernel::web::Module;

pub use crate::organisation::ROLES;
use crate::{
    campaign::{dashboard, duty, pinning, record, score, scorecard, snapshot, standard},
    foundations::{premises, series},
    instruction, message, organisation, search, system, todo,
};

/// All modules.
pub static MODULES: &[&Module] = &[
    &todo::MODULE,
    &dashboard::MODULE,
    &message::MODULE,
    &instruction::MODULE,
    &organisation::MODULE,
    &premises::MODULE,
    &series::MODULE,
    // cargo xtask new-module adds a line above this one
    &record::MODULE,
    &standard::MODULE,
    &score::MODULE,
    &snapshot::MODULE,
    &duty::MODULE,
    &scorecard::MODULE,
    &pinning::MODULE,
    &search::MODULE,
    &system::MODULE,
];

#[cfg(test)]
mod tests {
    use hejian_kernel::lifecycle;

    use super::MODULES;

    #[test]
    fn every_lifecycle_is_sound_and_no_path_lets_one_person_do_both_sides_of_a_rule_for_two() {
        let mut walked = 0;
        for def in MODULES.iter().flat_map(|module| module.registers) {
            let Some(lifecycle) = def.lifecycle else { continue };
            let findings: Vec<_> = lifecycle::check(lifecycle).iter().map(ToString::to_string).collect();
            assert!(findings.is_empty(), "{}: {}", lifecycle.key, findings.join("; "));
            walked += 1;
        }
        assert!(walked > 0, "no register has a lifecycle");
    }
}
