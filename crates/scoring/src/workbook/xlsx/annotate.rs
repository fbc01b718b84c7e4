//! Words put beside rows of somebody's own workbook: everything else of the file stays as it is, its formats, widths and other
//! sheets included.
//!
//! The rule that matters: the file is read back before it is handed out. Unless every cell is what it was and every word is where
//! it belongs, nothing is answered but why.

use std::{
    collections::BTreeMap,
    io::{Cursor, Read as _, Write as _},
};

use zip::{ZipArchive, ZipWriter, write::SimpleFileOptions};

use super::{guard::bearable, read::read};
use crate::workbook::{
    cell::Value,
    sheet::{Sheet, column_name},
};

/// Width of the column of words, in characters.
const WIDTH: usize = 60;
/// A column further right than this is none that people see.
const LAST: usize = 500;

/// What is put beside the rows of a sheet, in the first free column: by row, from 0. The head is set like the head beside it.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Row of the heads.
    pub head: usize,
    /// Words by row.
    pub words: BTreeMap<usize, String>,
}

/// The workbook with words beside the rows of some of its sheets, by their place among the sheets that [`read`] answers.
///
/// # Errors
/// Why it cannot be done; the bytes are untouched then.
pub fn annotate(bytes: &[u8], beside: &BTreeMap<usize, Beside>) -> Result<Vec<u8>, String> {
    bearable(bytes)?;
    let before = read(bytes)?;
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| error.to_string())?;
    let paths = paths(&mut archive)?;
    let mut changed: BTreeMap<String, String> = BTreeMap::new();
    let mut wanted = before.clone();
    for (at, beside) in beside.iter().filter(|(_, beside)| !beside.words.is_empty()) {
        let sheet = before.get(*at).ok_or("the workbook has no such sheet")?;
        let path =
            paths.get(&sheet.name).ok_or_else(|| format!("the part of the sheet {} is not found", sheet.name))?;
        let xml = text(&mut archive, path)?;
        let (xml, column) = put(&xml, sheet, beside)?;
        changed.insert(path.clone(), xml);
        for (row, words) in &beside.words {
            let cells = &mut wanted[*at].rows[*row];
            cells.resize(column, Value::Empty);
            cells.push(Value::text(words));
        }
    }
    let mut out = ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let part = archive.by_index_raw(index).map_err(|error| error.to_string())?;
        let name = part.name().map_err(|error| error.to_string())?.into_owned();
        match changed.get(&name) {
            None => out.raw_copy_file(part).map_err(|error| error.to_string())?,
            Some(xml) => {
                out.start_file(name, SimpleFileOptions::default()).map_err(|error| error.to_string())?;
                out.write_all(xml.as_bytes()).map_err(|error| error.to_string())?;
            }
        }
    }
    let done = out.finish().map_err(|error| error.to_string())?.into_inner();
    let same = |a: &Sheet, b: &Sheet| a.name == b.name && shown(a) == shown(b);
    let after = read(&done)?;
    if after.len() == wanted.len() && after.iter().zip(&wanted).all(|(a, b)| same(a, b)) {
        Ok(done)
    } else {
        Err("the workbook is written in a way that words cannot be put beside".into())
    }
}

/// The cells as they show, without empty ends.
fn shown(sheet: &Sheet) -> Vec<Vec<String>> {
    let row = |row: &Vec<Value>| {
        let mut cells: Vec<String> = row.iter().map(Value::shown).collect();
        cells.truncate(cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1));
        cells
    };
    sheet.rows.iter().map(row).collect()
}

fn text(archive: &mut ZipArchive<Cursor<&[u8]>>, path: &str) -> Result<String, String> {
    let mut text = String::new();
    let mut part = archive.by_name(path).map_err(|_| format!("the workbook has no part {path}"))?;
    part.read_to_string(&mut text).map_err(|_| format!("the part {path} is no text"))?;
    Ok(text)
}

