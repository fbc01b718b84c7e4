//! Bad maps: every fault is named with its feature, and no map comes of it.

use hejian_zoning::read::{Reading, Wrong, read};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::reading::{map, plane, rectangle, unit};

/// What is said of these features, a line each.
fn said(features: &[Value]) -> Vec<String> {
    let faults = read(&map(features), &plane()).expect_err("the map is bad");
    faults.to_string().lines().map(str::to_owned).collect()
}

fn squares() -> Vec<Value> {
    vec![rectangle("a", [0.0, 0.0], [10.0, 10.0]), rectangle("b", [10.0, 0.0], [20.0, 10.0])]
}

fn with(property: &str, value: Value) -> Vec<Value> {
    let mut features = squares();
    features[1]["properties"][property] = value;
    features
}

#[test]
fn a_value_that_is_no_number_is_named_with_its_feature() {
    assert_eq!(
        said(&with("pop", Value::Null)),
        ["feature 2 (b): pop is missing; there is id, size, pop and parent. Fill pop in."]
    );
    assert_eq!(
        said(&with("size", json!("1052"))),
        ["feature 2 (b): size is the text \"1052\" and not a number. Write the number without quotation marks."]
    );
    assert_eq!(said(&with("size", json!(-3)))[0], "feature 2 (b): size is -3, which is below 0. Write 0 or more.");
    assert!(said(&with("size", json!(1.234_567_89)))[0].contains("six decimals"));
    assert!(said(&with("size", json!([1])))[0].contains("size is a list; wanted is a number"));
}

#[test]
fn two_features_with_one_id_are_both_named() {
    assert_eq!(
        said(&with("id", json!("a"))),
        [
            "feature 2 (a): its id \"a\" is also that of feature 1. Give each unit an id of its own, or take one of them out."
        ]
    );
}

#[test]
fn a_property_that_no_feature_has_is_said_once() {
    let reading = Reading { size: "households".into(), ..plane() };
    let mut features = squares();
    features[1]["geometry"] = Value::Null;
    let faults = read(&map(&features), &reading).expect_err("no feature has households").to_string();
    let lines: Vec<&str> = faults.lines().collect();
    assert_eq!(lines.len(), 2, "{lines:?}");
    assert!(
        lines[0].starts_with("no feature has the property households; there is id, size, pop and parent."),
        "{lines:?}"
    );
    assert!(lines[1].starts_with("feature 2 (b): its geometry is null"), "{lines:?}");
}

#[test]
fn all_faults_come_in_one_run() {
    let mut features = with("pop", json!("many"));
    features[0]["properties"]["size"] = Value::Null;
    features[0]["geometry"] = Value::Null;
    assert_eq!(said(&features).len(), 3);
}

#[test]
fn a_boundary_that_crosses_itself_is_named_with_the_place() {
    let mut features = squares();
    features.push(unit("bow", &[[30.0, 0.0], [40.0, 10.0], [40.0, 0.0], [30.0, 10.0]]));
    assert!(
        said(&features)[0].starts_with("feature 3 (bow): its boundary crosses itself at [35, 5]."),
        "{:?}",
        said(&features)
    );
    // The crossing written as a point of its own.
    features[2] = unit("bow", &[[30.0, 0.0], [35.0, 5.0], [40.0, 10.0], [40.0, 0.0], [35.0, 5.0], [30.0, 10.0]]);
    assert!(
        said(&features)[0].starts_with("feature 3 (bow): its boundary crosses itself at [35, 5]."),
        "{:?}",
        said(&features)
    );
    // A loop that stands out of an otherwise sound outline.
    let points = [[30.0, 0.0], [40.0, 0.0], [40.0, 10.0], [38.0, 12.0], [38.0, 10.0], [40.0, 12.0], [30.0, 12.0]];
    features[2] = unit("loop", &points);
    assert!(
        said(&features)[0].starts_with("feature 3 (loop): its boundary crosses itself at [39, 11]."),
        "{:?}",
        said(&features)
    );
}

#[test]
fn units_over_each_other_are_both_named() {
    let mut features = squares();
    features.push(rectangle("c", [18.0, 2.0], [25.0, 8.0]));
    assert!(said(&features)[0].starts_with("feature 2 (b): it lies over feature 3 (c) at ["), "{:?}", said(&features));
    assert!(said(&features)[0].contains("in an area of 12.00 square units"));
    // One inside another, and one twice.
    features[2] = rectangle("c", [12.0, 2.0], [15.0, 8.0]);
    assert!(said(&features)[0].starts_with("feature 2 (b): it lies over feature 3 (c)"));
    features[2] = rectangle("c", [10.0, 0.0], [20.0, 10.0]);
    assert!(said(&features)[0].starts_with("feature 2 (b): it lies over feature 3 (c)"));
}

#[test]
fn a_place_that_belongs_to_no_unit_is_named_with_those_around_unless_it_is_let_be() {
    let features = [
        unit("a", &[[0.0, 0.0], [10.0, 0.0], [10.0, 10.0], [0.0, 10.0]]),
        unit("b", &[[10.0, 0.0], [20.0, 0.0], [20.0, 10.0], [10.0, 10.0], [10.0, 7.0], [13.0, 5.0], [10.0, 3.0]]),
    ];
    let lines = said(&features);
    assert!(lines[0].starts_with("feature 1 (a): beside it, at ["), "{lines:?}");
    assert!(
        lines[0].contains("there is a gap of 6.00 square units, bordered by feature 1 (a) and feature 2 (b)."),
        "{lines:?}"
    );
    let map = read(&map(&features), &Reading { allow_gaps: true, ..plane() }).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(map.problem.edges.len(), 1);
}

