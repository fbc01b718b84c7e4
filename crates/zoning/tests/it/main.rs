//! The engine against brute force, and its proofs against the checker.

mod brute;
mod known;
mod random;
