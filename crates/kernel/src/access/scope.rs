//! A query together with whose eyes it is for.

use uuid::Uuid;

use crate::db::dynamic::{Param, Sql};

/// How far the eyes reach.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// Units in the subtrees of these roots, on any day (a record keeps the unit it was written for).
    Under(Vec<Uuid>),
    /// Everything: only for engines that answer aggregates, and for maintenance that answers no record to a person.
    Whole,
}

/// A query that says whose eyes it is for. Its fields are private to this module: there is no other way to make one.
#[derive(Debug, Clone)]
pub struct Scoped<Q> {
    query: Q,
    reach: Reach,
}

impl<Q> Scoped<Q> {
    pub(super) fn new(query: Q, reach: Reach) -> Self {
        Self { query, reach }
    }

    /// For an engine (measures, scores, counts, verification). `why` says which, for whoever reads the code; the records
    /// read this way must leave only as aggregates or be filtered through an actor's scope before a person sees them.
    pub fn for_engine(query: Q, why: &'static str) -> Self {
        debug_assert!(!why.is_empty());
        Self { query, reach: Reach::Whole }
    }

    /// The query itself.
    pub fn query(&self) -> &Q {
        &self.query
    }

    /// The same eyes on another query.
    pub fn with<R>(&self, query: R) -> Scoped<R> {
        Scoped { query, reach: self.reach.clone() }
    }

    /// Adds ` and <alias>.unit_id in (…)` to a statement.
    pub fn restrict(&self, sql: &mut Sql, column: &'static str) {
        if let Reach::Under(roots) = &self.reach {
            sql.push(" and ").push(column).push(" in (select descendant_id from unit_closure where ancestor_id in (");
            for (n, root) in roots.iter().enumerate() {
                if n > 0 {
                    sql.push(", ");
                }
                sql.bind(Param::Id(Some(*root)));
            }
            sql.push("))");
        }
    }

    /// How far these eyes reach.
    #[must_use]
    pub fn reach(&self) -> &Reach {
        &self.reach
    }
}
