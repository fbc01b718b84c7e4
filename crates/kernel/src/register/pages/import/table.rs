//! A file as a table: encoding and delimiter found out, every row with its line.

use crate::{
    error::{Error, Message, Result},
    register::pages::encoding,
};

/// The most rows a file may have.
pub(super) const ROWS: usize = 5000;

/// The rows of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Table {
    /// The name of the encoding found.
    pub encoding: &'static str,
    /// The delimiter found.
    pub delimiter: u8,
    /// The first row.
    pub head: Vec<String>,
    /// All others with their line in the file, blank ones left out.
    pub rows: Vec<(u64, Vec<String>)>,
}

impl Table {
    /// Reads a file.
    ///
    /// # Errors
    /// [`Error::Bad`] with the remedy: another encoding, no rows, too many of them.
    pub fn read(bytes: &[u8]) -> Result<Self> {
        let bad = |key: &str| Error::Bad(Message::new(key));
        if bytes.starts_with(b"PK\x03\x04") {
            return Err(bad("import-is-workbook"));
        }
        let (text, encoding) = encoding::decode(bytes).ok_or_else(|| bad("import-encoding"))?;
        // One kind of line end: the reader counts lines by it.
        let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
        let first = text.lines().next().unwrap_or_default();
        let count = |c: char| first.matches(c).count();
        let delimiter = if count('\t') > count(',') { b'\t' } else { b',' };
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(delimiter)
            .from_reader(text.as_bytes());
        let mut all = Vec::new();
        for record in reader.records() {
            let record = record.map_err(|e| {
                let line = e.position().map_or(0, csv::Position::line);
                Error::Bad(Message::new("import-broken-row").arg("line", line))
            })?;
            let line = record.position().map_or(0, csv::Position::line);
            let cells: Vec<String> = record.iter().map(ToOwned::to_owned).collect();
            if cells.iter().any(|c| !c.trim().is_empty()) {
                all.push((line, cells));
            }
            if all.len() > ROWS + 1 {
                return Err(Error::Bad(Message::new("import-too-many-rows").arg("max", ROWS)));
            }
        }
        let mut rows = all.into_iter();
        let Some((_, head)) = rows.next() else { return Err(bad("import-no-rows")) };
        let rows: Vec<_> = rows.collect();
        if rows.is_empty() { Err(bad("import-no-rows")) } else { Ok(Self { encoding, delimiter, head, rows }) }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn files_of_every_usual_kind_are_read_alike() {
        let text = "单位,面积\r\n军民村社区,459.0\r\n";
        let gb = encoding_rs::GB18030.encode(text).0.into_owned();
        let marked = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
        let tabs = text.replace(',', "\t").into_bytes();
        for (bytes, encoding) in
            [(text.as_bytes().to_vec(), "UTF-8"), (marked, "UTF-8"), (gb, "GB18030"), (tabs, "UTF-8")]
        {
            let table = Table::read(&bytes).expect("reads");
            assert_eq!(table.head, ["单位", "面积"]);
            assert_eq!(table.rows, [(2, vec!["军民村社区".to_owned(), "459.0".to_owned()])]);
            assert_eq!(table.encoding, encoding);
        }
    }

    #[test]
    fn what_is_no_table_is_refused_with_a_remedy() {
        let key = |bytes: &[u8]| Table::read(bytes).map_err(|e| e.message().key).err();
        assert_eq!(key(b"PK\x03\x04xlsx").as_deref(), Some("import-is-workbook"));
        assert_eq!(key(b"").as_deref(), Some("import-no-rows"));
        assert_eq!(key("单位,面积\n".as_bytes()).as_deref(), Some("import-no-rows"));
        assert_eq!(key(b"\xFF\xFF\xFF").as_deref(), Some("import-encoding"));
    }

    proptest! {
        #[test]
        fn no_file_can_bring_the_reader_down(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = Table::read(&bytes);
        }
    }
}
