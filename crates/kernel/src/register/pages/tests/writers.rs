//! Two people at one record.

use rand::{RngExt as _, SeedableRng as _, rngs::StdRng};

use super::*;
use crate::register::versions;

#[tokio::test]
async fn random_edits_of_two_writers_never_lose_an_update() {
    for house in houses().await {
        let record = house.plant(full(house.a, "并发")).await;
        let (id, place) = (record.meta.id, format!("/api/v1/registers/sample/{}", record.meta.id));
        let writer = async |actor: &Actor, seed: u64| {
            let mut chance = StdRng::seed_from_u64(seed);
            let mut acknowledged = Vec::new();
            let mut version = 1;
            for round in 0..25 {
                // Sometimes with what was read before, sometimes after a fresh look.
                if chance.random_bool(0.6) {
                    version = house.stored(id).await.meta.version;
                }
                let about = format!("{seed}-{round}");
                let body = serde_json::json!({ "version": version, "values": { "about": about, "heads": chance.random_range(0..9) } });
                let answer = house.json(actor, axum::http::Method::PUT, &place, &body).await;
                match answer.status {
                    StatusCode::OK => {
                        version = answer.json()["version"].as_i64().expect("a version");
                        acknowledged.push((version, about));
                    }
                    StatusCode::CONFLICT => {
                        assert_eq!(answer.json()["yours"]["values"]["about"], about, "my values come back");
                        version = answer.json()["theirs"]["version"].as_i64().expect("what stands");
                    }
                    other => panic!("{other}: {}", answer.text),
                }
            }
            acknowledged
        };
        let (one, two) = futures::join!(writer(&house.keeper, 11), writer(&house.second, 12));
        let all: Vec<(i64, String)> = one.into_iter().chain(two).collect();
        assert_eq!(i64::try_from(all.len()).ok(), Some(house.stored(id).await.meta.version - 1), "one version a save");
        let seen = house.keeper.scoped("sample.read", id).expect("reads");
        let history =
            versions::history(&mut house.test.read().await, &house.test.keys, DEF, &seen).await.expect("reads");
        for (version, about) in all {
            let found = history
                .iter()
                .find(|v| v.record.meta.version == version)
                .expect("every acknowledged save has a version");
            assert_eq!(found.record.get(DEF, "about"), &Value::Text(about), "of its own values");
        }
        let report =
            crate::audit::verify(&mut house.test.read().await, &house.test.keys, &[DEF], None).await.expect("verifies");
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}
