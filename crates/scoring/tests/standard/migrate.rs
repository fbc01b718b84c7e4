//! Migration records: read, refused with the place and the remedy, played through on a campaign.

use hejian_scoring::Pack;
use hejian_scoring::pack::migrate::{Campaign, Duty, Evidence, Score, plan, suggest};
use hejian_scoring::pack::{Fate, Indicator, Migration};

use crate::support::{day, exact, real_pack};

/// A pack of the first `codes` indicators of the real one, all else as it is.
fn cut(codes: &[&str], version: u32) -> Pack {
    let mut pack = real_pack();
    pack.standard.version = version;
    pack.indicators.retain(|indicator| codes.contains(&indicator.code.as_str()));
    pack
}

/// The same indicator under another code.
fn recoded(pack: &Pack, code: &str, new: &str) -> Indicator {
    Indicator { code: new.into(), ..pack.indicator(code).unwrap().clone() }
}

/// Old: A01 A02 A03 A04 A09 B01. New: A01 as it was, A02 with another threshold, A03 split in two, A04 and A09 merged, B01 gone, C07 new.
fn versions() -> (Pack, Pack) {
    let old = cut(&["A01", "A02", "A03", "A04", "A09", "B01"], 2);
    let mut new = cut(&["A01", "A02", "C07"], 3);
    for (code, of) in [("X1", "A03"), ("X2", "A03"), ("X3", "A04")] {
        new.indicators.push(recoded(&old, of, code));
    }
    new.indicators.iter_mut().find(|indicator| indicator.code == "A02").unwrap().points = exact("3");
    (old, new)
}

const RECORD: &str = "\
from:
  id: cn-mca-2008-142-district
  version: 2
changes:
- {code: A01, fate: same, into: [A01], duties: carry, evidence: carry, scores: compare}
- {code: A02, fate: changed, into: [A02], why: weighs more, duties: carry, evidence: recheck, scores: note}
- {code: A03, fate: split, into: [X1, X2], why: town and country apart, duties: ask, evidence: carry, scores: none}
- {code: A04, fate: merged, into: [X3], why: one heading, duties: carry, evidence: carry, scores: note}
- {code: A09, fate: merged, into: [X3], why: one heading, duties: carry, evidence: carry, scores: note}
- {code: B01, fate: dropped, into: [], why: done everywhere, duties: drop, evidence: drop, scores: none}
added: [C07]
";

fn load(text: &str) -> Result<Migration, String> {
    let (old, new) = versions();
    Migration::load("migration.yaml", text, Some(&old), &new).map_err(|errors| errors.to_string())
}

/// The first fault of the record after replacing one text in it.
fn fault(from: &str, to: &str) -> String {
    assert!(RECORD.contains(from), "{from}");
    let errors = load(&RECORD.replacen(from, to, 1)).expect_err("the record should be refused");
    errors.lines().next().unwrap().to_owned()
}

#[test]
fn a_complete_record_is_read() {
    let record = load(RECORD).unwrap_or_else(|errors| panic!("{errors}"));
    let fates: Vec<Fate> = record.changes.iter().map(|change| change.fate).collect();
    assert_eq!(fates, [Fate::Same, Fate::Changed, Fate::Split, Fate::Merged, Fate::Merged, Fate::Dropped]);
    assert_eq!(record.change("A03").unwrap().into, ["X1", "X2"]);
}

