//! From a record to the points and back: stories through real registers on both engines.

mod ahead;
mod forward;
mod provenance;
mod run;
mod scope;
pub(crate) mod support;

use axum::http::StatusCode;
use hejian_kernel::{
    i18n::Lang,
    register::{Draft, Register as _, Value, store},
};

use crate::foundations::premises::Premises;
use support::District;

#[tokio::test]
async fn a_changed_floor_area_changes_the_share_the_points_and_the_explanation() {
    for district in District::all().await {
        let before = district.get("/api/v1/score/D02").await;
        assert_eq!(before["outcome"]["points"], "0.75", "{}", district.name());
        assert_eq!(before["value"]["text"], "50");
        let page = district.page("/score/D02").await;
        assert!(page.contains("50<small>%</small>"), "the share stands on the page");
        assert!(page.contains("标准 ≥ max(300, 2,000 ÷ 100 × 20) = 400"), "what is asked of the community");
        assert!(page.contains("再有 2 个社区达标") || page.contains("再有 1 个社区达标"));

        district.set_floor_area(2, 4000).await;
        let after = district.get("/api/v1/score/D02").await;
        assert_eq!(after["outcome"]["points"], "2.63", "{}", district.name());
        assert_eq!(after["value"]["text"], "75");
        let page = district.page("/score/D02").await;
        let (id, version) = district.premises(2).await;
        assert!(
            page.contains(&format!("/registers/premises/{id}?version={version}")),
            "the record opens as it was read"
        );
        let overview = district.page("/score").await;
        assert!(overview.contains("2.63") && overview.contains("3 / 4"), "the overview follows at once");
    }
}

