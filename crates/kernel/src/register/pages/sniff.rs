//! What a file is, by its first bytes. Its name only tells kinds apart that begin alike.
//!
//! The rule that matters: whatever a browser could run (HTML, SVG, XML) is no accepted type, and nothing but pictures is ever
//! shown inside a page.

/// How much of a file is looked at.
pub(super) const HEAD: usize = 4096;

/// The media type of an accepted file.
pub(super) fn media_type(head: &[u8], name: &str) -> Option<&'static str> {
    let ending = name.rsplit_once('.').map_or(String::new(), |(_, e)| e.to_ascii_lowercase());
    match head {
        [0xFF, 0xD8, 0xFF, ..] => Some("image/jpeg"),
        [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Some("image/png"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
        [b'%', b'P', b'D', b'F', b'-', ..] => Some("application/pdf"),
        [b'P', b'K', 3, 4, ..] => Some(match ending.as_str() {
            "docx" => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            "xlsx" => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            _ => "application/zip",
        }),
        _ if is_text(head) => Some(if ending == "csv" { "text/csv" } else { "text/plain" }),
        _ => None,
    }
}

/// Whether a page may show it.
pub(super) fn is_picture(media_type: &str) -> bool {
    matches!(media_type, "image/jpeg" | "image/png" | "image/webp")
}

fn is_text(head: &[u8]) -> bool {
    if head.is_empty() || head.iter().any(|b| *b < 0x20 && !b"\t\n\r\x0C".contains(b)) {
        return false;
    }
    let text = super::encoding::decode_head(head).map(|(text, _)| text).unwrap_or_default();
    let start = text.trim_start_matches(['\u{feff}', ' ', '\t', '\r', '\n']);
    // Markup begins with a bracket; a sheet or a note does not.
    !start.is_empty() && !start.starts_with('<')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accepted_files_are_known_by_their_first_bytes() {
        let zip = b"PK\x03\x04rest";
        let cases: [(&[u8], &str, Option<&str>); 12] = [
            (b"\xFF\xD8\xFF\xE0", "a.txt", Some("image/jpeg")),
            (b"\x89PNG\r\n\x1a\n", "a", Some("image/png")),
            (b"RIFF\0\0\0\0WEBP", "a", Some("image/webp")),
            (b"%PDF-1.4", "a", Some("application/pdf")),
            (zip, "a.zip", Some("application/zip")),
            (zip, "a.DOCX", Some("application/vnd.openxmlformats-officedocument.wordprocessingml.document")),
            ("单位,面积".as_bytes(), "a.csv", Some("text/csv")),
            (b"\xC9\xE7\xC7\xF8", "gbk.txt", Some("text/plain")),
            (b"MZ\x90\0", "a.jpg", None),
            (b" <svg onload=alert(1)>", "a.svg", None),
            (b"\xEF\xBB\xBF<!doctype html>", "a.txt", None),
            (b"", "a.txt", None),
        ];
        for (head, name, wanted) in cases {
            assert_eq!(media_type(head, name), wanted, "{name} {head:?}");
        }
    }
}
