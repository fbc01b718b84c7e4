//! The text of a file as offices write it. The rule that matters: an encoding is told from the bytes, and where they contradict
//! each other the place is named, because a wrongly guessed encoding turns names into others without a word.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::fault::TableFault;

/// A fault of the text and its 1-based line.
pub(super) type Fault = Box<(u64, TableFault)>;

/// The text without its mark, and the name of the encoding where it is not UTF-8.
///
/// # Errors
/// The 1-based line and what is wrong there.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Option<&'static str>), Fault> {
    // Zip archives (xlsx) and OLE files (xls).
    if bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"\xD0\xCF\x11\xE0") {
        return Err(fault(1, TableFault::Workbook));
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes).filter(|(encoding, _)| *encoding != UTF_8) {
        let text = strict(encoding, &bytes[mark..]).ok_or_else(|| fault(1, TableFault::NotText))?;
        return Ok((text, Some(encoding.name())));
    }
    let marked = bytes.starts_with(b"\xEF\xBB\xBF");
    match std::str::from_utf8(bytes) {
        // Two programs may each have put a mark.
        Ok(text) => Ok((Cow::Borrowed(text.trim_start_matches('\u{feff}')), None)),
        Err(error) if marked => Err(fault(line_at(bytes, error.valid_up_to()), TableFault::NotText)),
        Err(_) => gb18030(bytes).map(|text| (text, Some("GB18030"))),
    }
}

/// No byte of a character of several bytes is a line end in GB18030, so each line can be judged by itself.
fn gb18030(bytes: &[u8]) -> Result<Cow<'_, str>, Fault> {
    let (mut utf8_line, mut gb_line) = (None, None);
    for (n, line) in (1..).zip(bytes.split(|byte| *byte == b'\n')) {
        if line.is_ascii() {
            continue;
        }
        // Two-byte characters of both encodings look alike; text of three-byte characters is UTF-8 or a very odd word.
        match std::str::from_utf8(line) {
            Ok(text) if text.chars().any(|c| c >= '\u{800}') => utf8_line = utf8_line.or(Some(n)),
            _ if strict(GB18030, line).is_some() => gb_line = gb_line.or(Some(n)),
            _ => return Err(fault(n, TableFault::NotText)),
        }
    }
    if let (Some(utf8_line), Some(gb_line)) = (utf8_line, gb_line) {
        return Err(fault(utf8_line.max(gb_line), TableFault::MixedEncodings { utf8_line, gb_line }));
    }
    strict(GB18030, bytes).ok_or_else(|| fault(1, TableFault::NotText))
}

fn fault(line: u64, fault: TableFault) -> Fault {
    Box::new((line, fault))
}

fn strict<'b>(encoding: &'static Encoding, bytes: &'b [u8]) -> Option<Cow<'b, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

/// The 1-based line of a byte.
fn line_at(bytes: &[u8], at: usize) -> u64 {
    1 + bytes[..at].iter().filter(|byte| **byte == b'\n').count() as u64
}
