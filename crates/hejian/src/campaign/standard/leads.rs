//! Role codes of the standard (`mzj`) as the departments of this district: a department's unit key is its code, or `dept-` and
//! its code.

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
        let order = units.iter().map(|unit| code(&unit.key).to_owned()).collect();
        Ok(Self { names: units.into_iter().map(|unit| (code(&unit.key).to_owned(), unit.name)).collect(), order })
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

/// The code in a department's key.
fn code(key: &str) -> &str {
    key.strip_prefix("dept-").unwrap_or(key)
}

#[cfg(test)]
mod tests {
    use super::code;

    #[test]
    fn a_department_is_found_by_its_code_with_or_without_the_prefix_of_its_kind() {
        assert_eq!((code("dept-mzj"), code("mzj")), ("mzj", "mzj"));
    }
}
