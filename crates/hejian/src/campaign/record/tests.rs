//! Campaigns and what they work to.

use hejian_kernel::{audit, sql, testing::engines};

use super::{MAIN, keeping, store};
use crate::{campaign::standard, modules::MODULES};

#[tokio::test]
async fn a_district_from_before_there_were_campaigns_gets_one_and_its_pins_are_vouched_for_anew() {
    for test in engines().await {
        let mut work = test.setup().await;
        standard::pinned::settle(&mut work).await.expect("settled");
        // What an older version left: a pin that names no campaign, and no campaign.
        sql!(&mut work.tx, execute, "update standard_pin set campaign_id = null").expect("taken away");
        sql!(&mut work.tx, execute, "delete from campaign").expect("taken away");
        work.commit().await.expect("commits");
        let now = hejian_kernel::testing::opening();
        assert!(!standard::pinned::is_settled(&mut test.read().await, now).await.expect("read"));
        let mut work = test.setup().await;
        standard::pinned::settle(&mut work).await.expect("settled again");
        work.commit().await.expect("commits");
        let mut tx = test.read().await;
        assert!(standard::pinned::is_settled(&mut tx, now).await.expect("read"), "{}", test.name);
        let main = store::default_campaign(&mut tx).await.expect("the first campaign");
        assert_eq!(standard::store::pins(&mut tx, main.id).await.expect("read").len(), 1, "no second pin was made");
        let kept: Vec<_> = MODULES.iter().flat_map(|module| module.kept.iter().copied()).collect();
        let report = audit::verify_told(&mut tx, &test.keys, &[], &kept, None, |_, _| {}).await.expect("verifies");
        // The campaign that was taken away by hand is missed, and nothing else.
        assert_eq!(report.findings.len(), 1, "{:?}", report.findings);
    }
}

#[tokio::test]
async fn a_campaign_is_saved_over_the_version_that_was_read_and_every_change_is_told() {
    for test in engines().await {
        let mut work = test.setup().await;
        let main = keeping::settle(&mut work).await.expect("made");
        assert_eq!(main.key, MAIN);
        let mut new = main.clone();
        new.budget = Some(12_000_000);
        let saved = keeping::save(&mut work, 1, new.clone()).await.expect("saved");
        assert_eq!(saved.row_version, 2);
        let stale = keeping::save(&mut work, 1, main).await.expect_err("stale");
        assert!(matches!(stale, hejian_kernel::error::Error::Stale { yours: 1, theirs: 2 }), "{stale:?}");
        let same = keeping::save(&mut work, 2, saved.clone()).await.expect("nothing to save");
        assert_eq!(same.row_version, 2, "what does not differ is not saved");
        work.commit().await.expect("commits");
        let mut tx = test.read().await;
        let found = store::default_campaign(&mut tx).await.expect("read");
        assert_eq!((found.budget, found.row_version), (Some(12_000_000), 2), "{}", test.name);
        let kept: Vec<_> = super::MODULE.kept.to_vec();
        let report = audit::verify_told(&mut tx, &test.keys, &[], &kept, None, |_, _| {}).await.expect("verifies");
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}
