//! The one source of chance: a seed and a counter (SplitMix64, Steele and others 2014), so that no library's next version
//! changes what a seed gives.

use crate::exact::Exact;

/// A seeded source of numbers.
#[derive(Clone, Debug)]
pub struct Dice(u64);

/// Texts that ask something of a writer, and plain ones.
const TEXTS: &[&str] = &[
    "social work",
    "社区",
    "平安建设（试行）",
    "a: b",
    "true",
    "12",
    "2009-06",
    "it's \"so\"",
    "- item",
    "#1",
    "half # way",
    "x\ny",
    "tab\there",
    "ends with colon:",
    "%",
    "m²",
    "*",
    "  padded ",
    "😀 ok",
    "back\\slash",
    "逗号，句号。",
    "null",
    "N",
    "[list]",
    "{map}",
    "=SUM(A1)",
    "@x",
    "+1",
    "a\u{a0}b",
    "a | b > c",
    "<b>",
    "第一条；第二条",
    "é",
    "..",
    "1,000",
];

impl Dice {
    /// A source of its own for each seed.
    pub fn new(seed: u64) -> Self {
        Dice(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A number from 0 to less than `end`; 0 when `end` is 0.
    pub fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.next() % end as u64) as usize }
    }

    /// A number from `low` to `high`, both in reach.
    pub fn between(&mut self, low: usize, high: usize) -> usize {
        low + self.below(high + 1 - low)
    }

    /// True in so many cases of a hundred.
    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// One of a list that is not empty.
    pub fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }

    /// A decimal from 0 to less than `end`, with at most two places.
    pub fn decimal(&mut self, end: usize) -> Exact {
        let places = self.below(3) as u32;
        let scale = 10_usize.pow(places);
        let units = self.below(end * scale);
        Exact::scaled(i64::try_from(units).unwrap_or(0), places)
    }

    /// A text: most are words, some ask for care in writing.
    pub fn text(&mut self) -> String {
        let text = self.pick(TEXTS);
        if self.chance(50) { format!("{text} {}", self.below(1000)) } else { (*text).to_owned() }
    }

    /// A text in some cases.
    pub fn maybe_text(&mut self) -> Option<String> {
        self.chance(30).then(|| self.text())
    }

    /// Up to `most` texts.
    pub fn texts(&mut self, most: usize) -> Vec<String> {
        (0..self.below(most + 1)).map(|_| self.text()).collect()
    }
}
