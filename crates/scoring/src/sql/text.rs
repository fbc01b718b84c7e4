//! What a pack may put into the text: numbers as digits, and texts as quoted literals. Every name of a table or column is
//! made here by number, so no word of a pack is ever part of the syntax.

/// A text as an SQL literal; `None` when it holds a zero byte, which no engine takes.
pub(super) fn literal(text: &str) -> Option<String> {
    (!text.contains('\0')).then(|| format!("'{}'", text.replace('\'', "''")))
}
