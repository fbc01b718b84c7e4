//! What one chooses from where a duty is given: indicators, parts, posts.

use hejian_kernel::ui::controls::Choice;
use uuid::Uuid;

use super::super::{
    here::Here,
    model::{Part, Post},
};

/// The indicators of the standard, under their areas.
pub(in super::super) fn indicators(here: &Here) -> Vec<Choice> {
    let pack = &here.standard.pack;
    let area = |code: &str| pack.area(code).map(|area| here.standard.area(here.lang, area)).unwrap_or_default();
    let choice = |of: &hejian_scoring::pack::Indicator| {
        Choice::new(of.code.clone(), format!("{} {}", of.code, here.standard.name(here.lang, of))).group(area(&of.area))
    };
    pack.indicators.iter().map(choice).collect()
}

pub(super) fn parts(here: &Here) -> Vec<Choice> {
    Part::ALL.into_iter().map(|part| Choice::new(part.key(), here.t(&format!("duty-part-{}", part.key())))).collect()
}

/// Posts with whoever is in them, under their units.
pub(in super::super) fn posts(here: &Here, within: Option<Uuid>) -> Vec<Choice> {
    let choice = |post: &Post| {
        let unit = here.board.unit(post.unit).filter(|unit| unit.kind != "district")?;
        let person = post.person().map_or_else(|| here.t("duty-nobody"), |person| person.name.clone());
        Some(Choice::new(post.id.to_string(), format!("{} {person}", post.name)).group(unit.name.clone()))
    };
    here.board.posts.iter().filter(|post| within.is_none_or(|unit| unit == post.unit)).filter_map(choice).collect()
}
