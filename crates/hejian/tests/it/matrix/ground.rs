//! The ground the matrix walks on: the demonstration district, and beside its own people one person for every role.
//!
//! Every role gets two planted holders, one over a single subdistrict (so that there is always an outside) and one over the
//! whole district (who shows what a request that may be done looks like). Both sign in like anybody.

use std::collections::{HashMap, HashSet};

use hejian::modules::{MODULES, ROLES};
use hejian_kernel::{
    access::{Actor, Channel, Grant, Scoped},
    db::{dump, dynamic::Sql, schema},
    register::{Draft, FieldKind, RegisterDef, Value, store, versions},
    sql,
    testing::{TestDb, opening},
    web::{App, router},
    work::Work,
};
use uuid::Uuid;

use super::{duties, office::Office, packs::Packs, registers::fresh, visitor::Visitor};

/// The subdistrict that is *inside* for the planted holders.
pub const INSIDE: &str = "S1";
/// One that is not.
pub const OUTSIDE: &str = "S2";

/// One who asks.
pub struct Subject {
    pub name: String,
    pub grants: Vec<Grant>,
    pub visitor: Visitor,
    /// Their account; nobody has none.
    pub account: Option<Uuid>,
    /// The post in which they act.
    pub post: Option<Uuid>,
    /// A job they asked for.
    pub job: Uuid,
    /// A token of theirs.
    pub token: Uuid,
}

impl Subject {
    pub fn may(&self, permission: &str) -> bool {
        self.grants.iter().any(|g| g.role.allows(permission))
    }
}

/// A record of any register.
#[derive(Clone)]
pub struct Rec {
    pub def: &'static RegisterDef,
    pub id: Uuid,
    pub unit: Uuid,
    pub state: String,
    pub title: String,
    pub removed: bool,
    /// A file attached to it.
    pub file: Option<Uuid>,
}

/// Somebody whose account others keep.
pub struct Target {
    pub unit: Uuid,
    pub account: Uuid,
    /// Somebody else of the same unit without an account, and the login they may get.
    pub person: Uuid,
    pub login: &'static str,
    /// The post of that person, the holder's term and a role it holds.
    pub post: Uuid,
    pub holder: Uuid,
    pub role: &'static str,
    /// A post with a deputy, and the deputy's term.
    pub assisted: Uuid,
    pub deputy: Uuid,
    /// Somebody without a post.
    pub spare: Uuid,
}

/// The district, and those who ask.
pub struct Ground {
    pub test: TestDb,
    pub app: App,
    pub subjects: Vec<Subject>,
    /// One for each role over the whole district.
    pub overseers: Vec<Subject>,
    pub records: Vec<Rec>,
    /// One inside and one outside the planted holders' scope.
    pub targets: Vec<Target>,
    /// Name and key of each unit.
    pub units: HashMap<Uuid, (String, String)>,
    /// Versions of the standard: the published one in force, a draft, and one to be thrown away.
    pub packs: Packs,
    /// To-dos, messages and instructions.
    pub office: Office,
    /// A post nobody of the subjects holds.
    pub strange_post: Uuid,
    below: HashMap<Uuid, HashSet<Uuid>>,
}

impl Ground {
    pub async fn make(test: TestDb) -> Self {
        let app = test.app_at(MODULES, ROLES, opening());
        let credentials = hejian::demo::make(&app, 2009).await.expect("the demonstration district is made");
        let router = router(&app);
        let mut ground = Self {
            app,
            subjects: Vec::new(),
            overseers: Vec::new(),
            records: Vec::new(),
            targets: Vec::new(),
            units: HashMap::new(),
            packs: Packs::default(),
            office: Office::default(),
            strange_post: Uuid::nil(),
            below: HashMap::new(),
            test,
        };
        ground.read_units().await;
        let district = ground.unit("D430702");
        let inside = ground.unit(INSIDE);
        ground.prepare(district, inside).await;
        ground.packs = Packs::make(&ground.test).await;
        duties::prepare(&ground).await;
        ground.read_records().await;
        ground.attach_some(inside).await;
        for (key, names) in
            [(INSIDE, ["t-in", "p-in", "n-in", "s-in"]), (OUTSIDE, ["t-out", "p-out", "n-out", "s-out"])]
        {
            let target = ground.target(key, names).await;
            ground.targets.push(target);
        }
        for role in ROLES {
            let near = ground.plant(&router, &format!("m-{}", role.key), Some(role), inside).await;
            ground.subjects.push(Subject { name: format!("{} over {INSIDE}", role.key), ..near });
            let far = ground.plant(&router, &format!("w-{}", role.key), Some(role), district).await;
            ground.overseers.push(Subject { name: format!("{} over the district", role.key), ..far });
        }
        let bare = ground.plant(&router, "m-nothing", None, inside).await;
        ground.subjects.push(Subject { name: "a post without a grant".to_owned(), ..bare });
        for c in credentials {
            let fresh = ground.test.app_at(MODULES, ROLES, opening());
            let visitor = Visitor::signed_in(&router, &fresh, &c.login, &c.password).await;
            let subject = ground.subject(&format!("{} ({})", c.login, c.post), &c.login, visitor).await;
            ground.subjects.push(subject);
        }
        let nobody = Visitor::nobody(&router);
        let job = ground.subjects[0].job;
        let name = "nobody".to_owned();
        ground.subjects.push(Subject {
            name,
            grants: Vec::new(),
            visitor: nobody,
            account: None,
            post: None,
            job,
            token: job,
        });
        ground.office = Office::make(&ground).await;
        ground
    }

