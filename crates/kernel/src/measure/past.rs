//! Versions of records read once, for looks at many days.
//!
//! The rule that matters: what a look at a day finds here is what it would find in the database.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};

use crate::{
    access::Scoped,
    audit::Keys,
    db::Tx,
    error::Result,
    register::{Record, RegisterDef, versions},
};

/// Everything written until a moment, by register. It belongs to one transaction.
#[derive(Debug)]
pub struct Past {
    until: DateTime<Utc>,
    registers: BTreeMap<&'static str, Vec<Vec<Arc<Record>>>>,
}

impl Past {
    /// Nothing is read yet. Looks at later moments must not be answered from it.
    #[must_use]
    pub fn until(until: DateTime<Utc>) -> Self {
        Self { until, registers: BTreeMap::new() }
    }

    /// Reads a register, once.
    pub(super) async fn read(&mut self, tx: &mut Tx, keys: &Keys, def: &'static RegisterDef) -> Result<()> {
        if self.registers.contains_key(def.key) {
            return Ok(());
        }
        let until = Scoped::for_engine(self.until, "measures");
        let mut records: Vec<Vec<Arc<Record>>> = Vec::new();
        for version in versions::every(tx, keys, def, &until).await? {
            match records.last_mut().filter(|versions| versions[0].meta.id == version.meta.id) {
                Some(versions) => versions.push(Arc::new(version)),
                None => records.push(vec![Arc::new(version)]),
            }
        }
        self.registers.insert(def.key, records);
        Ok(())
    }

    /// The records as they stood at a moment, removed ones left out, in the order of their ids.
    pub(super) fn at(&self, def: &RegisterDef, moment: DateTime<Utc>) -> Vec<Arc<Record>> {
        let last = |versions: &Vec<Arc<Record>>| {
            versions.iter().rev().find(|version| version.meta.updated_at <= moment).cloned()
        };
        let records = self.registers.get(def.key).into_iter().flatten();
        records.filter_map(last).filter(|record| record.meta.removed.is_none()).collect()
    }
}
