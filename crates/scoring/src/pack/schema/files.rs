//! The four files and what is not an indicator or a measure: the document, areas, the migration record, the tests.

use super::Kind::{Choice, Date, LongText, Map, Number, Object, Objects, Period, Text, Texts, Whole};
use super::{INDICATOR, MEASURE, object};
use crate::pack::{DutiesFate, EvidenceFate, Fate, Level, ScoresFate, State};

object! {
    /// standard.yaml.
    STANDARD_FILE = "standard.yaml", "标准", "the standard: areas, indicators, points, rules";
    need standard: Object(&STANDARD), "说明", "document", "标准文件和整体约定", "the document and what holds for all of it";
    need areas: Objects(&AREA), "领域", "areas", "一级指标，按原文顺序", "first-level headings in their order";
    need indicators: Objects(&INDICATOR), "指标", "indicators", "逐项指标，每项一条评分规则", "the indicators, each with one rule";
}

object! {
    /// The document and what holds for all of it.
    STANDARD = "standard", "说明", "the document and what holds for all of it";
    need id: Text, "标准编号", "id", "标准的固定编号，版本变了也不变", "never changes; the version does";
    need version: Whole, "版本", "version", "公布后再改，版本加一", "raised by one for any change after publication";
    may state: Choice(State::WORDS), "状态", "state", "draft 草稿，published 已公布（不得再改）", "published freezes the content of this version; absent means draft";
    need name_zh: Text, "名称", "title", "标准全称", "title";
    may document_no: Text, "文号", "document number", "发文字号", "number of the issuing document";
    may issued: Text, "印发时间", "issued", "已知到哪一级写到哪一级", "when, as far as known";
    may status: Text, "文本性质", "status", "不是原文的要在这里写明", "what kind of text this is; a reconstruction says so";
    may what_is_found: LongText, "有出处的部分", "found", "哪些内容有出处", "what comes from sources";
    may what_is_inferred: LongText, "推定的部分", "inferred", "哪些内容是推定的", "what was inferred";
    may notes: Texts, "注意", "notes", "使用者必须知道的，一行一条", "what a reader must know, a line each";
    need total_points: Number, "总分", "total points", "各基本指标分值之和", "points of all basic indicators together";
    or["0"] bonus_points: Number, "加分上限", "bonus points", "加分指标合计最多加多少", "most that bonus indicators together may add";
    may pass_mark: Object(&MARKED_NUMBER), "达标分", "pass mark", "可以申报的最低总分", "total from which the title may be applied for";
    may award_cycle_years: Whole, "评选周期（年）", "award cycle", "两次命名之间的年数", "years between two rounds of naming";
    may validity: Object(&MARKED_TEXT), "有效期", "validity", "称号的有效期", "how long the title stands";
    may scoring_defaults: Map, "评分约定", "conventions", "评分约定，名称和文字", "the scoring conventions in words";
}

object! {
    /// A number with its mark.
    MARKED_NUMBER = "marked number", "数值和依据", "a number with its mark";
    need value: Number, "数值", "value", "数值", "the number";
    need confidence: Text, "依据", "mark", "found 有出处，inferred 推定，synthetic 自拟", "found, inferred or synthetic";
}

object! {
    /// A text with its mark.
    MARKED_TEXT = "marked text", "文字和依据", "a text with its mark";
    need value: Text, "内容", "value", "内容", "the text";
    need confidence: Text, "依据", "mark", "found 有出处，inferred 推定，synthetic 自拟", "found, inferred or synthetic";
}

object! {
    /// A first-level heading.
    AREA = "area", "领域", "a first-level heading";
    need code: Text, "编号", "code", "如 A", "short code such as A";
    need name_zh: Text, "名称", "heading", "一级指标名称", "heading";
    need name_en: Text, "英文名称", "heading in English", "英文名称", "heading in English";
    need indicators: Whole, "指标数", "indicators", "本领域指标数，含加分、否决和参考", "how many indicators it has, of every kind";
    need points: Number, "分值", "points", "本领域基本指标分值之和", "points of its basic indicators together";
}

