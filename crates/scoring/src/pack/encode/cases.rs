//! The migration record and the tests.

use super::{Fields, plain};
use crate::facts::{Amount, FactRow};
use crate::pack::schema;
use crate::pack::{CodeChange, Expected, Migration, Node, PackTest};
use crate::units::Unit;

pub(super) fn migration(migration: &Migration) -> Node {
    let from = Fields::of(&schema::MIGRATION_FROM)
        .text("id", &migration.from.id)
        .shown("version", migration.from.version)
        .done();
    Fields::of(&schema::MIGRATION_FILE)
        .node("from", from)
        .list("changes", &migration.changes, change)
        .texts("added", &migration.added)
        .done()
}

fn change(change: &CodeChange) -> Node {
    Fields::of(&schema::CHANGE)
        .text("code", &change.code)
        .shown("fate", change.fate.word())
        .texts("into", &change.into)
        .text_or_none("why", change.why.as_ref())
        .shown("duties", change.duties.word())
        .shown("evidence", change.evidence.word())
        .shown("scores", change.scores.word())
        .done()
}

pub(super) fn test(test: &PackTest) -> Node {
    let expected = |expected: &Expected| match expected {
        Expected::Points(points) => plain(points.to_string()),
        Expected::NotAssessed => plain("not_assessed"),
    };
    Fields::of(&schema::TEST)
        .text("name", &test.name)
        .shown("as_of", test.as_of)
        .list("units", &test.units, unit)
        .list("facts", &test.facts, fact)
        .map("expect", test.expect.iter().map(|(code, points)| (code, expected(points))))
        .done()
}

fn unit(unit: &Unit) -> Node {
    Fields::of(&schema::TEST_UNIT)
        .text("id", &unit.id)
        .shown("level", &unit.level)
        .text_or_none("parent", unit.parent.as_ref())
        .done()
}

fn fact(row: &FactRow) -> Node {
    let fields = Fields::of(&schema::TEST_FACT)
        .text("unit", &row.unit)
        .shown("period", row.period)
        .text("measure", &row.measure);
    match &row.amount {
        Amount::Value { value } => fields.number("value", value),
        Amount::Ratio { numerator, denominator } => {
            fields.number("numerator", numerator).number("denominator", denominator)
        }
    }
    .done()
}
