//! Files to workbook to files: the same bytes. One cell changed: one value changed.

use hejian_scoring::workbook::{self, Value};

use super::{Book, canonical, differing, district, typed};
use crate::support::folder;

/// Every pack that is shipped.
fn shipped() -> Vec<String> {
    let standards = format!("{}/../../standards", env!("CARGO_MANIFEST_DIR"));
    let folders = std::fs::read_dir(standards).unwrap().map(|entry| entry.unwrap().path());
    let mut names: Vec<String> = folders
        .filter(|path| path.join("standard.yaml").exists())
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .collect();
    names.sort();
    names
}

#[test]
fn every_shipped_pack_goes_to_a_workbook_and_back_byte_by_byte() {
    assert!(shipped().contains(&"cn-mca-2008-142-district".to_owned()));
    for name in shipped() {
        let texts = folder(&name);
        let bytes = workbook::write(&texts).unwrap_or_else(|errors| panic!("{errors}"));
        let back = workbook::read("book.xlsx", &bytes).unwrap_or_else(|errors| panic!("{errors}"));
        assert_eq!(back.standard, texts.standard, "{name}");
        assert_eq!(back.measures, texts.measures, "{name}");
        assert_eq!((back.migration, back.tests), (texts.migration, texts.tests), "{name}");
    }
}

#[test]
fn the_same_pack_gives_the_same_workbook_byte_by_byte() {
    assert_eq!(workbook::write(&district()).unwrap(), workbook::write(&district()).unwrap());
}

#[test]
fn one_changed_cell_changes_its_own_line_and_no_other() {
    let before = district();
    let edits: &[(&str, &[&str], &str, Value, &str)] = &[
        ("指标", &["C26"], "名称", typed("改了的名称"), "name_zh: 改了的名称"),
        ("指标", &["A04"], "零分值", Value::Number(6.3), "zero_at: 6.3"),
        ("指标", &["A04"], "规则理由", typed("新的理由"), "rule_reason: 新的理由"),
        ("指标", &["A04"], "填报频率", typed("年"), "cadence: year"),
        ("职责", &["A04"], "牵头", typed("czj"), "lead: czj"),
        ("职责", &["A04"], "配合1", typed("czj"), "- czj"),
        ("材料", &["A04"], "材料", typed("就业月报"), "- type: 就业月报"),
        ("检查", &["A04", "查验方式"], "方式", typed("问卷"), "- method: questionnaire"),
        ("说明", &["文号"], "内容", typed("民发〔2009〕1号"), "document_no: 民发〔2009〕1号"),
        ("说明", &["round_points"], "评分约定", typed("once"), "round_points: once"),
    ];
    for (sheet, row, heading, value, expected) in edits {
        let mut book = Book::district();
        book.set(sheet, row, heading, value.clone());
        let (was, is) = differing(&before, &book.read());
        assert_eq!((was.len(), is.len()), (1, 1), "{sheet} {row:?} {heading}: {was:?} {is:?}");
        assert_eq!(is[0].trim(), *expected, "{was:?}");
    }
}

#[test]
fn any_long_text_can_be_changed_and_only_its_line_changes() {
    let before = district();
    let book = Book::district();
    let mut changed = 0;
    for (at, sheet) in book.0.iter().enumerate().filter(|(_, sheet)| sheet.name != "说明") {
        let headings = ["要求", "规则理由", "名称", "内容", "看什么", "怎么看", "理由"];
        let columns =
            (0..sheet.rows[0].len()).filter(|column| headings.contains(&sheet.cell(0, *column).shown().as_str()));
        for column in columns {
            // A few rows of every column: each reads the whole pack.
            for line in (1..sheet.rows.len()).filter(|line| !sheet.cell(*line, column).is_empty()).step_by(17) {
                let mut edited = book.clone();
                edited.0[at].rows[line][column] = typed("一段改过的、只在这里的话");
                let Ok(after) = workbook::texts("book.xlsx", &edited.0) else { continue };
                let (was, is) = differing(&before, &after);
                assert_eq!((was.len(), is.len()), (1, 1), "{}!{line}: {was:?} {is:?}", sheet.name);
                changed += 1;
            }
        }
    }
    assert!(changed > 10, "{changed} cells were tried");
}

#[test]
fn texts_no_cell_would_keep_come_back_as_they_were() {
    let mut pack = hejian_scoring::Pack::from_texts(&district()).unwrap();
    let odd = [
        " a",
        "a ",
        "a\tb",
        "a\r\nb",
        "\u{7}",
        "_x0041_",
        "ＡＢ１",
        "\"quoted\"",
        "'",
        "=1+1",
        "+1",
        "@a",
        "007",
        "1e5",
        "true",
        "是",
        "\u{feff}a",
        "a\u{a0}",
        "a\u{2028}b",
        "\\n",
        "a,b",
        "a、b",
        "a\nb",
        "#REF!",
        "■ 领域",
        "1/2",
        "2009-06",
    ];
    pack.standard.notes = odd.iter().map(|text| (*text).to_owned()).collect();
    pack.standard.scoring_defaults = odd.iter().map(|text| (format!("k {text}"), (*text).to_owned())).collect();
    for (indicator, text) in pack.indicators.iter_mut().zip(odd) {
        indicator.source = Some(text.to_owned());
        indicator.confidence = Some(text.to_owned());
        indicator.register = vec![text.to_owned(), "b".to_owned()];
        indicator.was = [(text.to_owned(), text.to_owned())].into();
    }
    let texts = canonical(&pack.write());
    let bytes = workbook::write(&texts).unwrap_or_else(|errors| panic!("{errors}"));
    let back = workbook::read("book.xlsx", &bytes).unwrap_or_else(|errors| panic!("{errors}"));
    let (was, is) = differing(&texts, &back);
    assert_eq!(was, is);
}

#[test]
fn a_text_longer_than_a_cell_is_refused_before_anything_is_written() {
    let mut pack = hejian_scoring::Pack::from_texts(&district()).unwrap();
    pack.standard.status = Some("长".repeat(40_000));
    let errors = workbook::write(&pack.write()).unwrap_err();
    assert!(errors.to_string().contains("does not fit into a cell"), "{errors}");
}
