//! From the text of `migration.yaml` to its types, with every fault placed.

use super::{CodeChange, Migration, MigrationFrom, check};
use crate::pack::reader::{Faults, Mapping, text};
use crate::pack::schema;
use crate::pack::tree::Node;
use crate::pack::{Pack, PackErrors};

/// What could be read, each part with its node for the places of later faults.
pub(super) struct Read<'n> {
    pub root: &'n Node,
    pub from: Option<(MigrationFrom, &'n Node)>,
    pub changes: Vec<(CodeChange, &'n Node)>,
    pub added: Vec<(String, &'n Node)>,
    /// Whether every entry could be read; what is missing is only said then.
    pub complete: bool,
}

pub(super) fn load(name: &str, source: &str, old: Option<&Pack>, new: &Pack) -> Result<Migration, PackErrors> {
    let mut faults = Faults::new(name);
    let tree = Node::read(source).map_err(|(spot, problem)| faults.add(spot, problem)).ok();
    let migration = tree.as_ref().and_then(|root| of_tree(root, old, Some(new), &mut faults));
    match migration {
        Some(migration) if faults.errors.is_empty() => Ok(migration),
        _ => Err(PackErrors(faults.errors)),
    }
}

/// The record of a tree; checked against the version it leads to where that could be read.
pub(in crate::pack) fn of_tree(
    root: &Node,
    old: Option<&Pack>,
    new: Option<&Pack>,
    faults: &mut Faults,
) -> Option<Migration> {
    let read = file(root, faults)?;
    if let Some(new) = new {
        check::migration(&read, old, new, faults);
    }
    Some(Migration {
        from: read.from?.0,
        changes: read.changes.into_iter().map(|(change, _)| change).collect(),
        added: read.added.into_iter().map(|(code, _)| code).collect(),
    })
}

fn file<'n>(root: &'n Node, faults: &mut Faults) -> Option<Read<'n>> {
    let map = Mapping::new(root, &schema::MIGRATION_FILE, faults)?;
    let from = map.required("from", faults);
    map.required("changes", faults);
    let (changes, added) = (map.list("changes", faults), map.list("added", faults));
    map.finish(faults);
    let from = from.and_then(|node| Some((self::from(node, faults)?, node)));
    let read: Vec<_> = changes
        .iter()
        .filter_map(|node| {
            let change = change(node, faults);
            faults.subject = None;
            Some((change?, node))
        })
        .collect();
    let read_added: Vec<_> = added.iter().filter_map(|node| Some((text(node, "added", faults)?, node))).collect();
    let complete = read.len() == changes.len() && read_added.len() == added.len();
    Some(Read { root, from, changes: read, added: read_added, complete })
}

fn from(node: &Node, faults: &mut Faults) -> Option<MigrationFrom> {
    let map = Mapping::new(node, &schema::MIGRATION_FROM, faults)?;
    let (id, version) = (map.text("id", faults), map.whole("version", faults));
    map.finish(faults);
    Some(MigrationFrom { id: id?, version: version? })
}

fn change(node: &Node, faults: &mut Faults) -> Option<CodeChange> {
    let map = Mapping::new(node, &schema::CHANGE, faults)?;
    let code = map.text("code", faults);
    faults.subject.clone_from(&code);
    let (fate, into) = (map.word("fate", faults), map.texts("into", faults));
    let why = map.text_or_none("why", faults);
    let (duties, evidence) = (map.word("duties", faults), map.word("evidence", faults));
    let scores = map.word("scores", faults);
    map.finish(faults);
    Some(CodeChange { code: code?, fate: fate?, into, why, duties: duties?, evidence: evidence?, scores: scores? })
}
