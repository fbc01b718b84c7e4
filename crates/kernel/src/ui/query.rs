//! The query of an address as an ordered list of names and values.
//!
//! Owns how a link keeps the filters of a list and changes one of them. The rule that matters: filters, sorting and page live in the
//! address, so every link of a list is the present query with a change.

use std::fmt::Write as _;

/// An address with its query. Order is kept; a name may occur more than once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    path: String,
    pairs: Vec<(String, String)>,
}

impl Query {
    /// An address without query.
    pub fn new(path: impl Into<String>) -> Self {
        Query { path: path.into(), pairs: Vec::new() }
    }

    /// Reads `/premises?sub=S4&sort=-area`. Never fails: a broken escape is kept as it stands.
    pub fn parse(address: &str) -> Self {
        let (path, query) = address.split_once('?').unwrap_or((address, ""));
        let pairs = query.split('&').filter(|pair| !pair.is_empty()).map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (decode(name), decode(value))
        });
        Query { path: path.to_owned(), pairs: pairs.collect() }
    }

    /// The first value of a name.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(n, _)| n == name).map(|(_, value)| value.as_str())
    }

    /// The path without the query.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// All pairs in their order.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// The same query with `name` set to one value, in its old place where it had one.
    pub fn with(&self, name: &str, value: impl Into<String>) -> Query {
        let mut out = self.clone();
        let at = out.pairs.iter().position(|(n, _)| n == name);
        out.pairs.retain(|(n, _)| n != name);
        let at = at.unwrap_or(out.pairs.len()).min(out.pairs.len());
        out.pairs.insert(at, (name.to_owned(), value.into()));
        out
    }

    /// The same query without `name`.
    pub fn without(&self, name: &str) -> Query {
        let mut out = self.clone();
        out.pairs.retain(|(n, _)| n != name);
        out
    }

    /// The address as it stands in a link.
    pub fn href(&self) -> String {
        let mut out = self.path.clone();
        for (i, (name, value)) in self.pairs.iter().enumerate() {
            out.push(if i == 0 { '?' } else { '&' });
            encode(name, &mut out);
            out.push('=');
            encode(value, &mut out);
        }
        out
    }
}

fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => out.push(char::from(byte)),
            _ => {
                // Writing to a String does not fail.
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
}

fn decode(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut i = 0;
    while i < bytes.len() {
        let hex = |at: usize| bytes.get(at).and_then(|b| char::from(*b).to_digit(16));
        match (bytes[i], hex(i + 1), hex(i + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push(u8::try_from(high * 16 + low).unwrap_or(b'?'));
                i += 3;
                continue;
            }
            (b'+', ..) => out.push(b' '),
            (byte, ..) => out.push(byte),
        }
        i += 1;
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_link_keeps_the_other_filters() {
        let query = Query::parse("/premises?sub=%E5%9F%8E%E5%8C%97&page=3&q=a+b%");
        assert_eq!(query.get("sub"), Some("城北"));
        assert_eq!(query.get("q"), Some("a b%"));
        let next = query.with("page", "4").without("q");
        assert_eq!(next.href(), "/premises?sub=%E5%9F%8E%E5%8C%97&page=4");
        assert_eq!(Query::new("/x").with("a", "1").href(), "/x?a=1");
    }

    proptest! {
        #[test]
        fn any_pairs_survive_being_written_and_read(pairs in prop::collection::vec((".+", ".*"), 0..6)) {
            let query = Query { path: "/p".into(), pairs };
            prop_assert_eq!(Query::parse(&query.href()), query);
        }
    }
}
