//! Measures in the table: an entry of measures.yaml, and how an indicator uses one.

use super::Kind::{Choice, LongText, Number, Object, Text, Texts, Whole, YesNo};
use super::object;
use crate::pack::{Direction, MeasureKind, MeasureLevel};
use crate::period::{Grain, Window};

object! {
    /// An entry of measures.yaml.
    MEASURE = "measure", "口径", "what a register tells the standard, by unit and period";
    need id: Text, "口径编号", "id", "台账.名称，不变", "register.name; it never changes";
    need kind: Choice(MeasureKind::WORDS), "类型", "kind", "value 数值，count 计数，ratio 分子和分母，condition-set 逐单位判断", "value, count, ratio (numerator and denominator) or condition-set (a condition in each unit)";
    need words: LongText, "含义", "words", "数的是什么", "what is counted or measured";
    need unit: Text, "计量单位", "unit", "如 %、个、m²", "of the value: %, m²";
    need level: Choice(MeasureLevel::WORDS), "级别", "level", "哪一级单位报数", "units of which level carry rows";
    need register: Text, "台账", "register", "数出自哪本台账", "the register that knows it";
    need period: Choice(Grain::WORDS), "期间", "period", "一行数覆盖多长时间", "grain of its rows";
    need window: Choice(Window::WORDS), "取数方式", "window", "state 时点（当期可用），flow 期内累计，trailing_12m 截至期末十二个月", "state (the running period may be read), flow, trailing_12m (closed periods only)";
    need stale_after: Whole, "过期（月）", "stale after", "期末以后几个月不再可用", "months after the end of the period until a row is too old";
    need fact: YesNo, "可填报", "fact", "true 可以填数，false 由系统计算", "whether fact rows may carry it; false means the engine makes it";
    may used_by: Texts, "用于指标", "used by", "用到它的指标编号", "codes of the indicators that use it";
    may numerator: Text, "分子", "numerator", "比率的分子口径编号", "of a ratio: measure id";
    may denominator: Text, "分母", "denominator", "比率的分母口径编号", "of a ratio: measure id";
    may scale: Number, "倍数", "scale", "百分比为 100", "of a ratio: 100 for per cent";
    may part_of_whole: YesNo, "分子不超过分母", "part of whole", "true 时分子大于分母即为错误", "of a ratio: a numerator above its denominator is an error";
}

object! {
    /// How an indicator uses a measure; it must say the same as measures.yaml.
    MEASURE_USE = "measure", "口径", "how an indicator uses a measure; it agrees with measures.yaml";
    need id: Text, "口径编号", "id", "measures.yaml 中的编号", "as in measures.yaml";
    need kind: Choice(MeasureKind::WORDS), "类型", "kind", "与 measures.yaml 一致", "as in measures.yaml";
    need words: LongText, "含义", "words", "数的是什么", "what is measured";
    may register: Text, "台账", "register", "数出自哪本台账", "the register that knows it";
    may numerator: Object(&COMPONENT), "分子", "numerator", "比率的分子", "of a ratio, or of a share of units";
    may denominator: Object(&COMPONENT), "分母", "denominator", "比率的分母", "of a ratio, or of a share of units";
    may scale: Number, "倍数", "scale", "百分比为 100", "factor of the quotient, 100 for per cent";
    may weight: Object(&COMPONENT), "权数", "weight", "加权平均和抽样调查用的权数口径", "of a unit, for weighted_mean and weighted_survey";
    may plan: Object(&COMPONENT), "抽样方案", "plan", "抽中的社区才有这个口径的数", "sampling plan of a survey: a row only for drawn units";
    may min_answers: Whole, "最少答卷", "fewest answers", "全部有效答卷的下限", "of the whole survey";
    may min_answers_per_unit: Whole, "每单位最少答卷", "fewest answers a unit", "每个抽中单位有效答卷的下限", "of each drawn unit";
    need unit: Text, "计量单位", "unit", "如 %、个、m²", "of the value";
    need direction: Choice(Direction::WORDS), "方向", "direction", "at_least 越大越好，at_most 越小越好", "which way is better for the scored value";
    need period: Choice(Grain::WORDS), "期间", "period", "与 measures.yaml 一致", "as in measures.yaml";
    need window: Choice(Window::WORDS), "取数方式", "window", "与 measures.yaml 一致", "as in measures.yaml";
    need stale_after: Whole, "过期（月）", "stale after", "与 measures.yaml 一致", "as in measures.yaml";
}

object! {
    /// A part of a measure.
    COMPONENT = "component", "组成", "a part of a measure";
    need id: Text, "口径编号", "id", "measures.yaml 中的编号", "as in measures.yaml";
    may register: Text, "台账", "register", "数出自哪本台账", "the register that knows it";
    may words: LongText, "含义", "words", "数的是什么", "what it counts";
}
