mod grants;
mod handover;
mod pages;

use hejian_kernel::i18n::{self, Lang};

use super::{ROLES, words};

#[test]
fn every_role_and_kind_of_unit_has_words_in_both_languages() {
    let mut keys = words::role_keys(ROLES);
    keys.extend(words::KINDS.map(words::kind_key));
    keys.extend(
        ["party", "government", "office", "mass-org", "vertical", "other"].map(|s| format!("unit-section-{s}")),
    );
    keys.extend(["merge", "split", "rename", "boundary-transfer", "establish"].map(|k| format!("lineage-{k}")));
    keys.extend(["real", "inferred", "synthetic"].map(|s| format!("data-{s}")));
    for lang in Lang::ALL {
        assert_eq!(i18n::missing(lang, &keys), Vec::<String>::new(), "{lang:?}");
    }
}
