//! The tests of the whole product: stories on both engines and journeys in a real browser, in one binary.

mod islands;
mod support;
