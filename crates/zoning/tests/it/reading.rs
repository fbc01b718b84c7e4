//! Maps read from text: outlines give the borders that others found, whatever slivers and T-junctions lie between.

use std::collections::BTreeSet;

use hejian_zoning::problem::Barrier;
use hejian_zoning::read::{Contiguity, Coordinates, Read, Reading, read};
use serde_json::{Value, json};

fn file(name: &str) -> Vec<u8> {
    let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    std::fs::read(&path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

pub fn reading() -> Reading {
    let name = |name: &str| name.to_owned();
    Reading {
        id: name("id"),
        size: name("size"),
        population: name("pop"),
        parent: name("parent"),
        ..Reading::default()
    }
}

/// For maps made up here.
pub fn plane() -> Reading {
    Reading { coordinates: Coordinates::Planar, ..reading() }
}

/// A feature with an outline of one ring, closed here.
pub fn unit(id: &str, points: &[[f64; 2]]) -> Value {
    let mut ring = points.to_vec();
    ring.push(points[0]);
    json!({ "type": "Feature", "properties": { "id": id, "size": 10, "pop": 20, "parent": "P" },
            "geometry": { "type": "Polygon", "coordinates": [ring] } })
}

/// A rectangle.
pub fn rectangle(id: &str, low: [f64; 2], high: [f64; 2]) -> Value {
    unit(id, &[low, [high[0], low[1]], high, [low[0], high[1]]])
}

pub fn map(features: &[Value]) -> Vec<u8> {
    json!({ "type": "FeatureCollection", "features": features }).to_string().into_bytes()
}

fn pairs(map: &Read) -> BTreeSet<(String, String)> {
    let id = |node: u32| map.problem.units[node as usize].id.clone();
    let pair = |a: String, b: String| if a < b { (a, b) } else { (b, a) };
    map.problem.edges.iter().map(|edge| pair(id(edge.a), id(edge.b))).collect()
}

fn joined(features: &[Value], reading: &Reading) -> Vec<String> {
    let map = read(&map(features), reading).unwrap_or_else(|e| panic!("{e}"));
    pairs(&map).into_iter().map(|(a, b)| format!("{a}{b}")).collect()
}

#[test]
fn outlines_give_the_borders_of_the_published_graphs() {
    for (name, allow_gaps) in [
        ("ref86a", false),
        ("ref86b", false),
        ("mexico32", false),
        ("stl78", false),
        ("ncsids100", false),
        ("georgia159", true),
    ] {
        let graph =
            read(&file(&format!("instances/{name}.json")), &Reading::default()).unwrap_or_else(|e| panic!("{e}"));
        let reading = Reading { allow_gaps, ..reading() };
        let outlines =
            read(&file(&format!("instances/{name}.geojson")), &reading).unwrap_or_else(|e| panic!("{name} {e}"));
        assert_eq!(pairs(&graph), pairs(&outlines), "{name}");
        let sizes =
            |map: &Read| map.problem.units.iter().map(|unit| (unit.id.clone(), unit.size)).collect::<BTreeSet<_>>();
        assert_eq!(sizes(&graph), sizes(&outlines), "{name}");
    }
}

#[test]
fn borders_of_a_map_in_a_plane_have_the_published_lengths() {
    let lengths = |map: &Read| map.problem.edges.iter().map(|edge| edge.border).sum::<f64>();
    let graph = read(&file("instances/ref86a.json"), &Reading::default()).unwrap_or_else(|e| panic!("{e}"));
    let outlines = read(&file("instances/ref86a.geojson"), &reading()).unwrap_or_else(|e| panic!("{e}"));
    assert!((lengths(&graph) - lengths(&outlines)).abs() < 1e-4 * lengths(&graph));
}

#[test]
fn the_demonstration_district_has_86_committees_and_225_borders() {
    let map = read(&file("../../demo/wuling_committees.geojson"), &Reading { nested: true, ..Reading::default() });
    let map = map.unwrap_or_else(|e| panic!("{e}"));
    assert_eq!((map.problem.units.len(), map.problem.edges.len(), map.problem.decimals), (86, 225, 0));
    assert_eq!(map.notes.len(), 1, "{:?}", map.notes);
}

#[test]
fn a_side_that_meets_two_others_adjoins_both() {
    let units = [
        rectangle("a", [0.0, 0.0], [10.0, 10.0]),
        rectangle("b", [10.0, 0.0], [20.0, 5.0]),
        rectangle("c", [10.0, 5.0], [20.0, 10.0]),
    ];
    assert_eq!(joined(&units, &plane()), ["ab", "ac", "bc"]);
}

#[test]
fn a_corner_joins_only_where_points_count() {
    let units = [
        rectangle("a", [0.0, 0.0], [10.0, 10.0]),
        rectangle("b", [10.0, 0.0], [20.0, 10.0]),
        rectangle("c", [0.0, 10.0], [10.0, 20.0]),
        rectangle("d", [10.0, 10.0], [20.0, 20.0]),
    ];
    assert_eq!(joined(&units, &plane()), ["ab", "ac", "bd", "cd"]);
    let queen = Reading { contiguity: Contiguity::Queen, ..plane() };
    assert_eq!(joined(&units, &queen), ["ab", "ac", "ad", "bc", "bd", "cd"]);
}

#[test]
fn a_sliver_between_units_or_over_both_is_nothing() {
    for shift in [-0.008, -0.001, 0.001, 0.008] {
        let units = [
            rectangle("a", [0.0, 0.0], [10.0, 10.0]),
            unit(
                "b",
                &[
                    [10.0 + shift, 0.0],
                    [20.0, 0.0],
                    [20.0, 10.0],
                    [10.0 + shift / 2.0, 10.0],
                    [10.0 - shift / 2.0, 4.0],
                ],
            ),
        ];
        let map = read(&map(&units), &plane()).unwrap_or_else(|e| panic!("{shift}: {e}"));
        assert_eq!(map.problem.edges.len(), 1, "{shift}");
        assert!((map.problem.edges[0].border - 10.0).abs() < 0.05, "{shift}: {:?}", map.problem.edges);
    }
    let apart = [rectangle("a", [0.0, 0.0], [10.0, 10.0]), rectangle("b", [10.5, 0.0], [20.0, 10.0])];
    assert!(joined(&apart, &plane()).is_empty(), "half a unit of the map is no sliver");
    assert_eq!(joined(&apart, &Reading { tolerance: Some(0.6), ..plane() }), ["ab"]);
}

#[test]
fn islands_are_said_and_not_refused() {
    let units = [
        rectangle("a", [0.0, 0.0], [10.0, 10.0]),
        rectangle("b", [10.0, 0.0], [20.0, 10.0]),
        rectangle("far", [50.0, 0.0], [60.0, 10.0]),
    ];
    let map = read(&map(&units), &plane()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(map.problem.edges.len(), 1);
    assert!(map.notes.iter().any(|note| note == "far adjoins no unit of the others: an island"), "{:?}", map.notes);
}

#[test]
fn lengths_of_degrees_are_metres() {
    let units = [rectangle("a", [111.60, 29.00], [111.61, 29.01]), rectangle("b", [111.61, 29.00], [111.62, 29.01])];
    let map = read(&map(&units), &reading()).unwrap_or_else(|e| panic!("{e}"));
    assert!((map.problem.edges[0].border - 1112.0).abs() < 2.0, "{:?}", map.problem.edges);
}

#[test]
fn a_river_along_a_border_bars_it_and_one_across_a_unit_bars_nothing() {
    let river = |points: Value, barrier: Value| {
        json!({ "type": "Feature", "properties": { "barrier": barrier },
                "geometry": { "type": "LineString", "coordinates": points } })
    };
    let units = [
        rectangle("a", [0.0, 0.0], [10.0, 10.0]),
        rectangle("b", [10.0, 0.0], [20.0, 10.0]),
        rectangle("c", [0.0, 10.0], [10.0, 20.0]),
    ];
    let along = river(json!([[10.1, -1.0], [10.2, 6.0], [10.1, 9.0]]), json!("forbids"));
    let across = river(json!([[5.0, 5.0], [5.0, 15.0]]), json!(3.5));
    let mut all = units.to_vec();
    all.extend([along, across]);
    let barriers = |map: &Read| map.problem.edges.iter().map(|edge| edge.barrier).collect::<Vec<_>>();
    let found = read(&map(&all), &plane()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(barriers(&found), [Barrier::Forbids, Barrier::None]);
    all.push(river(json!([[0.0, 10.0], [10.0, 10.0]]), json!(3.5)));
    let found = read(&map(&all), &plane()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(barriers(&found), [Barrier::Forbids, Barrier::Price(3.5)]);
}
