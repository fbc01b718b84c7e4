//! Whoever has no business with a record learns nothing of it, on any route.

use super::*;
use crate::web::Need;

const MARK: &str = "只有本社区可见";

#[tokio::test]
async fn a_stranger_sees_nothing_and_changes_nothing_on_any_route() {
    for house in houses().await {
        let record = house.plant(full(house.a, MARK)).await;
        let id = record.meta.id;
        let place = format!("/registers/sample/{id}");
        let jpeg =
            house.upload(&house.keeper, &format!("{place}/files"), "室内.jpg", b"\xFF\xD8\xFF\xE0 a picture").await;
        assert_eq!(jpeg.status, StatusCode::SEE_OTHER, "{}", jpeg.text);
        let page = house.get(&house.keeper, &place).await.text;
        let file = page.split("/files/").nth(1).and_then(|t| t.get(..36)).expect("the file is linked").to_owned();
        let before = crate::db::dump::dump(&house.test.db).await.expect("dumps");
        let mut visited = 0;
        for route in house.app.routes().into_vec() {
            if !route.path.contains("/registers/sample") {
                continue;
            }
            assert!(matches!(route.need, Need::Right(right) if right.starts_with("sample.")), "{route:?}");
            let path = route.path.replace("{id}", &id.to_string()).replace("{act}", "finish").replace("{file}", &file);
            for actor in [&house.nobody, &house.neighbour] {
                let (kind, body) = if path.starts_with("/api/") {
                    (
                        "application/json",
                        serde_json::json!({ "unit": "A", "version": 1, "values": { "name": "x" } }).to_string(),
                    )
                } else if path.ends_with("/files") || (path.ends_with("/import") && route.method == "POST") {
                    ("multipart/form-data; boundary=XX", "--XX\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a.csv\"\r\n\r\nname\r\nx\r\n--XX--\r\n".into())
                } else {
                    (
                        "application/x-www-form-urlencoded",
                        format!(
                            "unit={}&version=1&name=x&heads=1&open=true&kind=rebuild&reason=r&cell={}%7C2009-03%7Ctrue",
                            house.a, house.a
                        ),
                    )
                };
                let full_path =
                    if route.method == "DELETE" { format!("{path}?version=1&reason=r") } else { path.clone() };
                let answer = house.send(actor, route.method.clone(), &full_path, kind, body).await;
                let place = format!("{} {path} by {}: {}", route.method, actor.name, answer.status);
                assert!(
                    !answer.text.contains(MARK) && !answer.text.contains("13873600000"),
                    "{place} leaks: {}",
                    answer.text
                );
                assert!(!answer.status.is_server_error(), "{place}: {}", answer.text);
                if actor.grants.is_empty() {
                    assert_eq!(answer.status, StatusCode::FORBIDDEN, "{place}");
                } else if path.contains(&id.to_string()) {
                    // Another's record is not told apart from none.
                    assert!(
                        [StatusCode::NOT_FOUND, StatusCode::FORBIDDEN].contains(&answer.status),
                        "{place} {}",
                        answer.text
                    );
                } else if route.method != "GET" {
                    assert!(answer.status.is_client_error() || path.ends_with("/import"), "{place} {}", answer.text);
                }
                visited += 1;
            }
        }
        assert!(visited > 50, "{visited} visits");
        let after = crate::db::dump::dump(&house.test.db).await.expect("dumps");
        for (table, rows) in before.iter().filter(|(t, _)| *t != "session") {
            assert_eq!(Some(rows), after.get(table), "{table} was changed on {}", house.test.name);
        }
        let reader = house.get(&house.reader, &place).await;
        assert!(reader.text.contains(MARK), "a reader in scope reaches it");
        assert!(
            !reader.text.contains("/edit") && !reader.text.contains("/remove"),
            "and is offered nothing they may not do"
        );
    }
}
