//! What a record of the schema looks like as a row: its columns, and the rows that stand below it.

use super::places::{CONDITIONS, Place, place};
use crate::pack::schema::{Key, Kind, Need, Object};
use crate::workbook::cell::Holds;

/// What a row holds.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Shape {
    /// The keys of an object.
    Object(&'static Object),
    /// The keys of one of these objects, which its `type` names.
    Variant(&'static [&'static Object]),
    /// One entry of a mapping with keys of its own.
    Entry(&'static Key),
}

/// A value in a row.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// Heading of its column.
    pub label: String,
    /// The keys down to it from the record.
    pub path: Vec<&'static str>,
    /// Its own key, as errors call it.
    pub name: &'static str,
    /// What may stand there.
    pub holds: Holds,
    /// Whether it must be there, where the object it belongs to is.
    pub need: Need,
    /// What to write, in Chinese.
    pub help: &'static str,
    /// Whether every object it stands in must be there too.
    pub sure: bool,
    /// Whether each item of its list has a column.
    pub spread: bool,
    /// The table of the same owner it stands in, where that is another.
    pub beside: Option<&'static str>,
}

/// Rows below a record.
#[derive(Clone, Debug)]
pub(crate) struct Child {
    /// The keys down to the list or object from the record.
    pub path: Vec<&'static str>,
    /// Its key.
    pub key: &'static Key,
    /// The table of the rows.
    pub table: &'static str,
    /// The word that names such a row.
    pub row: &'static str,
    /// What a row holds.
    pub shape: Shape,
    /// A list; otherwise there is one at most.
    pub many: bool,
}

/// The columns of a record and the rows below it.
#[derive(Clone, Debug, Default)]
pub(crate) struct Open {
    /// In the order of the schema.
    pub fields: Vec<Field>,
    /// In the order of the schema.
    pub children: Vec<Child>,
}

/// Opens a record; `word` chooses the object of its variant.
pub(crate) fn open(shape: Shape, word: Option<&str>, table: &'static str) -> Open {
    let mut open = Open::default();
    match shape {
        Shape::Object(object) => open.keys(object, &[], "", true, word, table),
        Shape::Variant(objects) => open.variant(objects, &[], true, word, table),
        Shape::Entry(key) => {
            let field = |label: String, name, holds| Field {
                label,
                path: vec![name],
                name,
                holds,
                need: Need::Required,
                help: key.help_zh,
                sure: true,
                spread: false,
                beside: None,
            };
            open.fields.push(field(format!("{}项", key.zh), ENTRY_KEY, Holds::Kind(Kind::Text)));
            open.fields.push(field(key.zh.to_owned(), ENTRY_VALUE, Holds::Any));
        }
    }
    open
}

/// The name of the key's column of an entry.
pub(crate) const ENTRY_KEY: &str = "key";
/// The name of the text's column of an entry.
pub(crate) const ENTRY_VALUE: &str = "value";

/// The variant among a record's own columns: the keys down to it, and its objects.
pub(crate) fn variant(shape: Shape) -> Option<(Vec<&'static str>, &'static [&'static Object])> {
    fn within(object: &'static Object) -> Option<(Vec<&'static str>, &'static [&'static Object])> {
        object.keys.iter().filter(|key| place(object.name, key.key) == Place::Inline).find_map(|key| match key.kind {
            Kind::Variant(objects) => Some((vec![key.key], objects)),
            Kind::Object(below) => within(below).map(|(path, objects)| ([vec![key.key], path].concat(), objects)),
            _ => None,
        })
    }
    match shape {
        Shape::Object(object) => within(object),
        Shape::Variant(objects) => Some((Vec::new(), objects)),
        Shape::Entry(_) => None,
    }
}

impl Open {
    fn keys(
        &mut self,
        object: &'static Object,
        path: &[&'static str],
        prefix: &str,
        sure: bool,
        word: Option<&str>,
        table: &'static str,
    ) {
        for key in object.keys {
            let path = [path, &[key.key]].concat();
            let place = place(object.name, key.key);
            let below_sure = sure && key.need == Need::Required;
            match (place, key.kind) {
                (Place::Rows(to, row), kind) => self.child(path, key, kind, to, row),
                (Place::Flat, Kind::Object(below)) => self.keys(below, &path, prefix, below_sure, word, table),
                (_, Kind::Object(below)) => {
                    let prefix = format!("{prefix}{}·", key.zh);
                    self.keys(below, &path, &prefix, below_sure, word, table);
                }
                (_, Kind::Variant(objects)) => self.variant(objects, &path, below_sure, word, table),
                (_, kind @ Kind::Objects(_)) => self.child(path, key, kind, rows_of(table), key.zh),
                (place, kind) => self.fields.push(Field {
                    label: self.free(format!("{prefix}{}", key.zh), key.key),
                    path,
                    name: key.key,
                    holds: Holds::Kind(kind),
                    need: key.need,
                    help: key.help_zh,
                    sure,
                    spread: matches!(place, Place::Spread(_)),
                    beside: match place {
                        Place::Beside(table) | Place::Spread(table) => Some(table),
                        _ => None,
                    },
                }),
            }
        }
    }

    /// The keys of the chosen object; of every object only `type` while none is chosen. A variant inside a variant is a row
    /// of its own, so that nesting needs no new columns.
    fn variant(
        &mut self,
        objects: &'static [&'static Object],
        path: &[&'static str],
        sure: bool,
        word: Option<&str>,
        table: &'static str,
    ) {
        let chosen = word.and_then(|word| objects.iter().find(|object| object.name == word));
        let Some(object) = chosen.or(objects.first()) else { return };
        let keys = object.keys.iter().filter(|key| chosen.is_some() || key.key == TYPE);
        for key in keys {
            let path = [path, &[key.key]].concat();
            match key.kind {
                Kind::Objects(_) | Kind::Variant(_) | Kind::Object(_) => {
                    self.child(path, key, key.kind, rows_of(table), key.zh);
                }
                kind => self.fields.push(Field {
                    label: self.free(key.zh.to_owned(), key.key),
                    path,
                    name: key.key,
                    holds: Holds::Kind(kind),
                    need: key.need,
                    help: if key.key == TYPE { "怎样把值变成得分" } else { key.help_zh },
                    sure,
                    spread: false,
                    beside: None,
                }),
            }
        }
    }

    fn child(
        &mut self,
        path: Vec<&'static str>,
        key: &'static Key,
        kind: Kind,
        table: &'static str,
        row: &'static str,
    ) {
        let (shape, many) = match kind {
            Kind::Objects(object) => (Shape::Object(object), true),
            Kind::Object(object) => (Shape::Object(object), false),
            Kind::Variant(objects) => (Shape::Variant(objects), false),
            _ => (Shape::Entry(key), true),
        };
        self.children.push(Child { path, key, table, row, shape, many });
    }

    /// A heading no other column of the record has.
    fn free(&self, label: String, key: &str) -> String {
        let taken = self.fields.iter().any(|field| field.label == label);
        if taken { format!("{label}（{key}）") } else { label }
    }
}

/// The key that names the object of a variant.
pub(crate) const TYPE: &str = "type";

/// The table for rows below a record of a table, where the schema names none.
fn rows_of(table: &'static str) -> &'static str {
    match table {
        "沿革" | "测试" => table,
        _ => CONDITIONS,
    }
}
