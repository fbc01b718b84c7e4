//! Records as a CSV file: UTF-8 with a mark, so that spreadsheets read it; safe to open; what is imported again changes nothing.

use axum::{
    http::header,
    response::{IntoResponse as _, Response},
};

use super::{acts, filter, units::Units, words::Words};
use crate::{
    clock::local_day,
    error::{Error, Result},
    register::{FieldKind, Record, RegisterDef, list, list::ListQuery},
    ui::query::Query,
    web::{Ctx, percent},
};

/// What a spreadsheet would take for a formula.
const FORMULA: [char; 6] = ['=', '+', '-', '@', '\t', '\r'];

/// A cell that no spreadsheet runs: one that begins like a formula gets an apostrophe, unless it is a number.
#[must_use]
pub(super) fn guard(text: &str) -> String {
    let plain = text.trim_start_matches('\'');
    let number = FieldKind::Decimal(9).parse(text).is_ok();
    if plain.starts_with(FORMULA) && !(number && plain == text) { format!("'{text}") } else { text.to_owned() }
}

/// The text before [`guard`].
#[must_use]
pub(super) fn unguard(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.trim_start_matches('\'').starts_with(FORMULA) => rest,
        _ => text,
    }
}

/// A file of rows, UTF-8 with a mark.
#[derive(Debug)]
pub(super) struct Sheet(csv::Writer<Vec<u8>>);

impl Sheet {
    /// An empty one.
    pub fn new(delimiter: u8) -> Self {
        let begin = "\u{feff}".as_bytes().to_vec();
        Self(
            csv::WriterBuilder::new()
                .flexible(true)
                .delimiter(delimiter)
                .terminator(csv::Terminator::CRLF)
                .from_writer(begin),
        )
    }

    /// Adds a row as it is.
    pub fn row(&mut self, cells: &[String]) -> Result<()> {
        self.0.write_record(cells).map_err(|e| Error::Internal(e.to_string()))
    }

    /// The bytes.
    pub fn bytes(self) -> Result<Vec<u8>> {
        self.0.into_inner().map_err(|e| Error::Internal(e.to_string()))
    }
}

/// A file to save under a name.
pub(super) fn download(name: &str, bytes: Vec<u8>) -> Response {
    let name = percent(name).replace('/', "%2F");
    let headers = [
        (header::CONTENT_TYPE, "text/csv; charset=utf-8".to_owned()),
        (header::CONTENT_DISPOSITION, format!("attachment; filename*=UTF-8''{name}")),
    ];
    (headers, bytes).into_response()
}

/// The head: unit, fields, then what only tells the record again.
pub(super) fn head(w: &Words) -> Vec<String> {
    let mut head = vec![w.t("register-field-unit")];
    head.extend(w.def.fields.iter().map(|f| w.field_with_measure(f)));
    if w.def.lifecycle.is_some() {
        head.push(w.t("register-field-state"));
    }
    head.push(w.t("register-field-version"));
    head.push(w.t("register-field-id"));
    head
}

/// A record as a row under [`head`].
pub(super) fn row(w: &Words, units: &Units, record: &Record) -> Vec<String> {
    let mut row = vec![guard(&units.name(record.meta.unit))];
    row.extend(w.def.fields.iter().zip(&record.values).map(|(f, v)| guard(&w.plain(f, v))));
    if w.def.lifecycle.is_some() {
        row.push(guard(&acts::state_word(w, &record.meta.state)));
    }
    row.push(record.meta.version.to_string());
    row.push(record.meta.id.to_string());
    row
}

/// `GET /registers/{key}.csv`: every record of the filter.
pub(super) async fn export(def: &'static RegisterDef, ctx: Ctx) -> Result<Response> {
    let w = Words { lang: ctx.lang, def };
    let seen = ctx.actor.scoped(def.permissions.read, ())?;
    // One look for all pages: the file is one state of the register.
    let mut read = ctx.read().await?;
    let units = Units::load(&mut read.tx, def, &seen).await?;
    let asked = filter::read(def, &units, &Query::parse(&ctx.place));
    let mut sheet = Sheet::new(b',');
    sheet.row(&head(&w))?;
    let mut page = 1;
    loop {
        let query = ListQuery { page, size: 500, ..asked.clone() };
        let found = list::list(&mut read.tx, &read.keys, def, &seen.with(query)).await?;
        for record in found.records.iter().filter(|_| found.page == page) {
            sheet.row(&row(&w, &units, record))?;
        }
        if i64::from(page) * 500 >= found.total {
            break;
        }
        page += 1;
    }
    Ok(download(&format!("{} {}.csv", w.title(), local_day(read.now)), sheet.bytes()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_cell_that_looks_like_a_formula_is_disarmed_and_a_number_is_not() {
        assert_eq!(guard("=HYPERLINK(\"x\")"), "'=HYPERLINK(\"x\")");
        assert_eq!(guard("@SUM(A1)"), "'@SUM(A1)");
        assert_eq!(guard("-5.20"), "-5.20");
        assert_eq!(guard("-5+cmd|' /C calc'!A0"), "'-5+cmd|' /C calc'!A0");
        assert_eq!(guard("军民村"), "军民村");
    }

    proptest! {
        #[test]
        fn a_disarmed_cell_reads_back_as_it_was(text in "['=+@\t-]{0,3}.{0,12}") {
            let safe = guard(&text);
            prop_assert_eq!(unguard(&safe), text.as_str());
            let number = FieldKind::Decimal(9).parse(&safe).is_ok();
            prop_assert!(number || !safe.starts_with(FORMULA), "{:?}", safe);
        }
    }
}
