//! The pages on both engines: the figures of a desk worked out by hand, whose words are shown to whom, and the scope.

use axum::http::StatusCode;
use hejian_kernel::{access::Actor, i18n::Lang, sql};
use uuid::Uuid;

use crate::{
    campaign::score::tests::support::District,
    stage::{Stage, day},
};

/// A to-do with the days of its life, at eight in the morning of Shanghai.
async fn todo(stage: &Stage, post: Uuid, about: Uuid, title: &str, days: (&str, Option<&str>, Option<&str>)) {
    let (began, due, done) = days;
    let at = |text: &str| day(text).and_time(chrono::NaiveTime::MIN).and_utc();
    let mut work = stage.test.setup().await;
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into todo (id, kind, register, record_id, state, title, unit_id, post_id, sent_by, due_on, created_at, done_at)
         values ($1, 'premises.completed', 'premises', $2, $3, $4, $5, $6, '某人', $7, $8, $9)",
        id,
        id,
        if done.is_some() { "done" } else { "open" },
        title,
        about,
        post,
        due.map(day),
        at(began),
        done.map(at)
    )
    .expect("a to-do");
    work.commit().await.expect("commits");
}

struct Cast {
    office: Actor,
    leader: Actor,
    inspector: Actor,
    head: Actor,
    street: Actor,
}

/// The bureau's desk: one in time, one late, one over by eight working days, one undated; and an instruction due in two.
async fn cast(stage: &Stage) -> Cast {
    let cast = Cast {
        office: stage.officer(stage.district, "office", "综合科科长", "campaign_office").await,
        leader: stage.officer(stage.district, "leader", "分管副区长", "leader").await,
        inspector: stage.officer(stage.district, "inspector", "督导员", "inspector").await,
        head: stage.officer(stage.bureau, "head", "副局长", "department_lead").await,
        street: stage.officer(stage.north, "street", "专干", "subdistrict_officer").await,
    };
    let (desk, about) = (cast.head.post.expect("a post"), stage.communities[0]);
    todo(stage, desk, about, "甲项目", ("2009-05-04", Some("2009-06-01"), Some("2009-05-29"))).await;
    todo(stage, desk, about, "乙项目", ("2009-05-04", Some("2009-06-01"), Some("2009-06-02"))).await;
    todo(stage, desk, about, "丙项目", ("2009-05-04", Some("2009-06-10"), None)).await;
    todo(stage, desk, about, "丁项目", ("2009-05-04", None, None)).await;
    let (about, post) = (format!("unit:{}", stage.bureau), desk.to_string());
    let form = [("about", about.as_str()), ("words", "请报方案"), ("due_on", "2009-06-24"), ("post", post.as_str())];
    let (status, page) = stage.send(&cast.leader, "/instructions", &form).await;
    assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
    cast
}

#[tokio::test]
async fn a_card_shows_the_figures_of_the_desk_as_worked_out_by_hand() {
    for stage in Stage::all().await {
        let cast = cast(&stage).await;
        let (status, page) = stage.get(&cast.office, "/scorecards/mzj").await;
        assert_eq!(status, StatusCode::OK, "{page}");
        // One of three judged in time; two to-dos and the instruction are open; one is over, by eight working days.
        for tile in [
            "<dt>按时办结率</dt><dd>33.3%</dd>",
            "按时 1 件，逾期 2 件",
            "<dt>在办</dt><dd>3</dd>",
            "其中三个工作日内到期 1 件",
            "<dt>逾期</dt><dd>1</dd>",
            "最长逾期 8 个工作日",
            "<dt>未结批示</dt><dd>1</dd>",
        ] {
            assert!(page.contains(tile), "{}: {tile} is missing", stage.test.name);
        }
        assert!(
            page.contains("丙项目") && page.contains("丁项目") && !page.contains("乙项目"),
            "what is open is listed"
        );
        // On 06-01 the second was not late yet and the instruction not given.
        let (_, page) = stage.get(&cast.office, "/scorecards/mzj?on=2009-06-01").await;
        assert!(
            page.contains("<dt>按时办结率</dt><dd>100%</dd>") && page.contains("<dt>在办</dt><dd>3</dd>"),
            "{page}"
        );
        assert!(page.contains("<dt>未结批示</dt><dd>0</dd>"));
        let (_, page) = stage.get(&cast.office, "/scorecards/mzj?age=over-2&of=todo").await;
        assert!(page.contains("丙项目") && !page.contains("丁项目"), "a figure filters the list");
        let (_, list) = stage.get(&cast.office, "/scorecards").await;
        assert!(list.contains("id=\"u-mzj\"") && list.contains("33.3%") && list.contains("1 / 3"), "{list}");
        assert!(!list.contains("id=\"u-S1\""));
        let (_, list) = stage.get(&cast.office, "/scorecards?kind=subdistrict&lamp=grey").await;
        assert!(list.contains("id=\"u-S1\"") && list.contains("id=\"u-S2\""), "nothing is given to them yet: {list}");
        let (_, list) = stage.get(&cast.office, "/scorecards?lamp=green").await;
        assert!(!list.contains("id=\"u-"), "{list}");
    }
}

