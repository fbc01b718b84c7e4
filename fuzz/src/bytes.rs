//! Changes that know nothing of the text: bytes set, inserted, cut, repeated.

use crate::Random;

/// Bytes that mean something in YAML, JSON or UTF-8.
const SIGNS: &[u8] = b"\0\t\n\r \"#%&'()*+,-./0:9<=>?@AZ[\\]^`{|}~\x7f\x80\xc3\xe2\xef\xff";

pub(crate) fn mutated(text: &str, random: &mut Random) -> String {
    let mut bytes = text.as_bytes().to_vec();
    let at = random.below(bytes.len());
    let length = random.below((bytes.len() - at).min(2_000));
    match random.below(5) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte = *random.one_of(SIGNS);
            }
        }
        1 => bytes.insert(at, *random.one_of(SIGNS)),
        2 => bytes.truncate(at),
        3 => drop(bytes.drain(at..at + length)),
        _ => {
            let piece = bytes[at..at + length].to_vec();
            let to = random.below(bytes.len());
            bytes.splice(to..to, piece);
        }
    }
    // Loaders take texts; what is no UTF-8 reaches them with its replacement sign, as an editor would save it.
    String::from_utf8_lossy(&bytes).into_owned()
}
