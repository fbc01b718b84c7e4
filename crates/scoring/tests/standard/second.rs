//! The second programme: another shape on the same facts, its tests its own, and what a published version lets follow.

use hejian_scoring::pack::publish::{PublishFault, check};
use hejian_scoring::pack::{PackTexts, State};
use hejian_scoring::{Facts, Pack, evaluate};

use crate::support::{day, district, fact, folder, outcome, real_pack};

const SECOND: &str = "synthetic-safe-liveable-blocks";

fn second() -> Pack {
    Pack::from_texts(&folder(SECOND)).unwrap_or_else(|errors| panic!("{errors}"))
}

#[test]
fn it_says_that_it_is_synthetic_and_stands_as_it_is_written() {
    let pack = second();
    assert!(pack.standard.status.as_deref().unwrap().starts_with("SYNTHETIC"));
    assert!(pack.indicators.iter().all(|indicator| indicator.rule_confidence.as_deref() == Some("synthetic")));
    let texts = folder(SECOND);
    let written = pack.write();
    assert_eq!(written, PackTexts { name: written.name.clone(), ..texts });
    let summary = pack.summary();
    assert_eq!(
        (summary.indicators, summary.points.to_string(), summary.bonus_points.to_string()),
        (14, "60".into(), "3".into())
    );
}

#[test]
fn both_programmes_read_the_same_rows_each_by_its_own_rules() {
    let rows = vec![
        fact("S1", "2009-06", "premises.subdistrict_service_centres", "1"),
        fact("S2", "2009-06", "premises.subdistrict_service_centres", "1"),
        fact("D", "2009-06", "premises.district_service_centres", "1"),
        fact("C1", "2009-05", "household.zero_employment_overdue", "2"),
        fact("C2", "2009-05", "household.zero_employment_overdue", "1"),
        fact("D", "2009-05", "series.major_cases", "1"),
    ];
    let units = district(2);
    let score = |pack: &Pack| {
        let facts = Facts::strict(pack, &units, rows.clone()).unwrap_or_else(|errors| panic!("{errors:?}"));
        evaluate(pack, &facts, &units, day())
    };
    let (first, other) = (score(&real_pack()), score(&second()));
    let of = |scores: &hejian_scoring::Scores, code: &str| outcome(scores.indicator(code).unwrap());
    assert_eq!((of(&first, "D03"), of(&first, "C12"), of(&first, "C17")), ("2".into(), "0.5".into(), "0".into()));
    assert_eq!((of(&other, "L02"), of(&other, "G03"), of(&other, "S04")), ("6".into(), "1.25".into(), "0".into()));
    // The veto of one blocks the application; that of the other caps a total far below its cap.
    assert_eq!((first.blocked_by.as_slice(), other.blocked_by.len()), (&["C17".to_owned()][..], 0));
    assert_eq!((other.points.to_string(), other.effective_points.to_string()), ("7.25".into(), "7.25".into()));
}

#[test]
fn weights_conditions_and_vetoes_can_be_opened_in_the_explanation() {
    let pack = second();
    let rows = [("D", "2009", "judgement.safety_files", "8"), ("C1", "2009-05", "finance.open_audit_findings", "21")];
    let rows = rows.map(|(unit, period, measure, value)| fact(unit, period, measure, value));
    let units = district(1);
    let facts = Facts::strict(&pack, &units, rows.to_vec()).unwrap();
    let scores = evaluate(&pack, &facts, &units, day());
    let shown: Vec<String> = ["S03", "G04"]
        .iter()
        .flat_map(|code| scores.indicator(code).unwrap().explanation.walk())
        .filter(|node| matches!(node.kind.word(), "rule" | "method" | "veto"))
        .map(|node| {
            let value = node.value.as_ref().map_or("-", |value| value.text.as_str());
            let verdict = node.verdict.map_or("-", |verdict| verdict.word());
            format!("{} {value} {verdict} {}", node.kind.word(), node.operation.as_deref().unwrap_or("-"))
        })
        .collect();
    insta::assert_snapshot!(shown.join("\n"), @r"
    ");
    assert_eq!(scores.effective_points.to_string(), "0");
}

#[test]
fn a_pack_whose_test_comes_out_otherwise_is_refused_with_test_code_and_both_figures() {
    let mut texts = folder(SECOND);
    let tests = texts.tests.as_mut().unwrap();
    *tests = tests.replacen("      S03: 8.5\n", "      S03: 9\n", 1).replacen(
        "      S04: not_assessed\n",
        "      S04: 0\n",
        1,
    );
    let errors = Pack::from_texts(&texts).unwrap_err().to_string();
    insta::assert_snapshot!(errors, @r"
    ");
}

#[test]
fn a_published_version_asks_the_same_for_ever() {
    let old = real_pack();
    let kinds = |new: &Pack| -> Vec<String> {
        let faults = check(&old, new).err().unwrap_or_default();
        faults
            .iter()
            .map(|fault| fault.to_string().split(';').next_back().unwrap_or_default().trim().to_owned())
            .collect()
    };
    assert!(kinds(&old).is_empty());
    let mut new = old.clone();
    new.tests.clear();
    assert!(kinds(&new).is_empty(), "tests ask nothing of anybody");
    new.indicators[0].words.push('!');
    assert_eq!(kinds(&new), ["raise the version (write `version: 3`)"]);
    new.standard.version = 3;
    assert_eq!(kinds(&new).len(), 1, "a new version must say what became of the old one");
    new.standard.state = State::Draft;
    assert!(kinds(&new).is_empty(), "a draft may still lack it");
    new.standard.state = State::Published;
    new.migration.as_mut().unwrap().from.version = 2;
    assert!(kinds(&new).is_empty());
    new.standard.version = 1;
    assert!(matches!(check(&old, &new).unwrap_err()[..], [PublishFault::Earlier { found: 1, version: 2, .. }]));
    let mut reopened = old.clone();
    reopened.standard.state = State::Draft;
    assert!(matches!(check(&old, &reopened).unwrap_err()[..], [PublishFault::Reopened { .. }]));
    assert!(check(&reopened, &new).is_ok(), "a draft sets no limits");
}