#[tokio::test]
async fn a_subdistricts_card_shows_its_score_month_by_month_and_says_over_which_indicators() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        // The rooms of the north are large enough from March on.
        district.set_floor_area_at(1, 9000, "2009-03-18T02:00:00Z").await;
        let page = district.page("/scorecards/S1").await;
        assert!(page.contains("折算分逐月走势") && page.contains("折算分只算计入社区得分的"), "{}", district.name());
        let run = page.split("id=\"run\"").nth(1).and_then(|rest| rest.split("</section>").next()).expect("the run");
        let own = district.page("/score/units/S1?on=2009-02-28").await;
        let score = own.split("<dt>折算分</dt><dd>").nth(1).and_then(|rest| rest.split('<').next()).expect("a score");
        assert!(run.contains(&format!(">{score}<")), "{}: {score} of February is in the run: {run}", district.name());
    }
}

#[tokio::test]
async fn what_is_not_the_readers_to_see_is_counted_and_not_named() {
    for stage in Stage::all().await {
        let cast = cast(&stage).await;
        let (status, page) = stage.get(&cast.inspector, "/scorecards/mzj").await;
        assert_eq!(status, StatusCode::OK);
        assert!(page.contains("<dt>在办</dt><dd>3</dd>") && page.contains("另有 3 件不在查看范围"), "{page}");
        assert!(!page.contains("丙项目") && !page.contains("请报方案"), "no word of them");
        let (_, page) = stage.get(&cast.head, "/scorecards/mzj").await;
        assert!(page.contains("丙项目") && page.contains("请报方案"), "one's own desk");
        let (_, page) = stage.get(&cast.leader, "/scorecards/mzj").await;
        assert!(page.contains("丙项目") && page.contains("请报方案"), "a leader supervises");
    }
}

#[tokio::test]
async fn cards_outside_ones_units_are_not_there_and_a_day_that_is_none_is_refused() {
    for stage in Stage::all().await {
        let cast = cast(&stage).await;
        let (_, list) = stage.get(&cast.street, "/scorecards").await;
        assert!(list.contains("id=\"u-S1\"") && !list.contains("id=\"u-S2\"") && !list.contains("id=\"u-mzj\""));
        for (path, wanted) in [
            ("/scorecards/S1", StatusCode::OK),
            ("/scorecards/S2", StatusCode::NOT_FOUND),
            ("/scorecards/mzj", StatusCode::NOT_FOUND),
            ("/scorecards/C0", StatusCode::NOT_FOUND),
            ("/scorecards/S1?on=x", StatusCode::BAD_REQUEST),
            ("/scorecards/S1?campaign=none", StatusCode::NOT_FOUND),
        ] {
            assert_eq!(stage.get(&cast.street, path).await.0, wanted, "{path}");
        }
        let reviewer = stage.officer(stage.district, "reviewer", "评审", "reviewer").await;
        assert_eq!(stage.get(&reviewer, "/scorecards").await.0, StatusCode::FORBIDDEN);
        let (_, page) = stage.get(&cast.office, &format!("/organisation/units/{}", stage.bureau)).await;
        assert!(page.contains("/scorecards/mzj"), "the way from the unit's page");
        let (_, page) = stage.get(&cast.office, "/dashboard").await;
        assert!(page.contains("href=\"/scorecards\""), "the way from the dashboard");
    }
}

#[tokio::test]
async fn cards_stand_in_both_languages_with_duties_on_any_day_and_without_missing_words() {
    for stage in Stage::all().await {
        let cast = cast(&stage).await;
        let (status, page) = stage.send(&cast.office, "/duty/draft", &[("due", "2009-06-30")]).await;
        assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        for lang in Lang::ALL {
            for path in [
                "/scorecards",
                "/scorecards?kind=subdistrict&sort=-over",
                "/scorecards?sort=share&lamp=red",
                "/scorecards/mzj",
                "/scorecards/mzj?on=2009-03-31",
                "/scorecards/S1?age=later",
            ] {
                let (status, page) = stage.get_in(&cast.office, lang, path).await;
                assert_eq!(status, StatusCode::OK, "{path}: {page}");
                let missing =
                    ["[scorecard-", "[duty-", "[score-", "[instruction-"].iter().find_map(|sign| page.find(sign));
                assert!(missing.is_none(), "{path} in {}: {}", lang.tag(), &page[missing.expect("one")..][..60]);
            }
        }
        // Nothing is known of the indicators: not assessed, which is not 0 points lost.
        let (_, page) = stage.get(&cast.office, "/scorecards/mzj").await;
        assert!(page.contains("<dt>失分</dt><dd class=\"txt\">未评</dd>"), "{page}");
        // The duties were given today: on the day before there were none.
        assert!(page.contains("牵头 18 项"));
        let (_, page) = stage.get(&cast.office, "/scorecards/mzj?on=2009-06-21").await;
        assert!(page.contains("牵头 0 项"), "{page}");
    }
}
