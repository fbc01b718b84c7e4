//! The document, the areas, and figures with their mark.

use super::{Fields, plain, text};
use crate::pack::schema::{self, Object};
use crate::pack::{Area, Marked, Node, Standard};

pub(super) fn standard(standard: &Standard) -> Node {
    let marked_number =
        |marked: &Marked<_>| marked_node(&schema::MARKED_NUMBER, marked, |value| plain(format!("{value}")));
    let marked_text = |marked: &Marked<String>| marked_node(&schema::MARKED_TEXT, marked, |value| text(value));
    Fields::of(&schema::STANDARD)
        .text("id", &standard.id)
        .shown("version", standard.version)
        .shown("state", standard.state.word())
        .text("name_zh", &standard.name_zh)
        .text_or_none("document_no", standard.document_no.as_ref())
        .text_or_none("issued", standard.issued.as_ref())
        .text_or_none("status", standard.status.as_ref())
        .text_or_none("what_is_found", standard.what_is_found.as_ref())
        .text_or_none("what_is_inferred", standard.what_is_inferred.as_ref())
        .texts("notes", &standard.notes)
        .number("total_points", &standard.total_points)
        .number("bonus_points", &standard.bonus_points)
        .optional("pass_mark", standard.pass_mark.as_ref(), marked_number)
        .whole_or_none("award_cycle_years", standard.award_cycle_years)
        .optional("validity", standard.validity.as_ref(), marked_text)
        .map("scoring_defaults", standard.scoring_defaults.iter().map(|(key, words)| (key, text(words))))
        .done()
}

fn marked_node<T>(object: &'static Object, marked: &Marked<T>, value: impl FnOnce(&T) -> Node) -> Node {
    Fields::of(object).node("value", value(&marked.value)).text("confidence", &marked.confidence).done()
}

pub(super) fn area(area: &Area) -> Node {
    Fields::of(&schema::AREA)
        .text("code", &area.code)
        .text("name_zh", &area.name_zh)
        .text("name_en", &area.name_en)
        .shown("indicators", area.indicators)
        .number("points", &area.points)
        .done()
}
