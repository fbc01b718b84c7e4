//! Lists and mappings out of cells, and values into their place in a tree.

use super::rows::Filled;
use crate::pack::schema::Kind;
use crate::pack::{Data, Entry, Node, Problem, Spot};
use crate::workbook::cell::{Holds, take_list, take_map};

pub(super) fn is_plain(holds: Holds) -> bool {
    !matches!(holds, Holds::Any | Holds::Kind(Kind::Text | Kind::LongText))
}

pub(super) fn empty(holds: Holds, spot: Spot) -> Node {
    match holds {
        Holds::Kind(Kind::Map) => Node::mapping(spot, Vec::new()),
        _ => Node::list(spot, Vec::new()),
    }
}

pub(super) type Read = Result<Option<Node>, (Spot, Problem)>;

pub(super) fn texts(cells: &[Filled<'_>]) -> Read {
    let mut items = Vec::new();
    for cell in cells {
        let read = take_list(cell.value).map_err(|problem| (cell.spot, problem))?;
        items.extend(read.into_iter().map(|text| Node::scalar(cell.spot, text, false)));
    }
    Ok(cells.first().map(|first| Node::list(first.spot, items)))
}

pub(super) fn entries(cell: Filled<'_>) -> Read {
    let read = take_map(cell.value).map_err(|problem| (cell.spot, problem))?;
    let mut entries: Vec<Entry> = Vec::new();
    for (key, text) in read {
        if entries.iter().any(|entry| entry.key == key) {
            return Err((cell.spot, Problem::DuplicateKey { name: key }));
        }
        let value = Node::scalar(cell.spot, text, false);
        entries.push(Entry { key, spot: cell.spot, value });
    }
    Ok(Some(Node::mapping(cell.spot, entries)))
}

/// Puts a value down a path of keys, with mappings on the way.
pub(super) fn insert(node: &mut Node, path: &[&'static str], value: Node) {
    let Some((key, rest)) = path.split_first() else { return };
    let Data::Mapping(entries) = &mut node.data else { return };
    let at = entries.iter().position(|entry| entry.key == *key).unwrap_or_else(|| {
        let below = Node::mapping(value.spot, Vec::new());
        entries.push(Entry { key: (*key).to_owned(), spot: value.spot, value: below });
        entries.len() - 1
    });
    match rest {
        [] => entries[at].value = value,
        rest => insert(&mut entries[at].value, rest, value),
    }
}
