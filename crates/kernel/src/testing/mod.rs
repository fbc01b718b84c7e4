//! A fresh, migrated database of each engine for a test. Not part of the product's interface.
//!
//! The rule that matters: every test on data runs on both engines. SQLite is always there; PostgreSQL where
//! `HEJIAN_TEST_POSTGRES` holds the address of an administrator who may create databases. In continuous integration
//! (`CI=true`) its absence is a failure, not a skip.
//!
//! ```text
//! for test in engines().await {
//!     let mut work = test.work(&actor).await;
//!     …
//! }
//! ```

mod browser;
pub mod plant;

pub use browser::{Answer, Browser};

use std::{
    path::PathBuf,
    sync::atomic::{AtomicU64, Ordering},
};

use chrono::{DateTime, Utc};
use sqlx::Connection as _;

use crate::{
    access::{Actor, Channel, Role},
    audit::{self, Algorithm, Keys},
    clock::{Clock, system_now},
    db::{Db, Tx},
    web::{App, District, Module, Parts},
    work::Work,
};

/// The variable that names a PostgreSQL administrator, e.g. `postgres://hejian:word@127.0.0.1:5432/postgres`.
pub const POSTGRES: &str = "HEJIAN_TEST_POSTGRES";

/// The moment at which tests begin: 2009-06-22 08:00 in Asia/Shanghai.
#[must_use]
pub fn opening() -> DateTime<Utc> {
    DateTime::from_timestamp(1_245_628_800, 0).expect("a moment of the year 2009 exists")
}

/// A database of its own for one test; gone when dropped.
#[derive(Debug)]
pub struct TestDb {
    /// The database, migrated, its audit chain begun.
    pub db: Db,
    /// Keys from a fixed master.
    pub keys: Keys,
    /// Its address, for whoever opens it a second time.
    pub url: String,
    /// `sqlite` or `postgres`, for messages.
    pub name: &'static str,
    /// A folder of the test's own, for files; removed with the database.
    pub folder: PathBuf,
    server: Option<(String, String)>,
}

/// One database of every engine at hand.
///
/// # Panics
/// When a database cannot be made, and when `CI=true` and no PostgreSQL is named.
pub async fn engines() -> Vec<TestDb> {
    let mut all = vec![TestDb::sqlite().await];
    match std::env::var(POSTGRES) {
        Ok(admin) => all.push(TestDb::postgres(&admin).await),
        Err(_) => assert!(
            std::env::var("CI").as_deref() != Ok("true"),
            "{POSTGRES} is not set: in continuous integration every test runs on both engines"
        ),
    }
    all
}

/// A name that no other test of this machine has.
fn fresh_name() -> String {
    static NEXT: AtomicU64 = AtomicU64::new(0);
    let n = NEXT.fetch_add(1, Ordering::Relaxed);
    let chance: u32 = rand::random();
    format!("hejian_test_{}_{n}_{chance:08x}", std::process::id())
}

