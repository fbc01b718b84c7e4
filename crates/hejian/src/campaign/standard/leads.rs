//! Role codes of the standard (`mzj`) as the departments of this district: a department's unit key is its code.

use std::collections::HashMap;

use hejian_kernel::{
    access::Scoped,
    db::Tx,
    error::Result,
    ui::controls::Choice,
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

    /// The departments to choose from, in official order; `present` too where it is none of them.
    #[must_use]
    pub fn choices(&self, present: &str) -> Vec<Choice> {
        let known = self.order.iter().map(|code| Choice::new(code.clone(), self.name(code)));
        let strange = (!present.is_empty() && !self.names.contains_key(present)).then(|| Choice::new(present, present));
        known.chain(strange).collect()
    }

    /// The place in the official order; those unknown come last.
    #[must_use]
    pub fn place(&self, code: &str) -> usize {
        self.order.iter().position(|key| key == code).unwrap_or(usize::MAX)
    }
}
