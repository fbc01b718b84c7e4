//! Invented names, drawn from a seed. No name is taken from a list of real office-holders; every person is synthetic.

use std::collections::BTreeSet;

/// A small generator of even bits: SplitMix64 (Steele, Lea and Flood, "Fast splittable pseudorandom number generators",
/// 2014). It is written out here because the same seed must give the same district in every later version.
#[derive(Debug, Clone)]
pub(crate) struct Draw(u64);

impl Draw {
    /// A stream of its own for each topic, so that a new topic does not shift the others.
    pub fn new(seed: u64, topic: &str) -> Self {
        // FNV-1a.
        let hash =
            topic.bytes().fold(0xcbf2_9ce4_8422_2325u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x100_0000_01b3));
        Self(seed ^ hash)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A whole number in `[low, high]`, `low <= high`.
    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + (self.next() % (high - low + 1).unsigned_abs()) as i64
    }

    /// One of the given, which must not be empty.
    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[(self.next() % of.len() as u64) as usize]
    }
}

const SURNAMES: &[&str] = &[
    "李", "王", "张", "刘", "陈", "杨", "周", "黄", "吴", "彭", "胡", "罗", "曾", "唐", "邓", "肖", "谭", "龙", "谢",
    "熊", "戴", "覃", "丁", "向", "易", "雷", "贺", "蒋", "段", "郭", "朱", "袁", "高", "许", "田", "龚", "严", "文",
    "童", "邹",
];
const FIRST: &[&str] = &[
    "建", "国", "志", "明", "春", "秋", "永", "文", "海", "晓", "玉", "家", "新", "立", "正", "德", "云", "长", "光",
    "少", "美", "丽", "慧", "冬", "清", "仁", "友", "贵", "先", "元",
];
const LAST: &[&str] = &[
    "军", "平", "华", "辉", "萍", "英", "强", "兰", "波", "霞", "林", "娟", "松", "红", "斌", "燕", "涛", "梅", "敏",
    "武", "珍", "生", "才", "芝", "清", "忠", "莲", "胜", "凡", "荣",
];

/// Gives each invented person a name of their own.
#[derive(Debug)]
pub(crate) struct Names {
    draw: Draw,
    used: BTreeSet<String>,
}

impl Names {
    /// Names from a seed, none of them among `taken`.
    pub fn new(seed: u64, taken: &[&str]) -> Self {
        Self { draw: Draw::new(seed, "names"), used: taken.iter().map(|name| (*name).to_owned()).collect() }
    }

    /// A name not given before.
    pub fn next(&mut self) -> String {
        loop {
            let (surname, last) = (self.draw.one(SURNAMES), self.draw.one(LAST));
            let first = if self.draw.between(1, 4) == 1 { "" } else { self.draw.one(FIRST) };
            let name = if first == last { format!("{surname}{last}") } else { format!("{surname}{first}{last}") };
            if self.used.insert(name.clone()) {
                return name;
            }
        }
    }
}
