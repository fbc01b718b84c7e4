//! Small words of a standard in the reader's language: figures with their units, expressions, levels, marks of confidence.
//!
//! The rule that matters: nothing here rounds what is counted; only figures that have no short decimal form are shown to two
//! places.

use hejian_kernel::i18n::{Lang, format::MINUS, has, t, ta};
use hejian_scoring::{Exact, explain::Quantity};

use super::Standard;

/// The unit of a measure as printed: the pack's own in Chinese, the usual word in English.
#[must_use]
pub fn unit(lang: Lang, unit: &str) -> String {
    let word = match (lang, unit) {
        (Lang::ZhCn, _) | (_, "%" | "m²" | "") => return unit.to_owned(),
        (_, "户") => "standard-unit-households",
        (_, "人" | "人次") => "standard-unit-persons",
        (_, "元" | "元/月") => "standard-unit-yuan",
        (_, "万元") => "standard-unit-ten-thousand-yuan",
        (_, "天") => "standard-unit-days",
        (_, "张/千人") => "standard-unit-beds-per-thousand",
        (_, "人/400户") => "standard-unit-per-400-households",
        _ => return String::new(),
    };
    t(lang, word)
}

/// A figure with its unit: `80%`, `330 天`, `489.2 m²`.
#[must_use]
pub fn figure(lang: Lang, text: &str, of: &str) -> String {
    let (number, word) = (number(text), unit(lang, of));
    match word.as_str() {
        "" => number,
        "%" => format!("{number}%"),
        _ => format!("{number} {word}"),
    }
}

/// A quantity's number; two places where it has no short decimal form.
#[must_use]
pub fn quantity(quantity: &Quantity) -> String {
    number(&quantity.text)
}

/// A quantity with its unit.
#[must_use]
pub fn quantity_with_unit(lang: Lang, quantity: &Quantity) -> String {
    figure(lang, &quantity.text, quantity.unit.as_deref().unwrap_or_default())
}

/// Points as everywhere: two places.
#[must_use]
pub fn points(points: &Exact) -> String {
    let text = number(&points.to_string());
    match text.split_once('.') {
        None => format!("{text}.00"),
        Some((_, part)) if part.len() == 1 => format!("{text}0"),
        Some(_) => text,
    }
}

/// A number with separators, a true minus, and at most two places.
#[must_use]
pub fn number(text: &str) -> String {
    let long = text.split_once('.').is_some_and(|(_, part)| part.len() > 2);
    let short = Exact::parse(text).ok().filter(|_| long).map(|exact| exact.round_half_up(2).to_string());
    let text = short.as_deref().unwrap_or(text);
    let (sign, digits) = text.strip_prefix('-').map_or((None, text), |digits| (Some(MINUS), digits));
    let (whole, part) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut out: String = sign.into_iter().collect();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(part) = part {
        out.push('.');
        out.push_str(part);
    }
    out
}

/// Figures of one column, written with as many decimals as the longest has, at most two.
pub mod padded {
    use hejian_scoring::Exact;

    /// How many decimals a column needs.
    pub fn places<'e>(column: impl Iterator<Item = &'e Exact>) -> usize {
        let of = |exact: &Exact| exact.round_half_up(2).to_string().split_once('.').map_or(0, |(_, part)| part.len());
        column.map(of).max().unwrap_or(0)
    }

    /// A figure with so many decimals.
    #[must_use]
    pub fn text(exact: &Exact, places: usize) -> String {
        let mut text = super::number(&exact.to_string());
        let have = text.split_once('.').map_or(0, |(_, part)| part.len());
        if have == 0 && places > 0 {
            text.push('.');
        }
        text.extend(std::iter::repeat_n('0', places.saturating_sub(have)));
        text
    }
}

/// An expression or its numbers as people write them: `面积 ≥ max(300, 户数 ÷ 100 × 20)`.
#[must_use]
pub fn expression(standard: &Standard, lang: Lang, text: &str) -> String {
    let mut out = String::with_capacity(text.len() * 2);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let run = |part: fn(char) -> bool| rest.find(|c| !part(c)).unwrap_or(rest.len());
        let length = match first {
            'a'..='z' | '_' => run(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'),
            '0'..='9' => run(|c| c.is_ascii_digit() || c == '.'),
            '<' | '>' | '=' => run(|c| matches!(c, '<' | '>' | '=')),
            _ => first.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        match token {
            "max" | "min" => out.push_str(token),
            "and" | "or" | "not" => out.push_str(&t(lang, &format!("standard-expression-{token}"))),
            "value" => out.push_str(&t(lang, "standard-expression-value")),
            ">=" => out.push('≥'),
            "<=" => out.push('≤'),
            "==" => out.push('='),
            "*" => out.push('×'),
            "/" => out.push('÷'),
            "-" => out.push(MINUS),
            _ if first.is_ascii_digit() => out.push_str(&number(token)),
            _ if first.is_ascii_lowercase() => out.push_str(&standard.term(lang, token)),
            _ => out.push_str(token),
        }
        rest = after;
    }
    out
}

/// A mark of confidence in words: `found(seed: 10)` is 有出处（区工作汇报：10）.
#[must_use]
pub fn mark(lang: Lang, mark: &str) -> String {
    let (kind, detail) = mark.split_once(['(', ':']).unwrap_or((mark, ""));
    let key = format!("standard-mark-{}", kind.trim().replace(' ', "-"));
    let key = key.trim_end_matches('s');
    let kind = if has(lang, key) { t(lang, key) } else { kind.to_owned() };
    let detail = detail.trim().trim_end_matches(')').replace("seed", &t(lang, "standard-mark-report"));
    let detail = detail.replace("memory", &t(lang, "standard-mark-memory"));
    if detail.is_empty() {
        kind
    } else {
        ta(lang, "standard-mark-with", &[("kind", kind.into()), ("detail", detail.into())])
    }
}
