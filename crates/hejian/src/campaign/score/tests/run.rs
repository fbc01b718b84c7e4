//! The run of the score by month: what changes it, from when on, and what does not.

use chrono::NaiveDate;
use hejian_scoring::Exact;

use std::time::Duration;

use hejian_kernel::register::{Register as _, store};

use super::{
    super::{
        scores,
        trend::{Point, Soon, months, soon_within, trend},
    },
    support::District,
};
use crate::foundations::premises::Premises;

async fn run(district: &District) -> Vec<std::sync::Arc<Point>> {
    let campaign = district.stage.campaign().await.id;
    let day = |text: &str| text.parse::<NaiveDate>().expect("a day");
    trend(&district.stage.app, campaign, &months(day("2009-01-01"), day("2009-06-22"))).await.expect("a run")
}

fn points(run: &[std::sync::Arc<Point>], code: &str) -> Vec<Option<String>> {
    run.iter().map(|point| point.indicator(code).flatten().map(ToString::to_string)).collect()
}

/// The run computed with nothing in memory.
async fn anew(district: &District) -> Vec<Point> {
    super::super::trend::forget(district.stage.campaign().await.id);
    run(district).await.iter().map(|point| (**point).clone()).collect()
}

#[tokio::test]
async fn a_changed_fact_of_march_changes_the_run_at_march_and_after_and_nothing_before() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        let before = run(&district).await;
        assert_eq!(points(&before, "D02"), vec![Some("0.75".to_owned()); 6], "{}", district.name());
        district.set_floor_area_at(2, 4000, "2009-03-18T02:00:00Z").await;
        let after = run(&district).await;
        let d02 = points(&after, "D02");
        assert_eq!(d02[..2], points(&before, "D02")[..2], "January and February stand");
        assert_eq!(d02[2..], vec![Some("2.63".to_owned()); 4], "March and what follows have changed");
        for (was, is) in before.iter().zip(&after).take(2) {
            assert!(std::sync::Arc::ptr_eq(was, is), "a month that ended before was not computed again");
        }
        let gain = Exact::parse("1.88").expect("a number");
        assert_eq!(&after[2].points - &before[2].points, gain);
        assert_eq!(after.iter().map(|point| (**point).clone()).collect::<Vec<_>>(), anew(&district).await);
    }
}

#[tokio::test]
async fn a_late_correction_counts_from_its_own_day() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        district.set_floor_area_at(2, 4000, "2009-03-18T02:00:00Z").await;
        let before = run(&district).await;
        // Found in May: the area of March was wrong all along. What was known in March and April stays what was known then.
        district.set_floor_area_at(2, 3000, "2009-05-11T02:00:00Z").await;
        let after = run(&district).await;
        let d02 = points(&after, "D02");
        assert_eq!(d02[..4], points(&before, "D02")[..4], "{}", district.name());
        assert_eq!(d02[4..], vec![Some("0.75".to_owned()); 2]);
        assert_eq!(after.iter().map(|point| (**point).clone()).collect::<Vec<_>>(), anew(&district).await);
    }
}

#[tokio::test]
async fn a_save_of_today_leaves_every_past_month_alone_and_a_change_of_units_leaves_none() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        let before = run(&district).await;
        district.set_floor_area(2, 4000).await;
        let after = run(&district).await;
        for (was, is) in before.iter().zip(&after).take(5) {
            assert!(std::sync::Arc::ptr_eq(was, is), "{}: {}", district.name(), was.day);
        }
        assert_eq!(points(&after, "D02")[4..], [Some("0.75".to_owned()), Some("2.63".to_owned())]);
        let mut work = district.stage.test.setup().await;
        crate::stage::unit(&mut work, "C9", "community", "新社区", 30, Some(district.stage.north)).await;
        work.commit().await.expect("commits");
        let with_unit = run(&district).await;
        assert!(
            points(&with_unit, "D02").iter().all(Option::is_none),
            "a community that never reported counts since 1988"
        );
    }
}

#[tokio::test]
async fn a_run_read_at_once_is_what_each_day_by_itself_gives() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        district.set_floor_area_at(2, 4000, "2009-02-18T02:00:00Z").await;
        district.set_floor_area_at(2, 3000, "2009-04-11T02:00:00Z").await;
        let (id, version) = district.premises(0).await;
        let mut work =
            district.stage.test.work_at(&district.office, "2009-03-20T02:00:00Z".parse().expect("one")).await;
        store::remove(&mut work, Premises::DEF, id, version, "重复").await.expect("taken out");
        work.commit().await.expect("commits");
        let (app, campaign) = (&district.stage.app, district.stage.campaign().await.id);
        let run = anew(&district).await;
        for point in &run {
            let scored = scores(app, campaign, point.day).await.expect("a score");
            let alone: Vec<_> =
                scored.scores.indicators.iter().map(|score| (score.code.clone(), score.outcome.points())).collect();
            let of_run: Vec<_> = point.indicators.iter().map(|(code, _, got)| (code.clone(), got.as_ref())).collect();
            assert_eq!(of_run, alone, "{}: {}", district.name(), point.day);
            let subdistricts = scored.scores.breakdown.iter().filter(|unit| unit.level == "subdistrict");
            let alone: Vec<_> = subdistricts.map(|unit| (&unit.unit, &unit.points, unit.score.clone())).collect();
            let of_run: Vec<_> = point.below.iter().map(|(id, below)| (id, &below.points, below.score())).collect();
            assert!(alone.len() == 2 && alone.iter().all(|(_, _, score)| score.is_some()), "{alone:?}");
            assert!(alone.iter().all(|one| of_run.contains(one)) && of_run.len() == 2, "{of_run:?} is not {alone:?}");
        }
        let d02 = points(&run.into_iter().map(Into::into).collect::<Vec<_>>(), "D02");
        assert!(d02.windows(2).filter(|two| two[0] != two[1]).count() >= 3, "the acts are told apart: {d02:?}");
    }
}

#[tokio::test]
async fn a_page_that_does_not_wait_finds_the_run_later() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        let (app, campaign) = (&district.stage.app, district.stage.campaign().await.id);
        let days = months("2009-01-01".parse().expect("a day"), "2009-06-22".parse().expect("a day"));
        let at_once = soon_within(app, campaign, days.clone(), Duration::ZERO).await.expect("an answer");
        assert!(matches!(at_once, Soon::UnderWay(..)), "{}: {at_once:?}", district.name());
        let later = soon_within(app, campaign, days.clone(), Duration::from_secs(60)).await.expect("an answer");
        let Soon::Ready(line) = later else { panic!("{}: {later:?}", district.name()) };
        assert_eq!(line.iter().map(|point| point.day).collect::<Vec<_>>(), days);
    }
}
