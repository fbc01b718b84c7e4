//! The choice words of the pack in Chinese, as drop-downs show them. A word without a line here is shown as it is, so that a
//! new one works before it has a name; either form is read.

use crate::pack::schema;

const LABELS: &[(&str, &str)] = &[
    ("draft", "草稿"),
    ("published", "已公布"),
    ("basic", "基本"),
    ("bonus", "加分"),
    ("veto", "否决"),
    ("reference", "参考"),
    ("district", "区"),
    ("subdistrict", "街道"),
    ("community", "社区"),
    ("department", "部门"),
    ("any", "各级"),
    ("city", "市"),
    ("province", "省"),
    ("district_value", "区级值"),
    ("ratio_of_sums", "合计之比"),
    ("share_of_units", "达标单位比例"),
    ("mean", "平均"),
    ("weighted_mean", "加权平均"),
    ("sum", "合计"),
    ("min", "最低"),
    ("weighted_survey", "加权抽样"),
    ("year", "年"),
    ("half", "半年"),
    ("quarter", "季"),
    ("month", "月"),
    ("term", "届"),
    ("state", "时点"),
    ("flow", "期内累计"),
    ("trailing_12m", "截至期末十二个月"),
    ("value", "数值"),
    ("count", "计数"),
    ("ratio", "比率"),
    ("condition-set", "逐单位判断"),
    ("at_least", "越大越好"),
    ("at_most", "越小越好"),
    ("zero", "总分为零"),
    ("block", "不得申报"),
    ("cap", "总分封顶"),
    ("material_review", "查阅资料"),
    ("site_visit", "实地查看"),
    ("questionnaire", "问卷"),
    ("statistics", "统计"),
    ("interview", "访谈"),
    ("hearing", "听取汇报"),
    ("original", "原件"),
    ("copy", "复印件"),
    ("same", "不变"),
    ("changed", "修改"),
    ("split", "拆分"),
    ("merged", "合并"),
    ("dropped", "取消"),
    ("carry", "沿用"),
    ("ask", "请牵头单位确认"),
    ("recheck", "重新核对"),
    ("drop", "不再"),
    ("compare", "可比"),
    ("note", "可比但须注明"),
    ("none", "不可比"),
];

/// The name of a word of a list; the word itself where it has none.
pub(crate) fn label<'w>(among: &[&str], word: &'w str) -> &'w str {
    if among.iter().all(|word| schema::rule(word).is_some()) {
        return schema::rule(word).map_or(word, |object| object.zh);
    }
    LABELS.iter().find(|(known, _)| *known == word).map_or(word, |(_, label)| label)
}

/// The words of a list as errors show them: `区 (district)`.
pub(crate) fn shown(among: &[String]) -> Vec<String> {
    let list: Vec<&str> = among.iter().map(String::as_str).collect();
    let show = |word: &String| match label(&list, word) {
        label if label == word => word.clone(),
        label => format!("{label} ({word})"),
    };
    among.iter().map(show).collect()
}

/// The word of a list that a cell names, by itself or by its name.
pub(crate) fn of_label(among: &'static [&'static str], shown: &str) -> Option<&'static str> {
    let half = super::text::halfwidth(shown);
    among.iter().copied().find(|word| half.eq_ignore_ascii_case(word) || label(among, word) == shown)
}

/// How a yes or no is shown.
pub(crate) fn yes_no(text: &str) -> &str {
    match text {
        "true" => "是",
        "false" => "否",
        text => text,
    }
}

/// A yes or no as people write it.
pub(crate) fn of_yes_no(shown: &str) -> Option<&'static str> {
    match shown.to_lowercase().as_str() {
        "是" | "有" | "对" | "√" | "✓" | "y" | "yes" | "true" | "1" => Some("true"),
        "否" | "无" | "不是" | "×" | "✗" | "n" | "no" | "false" | "0" => Some("false"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pack::schema::{FILES, Kind, Object};

    fn lists(object: &'static Object, seen: &mut Vec<*const Object>, out: &mut Vec<&'static [&'static str]>) {
        if seen.contains(&std::ptr::from_ref(object)) {
            return;
        }
        seen.push(object);
        for key in object.keys {
            if let Kind::Choice(words) = key.kind {
                out.push(words);
            }
            for below in key.kind.objects() {
                lists(below, seen, out);
            }
        }
    }

    #[test]
    fn every_choice_word_has_a_chinese_name_of_its_own_in_its_list() {
        let (mut seen, mut found) = (Vec::new(), Vec::new());
        for (_, object) in FILES {
            lists(object, &mut seen, &mut found);
        }
        assert!(found.len() > 20, "the schema was walked");
        for words in found {
            for word in words {
                assert_ne!(label(words, word), *word, "`{word}` has no name in Chinese");
                assert_eq!(of_label(words, label(words, word)), Some(*word), "`{word}` shares its name in {words:?}");
                assert_eq!(of_label(words, word), Some(*word));
            }
        }
    }
}