#[test]
fn a_unit_inside_a_hole_leaves_only_what_is_open_around_it() {
    let ring = |low: f64, high: f64| json!([[low, low], [high, low], [high, high], [low, high], [low, low]]);
    let around = |inner: f64| {
        let mut outer = rectangle("outer", [0.0, 0.0], [30.0, 30.0]);
        outer["geometry"]["coordinates"] = json!([ring(0.0, 30.0), ring(10.0, 20.0)]);
        vec![outer, rectangle("inner", [10.0 + inner; 2], [20.0 - inner; 2])]
    };
    let found = read(&map(&around(0.0)), &plane()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(found.problem.edges.len(), 1);
    let sliver = read(&map(&around(0.01)), &plane()).unwrap_or_else(|e| panic!("{e}"));
    assert_eq!(sliver.problem.edges.len(), 1);
    let open = said(&around(1.0));
    assert!(
        open[0].contains("a gap of 36.00 square units, bordered by feature 1 (outer) and feature 2 (inner)."),
        "{open:?}"
    );
}

#[test]
fn outlines_that_are_none_are_named() {
    let outline = |geometry: Value| {
        let mut features = squares();
        features[1]["geometry"] = geometry;
        said(&features)[0].clone()
    };
    let ring = |points: Value| json!({ "type": "Polygon", "coordinates": [points] });
    assert!(outline(Value::Null).starts_with("feature 2 (b): its geometry is null;"));
    assert!(outline(json!({ "type": "Point", "coordinates": [1, 2] })).contains("its geometry is a Point;"));
    assert!(outline(ring(json!([[0, 0], [1, 0], [1, 1]]))).contains("ring 1 does not end where it begins."));
    assert!(outline(ring(json!([[0, 0], [1, 0], [0, 0]]))).contains("ring 1 has 2 different points;"));
    assert!(outline(ring(json!([[0, 0], [1, 0], [2, 0], [0, 0]]))).contains("ring 1 encloses no area."));
    assert!(outline(ring(json!([[0, 0], ["x", 0], [2, 0], [0, 0]]))).contains("a position of its geometry is a list;"));
    assert!(
        outline(ring(json!([[0, 0], [1e300, 0], [2, 0], [0, 0]]))).contains("a position of its geometry is a list;")
    );
    assert!(outline(json!({ "type": "Polygon", "coordinates": [] })).contains("its geometry is empty;"));
}

#[test]
fn a_file_that_is_no_map_says_what_it_is() {
    let said = |text: &[u8]| read(text, &plane()).expect_err("the map is bad").to_string();
    assert!(said(b"").starts_with("the file is empty."));
    assert!(said(b" \n").starts_with("the file is empty."));
    assert!(said(b"\xef\xbb\xbf").starts_with("the file is empty."));
    assert!(said(b"{\"type\": \"FeatureCollection\", \"features\": []}").starts_with("there is no unit in it."));
    assert!(said(b"{\"nodes\": [], \"edges\": []}").starts_with("there is no unit in it."));
    assert!(said(b"{\"features\": [").starts_with("it is not JSON: EOF"));
    assert!(said(b"[1, 2]").starts_with("it is neither GeoJSON"));
    assert!(said(b"id,size\na,1\n").starts_with("it is not JSON"));
    assert!(said(b"{\"a\": \"\xd6\xd0\"}").starts_with("byte 7 is not UTF-8."));
}

#[test]
fn bad_nodes_and_edges_of_a_graph_are_named() {
    let node = |id: &str| json!({ "id": id, "size": 1, "pop": 2 });
    let said = |edges: Value| {
        let graph = json!({ "nodes": [node("a"), node("b")], "edges": edges }).to_string();
        read(graph.as_bytes(), &Reading::default()).map_or_else(|e| e.to_string(), |_| String::new())
    };
    assert_eq!(said(json!([[0, 1, 2.5, "forbids"]])), "");
    assert!(said(json!([[0, 2, 1]])).starts_with("edge 0: it names node 2, and there are nodes 0 to 1."));
    assert!(said(json!([[0, -1, 1]])).starts_with("edge 0: it names node -1,"));
    assert!(said(json!([[1, 1]])).starts_with("edge 0: it joins node 1 with itself."));
    assert!(said(json!([[0, 1], [1, 0]])).starts_with("edge 1: it joins the same nodes as edge 0."));
    assert!(said(json!([[0, "1"]])).starts_with("edge 0: it is [0,\"1\"], and not"));
    assert!(said(json!([[0, 1, 1, "river"]])).starts_with("edge 0: its barrier is \"river\"."));
    let twice = json!({ "nodes": [node("a"), node("a")], "edges": [] }).to_string();
    let faults = read(twice.as_bytes(), &Reading::default()).expect_err("two nodes have one id");
    assert!(matches!(&faults.list[0].wrong, Wrong::TwoIds { id, .. } if id == "a"));
    let orphan =
        read(twice.as_bytes(), &Reading { nested: true, ..Reading::default() }).expect_err("no node has a parent");
    assert!(orphan.to_string().contains("parent is missing"), "{orphan}");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<Vec<u8>>()) {
        let _ = read(&text, &plane());
    }

    #[test]
    fn any_outline_is_read_or_refused(points in prop::collection::vec((-3_i32..3, -3_i32..3), 0..9), more in prop::collection::vec((-3_i32..3, -3_i32..3), 3..7)) {
        let ring = |points: &[(i32, i32)]| points.iter().chain(points.first()).map(|(x, y)| json!([x, y])).collect::<Vec<_>>();
        let mut features = squares();
        features[0]["geometry"] = json!({ "type": "Polygon", "coordinates": [ring(&points), ring(&more)] });
        let _ = read(&map(&features), &plane());
    }
}
