//! Seeded mutations of texts, for the loaders of packs and catalogues. Owns what a hostile text looks like; what must hold
//! for every one of them stands in `tests/loader.rs`. The rule that matters: a case is its seed, so any failure can be
//! played again.

mod bytes;
mod lines;
mod random;

pub use random::Random;

/// A text changed in one to four places, by lines and values (mostly) or by bytes.
pub fn mutated(text: &str, random: &mut Random) -> String {
    let mut text = text.to_owned();
    for _ in 0..=random.below(3) {
        text = if random.below(4) == 0 { bytes::mutated(&text, random) } else { lines::mutated(&text, random) };
    }
    text
}
