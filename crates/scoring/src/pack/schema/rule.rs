//! The forms of a rule in the table. Which form a rule has stands under its key `type`.

use super::Kind::{Choice, Condition, Formula, LongText, Number, Objects, Text, Variant, Whole};
use super::{Object, object};
use crate::pack::{MethodKind, RuleForm};

/// Every form, by its word.
pub static RULES: &[&Object] =
    &[&ALL_OR_NOTHING, &PROPORTIONAL, &TIERS, &CONDITIONS, &K_OF_N, &DEDUCT, &VETO_THEN, &VETO_RULE, &MANUAL, &METHODS];

object! {
    /// Full points from the threshold on.
    ALL_OR_NOTHING = "all_or_nothing", "达标得满分", "full points from the threshold on, otherwise none";
    need type: Choice(RuleForm::WORDS), "规则类型", "type", "all_or_nothing", "all_or_nothing";
    may of: Formula, "评分值", "scored value", "不填即为指标的值 value", "the scored value where it is not simply `value`";
    need at: Number, "达标值", "at", "达到即得满分", "full points here and beyond";
}

object! {
    /// Linear between two values.
    PROPORTIONAL = "proportional", "按比例得分", "linear between two values, capped at both ends";
    need type: Choice(RuleForm::WORDS), "规则类型", "type", "proportional", "proportional";
    may of: Formula, "评分值", "scored value", "不填即为指标的值 value", "the scored value where it is not simply `value`";
    need full_at: Number, "满分值", "full at", "达到即得满分", "full points here and beyond";
    need zero_at: Number, "零分值", "zero at", "到此不得分；与满分值的大小说明方向", "no points here and beyond; which end is higher says which way is better";
    may floor: Number, "保底分", "floor", "再低也给的分", "points given however low the value";
}

object! {
    /// The best tier reached.
    TIERS = "tiers", "分档得分", "the best tier reached; none reached is 0";
    need type: Choice(RuleForm::WORDS), "规则类型", "type", "tiers", "tiers";
    may of: Formula, "评分值", "scored value", "不填即为指标的值 value", "the scored value where it is not simply `value`";
    need tiers: Objects(&TIER), "档次", "tiers", "逐档", "the tiers";
}

object! {
    /// A tier.
    TIER = "tier", "档次", "a tier";
    need at: Number, "达到", "at", "达到这个值", "reached at this value";
    need points: Number, "得分", "points", "本档得分", "points of the tier";
}

object! {
    /// The points of every true condition.
    CONDITIONS = "conditions", "逐条得分", "the points of every true condition; one unknown means not assessed";
    need type: Choice(RuleForm::WORDS), "规则类型", "type", "conditions", "conditions";
    need each: Objects(&POINT_CONDITION), "条件", "conditions", "逐条", "the conditions";
}

object! {
    /// A condition that carries points.
    POINT_CONDITION = "condition", "条件", "a condition that carries points";
    need code: Text, "条件编号", "code", "指标编号加序号，如 D03.1，不变", "indicator code, a point and a number: D03.1; it never changes";
    need name: LongText, "内容", "name", "要求什么", "what it asks";
    need expr: Condition, "判断式", "expression", "如 value >= 80", "such as value >= 80";
    need points: Number, "得分", "points", "成立得几分", "points when true";
}

object! {
    /// Points by how many conditions are true.
    K_OF_N = "k_of_n", "满足几条得几分", "points by how many conditions are true, whichever they are";
    need type: Choice(RuleForm::WORDS), "规则类型", "type", "k_of_n", "k_of_n";
    need each: Objects(&COUNTED_CONDITION), "条件", "conditions", "逐条", "the conditions";
    need steps: Objects(&STEP), "档次", "steps", "从少到多", "from few to many";
}

object! {
    /// A condition that is counted.
    COUNTED_CONDITION = "condition", "条件", "a condition that is counted";
    need code: Text, "条件编号", "code", "指标编号加序号，如 D03.1，不变", "indicator code, a point and a number: D03.1; it never changes";
    need name: LongText, "内容", "name", "要求什么", "what it asks";
    need expr: Condition, "判断式", "expression", "如 value >= 80", "such as value >= 80";
}

object! {
    /// Points from a number of true conditions on.
    STEP = "step", "档次", "points from a number of true conditions on";
    need k: Whole, "条数", "k", "至少满足几条", "this many or more";
    need points: Number, "得分", "points", "得几分", "points then";
}

object! {
    /// Points lost for each event.
    DEDUCT = "deduct", "逐件扣分", "start less per_event for each, not below the floor";
    need type: Choice(RuleForm::WORDS), "规则类型", "type", "deduct", "deduct";
    may of: Formula, "件数", "scored value", "不填即为指标的值 value", "the number of events where it is not simply `value`";
    need start: Number, "起始分", "start", "一件没有时的得分", "points without any event";
    need per_event: Number, "每件扣", "per event", "每件扣几分", "points each event costs";
    may floor: Number, "保底分", "floor", "再多也给的分", "points left however many there are";
}

object! {
    /// A veto before another rule.
    VETO_THEN = "veto_then", "先否决后评分", "the veto true: 0 points; unknown: not assessed; otherwise the inner rule";
    need type: Choice(RuleForm::WORDS), "规则类型", "type", "veto_then", "veto_then";
    need veto: Condition, "否决条件", "veto", "成立即为零分", "no points when true";
    need then: Variant(RULES), "否则", "then", "没有否决时的规则", "what holds without it";
}

object! {
    /// A veto alone.
    VETO_RULE = "veto", "一票否决", "a veto alone, for indicators of kind veto; its effect stands under `veto` of the indicator";
    need type: Choice(RuleForm::WORDS), "规则类型", "type", "veto", "veto";
    need when: Condition, "否决条件", "when", "成立即否决", "vetoed when true";
}

object! {
    /// Points a person gives.
    MANUAL = "manual", "人工评定", "the value is the points a person gave; the record behind it holds the reasons";
    need type: Choice(RuleForm::WORDS), "规则类型", "type", "manual", "manual";
    may of: Formula, "评定分", "scored value", "不填即为指标的值 value", "the points given where they are not simply `value`";
    may step: Number, "最小单位", "step", "评分须为它的整数倍，如 0.5", "points given are multiples of it, such as 0.5";
}

object! {
    /// Several ways of examination, weighted.
    METHODS = "methods", "分方式加权", "each way of examination by a rule of its own, weighted";
    need type: Choice(RuleForm::WORDS), "规则类型", "type", "methods", "methods";
    need each: Objects(&METHOD_RULE), "方式", "methods", "权重合计 100", "weights add to 100";
}

object! {
    /// One way of examination.
    METHOD_RULE = "method", "方式", "one way of examination with its rule";
    need method: Choice(MethodKind::WORDS), "查验方式", "method", "每种一次", "each once";
    need weight: Number, "权重", "weight", "百分数", "per cent";
    need then: Variant(RULES), "规则", "rule", "满分即指标分值", "a rule that can give all the indicator's points";
}
