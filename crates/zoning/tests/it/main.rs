//! The engine against brute force, and its proofs against the checker.

mod asking;
mod brute;
mod checking;
mod constraints;
mod dividing;
mod faults;
mod known;
mod random;
mod reading;
mod strips;
mod threads;
