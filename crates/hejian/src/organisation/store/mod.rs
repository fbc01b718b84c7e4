//! SQL of the organisation: units with their lineage and boundaries, posts with their terms, persons.
//!
//! The rule that matters: what names a person or a post is read through the reader's scope; counts of to-dos are those of the
//! post, whoever holds it.

pub(super) mod persons;
pub(super) mod posts;
pub(super) mod units;
