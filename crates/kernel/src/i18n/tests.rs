use std::collections::{BTreeMap, BTreeSet};

use chrono::{NaiveDate, TimeZone, Utc};
use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};

use super::format::*;
use super::*;

/// Keys of a language with the variables each uses, read from the files themselves.
fn keys_and_variables(lang: Lang) -> BTreeMap<String, BTreeSet<String>> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../locales").join(lang.tag());
    let mut out = BTreeMap::new();
    for entry in std::fs::read_dir(&folder).expect("the folder of the language") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|e| e != "ftl") {
            continue;
        }
        let text = std::fs::read_to_string(&path).expect("a readable file");
        let resource = fluent_syntax::parser::parse(text).unwrap_or_else(|(_, e)| panic!("{}: {e:?}", path.display()));
        for entry in resource.body {
            if let Entry::Message(message) = entry {
                let mut variables = BTreeSet::new();
                message.value.iter().for_each(|p| pattern(p, &mut variables));
                message.attributes.iter().for_each(|a| pattern(&a.value, &mut variables));
                let before = out.insert(message.id.name.clone(), variables);
                assert!(before.is_none(), "{} is defined twice in {}", message.id.name, folder.display());
            }
        }
    }
    out
}

fn pattern(p: &Pattern<String>, out: &mut BTreeSet<String>) {
    for element in &p.elements {
        if let PatternElement::Placeable { expression } = element {
            match expression {
                Expression::Inline(inline) => inline_expression(inline, out),
                Expression::Select { selector, variants } => {
                    inline_expression(selector, out);
                    variants.iter().for_each(|v| pattern(&v.value, out));
                }
            }
        }
    }
}

fn inline_expression(e: &InlineExpression<String>, out: &mut BTreeSet<String>) {
    match e {
        InlineExpression::VariableReference { id } => {
            out.insert(id.name.clone());
        }
        InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
            positional.iter().for_each(|a| inline_expression(a, out));
        }
        InlineExpression::Placeable { expression } => {
            if let Expression::Inline(inner) = expression.as_ref() {
                inline_expression(inner, out);
            }
        }
        _ => {}
    }
}

#[test]
fn both_languages_have_the_same_keys_with_the_same_variables() {
    let (zh, en) = (keys_and_variables(Lang::ZhCn), keys_and_variables(Lang::En));
    assert!(!zh.is_empty());
    let names = |m: &BTreeMap<String, BTreeSet<String>>| m.keys().cloned().collect::<BTreeSet<_>>();
    let lonely: Vec<_> = names(&zh).symmetric_difference(&names(&en)).cloned().collect();
    assert!(lonely.is_empty(), "only one language has {lonely:?}");
    for (key, variables) in &zh {
        assert_eq!(variables, &en[key], "variables of {key} differ between the languages");
    }
}

