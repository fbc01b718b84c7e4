//! The document, the areas, and figures with their mark.

use crate::pack::reader::{Faults, Mapping};
use crate::pack::schema::{self, Object};
use crate::pack::{Area, Marked, Node, Standard, State};

pub(in crate::pack) fn standard(node: &Node, faults: &mut Faults) -> Option<Standard> {
    let map = Mapping::new(node, &schema::STANDARD, faults)?;
    let (id, version) = (map.id("id", faults), map.whole("version", faults));
    let state = map.word_or("state", State::Draft, faults);
    let name_zh = map.text("name_zh", faults);
    let document_no = map.text_or_none("document_no", faults);
    let issued = map.text_or_none("issued", faults);
    let status = map.text_or_none("status", faults);
    let what_is_found = map.text_or_none("what_is_found", faults);
    let what_is_inferred = map.text_or_none("what_is_inferred", faults);
    let notes = map.texts("notes", faults);
    let (total_points, bonus_points) = (map.number("total_points", faults), map.number_or_zero("bonus_points", faults));
    let pass_mark =
        map.optional("pass_mark").and_then(|node| marked(node, &schema::MARKED_NUMBER, faults, Mapping::number));
    let award_cycle_years = map.whole_or_none("award_cycle_years", faults);
    let validity = map.optional("validity").and_then(|node| marked(node, &schema::MARKED_TEXT, faults, Mapping::text));
    let scoring_defaults = map.dictionary("scoring_defaults", faults);
    map.finish(faults);
    Some(Standard {
        id: id?,
        version: version?,
        state: state?,
        name_zh: name_zh?,
        document_no,
        issued,
        status,
        what_is_found,
        what_is_inferred,
        notes,
        total_points: total_points?,
        bonus_points: bonus_points?,
        pass_mark,
        award_cycle_years,
        validity,
        scoring_defaults,
    })
}

fn marked<'n, T>(
    node: &'n Node,
    object: &'static Object,
    faults: &mut Faults,
    read: impl FnOnce(&Mapping<'n>, &'static str, &mut Faults) -> Option<T>,
) -> Option<Marked<T>> {
    let map = Mapping::new(node, object, faults)?;
    let (value, confidence) = (read(&map, "value", faults), map.text("confidence", faults));
    map.finish(faults);
    Some(Marked { value: value?, confidence: confidence? })
}

pub(in crate::pack) fn area(node: &Node, faults: &mut Faults) -> Option<Area> {
    let map = Mapping::new(node, &schema::AREA, faults)?;
    let (code, points) = (map.id("code", faults), map.number("points", faults));
    let (name_zh, name_en) = (map.text("name_zh", faults), map.text("name_en", faults));
    let indicators = map.whole("indicators", faults);
    map.finish(faults);
    Some(Area { code: code?, name_zh: name_zh?, name_en: name_en?, indicators: indicators? as usize, points: points? })
}
