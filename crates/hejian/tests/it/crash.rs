//! Nothing that was acknowledged is lost and nothing is half-written, however a process ends.
//!
//! The test starts this very binary a second time as a writer and kills it with signal 9 at a random moment, two hundred
//! times on each engine. Nobody else holds the database open meanwhile: every start recovers on its own, as after a power cut
//! of the process. `HEJIAN_SEED` repeats a run.

use std::{
    collections::BTreeMap,
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, Command, Stdio},
    sync::mpsc,
    time::{Duration, Instant},
};

use hejian::{foundations::premises::Premises, modules::ROLES};
use hejian_kernel::{
    access::{Actor, Channel, Grant, Scoped},
    audit,
    db::Db,
    register::{ChildDraft, Draft, Register as _, Value, digest, store, versions},
    sql,
    testing::{POSTGRES, TestDb, opening},
    work::Work,
};
use uuid::Uuid;

use crate::support::{
    self,
    chance::Chance,
    district::{self, work_as},
};

/// The address of the database, for the process that writes and is killed.
const WRITER: &str = "HEJIAN_CRASH_WRITER";
/// Tells the writers of different rounds apart: numbers of records may not repeat.
const ROUND: &str = "HEJIAN_CRASH_ROUND";
const KILLS: u32 = 200;
/// The whole of it is looked at after so many kills, and at the end.
const LOOK_EVERY: u32 = 50;
const WRITERS: usize = 3;
/// The longest a writer lives when nobody kills it.
const LIFE: Duration = Duration::from_secs(20);

#[tokio::test]
async fn killed_at_two_hundred_random_moments_sqlite_loses_no_acknowledged_write() {
    let test = TestDb::sqlite().await;
    kill_again_and_again(test).await;
}

#[tokio::test]
async fn killed_at_two_hundred_random_moments_postgres_loses_no_acknowledged_write() {
    let Some(admin) = support::wanted(POSTGRES, "the killed writer on PostgreSQL") else { return };
    kill_again_and_again(TestDb::postgres(&admin).await).await;
}

async fn kill_again_and_again(test: TestDb) {
    let small = district::small(&test).await;
    // The post exists, so every new project brings somebody a to-do: a second table in the same unit of work.
    district::actor(&test, "campaign_office", small.district).await;
    // Whoever approves gets a to-do for each new record.
    district::actor(&test, "approval", small.district).await;
    // A process that keeps the file open would keep SQLite from recovering it.
    test.db.close().await;
    let mut chance = Chance::seeded();
    let mut acknowledged: BTreeMap<Uuid, i64> = BTreeMap::new();
    let started = Instant::now();
    for round in 1..=KILLS {
        let delay = Duration::from_millis(chance.between(5, 120));
        let said = killed_after(&test.url, round, delay);
        assert!(!said.is_empty(), "round {round}: the writer acknowledged nothing; {chance}");
        for (id, version) in said {
            let newest = acknowledged.entry(id).or_default();
            *newest = version.max(*newest);
        }
        if round % LOOK_EVERY == 0 {
            let found = look(&test, &acknowledged).await;
            assert_eq!(found, Vec::<String>::new(), "after {round} kills on {}; {chance}", test.name);
        }
    }
    let writes: i64 = acknowledged.values().sum();
    println!("{}: {KILLS} kills, {writes} acknowledged writes, {:.1} s", test.name, started.elapsed().as_secs_f64());
}

/// A writer that is killed when it is dropped, so that a failed test leaves none behind.
struct Writer(Child);

impl Drop for Writer {
    fn drop(&mut self) {
        self.0.kill().ok();
        self.0.wait().ok();
    }
}

/// Starts a writer, kills it so long after its first acknowledgement, and answers what it acknowledged.
fn killed_after(url: &str, round: u32, delay: Duration) -> Vec<(Uuid, i64)> {
    let mut writer = Command::new(std::env::current_exe().expect("a test knows its own file"))
        .args(["--exact", "crash::the_writer", "--nocapture"])
        .env(WRITER, url)
        .env(ROUND, round.to_string())
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .spawn()
        .map(Writer)
        .expect("the test can start itself");
    let output = writer.0.stdout.take().expect("a pipe was asked for");
    let (tell, hear) = mpsc::channel();
    let reader = std::thread::spawn(move || {
        let mut lines = BufReader::new(output);
        let mut line = String::new();
        // A line that was cut off by the kill has no end and is no acknowledgement.
        while lines.read_line(&mut line).is_ok_and(|n| n > 0) && line.ends_with('\n') {
            if let Some(ack) = acknowledgement(&line)
                && tell.send(ack).is_err()
            {
                return;
            }
            line.clear();
        }
    });
    let first = hear.recv_timeout(LIFE);
    let first = first.unwrap_or_else(|_| panic!("round {round}: the writer did not begin within {LIFE:?}"));
    std::thread::sleep(delay);
    // Signal 9: no handler, no flush, no farewell.
    drop(writer);
    reader.join().expect("the reader ends with the pipe");
    std::iter::once(first).chain(hear.try_iter()).collect()
}

