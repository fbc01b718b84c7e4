//! A reader of a small scope sees the aggregates and how many records stand under them, never another's record.

use axum::http::StatusCode;
use hejian_kernel::{register::Register as _, sql};
use uuid::Uuid;

use super::support::District;
use crate::{foundations::premises::Premises, foundations::series::Series, organisation::SetupApproval};

/// Ids of every record, by whether its unit lies under the subdistrict.
async fn records(district: &District, under: Uuid) -> (Vec<Uuid>, Vec<Uuid>) {
    let mut tx = district.stage.test.read().await;
    let (mut inside, mut outside) = (Vec::new(), Vec::new());
    for register in [Premises::DEF.key, Series::DEF.key, SetupApproval::DEF.key] {
        let rows: Vec<(Uuid, i64)> = sql!(
            &mut tx,
            fetch_all,
            "select v.record_id, cast(sum(case when c.ancestor_id is null then 0 else 1 end) as bigint) from record_version v
             left join unit_closure c on c.descendant_id = v.unit_id and c.ancestor_id = $1
             where v.register = $2 group by v.record_id",
            under,
            register
        )
        .expect("the records");
        for (id, n) in rows {
            if n > 0 { inside.push(id) } else { outside.push(id) }
        }
    }
    assert!(!inside.is_empty() && !outside.is_empty());
    (inside, outside)
}

#[tokio::test]
async fn records_outside_the_scope_are_counted_and_appear_neither_in_pages_nor_in_json() {
    for district in District::all().await {
        let stage = &district.stage;
        let (inside, outside) = records(&district, stage.north).await;
        let officer = stage.officer(stage.north, "north", "民政专干", "subdistrict_officer").await;
        let paths = [
            "/score",
            "/score/D01",
            "/score/D02",
            "/score/A01",
            "/api/v1/score",
            "/api/v1/score/D01",
            "/api/v1/score/D02",
        ];
        let mut everything = String::new();
        for path in paths {
            let (status, body) = stage.get(&officer, path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            for id in &outside {
                assert!(!body.contains(&id.to_string()), "{path} on {} names {id}", district.name());
            }
            everything.push_str(&body);
        }
        assert!(inside.iter().all(|id| everything.contains(&id.to_string())), "its own records open");
        let (_, page) = stage.get(&officer, "/score/D02").await;
        assert!(page.contains("另有 1 条记录不在当前岗位范围内"), "the others are counted");
        assert!(page.contains("体育东路社区") && page.contains("399.9"), "and the figures of all may be seen");
        let (_, json) = stage.get(&officer, "/api/v1/score/D02").await;
        let withheld = json.matches("\"sources_outside_scope\":1").count();
        // Rooms of one community (the other has none) and households of two.
        assert_eq!(withheld, 3, "{}", district.name());
    }
}

#[tokio::test]
async fn a_reviewer_without_any_register_sees_the_score_and_no_record() {
    for district in District::all().await {
        let stage = &district.stage;
        let (inside, outside) = records(&district, stage.north).await;
        let reviewer = stage.officer(stage.district, "reviewer", "评审", "reviewer").await;
        for path in ["/score/D02", "/api/v1/score/D02"] {
            let (status, body) = stage.get(&reviewer, path).await;
            assert_eq!(status, StatusCode::OK);
            assert!(inside.iter().chain(&outside).all(|id| !body.contains(&id.to_string())), "{path} names a record");
        }
    }
}

#[tokio::test]
async fn whoever_may_not_read_scores_gets_none() {
    let district = District::all().await.remove(0);
    let stage = &district.stage;
    let auditor = stage.officer(stage.district, "auditor", "审计管理员", "audit_admin").await;
    for path in ["/score", "/score/D02", "/api/v1/score", "/api/v1/score/D02", "/standard"] {
        assert_eq!(stage.get(&auditor, path).await.0, StatusCode::FORBIDDEN, "{path}");
    }
}