#[tokio::test]
async fn an_average_lies_open_down_to_the_records_of_its_communities() {
    for district in District::all().await {
        for community in 0..4 {
            district.series(community, "finance_working_funds_paid", "2009-05", 20_000).await;
        }
        let page = district.page("/score/D04").await;
        let tree = page.split(r#"class="hj-tree""#).nth(1).and_then(|rest| rest.split("</section>").next());
        let tree = tree.expect("the arithmetic");
        let open = |until: &str| tree.split(until).next().unwrap_or_default().matches("<details open>").count();
        assert!(open("半边街社区") >= 4, "{}: points, average and both subdistricts: {tree}", district.name());
        assert_eq!(tree.matches("href=\"/registers/series/").count(), 4, "each community is its record");
        assert!(!tree.contains("其余"), "nothing more is folded");
    }
}

#[tokio::test]
async fn a_community_that_did_not_report_makes_the_indicator_not_assessed_and_is_named() {
    for district in District::all().await {
        district.reopen(3).await;
        let score = district.get("/api/v1/score/D02").await;
        assert_eq!(score["outcome"]["state"], "not_assessed", "{}", district.name());
        assert!(score["outcome"]["points"].is_null() && score["value"].is_null(), "unknown is never 0");
        let reason = &score["outcome"]["reasons"][0];
        assert_eq!(
            (reason["kind"].as_str(), reason["units"].as_array().map(Vec::len)),
            (Some("missing_fact"), Some(1))
        );
        let page = district.page("/score/D02").await;
        assert!(page.contains("为什么未评") && page.contains("半边街社区"), "the community is named");
        assert!(page.contains("/registers/premises/coverage"), "and what must be done is a link");
        assert!(page.contains("至少 2 个"), "what is known is a lower bound, not a figure");
        let all = district.get("/api/v1/score").await;
        // D01 stands on households and approvals alone.
        let d01 = all["indicators"].as_array().and_then(|all| all.iter().find(|i| i["code"] == "D01")).cloned();
        assert_eq!(d01.expect("D01")["outcome"]["state"], "assessed");
        assert_eq!(all["assessed_points"], "2", "the total stands on what is assessed");
    }
}

#[tokio::test]
async fn the_score_of_a_past_day_ignores_what_was_saved_later() {
    for district in District::all().await {
        district.set_floor_area_at(2, 4000, "2009-06-15T02:00:00Z").await;
        for (day, points) in [("2009-06-14", "0.75"), ("2009-06-15", "2.63"), ("2009-06-22", "2.63")] {
            let score = district.get(&format!("/api/v1/score/D02?on={day}")).await;
            assert_eq!(score["outcome"]["points"], points, "{} on {day}", district.name());
            assert_eq!(score["as_of"], day);
        }
        let page = district.page("/score/D02?on=2009-06-14").await;
        assert!(page.contains("/score/D01?on=2009-06-14"), "the links keep the day");
        assert!(!page.contains("version=3"), "and no later version is shown");
    }
}

#[tokio::test]
async fn the_neighbours_d01_and_d03_are_scored_from_their_own_registers() {
    for district in District::all().await {
        let d01 = district.get("/api/v1/score/D01").await;
        assert_eq!(d01["outcome"]["points"], "2", "all four are large enough and approved");
        let d03 = district.get("/api/v1/score/D03").await;
        assert_eq!(d03["outcome"]["state"], "not_assessed", "no subdistrict reported its centres");
        for unit in district.subdistricts() {
            district.report(Premises::DEF, unit, true).await;
        }
        district.report(Premises::DEF, district.stage.district, true).await;
        let d03 = district.get("/api/v1/score/D03").await;
        assert_eq!(d03["outcome"]["points"], "0", "reported complete without any centre is a zero");
        let page = district.page("/score/D03").await;
        assert!(page.contains("台账已报齐，没有这类记录"));
    }
}

#[tokio::test]
async fn a_fact_that_cannot_be_used_is_a_warning_with_its_place_and_not_a_figure() {
    for district in District::all().await {
        // Households are a year's figure; a month's is not of the measure's grain.
        district.series(0, "households", "2009-03", 2100).await;
        let page = district.page("/score").await;
        assert!(page.contains("有 1 个数不能用") && page.contains("军民村社区"), "{}", district.name());
        assert!(page.contains("时期应为年度"));
    }
}

#[tokio::test]
async fn every_indicator_has_a_page_in_both_languages_without_a_missing_label() {
    let district = District::all().await.remove(0);
    let standard = crate::campaign::standard::built_in();
    for lang in Lang::ALL {
        let codes = standard.pack.indicators.iter().map(|i| format!("/score/{}", i.code));
        for path in codes.chain(["/score".into(), "/score?view=gaps&sort=-lost".into(), "/standard".into()]) {
            let (status, page) = district.stage.get_in(&district.office, lang, &path).await;
            assert_eq!(status, StatusCode::OK, "{path}");
            let missing = page.match_indices("[score-").chain(page.match_indices("[standard-")).next();
            assert!(missing.is_none(), "{path} in {}: {}", lang.tag(), &page[missing.expect("one").0..][..60]);
        }
    }
}

#[tokio::test]
async fn a_wrong_day_and_an_unknown_indicator_are_said_to_be_so() {
    let district = District::all().await.remove(0);
    assert_eq!(district.stage.get(&district.office, "/score?on=gestern").await.0, StatusCode::BAD_REQUEST);
    assert_eq!(district.stage.get(&district.office, "/score/Z99").await.0, StatusCode::NOT_FOUND);
    let ahead = district.get("/api/v1/score/D02?on=2031-01-01").await;
    assert_eq!(ahead["as_of"], "2009-06-22", "a day to come is scored as today");
}

#[tokio::test]
async fn the_standard_can_be_searched_and_filtered() {
    let district = District::all().await.remove(0);
    let page = district.page("/standard").await;
    assert!(page.contains("显示 53 项，共 53 项") && page.contains("重构，非原文"));
    let leads = district.page("/standard?lead=mzj").await;
    assert!(leads.contains("显示 18 项"));
    let found = district.page("/standard?q=%E7%94%A8%E6%88%BF").await;
    assert!(found.contains("D02") && !found.contains("D07"));
    let built = district.page("/standard?registers=yes").await;
    assert!(built.contains("显示 10 项"));
}

#[tokio::test]
async fn a_second_look_costs_no_computation_and_a_save_is_followed_at_once() {
    let district = District::all().await.remove(0);
    let today = district.stage.app.clock.today();
    let campaign = district.stage.campaign().await.id;
    let first = super::scores(&district.stage.app, campaign, today).await.expect("a score");
    let again = super::scores(&district.stage.app, campaign, today).await.expect("a score");
    assert!(std::sync::Arc::ptr_eq(&first, &again), "nothing was saved in between");
    let mut work = district.stage.test.work(&district.office).await;
    let draft = Draft::empty(Premises::DEF, district.stage.communities[0])
        .with(Premises::DEF, "number", support::number())
        .with(Premises::DEF, "name", Value::Text("另一处".into()))
        .with(Premises::DEF, "kind", Value::Text("community_office".into()))
        .with(Premises::DEF, "works", Value::Text("rebuild".into()));
    store::create(&mut work, Premises::DEF, draft).await.expect("a record");
    work.commit().await.expect("commits");
    let after = super::scores(&district.stage.app, campaign, today).await.expect("a score");
    assert!(!std::sync::Arc::ptr_eq(&first, &after) && after.stands_on > first.stands_on);
}

#[tokio::test]
async fn the_gaps_are_paged_and_their_sums_are_those_of_all_pages() {
    let district = District::all().await.remove(0);
    let first = district.page("/score?view=gaps&per=20").await;
    let third = district.page("/score?view=gaps&per=20&page=3").await;
    for page in [&first, &third] {
        assert!(page.contains("合计 52 项") || page.contains("52 项"), "the sum is of all 52 gaps");
    }
    let rows = |page: &str| page.matches("class=\"title\"").count();
    assert_eq!((rows(&first), rows(&third)), (20, 12));
    assert_eq!(rows(&district.page("/score?view=gaps").await), 52, "a standard of the usual size stands on one page");
    let far = district.page("/score?view=gaps&per=20&page=99").await;
    assert_eq!(rows(&far), 12, "a page beyond the last is the last");
}

#[tokio::test]
async fn an_indicator_shows_its_points_by_month_with_a_gap_where_nothing_was_known() {
    for district in District::all_since("2009-03-05T00:00:00Z").await {
        district.set_floor_area_at(2, 4000, "2009-05-15T02:00:00Z").await;
        let page = district.page("/score/D02").await;
        let run =
            page.split("<svg class=\"trend\"").nth(1).and_then(|rest| rest.split("</svg>").next()).expect("a run");
        assert_eq!(run.matches("<circle class=\"hit\"").count(), 4, "March, April, May and today: {run}");
        assert!(run.contains("0.75") && run.contains("2.63"), "{}: {run}", district.name());
        assert!(run.contains("/score/D02?on=2009-04-30"), "each point opens its day");
        assert!(!district.page("/score/A01").await.contains("<svg class=\"trend\""), "nothing was ever known of A01");
    }
}
