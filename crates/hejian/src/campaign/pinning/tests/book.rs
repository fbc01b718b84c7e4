//! A version as a workbook and back, as an official would do it.

use axum::http::StatusCode;
use hejian_scoring::workbook::{self, Value};

use super::Desk;

const IMPORT: &str = "/standard/packs/import";

#[tokio::test]
async fn a_version_goes_out_as_a_workbook_and_comes_back_as_a_draft_with_the_same_texts_and_words() {
    for desk in Desk::all().await {
        let version = format!("/standard/packs/{}", desk.pinned);
        let (_, page) = desk.stage.get(&desk.office, &version).await;
        assert!(page.contains(&format!("{version}/file/standard.xlsx")), "{page}");
        let (status, book) = desk.stage.bytes(&desk.office, &format!("{version}/file/standard.xlsx")).await;
        assert_eq!(status, StatusCode::OK);
        let (status, to) = desk.stage.upload(&desk.office, IMPORT, "我的标准.XLSX", &book).await;
        assert!(status == StatusCode::SEE_OTHER && to.ends_with("/edit"), "{to}");
        let draft = to.trim_end_matches("/edit");
        for file in ["standard.yaml", "measures.yaml", "migration.yaml", "tests.yaml", "words.zh-CN.tsv"] {
            let (_, before) = desk.stage.get(&desk.office, &format!("{version}/file/{file}")).await;
            let (_, after) = desk.stage.get(&desk.office, &format!("{draft}/file/{file}")).await;
            assert_eq!(after, before.replace("\n  state: published\n", "\n  state: draft\n"), "{file}");
        }
    }
}

#[tokio::test]
async fn a_workbook_with_faults_names_sheet_and_cell_and_leaves_nothing() {
    for desk in Desk::all().await {
        let (_, book) =
            desk.stage.bytes(&desk.office, &format!("/standard/packs/{}/file/standard.xlsx", desk.pinned)).await;
        let mut sheets = workbook::sheets_of_xlsx(&book).expect("a workbook");
        let sheet = sheets.iter_mut().find(|sheet| sheet.name == "指标").expect("the indicators");
        let is = |cell: &Value, text: &str| *cell == Value::Text(text.to_owned());
        let row = sheet.rows.iter_mut().find(|row| row.iter().any(|cell| is(cell, "D02"))).expect("D02");
        let points = row.iter_mut().find(|cell| **cell == Value::Number(3.0)).expect("its points");
        *points = Value::Text("三分".to_owned());
        let book = workbook::xlsx_of_sheets(&sheets).expect("written");
        let before = desk.count().await;
        let (status, page) = desk.stage.upload(&desk.office, IMPORT, "标准.xlsx", &book).await;
        assert_eq!(status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.contains("没有写入") && page.contains("指标 ") && page.contains("三分"), "{page}");
        let (status, page) = desk.stage.upload(&desk.office, IMPORT, "标准.xlsx", b"no workbook").await;
        assert!(status == StatusCode::UNPROCESSABLE_ENTITY && page.contains("没有写入"), "{page}");
        assert_eq!(desk.count().await, before);
    }
}
