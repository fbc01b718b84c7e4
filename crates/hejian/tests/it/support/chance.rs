//! Chance that can be repeated: a small generator whose seed a failing test prints and `HEJIAN_SEED` sets.

use std::{
    fmt,
    hash::{BuildHasher as _, Hasher as _, RandomState},
};

/// A generator. Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (SplitMix64).
pub struct Chance {
    seed: u64,
    state: u64,
}

impl Chance {
    /// From `HEJIAN_SEED`, or from a new seed.
    pub fn seeded() -> Self {
        let given = std::env::var("HEJIAN_SEED").ok();
        let seed = given.map_or_else(
            || RandomState::new().build_hasher().finish(),
            |text| text.parse().expect("HEJIAN_SEED is a whole number"),
        );
        Self { seed, state: seed }
    }

    /// A number of `low..=high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        low + (z ^ (z >> 31)) % (high - low + 1)
    }
}

/// How to repeat it.
impl fmt::Display for Chance {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "repeat with HEJIAN_SEED={}", self.seed)
    }
}
