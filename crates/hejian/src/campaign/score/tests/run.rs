//! The run of the score by month: what changes it, from when on, and what does not.

use chrono::NaiveDate;
use hejian_scoring::Exact;

use super::{
    super::trend::{Point, months, trend},
    support::District,
};

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