object! {
    /// measures.yaml.
    MEASURES_FILE = "measures.yaml", "口径", "every measure the standard reads, once";
    need measures: Objects(&MEASURE), "口径", "measures", "按编号排列", "sorted by id";
}

object! {
    /// migration.yaml.
    MIGRATION_FILE = "migration.yaml", "沿革", "what became of every indicator of an earlier version";
    need from: Object(&MIGRATION_FROM), "来自", "from", "沿革从哪个标准的哪一版开始", "the version this one follows";
    need changes: Objects(&CHANGE), "变化", "changes", "旧版每个编号恰好一条", "every old code exactly once";
    may added: Texts, "新增", "added", "旧版没有的新编号", "new codes that no old one led to";
}

object! {
    /// The version a migration starts from.
    MIGRATION_FROM = "from", "来自", "the version a migration starts from";
    need id: Text, "标准编号", "id", "旧版的标准编号", "id of the old pack";
    need version: Whole, "版本", "version", "旧版的版本", "version of the old pack";
}

object! {
    /// What became of one old indicator.
    CHANGE = "change", "变化", "what became of one old indicator";
    need code: Text, "旧编号", "old code", "旧版指标编号", "code in the old version";
    need fate: Choice(Fate::WORDS), "去向", "fate", "same 不变，changed 修改，split 拆分，merged 合并，dropped 取消", "what became of it";
    may into: Texts, "新编号", "new codes", "变成了哪些新编号；取消的不填", "codes in this version; none when dropped";
    may why: LongText, "理由", "why", "为什么改", "why";
    need duties: Choice(DutiesFate::WORDS), "责任", "duties", "carry 沿用，ask 请牵头单位确认，drop 不再", "what happens to assigned duties";
    need evidence: Choice(EvidenceFate::WORDS), "材料", "evidence", "carry 沿用，recheck 重新核对，drop 不再", "what happens to evidence on file";
    need scores: Choice(ScoresFate::WORDS), "得分", "scores", "compare 可比，note 可比但须注明，none 不可比", "whether old and new scores may be compared";
}

object! {
    /// tests.yaml.
    TESTS_FILE = "tests.yaml", "测试", "facts and the points they must give; a pack whose tests fail is refused";
    need tests: Objects(&TEST), "测试", "tests", "逐例", "one entry a case";
}

object! {
    /// One case.
    TEST = "test", "测试", "one case";
    need name: Text, "名称", "name", "一句话说明在验什么", "a sentence that says what is shown";
    need as_of: Date, "日期", "day", "按哪一天评分", "the day scored";
    need units: Objects(&TEST_UNIT), "单位", "units", "先上级后下级", "the units there are";
    may facts: Objects(&TEST_FACT), "数据", "facts", "已知的数", "what is known";
    need expect: Map, "应得", "expected", "指标编号或 total、bonus、effective、assessed，和手工算出的分值；缺数据的写 not_assessed", "indicator code, or total, bonus, effective, assessed, and the points computed by hand; not_assessed where a fact is missing";
}

object! {
    /// A unit of a case.
    TEST_UNIT = "unit", "单位", "a unit of a case";
    need id: Text, "编号", "id", "单位编号", "its id";
    need level: Choice(Level::WORDS), "级别", "level", "district 区，subdistrict 街道，community 社区", "its level";
    may parent: Text, "上级", "parent", "上级单位编号", "id of the unit above";
}

object! {
    /// A fact of a case.
    TEST_FACT = "fact", "数据", "a fact of a case";
    need unit: Text, "单位", "unit", "单位编号", "unit id";
    need period: Period, "期间", "period", "如 2009、2009-Q1、2009-05", "2009, 2009-H1, 2009-Q1, 2009-05 or term-2009-06";
    need measure: Text, "口径", "measure", "口径编号", "measure id";
    may value: Number, "值", "value", "数值；比率填分子和分母", "the figure, where the measure is no ratio";
    may numerator: Number, "分子", "numerator", "比率的分子", "of a ratio";
    may denominator: Number, "分母", "denominator", "比率的分母", "of a ratio";
}
