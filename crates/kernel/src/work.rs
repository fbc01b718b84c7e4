//! A unit of work: one transaction, one actor, one moment.
//!
//! The rule that matters: the audit entries, to-dos and jobs that a piece of work causes are rows in its transaction, and a
//! handler reads top to bottom: check → do → record → commit → answer. Dropping a [`Work`] without committing undoes it all.

use chrono::{DateTime, NaiveDate, Utc};
use uuid::Uuid;

use crate::{
    access::{Actor, Role},
    audit::{self, Entry, Keys},
    clock::local_day,
    db::{Db, Tx},
    error::Result,
};

/// A unit of work that may write.
#[derive(Debug)]
pub struct Work {
    /// The transaction.
    pub tx: Tx,
    /// Who acts.
    pub actor: Actor,
    /// The one moment of everything in it, UTC in microseconds.
    pub now: DateTime<Utc>,
    /// The district's keys.
    pub keys: Keys,
    /// The roles a post may hold: needed to find who must act next.
    pub roles: &'static [Role],
    entries: Vec<Entry>,
}

/// A look at one state of the database.
#[derive(Debug)]
pub struct Read {
    /// The transaction; it cannot write on PostgreSQL and must not on SQLite.
    pub tx: Tx,
    /// Who looks.
    pub actor: Actor,
    /// The moment.
    pub now: DateTime<Utc>,
    /// The district's keys.
    pub keys: Keys,
}

impl Work {
    /// Begins.
    ///
    /// # Errors
    /// When the database cannot be reached or is busy for too long.
    pub async fn begin(db: &Db, keys: &Keys, roles: &'static [Role], actor: Actor, now: DateTime<Utc>) -> Result<Self> {
        Ok(Self { tx: db.write().await?, actor, now, keys: keys.clone(), roles, entries: Vec::new() })
    }

    /// A new id. Ids carry their moment, so that they sort in the order of their making.
    #[must_use]
    pub fn new_id(&self) -> Uuid {
        let seconds = u64::try_from(self.now.timestamp()).unwrap_or(0);
        Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, seconds, self.now.timestamp_subsec_nanos()))
    }

    /// The day of the work in Asia/Shanghai.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        local_day(self.now)
    }

    /// Says what was done; it enters the chain at the commit.
    pub fn record(&mut self, entry: Entry) {
        self.entries.push(entry);
    }

    /// Links the entries and makes everything permanent.
    ///
    /// # Errors
    /// Refuses after a failed statement; nothing is written then.
    pub async fn commit(mut self) -> Result<()> {
        audit::append(&mut self.tx, &self.keys, &self.actor, self.now, &self.entries).await?;
        Ok(self.tx.commit().await?)
    }
}

impl Read {
    /// Begins.
    ///
    /// # Errors
    /// When the database cannot be reached.
    pub async fn begin(db: &Db, keys: &Keys, actor: Actor, now: DateTime<Utc>) -> Result<Self> {
        Ok(Self { tx: db.read().await?, actor, now, keys: keys.clone() })
    }

    /// The day in Asia/Shanghai.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        local_day(self.now)
    }
}
