//! What is wrong with a pack, for people: where, what, and what to write; each leads to its line.
//!
//! The rule that matters: nothing is said without its place, and the place can be clicked.

use hejian_kernel::{
    i18n::{Lang, has, t, ta},
    ui::{Markup, html, icon, query::Query},
};
use hejian_scoring::pack::{PackError, PackErrors, Problem};

use super::pack::Texts;

/// How many are shown; who has more mends these first.
const SHOWN: usize = 60;

/// The list, or that there is nothing to mend. `edit` is the editor's address, `file` the file it shows now.
pub(super) fn list(lang: Lang, errors: Option<&PackErrors>, texts: &Texts, edit: &str, file: &str) -> Markup {
    let all = errors.map(|errors| errors.0.as_slice()).unwrap_or_default();
    html! {
        div id="problems" data-checked {
            @if all.is_empty() {
                div.hj-note.green role="status" { (icon("check")) div.grow { (t(lang, "standard-sound")) } }
            } @else {
                div.hj-note.red role="status" { (icon("warn")) div.grow { b { (ta(lang, "standard-faults-found", &[("n", all.len().into())])) } " " (t(lang, "standard-faults-help")) } }
                ol.hj-faults {
                    @for error in all.iter().take(SHOWN) { (one(lang, error, texts, edit, file)) }
                }
                @if all.len() > SHOWN { p.dim.xs { (ta(lang, "standard-faults-more", &[("n", (all.len() - SHOWN).into())])) } }
            }
        }
    }
}

fn one(lang: Lang, error: &PackError, texts: &Texts, edit: &str, file: &str) -> Markup {
    let line =
        texts.file(&error.file).and_then(|text| text.lines().nth(error.line.saturating_sub(1))).unwrap_or_default();
    let (what, remedy) = says(lang, &error.problem);
    let to = Query::new(edit).with("file", error.file.clone()).with("line", error.line.to_string());
    // Only places in the file at hand can be jumped to without leaving what is typed.
    let here = (error.file == file).then_some(error.line);
    html! {
        li {
            a.place href=(to.href()) data-line=[here] data-says=(what) {
                (error.file) " " (ta(lang, "standard-line", &[("line", error.line.to_string().into())]))
            }
            @if let Some(subject) = &error.subject { " " code { (subject) } }
            @if !line.trim().is_empty() { code.src { (line.trim_end()) } }
            div { (what) }
            div.remedy { (t(lang, "standard-write")) (remedy) }
        }
    }
}

/// The engine's words for kinds and shapes in the reader's language; what is no such word stays as it is.
fn word(lang: Lang, text: &str) -> String {
    let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '-' };
    let key = format!("problem-kind-{}", text.chars().map(plain).collect::<String>());
    if has(lang, &key) { t(lang, &key) } else { text.to_owned() }
}

/// What is wrong and what to write in one sentence, for a place beside a field.
pub(super) fn in_one(lang: Lang, problem: &Problem) -> String {
    let (what, remedy) = says(lang, problem);
    ta(lang, "standard-fault-in-one", &[("what", what.into()), ("remedy", remedy.into())])
}

/// What is wrong, and what to write.
pub(super) fn says(lang: Lang, problem: &Problem) -> (String, String) {
    let join = |words: &[String]| words.join(&t(lang, "standard-list-join"));
    let say = |key: &str, args: &[(&str, &str)]| {
        let args: Vec<_> = args.iter().map(|(name, value)| (*name, word(lang, value).into())).collect();
        ta(lang, &format!("problem-{key}"), &args)
    };
    let nearest = |nearest: &Option<String>| nearest.as_ref().map(|near| say("write-nearest", &[("nearest", near)]));
    match problem {
        Problem::NotYaml { says } => (say("not-yaml", &[("says", says)]), say("not-yaml-write", &[])),
        Problem::TooLarge => (say("too-large", &[]), say("too-large-write", &[])),
        Problem::NotInFormat { what } => (say("not-in-format", &[("what", what)]), say("not-in-format-write", &[])),
        Problem::DuplicateKey { name } => {
            (say("duplicate", &[("name", name)]), say("duplicate-write", &[("name", name)]))
        }
        Problem::UnknownKey { name, nearest: near, known } => (
            say("unknown-key", &[("name", name)]),
            nearest(near).unwrap_or_else(|| say("unknown-key-write", &[("known", &join(known))])),
        ),
        Problem::MissingKey { name } => (say("missing", &[("name", name)]), say("missing-write", &[("name", name)])),
        Problem::WrongShape { name, found, wanted } => (
            say("shape", &[("name", name), ("found", found), ("wanted", wanted)]),
            say("shape-write", &[("name", name), ("wanted", wanted)]),
        ),
        Problem::UnknownWord { name, found, words } => {
            (say("word", &[("name", name), ("found", found)]), say("word-write", &[("words", &join(words))]))
        }
        Problem::BadExpression { name, says } => {
            (say("expression", &[("name", name), ("says", says)]), say("expression-write", &[]))
        }
        Problem::UnboundName { name, bound } => {
            (say("unbound", &[("name", name)]), say("unbound-write", &[("bound", &join(bound))]))
        }
        Problem::Twice { what, name } => (say("twice", &[("what", what), ("name", name)]), say("twice-write", &[])),
        Problem::Unknown { what, name, nearest: near } => (
            say("unknown", &[("what", what), ("name", name)]),
            nearest(near).unwrap_or_else(|| say("unknown-write", &[("what", what)])),
        ),
        Problem::Disagrees { what, found, expected } => (
            say("disagrees", &[("what", what), ("found", found), ("expected", expected)]),
            say("disagrees-write", &[("expected", expected)]),
        ),
        Problem::TestFails { test, code, expected, found } => (
            say("test-fails", &[("test", test), ("code", code), ("expected", expected), ("found", found)]),
            say("test-fails-write", &[]),
        ),
        Problem::Unfit { says, write } => (word(lang, says), word(lang, write)),
        #[allow(unreachable_patterns, reason = "faults of a later format are said in the engine's own words")]
        other => (other.to_string(), other.remedy()),
    }
}
