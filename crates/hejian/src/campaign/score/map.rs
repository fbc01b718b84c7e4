//! The communities on a map by how they stand on one indicator.
//!
//! The boundaries are what the unit keeps as rings of longitude and latitude, however deep the arrays are nested.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use hejian_kernel::{
    db::Tx,
    error::Result,
    i18n::{Lang, t},
    ui::{
        Markup,
        map::{LegendItem, MapClass, Outline, Ring, Shape, map_svg},
    },
};
use hejian_scoring::explain::{Node, NodeKind, Verdict};
use serde_json::Value;

use super::{facts::Place, store};

/// Boundaries of the units of the two kinds in being on a day. They are public as on any map.
pub(crate) async fn boundaries(tx: &mut Tx, day: NaiveDate) -> Result<Vec<(String, String, Vec<Ring>)>> {
    let rows = store::outlines(tx, day).await?;
    let read = |text: &str| serde_json::from_str(text).map(|value| rings(&value)).unwrap_or_default();
    Ok(rows.into_iter().map(|(id, kind, text)| (id.to_string(), kind, read(&text))).collect())
}

/// Every array of at least three positions in the value is a ring.
fn rings(value: &Value) -> Vec<Ring> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => {
                let ring: Ring = list.iter().filter_map(position).collect();
                if ring.len() >= 3 && ring.len() == list.len() {
                    found.push(ring);
                } else {
                    open.extend(list);
                }
            }
            Value::Object(map) => open.extend(map.values()),
            _ => {}
        }
    }
    found
}

fn position(value: &Value) -> Option<(f64, f64)> {
    match value.as_array()?.as_slice() {
        [lon, lat, ..] => Some((lon.as_f64()?, lat.as_f64()?)),
        _ => None,
    }
}

/// The map of a figure's units; `None` where no unit has a verdict or no boundary is known.
pub(super) fn of(
    lang: Lang,
    figure: &Node,
    places: &BTreeMap<String, Place>,
    boundaries: &[(String, String, Vec<Ring>)],
) -> Option<Markup> {
    let verdicts: BTreeMap<&str, Verdict> = figure
        .children
        .iter()
        .filter(|node| node.kind == NodeKind::Unit)
        .filter_map(|node| Some((node.unit.as_deref()?, node.verdict?)))
        .collect();
    let name = |id: &str| places.get(id).map_or_else(String::new, |place| place.name.clone());
    let mut shapes = Vec::new();
    let mut outlines = Vec::new();
    for (id, kind, rings) in boundaries.iter().filter(|(_, _, rings)| !rings.is_empty()) {
        match (kind.as_str(), verdicts.get(id.as_str())) {
            ("subdistrict", _) => outlines.push(Outline { rings: rings.clone(), label: name(id) }),
            (_, Some(verdict)) => {
                let (class, word) = class(*verdict);
                let title = format!("{}　{}", name(id), t(lang, word));
                shapes.push(Shape { rings: rings.clone(), class, title, ..Shape::default() });
            }
            _ => {}
        }
    }
    let legend = [Verdict::Met, Verdict::NotMet, Verdict::Unknown].map(|verdict| {
        let (class, word) = class(verdict);
        LegendItem::new(class, t(lang, word))
    });
    (!shapes.is_empty()).then(|| map_svg(lang, &shapes, &outlines, &legend))
}

fn class(verdict: Verdict) -> (MapClass, &'static str) {
    match verdict {
        Verdict::Met => (MapClass::Step(4), "score-state-met"),
        Verdict::NotMet | Verdict::Partly => (MapClass::Short, "score-state-short"),
        Verdict::Unknown => (MapClass::NoData, "not-assessed"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rings_are_found_at_any_depth_and_garbage_gives_none() {
        let one = "[[1.0,2.0],[2.0,2.0],[2.0,3.0],[1.0,2.0]]";
        for (text, n) in [
            (one.to_owned(), 1),
            (format!("[{one}]"), 1),
            (format!("[[{one},{one}]]"), 2),
            (format!(r#"{{"type":"MultiPolygon","coordinates":[[{one}],[{one}]]}}"#), 2),
            ("[[1,2],[\"x\"]]".to_owned(), 0),
            ("7".to_owned(), 0),
        ] {
            let value: Value = serde_json::from_str(&text).expect("JSON");
            assert_eq!(rings(&value).len(), n, "{text}");
        }
    }
}
