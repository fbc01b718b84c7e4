//! `hejian export facts`: the two files score to what the pages show, to the cent and with the same explanation, today and
//! on past days.

use std::fs;

use hejian_kernel::sql;
use serde_json::Value;

use super::{
    pack::standard,
    run::{Place, Server, hejian, run},
};

/// Today in the demonstration and three days before it, of which each has other facts.
const DAYS: [&str; 4] = ["2009-06-22", "2009-05-20", "2009-03-31", "2008-12-31"];

/// A token for the campaign office, which may open every record of the district.
fn token(data: &str) -> String {
    let rights = "score.read,premises.read,series.read,setup_approval.read";
    let made =
        run(&["token", "create", "--login", "chuangjian", "--name", "score", "--rights", rights, "--data", data]);
    made.works().out.trim().to_owned()
}

async fn page(server: &Server, token: &str, path: &str) -> Value {
    let client = reqwest::Client::new();
    let answer = client.get(format!("{}{path}", server.url)).bearer_auth(token).send().await.expect("an answer");
    assert_eq!(answer.status().as_u16(), 200, "{path}");
    answer.json().await.expect("JSON")
}

/// The number of sources named anywhere in a score.
fn sources(value: &Value) -> usize {
    match value {
        Value::Array(list) => list.iter().map(sources).sum(),
        Value::Object(map) => {
            assert!(!map.contains_key("sources_outside_scope"), "the campaign office opens every record: {map:?}");
            let own = map.get("sources").and_then(Value::as_array).map_or(0, Vec::len);
            own + map.values().map(sources).sum::<usize>()
        }
        _ => 0,
    }
}

#[tokio::test]
async fn the_files_of_a_day_score_to_what_the_page_shows_with_the_same_explanation() {
    for place in Place::engines("cli export").await {
        let data = place.data();
        let mut demo = hejian(&["demo", "--port", "0", "--data", &data]);
        if place.engine == "postgres" {
            demo.env("HEJIAN_DATABASE_URL", place.url("data"));
        }
        let server = Server::start(demo);
        let token = token(&data);
        let mut seen = Vec::new();
        for day in DAYS {
            let mut shown = page(&server, &token, &format!("/api/v1/score?on={day}")).await;
            shown.as_object_mut().expect("an object").remove("units");
            let folder = place.text(day);
            let told = run(&["export", "facts", "--data", &data, "--as-of", day, "--out", &folder, "--json"]);
            let told = told.works().json();
            assert_eq!((&told["as_of"], told["faults"].as_array().map(Vec::len)), (&day.into(), Some(0)));
            assert_eq!(told["pack_fingerprint"], shown["pack_fingerprint"]);
            let (units, facts) = (format!("{folder}/units.csv"), format!("{folder}/facts.csv"));
            let files = ["score", "--pack", &standard(), "--units", &units, "--facts", &facts, "--as-of", day];
            let scored = run(&[&files[..], &["--json"]].concat()).works().json();
            assert_eq!(scored["points"], shown["points"], "{day}, {}", place.engine);
            assert_eq!(scored, shown, "{day}, {}", place.engine);
            let code = ["--explain", "D02", "--json"];
            let mut one = page(&server, &token, &format!("/api/v1/score/D02?on={day}")).await;
            one.as_object_mut().expect("an object").remove("units");
            one["unit"] = scored["unit"].clone();
            assert_eq!(run(&[&files[..], &code].concat()).works().json(), one, "{day}, {}", place.engine);
            seen.push((scored["points"].as_str().unwrap_or_default().to_owned(), sources(&scored)));
        }
        assert_eq!(seen[0].0, "85.86", "{seen:?}");
        assert!(seen[0].1 > 100, "records are named: {seen:?}");
        let mut different: Vec<_> = seen.clone();
        different.sort();
        different.dedup();
        assert!(different.len() >= 3, "days on which nothing differs prove little: {seen:?}");
        assert_eq!(server.stop().0, 0);
        run(&["verify", "--data", &data]).works();
    }
}

#[tokio::test]
async fn an_export_is_audited_overwrites_nothing_and_knows_no_day_to_come() {
    for place in Place::engines("cli export audit").await {
        place.init();
        let (data, out) = (place.data(), place.text("out"));
        let export = |more: &[&str]| run(&[&["export", "facts", "--data", &data, "--out", &out], more].concat());
        let said = export(&[]).works();
        assert!(said.out.contains("1 units and 0 facts as of "), "{}: {said:?}", place.engine);
        let head = fs::read_to_string(place.path("out").join("facts.csv")).expect("a file");
        assert_eq!(head, "unit,period,measure,value,numerator,denominator,sources\n");
        export(&[]).refuses(2, &["units.csv is there already"]);
        export(&["--as-of", "2999-01-01"]).refuses(2, &["2999-01-01", "after the district's today"]);
        let (_db, mut tx) = place.write().await;
        let entries: Vec<(String, String)> = sql!(
            &mut tx,
            fetch_all,
            "select channel, detail from audit_entry where action = 'export' and subject_kind = 'facts'"
        )
        .expect("reads");
        assert_eq!(entries.len(), 1, "what was refused discloses nothing: {entries:?}");
        assert_eq!(entries[0].0, "console");
        assert!(entries[0].1.contains("\"facts\":0"), "{entries:?}");
        drop(tx);
        run(&["verify", "--data", &data]).works();
        let units = fs::read_to_string(place.path("out").join("units.csv")).expect("a file");
        let kind = units.lines().nth(1).and_then(|row| row.split(',').nth(2)).expect("a unit");
        assert_eq!(kind, "district");
        let (units, facts) = (format!("{out}/units.csv"), format!("{out}/facts.csv"));
        let said = run(&["score", "--pack", &standard(), "--units", &units, "--facts", &facts]).works();
        assert!(said.err.contains("facts.csv has no rows: nothing is known"), "{said:?}");
        assert!(said.out.contains("0 of 0 points; 0 of 100 points assessed"), "{said:?}");
    }
}
