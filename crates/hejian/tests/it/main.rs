//! The tests of the whole product: stories on both engines and journeys in a real browser, in one binary.

mod bad_input;
mod cli;
mod crash;
mod engines;
mod islands;
mod journeys;
mod levels;
mod matrix;
mod network;
mod papers;
mod support;
mod tamper;
