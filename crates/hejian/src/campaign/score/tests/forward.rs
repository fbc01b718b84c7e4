//! A score brought up to date by what was saved is the score made from the beginning.

use hejian_kernel::register::{Register as _, store};
use hejian_scoring::evaluate;

use super::{
    super::{facts::gather, forward::TAKEN, scores},
    support::District,
};
use crate::{campaign::standard::pinned, foundations::premises::Premises};

/// What the pages show, and what a computation from the beginning shows.
async fn both(district: &District) -> (serde_json::Value, serde_json::Value) {
    let (app, campaign) = (&district.stage.app, district.stage.campaign().await.id);
    let day = app.clock.today();
    let shown = scores(app, campaign, day).await.expect("a score");
    let mut tx = app.db.read().await.expect("read");
    let standard = pinned::in_force(&mut tx, campaign, day).await.expect("a standard");
    let told = gather(app.modules, &mut tx, &app.keys, &standard.pack, day, app.clock.now()).await.expect("facts");
    let fresh = evaluate(&standard.pack, &told.facts, &told.units, day);
    assert_eq!(shown.told, told.told);
    let json = |scores| serde_json::to_value(scores).expect("JSON");
    (json(&shown.scores), json(&fresh))
}

#[tokio::test]
async fn after_every_kind_of_save_the_score_is_that_of_a_computation_from_the_beginning() {
    for district in District::all().await {
        let same = async |what: &str| {
            let (shown, fresh) = both(&district).await;
            assert_eq!(shown, fresh, "{}: {what}", district.name());
            shown
        };
        let mut before = same("at first").await;
        for step in 0..9_usize {
            match step {
                0 => district.set_floor_area(2, 4000).await,
                1 => district.reopen(1).await,
                2 => drop(district.series(0, "households", "2009", 2600).await),
                3 => drop(district.series(3, "population", "2008", 6100).await),
                4 => drop(district.rooms(district.stage.communities[3], 5200).await),
                5 => district.report(Premises::DEF, district.stage.communities[1], true).await,
                6 => district.set_floor_area(0, 100).await,
                7 => {
                    let (id, version) = district.premises(2).await;
                    let mut work = district.stage.test.work(&district.office).await;
                    store::remove(&mut work, Premises::DEF, id, version, "重复").await.expect("taken out");
                    work.commit().await.expect("commits");
                }
                // A month's figure where a year's is asked: a fault, with its warning.
                _ => drop(district.series(0, "households", "2009-03", 2100).await),
            }
            let after = same(&format!("step {step}")).await;
            assert!(step == 8 || before != after, "step {step} changed nothing");
            before = after;
        }
        // Two of the steps bring something that was never told before, or a fault; the others are followed.
        let campaign = district.stage.campaign().await.id;
        let taken = TAKEN.lock().expect("a list").iter().filter(|of| **of == campaign).count();
        assert!(taken >= 6, "{}: only {taken} of nine saves were followed", district.name());
    }
}

#[tokio::test]
async fn a_past_day_keeps_its_score_when_something_is_saved_today() {
    for district in District::all_since("2009-01-05T00:00:00Z").await {
        let (app, campaign) = (&district.stage.app, district.stage.campaign().await.id);
        let march = "2009-03-31".parse().expect("a day");
        let before = scores(app, campaign, march).await.expect("a score");
        district.set_floor_area(2, 4000).await;
        let after = scores(app, campaign, march).await.expect("a score");
        assert!(std::sync::Arc::ptr_eq(&before, &after), "{}: nothing of March was saved", district.name());
        district.set_floor_area_at(0, 3000, "2009-03-20T02:00:00Z").await;
        let changed = scores(app, campaign, march).await.expect("a score");
        assert_ne!(changed.scores.points, before.scores.points, "{}", district.name());
    }
}
