//! A campaign made after another one.

use axum::http::StatusCode;
use hejian_kernel::i18n::Lang;

use super::Desk;
use crate::{
    campaign::{
        record::{self, Dated},
        standard::pinned,
    },
    stage::day,
};

#[tokio::test]
async fn a_new_campaign_has_the_version_of_its_template_and_its_steps_as_far_after_the_beginning() {
    for desk in Desk::all().await {
        let template = desk.stage.campaign().await;
        let mut work = desk.stage.test.setup().await;
        let said = record::Campaign {
            cycle_from: Some(day("2008-10-01")),
            cycle_to: Some(day("2010-09-30")),
            target_points: Some("95".to_owned()),
            budget: Some(100),
            ..template.clone()
        };
        record::keeping::save(&mut work, template.row_version, said).await.expect("saved");
        for (kind, on, title) in [("application", "2008-12-15", "申报"), ("honour", "2008-11-01", "荣誉")] {
            let (id, campaign_id, on_day) = (work.new_id(), template.id, day(on));
            let (kind, title) = (kind.to_owned(), title.to_owned());
            let date = Dated {
                id,
                campaign_id,
                kind,
                on_day,
                title,
                document: Some("x".to_owned()),
                note: None,
                mark: None,
                done: true,
            };
            record::keeping::add_date(&mut work, &date).await.expect("kept");
        }
        work.commit().await.expect("commits");
        for lang in Lang::ALL {
            let (status, page) = desk.stage.get_in(&desk.office, lang, "/campaigns/new").await;
            assert_eq!(status, StatusCode::OK, "{page}");
            assert!(page.contains("2008-12-15") && !page.contains("荣誉") && !page.contains("[campaign-"), "{page}");
        }
        let (_, page) = desk.stage.get(&desk.office, "/campaigns").await;
        assert!(page.contains("href=\"/campaigns/new\""));
        let form = |key| {
            [("template", "main"), ("title", "复评"), ("key", key), ("level", "national"), ("cycle_from", "2011-10-01")]
        };
        for key in ["", "main", "Fu Ping", "-x", "a-key-that-is-far-too-long"] {
            let (status, page) = desk.stage.send(&desk.office, "/campaigns/new", &form(key)).await;
            assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY, "{key}: {page}");
            assert!(page.contains("value=\"复评\""), "what was typed stands");
        }
        assert_eq!(desk.stage.send(&desk.leader, "/campaigns/new", &form("fuping")).await.0, StatusCode::FORBIDDEN);
        let (status, to) = desk.stage.send(&desk.office, "/campaigns/new", &form("fuping")).await;
        assert_eq!((status, to.as_str()), (StatusCode::SEE_OTHER, "/campaign?campaign=fuping"));
        let mut tx = desk.stage.test.read().await;
        let new = record::store::one(&mut tx, "fuping").await.expect("made");
        // Three years later, each.
        assert_eq!((new.state.as_str(), new.cycle_to), ("planned", Some(day("2013-09-30"))));
        assert_eq!((new.target_points.as_deref(), new.budget), (Some("95"), None));
        let dates = record::store::dates(&mut tx, new.id).await.expect("read");
        let told: Vec<_> =
            dates.iter().map(|of| (of.title.as_str(), of.on_day, of.done, of.document.clone())).collect();
        assert_eq!(told, [("申报", day("2011-12-15"), false, None)]);
        let today = desk.stage.app.clock.today();
        let version = pinned::in_force(&mut tx, new.id, today).await.expect("a version");
        let theirs = pinned::in_force(&mut tx, template.id, today).await.expect("a version");
        assert_eq!(version.fingerprint, theirs.fingerprint);
        drop(tx);
        assert_eq!(desk.findings().await, Vec::<String>::new());
    }
}
