//! The dashboard as people see it.

use axum::http::StatusCode;
use hejian_kernel::{access::Actor, i18n::Lang};

use crate::{campaign::record, stage::Stage};

async fn office(stage: &Stage) -> Actor {
    stage.officer(stage.district, "office", "综合科科长", "campaign_office").await
}

#[tokio::test]
async fn the_dashboard_stands_in_a_district_that_knows_nothing_yet_and_says_so() {
    for stage in Stage::all().await {
        let office = office(&stage).await;
        for lang in Lang::ALL {
            for path in [
                "/dashboard",
                "/dashboard?on=2009-03-31&metric=assessed",
                "/dashboard?metric=Z99",
                "/dashboard/compare",
                "/dashboard/compare?from=2009-01-31&on=2009-03-31&show=all",
            ] {
                let (status, page) = stage.get_in(&office, lang, path).await;
                assert_eq!(status, StatusCode::OK, "{path}: {page}");
                let missing = ["[dashboard-", "[campaign-", "[score-"].iter().find_map(|sign| page.find(sign));
                assert!(missing.is_none(), "{path} in {}: {}", lang.tag(), &page[missing.expect("one")..][..60]);
                // Nothing is known: no point of the run is drawn as 0.
                assert!(!page.contains("class=\"figure\""), "{path}");
            }
        }
        assert_eq!(stage.get(&office, "/dashboard?campaign=none").await.0, StatusCode::NOT_FOUND);
        assert_eq!(stage.get(&office, "/dashboard/compare?from=x").await.0, StatusCode::BAD_REQUEST);
    }
}

#[tokio::test]
async fn the_countdown_is_seen_from_the_day_asked_and_what_was_done_later_is_open_then() {
    for stage in Stage::all().await {
        let office = office(&stage).await;
        let campaign = stage.campaign().await;
        let mut work = stage.test.setup().await;
        for (day, title, done) in [("2008-12-15", "正式申报", true), ("2009-10-19", "苏州会议", false)] {
            let new = record::Dated {
                id: work.new_id(),
                campaign_id: campaign.id,
                kind: "application".to_owned(),
                on_day: day.parse().expect("a day"),
                title: title.to_owned(),
                document: None,
                note: None,
                mark: None,
                done,
            };
            record::keeping::add_date(&mut work, &new).await.expect("kept");
        }
        work.commit().await.expect("commits");
        let (_, page) = stage.get(&office, "/dashboard").await;
        assert!(page.contains("距苏州会议") && page.contains("119<small>天"), "{page}");
        let (_, page) = stage.get(&office, "/dashboard?on=2008-12-10").await;
        assert!(page.contains("距正式申报") && page.contains("5<small>天"), "{page}");
    }
}
