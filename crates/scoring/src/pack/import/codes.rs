//! Codes fit for a standard from whatever another format calls its entries.

use std::collections::{BTreeMap, BTreeSet};

/// Letters a code may keep beside letters and digits.
const KEPT: &str = "._-";

/// The beginning of a text, with an ellipsis where it goes on.
pub(super) fn clipped(text: &str, letters: usize) -> String {
    let mut short: String = text.chars().take(letters).collect();
    if short.len() < text.len() {
        short.push('…');
    }
    short
}

/// A text as a code: letters, digits, `.`, `_` and `-` stay, any other run becomes one `-`.
pub(super) fn fit(text: &str) -> String {
    let mut code = String::new();
    for c in text.trim().chars().take(80) {
        if c.is_alphanumeric() || KEPT.contains(c) {
            code.push(c);
        } else if !code.ends_with('-') {
            code.push('-');
        }
    }
    code.trim_matches(|c| KEPT.contains(c)).to_owned()
}

/// One code for each entry, unique and independent of the entries around it as far as can be: the wish where nobody else
/// has it, otherwise the reserve (something unique in its own format), otherwise the reserve with a number.
pub(super) fn unique(wishes: &[(&str, &str)]) -> Vec<String> {
    let mut wanted: BTreeMap<String, usize> = BTreeMap::new();
    for (wish, _) in wishes {
        *wanted.entry(fit(wish)).or_default() += 1;
    }
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut numbers: BTreeMap<String, usize> = BTreeMap::new();
    let mut codes = Vec::with_capacity(wishes.len());
    for (wish, reserve) in wishes {
        let wish = fit(wish);
        let alone = !wish.is_empty() && wanted.get(&wish) == Some(&1);
        let mut code = if alone { wish } else { fit(reserve) };
        if code.is_empty() {
            code = "item".into();
        }
        // A reserve may be what another entry wishes for.
        if used.contains(&code) || (!alone && wanted.contains_key(&code)) {
            let stem = code.clone();
            let number = numbers.entry(stem.clone()).or_insert(1);
            while used.contains(&code) || wanted.contains_key(&code) {
                *number += 1;
                code = format!("{stem}-{number}");
            }
        }
        used.insert(code.clone());
        codes.push(code);
    }
    codes
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_name_used_twice_gives_way_to_what_is_unique() {
        let codes = unique(&[("A.1 a", "x:1"), ("A.1", "x:2"), ("A.1", "x:3"), ("", "x:4"), ("", "x:4"), ("", "")]);
        assert_eq!(codes, ["A.1-a", "x-2", "x-3", "x-4", "x-4-2", "item"]);
    }

    proptest! {
        #[test]
        fn codes_are_unique_and_not_empty(wishes in proptest::collection::vec(("[ab12 -]{0,3}", "[ab12 -]{0,3}"), 0..40)) {
            let wishes: Vec<(&str, &str)> = wishes.iter().map(|(a, b)| (a.as_str(), b.as_str())).collect();
            let codes = unique(&wishes);
            prop_assert!(codes.iter().all(|code| !code.is_empty()));
            prop_assert_eq!(codes.iter().collect::<BTreeSet<_>>().len(), codes.len());
        }
    }
}