fn acknowledgement(line: &str) -> Option<(Uuid, i64)> {
    let mut words = line.strip_prefix("ack ")?.split_whitespace();
    Some((words.next()?.parse().ok()?, words.next()?.parse().ok()?))
}

/// Everything that is wrong, in words; nothing when all is well.
async fn look(test: &TestDb, acknowledged: &BTreeMap<Uuid, i64>) -> Vec<String> {
    let db = Db::open(&test.url).await.expect("the database opens after a kill");
    let mut tx = db.read().await.expect("a look begins");
    let mut found = Vec::new();
    let rows: Vec<(Uuid, i64)> = sql!(&mut tx, fetch_all, "select id, version from premises").expect("rows are read");
    let rows: BTreeMap<Uuid, i64> = rows.into_iter().collect();
    let kept: Vec<(Uuid, i64, i64)> = sql!(
        &mut tx,
        fetch_all,
        "select record_id, count(*), max(version) from record_version where register = 'premises' group by record_id"
    )
    .expect("versions are read");
    let kept: BTreeMap<Uuid, (i64, i64)> = kept.into_iter().map(|(id, n, last)| (id, (n, last))).collect();
    for (id, version) in acknowledged {
        if kept.get(id).is_none_or(|(_, last)| last < version) {
            found.push(format!("{id} version {version} was acknowledged and is lost; kept: {:?}", kept.get(id)));
        }
    }
    for (id, version) in &rows {
        if kept.get(id) != Some(&(*version, *version)) {
            found.push(format!("{id} stands at version {version}, its history at {:?}", kept.get(id)));
        }
    }
    if rows.len() != kept.len() {
        found.push(format!("{} rows, {} histories", rows.len(), kept.len()));
    }
    // The last version, row and child rows, is what stands.
    let everything = Scoped::for_engine(opening() + chrono::TimeDelta::days(1), "proof after a crash");
    let last = versions::as_of(&mut tx, &test.keys, Premises::DEF, &everything).await.expect("history is read");
    let last: BTreeMap<Uuid, String> =
        last.iter().map(|r| (r.meta.id, digest::of(Premises::DEF, &test.keys, r))).collect();
    let now = digest::all(&mut tx, &test.keys, Premises::DEF).await.expect("records are read");
    let now: BTreeMap<Uuid, String> = now.into_iter().collect();
    for id in now.keys().chain(last.keys()).filter(|id| now.get(*id) != last.get(*id)) {
        found.push(format!("{id} does not stand as its last version says"));
    }
    // What one unit of work writes elsewhere came with it or not at all.
    for (what, sql) in [
        ("to-dos", "select count(distinct record_id) from todo where register = 'premises'"),
        (
            "creations in the audit",
            "select count(*) from audit_entry where action = 'create' and subject_kind = 'premises'",
        ),
    ] {
        let n: i64 =
            hejian_kernel::on_engine!(&mut tx, |c| sqlx::query_scalar(sql).fetch_one(c).await).expect("counts");
        if usize::try_from(n) != Ok(rows.len()) {
            found.push(format!("{} records, {n} {what}", rows.len()));
        }
    }
    let (entries,): (i64,) = sql!(
        &mut tx,
        fetch_one,
        "select count(*) from audit_entry where subject_kind = 'premises' and action in ('create', 'update')"
    )
    .expect("entries are counted");
    let versions: i64 = kept.values().map(|(n, _)| n).sum();
    if entries != versions {
        found.push(format!("{versions} versions, {entries} entries in the audit"));
    }
    let report = audit::verify(&mut tx, &test.keys, &[Premises::DEF], None).await.expect("the chain can be read");
    found.extend(report.findings.iter().map(|f| format!("verify: {f:?}")));
    drop(tx);
    db.close().await;
    found
}

