//! The pack's own tests: each is run, and every figure that comes out otherwise is named with test, code, expected and found.

use super::{unfit, unique, unknown};
use crate::evaluate::{Outcome, evaluate_total};
use crate::facts::Facts;
use crate::pack::error::Problem;
use crate::pack::reader::Faults;
use crate::pack::tree::Node;
use crate::pack::{Expected, Pack, PackTest};
use crate::units::Units;

/// The most cases, and the most units of one: a case is a few lines computed by hand, not a district.
const MAX_CASES: usize = 200;
const MAX_UNITS: usize = 100;

/// Runs the cases against a pack that is right in everything else.
pub(in crate::pack) fn tests(read: &[(PackTest, &Node)], pack: &Pack, faults: &mut Faults) {
    unique(read.iter().map(|(test, node)| (test.name.as_str(), node.spot_of(&["name"]))), "test", faults);
    if let Some((_, node)) = read.get(MAX_CASES) {
        let says = format!("there are {} tests, and at most {MAX_CASES} are run", read.len());
        unfit(node.spot, says, "remove the ones that show the same as another", faults);
        return;
    }
    for (test, node) in read {
        faults.subject = Some(test.name.clone());
        case(test, node, pack, faults);
        faults.subject = None;
    }
}

fn case(test: &PackTest, node: &Node, pack: &Pack, faults: &mut Faults) {
    for code in test.expect.keys().filter(|code| !PackTest::TOTALS.contains(&code.as_str())) {
        if pack.indicator(code).is_none() {
            let codes = pack.indicators.iter().map(|indicator| indicator.code.as_str());
            faults.add(node.spot_of(&["expect", code]), unknown("indicator", code, codes));
        }
    }
    if test.expect.is_empty() {
        unfit(node.spot_of(&["expect"]), "the test expects nothing".into(), "name at least one indicator", faults);
    }
    if test.units.len() > MAX_UNITS {
        let says = format!("the test has {} units, and at most {MAX_UNITS} are allowed", test.units.len());
        unfit(node.spot_of(&["units"]), says, "show the same with fewer units", faults);
        return;
    }
    let units = match Units::new(test.units.clone()) {
        Ok(units) => units,
        Err(errors) => {
            for error in errors {
                unfit(node.spot_of(&["units"]), error.to_string(), "correct the units of the test", faults);
            }
            return;
        }
    };
    let (facts, errors) = Facts::new(pack, &units, test.facts.clone());
    let nodes = node.get("facts").map_or(&[][..], Node::items);
    for error in errors {
        let is = |row: &&crate::facts::FactRow| {
            (&row.unit, row.period, &row.measure) == (&error.unit, error.period, &error.measure)
        };
        let at = test.facts.iter().rposition(|row| is(&row)).and_then(|i| nodes.get(i));
        let spot = at.map_or(node.spot_of(&["facts"]), |fact| fact.spot);
        unfit(spot, error.to_string(), "correct the fact of the test", faults);
    }
    let scores = evaluate_total(pack, &facts, &units, test.as_of);
    let points = |points: &crate::Exact| Outcome::Assessed { points: points.clone() };
    for (code, expected) in &test.expect {
        let found = match code.as_str() {
            "total" => points(&scores.points),
            "bonus" => points(&scores.bonus.counted),
            "effective" => points(&scores.effective_points),
            "assessed" => points(&scores.assessed_points),
            code => match scores.indicator(code) {
                Some(score) => score.outcome.clone(),
                None => continue,
            },
        };
        compare(test, code, expected, &found, node, faults);
    }
}

fn compare(test: &PackTest, code: &str, expected: &Expected, found: &Outcome, node: &Node, faults: &mut Faults) {
    let same = match (expected, found) {
        (Expected::Points(wanted), Outcome::Assessed { points }) => wanted == points,
        (Expected::NotAssessed, Outcome::NotAssessed { .. }) => true,
        _ => false,
    };
    if same {
        return;
    }
    let expected = match expected {
        Expected::Points(points) => points.to_string(),
        Expected::NotAssessed => "not_assessed".to_owned(),
    };
    let found = match found {
        Outcome::Assessed { points } => points.to_string(),
        Outcome::NotAssessed { reasons } => {
            let why = reasons.iter().map(|reason| match &reason.measure {
                Some(measure) => format!("{} {measure}", reason.kind.word()),
                None => reason.kind.word().to_owned(),
            });
            format!("not_assessed ({})", why.collect::<Vec<_>>().join(", "))
        }
    };
    let (test, code) = (test.name.clone(), code.to_owned());
    faults.subject = Some(code.clone());
    faults.add(node.spot_of(&["expect", &code]), Problem::TestFails { test, code: code.clone(), expected, found });
}
