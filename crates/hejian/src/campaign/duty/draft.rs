//! The first breakdown: from the roles that a standard names to units of the district. Pure: what is missing is answered,
//! nothing is written.
//!
//! The rule that matters: what stands is left alone, so that drafting again only adds what a new version of the standard brought.

use std::collections::HashSet;

use chrono::NaiveDate;
use hejian_scoring::Pack;
use uuid::Uuid;

use super::{
    gaps::is_shared,
    model::{Board, Content, Part},
};

/// What drafting would add.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Draft {
    /// The duties to come.
    pub added: Vec<Content>,
    /// Roles of the standard that are no department of this district: code of the indicator, role.
    pub unknown: Vec<(String, String)>,
}

/// What the standard's roles make of this district: a lead and its supporters among the departments, and a share for every
/// subdistrict of what is measured in communities. Leads go to the unit's first post in which somebody is,
/// support to its second, shares to the subdistrict's posts in turn.
#[must_use]
pub fn draft(board: &Board, pack: &Pack, due: Option<NaiveDate>) -> Draft {
    let mut made = Draft::default();
    let mut taken: HashSet<(&str, Uuid)> =
        board.duties.iter().map(|duty| (duty.content.indicator.as_str(), duty.content.unit)).collect();
    let led: HashSet<&str> =
        board.find(|of| of.part == Part::Lead).map(|duty| duty.content.indicator.as_str()).collect();
    let mut shared = 0;
    for indicator in &pack.indicators {
        let code = indicator.code.as_str();
        let lead = (!led.contains(code)).then_some((&indicator.lead, Part::Lead));
        for (role, part) in lead.into_iter().chain(indicator.co.iter().map(|role| (role, Part::Support))) {
            let Some(unit) = board.unit_of_key(role).filter(|unit| unit.kind == "department") else {
                made.unknown.push((code.to_owned(), role.clone()));
                continue;
            };
            if !taken.insert((code, unit.id)) {
                continue;
            }
            let post = board.held_post(unit.id, usize::from(part != Part::Lead)).map(|post| post.id);
            made.added.push(Content { post, due, ..Content::new(code, unit.id, part) });
        }
        if !is_shared(pack, code) {
            continue;
        }
        shared += 1;
        for unit in board.of_kind("subdistrict") {
            if taken.insert((code, unit.id)) {
                let post = board.post_in_turn(unit.id, shared).map(|post| post.id);
                made.added.push(Content { post, due, ..Content::new(code, unit.id, Part::Carry) });
            }
        }
    }
    made
}

/// The shares of a subdistrict's communities that are not given yet, each to one of the community's posts: those in which somebody is, in turn.
#[must_use]
pub fn cascade(board: &Board, pack: &Pack, subdistrict: Uuid, code: &str) -> Vec<Content> {
    let Some(above) = board.at(code, subdistrict).filter(|duty| duty.content.part == Part::Carry) else {
        return Vec::new();
    };
    let turn =
        pack.indicators.iter().filter(|of| is_shared(pack, &of.code)).position(|of| of.code == code).unwrap_or(0);
    let share = |unit: Uuid| Content {
        post: board.post_in_turn(unit, turn).map(|post| post.id),
        due: above.content.due,
        parent: Some(above.line),
        ..Content::new(code, unit, Part::Carry)
    };
    let open = board.communities(subdistrict).filter(|unit| board.at(code, unit.id).is_none());
    open.map(|unit| share(unit.id)).collect()
}
