//! One register of every kind of field, in a small district, as different people see it.

mod api;
mod files;
mod forms;
mod merges;
mod sheets;
mod strangers;
mod writers;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode},
};
use chrono::NaiveDate;
use http_body_util::BodyExt as _;
use tower::ServiceExt as _;
use uuid::Uuid;

use crate::{
    access::{Actor, Channel, Grant, Role},
    db::{Engine, dynamic::Sql},
    error::{FieldProblem, Message},
    lifecycle::{Lifecycle, Owner, Requirement, State, Transition},
    register::{
        Child, ChildDraft, Choice, Decimal, Draft, Fen, Record, Register, RegisterDef, Scaled, Secret, Value, store,
    },
    testing::{TestDb, engines, plant},
    web::{App, Identity, Module, Routes, router_as},
};

/// Every kind of field, child rows, a lifecycle, attachments, completeness, a list that may not repeat.
#[derive(Debug, Clone, Register)]
#[register(
    table = "sample",
    title = "name",
    level = "community",
    merge = "follow",
    lifecycle = LIFECYCLE,
    coverage = "month",
    unique = "number",
    attachment = "photo",
    attachment = "paper",
    check = check
)]
pub(super) struct Sample {
    #[field(search)]
    pub name: String,
    #[field(list, search)]
    pub number: Option<String>,
    #[field(long)]
    pub about: Option<String>,
    #[field(list, sum, min = 0, max = 100_000)]
    pub heads: i64,
    #[field(list, sum, unit = "m²", min = 0)]
    pub area: Option<Scaled<1>>,
    #[field(list)]
    pub rate: Option<Decimal<4>>,
    #[field(list, sum, min = 0)]
    pub cost: Option<Fen>,
    #[field(list)]
    pub open: bool,
    pub heated: Option<bool>,
    #[field(list)]
    pub begun: Option<NaiveDate>,
    pub ended: Option<NaiveDate>,
    #[field(list)]
    pub kind: Kind,
    pub other: Option<Kind>,
    pub phone: Option<Secret>,
    #[field(rows)]
    pub rooms: Vec<SampleRoom>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Choice)]
pub(super) enum Kind {
    NewBuild,
    Rebuild,
}

#[derive(Debug, Clone, Child)]
#[child(table = "sample_room")]
pub(super) struct SampleRoom {
    pub purpose: Kind,
    #[field(sum, unit = "m²", min = 1)]
    pub size: Scaled<1>,
    pub since: Option<NaiveDate>,
    pub holder: Option<Secret>,
}

fn check(record: &Record, found: &mut Vec<FieldProblem>) {
    let Some(sample) = Sample::from_record(record) else { return };
    if matches!((sample.begun, sample.ended), (Some(b), Some(e)) if e < b) {
        found.push(FieldProblem {
            field: "ended".to_owned(),
            message: Message::new("field-bad-day").arg("value", "ended"),
        });
    }
}

static LIFECYCLE: Lifecycle = Lifecycle {
    key: "sample",
    states: &[
        State { key: "draft", owner: Owner::Nobody, end: false, tone: "blue" },
        State { key: "done", owner: Owner::Nobody, end: true, tone: "green" },
    ],
    transitions: &[Transition {
        key: "finish",
        from: &["draft"],
        to: "done",
        right: "sample.write",
        requires: &[Requirement::Field("area"), Requirement::Reason],
        limit: None,
        forward: true,
    }],
};

pub(super) const DEF: &RegisterDef = Sample::DEF;

static MODULE: Module = Module {
    key: "sample",
    registers: &[Sample::DEF],
    routes: Routes::none,
    measures: &[],
    kept: &[],
    jobs: &[],
    nav: &[],
};
static MODULES: &[&Module] = &[&MODULE];
static KEEPER: Role = Role { key: "keeper", permissions: &["sample.*"], admin: None };
static READER: Role = Role { key: "reader", permissions: &["sample.read"], admin: None };
static ROLES: &[Role] = &[KEEPER, READER];

const TABLES: &str = "create table sample (id BLOB primary key not null, unit_id BLOB not null references unit (id),
    state text not null, version INT not null, created_at TIME not null, created_by text not null, updated_at TIME not null,
    updated_by text not null, removed text, title_key text not null, search_text text not null, name text not null,
    number text, about text, heads INT not null, area INT, rate INT, cost INT, open boolean not null, heated boolean,
    begun date, ended date, kind text not null, other text, phone text);
create table sample_room (id BLOB primary key not null, record_id BLOB not null references sample (id), row_order INT not null,
    purpose text not null, size INT not null, since date, holder text)";

/// A district with two communities, and those who act in it.
pub(super) struct House {
    pub test: TestDb,
    pub app: App,
    pub a: Uuid,
    /// Keeps the register in the whole district.
    pub keeper: Actor,
    /// Another keeper.
    pub second: Actor,
    /// Keeps the register in the other community.
    pub neighbour: Actor,
    /// Reads in the whole district.
    pub reader: Actor,
    /// Signed in without any right.
    pub nobody: Actor,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub text: String,
    pub bytes: Vec<u8>,
}

/// A district on every engine at hand.
pub(super) async fn houses() -> Vec<House> {
    let mut all = Vec::new();
    for test in engines().await {
        all.push(House::build(test).await);
    }
    all
}

