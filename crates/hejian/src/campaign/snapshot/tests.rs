//! Snapshots through the pages, the job and the audit, on both engines.

use axum::http::StatusCode;
use chrono::NaiveDate;
use hejian_kernel::{
    audit::{self, Finding},
    db::Engine,
    i18n::Lang,
    jobs,
    register::{Draft, Record, Register as _, Value, store as registers},
    sql,
};
use serde_json::json;

use super::{MODULE, keeping, store};
use crate::{
    campaign::score::{in_hindsight, tests::support::District},
    foundations::{premises::Premises, series::Series},
};

const MARCH: &str = "2009-03-31";

async fn freeze(district: &District, day: &str) -> (StatusCode, String) {
    district.stage.send(&district.office, "/score/snapshots", &[("day", day)]).await
}

/// Changes a field of a record at a moment.
async fn correct(district: &District, record: &Record, field: &str, value: Value, at: &str) {
    let at = at.parse().expect("a moment");
    let mut work = district.stage.test.work_at(&district.office, at).await;
    let draft = Draft::of(record).with(Series::DEF, field, value);
    registers::update(&mut work, Series::DEF, record.meta.id, record.meta.version, draft).await.expect("corrected");
    work.commit().await.expect("commits");
}

/// A district in which March was frozen and three things happened to it since: a figure was corrected, an area was corrected, and
/// rooms were built.
async fn corrected_late() -> Vec<(District, Record)> {
    let mut all = Vec::new();
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        let mut before = district.stage.test.read().await;
        let eyes = district.office.scoped("series.read", hejian_kernel::testing::opening()).expect("may read");
        let keys = district.stage.test.keys.clone();
        let figures = hejian_kernel::register::versions::as_of(&mut before, &keys, Series::DEF, &eyes).await;
        let of = district.stage.communities[0];
        let households = figures.expect("read").into_iter().find(|record| record.meta.unit == of).expect("households");
        drop(before);
        district.set_floor_area_at(2, 4000, "2009-03-18T02:00:00Z").await;
        let (status, to) = freeze(&district, MARCH).await;
        assert_eq!(
            (status, to.as_str()),
            (StatusCode::SEE_OTHER, "/score/snapshots/2009-03-31"),
            "{}",
            district.name()
        );
        correct(&district, &households, "value", Value::Int(2600 * 10_000), "2009-05-11T02:00:00Z").await;
        district.set_floor_area_at(1, 3000, "2009-05-12T02:00:00Z").await;
        let later = District { since: "2009-04-20T00:00:00Z".parse().expect("a moment"), ..district };
        later.rooms(later.stage.communities[3], 5200).await;
        all.push((later, households));
    }
    all
}

#[tokio::test]
async fn a_frozen_month_stays_as_it_was_and_late_corrections_stand_beside_it() {
    for (district, households) in corrected_late().await {
        let path = format!("/api/v1/score/snapshots/{MARCH}");
        let frozen = district.get(&path).await;
        let d02 = |of: &serde_json::Value| {
            let lines = of["content"]["indicators"].as_array().cloned().unwrap_or_default();
            lines.into_iter().find(|line| line["code"] == "D02").expect("the indicator")
        };
        assert_eq!(d02(&frozen)["points"], "2.63", "{}", district.name());
        assert_eq!(d02(&frozen)["value"]["text"], "75");
        assert_eq!((&frozen["whole"], &frozen["on"]), (&json!(true), &json!(MARCH)));

        // Known now: of the three that met it, one has too many households, one too small a room; what was built later is
        // no correction of March.
        let (app, campaign) = (&district.stage.app, district.stage.campaign().await.id);
        let now = in_hindsight(app, campaign, MARCH.parse().expect("a day")).await.expect("a score");
        let value = now.scores.indicator("D02").and_then(|score| score.value.as_ref()).expect("a value");
        assert_eq!(value.text, "25", "{}", district.name());

        let page = district.page(&format!("/score/snapshots/{MARCH}/compare")).await;
        let (rooms, _) = district.premises(1).await;
        for sign in [
            "D02".to_owned(),
            "封存时数值\">75%".to_owned(),
            "今天所知数值\">25%".to_owned(),
            format!("/registers/series/{}", households.meta.id),
            format!("/registers/premises/{rooms}"),
            "军民村社区".to_owned(),
        ] {
            assert!(page.contains(&sign), "{}: {sign} is missing: {page}", district.name());
        }
        let anew = district.page(&format!("/score/snapshots/{MARCH}/compare?with=then")).await;
        assert!(anew.contains("今天重算这一天，与封存的一致"), "{}", district.name());
        let today = district.page(&format!("/score/snapshots/{MARCH}/compare?with=2009-06-22")).await;
        assert!(today.contains("D02") && !today.contains("之后登记或更正的记录"), "{}", district.name());
    }
}

