//! Hand-over of a post: the present term ends, a successor's begins, in one unit of work; a deputy (B 角) stands in.
//!
//! The rule that matters: open to-dos belong to the post and move with it. No change of terms may leave a day on which
//! something waits in the post and nobody is in it, where somebody was before.

mod act;
pub(super) mod deputy;
mod form;
pub(super) mod pages;
pub(super) mod plan;

pub use act::wish_deputy;
#[cfg(test)]
pub(super) use act::{Successor, Wish, appoint_deputy, end_deputy, hand_over};

use super::store::posts::Term;

/// Terms as the plan sees them.
pub(super) fn spans(terms: &[Term]) -> Vec<plan::Span> {
    let span = |t: &Term| plan::Span { term: Some(t.id), person: t.person, part: t.part, from: t.from, to: t.to };
    terms.iter().map(span).collect()
}