    /// The units over which the subject holds the permission.
    pub fn reach(&self, subject: &Subject, permission: &str) -> HashSet<Uuid> {
        let roots = subject.grants.iter().filter(|g| g.role.allows(permission));
        roots.filter_map(|g| self.below.get(&g.unit)).flatten().copied().collect()
    }

    /// The unit and everything under it.
    pub fn reach_of(&self, unit: Uuid) -> HashSet<Uuid> {
        self.below.get(&unit).cloned().unwrap_or_default()
    }

    pub(super) fn unit(&self, key: &str) -> Uuid {
        let found = self.units.iter().find(|(_, (_, k))| k == key);
        *found.unwrap_or_else(|| panic!("the demonstration district has no unit {key}")).0
    }

    async fn read_units(&mut self) {
        let mut tx = self.test.read().await;
        let units: Vec<(Uuid, String, String)> =
            sql!(&mut tx, fetch_all, "select id, name, key from unit").expect("units are read");
        self.units = units.into_iter().map(|(id, name, key)| (id, (name, key))).collect();
        let pairs: Vec<(Uuid, Uuid)> =
            sql!(&mut tx, fetch_all, "select ancestor_id, descendant_id from unit_closure").expect("the tree is read");
        for (above, below) in pairs {
            self.below.entry(above).or_default().insert(below);
        }
        let (post,): (Uuid,) =
            sql!(&mut tx, fetch_one, "select id from post order by key limit 1").expect("there are posts");
        self.strange_post = post;
    }

    async fn read_records(&mut self) {
        let mut tx = self.test.read().await;
        for def in self.app.registers() {
            let rows = Sql::new("select r.id, r.unit_id, r.removed, r.version from ")
                .ident(def.table)
                .push(" r")
                .fetch_all(&mut tx)
                .await
                .expect("rows are read");
            for row in rows {
                let id = row.id(0).expect("an id").expect("an id");
                let seen = Scoped::for_engine(id, "the ground of the permission matrix");
                let versions = versions::history(&mut tx, &self.test.keys, def, &seen).await.expect("history is read");
                let record = &versions.last().expect("every record has a version").record;
                // What names a record by a code (a measure) names nothing secret.
                let named = def.field(def.title).is_some_and(|(_, f)| f.kind == FieldKind::Text);
                self.records.push(Rec {
                    def,
                    id,
                    unit: record.meta.unit,
                    state: record.meta.state.clone(),
                    title: if named { record.title(def) } else { String::new() },
                    removed: record.meta.removed.is_some(),
                    file: None,
                });
            }
        }
    }