/// The part of each sheet by the sheet's name.
fn paths(archive: &mut ZipArchive<Cursor<&[u8]>>) -> Result<BTreeMap<String, String>, String> {
    let book = text(archive, "xl/workbook.xml")?;
    let links = text(archive, "xl/_rels/workbook.xml.rels")?;
    let link = |tag: &str| Some((attribute(tag, "Id")?, attribute(tag, "Target")?));
    let targets: BTreeMap<String, String> =
        tags(&links, "Relationship").filter_map(|(at, end)| link(&links[at..end])).collect();
    let one = |tag: &str| {
        let target = targets.get(&attribute(tag, "id")?)?;
        let path = target.strip_prefix('/').map_or_else(|| format!("xl/{target}"), ToOwned::to_owned);
        Some((attribute(tag, "name")?, path))
    };
    Ok(tags(&book, "sheet").filter_map(|(at, end)| one(&book[at..end])).collect())
}

/// Where the opening tags of a name begin and end, whatever their prefix.
fn tags<'x>(xml: &'x str, name: &'x str) -> impl Iterator<Item = (usize, usize)> + 'x {
    let mut from = 0;
    std::iter::from_fn(move || {
        loop {
            let at = from + xml[from..].find('<')?;
            let end = at + xml[at..].find('>')? + 1;
            from = end;
            let inner = &xml[at + 1..end - 1];
            let full = inner.split(|c: char| c.is_whitespace() || c == '/').next().unwrap_or_default();
            if full.rsplit(':').next() == Some(name) && !inner.starts_with('/') {
                return Some((at, end));
            }
        }
    })
}

/// The value of an attribute of a tag, whatever its prefix.
fn attribute(tag: &str, name: &str) -> Option<String> {
    let mut rest = tag;
    while let Some(at) = rest.find('=') {
        let own = rest[..at].trim_end().rsplit(char::is_whitespace).next().unwrap_or_default();
        let value = rest[at + 1..].trim_start();
        let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        let end = value[1..].find(quote)? + 1;
        if own.rsplit(':').next() == Some(name) {
            let text = &value[1..end];
            let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&apos;", "'"), ("&amp;", "&")];
            return Some(plain.iter().fold(text.to_owned(), |text, (sign, is)| text.replace(sign, is)));
        }
        rest = &value[end + 1..];
    }
    None
}

fn escaped(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_control() || matches!(c, '\n' | '\t'));
    kept.collect::<String>().replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// The sheet's part with the words in the first column that is free in all of their rows, and that column.
fn put(xml: &str, sheet: &Sheet, beside: &Beside) -> Result<(String, usize), String> {
    let odd = || format!("the rows of the sheet {} cannot be told apart", sheet.name);
    // Where each row of the part begins, where its tag ends, where it ends.
    let mut rows: BTreeMap<usize, (usize, usize, usize)> = BTreeMap::new();
    let mut next = 0;
    for (at, end) in tags(xml, "row") {
        let number =
            attribute(&xml[at..end], "r").and_then(|n| n.parse::<usize>().ok()).map_or(next, |n| n.saturating_sub(1));
        next = number + 1;
        let close = if xml[..end].ends_with("/>") { end } else { end + closing(&xml[end..], "row").ok_or_else(odd)? };
        rows.insert(number, (at, end, close));
    }
    let width = sheet.rows.iter().map(Vec::len).max().unwrap_or(0);
    let mut column = width;
    for row in beside.words.keys() {
        let (_, begins, ends) = *rows.get(row).ok_or_else(odd)?;
        let last = tags(&xml[begins..ends], "c").last();
        let name = last.and_then(|(at, end)| attribute(&xml[begins + at..begins + end], "r"));
        column = column.max(name.map_or(0, |name| after(&name)));
    }
    if column > LAST {
        return Err(format!("the sheet {} is too wide", sheet.name));
    }
    let mut out = String::with_capacity(xml.len() + 200 * beside.words.len());
    let mut from = 0;
    for (row, words) in &beside.words {
        let (at, begins, ends) = rows[row];
        out.push_str(&xml[from..at]);
        let tag = &xml[at..begins];
        let prefix = tag[1..]
            .split([':', ' ', '/', '>'])
            .next()
            .filter(|_| tag[1..].contains(":row"))
            .map_or_else(String::new, |p| format!("{p}:"));
        let cell = |style: &str| {
            let name = format!("{}{}", column_name(column), row + 1);
            format!(
                "<{prefix}c r=\"{name}\"{style} t=\"inlineStr\"><{prefix}is><{prefix}t xml:space=\"preserve\">{}</{prefix}t></{prefix}is></{prefix}c>",
                escaped(words)
            )
        };
        // Only the head looks like something; a fault is plain.
        let style = tags(&xml[begins..ends], "c").last().filter(|_| *row == beside.head);
        let style = style.and_then(|(at, end)| attribute(&xml[begins + at..begins + end], "s"));
        let style =
            style.filter(|s| s.bytes().all(|b| b.is_ascii_digit())).map_or_else(String::new, |s| format!(" s=\"{s}\""));
        out.push_str(&without_spans(tag.trim_end_matches("/>")));
        if begins == ends {
            out.push_str(&format!(">{}</{prefix}row>", cell(&style)));
        } else {
            let close = xml[..ends].rfind("</").ok_or_else(odd)?;
            out.push_str(&xml[begins..close]);
            out.push_str(&cell(&style));
            out.push_str(&xml[close..ends]);
        }
        from = ends;
    }
    out.push_str(&xml[from..]);
    Ok((widened(&out, column), column))
}

