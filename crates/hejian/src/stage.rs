//! A small district for the tests of this crate, and its pages as a signed-in person sees them.

use axum::{
    body::Body,
    http::{Request, StatusCode, header},
};
use chrono::NaiveDate;
use hejian_kernel::{
    access::{Actor, Channel, Grant, SessionInfo},
    i18n::Lang,
    sql,
    testing::{TestDb, engines, opening, plant},
    unit::{self, NewUnit},
    web::{App, Identity, router_as},
    work::Work,
};
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::{
    campaign::record,
    modules::{MODULES, ROLES},
};

/// A day as text.
pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().expect("a day")
}

/// A district with two subdistricts of two communities each and a department, on one engine.
pub(crate) struct Stage {
    pub test: TestDb,
    pub app: App,
    pub district: Uuid,
    pub north: Uuid,
    pub south: Uuid,
    /// Two communities under the north, two under the south.
    pub communities: [Uuid; 4],
    pub bureau: Uuid,
}

impl Stage {
    /// One on every engine at hand.
    pub(crate) async fn all() -> Vec<Self> {
        let mut stages = Vec::new();
        for test in engines().await {
            stages.push(Self::on(test).await);
        }
        stages
    }

    async fn on(test: TestDb) -> Self {
        let mut work = test.setup().await;
        let district = unit(&mut work, "D", "district", "武陵区", 1, None).await;
        let north = unit(&mut work, "S1", "subdistrict", "城北街道", 2, Some(district)).await;
        let south = unit(&mut work, "S2", "subdistrict", "城南街道", 3, Some(district)).await;
        let mut communities = [Uuid::nil(); 4];
        let names = ["军民村社区", "丝瓜井社区", "体育东路社区", "半边街社区"];
        for (n, name) in names.into_iter().enumerate() {
            let parent = if n < 2 { north } else { south };
            let order = i64::try_from(n).expect("small") + 10;
            communities[n] = unit(&mut work, &format!("C{n}"), "community", name, order, Some(parent)).await;
        }
        let bureau = unit(&mut work, "mzj", "department", "区民政局", 20, Some(district)).await;
        record::keeping::settle(&mut work).await.expect("a campaign");
        work.commit().await.expect("commits");
        let app = test.app(MODULES, ROLES);
        Self { test, app, district, north, south, communities, bureau }
    }

    /// A post of a unit.
    pub(crate) async fn post(&self, unit: Uuid, key: &str, name: &str) -> Uuid {
        let mut work = self.test.setup().await;
        let id = post(&mut work, unit, key, name, 1).await;
        work.commit().await.expect("commits");
        id
    }

    /// A person.
    pub(crate) async fn person(&self, name: &str) -> Uuid {
        let mut work = self.test.setup().await;
        let id = person(&mut work, name).await;
        work.commit().await.expect("commits");
        id
    }

    /// A term of a person in a post.
    pub(crate) async fn term(&self, post: Uuid, person: Uuid, part: &str, from: &str, to: Option<&str>) -> Uuid {
        let mut work = self.test.setup().await;
        let id = term(&mut work, post, person, part, (from, to)).await;
        work.commit().await.expect("commits");
        id
    }

    /// A role of a post over a unit.
    pub(crate) async fn grant(&self, post: Uuid, role: &str, unit: Uuid) {
        let mut work = self.test.setup().await;
        grant(&mut work, post, role, unit).await;
        work.commit().await.expect("commits");
    }

    /// A post of the unit with a role over it, held by a new person: who acts in it.
    pub(crate) async fn officer(&self, unit: Uuid, key: &str, name: &str, role: &'static str) -> Actor {
        let post = self.post(unit, key, name).await;
        let person = self.person(&format!("某{name}")).await;
        self.term(post, person, "holder", "2008-01-01", None).await;
        self.grant(post, role, unit).await;
        self.actor(post, person, role, unit)
    }

    /// A person acting in a post.
    pub(crate) fn actor(&self, post: Uuid, person: Uuid, role: &str, unit: Uuid) -> Actor {
        let mut actor = Actor::without_rights(Channel::Web, "某人（某岗位）");
        actor.account = Some(Uuid::from_u128(1));
        (actor.person, actor.post) = (Some(person), Some(post));
        actor.grants = vec![Grant { role: self.app.role(role).expect("a role of the product"), unit }];
        actor
    }

    /// The first campaign.
    pub(crate) async fn campaign(&self) -> record::Campaign {
        record::store::default_campaign(&mut self.test.read().await).await.expect("the first campaign")
    }

    /// An open to-do of a post; its id.
    pub(crate) async fn todo(&self, post: Uuid, title: &str, about: Uuid, due: Option<&str>) -> Uuid {
        self.todo_from(post, None, title, about, due).await
    }

    /// The same, sent by another post.
    pub(crate) async fn todo_from(
        &self,
        post: Uuid,
        from: Option<Uuid>,
        title: &str,
        about: Uuid,
        due: Option<&str>,
    ) -> Uuid {
        let mut work = self.test.setup().await;
        let id = work.new_id();
        sql!(
            &mut work.tx,
            execute,
            "insert into todo (id, kind, register, record_id, state, title, unit_id, post_id, sent_by_post, sent_by, due_on, created_at)
             values ($1, 'premises.completed', 'premises', $2, 'open', $3, $4, $5, $6, '何勇（城北街道 民政专干）', $7, $8)",
            id,
            id,
            title,
            about,
            post,
            from,
            due.map(day),
            opening()
        )
        .expect("a to-do");
        work.commit().await.expect("commits");
        id
    }

