//! Random packs, units and facts for tests: whatever reads, writes or computes a pack can be held against thousands of them. The
//! rule that matters: a seed gives the same pack for ever on every machine, and every pack made here passes the loader.
//!
//! Behind the feature `testing`; nothing of the product uses it.
//!
//! ```
//! use hejian_scoring::{Pack, testing::{Dice, facts, pack, units}};
//!
//! let mut dice = Dice::new(7);
//! let pack = pack(&mut dice);
//! assert_eq!(Pack::from_texts(&pack.write()), Ok(pack.clone()));
//! let units = units(&mut dice, 5);
//! let rows = facts(&mut dice, &pack, &units);
//! assert!(!rows.is_empty());
//! ```

mod dice;
mod expressions;
mod facts;
mod figures;
mod indicators;
mod measures;
mod packs;
mod rules;

pub use dice::Dice;
pub use facts::{AS_OF, facts, units};
pub use packs::pack;
