//! Role codes of the standard (`mzj`) as the departments of this district: a department's unit key is its code.

use std::collections::HashMap;

use hejian_kernel::{
    access::Scoped,
    db::Tx,
    error::Result,
    unit::{self, UnitQuery},
};

/// Names of the departments by code, in official order.
#[derive(Debug, Clone, Default)]
pub struct Leads {
    names: HashMap<String, String>,
    order: Vec<String>,
}

impl Leads {
    /// Reads the departments. Their names are no secret.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn read(tx: &mut Tx) -> Result<Self> {
        let query = UnitQuery { kinds: vec!["department"], ..UnitQuery::default() };
        let units = unit::list(tx, &Scoped::for_engine(query, "names of departments")).await?;
        let order = units.iter().map(|unit| unit.key.clone()).collect();
        Ok(Self { names: units.into_iter().map(|unit| (unit.key, unit.name)).collect(), order })
    }

    /// The department's name; its code where the district has no such department.
    #[must_use]
    pub fn name<'a>(&'a self, code: &'a str) -> &'a str {
        self.names.get(code).map_or(code, String::as_str)
    }

    /// The place in the official order; those unknown come last.
    #[must_use]
    pub fn place(&self, code: &str) -> usize {
        self.order.iter().position(|key| key == code).unwrap_or(usize::MAX)
    }
}
