//! The user's own file with what is wrong with it, beside its rows.
//!
//! The rule that matters: the file comes back as it was sent, formats and all, with one column more. Only where it is written in a
//! way that nothing can be put beside its rows does its text come back in a sheet of our own.

use std::collections::BTreeMap;

use axum::{extract::Path, response::Response};
use hejian_kernel::{
    error::{Error, Result},
    i18n::message,
    web::Ctx,
};
use hejian_scoring::workbook::{Beside, Sheet, Style, Value, xlsx_of_sheets, xlsx_with_words};

use super::{
    here::Here,
    import_plan::ImportPlan,
    sheet_pages::{file, planned},
};

/// `GET /duty/import/{sha256}/faults`
pub(super) async fn marked(Path(sha256): Path<String>, ctx: Ctx) -> Result<Response> {
    let here = Here::open(&ctx).await?;
    let (bytes, mut sheets, plan) = planned(&ctx, &here, &sha256).await?;
    let beside = beside(&here, &plan);
    let bytes = match xlsx_with_words(&bytes, &beside) {
        Ok(bytes) => bytes,
        Err(_) => {
            for (at, beside) in &beside {
                laid(&mut sheets[*at], beside);
            }
            xlsx_of_sheets(&sheets).map_err(|error| Error::Internal(error.to_string()))?
        }
    };
    file(&format!("{}-{}", here.t("import-error"), here.query.get("name").unwrap_or("任务分解表.xlsx")), bytes)
}

/// What stands beside which row: a head, and under it every fault of a row.
fn beside(here: &Here, plan: &ImportPlan) -> BTreeMap<usize, Beside> {
    let mut all: BTreeMap<usize, Beside> = BTreeMap::new();
    for (sheet, head) in &plan.heads {
        let words = BTreeMap::from([(*head, here.t("import-error"))]);
        all.insert(*sheet, Beside { head: *head, words });
    }
    for fault in &plan.faults {
        let Some(of) = all.get_mut(&fault.sheet) else { continue };
        let words = of.words.entry(fault.row).or_default();
        if !words.is_empty() {
            words.push('\n');
        }
        words.push_str(&message(here.lang, &fault.says));
    }
    all
}

/// The sheet's text with the words in a column of their own.
fn laid(sheet: &mut Sheet, beside: &Beside) {
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
    sheet.look.widths = vec![18.0; width];
    sheet.look.widths.push(60.0);
    for (row, words) in &beside.words {
        let cells = &mut sheet.rows[*row];
        cells.resize(width, Value::Empty);
        cells.push(Value::text(words));
    }
    sheet.look.rows = vec![Vec::new(); beside.head];
    sheet.look.rows.push(vec![Some(Style::Heading); width + 1]);
    sheet.look.frozen = (beside.head + 1, 1);
}
