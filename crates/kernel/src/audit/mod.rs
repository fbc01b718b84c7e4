//! The audit chain: append-only, hash-linked, its head sealed with a key that lives outside the database.
//!
//! The rule that matters: the link is taken last in the transaction. Entries gather in the unit of work; [`append`] locks
//! the head, links them and moves the head, all in the same transaction as the facts they tell of. `hash` is a plain digest
//! that anyone can recompute; the head also carries a MAC, so that someone who may write the database but does not hold
//! the key cannot cut the tail or rewrite the chain unseen.

mod chain;
mod keys;
mod verify;

pub use chain::{Algorithm, Entry, Stored, append, head, init, link};
pub use keys::{KeyError, Keys, hex, write_private};
pub use verify::{Finding, Head, Kept, KeptRows, Report, verify, verify_told};
