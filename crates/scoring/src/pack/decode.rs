//! From tree to types: one function per kind of entry. Every field is read before the first `?`, so that one run reports
//! every fault of an entry.

use super::error::Problem;
use super::reader::{Faults, Mapping};
use super::rule::{PointCondition, Rule, RuleForm, Tier};
use super::tree::Node;
use super::{
    Also, Area, Component, Indicator, Marked, Measure, MeasureKind, MeasureUse, RatioOf, RatioUse, Standard,
    UnitCondition,
};

pub(super) fn standard(node: &Node, faults: &mut Faults) -> Option<Standard> {
    let map = Mapping::new(node, "standard", faults)?;
    let (id, name_zh) = (map.text("id", faults), map.text("name_zh", faults));
    let (total_points, version) = (map.number("total_points", faults), map.whole("version", faults));
    let document_no = map.text_or_none("document_no", faults);
    let issued = map.text_or_none("issued", faults);
    let status = map.text_or_none("status", faults);
    let what_is_found = map.text_or_none("what_is_found", faults);
    let what_is_inferred = map.text_or_none("what_is_inferred", faults);
    let pass_mark = map.optional("pass_mark").and_then(|node| marked(node, "pass_mark", faults, Mapping::number));
    let award_cycle_years = map.whole_or_none("award_cycle_years", faults);
    let validity = map.optional("validity").and_then(|node| marked(node, "validity", faults, Mapping::text));
    let scoring_defaults = map.dictionary("scoring_defaults", faults);
    map.finish(faults);
    Some(Standard {
        id: id?,
        name_zh: name_zh?,
        document_no,
        issued,
        status,
        what_is_found,
        what_is_inferred,
        total_points: total_points?,
        pass_mark,
        award_cycle_years,
        validity,
        version: version?,
        scoring_defaults,
    })
}

fn marked<'n, T>(
    node: &'n Node,
    name: &str,
    faults: &mut Faults,
    read: impl FnOnce(&Mapping<'n>, &'static str, &mut Faults) -> Option<T>,
) -> Option<Marked<T>> {
    let map = Mapping::new(node, name, faults)?;
    let (value, confidence) = (read(&map, "value", faults), map.text("confidence", faults));
    map.finish(faults);
    Some(Marked { value: value?, confidence: confidence? })
}

pub(super) fn area(node: &Node, faults: &mut Faults) -> Option<Area> {
    let map = Mapping::new(node, "area", faults)?;
    let (code, points) = (map.text("code", faults), map.number("points", faults));
    let (name_zh, name_en) = (map.text("name_zh", faults), map.text("name_en", faults));
    let indicators = map.whole("indicators", faults);
    map.finish(faults);
    Some(Area { code: code?, name_zh: name_zh?, name_en: name_en?, indicators: indicators? as usize, points: points? })
}

pub(super) fn measure(node: &Node, faults: &mut Faults) -> Option<Measure> {
    let map = Mapping::new(node, "measure", faults)?;
    let id = map.text("id", faults);
    faults.subject.clone_from(&id);
    let (kind, words, unit) = (map.word("kind", faults), map.text("words", faults), map.text("unit", faults));
    let (level, register) = (map.word("level", faults), map.text("register", faults));
    let (period, window) = (map.word("period", faults), map.word("window", faults));
    let (stale_after, fact) = (map.whole("stale_after", faults), map.truth("fact", faults));
    let used_by = map.texts("used_by", faults);
    let ratio = if kind == Some(MeasureKind::Ratio) {
        let (numerator, denominator) = (map.text("numerator", faults), map.text("denominator", faults));
        let (scale, part_of_whole) = (map.number("scale", faults), map.truth("part_of_whole", faults));
        let of = || {
            Some(RatioOf {
                numerator: numerator?,
                denominator: denominator?,
                scale: scale?,
                part_of_whole: part_of_whole?,
            })
        };
        Some(of()?)
    } else {
        None
    };
    map.finish(faults);
    Some(Measure {
        id: id?,
        kind: kind?,
        words: words?,
        unit: unit?,
        level: level?,
        register: register?,
        period: period?,
        window: window?,
        stale_after: stale_after?,
        fact: fact?,
        used_by,
        ratio,
    })
}

