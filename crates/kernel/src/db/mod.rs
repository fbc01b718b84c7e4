//! One SQL text, two engines. It owns the pools, the transaction and the migrations.
//!
//! SQLite and PostgreSQL both accept `$1`, `returning` and `on conflict`, so a query is written once and runs on whichever
//! engine holds the transaction. The rule that matters: a commit after a failed statement is refused, because PostgreSQL
//! would turn it into a silent rollback while SQLite would keep the earlier statements.

pub mod copy;
pub mod dump;
pub mod dynamic;
mod open;
pub mod schema;

pub use open::{Engine, MIGRATIONS_POSTGRES, MIGRATIONS_SQLITE, OpenError, without_password};
use sqlx::{PgPool, SqlitePool};

/// The database of a district: one of two typed pools.
#[derive(Clone, Debug)]
pub enum Db {
    /// A file beside the binary; the default.
    Sqlite(SqlitePool),
    /// A server; the way to scale.
    Postgres(PgPool),
}

/// A transaction on either engine. It remembers a failed statement, so that [`Tx::commit`] can refuse.
#[derive(Debug)]
pub struct Tx {
    #[doc(hidden)]
    pub inner: Inner,
    failed: bool,
}

#[doc(hidden)]
#[derive(Debug)]
pub enum Inner {
    Sqlite(sqlx::Transaction<'static, sqlx::Sqlite>),
    Postgres(sqlx::Transaction<'static, sqlx::Postgres>),
}

impl Db {
    /// A transaction that only reads: on SQLite it takes no write lock.
    pub async fn read(&self) -> sqlx::Result<Tx> {
        let inner = match self {
            Self::Sqlite(pool) => Inner::Sqlite(pool.begin().await?),
            Self::Postgres(pool) => {
                Inner::Postgres(pool.begin_with("begin transaction isolation level repeatable read read only").await?)
            }
        };
        Ok(Tx { inner, failed: false })
    }

    /// A transaction that writes. On SQLite the write lock is taken at once: a deferred transaction that upgrades later
    /// can fail with BUSY after work has been done.
    pub async fn write(&self) -> sqlx::Result<Tx> {
        let inner = match self {
            Self::Sqlite(pool) => Inner::Sqlite(pool.begin_with("begin immediate").await?),
            Self::Postgres(pool) => Inner::Postgres(pool.begin().await?),
        };
        Ok(Tx { inner, failed: false })
    }

    /// Which engine this is.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self {
            Self::Sqlite(_) => Engine::Sqlite,
            Self::Postgres(_) => Engine::Postgres,
        }
    }

    /// Waits for open transactions and closes the pool.
    pub async fn close(&self) {
        match self {
            Self::Sqlite(pool) => pool.close().await,
            Self::Postgres(pool) => pool.close().await,
        }
    }
}

impl Tx {
    /// Remembers a failure, so that [`Tx::commit`] can refuse. A missing row is not a failure.
    ///
    /// # Errors
    /// Passes on whatever `result` holds.
    pub fn watch<T>(&mut self, result: sqlx::Result<T>) -> sqlx::Result<T> {
        self.failed |= matches!(&result, Err(e) if !matches!(e, sqlx::Error::RowNotFound));
        result
    }

    /// Which engine holds this transaction.
    #[must_use]
    pub fn engine(&self) -> Engine {
        match self.inner {
            Inner::Sqlite(_) => Engine::Sqlite,
            Inner::Postgres(_) => Engine::Postgres,
        }
    }

    /// Makes the work permanent.
    ///
    /// # Errors
    /// Refuses when any statement of this transaction failed; otherwise the engine's own error.
    pub async fn commit(self) -> sqlx::Result<()> {
        if self.failed {
            return Err(sqlx::Error::Protocol("commit after a failed statement refused".into()));
        }
        match self.inner {
            Inner::Sqlite(tx) => tx.commit().await,
            Inner::Postgres(tx) => tx.commit().await,
        }
    }

    /// Gives the work up. Dropping does the same, later.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn rollback(self) -> sqlx::Result<()> {
        match self.inner {
            Inner::Sqlite(tx) => tx.rollback().await,
            Inner::Postgres(tx) => tx.rollback().await,
        }
    }
}

/// Runs one SQL text on whichever engine holds the transaction.
///
/// `sql!(tx, execute, "update unit set name = $1 where id = $2", name, id)` answers the number of rows;
/// `sql!(tx, fetch_all, "select id, name from unit where kind = $1", kind)` answers rows as tuples or `FromRow` structs;
/// `fetch_one` and `fetch_optional` likewise. Arguments are bound twice in source, once in fact: pass references or `Copy`.
#[macro_export]
macro_rules! sql {
    ($tx:expr, execute, $sql:literal $(, $arg:expr)* $(,)?) => {
        $crate::on_engine!($tx, |c| $crate::sqlx::query($sql)$(.bind($arg))*.execute(c).await.map(|done| done.rows_affected()))
    };
    ($tx:expr, $fetch:ident, $sql:literal $(, $arg:expr)* $(,)?) => {
        $crate::on_engine!($tx, |c| $crate::sqlx::query_as($sql)$(.bind($arg))*.$fetch(c).await)
    };
}

/// Evaluates one expression against whichever engine holds the transaction.
#[macro_export]
macro_rules! on_engine {
    ($tx:expr, |$conn:ident| $query:expr) => {{
        let tx: &mut $crate::db::Tx = $tx;
        let result = match &mut tx.inner {
            $crate::db::Inner::Sqlite(inner) => {
                let $conn = &mut **inner;
                $query
            }
            $crate::db::Inner::Postgres(inner) => {
                let $conn = &mut **inner;
                $query
            }
        };
        tx.watch(result)
    }};
}