/// How far a closing tag of this name ends, whatever its prefix.
fn closing(xml: &str, name: &str) -> Option<usize> {
    let mut from = 0;
    loop {
        let at = from + xml[from..].find("</")?;
        let end = at + xml[at..].find('>')? + 1;
        if xml[at + 2..end - 1].trim_end().rsplit(':').next() == Some(name) {
            return Some(end);
        }
        from = end;
    }
}

/// The column after that of a cell's name: `C7` → 3.
fn after(name: &str) -> usize {
    let letters = name.bytes().take_while(u8::is_ascii_alphabetic);
    letters.fold(0_usize, |sum, letter| sum.saturating_mul(26) + usize::from(letter.to_ascii_uppercase() - b'A' + 1))
}

/// A row's tag without the columns it says it spans: it spans one more now.
fn without_spans(tag: &str) -> String {
    let Some(at) = tag.find(" spans=\"") else { return tag.to_owned() };
    let end = tag[at + 8..].find('"').map_or(tag.len(), |end| at + 8 + end + 1);
    format!("{}{}", &tag[..at], &tag[end..])
}

/// The part with a wide column, where nothing is said of that column yet.
fn widened(xml: &str, column: usize) -> String {
    let said = |(at, end): (usize, usize)| {
        let number = |name| attribute(&xml[at..end], name).and_then(|n| n.parse::<usize>().ok()).unwrap_or(0);
        (number("min")..=number("max")).contains(&(column + 1))
    };
    let Some((at, end)) = tags(xml, "sheetData").next() else { return xml.to_owned() };
    let prefix = xml[at + 1..end].split("sheetData").next().unwrap_or_default();
    let (n, width) = (column + 1, WIDTH);
    let col = format!("<{prefix}col min=\"{n}\" max=\"{n}\" width=\"{width}\" customWidth=\"1\"/>");
    let place = xml.find(&format!("</{prefix}cols>"));
    match place {
        _ if tags(xml, "col").any(said) => xml.to_owned(),
        Some(place) => format!("{}{col}{}", &xml[..place], &xml[place..]),
        None => format!("{}<{prefix}cols>{col}</{prefix}cols>{}", &xml[..at], &xml[at..]),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workbook::{Look, Style, xlsx_of_sheets};

    fn book() -> Vec<u8> {
        let cells = |row: &[&str]| row.iter().map(|cell| Value::text(*cell)).collect::<Vec<_>>();
        let look =
            Look { widths: vec![10.0, 30.0], rows: vec![vec![], vec![Some(Style::Heading); 2]], ..Look::default() };
        let rows = vec![
            cells(&["某区任务分解表"]),
            cells(&["编号", "牵头"]),
            cells(&["A01", "甲 & 乙 <局>"]),
            cells(&["A02"]),
        ];
        let first = Sheet { name: "任务 & 分解".to_owned(), rows, look };
        let second = Sheet { name: "另一张".to_owned(), rows: vec![cells(&["不动"])], ..Sheet::default() };
        xlsx_of_sheets(&[first, second]).expect("a workbook")
    }

    fn beside(words: &[(usize, &str)]) -> BTreeMap<usize, Beside> {
        let words = words.iter().map(|(row, words)| (*row, (*words).to_owned())).collect();
        BTreeMap::from([(0, Beside { head: 1, words })])
    }

    fn part(bytes: &[u8], path: &str) -> String {
        text(&mut ZipArchive::new(Cursor::new(bytes)).expect("an archive"), path).expect("a part")
    }

    #[test]
    fn words_stand_beside_their_rows_and_everything_else_is_as_it_was() {
        let before = book();
        let after = annotate(&before, &beside(&[(1, "错误"), (3, "没有<牵头> & 期限")])).expect("annotated");
        let sheets = read(&after).expect("read");
        assert_eq!(sheets[0].rows[1][2].shown(), "错误");
        assert_eq!(sheets[0].rows[3][2].shown(), "没有<牵头> & 期限", "{:?}", sheets[0].rows);
        assert_eq!(sheets[0].rows[2].len(), 2, "a sound row has nothing more");
        assert_eq!(sheets[0].rows[2][1].shown(), "甲 & 乙 <局>");
        for same in ["xl/styles.xml", "xl/workbook.xml", "xl/worksheets/sheet2.xml"] {
            assert_eq!(part(&before, same), part(&after, same), "{same}");
        }
        let (was, is) = (part(&before, "xl/worksheets/sheet1.xml"), part(&after, "xl/worksheets/sheet1.xml"));
        let styles = |xml: &str| xml.matches(" s=\"").count();
        assert_eq!(styles(&is), styles(&was) + 1, "formats stay; the new head has that of the head beside it");
        assert_eq!(annotate(&after, &beside(&[])).expect("nothing to do").len(), after.len());
    }

    #[test]
    fn sheets_as_other_programs_write_them_are_annotated_or_refused() {
        let sheet = Sheet {
            name: "x".to_owned(),
            rows: vec![vec![Value::text("a")], vec![], vec![Value::text("b")]],
            ..Sheet::default()
        };
        let words = |row| Beside { head: 9, words: BTreeMap::from([(row, "w".to_owned())]) };
        let prefixed = "<x:worksheet><x:sheetData><x:row r=\"1\" spans=\"1:1\"><x:c r=\"A1\"/><x:c r=\"C1\" s=\"4\"/></x:row><x:row r=\"3\"/></x:sheetData></x:worksheet>";
        let (xml, column) = put(prefixed, &sheet, &words(0)).expect("put");
        assert_eq!(column, 3, "a cell with a format alone is not written over");
        assert!(
            xml.contains(
                "<x:c r=\"D1\" t=\"inlineStr\"><x:is><x:t xml:space=\"preserve\">w</x:t></x:is></x:c></x:row>"
            ),
            "{xml}"
        );
        assert!(!xml.contains("spans") && xml.contains("<x:cols><x:col min=\"4\""), "{xml}");
        let (xml, _) = put(prefixed, &sheet, &words(2)).expect("an empty row is opened");
        assert!(xml.contains("<x:row r=\"3\"><x:c r=\"B3\""), "{xml}");
        assert!(put(prefixed, &sheet, &words(1)).is_err(), "a row that is not there");
        assert!(
            put("<worksheet><sheetData><row r=\"1\"><c r=\"A1\">", &sheet, &words(0)).is_err(),
            "a row without an end"
        );
        assert!(annotate(b"no archive", &beside(&[(0, "w")])).is_err());
    }
}
