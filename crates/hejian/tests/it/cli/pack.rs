//! `hejian pack`: what a pack holds, what is wrong with a broken one, what changed between two.

use std::{fs, path::Path};

use super::run::{Place, Said, run};

/// The folder of the district's standard.
pub fn standard() -> String {
    format!("{}/../../standards/cn-mca-2008-142-district", env!("CARGO_MANIFEST_DIR"))
}

/// A copy of the district's standard with one text changed; its folder.
fn changed(place: &Place, name: &str, file: &str, from: &str, to: &str) -> String {
    let folder = place.path(name);
    fs::create_dir(&folder).expect("a folder");
    for entry in fs::read_dir(standard()).expect("the standard").flatten() {
        fs::copy(entry.path(), folder.join(entry.file_name())).expect("a copy");
    }
    let path = folder.join(file);
    let text = fs::read_to_string(&path).expect("a text");
    assert!(text.contains(from), "{file} holds no {from:?}");
    fs::write(&path, text.replacen(from, to, 1)).expect("a file");
    folder.display().to_string()
}

fn check(folder: &str) -> Said {
    run(&["pack", "check", folder, "--json"])
}

#[test]
fn the_district_standard_has_53_indicators_100_points_and_civil_affairs_leads_18() {
    for file in [standard(), format!("{}/standard.yaml", standard())] {
        let found = check(&file).works().json();
        assert_eq!((&found["indicators"], &found["points"]), (&53.into(), &100.into()));
        assert_eq!(found["leads"]["mzj"], 18);
        assert_eq!(found["leads"].as_object().map(|leads| leads.values().filter_map(|n| n.as_u64()).sum()), Some(53));
        assert_eq!(found["areas"].as_array().map(Vec::len), Some(4));
        assert_eq!(found["community_level"], 26);
        assert_eq!(found["fingerprint"].as_str().map(str::len), Some(64));
        assert_eq!((&found["ok"], found["errors"].as_array().map(Vec::len)), (&true.into(), Some(0)));
    }
    let text = run(&["pack", "check", &standard()]).works().out;
    assert!(text.contains("53 indicators, 100 points") && text.contains("leads: mzj 18, "), "{text}");
}

#[test]
fn twelve_kinds_of_broken_pack_are_named_with_place_and_remedy() {
    let place = Place::sqlite();
    let standard = "standard.yaml";
    let kinds = [
        ("not yaml", standard, "areas:\n", "areas: [\n"),
        ("unknown key", standard, "\n  lead: tjj\n", "\n  laed: tjj\n"),
        ("missing key", standard, "\n  lead: tjj\n", "\n"),
        ("key twice", standard, "\n  lead: tjj\n", "\n  lead: tjj\n  lead: tjj\n"),
        ("bad number", standard, "\n  points: 2\n", "\n  points: two\n"),
        ("points that do not add up", standard, "\n  points: 2\n", "\n  points: 3\n"),
        ("code twice", standard, "- code: A02\n", "- code: A01\n"),
        ("unknown area", standard, "\n  area: A\n", "\n  area: Z\n"),
        ("unknown word", standard, "\n  level: district\n", "\n  level: province\n"),
        ("unknown measure", standard, "series.gdp_growth", "series.gdp_grwoth"),
        ("anchors", standard, "\n  lead: tjj\n", "\n  lead: &role tjj\n"),
        ("bad measure", "measures.yaml", "\n  window: state\n", "\n  window: sometimes\n"),
        ("not utf-8", "measures.yaml", "measures:", "\u{0}"),
    ];
    for (n, (kind, file, from, to)) in kinds.into_iter().enumerate() {
        let folder = changed(&place, &format!("pack{n}"), file, from, to);
        if kind == "not utf-8" {
            fs::write(Path::new(&folder).join(file), b"measures:\n- id: \xD6\xD0\n").expect("a file");
        }
        let said = check(&folder);
        assert_eq!(said.code, 1, "{kind}: {said:?}");
        let found = said.json();
        let errors = found["errors"].as_array().expect("a list");
        assert!(!errors.is_empty() && found["ok"] == false, "{kind}: {found}");
        for error in errors {
            let has = |name: &str| error[name].as_str().is_some_and(|text| !text.is_empty());
            let named = error["file"].as_str().is_some_and(|name| name.starts_with(&folder));
            assert!(named && has("message") && has("remedy") && has("fault"), "{kind}: {error}");
            assert!(error["line"].as_u64().is_some_and(|line| line > 0), "{kind}: {error}");
        }
        assert_eq!(said.err.lines().filter(|l| l.starts_with("hejian: ")).count(), 1, "{kind}: {said:?}");
        let text = run(&["pack", "check", &folder]);
        assert_eq!((text.code, text.out.as_str()), (1, ""), "{kind}: nothing half-printed");
        assert!(text.err.starts_with(&folder), "{kind}: {text:?}");
    }
}

#[test]
fn what_is_no_pack_is_a_wrong_command_line() {
    let place = Place::sqlite();
    let file = place.text("letters.txt");
    run(&["pack", "check", &file]).refuses(2, &[&file, "cannot read"]);
    fs::write(&file, "x").expect("a file");
    run(&["pack", "check", &file]).refuses(2, &[&file, "is not a pack"]);
    run(&["pack", "check", &place.root.path().display().to_string()]).refuses(2, &["standard.yaml", "cannot read"]);
}

