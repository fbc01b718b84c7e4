//! A small district with facts: four communities of 2,000 households, two of them with rooms large enough.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::http::StatusCode;
use chrono::{DateTime, Utc};
use hejian_kernel::{
    access::Actor,
    register::{Draft, Record, Register as _, RegisterDef, Value, store},
    sql,
    testing::opening,
};
use uuid::Uuid;

use crate::{
    foundations::{premises::Premises, series::Series},
    organisation::SetupApproval,
    stage::Stage,
};

/// The district with the campaign office that writes and reads everything in it.
pub(crate) struct District {
    pub stage: Stage,
    pub office: Actor,
    /// When the first records were written.
    pub since: DateTime<Utc>,
}

/// A number no other record of this test run has.
pub(crate) fn number() -> Value {
    static NEXT: AtomicU32 = AtomicU32::new(1);
    Value::Text(format!("YF-{:04}", NEXT.fetch_add(1, Ordering::Relaxed)))
}

impl District {
    /// One on every engine at hand.
    pub(crate) async fn all() -> Vec<Self> {
        Self::all_since("2009-06-01T00:00:00Z").await
    }

    /// The same, with its first records written at a moment.
    pub(crate) async fn all_since(since: &str) -> Vec<Self> {
        let since = since.parse().expect("a moment");
        let mut all = Vec::new();
        for stage in Stage::all().await {
            let office = stage.officer(stage.bureau, "office", "综合科", "campaign_office").await;
            let mut office = office;
            office.grants[0].unit = stage.district;
            let district = Self { stage, office, since };
            district.fill().await;
            all.push(district);
        }
        all
    }

    pub(crate) fn name(&self) -> &'static str {
        self.stage.test.name
    }

    pub(crate) fn subdistricts(&self) -> [Uuid; 2] {
        [self.stage.north, self.stage.south]
    }

    /// Households and an approval everywhere; rooms of 459, 400, 399.9 and no square metres; all reported complete in the first month.
    async fn fill(&self) {
        for (n, area) in [Some(4590), Some(4000), Some(3999), None].into_iter().enumerate() {
            let unit = self.stage.communities[n];
            self.series(n, "households", "2008", 2000).await;
            let approval = Draft::empty(SetupApproval::DEF, unit)
                .with(SetupApproval::DEF, "document_number", Value::Text(format!("常武政函〔2002〕{n}号")))
                .with(SetupApproval::DEF, "document_title", Value::Text("设立批复".into()))
                .with(SetupApproval::DEF, "issuer", Value::Text("武陵区人民政府".into()))
                .with(SetupApproval::DEF, "issued_on", Value::Date("2002-11-01".parse().expect("a day")));
            self.create(SetupApproval::DEF, approval, self.since).await;
            self.report(SetupApproval::DEF, unit, true).await;
            if let Some(area) = area {
                self.rooms(unit, area).await;
            }
            self.report(Premises::DEF, unit, true).await;
        }
    }

    /// An accepted community office of so many tenths of a square metre.
    pub(crate) async fn rooms(&self, unit: Uuid, tenths: i64) -> Record {
        let draft = Draft::empty(Premises::DEF, unit)
            .with(Premises::DEF, "number", number())
            .with(Premises::DEF, "name", Value::Text("社区用房".into()))
            .with(Premises::DEF, "kind", Value::Text("community_office".into()))
            .with(Premises::DEF, "works", Value::Text("new_build".into()))
            .with(Premises::DEF, "floor_area", Value::Int(tenths));
        let record = self.create(Premises::DEF, draft, self.since).await;
        self.put_state(&record, "accepted", self.since).await
    }

    /// Puts a record into a state, as its lifecycle would.
    pub(crate) async fn put_state(&self, record: &Record, state: &str, at: DateTime<Utc>) -> Record {
        let mut work = self.stage.test.work_at(&self.office, at).await;
        let mut after = record.clone();
        after.meta.state = state.to_owned();
        let after = store::write_over(&mut work, Premises::DEF, record, after, "accept").await.expect("a new state");
        work.commit().await.expect("commits");
        after
    }

    pub(crate) async fn create(&self, def: &'static RegisterDef, draft: Draft, at: DateTime<Utc>) -> Record {
        let mut work = self.stage.test.work_at(&self.office, at).await;
        let record =
            store::create(&mut work, def, draft).await.unwrap_or_else(|error| panic!("{}: {error:?}", def.key));
        work.commit().await.expect("commits");
        record
    }

    pub(crate) async fn series(&self, community: usize, measure: &str, period: &str, value: i64) -> Record {
        let draft = Draft::empty(Series::DEF, self.stage.communities[community])
            .with(Series::DEF, "measure", Value::Text(measure.into()))
            .with(Series::DEF, "period", Value::Text(period.into()))
            .with(Series::DEF, "value", Value::Int(value * 10_000))
            .with(Series::DEF, "source_document", Value::Text("人口年报".into()));
        self.create(Series::DEF, draft, self.since).await
    }

    /// Declares the first month complete, or open again.
    pub(crate) async fn report(&self, def: &'static RegisterDef, unit: Uuid, complete: bool) {
        let mut work = self.stage.test.work_at(&self.office, self.since).await;
        let period = self.since.format("%Y-%m").to_string();
        store::declare(&mut work, def, unit, &period, complete).await.expect("declared");
        work.commit().await.expect("commits");
    }

    pub(crate) async fn reopen(&self, community: usize) {
        self.report(Premises::DEF, self.stage.communities[community], false).await;
    }

    /// Id and version of a community's rooms.
    pub(crate) async fn premises(&self, community: usize) -> (Uuid, i64) {
        let unit = self.stage.communities[community];
        let mut tx = self.stage.test.read().await;
        sql!(&mut tx, fetch_one, "select id, version from premises where unit_id = $1", unit).expect("the rooms")
    }

    pub(crate) async fn set_floor_area(&self, community: usize, tenths: i64) {
        self.change(community, tenths, opening()).await;
    }

    pub(crate) async fn set_floor_area_at(&self, community: usize, tenths: i64, at: &str) {
        self.change(community, tenths, at.parse().expect("a moment")).await;
    }

    async fn change(&self, community: usize, tenths: i64, at: DateTime<Utc>) {
        let (id, version) = self.premises(community).await;
        let mut work = self.stage.test.work_at(&self.office, at).await;
        let eyes = self.office.scoped("premises.read", id).expect("may read");
        let keys = self.stage.test.keys.clone();
        let record = store::get(&mut work.tx, &keys, Premises::DEF, &eyes).await.expect("the rooms");
        let draft = Draft::of(&record).with(Premises::DEF, "floor_area", Value::Int(tenths));
        store::update(&mut work, Premises::DEF, id, version, draft).await.expect("changed");
        work.commit().await.expect("commits");
    }

    /// JSON as the office gets it.
    pub(crate) async fn get(&self, path: &str) -> serde_json::Value {
        let (status, body) = self.stage.get(&self.office, path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        serde_json::from_str(&body).expect("JSON")
    }

    /// A page as the office gets it.
    pub(crate) async fn page(&self, path: &str) -> String {
        let (status, body) = self.stage.get(&self.office, path).await;
        assert_eq!(status, StatusCode::OK, "{path}: {body}");
        body
    }
}
