//! Whatever is in a file or a cell: a pack or errors, never a panic, and no memory out of proportion.

use std::io::Write;

use hejian_scoring::workbook::{self, Value};
use proptest::prelude::*;

use super::{Book, district};

fn any_value() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Empty),
        any::<f64>().prop_map(Value::Number),
        any::<bool>().prop_map(Value::Yes),
        any::<f64>().prop_map(Value::Percent),
        "[-0-9/.年月日: ]{0,12}".prop_map(Value::Date),
        "[ \"=#A-D0-9否是行类定义取数、，\n\\\\.*/()<>a-z]{0,30}".prop_map(Value::Text),
        ".{0,30}".prop_map(Value::Text),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn cells_overwritten_with_anything_end_in_a_pack_or_in_errors_at_cells(
        edits in prop::collection::vec((0..9_usize, 0..60_usize, 0..40_usize, any_value()), 1..12),
    ) {
        let mut book = Book::district();
        for (sheet, line, column, value) in edits {
            let name = book.0[sheet].name.clone();
            book.put(&name, line, column, value);
        }
        if let Err(errors) = workbook::texts("book.xlsx", &book.0) {
            prop_assert!(!errors.0.is_empty());
            prop_assert!(errors.0.iter().all(|error| error.cell.is_some()));
        }
    }

    #[test]
    fn bytes_that_are_no_workbook_are_refused(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        prop_assert!(workbook::read("book.xlsx", &bytes).is_err());
    }
}

#[test]
fn a_damaged_workbook_is_refused() {
    let bytes = workbook::write(&district()).unwrap();
    for at in [0, 30, bytes.len() / 3, bytes.len() - 30] {
        assert!(workbook::read("book.xlsx", &bytes[..at]).is_err(), "cut at {at}");
        let mut bad = bytes.clone();
        bad[at..at + 20].fill(0xff);
        assert!(workbook::read("book.xlsx", &bad).is_err(), "overwritten at {at}");
    }
}

#[test]
fn a_small_file_that_unpacks_to_a_huge_one_is_refused() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    archive.start_file("xl/workbook.xml", zip::write::SimpleFileOptions::default()).unwrap();
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..80 {
        archive.write_all(&zeros).unwrap();
    }
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 1 << 20);
    let errors = workbook::read("book.xlsx", &bytes).unwrap_err();
    assert!(errors.to_string().contains("larger than a pack may be"), "{errors}");
}

#[test]
fn a_cell_beyond_any_pack_is_refused_without_room_for_what_lies_between() {
    let mut book = Book::district();
    book.put("材料", 60_000, 0, Value::text("x"));
    let bytes = workbook::xlsx_of_sheets(&book.0).unwrap();
    let errors = workbook::read("book.xlsx", &bytes).unwrap_err();
    assert!(errors.to_string().contains("reaches further than a pack may"), "{errors}");
}