#[tokio::test]
async fn late_records_outside_the_readers_scope_are_counted_and_not_named() {
    for (district, households) in corrected_late().await {
        let south = district.stage.officer(district.stage.south, "south", "民政专干", "subdistrict_officer").await;
        let (status, page) = district.stage.get(&south, &format!("/score/snapshots/{MARCH}/compare")).await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("D02") && page.contains("2 "), "{page}");
        let (rooms, _) = district.premises(1).await;
        for id in [households.meta.id, rooms] {
            assert!(!page.contains(&id.to_string()), "{}: {id} lies in the north", district.name());
        }
    }
}

#[tokio::test]
async fn a_month_is_frozen_once_and_only_when_it_is_over() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        assert_eq!(freeze(&district, MARCH).await.0, StatusCode::SEE_OTHER, "{}", district.name());
        let (status, page) = freeze(&district, MARCH).await;
        assert!(status == StatusCode::CONFLICT && page.contains("已经封存"), "{status}: {page}");
        for (day, says) in [("2009-03-30", "不是月末"), ("2009-06-30", "还没有过完")] {
            let (status, page) = freeze(&district, day).await;
            assert!(status == StatusCode::CONFLICT && page.contains(says), "{day}: {status}");
        }
        assert_eq!(freeze(&district, "x").await.0, StatusCode::BAD_REQUEST);
        for path in ["/score/snapshots/2009-04-30", "/score/snapshots/x", "/api/v1/score/snapshots/2009-04-30"] {
            assert_eq!(district.stage.get(&district.office, path).await.0, StatusCode::NOT_FOUND, "{path}");
        }
        let all = district.get("/api/v1/score/snapshots").await;
        assert_eq!(all["snapshots"].as_array().map(Vec::len), Some(1), "{}", district.name());
    }
}

#[tokio::test]
async fn what_is_over_is_frozen_by_itself_and_then_nothing_is_due() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        let app = &district.stage.app;
        assert_eq!(freeze(&district, MARCH).await.0, StatusCode::SEE_OTHER);
        jobs::ask_due(app).await.expect("asks");
        assert!(jobs::run_next(app).await.expect("runs"), "{}: the months of the year are due", district.name());
        jobs::ask_due(app).await.expect("asks");
        assert!(!jobs::run_next(app).await.expect("looks"), "{}: nothing is due any more", district.name());
        let mut tx = app.db.read().await.expect("reads");
        let all = store::list(&mut tx, district.stage.campaign().await.id).await.expect("snapshots");
        let made: Vec<(String, String)> = all.iter().map(|one| (one.on_day.to_string(), one.made_by.clone())).collect();
        let by = |day: &str, who: &str| (day.to_owned(), who.to_owned());
        let itself = "定时任务";
        assert_eq!(
            made,
            [
                by("2009-05-31", itself),
                by("2009-04-30", itself),
                by(MARCH, "某人（某岗位）"),
                by("2009-02-28", itself),
                by("2009-01-31", itself)
            ],
            "{}: from the month of the first entry on, and what stood stands",
            district.name()
        );
    }
}

