//! There is one text of a pack: reading it and writing it gives the same bytes.

use hejian_scoring::Pack;
use hejian_scoring::pack::PackTexts;

use crate::support::{folder, real_pack};

#[test]
fn the_built_in_pack_is_written_as_it_stands_byte_by_byte() {
    let texts = folder("cn-mca-2008-142-district");
    let written = Pack::from_texts(&texts).unwrap_or_else(|errors| panic!("{errors}")).write();
    assert_eq!(written, PackTexts { name: written.name.clone(), ..texts });
}

#[test]
fn reading_what_was_written_gives_the_same_pack() {
    let pack = real_pack();
    assert_eq!(Pack::from_texts(&pack.write()).unwrap(), pack);
}

#[test]
fn the_fingerprint_names_what_is_asked_and_not_how_far_the_work_on_it_is() {
    let pack = real_pack();
    let mut other = pack.clone();
    other.standard.state = hejian_scoring::pack::State::Draft;
    other.tests.clear();
    other.migration = None;
    assert_eq!(other.fingerprint(), pack.fingerprint());
    other.indicators[0].evidence.pop();
    assert_ne!(other.fingerprint(), pack.fingerprint());
}

#[test]
fn texts_that_yaml_could_misread_are_quoted_and_come_back() {
    let mut pack = real_pack();
    let odd = [
        "true",
        "No",
        "12.5",
        "2009-06-22",
        "- x",
        "a: b",
        "a #b",
        "#",
        "'",
        "\"",
        "\\",
        "a\nb",
        "\ta",
        "a ",
        " a",
        "~",
        "null",
        "[x]",
        "{",
        "&a",
        "*a",
        "!",
        "%",
        "@",
        "`",
        "a:",
        ":a",
        "?",
        "? a",
        "<<",
        "é",
        "（",
        "《a》",
        "😀",
        "a\u{85}b",
        "\u{feff}a",
        "\u{2028}a",
        "a\u{0}b",
        "\u{7f}a",
        "\u{e000}a",
        "\u{10ffff}",
        "…",
        "---",
        "...",
        "--- a",
        "|",
        ">",
        "=",
        "a\r\nb",
        "\u{3000}a",
        "a\u{a0}",
    ];
    pack.standard.notes = odd.iter().map(|text| (*text).to_owned()).collect();
    pack.standard.scoring_defaults = odd.iter().map(|text| ((*text).to_owned(), (*text).to_owned())).collect();
    let written = pack.write();
    let read = Pack::from_texts(&written).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(read.standard.notes, pack.standard.notes);
    assert_eq!(read.standard.scoring_defaults, pack.standard.scoring_defaults);
    assert_eq!(read.write(), written);
}
