//! A district with all departments that the standard names, two posts each, and somebody in every post.

use std::collections::BTreeSet;

use axum::http::StatusCode;
use hejian_kernel::{access::Actor, audit, sql};
use uuid::Uuid;

use super::super::{model::Board, store};
use crate::{
    campaign::standard::built_in,
    modules::MODULES,
    stage::{self, Stage},
};

pub(super) struct District {
    pub stage: Stage,
    pub campaign: Uuid,
    /// The campaign office.
    pub office: Actor,
    /// The head of the civil affairs bureau.
    pub head: Actor,
    /// The first subdistrict's officer.
    pub street: Actor,
    /// The first community's head.
    pub worker: Actor,
}

impl District {
    pub async fn all() -> Vec<Self> {
        let mut all = Vec::new();
        for stage in Stage::all().await {
            all.push(Self::on(stage).await);
        }
        all
    }

    /// With duties drafted, due on 2009-06-30.
    pub async fn drafted() -> Vec<Self> {
        let all = Self::all().await;
        for district in &all {
            let (status, page) = district.send("/duty/draft", &[("due", "2009-06-30")]).await;
            assert_eq!(status, StatusCode::SEE_OTHER, "{page}");
        }
        all
    }

    async fn on(stage: Stage) -> Self {
        let pack = &built_in().pack;
        let roles: BTreeSet<&str> =
            pack.indicators.iter().flat_map(|of| std::iter::once(&of.lead).chain(&of.co)).map(String::as_str).collect();
        let mut work = stage.test.setup().await;
        let mut departments = vec![("mzj".to_owned(), stage.bureau)];
        for (order, role) in (30..).zip(roles.into_iter().filter(|role| *role != "mzj")) {
            let id =
                stage::unit(&mut work, role, "department", &format!("区{role}"), order, Some(stage.district)).await;
            departments.push((role.to_owned(), id));
        }
        let places = departments
            .iter()
            .map(|(key, id)| (key.clone(), *id))
            .chain([("S1".to_owned(), stage.north), ("S2".to_owned(), stage.south)]);
        let communities = stage.communities.iter().enumerate().map(|(n, id)| (format!("C{n}"), *id));
        for (key, unit) in places.chain(communities) {
            for (order, title) in [(1_i64, "负责人"), (2, "联络员")] {
                let post = stage::post(&mut work, unit, &format!("{key}-{order}"), title, order).await;
                let person = stage::person(&mut work, &format!("{key}{title}")).await;
                stage::term(&mut work, post, person, "holder", ("2008-01-01", None)).await;
                let role = match key.as_bytes() {
                    [b'S', ..] => "subdistrict_officer",
                    [b'C', ..] => "community_worker",
                    _ => "department_officer",
                };
                stage::grant(&mut work, post, role, unit).await;
            }
        }
        work.commit().await.expect("commits");
        let campaign = stage.campaign().await.id;
        let office = stage.officer(stage.district, "office", "综合科科长", "campaign_office").await;
        let mut district =
            Self { campaign, head: office.clone(), street: office.clone(), worker: office.clone(), office, stage };
        district.head = district.acting("mzj-1", "department_lead", district.stage.district).await;
        district.street = district.acting("S1-2", "subdistrict_officer", district.stage.north).await;
        district.worker = district.acting("C0-1", "community_worker", district.stage.communities[0]).await;
        district
    }

    async fn acting(&self, post: &str, role: &'static str, unit: Uuid) -> Actor {
        let mut tx = self.stage.test.read().await;
        let (id, person): (Uuid, Uuid) = sql!(
            &mut tx,
            fetch_one,
            "select p.id, t.person_id from post p join term t on t.post_id = p.id where p.key = $1",
            post
        )
        .expect("a post");
        drop(tx);
        self.stage.actor(id, person, role, unit)
    }

    pub fn name(&self) -> &str {
        self.stage.test.name
    }

    pub async fn get(&self, path: &str) -> (StatusCode, String) {
        self.stage.get(&self.office, path).await
    }

    pub async fn send(&self, path: &str, form: &[(&str, &str)]) -> (StatusCode, String) {
        self.stage.send(&self.office, path, form).await
    }

    pub async fn board(&self) -> Board {
        let mut tx = self.stage.test.read().await;
        store::board(&mut tx, self.campaign, self.stage.app.clock.today()).await.expect("a board")
    }

    /// The posts in which something waits on a duty.
    pub async fn open_todos(&self, line: Uuid) -> Vec<Uuid> {
        let mut tx = self.stage.test.read().await;
        let rows: Vec<(Uuid,)> = sql!(
            &mut tx,
            fetch_all,
            "select post_id from todo where register = 'duty' and record_id = $1 and state = 'open'",
            line
        )
        .expect("to-dos");
        rows.into_iter().map(|(post,)| post).collect()
    }

    pub async fn reminder(&self, unit: Uuid) -> Uuid {
        let mut tx = self.stage.test.read().await;
        let (id,): (Uuid,) =
            sql!(&mut tx, fetch_one, "select id from duty_reminder where unit_id = $1", unit).expect("a reminder");
        id
    }

    /// The audit vouches for everything.
    pub async fn verify(&self) {
        let mut tx = self.stage.test.read().await;
        let registers: Vec<_> = MODULES.iter().flat_map(|module| module.registers).copied().collect();
        let kept: Vec<_> = MODULES
            .iter()
            .flat_map(|module| module.kept)
            .filter(|kept| kept.kind.starts_with("duty"))
            .map(|k| audit::Kept { kind: k.kind, rows: k.rows })
            .collect();
        let report = audit::verify_told(&mut tx, &self.stage.test.keys, &registers, &kept, None, |_, _| {})
            .await
            .expect("verified");
        assert!(report.findings.is_empty(), "{:?}", report.findings);
    }
}