impl House {
    async fn build(test: TestDb) -> Self {
        let (blob, int, time) = match test.db.engine() {
            Engine::Sqlite => ("blob", "integer", "datetime"),
            Engine::Postgres => ("uuid", "bigint", "timestamptz"),
        };
        let mut work = test.setup().await;
        for table in TABLES.split(';') {
            let text = table.replace("BLOB", blob).replace("INT", int).replace("TIME", time);
            Sql::new(Box::leak(text.into_boxed_str())).execute(&mut work.tx).await.expect("the test's tables are made");
        }
        let district = plant::unit(&mut work, "D", "district", "试验区", None).await;
        let a = plant::unit(&mut work, "A", "community", "军民村社区", Some(district)).await;
        let b = plant::unit(&mut work, "B", "community", "孤峰里社区", Some(district)).await;
        work.commit().await.expect("commits");
        let app = test.app(MODULES, ROLES);
        let actor = |n: u128, name: &str, role: Option<&'static Role>, unit: Uuid| Actor {
            channel: Channel::Web,
            account: Some(Uuid::from_u128(n)),
            person: None,
            post: None,
            name: name.to_owned(),
            grants: role.map(|role| Grant { role, unit }).into_iter().collect(),
            only: None,
        };
        Self {
            keeper: actor(1, "陈芳", Some(&KEEPER), district),
            second: actor(2, "何勇", Some(&KEEPER), district),
            neighbour: actor(3, "邻居", Some(&KEEPER), b),
            reader: actor(4, "读者", Some(&READER), district),
            nobody: actor(5, "路人", None, district),
            test,
            app,
            a,
        }
    }

    fn router(&self, actor: &Actor) -> Router {
        router_as(&self.app, Identity { actor: actor.clone(), session: None })
    }

    /// Sends anything.
    pub async fn send(&self, actor: &Actor, method: Method, path: &str, kind: &str, body: impl Into<Body>) -> Answer {
        let mut request = Request::builder().method(method).uri(path).header("host", "hejian.test");
        if !kind.is_empty() {
            request = request.header("content-type", kind);
        }
        if kind == "part" {
            request = Request::builder().uri(path).header("hx-request", "true");
        }
        let request = request.body(body.into()).expect("an address");
        let (parts, body) = self.router(actor).oneshot(request).await.expect("a router answers").into_parts();
        let bytes = body.collect().await.map(|b| b.to_bytes().to_vec()).unwrap_or_default();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Answer { status: parts.status, headers: parts.headers, text, bytes }
    }

    /// Opens a page.
    pub async fn get(&self, actor: &Actor, path: &str) -> Answer {
        self.send(actor, Method::GET, path, "", Body::empty()).await
    }

    /// Sends a form.
    pub async fn post(&self, actor: &Actor, path: &str, fields: &[(&str, &str)]) -> Answer {
        let query = fields.iter().fold(crate::ui::query::Query::new(""), |q, (n, v)| q.with(n, *v));
        let body = query.href().trim_start_matches('?').to_owned();
        self.send(actor, Method::POST, path, "application/x-www-form-urlencoded", body).await
    }

    /// Sends a file.
    pub async fn upload(&self, actor: &Actor, path: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = b"--XX\r\ncontent-disposition: form-data; name=\"kind\"\r\n\r\nphoto\r\n--XX\r\n".to_vec();
        let head = format!("content-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend([head.as_bytes(), bytes, b"\r\n--XX--\r\n"].concat());
        self.send(actor, Method::POST, path, "multipart/form-data; boundary=XX", body).await
    }

    /// Sends JSON.
    pub async fn json(&self, actor: &Actor, method: Method, path: &str, body: &serde_json::Value) -> Answer {
        self.send(actor, method, path, "application/json", body.to_string()).await
    }

    /// Writes a record past the pages.
    pub async fn plant(&self, draft: Draft) -> Record {
        let mut work = self.test.work(&self.keeper).await;
        let record = store::create(&mut work, DEF, draft).await.expect("a sound draft");
        work.commit().await.expect("commits");
        record
    }

    /// The record as it stands.
    pub async fn stored(&self, id: Uuid) -> Record {
        let seen = self.keeper.scoped("sample.read", id).expect("the keeper reads");
        let mut tx = self.test.read().await;
        store::get(&mut tx, &self.test.keys, DEF, &seen).await.expect("the record is there")
    }
}

impl Answer {
    /// Where it sends the browser.
    pub fn location(&self) -> String {
        self.headers.get("location").and_then(|v| v.to_str().ok()).unwrap_or_default().to_owned()
    }

    /// As JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_str(&self.text).unwrap_or_default()
    }
}

/// A sound draft with everything filled.
pub(super) fn full(unit: Uuid, name: &str) -> Draft {
    let day = |m, d| Value::Date(NaiveDate::from_ymd_opt(2009, m, d).expect("a day"));
    let text = |t: &str| Value::Text(t.to_owned());
    let values = vec![
        text(name),
        text(&format!("N-{name}")),
        text("第一行\n第二行"),
        Value::Int(12),
        Value::Int(4590),
        Value::Int(12_500),
        Value::Int(31_200_000),
        Value::Bool(true),
        Value::Bool(false),
        day(3, 1),
        day(5, 31),
        text("rebuild"),
        Value::Null,
        Value::Secret("13873600000".to_owned()),
    ];
    let room = |size, secret: &str| ChildDraft {
        id: None,
        values: vec![text("new_build"), Value::Int(size), day(4, 1), Value::Secret(secret.to_owned())],
    };
    Draft { unit, values, children: vec![vec![room(305, "钥匙在何勇处一"), room(505, "钥匙在何勇处二")]] }
}
