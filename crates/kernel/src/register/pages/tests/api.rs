//! The JSON API and its description.

use std::collections::BTreeSet;

use axum::http::Method;
use serde_json::{Value as Json, json};

use super::*;

const ALL: &str = "/api/v1/registers/sample";

#[tokio::test]
async fn a_record_goes_through_the_api_exactly_and_with_its_secrets_masked() {
    for house in houses().await {
        let body = json!({
            "unit": "A",
            "values": { "name": "接口", "heads": 12, "area": "459.0", "rate": "1.25", "cost": "312000.00", "open": true, "heated": null,
                        "begun": "2009-03-01", "kind": "rebuild", "phone": "13873600000" },
            "children": { "rooms": [{ "purpose": "rebuild", "size": "30.5", "holder": "在传达室保管" }] },
        });
        let made = house.json(&house.keeper, Method::POST, ALL, &body).await;
        assert_eq!(made.status, StatusCode::CREATED, "{}", made.text);
        let (place, made) = (made.location(), made.json());
        assert_eq!(made["values"]["area"], "459.0");
        assert_eq!(made["values"]["cost"], "312000.00");
        assert_eq!(made["values"]["heads"], 12);
        assert_eq!(made["values"]["phone"], "••••0000");
        assert_eq!(made["unit"]["name"], "军民村社区");
        let mut again = made["values"].clone();
        again["cost"] = json!("312000.01");
        let saved = house
            .json(
                &house.keeper,
                Method::PUT,
                &place,
                &json!({ "version": 1, "values": again, "children": made["children"] }),
            )
            .await;
        assert_eq!(saved.status, StatusCode::OK, "{}", saved.text);
        let id: Uuid = made["id"].as_str().and_then(|t| t.parse().ok()).expect("an id");
        let stored = house.stored(id).await;
        assert_eq!(stored.get(DEF, "cost"), &Value::Int(31_200_001));
        assert_eq!(stored.get(DEF, "phone"), &Value::Secret("13873600000".into()), "a masked secret is the stored one");
        assert_eq!(stored.children[0][0].values[3], Value::Secret("在传达室保管".into()));
        let list = house.get(&house.reader, &format!("{ALL}?unit=A&kind=rebuild&size=5")).await.json();
        assert_eq!(
            (list["total"].clone(), list["sums"]["area"].clone(), list["size"].clone()),
            (json!(1), json!("459.0"), json!(5))
        );
        let history = house.get(&house.reader, &format!("{place}/history")).await.json();
        assert_eq!(history["versions"][1]["changed"], json!(["cost"]));
        let without = house.send(&house.keeper, Method::DELETE, &format!("{place}?version=2"), "", "").await;
        assert_eq!(without.status, StatusCode::UNPROCESSABLE_ENTITY);
        let gone = house
            .send(&house.keeper, Method::DELETE, &format!("{place}?version=2&reason=%E9%87%8D%E5%A4%8D"), "", "")
            .await;
        assert_eq!(gone.status, StatusCode::NO_CONTENT, "{}", gone.text);
        assert_eq!(house.get(&house.reader, ALL).await.json()["total"], 0);
    }
}

#[tokio::test]
async fn every_error_names_its_field_and_the_remedy() {
    for house in houses().await {
        let body = json!({
            "unit": "nowhere", "colour": 1,
            "values": { "name": ["x"], "heads": 1.5, "area": "459.05", "cost": "1,23", "open": "perhaps", "begun": "2009-13-01",
                        "kind": "shed", "nope": 1 },
            "children": { "rooms": [{ "purpose": "rebuild", "size": 0, "nope": 1 }, 7], "walls": [] },
        });
        let answer = house.json(&house.keeper, Method::POST, ALL, &body).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text);
        assert_eq!(answer.headers["content-type"], "application/problem+json");
        let problem = answer.json();
        let named: BTreeSet<String> = problem["fields"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|f| f["field"].as_str().map(ToOwned::to_owned))
            .collect();
        for field in [
            "unit",
            "colour",
            "name",
            "heads",
            "area",
            "cost",
            "open",
            "begun",
            "kind",
            "nope",
            "rooms[0].size",
            "rooms[0].nope",
            "rooms[1]",
            "walls",
        ] {
            assert!(named.contains(field), "{field} is not named: {problem}");
        }
        for field in problem["fields"].as_array().into_iter().flatten() {
            assert!(field["message"].as_str().is_some_and(|m| m.chars().count() > 4 && !m.starts_with('[')), "{field}");
        }
        let broken = house.send(&house.keeper, Method::POST, ALL, "application/json", "{\n  \"unit\": ").await;
        assert!(broken.text.contains("error-json") && broken.text.contains('2'), "{}", broken.text);
        let unread =
            house.send(&house.keeper, Method::PUT, &format!("{ALL}/{}", house.a), "application/json", "{}").await;
        assert!(unread.text.contains(r#""field":"version""#), "{}", unread.text);
    }
}

/// Every `$ref` of a document.
fn refs(json: &Json, out: &mut BTreeSet<String>) {
    match json {
        Json::Object(map) => {
            out.extend(map.get("$ref").and_then(Json::as_str).map(ToOwned::to_owned));
            map.values().for_each(|v| refs(v, out));
        }
        Json::Array(list) => list.iter().for_each(|v| refs(v, out)),
        _ => {}
    }
}

#[tokio::test]
async fn the_description_has_every_route_and_register_and_all_its_references_resolve() {
    let house = houses().await.swap_remove(0);
    let answer = house.get(&house.nobody, "/api/v1/openapi.json").await;
    assert_eq!(answer.status, StatusCode::OK);
    let document = answer.json();
    assert_eq!(document["openapi"], "3.1.0");
    let mut all = BTreeSet::new();
    refs(&document, &mut all);
    assert!(all.len() > 5);
    for reference in all {
        let pointer = reference.strip_prefix('#').expect("a local reference");
        assert!(document.pointer(pointer).is_some(), "{reference} leads nowhere");
    }
    let mut ids = BTreeSet::new();
    for route in house.app.routes().into_vec().iter().filter(|r| r.path.starts_with("/api/")) {
        let operation = &document["paths"][&route.path][route.method.as_str().to_ascii_lowercase()];
        assert!(operation["responses"].is_object(), "{route:?} is not described");
        if let Some(id) = operation["operationId"].as_str() {
            assert!(ids.insert(id.to_owned()), "{id} comes twice");
        }
    }
    let schemas = &document["components"]["schemas"];
    for field in DEF.fields {
        let schema = &schemas["SampleNewValues"]["properties"][field.name];
        assert!(schema["description"].is_string(), "{}", field.name);
    }
    assert_eq!(schemas["SampleNewValues"]["required"], json!(["name", "heads", "open", "kind"]));
    assert_eq!(schemas["SampleValues"]["properties"]["heads"]["maximum"], 100_000);
    assert_eq!(schemas["SampleValues"]["properties"]["area"]["x-unit"], "m²");
    assert_eq!(schemas["SampleValues"]["properties"]["other"]["enum"], json!(["new_build", "rebuild", null]));
}