#[test]
fn each_fault_of_a_record_names_its_place_and_what_to_write() {
    let faults = [
        fault("fate: same", "fate: equal"),
        fault("- {code: A09, fate", "- {code: A04, fate"),
        fault("{code: A01, fate: same, into: [A01]", "{code: A1, fate: same, into: [A01]"),
        fault("into: [X1, X2]", "into: [X1, X4]"),
        fault("into: [X1, X2]", "into: [X1]"),
        fault("into: []", "into: [X1]"),
        fault("scores: note}\n- {code: B01", "scores: compare}\n- {code: B01"),
        fault("duties: drop", "duties: carry"),
        fault("added: [C07]", "added: [C07, X1]"),
        fault("added: [C07]", ""),
        fault("version: 2", "version: 1"),
        fault("fate: changed, into: [A02], why: weighs more", "fate: same, into: [A02]"),
        fault("fate: changed, into: [A02], why: weighs more", "fate: changed, into: [A02]"),
        fault(
            "fate: merged, into: [X3], why: one heading, duties: carry, evidence: carry, scores: note}\n- {code: B01",
            "fate: changed, into: [X3], why: x, duties: carry, evidence: carry, scores: note}\n- {code: B01",
        ),
    ];
    insta::assert_snapshot!(faults.join("\n"), @r###"
    migration.yaml:5:21: A01: `equal` is not a word for `fate`; write one of same, changed, split, merged, dropped
    migration.yaml:9:10: A04: old code `A04` is used twice; give each old code its own name
    migration.yaml:5:10: A1: the old standard has no indicator `A1`; name one of its codes
    migration.yaml:7:39: A03: the new standard has no indicator `X4`; name one of its codes
    migration.yaml:7:34: A03: `split` with 1 new codes; give two or more new codes, or another fate
    migration.yaml:10:36: B01: `dropped` with 1 new codes; give no new code: `into: []`, or another fate
    migration.yaml:9:99: A09: `scores: compare` does not go with `fate: merged`; write `scores: note`
    migration.yaml:10:70: B01: `duties: carry` does not go with `fate: dropped`; write `duties: drop`
    migration.yaml:11:14: X1 is listed as added, but A03 leads to it; remove it from `added`
    migration.yaml:5:3: nothing leads to the new indicator C07; name C07 under `into` of an old code, or list it under `added`
    migration.yaml:3:12: the version migrated from is 1, but 2 is needed; write 2, or correct the other place
    migration.yaml:6:21: A02: `same`, but these fields alter points: points; write `changed` with the reason
    migration.yaml:6:3: A02: the key `why` is missing; add `why: ...`
    migration.yaml:9:37: A09: `changed` into X3, which another old code leads to as well; write `merged` for each of them
    "###);
}

#[test]
fn without_the_old_pack_the_new_codes_are_checked_all_the_same() {
    let (_, new) = versions();
    let read = |text: &str| Migration::load("migration.yaml", text, None, &new);
    assert!(read(RECORD).is_ok());
    let errors = read(&RECORD.replace("added: [C07]", "")).unwrap_err().to_string();
    assert!(errors.contains("nothing leads to the new indicator C07"), "{errors}");
}

#[test]
fn a_text_that_is_no_record_is_refused_and_not_half_read() {
    for text in ["", "[]", "from: 1", "changes: {}", "from: {id: a, version: 1}\nchanges: []\nmore: 1", "a: &b 1"] {
        assert!(load(text).is_err(), "{text}");
    }
}

fn campaign() -> Campaign {
    let duty = |id: &str, code: &str, unit: &str, lead| Duty {
        id: id.into(),
        code: code.into(),
        unit: unit.into(),
        person: None,
        lead,
    };
    let paper = |id: &str, code: &str, kind: &str| Evidence {
        id: id.into(),
        code: code.into(),
        unit: "C1".into(),
        kind: Some(kind.into()),
    };
    let score = |code: &str| Score { code: code.into(), unit: "D".into(), as_of: day(), points: Some(exact("1")) };
    Campaign {
        duties: vec![
            duty("d1", "A01", "tjj", true),
            duty("d2", "A01", "fgj", false),
            duty("d3", "A02", "czj", true),
            duty("d4", "A03", "tjj", true),
            duty("d5", "A04", "ldj", true),
            duty("d6", "A09", "hbj", true),
            duty("d7", "B01", "mzj", true),
            duty("d8", "Z9", "mzj", true),
        ],
        evidence: vec![
            paper("e1", "A01", "统计公报"),
            paper("e2", "A01", "照片"),
            paper("e3", "A02", "统计公报"),
            paper("e4", "B01", "文件"),
        ],
        scores: vec![score("A01"), score("A02"), score("A03"), score("B01")],
    }
}

#[test]
fn the_dry_run_says_what_happens_to_every_record_and_what_a_person_decides() {
    let (old, new) = versions();
    let plan = plan(&old, &new, &load(RECORD).unwrap(), &campaign());
    let mut lines = Vec::new();
    for step in &plan.duties {
        lines.push(format!("duty {} {} {:?}", step.duty.id, step.fate.word(), step.into));
    }
    for step in &plan.evidence {
        lines.push(format!("paper {} {} {:?}", step.evidence.id, step.fate.word(), step.into));
    }
    for step in &plan.scores {
        lines.push(format!("score {} {} {:?}", step.score.code, step.fate.word(), step.into));
    }
    for decision in &plan.decisions {
        lines.push(format!("decide {} {} {:?}", decision.kind.word(), decision.code, decision.items));
    }
    insta::assert_snapshot!(lines.join("\n"), @r###"
    duty d1 carry ["A01"]
    duty d2 carry ["A01"]
    duty d3 carry ["A02"]
    duty d4 ask ["X1", "X2"]
    duty d5 carry ["X3"]
    duty d6 carry ["X3"]
    duty d7 drop []
    paper e1 carry ["A01"]
    paper e2 carry ["A01"]
    paper e3 recheck ["A02"]
    paper e4 drop []
    score A01 compare ["A01"]
    score A02 note ["A02"]
    score A03 none []
    score B01 none []
    decide unknown_code Z9 ["d8"]
    decide ask_duties A03 ["d4"]
    decide several_leads X3 ["hbj", "ldj"]
    decide no_lead C07 ["mzj"]
    decide no_lead X1 ["tjj"]
    decide no_lead X2 ["tjj"]
    decide recheck_evidence A02 ["e3"]
    decide evidence_not_asked A01 ["e2"]
    "###);
    assert_eq!((plan.counts.unknown, plan.counts.added, plan.counts.decisions), (1, 1, plan.decisions.len()));
    let json = serde_json::to_string(&plan).unwrap();
    assert_eq!(serde_json::from_str::<hejian_scoring::pack::migrate::MigrationPlan>(&json).unwrap(), plan);
}

#[test]
fn nothing_under_a_known_code_is_lost_or_doubled_by_a_plan() {
    let (old, new) = versions();
    let (campaign, record) = (campaign(), load(RECORD).unwrap());
    let plan = plan(&old, &new, &record, &campaign);
    assert_eq!(plan.duties.len() + plan.counts.unknown, campaign.duties.len());
    assert_eq!((plan.evidence.len(), plan.scores.len()), (campaign.evidence.len(), campaign.scores.len()));
}

#[test]
fn a_draft_from_two_packs_passes_the_checks_of_a_record() {
    let (old, new) = versions();
    let draft = suggest(&old, &new);
    let text = draft.write();
    let read =
        Migration::load("migration.yaml", &text, Some(&old), &new).unwrap_or_else(|errors| panic!("{errors}\n{text}"));
    assert_eq!(read, draft);
}
