//! A migration record as `migration.yaml`, keys in their fixed order.

use super::{CodeChange, Migration};
use crate::pack::block::Block;

impl Migration {
    /// The record as text; [`Migration::load`] reads it back as it was.
    pub fn write(&self) -> String {
        let from = Block::Map(vec![
            ("id", Block::Text(self.from.id.clone())),
            ("version", Block::Word(self.from.version.to_string())),
        ]);
        let mut entries = vec![("from", from), ("changes", Block::List(self.changes.iter().map(change).collect()))];
        if !self.added.is_empty() {
            entries.push(("added", Block::texts(&self.added)));
        }
        Block::Map(entries).write()
    }
}

fn change(change: &CodeChange) -> Block {
    let mut entries =
        vec![("code", Block::Text(change.code.clone())), ("fate", Block::Word(change.fate.word().into()))];
    if !change.into.is_empty() {
        entries.push(("into", Block::texts(&change.into)));
    }
    if let Some(why) = &change.why {
        entries.push(("why", Block::Text(why.clone())));
    }
    entries.extend([
        ("duties", Block::Word(change.duties.word().into())),
        ("evidence", Block::Word(change.evidence.word().into())),
        ("scores", Block::Word(change.scores.word().into())),
    ]);
    Block::Map(entries)
}
