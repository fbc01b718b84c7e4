//! What spreadsheets and hands do to cells is read as it was meant.

use hejian_scoring::workbook::{Sheet, Value};

use super::{Book, differing, district, typed};

/// Edits, and the one line of the pack that is different then; none where the meaning is the same.
#[test]
fn a_cell_as_people_write_it_means_what_they_mean() {
    let before = district();
    let same: &[(&str, &[&str], &str, Value)] = &[
        ("指标", &["A04"], "零分值", typed("６")),
        ("指标", &["A04"], "零分值", typed(" 6 ")),
        ("指标", &["A04"], "满分值", typed("4。5")),
        ("指标", &["A04"], "满分值", Value::Number(4.5)),
        ("指标", &["A04"], "计入社区得分", Value::Yes(false)),
        ("指标", &["A04"], "计入社区得分", typed("FALSE")),
        ("指标", &["A04"], "计入社区得分", typed("×")),
        ("指标", &["A04"], "测量级别", typed("district")),
        ("指标", &["A04"], "测量级别", typed("　区 ")),
        ("指标", &["A04"], "编号", typed("Ａ０４")),
        ("指标", &["A04"], "编号", typed("A04 ")),
        ("指标", &["A01"], "评分值", typed("ｖａｌｕｅ － city_average")),
        ("职责", &["A01"], "牵头", typed("ｔｊｊ")),
        ("说明", &["印发时间"], "内容", Value::Date("2008-10".into())),
        ("说明", &["版本"], "内容", typed("2")),
    ];
    for (sheet, row, heading, value) in same {
        let mut book = Book::district();
        book.set(sheet, row, heading, value.clone());
        let (was, is) = differing(&before, &book.read());
        assert!(is.is_empty(), "{sheet} {row:?} {heading} {value:?}: {was:?} {is:?}");
    }
}

#[test]
fn three_tenths_typed_or_computed_is_three_tenths() {
    for number in [0.3, 0.1 + 0.2] {
        let mut book = Book::district();
        book.set("指标", &["A04"], "满分值", Value::Number(number));
        let (_, is) = differing(&district(), &book.read());
        assert_eq!(is.iter().map(|line| line.trim()).collect::<Vec<_>>(), ["full_at: 0.3"]);
    }
}

#[test]
fn a_decimal_no_binary_number_holds_is_kept_digit_by_digit() {
    let mut book = Book::district();
    book.set("指标", &["A04"], "满分值", typed("4.500000000000000000001"));
    let (_, is) = differing(&district(), &book.read());
    assert_eq!(is[0].trim(), "full_at: 4.500000000000000000001");
}

#[test]
fn codes_on_one_line_with_any_comma_are_several_and_sentences_stay_one() {
    let mut book = Book::district();
    book.set("指标", &["A04"], "台账", typed("series、premises，finance"));
    book.set("说明", &["注意"], "内容", typed("一句话，有逗号\n第二句"));
    let after = book.read();
    assert!(after.standard.contains("  register:\n  - series\n  - premises\n  - finance\n"));
    assert!(after.standard.contains("- 一句话，有逗号\n"));
}

#[test]
fn columns_may_be_moved_rows_left_empty_sheets_and_remarks_added() {
    let before = district();
    let mut book = Book::district();
    for sheet in book.0.iter_mut().filter(|sheet| sheet.name != "说明") {
        let width = sheet.rows[0].len() + 2;
        for row in &mut sheet.rows {
            row.resize(width, Value::Empty);
            row.reverse();
        }
        sheet.rows[0][0] = typed("备注（内部）");
        sheet.rows.insert(1, vec![typed("问过民政局")]);
        sheet.rows.insert(0, vec![typed("2009 年修订")]);
    }
    book.0.push(Sheet { name: "草稿".into(), rows: vec![vec![typed("随便写")]], ..Sheet::default() });
    book.0.rotate_left(2);
    let (was, is) = differing(&before, &book.read());
    assert_eq!(was, is);
}

#[test]
fn an_owner_left_empty_as_in_merged_cells_is_the_one_above() {
    let before = district();
    let mut book = Book::district();
    let mut emptied = 0;
    let sheet = book.sheet("检查");
    for line in (2..sheet.rows.len()).rev() {
        if sheet.rows[line][0] == sheet.rows[line - 1][0] {
            sheet.rows[line][0] = Value::Empty;
            emptied += 1;
        }
    }
    assert!(emptied > 20);
    assert_eq!(differing(&before, &book.read()), (Vec::new(), Vec::new()));
}

#[test]
fn what_the_program_made_may_be_overwritten_without_effect() {
    let before = district();
    let mut book = Book::district();
    for sheet in &mut book.0 {
        let made: Vec<usize> =
            (0..sheet.rows[0].len()).filter(|column| sheet.cell(0, *column).shown().ends_with("（自动）")).collect();
        for row in sheet.rows.iter_mut().skip(1) {
            for column in &made {
                if let Some(cell) = row.get_mut(*column) {
                    *cell = typed("#乱写");
                }
            }
        }
    }
    assert_eq!(differing(&before, &book.read()), (Vec::new(), Vec::new()));
}

#[test]
fn a_new_row_of_evidence_is_a_new_entry_of_its_indicator() {
    let mut book = Book::district();
    let (line, owner) = book.find("材料", &["A04"], "指标编号");
    let (_, paper) = book.find("材料", &["A04"], "材料");
    let (_, holder) = book.find("材料", &["A04"], "留存单位");
    let mut row = vec![Value::Empty; 8];
    (row[owner], row[paper], row[holder]) = (typed("A04"), typed("失业登记册"), typed("街道"));
    book.sheet("材料").rows.insert(line + 1, row);
    let (was, is) = differing(&district(), &book.read());
    assert_eq!((was.len(), is.len()), (0, 2));
    assert_eq!(is.iter().map(|line| line.trim()).collect::<Vec<_>>(), ["- type: 失业登记册", "holder: subdistrict"]);
}
