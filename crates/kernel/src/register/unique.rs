//! What may not repeat among the live records of a unit.

use uuid::Uuid;

use super::{Record, RegisterDef, Value};
use crate::{
    db::dynamic::{Param, Sql},
    error::{Error, FieldProblem, Message, Result},
    work::Work,
};

/// No other live record of the unit may have the same values in a unique list.
pub(super) async fn ensure(work: &mut Work, def: &'static RegisterDef, record: &Record) -> Result<()> {
    match same(work, def, record.meta.unit, &record.values, Some(record.meta.id)).await? {
        None => Ok(()),
        Some((_, list)) => {
            let message = Message::new("field-not-unique");
            Err(Error::Invalid(vec![FieldProblem { field: list[0].to_owned(), message }]))
        }
    }
}

/// The live record of the unit that has the same values in a unique list, with that list; `except` is left out. A list with
/// an empty value fits nothing.
pub(crate) async fn same(
    work: &mut Work,
    def: &'static RegisterDef,
    unit: Uuid,
    values: &[Value],
    except: Option<Uuid>,
) -> Result<Option<(Uuid, &'static [&'static str])>> {
    for list in def.unique {
        // PostgreSQL refuses a text with a NUL; the definition's check names it, here it only fits nothing.
        let nul =
            |name: &&str| def.field(name).and_then(|(at, _)| values[at].as_text()).is_some_and(|t| t.contains('\0'));
        if list.iter().any(nul) {
            continue;
        }
        let mut sql = Sql::new("select r.id from ");
        sql.ident(def.table).push(" r where r.removed is null and r.unit_id = ").bind(Param::Id(Some(unit)));
        if let Some(id) = except {
            sql.push(" and r.id <> ").bind(Param::Id(Some(id)));
        }
        for name in *list {
            let Some((at, field)) = def.field(name) else { continue };
            sql.push(" and r.").ident(name).push(" = ").bind(field.kind.param(&values[at]));
        }
        if let Some(row) = sql.fetch_optional(&mut work.tx).await? {
            return Ok(Some((row.id(0)?.unwrap_or_default(), list)));
        }
    }
    Ok(None)
}
