//! Tests against the built-in district standard: what it holds, and scores computed by hand.

mod pack;
mod support;
