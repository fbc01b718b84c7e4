//! The map of communities (or, of an earlier day, of residents' committees), coloured by subdistrict.

use std::collections::HashMap;

use hejian_kernel::{
    i18n::Lang,
    ui::{
        Markup,
        map::{LegendItem, MapClass, Ring, Shape, map_svg},
    },
    unit::Unit,
};
use uuid::Uuid;

/// The plan has six fills; a seventh subdistrict would look like the first, so the legend then is left to the table.
const FILLS: usize = 6;

/// Draws those units that have a boundary; `stressed` is the one looked at. `None` when there is nothing to draw.
pub(super) fn map(
    lang: Lang,
    units: &[&Unit],
    boundaries: &HashMap<Uuid, Vec<Ring>>,
    names: &HashMap<Uuid, String>,
    stressed: Option<Uuid>,
) -> Option<Markup> {
    let drawn: Vec<&&Unit> = units.iter().filter(|u| boundaries.contains_key(&u.id)).collect();
    if drawn.is_empty() {
        return None;
    }
    // Fills follow the official order of the subdistricts, as the table does.
    let mut parents: Vec<Option<Uuid>> = Vec::new();
    for unit in &drawn {
        if !parents.contains(&unit.parent) {
            parents.push(unit.parent);
        }
    }
    let fill = |parent: Option<Uuid>| {
        let at = parents.iter().position(|p| *p == parent).unwrap_or(0) % FILLS;
        MapClass::Plan(u8::try_from(at).unwrap_or(0))
    };
    let name = |parent: Option<Uuid>| parent.and_then(|p| names.get(&p)).cloned().unwrap_or_default();
    let shapes: Vec<Shape> = drawn
        .iter()
        .map(|unit| Shape {
            rings: boundaries[&unit.id].clone(),
            class: fill(unit.parent),
            label: String::new(),
            href: Some(format!("/organisation/units/{}", unit.id)),
            title: format!("{}　{}", unit.name, name(unit.parent)),
            stressed: stressed == Some(unit.id),
        })
        .collect();
    let legend: Vec<LegendItem> = if parents.len() <= FILLS {
        parents.iter().map(|p| LegendItem::new(fill(*p), name(*p))).collect()
    } else {
        Vec::new()
    };
    Some(map_svg(lang, &shapes, &[], &legend))
}
