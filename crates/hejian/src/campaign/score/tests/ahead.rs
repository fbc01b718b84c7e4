//! What is computed before anybody looks.

use std::time::Duration;

use hejian_kernel::{audit, sql};

use super::{
    super::{ahead, ahead::each, service},
    support::District,
};

/// Whether the score of today is there without computing it.
async fn is_there(district: &District) -> bool {
    let mut tx = district.stage.test.read().await;
    let (_, _, hash, _) = audit::head(&mut tx).await.expect("the head");
    drop(tx);
    let campaign = district.stage.campaign().await.id;
    service::known(&hash, campaign, district.stage.app.clock.today()).is_some()
}

#[tokio::test]
async fn a_server_that_begins_has_todays_score_before_the_first_reader() {
    for district in District::all().await {
        assert!(!is_there(&district).await, "{}", district.name());
        let task = ahead(&district.stage.app);
        for _ in 0..300 {
            if is_there(&district).await {
                break;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        assert!(is_there(&district).await, "{}: nothing was computed in half a minute", district.name());
        task.stop();
    }
}

#[tokio::test]
async fn every_campaign_under_way_is_computed_and_one_that_is_over_is_left_to_whoever_asks() {
    for district in District::all().await {
        let app = &district.stage.app;
        let mut work = district.stage.test.setup().await;
        let mut other = district.stage.campaign().await;
        other.id = work.new_id();
        other.key = "another".to_owned();
        crate::campaign::record::store::insert(&mut work, &other).await.expect("another campaign");
        work.commit().await.expect("commits");
        assert_eq!(each(app).await.expect("the campaigns are read"), 2, "{}", district.name());
        assert!(is_there(&district).await);
        let mut work = district.stage.test.setup().await;
        sql!(&mut work.tx, execute, "update campaign set state = 'closed' where key = 'another'").expect("closed");
        work.commit().await.expect("commits");
        assert_eq!(each(app).await.expect("the campaigns are read"), 1, "{}", district.name());
    }
}
