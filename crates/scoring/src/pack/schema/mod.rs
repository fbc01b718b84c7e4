//! The format as a table: every object of a pack, its keys in the one order they are written, what stands under each, whether
//! it is needed, what it is called in Chinese and English, and a line of help.
//!
//! The rule that matters: the reader, the writer, the comment at the head of each file and the sheets of a spreadsheet all
//! follow this table. A key that is not here cannot be read; the order here is the order in a canonical file.

mod files;
mod indicator;
mod measure;
mod rule;

pub use files::{
    AREA, CHANGE, MARKED_NUMBER, MARKED_TEXT, MEASURES_FILE, MIGRATION_FILE, MIGRATION_FROM, STANDARD, STANDARD_FILE,
    TEST, TEST_FACT, TEST_UNIT, TESTS_FILE,
};
pub use indicator::{ALSO, CHECK, EVIDENCE, INDICATOR, METHOD, UNIT_CONDITION, VETO};
pub use measure::{COMPONENT, MEASURE, MEASURE_USE};
pub use rule::{COUNTED_CONDITION, METHOD_RULE, POINT_CONDITION, RULES, STEP, TIER};

/// A mapping of the format.
#[derive(Debug)]
pub struct Object {
    /// How errors call it.
    pub name: &'static str,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// What it is, in English.
    pub en: &'static str,
    /// Its keys in the order of a canonical file.
    pub keys: &'static [Key],
}

/// A key of a mapping.
#[derive(Debug)]
pub struct Key {
    /// As written.
    pub key: &'static str,
    /// What stands under it.
    pub kind: Kind,
    /// Whether it may be left out.
    pub need: Need,
    /// Its name in Chinese.
    pub zh: &'static str,
    /// Its name in English.
    pub en: &'static str,
    /// A line of help in Chinese.
    pub help_zh: &'static str,
    /// A line of help in English.
    pub help: &'static str,
}

/// What stands under a key.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// A short text: a code, a name, an id.
    Text,
    /// A text of a sentence or more.
    LongText,
    /// An exact decimal number.
    Number,
    /// A whole number from 0 up.
    Whole,
    /// `true` or `false`.
    YesNo,
    /// A day, `2009-06-22`.
    Date,
    /// A reporting period, `2009-05`.
    Period,
    /// An expression that is a number.
    Formula,
    /// An expression that is true or false.
    Condition,
    /// One of these words.
    Choice(&'static [&'static str]),
    /// A list of short texts.
    Texts,
    /// One mapping.
    Object(&'static Object),
    /// A list of mappings.
    Objects(&'static Object),
    /// One mapping, of the object whose name stands under its key `type`.
    Variant(&'static [&'static Object]),
    /// A mapping with keys of its own and a text under each, sorted by key.
    Map,
}

/// Whether a key may be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It must be there.
    Required,
    /// It may be left out.
    Optional,
    /// Left out it means this, and a canonical file leaves it out then.
    Default(&'static str),
}

impl Object {
    /// The key of a name.
    pub fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().find(|key| key.key == name)
    }

    /// The place of a key in the order.
    pub fn position(&self, name: &str) -> Option<usize> {
        self.keys.iter().position(|key| key.key == name)
    }
}

impl Kind {
    /// The objects below this kind.
    pub fn objects(&self) -> Vec<&'static Object> {
        match self {
            Kind::Object(object) | Kind::Objects(object) => vec![*object],
            Kind::Variant(objects) => objects.to_vec(),
            _ => Vec::new(),
        }
    }

    /// The words it is limited to; none where it is not.
    pub fn words(&self) -> &'static [&'static str] {
        match self {
            Kind::Choice(words) => words,
            _ => &[],
        }
    }
}

/// The four files of a pack: name, what stands in it.
pub const FILES: [(&str, &Object); 4] = [
    ("standard.yaml", &STANDARD_FILE),
    ("measures.yaml", &MEASURES_FILE),
    ("migration.yaml", &MIGRATION_FILE),
    ("tests.yaml", &TESTS_FILE),
];

/// The form of a rule by its word under `type`.
pub fn rule(word: &str) -> Option<&'static Object> {
    RULES.iter().copied().find(|object| object.name == word)
}

/// Writes an object of the table in a form a person can read and edit: need, key, kind, both names, both lines of help.
macro_rules! object {
    ($(#[$meta:meta])* $name:ident = $word:literal, $zh:literal, $en:literal;
     $($need:ident $([$default:literal])? $key:ident: $kind:expr, $kzh:literal, $ken:literal, $hzh:literal, $hen:literal;)*) => {
        $(#[$meta])*
        pub static $name: $crate::pack::schema::Object = $crate::pack::schema::Object {
            name: $word, zh: $zh, en: $en,
            keys: &[$($crate::pack::schema::Key {
                key: stringify!($key), kind: $kind, need: $crate::pack::schema::need!($need $($default)?),
                zh: $kzh, en: $ken, help_zh: $hzh, help: $hen,
            },)*],
        };
    };
}

/// The word before a key: `need`, `may`, or `or` with what an absent key means.
macro_rules! need {
    (need) => {
        $crate::pack::schema::Need::Required
    };
    (may) => {
        $crate::pack::schema::Need::Optional
    };
    (or $default:literal) => {
        $crate::pack::schema::Need::Default($default)
    };
}

use {need, object};
