//! Which of the records under a score this reader may open.
//!
//! The rule that matters: a record outside the reader's scope is counted, never named; whether one is inside is asked of the
//! register itself through the reader's own rights, one query a register.

use std::collections::{BTreeMap, BTreeSet};

use hejian_kernel::{
    db::dynamic::{Param, Sql},
    error::{Error, Result},
    i18n::{Lang, t},
    register::{FieldKind, RegisterDef},
    web::App,
    work::Read,
};
use hejian_scoring::{Source, explain::Node};
use uuid::Uuid;

/// Above this many records all ids of the register in scope are read instead of naming each.
const NAMED: usize = 300;

/// The records a reader may open, with their titles.
#[derive(Debug, Default)]
pub struct Seen {
    titles: BTreeMap<(String, String), String>,
}

impl Seen {
    /// Asks every register the nodes were counted from.
    ///
    /// # Errors
    /// The engine's own error.
    pub async fn of(app: &App, read: &mut Read, lang: Lang, nodes: impl IntoIterator<Item = &Node>) -> Result<Self> {
        let mut wanted: BTreeMap<&str, BTreeSet<Uuid>> = BTreeMap::new();
        for source in nodes.into_iter().flat_map(Node::walk).flat_map(|node| &node.sources) {
            if let Ok(id) = source.record.parse() {
                wanted.entry(&source.register).or_default().insert(id);
            }
        }
        let mut titles = BTreeMap::new();
        for (register, ids) in wanted {
            let Some(def) = app.register(register) else { continue };
            for (id, title) in within(read, def, &ids, lang).await? {
                titles.insert((register.to_owned(), id.to_string()), title);
            }
        }
        Ok(Self { titles })
    }

    /// The record's title, where the reader may open it.
    #[must_use]
    pub fn title(&self, source: &Source) -> Option<&str> {
        self.titles.get(&(source.register.clone(), source.record.clone())).map(String::as_str)
    }
}

async fn within(
    read: &mut Read,
    def: &'static RegisterDef,
    ids: &BTreeSet<Uuid>,
    lang: Lang,
) -> Result<Vec<(Uuid, String)>> {
    let eyes = match read.actor.scoped(def.permissions.read, ()) {
        Ok(eyes) => eyes,
        Err(Error::Forbidden { .. }) => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut sql = Sql::new("select r.id, r.");
    sql.ident(def.title).push(" from ").ident(def.table).push(" r where 1 = 1");
    if ids.len() <= NAMED {
        sql.push(" and r.id in (");
        for (n, id) in ids.iter().enumerate() {
            if n > 0 {
                sql.push(", ");
            }
            sql.bind(Param::Id(Some(*id)));
        }
        sql.push(")");
    }
    eyes.restrict(&mut sql, "r.unit_id");
    let mut found = Vec::new();
    for row in sql.fetch_all(&mut read.tx).await? {
        let Some(id) = row.id(0)?.filter(|id| ids.contains(id)) else { continue };
        let text = match def.field(def.title).map(|(_, field)| field.kind) {
            Some(FieldKind::Text | FieldKind::LongText) => row.text(1)?.unwrap_or_default(),
            Some(FieldKind::Choice(_)) => {
                row.text(1)?.map(|code| t(lang, &def.choice_label(def.title, &code))).unwrap_or_default()
            }
            _ => String::new(),
        };
        found.push((id, text));
    }
    Ok(found)
}