    /// What a signed-in person gets: status and page.
    pub(crate) async fn get(&self, actor: &Actor, path: &str) -> (StatusCode, String) {
        self.ask(actor, Lang::ZhCn, Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// What a signed-in person gets in a language.
    pub(crate) async fn get_in(&self, actor: &Actor, lang: Lang, path: &str) -> (StatusCode, String) {
        self.ask(actor, lang, Request::get(path).body(Body::empty()).expect("a request")).await
    }

    /// What a signed-in person gets for a form.
    pub(crate) async fn send(&self, actor: &Actor, path: &str, form: &[(&str, &str)]) -> (StatusCode, String) {
        let form: Vec<_> = form.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        self.send_all(actor, path, &form).await
    }

    /// The same with a name that comes several times.
    pub(crate) async fn send_all(&self, actor: &Actor, path: &str, form: &[(String, String)]) -> (StatusCode, String) {
        let pair = |(name, value): &(String, String)| format!("{name}={}", hejian_kernel::web::percent(value));
        let body = form.iter().map(pair).collect::<Vec<_>>().join("&");
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Body::from(body))
            .expect("a request");
        self.ask(actor, Lang::ZhCn, request).await
    }

    /// The bytes a signed-in person gets.
    pub(crate) async fn bytes(&self, actor: &Actor, path: &str) -> (StatusCode, Vec<u8>) {
        let (status, _, bytes) =
            self.answer(actor, Lang::ZhCn, Request::get(path).body(Body::empty()).expect("a request")).await;
        (status, bytes)
    }

    /// What a signed-in person gets for a file.
    pub(crate) async fn upload(&self, actor: &Actor, path: &str, name: &str, bytes: &[u8]) -> (StatusCode, String) {
        let head = format!("--cut\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        let body = [head.as_bytes(), bytes, b"\r\n--cut--\r\n"].concat();
        let request = Request::post(path)
            .header(header::CONTENT_TYPE, "multipart/form-data; boundary=cut")
            .body(Body::from(body))
            .expect("a request");
        self.ask(actor, Lang::ZhCn, request).await
    }

    /// The status of the answer, and where it leads or what it says.
    async fn ask(&self, actor: &Actor, lang: Lang, request: Request<Body>) -> (StatusCode, String) {
        let (status, location, bytes) = self.answer(actor, lang, request).await;
        (status, location.unwrap_or_else(|| String::from_utf8_lossy(&bytes).into_owned()))
    }

    /// Serves one request as this person.
    async fn answer(&self, actor: &Actor, lang: Lang, request: Request<Body>) -> (StatusCode, Option<String>, Vec<u8>) {
        let session = SessionInfo {
            key: String::new(),
            account: actor.account.unwrap_or_default(),
            person_name: "某人".to_owned(),
            post_name: "某岗位".to_owned(),
            posts: Vec::new(),
            must_change: false,
            lang,
            theme: "light".to_owned(),
            type_size: "normal".to_owned(),
        };
        let identity = Identity { actor: actor.clone(), session: Some(session) };
        let response = router_as(&self.app, identity).oneshot(request).await.expect("an answer");
        let status = response.status();
        let location = response.headers().get(header::LOCATION).and_then(|v| v.to_str().ok()).map(ToOwned::to_owned);
        let body = axum::body::to_bytes(response.into_body(), 10_000_000).await.expect("a body");
        (status, location, body.to_vec())
    }
}

/// A unit in being since 2002 (everything under the district) or always.
pub(crate) async fn unit(work: &mut Work, key: &str, kind: &str, name: &str, order: i64, parent: Option<Uuid>) -> Uuid {
    let new = NewUnit {
        key: key.to_owned(),
        kind: kind.to_owned(),
        name: name.to_owned(),
        official_order: order,
        code: None,
        section: None,
        parent,
        valid_from: day("1988-01-01"),
        valid_to: None,
        geometry: None,
        is_key: false,
        is_model: false,
        name_status: "real".to_owned(),
        value_status: "synthetic".to_owned(),
        note: None,
    };
    unit::add(work, &new).await.expect("a unit")
}

/// A post of a unit.
pub(crate) async fn post(work: &mut Work, unit: Uuid, key: &str, name: &str, order: i64) -> Uuid {
    plant::post(work, unit, key, name, order, "").await
}

/// A person.
pub(crate) async fn person(work: &mut Work, name: &str) -> Uuid {
    let key = work.new_id().to_string();
    plant::person(work, &key, name).await
}

/// A term of a person in a post, from a day and perhaps until another; it was there before the audit, so that tests count their own entries.
pub(crate) async fn term(
    work: &mut Work,
    post: Uuid,
    person: Uuid,
    part: &str,
    (from, to): (&str, Option<&str>),
) -> Uuid {
    let id = work.new_id();
    sql!(
        &mut work.tx,
        execute,
        "insert into term (id, post_id, person_id, part, valid_from, valid_to) values ($1, $2, $3, $4, $5, $6)",
        id,
        post,
        person,
        part,
        day(from),
        to.map(day)
    )
    .expect("a term");
    id
}

/// A role of a post over a unit; a work that sets a stage knows no roles to choose from.
pub(crate) async fn grant(work: &mut Work, post: Uuid, role: &str, unit: Uuid) {
    sql!(
        &mut work.tx,
        execute,
        "insert into post_grant (post_id, role, scope_unit_id) values ($1, $2, $3)",
        post,
        role,
        unit
    )
    .expect("a grant");
}