/// The process that is killed. Without its variable it is an empty test.
#[tokio::test(flavor = "multi_thread", worker_threads = 3)]
async fn the_writer() {
    let Ok(url) = std::env::var(WRITER) else { return };
    let round = std::env::var(ROUND).expect("the round is named");
    // The harness has begun a line of its own.
    println!();
    let db = Db::open(&url).await.expect("the database opens");
    let writers = (0..WRITERS).map(|n| tokio::spawn(write_on(db.clone(), format!("{round}-{n}"))));
    for writer in writers.collect::<Vec<_>>() {
        writer.await.expect("a writer ends well");
    }
}

/// Creates and changes projects without end, and says so after every commit.
async fn write_on(db: Db, name: String) {
    let mut tx = db.read().await.expect("a look begins");
    let units: Vec<(Uuid, String)> =
        sql!(&mut tx, fetch_all, "select id, key from unit where key in ('D', 'C1') order by key")
            .expect("units are read");
    tx.rollback().await.expect("a look ends");
    let (community, office) = (units[0].0, writer_of(units[1].0));
    // As everywhere in the product: the keys lie outside the database.
    let keys = audit::Keys::from_master(b"a fixed master of 32 bytes tests");
    let begin = async || {
        let work = Work::begin(&db, &keys, ROLES, office.clone(), opening()).await;
        work.expect("a unit of work begins")
    };
    let until = Instant::now() + LIFE;
    for n in 0.. {
        let mut work = begin().await;
        let draft = Draft::empty(Premises::DEF, community)
            .with(Premises::DEF, "number", Value::Text(format!("YF-{name}-{n}")))
            .with(Premises::DEF, "name", Value::Text("军民村社区用房".into()))
            .with(Premises::DEF, "kind", Value::Text("community_office".into()))
            .with(Premises::DEF, "works", Value::Text("rebuild".into()));
        let mut record = store::create(&mut work, Premises::DEF, draft).await.expect("it is sound");
        work.commit().await.expect("it is kept");
        acknowledge(record.meta.id, record.meta.version);
        for rooms in 1..=4 {
            let mut work = begin().await;
            let mut draft = Draft::of(&record).with(Premises::DEF, "floor_area", Value::Int(4000 + rooms));
            let purpose = Value::Text("office".into());
            draft.children[0].push(ChildDraft { id: None, values: vec![purpose, Value::Int(100 * rooms)] });
            let (id, version) = (record.meta.id, record.meta.version);
            record = store::update(&mut work, Premises::DEF, id, version, draft).await.expect("it is sound");
            work.commit().await.expect("it is kept");
            acknowledge(record.meta.id, record.meta.version);
        }
        if Instant::now() > until {
            return;
        }
    }
}

fn acknowledge(id: Uuid, version: i64) {
    let mut out = std::io::stdout().lock();
    writeln!(out, "ack {id} {version}").and_then(|()| out.flush()).expect("the pipe is open");
}

fn writer_of(district: Uuid) -> Actor {
    let role = ROLES.iter().find(|r| r.key == "campaign_office").expect("a role of the product");
    let nobody = Actor::without_rights(Channel::Web, "the writer");
    Actor { grants: vec![Grant { role, unit: district }], ..nobody }
}

#[tokio::test]
async fn the_look_itself_finds_a_lost_write_and_a_half_written_one() {
    let test = TestDb::sqlite().await;
    let small = district::small(&test).await;
    let office = district::actor(&test, "campaign_office", small.district).await;
    // Whoever approves gets a to-do for each new record.
    district::actor(&test, "approval", small.district).await;
    let draft = Draft::empty(Premises::DEF, small.communities[0])
        .with(Premises::DEF, "number", Value::Text("YF-1".into()))
        .with(Premises::DEF, "name", Value::Text("军民村社区用房".into()))
        .with(Premises::DEF, "kind", Value::Text("community_office".into()))
        .with(Premises::DEF, "works", Value::Text("rebuild".into()));
    let mut work = work_as(&test, office).await;
    let record = store::create(&mut work, Premises::DEF, draft).await.expect("it is sound");
    work.commit().await.expect("it is kept");
    let told = |version| BTreeMap::from([(record.meta.id, version)]);
    assert_eq!(look(&test, &told(1)).await, Vec::<String>::new());
    assert_eq!(look(&test, &told(2)).await.len(), 1, "an acknowledged version that is not there");
    let mut tx = test.db.write().await.expect("a transaction begins");
    sql!(&mut tx, execute, "update premises set version = 2").expect("the row is there");
    tx.commit().await.expect("it is kept");
    let found = look(&test, &told(1)).await.join("\n");
    assert!(found.contains("history at") && found.contains("last version says"), "{found}");
}
