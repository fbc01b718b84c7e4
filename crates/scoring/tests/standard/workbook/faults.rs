//! What cannot be read is named with sheet and cell, what is wrong, and what to write.

use hejian_scoring::workbook::Value;

use super::{Book, typed};

/// The one error of an edit.
fn one(sheet: &str, row: &[&str], heading: &str, value: Value) -> (String, Vec<String>) {
    let mut book = Book::district();
    let cell = book.set(sheet, row, heading, value);
    (cell, book.errors())
}

#[test]
fn a_fault_stands_at_the_cell_that_must_be_changed() {
    let edits: &[(&str, &[&str], &str, Value, &str)] = &[
        ("指标", &["A04"], "零分值", typed("六"), "a decimal number"),
        ("指标", &["A04"], "零分值", Value::Empty, "`zero_at` is missing"),
        ("指标", &["A04"], "零分值", Value::Percent(0.06), "`6%`"),
        ("指标", &["A04"], "零分值", Value::Fault("#REF!".into()), "#REF!"),
        ("指标", &["A04"], "名称", Value::Fault("#NAME?".into()), "#NAME?"),
        ("指标", &["A04"], "名称", Value::Empty, "`name_zh` is missing"),
        ("指标", &["A04"], "测量级别", typed("县"), "区 (district)"),
        ("指标", &["A04"], "计入社区得分", typed("也许"), "true or false"),
        ("指标", &["A04"], "规则类型", typed("按比例"), "按比例得分 (proportional)"),
        ("指标", &["A04"], "起始分", Value::Number(1.0), "means nothing for this row"),
        ("指标", &["A01"], "评分值", typed("value - "), "expression"),
        ("指标", &["A01"], "评分值", typed("value - average"), "not bound"),
        ("指标", &["A04"], "领域", typed("Z"), "`Z` does not exist"),
        ("评分", &["A04", "取数"], "口径编号", typed("series.unknown"), "does not exist"),
        ("评分", &["A04", "取数"], "行类", typed("取值"), "取数"),
        ("材料", &["A04"], "指标编号", typed("A99"), "`A99` does not exist"),
        ("材料", &["A04"], "份数", typed("两份"), "whole number"),
        ("说明", &["总分"], "内容", Value::Number(99.0), "100"),
        ("说明", &["版本"], "内容", Value::Number(1.5), "whole number"),
    ];
    for (sheet, row, heading, value, says) in edits {
        let (cell, errors) = one(sheet, row, heading, value.clone());
        let place = format!("book.xlsx: {cell}: ");
        let found = errors.iter().any(|error| error.starts_with(&place) && error.contains(says));
        assert!(found, "{place}{says}: {errors:#?}");
        assert!(errors.len() <= 3, "{cell}: {errors:#?}");
    }
}

#[test]
fn a_missing_sheet_a_missing_row_and_a_strange_heading_are_named() {
    let mut book = Book::district();
    book.sheet("评分").name = "评分表".into();
    assert!(
        book.errors()[0].contains("sheet `评分` does not exist; write `评分表`")
            || book.errors().iter().any(|e| e.contains("sheet `评分` does not exist"))
    );

    let mut book = Book::district();
    let (line, _) = book.find("职责", &["A04"], "牵头");
    book.sheet("职责").rows.remove(line);
    let errors = book.errors();
    assert!(errors.iter().any(|error| error.contains("A04 has no row `职责`")), "{errors:#?}");

    let mut book = Book::district();
    let (_, column) = book.find("指标", &["A04"], "零分值");
    let cell = book.put("指标", 0, column, typed("零分"));
    let errors = book.errors();
    assert!(
        errors
            .contains(&format!("book.xlsx: {cell}: the key `零分` is unknown here; write `零分值`, or remove the key")),
        "{errors:#?}"
    );
}

#[test]
fn a_code_used_twice_and_a_row_that_does_not_go_with_the_rule_are_named() {
    let mut book = Book::district();
    let (line, _) = book.find("指标", &["A04"], "编号");
    let row = book.sheet("指标").rows[line].clone();
    book.sheet("指标").rows.push(row);
    let last = book.sheet("指标").rows.len();
    let errors = book.errors();
    assert!(
        errors.iter().any(|error| error.contains(&format!("指标!A{last}: A04: indicator `A04` is used twice"))),
        "{errors:#?}"
    );

    let mut book = Book::district();
    let mut row = book.sheet("条件").rows[1].clone();
    row[0] = typed("A04");
    book.sheet("条件").rows.push(row);
    let errors = book.errors();
    assert!(errors.iter().any(|error| error.contains("does not go with the rule of A04")), "{errors:#?}");
}

#[test]
fn a_rule_the_packs_own_tests_contradict_is_refused_at_the_expected_points() {
    let mut book = Book::tested();
    let cell = book.set("测试", &["1", "应得", "D02"], "应得", Value::Number(2.5));
    let errors = book.errors();
    assert_eq!(errors.len(), 1, "{errors:#?}");
    assert!(errors[0].starts_with(&format!("book.xlsx: {cell}: ")), "{errors:#?}");
    assert!(errors[0].contains("expects 2.5 for D02, and 3 comes out"), "{errors:#?}");
}
