//! What differs between the real pack and edited copies of it.

use hejian_scoring::Pack;
use hejian_scoring::pack::diff::{Change, Effect, EntryKind, PackDiff};
use hejian_scoring::pack::{RuleForm, diff};

use crate::support::{exact, real_pack};

/// The diff of the real pack and a copy after `edit`.
fn after(edit: impl FnOnce(&mut Pack)) -> PackDiff {
    let old = real_pack();
    let mut new = old.clone();
    edit(&mut new);
    diff(&old, &new)
}

/// One line an entry and a field.
fn shown(diff: &PackDiff) -> String {
    let mut lines = Vec::new();
    for entry in &diff.entries {
        let moved = entry.moved.map(|moved| format!(" {}>{}", moved.before, moved.after)).unwrap_or_default();
        lines.push(format!("{:?} {} {:?}{moved} alters {:?}", entry.kind, entry.code, entry.change, entry.effect));
        for field in &entry.fields {
            let shown = |value: &Option<serde_json::Value>| value.as_ref().map_or("-".into(), |v| v.to_string());
            let (before, after) = (shown(&field.before), shown(&field.after));
            lines.push(format!("  {} {before} > {after} alters {:?}", field.path, field.effect));
        }
    }
    lines.join("\n")
}

fn at<'p>(pack: &'p mut Pack, code: &str) -> &'p mut hejian_scoring::pack::Indicator {
    pack.indicators.iter_mut().find(|indicator| indicator.code == code).unwrap()
}

#[test]
fn a_pack_does_not_differ_from_itself() {
    assert!(after(|_| ()).is_empty());
}

#[test]
fn each_field_is_named_by_its_path_with_what_it_alters() {
    let diff = after(|pack| {
        let d02 = at(pack, "D02");
        d02.rule.form = RuleForm::AllOrNothing { at: exact("75") };
        d02.words = "other words".into();
        at(pack, "A01").lead = "mzj".into();
        at(pack, "A02").rule_reason = None;
    });
    insta::assert_snapshot!(shown(&diff), @r###"
    Indicator A01 Changed alters Work
      indicators.A01.lead "tjj" > "mzj" alters Work
    Indicator A02 Changed alters Words
      indicators.A02.rule_reason "full from 10 %; no growth earns nothing, a fall nothing either" > - alters Words
    Indicator D02 Changed alters Scores
      indicators.D02.rule.at - > "75" alters Scores
      indicators.D02.rule.full_at "80" > - alters Scores
      indicators.D02.rule.type "proportional" > "all_or_nothing" alters Scores
      indicators.D02.rule.zero_at "40" > - alters Scores
      indicators.D02.words "communities with usable office and service floor area of at least 300 m2 (and 20 m2 per 100 households) / communities" > "other words" alters Words
    "###);
    assert_eq!(
        (diff.summary.scores.as_slice(), diff.summary.work.as_slice(), diff.summary.words.as_slice()),
        (&["D02".to_owned()][..], &["A01".to_owned()][..], &["A02".to_owned()][..])
    );
    assert_eq!((diff.summary.changed, diff.summary.added, diff.summary.removed, diff.summary.fields), (3, 0, 0, 7));
}

#[test]
fn an_indicator_under_a_new_code_is_suggested_as_a_rename() {
    let diff = after(|pack| {
        let moved = at(pack, "C12");
        moved.code = "C99".into();
        moved.points = exact("1.5");
        pack.indicators.retain(|indicator| indicator.code != "D09");
    });
    let pairs: Vec<_> = diff.renames.iter().map(|pair| (pair.before.as_str(), pair.after.as_str())).collect();
    assert_eq!(pairs, [("C12", "C99")]);
    let change = |code| diff.entry(EntryKind::Indicator, code).map(|entry| (entry.change, entry.effect));
    assert_eq!(change("C99"), Some((Change::Added, Effect::Scores)));
    assert_eq!(change("C12"), Some((Change::Removed, Effect::Scores)));
    assert_eq!(change("D09"), Some((Change::Removed, Effect::Scores)));
}

#[test]
fn only_the_entry_that_was_carried_elsewhere_counts_as_moved() {
    let diff = after(|pack| {
        let first = pack.indicators.remove(0);
        pack.indicators.insert(3, first);
    });
    assert_eq!(shown(&diff), "Indicator A01 Moved 1>4 alters Words");
}

#[test]
fn a_diff_reads_back_from_json_and_the_way_back_swaps_before_and_after() {
    let (old, mut new) = (real_pack(), real_pack());
    at(&mut new, "B03").points = exact("1");
    new.indicators.retain(|indicator| indicator.code != "A09");
    let (there, back) = (diff(&old, &new), diff(&new, &old));
    assert_eq!(serde_json::from_str::<PackDiff>(&serde_json::to_string(&there).unwrap()).unwrap(), there);
    assert_eq!((there.summary.added, there.summary.removed), (back.summary.removed, back.summary.added));
    let field = |diff: &PackDiff| diff.entry(EntryKind::Indicator, "B03").unwrap().fields[0].clone();
    let (a, b) = (field(&there), field(&back));
    assert_eq!((a.path, a.before, a.after), (b.path, b.after, b.before));
}