pub(super) fn indicator(node: &Node, faults: &mut Faults) -> Option<Indicator> {
    let map = Mapping::new(node, "indicator", faults)?;
    let code = map.text("code", faults);
    faults.subject.clone_from(&code);
    let (area, points) = (map.text("area", faults), map.number("points", faults));
    let (name_zh, name_en) = (map.text("name_zh", faults), map.text("name_en", faults));
    let (lead, co) = (map.text("lead", faults), map.texts("co", faults));
    let (words, level) = (map.text("words", faults), map.word("level", faults));
    let community_value = map.truth("community_value", faults);
    let community_value_why = map.text_or_none("community_value_why", faults);
    let community_breakdown = map.truth_or("community_breakdown", false, faults);
    let community_breakdown_why = map.text_or_none("community_breakdown_why", faults);
    let measure = map.required("measure", faults).and_then(|node| measure_use(node, faults));
    let aggregation = map.word("aggregation", faults);
    let unit_condition = map.optional("unit_condition").map(|node| unit_condition(node, faults));
    let also: Vec<Option<Also>> = map.list("also", faults).iter().map(|node| self::also(node, faults)).collect();
    let rule = map.required("rule", faults).and_then(|node| rule(node, faults, true));
    let rule_reason = map.text_or_none("rule_reason", faults);
    let threshold_confidence = map.text_or_none("threshold_confidence", faults);
    let rule_confidence = map.text_or_none("rule_confidence", faults);
    let register = map.texts("register", faults);
    let available_in = map.text_or_none("available_in", faults);
    let attainable_by = map.word_or_none("attainable_by", faults);
    let (evidence, methods) = (map.texts("evidence", faults), map.texts("methods", faults));
    let cadence = map.text_or_none("cadence", faults);
    let veto = map.truth_or("veto", false, faults);
    let veto_effect = map.text_or_none("veto_effect", faults);
    let confidence = map.text_or_none("confidence", faults);
    let was = map.dictionary("was", faults);
    map.finish(faults);
    Some(Indicator {
        code: code?,
        area: area?,
        name_zh: name_zh?,
        name_en: name_en?,
        points: points?,
        lead: lead?,
        co,
        words: words?,
        level: level?,
        community_value: community_value?,
        community_value_why,
        community_breakdown: community_breakdown?,
        community_breakdown_why,
        measure: measure?,
        aggregation: aggregation?,
        // A condition that could not be read makes the indicator unreadable; an absent one is fine.
        unit_condition: unit_condition.map_or(Some(None), |read| read.map(Some))?,
        also: also.into_iter().collect::<Option<_>>()?,
        rule: rule?,
        rule_reason,
        threshold_confidence,
        rule_confidence,
        register,
        available_in,
        attainable_by,
        evidence,
        methods,
        cadence,
        veto: veto?,
        veto_effect,
        confidence,
        was,
    })
}

fn also(node: &Node, faults: &mut Faults) -> Option<Also> {
    let map = Mapping::new(node, "also", faults)?;
    let (name, level) = (map.text("name", faults), map.word("level", faults));
    let aggregation = map.word("aggregation", faults);
    let measure = map.required("measure", faults).and_then(|node| measure_use(node, faults));
    let unit_condition = map.optional("unit_condition").map(|node| unit_condition(node, faults));
    let same_period = map.truth_or("same_period", false, faults);
    map.finish(faults);
    Some(Also {
        name: name?,
        level: level?,
        aggregation: aggregation?,
        measure: measure?,
        unit_condition: unit_condition.map_or(Some(None), |read| read.map(Some))?,
        same_period: same_period?,
    })
}

