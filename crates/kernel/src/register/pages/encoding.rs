//! Text of files as offices write them: UTF-8 with or without a mark, UTF-16 with one, GB18030 else.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// The text and the name of its encoding; `None` when it is none of them.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, &'static str)> {
    with_cut(bytes, 0)
}

/// The same for the beginning of a file: a character cut off at its end is no fault.
pub(super) fn decode_head(bytes: &[u8]) -> Option<(String, &'static str)> {
    with_cut(bytes, 3)
}

fn with_cut(bytes: &[u8], cut: usize) -> Option<(String, &'static str)> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some((strict(encoding, &bytes[mark..], cut)?, encoding.name()));
    }
    if let Some(text) = strict(UTF_8, bytes, cut) {
        return Some((text, UTF_8.name()));
    }
    Some((strict(GB18030, bytes, cut)?, "GB18030"))
}

fn strict(encoding: &'static Encoding, bytes: &[u8], cut: usize) -> Option<String> {
    (0..=cut.min(bytes.len())).find_map(|n| {
        let whole = &bytes[..bytes.len() - n];
        encoding.decode_without_bom_handling_and_without_replacement(whole).map(std::borrow::Cow::into_owned)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_head_may_end_inside_a_character_and_a_whole_file_may_not() {
        let text = "\u{feff}军民村社区".as_bytes();
        for n in 4..text.len() {
            assert_eq!(decode_head(&text[..n]).map(|(_, e)| e), Some("UTF-8"), "{n} bytes");
        }
        assert_eq!(decode(&text[..text.len() - 1]), None);
    }
}
