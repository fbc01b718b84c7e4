//! What a file would unpack to, before anything is kept of it.

use std::io::{Cursor, Read, sink};

/// The largest workbook, in bytes.
pub(super) const MAX_BYTES: usize = 16 * 1024 * 1024;
/// The most it may unpack to, in bytes.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;
/// The most parts it may have.
const MAX_PARTS: usize = 1000;

/// Whether the file is an archive that unpacks to a bearable size. The sizes it names are not believed: every part is unpacked
/// into nothing and counted.
pub(super) fn bearable(bytes: &[u8]) -> Result<(), &'static str> {
    const NOT: &str = "the file is not an Excel workbook (.xlsx)";
    const LARGE: &str = "the workbook is larger than a pack may be";
    if bytes.len() > MAX_BYTES {
        return Err(LARGE);
    }
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| NOT)?;
    if archive.len() > MAX_PARTS {
        return Err(LARGE);
    }
    let mut left = MAX_UNPACKED;
    for index in 0..archive.len() {
        let part = archive.by_index(index).map_err(|_| NOT)?;
        let read = std::io::copy(&mut part.take(left + 1), &mut sink()).map_err(|_| NOT)?;
        left = left.checked_sub(read).ok_or(LARGE)?;
    }
    Ok(())
}
