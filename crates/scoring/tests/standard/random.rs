//! A thousand packs made by chance, of every form of the format: each is read as it was written, to the byte.

use hejian_scoring::testing::{AS_OF, Dice, facts, pack, units};
use hejian_scoring::{Facts, Pack, evaluate};

#[test]
fn a_thousand_random_packs_are_written_read_and_written_to_the_same_bytes() {
    for seed in 0..1_000 {
        let made = pack(&mut Dice::new(seed));
        let written = made.write();
        let read = Pack::from_texts(&written).unwrap_or_else(|errors| panic!("seed {seed}: {errors}"));
        assert_eq!(read, made, "seed {seed}");
        assert_eq!(read.write(), written, "seed {seed}");
    }
}

#[test]
fn random_packs_use_every_form_kind_aggregation_and_effect() {
    let mut seen = std::collections::BTreeSet::new();
    for seed in 0..200 {
        for indicator in pack(&mut Dice::new(seed)).indicators {
            seen.insert(indicator.rule.form.word());
            seen.insert(indicator.kind.word());
            seen.insert(indicator.aggregation.word());
            seen.extend(indicator.veto.map(|veto| veto.effect.word()));
        }
    }
    use hejian_scoring::pack::{Aggregation, IndicatorKind, RuleForm, VetoEffect};
    for words in [RuleForm::WORDS, IndicatorKind::WORDS, Aggregation::WORDS, VetoEffect::WORDS] {
        assert!(words.iter().all(|word| seen.contains(word)), "{words:?} not all in {seen:?}");
    }
}

#[test]
fn random_facts_are_sound_and_bring_both_points_and_gaps() {
    let (mut assessed, mut open) = (0, 0);
    for seed in 0..200 {
        let mut dice = Dice::new(seed);
        let pack = pack(&mut dice);
        let units = units(&mut dice, 4);
        let rows = facts(&mut dice, &pack, &units);
        let checked = Facts::strict(&pack, &units, rows).unwrap_or_else(|errors| panic!("seed {seed}: {errors:?}"));
        let scores = evaluate(&pack, &checked, &units, AS_OF);
        let points = scores.indicators.iter().filter(|score| score.outcome.points().is_some()).count();
        assessed += points;
        open += scores.indicators.len() - points;
    }
    assert!(assessed > 200 && open > 200, "{assessed} assessed, {open} not");
}
