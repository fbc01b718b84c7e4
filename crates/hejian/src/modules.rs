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
    use hejian_kernel::{
        i18n::{self, Lang},
        lifecycle,
    };

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

    #[test]
    fn what_the_audit_vouches_for_has_a_name_in_both_languages() {
        let kinds: Vec<&str> = MODULES.iter().flat_map(|module| module.kept).map(|kept| kept.kind).collect();
        assert!(kinds.len() > 5);
        for kind in kinds.iter().map(|kind| kind.replace('_', "-")) {
            for lang in [Lang::ZhCn, Lang::En] {
                let named =
                    [format!("audit-kind-{kind}"), format!("register-{kind}")].iter().any(|key| i18n::has(lang, key));
                assert!(named, "{kind} has no name in {lang:?}: add audit-kind-{kind} to access.ftl");
            }
        }
    }
}