#[test]
fn two_packs_are_compared_by_what_a_change_alters() {
    let place = Place::sqlite();
    let later = changed(&place, "later", "standard.yaml", "full_at: 80\n", "full_at: 85\n");
    let found = run(&["pack", "diff", &standard(), &later, "--json"]).works().json();
    assert_eq!(found["summary"]["changed"], 1, "{found}");
    let field = &found["entries"][0]["fields"][0];
    assert_eq!((&field["before"], &field["after"], &field["effect"]), (&"80".into(), &"85".into(), &"scores".into()));
    let text = run(&["pack", "diff", &standard(), &later]).works().out;
    assert!(text.contains("changed (alters points)") && text.contains(": 80 → 85"), "{text}");
    let none = run(&["pack", "diff", &standard(), &standard(), "--json"]).works().json();
    assert_eq!(none["entries"].as_array().map(Vec::len), Some(0));
    let broken = changed(&place, "broken", "standard.yaml", "\n  lead: tjj\n", "\n");
    run(&["pack", "diff", &standard(), &broken]).refuses(1, &["`lead` is missing", "nothing was compared"]);
}

#[test]
fn the_step_to_another_version_is_tried_without_changing_anything() {
    let place = Place::sqlite();
    let later = changed(&place, "later", "standard.yaml", "full_at: 80\n", "full_at: 85\n");
    // What the copy says of its own past is not about this step.
    fs::remove_file(Path::new(&later).join("migration.yaml")).expect("the standard has one");
    let campaign = place.text("campaign.json");
    let duties = r#"{"duties": [{"id": "1", "code": "D02", "unit": "jsw", "person": null, "lead": true}],
        "evidence": [], "scores": []}"#;
    fs::write(&campaign, duties).expect("a file");
    let before = super::run::content(Path::new(&later));
    let found = run(&["pack", "migrate", &standard(), &later, "--campaign", &campaign, "--json"]).works().json();
    assert_eq!(found["draft"], true);
    assert_eq!(found["plan"]["counts"]["fates"]["changed"], 1);
    assert_eq!(found["plan"]["duties"][0]["into"][0], "D02");
    let text = run(&["pack", "migrate", &standard(), &later]).works().out;
    assert!(text.contains("52 same, 1 changed, 0 added; nothing was changed."), "{text}");
    assert_eq!(super::run::content(Path::new(&later)), before);
    let record = place.text("migration.yaml");
    fs::write(&record, "from: {id: other, version: 1}\nchanges: []\n").expect("a file");
    let said = run(&["pack", "migrate", &standard(), &later, "--migration", &record]);
    said.refuses(1, &[&record, "the id migrated from", "nothing was tried"]);
    fs::write(&campaign, "[]").expect("a file");
    let said = run(&["pack", "migrate", &standard(), &later, "--campaign", &campaign]);
    said.refuses(2, &[&campaign, "duties"]);
}

#[test]
fn a_pack_goes_to_a_workbook_and_back_byte_for_byte() {
    let place = Place::sqlite();
    let (book, back) = (place.text("pack.xlsx"), place.text("back"));
    let said = run(&["pack", "convert", &standard(), &book]).works();
    assert_eq!(said.out.trim(), book);
    run(&["pack", "convert", &book, &back, "--json"]).works();
    for (name, bytes) in super::run::content(Path::new(&back)) {
        let own = fs::read(Path::new(&standard()).join(&name)).expect("the same file");
        assert_eq!(String::from_utf8_lossy(&bytes), String::from_utf8_lossy(&own), "{name}");
    }
    assert!(Path::new(&back).join("measures.yaml").exists());
    run(&["pack", "convert", &book, &back]).refuses(2, &["is there already"]);
    run(&["pack", "convert", &book, &format!("{back}/standard.yaml"), "--replace"]).works();
    let copy = place.text("copy");
    run(&["pack", "convert", &standard(), &copy]).works();
    assert_eq!(super::run::content(Path::new(&copy)).len(), fs::read_dir(standard()).expect("files").count());
    fs::write(&book, "no workbook").expect("a file");
    let said = run(&["pack", "convert", &book, &place.text("other"), "--json"]);
    assert_eq!((said.code, said.json()["ok"].as_bool()), (1, Some(false)), "{said:?}");
    assert!(!place.path("other").exists(), "nothing half-written");
    run(&["pack", "convert", &standard(), &place.text("pack.pdf")]).refuses(2, &["says no form"]);
}

#[test]
fn a_catalogue_of_another_tool_becomes_a_draft_that_says_what_is_open() {
    let place = Place::sqlite();
    let catalog = place.text("catalog.json");
    let text = r#"{"catalog": {"uuid": "1", "metadata": {"title": "Example", "version": "1"}, "groups": [{"id": "a",
        "title": "Access", "controls": [{"id": "a-1", "title": "Accounts",
        "parts": [{"name": "statement", "prose": "Accounts are listed."}]}]}]}}"#;
    fs::write(&catalog, text).expect("a file");
    let draft = place.text("draft");
    let found = run(&["pack", "convert", &catalog, &draft, "--json"]).works().json();
    assert_eq!(found["draft"], true);
    let made = fs::read_to_string(place.path("draft").join("standard.yaml")).expect("a draft");
    assert!(made.contains("Accounts are listed."), "{made}");
    fs::write(place.path("draft").join("measures.yaml"), "measures: []\n").expect("a file");
    let said = check(&draft);
    assert_eq!(said.code, 1, "{said:?}");
    run(&["pack", "convert", &catalog, &place.text("draft.xlsx")]).refuses(2, &["a draft is no pack yet"]);
    fs::write(&catalog, "{").expect("a file");
    run(&["pack", "convert", &catalog, &place.text("none")]).refuses(1, &["catalog.json:1:", "nothing was written"]);
    let library = place.text("library.yaml");
    fs::write(&library, "a: [").expect("a file");
    run(&["pack", "convert", &library, &place.text("none")]).refuses(1, &["library.yaml:", "nothing was written"]);
}