#[test]
fn every_message_of_the_files_is_in_the_binary_and_no_text_is_empty() {
    for lang in Lang::ALL {
        for (key, variables) in keys_and_variables(lang) {
            let args: Vec<(&str, Value<'_>)> = variables.iter().map(|v| (v.as_str(), Value::from(2))).collect();
            let text = ta(lang, &key, &args);
            assert_ne!(text, format!("[{key}]"), "{} {key}", lang.tag());
            assert!(!text.trim().is_empty(), "{} {key}", lang.tag());
        }
    }
}

#[test]
fn a_missing_key_is_shown_in_brackets_and_counted() {
    let before = misses();
    assert_eq!(t(Lang::En, "no-such-key"), "[no-such-key]");
    assert_eq!(ta(Lang::ZhCn, "due-left", &[]), "[due-left]");
    assert!(misses() >= before + 2);
    assert_eq!(missing(Lang::ZhCn, ["lamp-red", "no-such-key"]), ["no-such-key"]);
}

#[test]
fn every_rule_of_every_colour_scheme_and_every_standing_has_a_word() {
    use hejian_workdays::{Scheme, Standing};
    for lang in Lang::ALL {
        let rules = Scheme::ALL.iter().flat_map(|scheme| scheme.rules);
        assert_eq!(missing(lang, rules.map(|rule| rule.key)), Vec::<String>::new(), "{}", lang.tag());
        assert!(!t(lang, Standing::Today.key()).starts_with('['));
        for standing in [Standing::Left(3), Standing::Over(3)] {
            let text = ta(lang, standing.key(), &[("n", standing.signed().abs().into())]);
            assert!(text.contains('3'), "{text}");
        }
    }
}

#[test]
fn variables_are_written_without_isolation_marks() {
    assert_eq!(ta(Lang::ZhCn, "due-left", &[("n", 3.into())]), "剩 3 个工作日");
    assert_eq!(ta(Lang::En, "due-left", &[("n", 1.into())]), "1 working day left");
}

#[test]
fn language_tags_are_read_as_browsers_write_them() {
    assert_eq!(Lang::parse("zh-Hans-CN"), Some(Lang::ZhCn));
    assert_eq!(Lang::parse("EN_gb"), Some(Lang::En));
    assert_eq!(Lang::parse("fr"), None);
    assert_eq!(Lang::from_accept("fr-FR,en;q=0.8,zh;q=0.5"), Lang::En);
    assert_eq!(Lang::from_accept(""), Lang::ZhCn);
    for lang in Lang::ALL {
        assert_eq!(Lang::parse(lang.tag()), Some(lang));
        assert_eq!(lang.other().other(), lang);
    }
}

#[test]
fn figures_have_separators_and_the_minus_sign() {
    assert_eq!(int(0), "0");
    assert_eq!(int(-4913), "−4,913");
    assert_eq!(int(1_234_567), "1,234,567");
    assert_eq!(decimal(4590, 1), "459.0");
    assert_eq!(decimal(-5, 2), "−0.05");
    assert_eq!(decimal(i64::MIN, 2), "−92,233,720,368,547,758.08");
    assert_eq!(signed(272, 1), "+27.2");
    assert_eq!(signed(-302, 1), "−30.2");
    assert_eq!(signed(0, 1), "0.0");
    assert_eq!(input(-296_400, 1), "-29640.0");
}

#[test]
fn money_is_written_in_yuan_and_in_ten_thousands() {
    assert_eq!(yuan(15_000_000), "150,000.00");
    assert_eq!(wan(31_200_000, 2), "31.20");
    assert_eq!(wan(31_204_999, 2), "31.20");
    assert_eq!(wan(31_205_000, 2), "31.21");
    assert_eq!(wan(-31_205_000, 2), "−31.21");
    assert_eq!(wan(i64::MAX, 6), "9,223,372,036,854.775807");
}

#[test]
fn a_share_is_rounded_half_away_from_zero_and_has_no_value_without_a_denominator() {
    assert_eq!(percent(39, 51, 1), "76.5%");
    assert_eq!(percent(39, 51, 2), "76.47%");
    assert_eq!(percent(1, 8, 0), "13%");
    assert_eq!(percent(-1, 8, 0), "−13%");
    assert_eq!(percent(0, 51, 1), "0.0%");
    assert_eq!(percent(1, 0, 1), DASH);
}

#[test]
fn days_and_times_are_those_of_shanghai() {
    let day = NaiveDate::from_ymd_opt(2009, 6, 22).expect("a day");
    let late = Utc.with_ymd_and_hms(2009, 6, 21, 23, 30, 0).single().expect("a moment");
    assert_eq!(day_of(late), day);
    assert_eq!(moment(late), "2009-06-22 07:30");
    assert_eq!(moment_near(late, day), "07:30");
    assert_eq!(moment_near(late, day.succ_opt().expect("a day")), "06-22 07:30");
    assert_eq!(clock(late), "07:30");
    assert_eq!(date_near(day, NaiveDate::from_ymd_opt(2009, 1, 1).expect("a day")), "06-22");
    assert_eq!(date_near(day, NaiveDate::from_ymd_opt(2010, 1, 1).expect("a day")), "2009-06-22");
    assert_eq!(date_long(Lang::ZhCn, day), "2009 年 6 月 22 日　星期一");
    assert_eq!(date_long(Lang::En, day), "Monday, 22 June 2009");
}

#[test]
fn deadlines_none_and_not_assessed_have_their_words() {
    assert_eq!(due(Lang::ZhCn, 3), "剩 3 个工作日");
    assert_eq!(due(Lang::ZhCn, 0), "今日到期");
    assert_eq!(due(Lang::ZhCn, -1), "逾期 1 个工作日");
    assert_eq!(or_dash(None::<String>), "—");
    assert_eq!(not_assessed(Lang::ZhCn), "未评");
    assert_eq!(bytes(512), "512 B");
    assert_eq!(bytes(1_258_291), "1.2 MB");
    assert_eq!(bytes(u64::MAX), "16777216.0 TB");
}