fn measure_use(node: &Node, faults: &mut Faults) -> Option<MeasureUse> {
    let map = Mapping::new(node, "measure", faults)?;
    let (id, kind) = (map.text("id", faults), map.word("kind", faults));
    let (words, unit) = (map.text("words", faults), map.text("unit", faults));
    let register = map.text_or_none("register", faults);
    let direction = map.word("direction", faults);
    let (period, window) = (map.word("period", faults), map.word("window", faults));
    let stale_after = map.whole("stale_after", faults);
    let share = kind == Some(MeasureKind::ConditionSet) && map.optional("numerator").is_some();
    let ratio = if kind == Some(MeasureKind::Ratio) || share {
        let numerator = map.required("numerator", faults).and_then(|node| component(node, "numerator", faults));
        let denominator = map.required("denominator", faults).and_then(|node| component(node, "denominator", faults));
        let scale = map.number("scale", faults);
        Some((|| Some(RatioUse { numerator: numerator?, denominator: denominator?, scale: scale? }))())
    } else {
        None
    };
    let weight = map.optional("weight").map(|node| component(node, "weight", faults));
    let plan = map.optional("plan").map(|node| component(node, "plan", faults));
    let min_answers = map.whole_or_none("min_answers", faults);
    let min_answers_per_unit = map.whole_or_none("min_answers_per_unit", faults);
    map.finish(faults);
    Some(MeasureUse {
        id: id?,
        kind: kind?,
        words: words?,
        register,
        unit: unit?,
        direction: direction?,
        period: period?,
        window: window?,
        stale_after: stale_after?,
        ratio: ratio.map_or(Some(None), |read| read.map(Some))?,
        weight: weight.map_or(Some(None), |read| read.map(Some))?,
        plan: plan.map_or(Some(None), |read| read.map(Some))?,
        min_answers,
        min_answers_per_unit,
    })
}

fn component(node: &Node, name: &str, faults: &mut Faults) -> Option<Component> {
    let map = Mapping::new(node, name, faults)?;
    let id = map.text("id", faults);
    let (register, words) = (map.text_or_none("register", faults), map.text_or_none("words", faults));
    map.finish(faults);
    Some(Component { id: id?, register, words })
}

fn unit_condition(node: &Node, faults: &mut Faults) -> Option<UnitCondition> {
    let map = Mapping::new(node, "unit_condition", faults)?;
    let (expr, names) = (map.truth_expr("expr", faults), map.dictionary("names", faults));
    map.finish(faults);
    Some(UnitCondition { expr: expr?, names })
}

fn rule(node: &Node, faults: &mut Faults, outermost: bool) -> Option<Rule> {
    let map = Mapping::new(node, "rule", faults)?;
    let (kind, of) = (map.text("type", faults), map.number_expr_or_none("of", faults));
    let form = match kind.as_deref()? {
        "all_or_nothing" => map.number("at", faults).map(|at| RuleForm::AllOrNothing { at }),
        "proportional" => {
            let (full_at, zero_at) = (map.number("full_at", faults), map.number("zero_at", faults));
            (|| Some(RuleForm::Proportional { full_at: full_at?, zero_at: zero_at? }))()
        }
        "tiers" => {
            let tiers: Vec<_> = map.list("tiers", faults).iter().map(|node| tier(node, faults)).collect();
            tiers.into_iter().collect::<Option<_>>().map(|tiers| RuleForm::Tiers { tiers })
        }
        "conditions" => {
            let each: Vec<_> = map.list("each", faults).iter().map(|node| point_condition(node, faults)).collect();
            each.into_iter().collect::<Option<_>>().map(|each| RuleForm::Conditions { each })
        }
        "deduct" => {
            let (start, per_event) = (map.number("start", faults), map.number("per_event", faults));
            (|| Some(RuleForm::Deduct { start: start?, per_event: per_event? }))()
        }
        "veto_then" if outermost => {
            let veto = map.truth_expr("veto", faults);
            let then = map.required("then", faults).and_then(|node| rule(node, faults, false));
            (|| Some(RuleForm::VetoThen { veto: veto?, then: Box::new(then?) }))()
        }
        other => {
            let words = RuleForm::WORDS.iter().filter(|word| outermost || **word != "veto_then");
            let words = words.map(|word| (*word).to_owned()).collect();
            faults.add(
                node.spot_of(&["type"]),
                Problem::UnknownWord { name: "type".into(), found: other.to_owned(), words },
            );
            return None;
        }
    };
    map.finish(faults);
    Some(Rule { of, form: form? })
}

fn tier(node: &Node, faults: &mut Faults) -> Option<Tier> {
    let map = Mapping::new(node, "tier", faults)?;
    let (at, points) = (map.number("at", faults), map.number("points", faults));
    map.finish(faults);
    Some(Tier { at: at?, points: points? })
}

fn point_condition(node: &Node, faults: &mut Faults) -> Option<PointCondition> {
    let map = Mapping::new(node, "each", faults)?;
    let (name, expr, points) = (map.text("name", faults), map.truth_expr("expr", faults), map.number("points", faults));
    map.finish(faults);
    Some(PointCondition { name: name?, expr: expr?, points: points? })
}
