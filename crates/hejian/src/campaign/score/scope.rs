//! Which of the records under a score this reader may open.
//!
//! The rule that matters: a record outside the reader's scope is counted, never named; whether one is inside is asked of the
//! register itself through the reader's own rights, one query a register.

use std::collections::{BTreeMap, BTreeSet};

use hejian_kernel::{error::Result, i18n::Lang, web::App, work::Read};
use hejian_scoring::{Source, explain::Node};
use uuid::Uuid;

use super::store;

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
            for (id, title) in store::within(read, def, &ids, lang).await? {
                titles.insert((register.to_owned(), id.to_string()), title);
            }
        }
        Ok(Self { titles })
    }

    /// The source itself, where the reader may open its record.
    #[must_use]
    pub fn known<'s>(&self, source: &'s Source) -> Option<&'s Source> {
        self.title(source).map(|_| source)
    }

    /// The record's title, where the reader may open it.
    #[must_use]
    pub fn title(&self, source: &Source) -> Option<&str> {
        self.titles.get(&(source.register.clone(), source.record.clone())).map(String::as_str)
    }
}