#[tokio::test]
async fn an_altered_snapshot_is_named_by_the_audit_and_says_so_itself() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        let test = &district.stage.test;
        assert_eq!(freeze(&district, MARCH).await.0, StatusCode::SEE_OTHER);
        let found = async || {
            let mut tx = test.db.read().await.expect("reads");
            let report = audit::verify_told(&mut tx, &test.keys, &[Premises::DEF], MODULE.kept, None, |_, _| {}).await;
            report.expect("the chain can be read").findings
        };
        assert_eq!(found().await, [], "{}", district.name());
        let mut tx = test.db.write().await.expect("writes");
        let refused = sql!(&mut tx, execute, "update score_snapshot set points = '99'");
        assert!(refused.is_err(), "{}: the database itself refuses", district.name());
        drop(tx);
        let mut tx = test.db.write().await.expect("writes");
        match test.db.engine() {
            Engine::Sqlite => sql!(&mut tx, execute, "drop trigger score_snapshot_no_update"),
            Engine::Postgres => sql!(&mut tx, execute, "drop trigger score_snapshot_no_change on score_snapshot"),
        }
        .expect("somebody with all rights on the database");
        sql!(&mut tx, execute, "update score_snapshot set points = '99'").expect("forges");
        tx.commit().await.expect("commits");
        assert!(
            matches!(&found().await[..], [Finding::ChangedRecord { register, .. }] if register == keeping::SNAPSHOT),
            "{}",
            district.name()
        );
        assert!(district.page(&format!("/score/snapshots/{MARCH}")).await.contains("与审计不符"));
        assert_eq!(district.get(&format!("/api/v1/score/snapshots/{MARCH}")).await["whole"], json!(false));
    }
}

#[tokio::test]
async fn whoever_reads_scores_reads_snapshots_and_only_the_office_of_the_whole_district_makes_them() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        let stage = &district.stage;
        assert_eq!(freeze(&district, MARCH).await.0, StatusCode::SEE_OTHER);
        let reviewer = stage.officer(stage.district, "reviewer", "评审", "reviewer").await;
        let (status, page) = stage.get(&reviewer, "/score/snapshots").await;
        assert!(status == StatusCode::OK && !page.contains("method=\"post\" action=\"/score/snapshots"), "{page}");
        assert_eq!(stage.get(&reviewer, &format!("/score/snapshots/{MARCH}/compare")).await.0, StatusCode::OK);
        let april = [("day", "2009-04-30")];
        assert_eq!(stage.send(&reviewer, "/score/snapshots", &april).await.0, StatusCode::FORBIDDEN);
        let part = stage.officer(stage.north, "north", "街道综合科", "campaign_office").await;
        assert_eq!(stage.send(&part, "/score/snapshots", &april).await.0, StatusCode::NOT_FOUND);
        assert_eq!(stage.send(&part, "/score/snapshots/all", &[]).await.0, StatusCode::NOT_FOUND);
        assert_eq!(store::list(&mut stage.test.read().await, stage.campaign().await.id).await.expect("read").len(), 1);
    }
}

#[tokio::test]
async fn every_page_stands_in_both_languages_without_a_missing_label() {
    for (district, _) in corrected_late().await {
        for path in
            ["", "/2009-03-31", "/2009-03-31?view=units", "/2009-03-31/compare", "/2009-03-31/compare?with=2009-06-22"]
        {
            for lang in Lang::ALL {
                let (status, page) =
                    district.stage.get_in(&district.office, lang, &format!("/score/snapshots{path}")).await;
                assert_eq!(status, StatusCode::OK, "{path}: {page}");
                let missing = ["[snapshot-", "[dashboard-", "[score-", "[nav-"].iter().find_map(|sign| page.find(sign));
                assert!(missing.is_none(), "{path} in {}: {}", lang.tag(), &page[missing.expect("one")..][..60]);
            }
        }
    }
}

#[test]
fn the_month_before_a_day_ends_before_it_begins() {
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    assert_eq!(keeping::month_before(day("2009-03-01")), Some(day("2009-02-28")));
    assert_eq!(keeping::month_before(day("2009-03-31")), Some(day("2009-02-28")));
    assert!(keeping::check_day(day("2009-02-28"), day("2009-03-01")).is_ok());
}