impl TestDb {
    /// A SQLite file in a folder of its own.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn sqlite() -> Self {
        let folder = std::env::temp_dir().join(fresh_name());
        std::fs::create_dir_all(&folder).expect("a folder for the test's database can be made");
        let url = format!("sqlite:{}", folder.join("hejian.sqlite").display());
        Self::open(url, "sqlite", folder, None).await
    }

    /// A database on the server of this administrator.
    ///
    /// # Panics
    /// When it cannot be made.
    pub async fn postgres(admin: &str) -> Self {
        let name = fresh_name();
        let folder = std::env::temp_dir().join(&name);
        std::fs::create_dir_all(&folder).expect("a folder for the test's files can be made");
        run_as_admin(admin, &format!("create database {name}")).await;
        let (address, options) = admin.split_once('?').unwrap_or((admin, ""));
        let server = address.rsplit_once('/').map_or(address, |(server, _)| server);
        let url = format!("{server}/{name}{}{options}", if options.is_empty() { "" } else { "?" });
        Self::open(url, "postgres", folder, Some((admin.to_owned(), name))).await
    }

    async fn open(url: String, name: &'static str, folder: PathBuf, server: Option<(String, String)>) -> Self {
        let db = Db::open(&url).await.expect("the test's database opens");
        db.migrate().await.expect("the test's database migrates");
        let keys = Keys::from_master(b"a fixed master of 32 bytes tests");
        let mut tx = db.write().await.expect("the test's database can be written");
        audit::init(&mut tx, &keys, Algorithm::Sha256).await.expect("the audit chain begins");
        tx.commit().await.expect("the audit chain begins");
        Self { db, keys, url, name, folder, server }
    }

    /// A unit of work at [`opening`].
    ///
    /// # Panics
    /// When it cannot begin.
    pub async fn work(&self, actor: &Actor) -> Work {
        self.work_at(actor, opening()).await
    }

    /// A unit of work at a moment.
    ///
    /// # Panics
    /// When it cannot begin.
    pub async fn work_at(&self, actor: &Actor, now: DateTime<Utc>) -> Work {
        Work::begin(&self.db, &self.keys, &[], actor.clone(), now).await.expect("a unit of work begins")
    }

    /// A unit of work of the one who prepares a test, without rights, over the console.
    ///
    /// # Panics
    /// When it cannot begin.
    pub async fn setup(&self) -> Work {
        self.work(&Actor::without_rights(Channel::Console, "test")).await
    }

    /// The same with the roles a post may hold.
    ///
    /// # Panics
    /// When it cannot begin.
    pub async fn setup_with(&self, roles: &'static [Role]) -> Work {
        let actor = Actor::without_rights(Channel::Console, "test");
        Work::begin(&self.db, &self.keys, roles, actor, opening()).await.expect("a unit of work begins")
    }

    /// A look at the database.
    ///
    /// # Panics
    /// When it cannot begin.
    pub async fn read(&self) -> Tx {
        self.db.read().await.expect("a look at the database begins")
    }

    /// The application over this database, its clock beginning at [`opening`].
    #[must_use]
    pub fn app(&self, modules: &'static [&'static Module], roles: &'static [Role]) -> App {
        self.app_at(modules, roles, opening())
    }

    /// The application over this database, its clock beginning at a moment.
    #[must_use]
    pub fn app_at(&self, modules: &'static [&'static Module], roles: &'static [Role], now: DateTime<Utc>) -> App {
        let mut settings = crate::settings::Settings::default();
        settings.upload.max_mb = 50;
        App::new(Parts {
            db: self.db.clone(),
            keys: self.keys.clone(),
            clock: Clock::showing(now, system_now()),
            settings,
            modules,
            roles,
            files: crate::files::Files::folder(&self.folder.join("files")).expect("a folder for files can be made"),
            jobs: crate::jobs::Jobs::default(),
            district: std::sync::RwLock::new(District { name: "武陵区".to_owned(), demo: true }),
            limits: crate::access::Limits::default(),
        })
    }
}

impl Drop for TestDb {
    fn drop(&mut self) {
        if let Some((admin, name)) = self.server.take() {
            // A drop cannot wait for a future of the test's own runtime: another thread with a runtime of its own can.
            let gone = std::thread::spawn(move || {
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
                runtime
                    .expect("a runtime can be made")
                    .block_on(run_as_admin(&admin, &format!("drop database if exists {name} with (force)")));
            });
            if gone.join().is_err() {
                eprintln!("the test's database was left behind");
            }
        }
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

async fn run_as_admin(admin: &str, statement: &str) {
    let mut connection = sqlx::PgConnection::connect(admin).await.expect("the PostgreSQL administrator can connect");
    sqlx::query(sqlx::AssertSqlSafe(statement.to_owned()))
        .execute(&mut connection)
        .await
        .expect("the PostgreSQL administrator may make and drop databases");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn every_engine_gives_a_fresh_database_whose_work_is_audited_and_which_is_gone_afterwards() {
        for test in engines().await {
            let mut work = test.setup().await;
            work.record(audit::Entry {
                action: "create",
                subject_kind: "test".to_owned(),
                subject_id: None,
                detail: serde_json::json!({}),
                digest: None,
            });
            work.commit().await.expect("commits");
            let (_, seq, ..) = audit::head(&mut test.read().await).await.expect("reads");
            assert_eq!(seq, 1, "{}", test.name);
            let folder = test.folder.clone();
            drop(test);
            assert!(!folder.exists());
        }
    }
}
