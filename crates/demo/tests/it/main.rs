//! What the demonstration district promises, read from outside.

mod people;
mod units;

use hejian_demo::{District, district};
use std::sync::LazyLock;

static DISTRICT: LazyLock<District> = LazyLock::new(|| district(2009).expect("the embedded files are sound"));

#[test]
fn one_seed_always_gives_the_same_district() {
    assert_eq!(district(2009).unwrap(), *DISTRICT);
}
