//! tests.yaml.

use std::collections::BTreeMap;

use crate::exact::Exact;
use crate::facts::{Amount, FactRow};
use crate::pack::error::Problem;
use crate::pack::reader::{Faults, Mapping};
use crate::pack::schema;
use crate::pack::{Data, Expected, Level, Node, PackTest};
use crate::units::Unit;

/// Every case with its node.
pub(in crate::pack) fn tests<'n>(root: &'n Node, faults: &mut Faults) -> Option<Vec<(PackTest, &'n Node)>> {
    let map = Mapping::new(root, &schema::TESTS_FILE, faults)?;
    map.required("tests", faults);
    let read = map.each("tests", faults, |node, faults| Some((test(node, faults)?, node)));
    map.finish(faults);
    read
}

fn test(node: &Node, faults: &mut Faults) -> Option<PackTest> {
    let map = Mapping::new(node, &schema::TEST, faults)?;
    let name = map.id("name", faults);
    let as_of = map.parsed("as_of", "a day such as 2009-06-22", faults, |text| text.parse().ok());
    map.required("units", faults);
    let (units, facts) = (map.each("units", faults, unit), map.each("facts", faults, fact));
    let expect = map.required("expect", faults).and_then(|node| expect(node, faults));
    map.finish(faults);
    Some(PackTest { name: name?, as_of: as_of?, units: units?, facts: facts?, expect: expect? })
}

fn unit(node: &Node, faults: &mut Faults) -> Option<Unit> {
    let map = Mapping::new(node, &schema::TEST_UNIT, faults)?;
    let (id, level) = (map.id("id", faults), map.word::<Level>("level", faults));
    let parent = map.text_or_none("parent", faults);
    map.finish(faults);
    let level = level?.word().to_owned();
    Some(Unit { id: id?, name: None, level, parent, valid_from: None, valid_to: None })
}

fn fact(node: &Node, faults: &mut Faults) -> Option<FactRow> {
    let map = Mapping::new(node, &schema::TEST_FACT, faults)?;
    let unit = map.text("unit", faults);
    let wanted = "a period such as 2009, 2009-Q1 or 2009-05";
    let period = map.parsed("period", wanted, faults, |text| text.parse().ok());
    let measure = map.text("measure", faults);
    let value = map.number_or_none("value", faults);
    let (numerator, denominator) = (map.number_or_none("numerator", faults), map.number_or_none("denominator", faults));
    map.finish(faults);
    let amount = match (value, numerator, denominator) {
        (Some(value), None, None) => Some(Amount::Value { value }),
        (None, Some(numerator), Some(denominator)) => Some(Amount::Ratio { numerator, denominator }),
        _ => {
            let says = "a fact has either a value, or a numerator and a denominator".to_owned();
            faults.add(node.spot, Problem::Unfit { says, write: "give `value`, or both others".into() });
            None
        }
    };
    Some(FactRow { unit: unit?, period: period?, measure: measure?, amount: amount?, sources: Vec::new() })
}

fn expect(node: &Node, faults: &mut Faults) -> Option<BTreeMap<String, Expected>> {
    let Data::Mapping(entries) = &node.data else {
        let (found, wanted) = (node.shape(), "a mapping of codes and points".to_owned());
        faults.add(node.spot, Problem::WrongShape { name: "expect".into(), found, wanted });
        return None;
    };
    let mut expect = BTreeMap::new();
    for entry in entries {
        let text = entry.value.as_text().unwrap_or_default();
        let expected = match text {
            "not_assessed" => Some(Expected::NotAssessed),
            text => Exact::parse(text).ok().map(Expected::Points),
        };
        match expected {
            Some(expected) => drop(expect.insert(entry.key.clone(), expected)),
            None => {
                let (name, found) = (entry.key.clone(), entry.value.shape());
                let wanted = "a decimal number, or not_assessed,".to_owned();
                faults.add(entry.value.spot, Problem::WrongShape { name, found, wanted });
            }
        }
    }
    (expect.len() == entries.len()).then_some(expect)
}
