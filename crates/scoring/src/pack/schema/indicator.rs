//! An indicator in the table.

use super::Kind::{Choice, Condition, LongText, Map, Number, Object, Objects, Text, Texts, Variant, Whole, YesNo};
use super::{MEASURE_USE, RULES, object};
use crate::pack::{Aggregation, Attainable, Holder, IndicatorKind, Level, MethodKind, PaperForm, VetoEffect};
use crate::period::Grain;

object! {
    /// An indicator.
    INDICATOR = "indicator", "指标", "one indicator with one rule";
    need code: Text, "编号", "code", "如 D02，不变", "such as D02; it never changes";
    need area: Text, "领域", "area", "一级指标编号", "code of its area";
    need name_zh: Text, "名称", "name", "指标名称", "name";
    need name_en: Text, "英文名称", "name in English", "英文名称，词间用下划线", "name in English, as an identifier";
    or["basic"] kind: Choice(IndicatorKind::WORDS), "类别", "kind", "basic 基本，bonus 加分，veto 否决，reference 参考", "basic counts in the total, bonus beyond it, veto has no points, reference is only shown";
    need points: Number, "分值", "points", "满分；否决指标为 0", "most it can bring; 0 for a veto";
    need lead: Text, "牵头", "lead", "牵头单位的角色编号，只有一个", "role code of the one lead unit";
    may co: Texts, "配合", "support", "配合单位的角色编号", "role codes of supporting units";
    need words: LongText, "要求", "asks", "考什么", "what is asked";
    need level: Choice(Level::WORDS), "测量级别", "level", "数在哪一级取得", "where the fact of the measure is measured";
    need community_value: YesNo, "计入社区得分", "community value", "每个社区每期都有值，计入社区自己的得分", "counts in a community's own score: every community has a value every period";
    may community_value_why: LongText, "计入理由", "why it counts", "为什么计入", "why";
    or["false"] community_breakdown: YesNo, "显示社区数", "community breakdown", "只显示各社区的数，不在社区计分", "a figure per community is shown, and not scored there";
    may community_breakdown_why: LongText, "只显示的理由", "why only shown", "为什么只显示", "why";
    need measure: Object(&MEASURE_USE), "口径", "measure", "主要口径", "the main measure; the rule calls it `value`";
    need aggregation: Choice(Aggregation::WORDS), "汇总", "aggregation", "各单位的数怎样合成一个", "how the units' figures become one";
    may unit_condition: Object(&UNIT_CONDITION), "单位条件", "unit condition", "逐单位判断的条件", "condition in each unit, for a condition-set";
    may also: Objects(&ALSO), "其他值", "also", "规则要用的其他值", "further named values for the rule";
    need rule: Variant(RULES), "评分规则", "rule", "恰好一条", "exactly one";
    may rule_reason: LongText, "规则理由", "reason", "为什么这样给分", "why the rule is as it is";
    may source: LongText, "出处", "source", "文件和条款", "document and passage";
    may threshold_confidence: Text, "标准值依据", "mark of the threshold", "found 有出处，inferred 推定，synthetic 自拟", "found, inferred or synthetic";
    may rule_confidence: Text, "规则依据", "mark of the rule", "found 有出处，inferred 推定，synthetic 自拟", "found, inferred or synthetic";
    may veto: Object(&VETO), "否决", "veto", "否决对总分的影响", "what its veto does to the total";
    may methods: Objects(&METHOD), "查验方式", "methods", "怎样查验", "how it is examined";
    may evidence: Objects(&EVIDENCE), "佐证材料", "evidence", "要哪些材料", "papers that prove it";
    may checklist: Objects(&CHECK), "检查要点", "checklist", "现场检查逐条看什么", "what an inspection looks at";
    may register: Texts, "台账", "registers", "数出自哪些台账", "registers its facts come from";
    may available_in: Text, "可计算", "available in", "产品的哪一部分完成后可以计算", "part of the product after which every measure can be computed";
    may attainable_by: Choice(Attainable::WORDS), "谁能达到", "attainable by", "district 本区，city 市，province 省", "who can bring it about";
    may cadence: Choice(Grain::WORDS), "填报频率", "cadence", "多久报一次", "how often it is reported";
    may confidence: Text, "整项依据", "mark of the whole", "整项指标的依据", "mark of the indicator as a whole";
    may was: Map, "旧版", "was", "旧版原来的写法", "what an earlier version said";
}

object! {
    /// A condition in each unit.
    UNIT_CONDITION = "unit_condition", "单位条件", "a condition in each unit";
    need expr: Condition, "判断式", "expression", "如 floor_area >= 300", "such as floor_area >= 300";
    need names: Map, "名称", "names", "判断式里的名称和口径编号", "each name of the expression and its measure id, read at the unit";
}

object! {
    /// A further named value.
    ALSO = "also", "其他值", "a further named value for the rule";
    need name: Text, "名称", "name", "规则里用的名称", "its name in the rule";
    need level: Choice(Level::WORDS), "测量级别", "level", "数在哪一级取得", "where it is measured";
    need aggregation: Choice(Aggregation::WORDS), "汇总", "aggregation", "各单位的数怎样合成一个", "how the units' figures become one";
    need measure: Object(&MEASURE_USE), "口径", "measure", "口径", "the measure";
    may unit_condition: Object(&UNIT_CONDITION), "单位条件", "unit condition", "逐单位判断的条件", "condition in each unit, for a condition-set";
    or["false"] same_period: YesNo, "同期", "same period", "与主要口径取同一期", "read for one and the same period as the main value";
}

object! {
    /// What a veto does to the total.
    VETO = "veto", "否决", "what a veto does to the total";
    need effect: Choice(VetoEffect::WORDS), "影响", "effect", "zero 总分为零，block 不得申报，cap 总分封顶", "zero: total 0; block: no application; cap: at most so many points";
    may cap: Number, "封顶分", "cap", "封顶时总分最多多少", "most points of the total, for cap";
    may words: LongText, "说明", "words", "原文怎么写", "how the standard puts it";
}

object! {
    /// A way of examination.
    METHOD = "method", "查验方式", "a way of examination";
    need method: Choice(MethodKind::WORDS), "方式", "method", "查阅资料、实地查看、问卷、统计、访谈、听取汇报", "how";
    may weight: Number, "权重", "weight", "只在规则为 methods 时填，百分数", "per cent; only where the rule is methods";
}

object! {
    /// A paper that proves it.
    EVIDENCE = "evidence", "佐证材料", "a paper that proves it";
    need type: Text, "材料", "type", "什么材料", "what paper";
    may count: Whole, "份数", "count", "至少几份", "how many at least";
    may period: Choice(Grain::WORDS), "覆盖期间", "period covered", "每份覆盖多长时间", "how long each covers";
    may holder: Choice(Holder::WORDS), "留存单位", "holder", "材料在哪一级", "who keeps it";
    may form: Choice(PaperForm::WORDS), "形式", "form", "original 原件，copy 复印件", "original or copy";
}

object! {
    /// A line of the inspection checklist.
    CHECK = "check", "检查要点", "a line of the inspection checklist";
    need code: Text, "要点编号", "code", "指标编号加 c 和序号，如 D03.c1，不变", "indicator code, .c and a number: D03.c1; it never changes";
    need asks: LongText, "看什么", "asks", "检查什么", "what is looked at";
    may how: LongText, "怎么看", "how", "怎么检查", "how it is looked at";
}