    /// Of every register, inside and outside: one record is taken out, so that there is something to be put back, and one
    /// stands where its lifecycle begins.
    async fn prepare(&self, district: Uuid, inside: Uuid) {
        let grants = ROLES.iter().map(|role| Grant { role, unit: district }).collect();
        let actor = Actor { grants, ..Actor::without_rights(Channel::Console, "matrix") };
        let inner = self.below.get(&inside).cloned().unwrap_or_default();
        for def in self.app.registers() {
            let everything = Scoped::for_engine(opening(), "the ground of the permission matrix");
            let mut tx = self.test.read().await;
            let records = versions::as_of(&mut tx, &self.test.keys, def, &everything).await.expect("records are read");
            drop(tx);
            for side in [true, false] {
                let record = records.iter().find(|r| inner.contains(&r.meta.unit) == side);
                let record = record.unwrap_or_else(|| panic!("{}: no record on both sides of {INSIDE}", def.key));
                let mut work =
                    Work::begin(&self.test.db, &self.test.keys, ROLES, actor.clone(), opening()).await.expect("begins");
                store::remove(&mut work, def, record.meta.id, record.meta.version, "matrix")
                    .await
                    .expect("it is taken out");
                if def.lifecycle.is_some() {
                    let mut draft = Draft::of(record);
                    draft.children.iter_mut().flatten().for_each(|row| row.id = None);
                    for (at, field) in def.fields.iter().enumerate() {
                        if let Value::Text(text) = &draft.values[at] {
                            draft.values[at] = Value::Text(fresh(def, field.name, text, 3));
                        }
                    }
                    let title = format!("{} {side}", record.title(def));
                    let draft = draft.with(def, def.title, Value::Text(title));
                    store::create(&mut work, def, draft).await.expect("a new one begins");
                }
                work.commit().await.expect("commits");
            }
        }
    }

    /// Attaches a file to one live record inside and one outside of every register that takes files.
    async fn attach_some(&mut self, inside: Uuid) {
        let stored = self.app.files.put("matrix".into()).await.expect("the file is kept");
        let inner = self.below.get(&inside).cloned().unwrap_or_default();
        let mut work = self.test.setup().await;
        for def in self.app.registers() {
            let Some(kind) = def.attachments.first() else { continue };
            for side in [true, false] {
                let of = |r: &&mut Rec| r.def.key == def.key && !r.removed && inner.contains(&r.unit) == side;
                let record = self.records.iter_mut().find(of).expect("a live record on both sides");
                let id = work.new_id();
                record.file = Some(id);
                sql!(
                    &mut work.tx,
                    execute,
                    "insert into attachment (id, register, record_id, kind, name, media_type, size, sha256, added_at, added_by)
                     values ($1, $2, $3, $4, 'matrix.txt', 'text/plain', 6, $5, $6, 'matrix')",
                    id,
                    def.key,
                    record.id,
                    *kind,
                    &stored.sha256,
                    opening()
                )
                .expect("the file is attached");
            }
        }
        work.commit().await.expect("commits");
    }

    /// The version of a record that stands.
    pub async fn version(&self, record: &Rec) -> i64 {
        let mut tx = self.test.read().await;
        let (version,): (i64,) = sql!(
            &mut tx,
            fetch_one,
            "select max(version) from record_version where register = $1 and record_id = $2",
            record.def.key,
            record.id
        )
        .expect("every record has a version");
        version
    }

    /// How many versions of records each unit has.
    pub async fn versions_by_unit(&self) -> Vec<(Uuid, i64)> {
        let mut tx = self.test.read().await;
        sql!(&mut tx, fetch_all, "select unit_id, count(*) from record_version group by unit_id")
            .expect("versions are counted")
    }

    /// What any write changes: the head of the audit and the number of rows of every table.
    pub async fn marks(&self) -> Vec<(String, i64)> {
        static TABLES: tokio::sync::OnceCell<Vec<String>> = tokio::sync::OnceCell::const_new();
        let tables = TABLES
            .get_or_init(|| async {
                schema::read(&self.test.db).await.expect("the schema is read").into_keys().collect()
            })
            .await;
        let mut all = Sql::new("select 'head', seq from audit_head");
        for table in tables {
            all.push(" union all select '").ident(table).push("', count(*) from ").ident(table);
        }
        let mut tx = self.test.read().await;
        let rows = all.fetch_all(&mut tx).await.expect("rows are counted");
        let mut marks: Vec<_> = rows
            .iter()
            .map(|r| (r.text(0).ok().flatten().unwrap_or_default(), r.int(1).ok().flatten().unwrap_or_default()))
            .collect();
        marks.sort();
        marks
    }

    /// Every row but those of sessions, which say when somebody was last seen.
    pub async fn everything(&self) -> Vec<String> {
        let tables = dump::dump(&self.test.db).await.expect("the database can be dumped");
        let kept = tables.into_iter().filter(|(table, _)| table != "session");
        kept.flat_map(|(table, rows)| rows.into_iter().map(move |row| format!("{table}: {row}"))).collect()
    }
}
