//! Text of files as offices write them: UTF-8 with or without a mark, UTF-16 with one, GB18030 else.

use encoding_rs::{Encoding, GB18030, UTF_8};

/// The text and the name of its encoding; `None` when it is none of them. A character cut off at the end is no fault.
pub(super) fn decode(bytes: &[u8]) -> Option<(String, &'static str)> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some((strict(encoding, &bytes[mark..])?, encoding.name()));
    }
    if let Some(text) = strict(UTF_8, bytes) {
        return Some((text, UTF_8.name()));
    }
    Some((strict(GB18030, bytes)?, "GB18030"))
}

fn strict(encoding: &'static Encoding, bytes: &[u8]) -> Option<String> {
    // The last character may be cut by whoever looks at the head of a file only: up to three bytes are forgiven.
    for cut in 0..=3.min(bytes.len()) {
        if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(&bytes[..bytes.len() - cut]) {
            return Some(text.into_owned());
        }
        if bytes.len() < super::sniff::HEAD {
            break;
        }
    }
    None
}
