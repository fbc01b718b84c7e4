//! An empty database for one test on the server that `HEJIAN_TEST_POSTGRES` names, dropped with the value.
//!
//! For commands that make the tables themselves. Stories take `hejian_kernel::testing::engines`, which is migrated.

use std::sync::atomic::{AtomicU32, Ordering};

use sqlx::{Connection, Executor, PgConnection};

/// An empty database of one test. Dropping the value drops the database, open connections or not.
pub struct Database {
    administrator: String,
    name: String,
    url: String,
}

/// An empty database whose name shows the test's `name`; `None` where there is no server (see [`super::wanted`]).
pub async fn fresh_database(name: &str) -> Option<Database> {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let administrator = super::wanted("HEJIAN_TEST_POSTGRES", "tests on PostgreSQL")?;
    let word: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).take(30).collect();
    let name = format!("hejian_{word}_{}_{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
    // template0: the usual template cannot be copied while another test copies it.
    execute(&administrator, format!("create database {name} template template0")).await;
    let (server, _) = administrator.rsplit_once('/').expect("HEJIAN_TEST_POSTGRES ends in /DATABASE");
    let url = format!("{server}/{name}");
    Some(Database { administrator, name, url })
}

impl Database {
    /// Its address.
    pub fn url(&self) -> &str {
        &self.url
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        let (administrator, drop) = (self.administrator.clone(), format!("drop database {} with (force)", self.name));
        // The test's own runtime may be the one that is unwinding.
        let done = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.expect("a small runtime can be made").block_on(execute(&administrator, drop));
        });
        if done.join().is_err() {
            eprintln!("the database {} could not be dropped", self.name);
        }
    }
}

async fn execute(url: &str, statement: String) {
    let mut connection = PgConnection::connect(url).await.expect("the test server answers");
    // The name is made of our own letters and digits.
    connection.execute(sqlx::AssertSqlSafe(statement)).await.expect("the test server obeys its administrator");
    connection.close().await.ok();
}

#[tokio::test]
async fn a_database_of_ones_own_is_empty_and_gone_afterwards() {
    let Some(database) = fresh_database("Own one").await else { return };
    let (url, name) = (database.url().to_owned(), database.name.clone());
    let mut open = PgConnection::connect(&url).await.unwrap();
    let tables: i64 =
        sqlx::query_scalar("select count(*) from information_schema.tables where table_schema = 'public'")
            .fetch_one(&mut open)
            .await
            .unwrap();
    assert_eq!(tables, 0);
    let administrator = database.administrator.clone();
    drop(database);
    let mut server = PgConnection::connect(&administrator).await.unwrap();
    let left: i64 = sqlx::query_scalar("select count(*) from pg_database where datname = $1")
        .bind(&name)
        .fetch_one(&mut server)
        .await
        .unwrap();
    assert_eq!(left, 0, "{name} is still there");
}
