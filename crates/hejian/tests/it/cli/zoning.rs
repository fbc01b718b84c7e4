//! `hejian zoning`: the demonstration's map solved and checked, bad maps and contradictions refused, nothing half written.

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use tempfile::TempDir;

use super::run::run;

fn map() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/wuling_committees.geojson").display().to_string()
}

/// A place for a file in a folder of the test's own.
fn place(folder: &TempDir, name: &str) -> (PathBuf, String) {
    let path = folder.path().join(name);
    let text = path.display().to_string();
    (path, text)
}

/// The demonstration's map with one thing changed.
fn changed(folder: &TempDir, name: &str, change: impl Fn(&mut Vec<Value>)) -> String {
    let mut whole: Value =
        serde_json::from_slice(&std::fs::read(map()).expect("the map is there")).expect("it is JSON");
    change(whole["features"].as_array_mut().expect("it has features"));
    let (path, text) = place(folder, name);
    std::fs::write(path, whole.to_string()).expect("the folder can be written");
    text
}

fn solve<'a>(map: &'a str, out: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut words = vec!["zoning", "solve", map, "--threshold", "2000", "--nested", "--out", out];
    words.extend(more);
    words
}

#[test]
fn the_demonstration_is_merged_into_51_and_no_more_can_be_had() {
    let folder = TempDir::new().expect("a folder");
    let (path, out) = place(&folder, "plan.json");
    let map = map();
    let said = run(&solve(&map, &out, &["--target", "5000"])).works();
    assert!(said.out.starts_with("51 regions: 51 is the most that can be had.\n"), "{said:?}");
    assert!(said.out.contains("by 6.93 % on average, the least there is"), "{said:?}");
    let plan: Value = serde_json::from_slice(&std::fs::read(&path).expect("it is written")).expect("it is JSON");
    assert_eq!(plan["labels"].as_array().map(Vec::len), Some(86));
    for (key, value) in
        [("p", json!(51)), ("p_upper_bound", json!(51)), ("proven", json!(true)), ("objective_proven", json!(true))]
    {
        assert_eq!(plan[key], value, "{key}");
    }
    assert_eq!(std::fs::read_dir(folder.path()).expect("a folder").count(), 1, "the plan alone is left");
    let checked = run(&["zoning", "check", &map, &out]).works();
    assert!(checked.out.contains("The certificate shows that 51 is the most that can be had."), "{checked:?}");
    let text = std::fs::read_to_string(&path).expect("it is written");
    std::fs::write(&path, text.replacen("\"p\": 51", "\"p\": 52", 1)).expect("the folder can be written");
    let checked = run(&["zoning", "check", &map, &out]);
    assert_eq!(checked.code, 1);
    assert!(checked.out.contains("p is 51, and the plan says 52"), "{checked:?}");
}

#[test]
fn a_bad_map_is_named_by_its_features_and_no_plan_is_written() {
    let folder = TempDir::new().expect("a folder");
    let (path, out) = place(&folder, "plan.json");
    let text = changed(&folder, "text.geojson", |features| {
        features[2]["properties"]["households"] = json!("1,052");
        features[4]["properties"]["population"] = Value::Null;
    });
    run(&solve(&text, &out, &[])).refuses(
        1,
        &[
            "feature 3 (O-S2-03): households is the text \"1,052\"",
            "feature 5 (O-S2-05): population is missing",
            "2 problems",
        ],
    );
    let twice = changed(&folder, "twice.geojson", |features| features[7] = features[3].clone());
    run(&solve(&twice, &out, &[])).refuses(1, &["feature 8 (O-S2-04): its id \"O-S2-04\" is also that of feature 4"]);
    let crossed = changed(&folder, "crossed.geojson", |features| {
        let ring = features[10]["geometry"]["coordinates"][0].as_array_mut().expect("a ring");
        ring.swap(1, 2);
    });
    run(&solve(&crossed, &out, &[])).refuses(1, &["feature 11 (O-S2-11): its boundary crosses itself at [111.6"]);
    let (empty, text) = place(&folder, "empty.geojson");
    std::fs::write(empty, "").expect("the folder can be written");
    run(&solve(&text, &out, &[])).refuses(1, &["the file is empty"]);
    run(&solve(&map(), &out, &["--size", "hushu"])).refuses(1, &["no feature has the property hushu", "1 problem "]);
    assert!(!path.exists());
}

#[test]
fn what_cannot_be_had_together_is_named_as_it_was_typed() {
    let folder = TempDir::new().expect("a folder");
    let (path, out) = place(&folder, "plan.json");
    let map = map();
    let refused = |more: &[&str], parts: &[&str]| run(&solve(&map, &out, more)).refuses(1, parts);
    refused(&["--regions", "60"], &["holds to --regions 60.", "Nothing was solved"]);
    refused(&["--together", "O-S2-01,O-S1-01"], &["--together O-S2-01,O-S1-01", "--nested"]);
    let usage = |more: &[&str], parts: &[&str]| run(&solve(&map, &out, more)).refuses(2, parts);
    usage(&["--together", "O-S2-01,Nowhere"], &["the map has no unit \"Nowhere\""]);
    usage(&["--objective", "deviation"], &["the objective deviation needs a target population"]);
    let speed = run(&solve(&map, &out, &["--objective", "speed"]));
    assert!(speed.code == 2 && speed.err.contains("there is deviation, cut, border and wss"), "{speed:?}");
    let nowhere = folder.path().join("no/plan.json").display().to_string();
    run(&solve(&map, &nowhere, &[])).refuses(2, &["is no place for a file"]);
    assert!(!path.exists());
}
