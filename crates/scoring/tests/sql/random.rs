//! Random standards: every aggregation, rule, window and grain. The pack is written as text, so that the loader's checks hold.

use std::fmt::Write as _;

use hejian_scoring::Pack;

use crate::chance::Chance;

const GRAINS: &[&str] = &["year", "half", "quarter", "month", "term"];
const WINDOWS: &[&str] = &["state", "flow", "trailing_12m"];
const LEVELS: &[&str] = &["district", "subdistrict", "community"];
const NUMBERS: &[&str] = &["0", "1", "2", "3", "0.5", "1.25", "7", "20", "33.3", "50", "66.67", "80", "100", "400"];

/// A measure as the generator remembers it.
#[derive(Clone)]
struct Made {
    id: String,
    kind: &'static str,
    level: &'static str,
    period: &'static str,
    window: &'static str,
    stale_after: u64,
    parts: Option<(String, String, &'static str)>,
}

impl Made {
    fn described(&self) -> String {
        let Made { id, kind, period, window, stale_after, .. } = self;
        let parts = self.parts.as_ref().map_or(String::new(), |(top, bottom, scale)| {
            format!(", numerator: {{id: {top}}}, denominator: {{id: {bottom}}}, scale: {scale}")
        });
        format!(
            "id: {id}, kind: {kind}, words: w, unit: u, period: {period}, window: {window}, stale_after: {stale_after}{parts}"
        )
    }
}

struct Author<'a> {
    chance: &'a mut Chance,
    made: Vec<Made>,
    lines: String,
    codes: u32,
    subject: String,
}

impl Author<'_> {
    fn measure(&mut self, id: String, kind: &'static str, level: &'static str, like: Option<&Made>) -> Made {
        let same = like.filter(|_| self.chance.percent(70)).cloned();
        let made = Made {
            id,
            kind,
            level,
            period: same.as_ref().map_or_else(|| *self.chance.one_of(GRAINS), |like| like.period),
            window: same.as_ref().map_or_else(|| *self.chance.one_of(WINDOWS), |like| like.window),
            stale_after: same.as_ref().map_or_else(|| *self.chance.one_of(&[1, 3, 6, 15, 40]), |like| like.stale_after),
            parts: None,
        };
        self.made.push(made.clone());
        made
    }

    fn write(&mut self, made: &Made, fact: bool) {
        let Made { id, kind, level, period, window, stale_after, .. } = made;
        let parts = made.parts.as_ref().map_or(String::new(), |(top, bottom, scale)| {
            let whole = self.chance.percent(50);
            format!(", numerator: {top}, denominator: {bottom}, scale: {scale}, part_of_whole: {whole}")
        });
        let _ = writeln!(
            self.lines,
            "- {{id: {id}, kind: {kind}, words: w, unit: u, level: {level}, register: r, period: {period}, window: {window}, stale_after: {stale_after}, fact: {fact}{parts}, used_by: [A01]}}"
        );
    }

    /// Measures of every level: plain numbers, and ratios with components of their own.
    fn measures(&mut self) {
        for level in LEVELS {
            let mut like: Option<Made> = None;
            for i in 0..3 {
                let kind = if self.chance.percent(50) { "count" } else { "value" };
                let made = self.measure(format!("{level}.n{i}"), kind, level, like.as_ref());
                self.write(&made, true);
                like = Some(made);
            }
            for i in 0..2 {
                let mut ratio = self.measure(format!("{level}.r{i}"), "ratio", level, like.as_ref());
                let parts = ["top", "bottom"].map(|side| {
                    let kind = if self.chance.percent(80) { "count" } else { "value" };
                    let part = self.measure(format!("{level}.r{i}_{side}"), kind, level, Some(&ratio));
                    self.write(&part, true);
                    part.id
                });
                let [top, bottom] = parts;
                ratio.parts = Some((top, bottom, *self.chance.one_of(&["100", "1", "1000", "12.5"])));
                let carries_rows = self.chance.percent(85);
                self.write(&ratio, carries_rows);
                if carries_rows {
                    let at = self.made.iter().position(|made| made.id == ratio.id).unwrap();
                    self.made[at] = ratio.clone();
                    like = Some(ratio);
                } else {
                    self.made.retain(|made| made.id != ratio.id);
                }
            }
        }
    }

    fn of(&mut self, level: &str, kinds: &[&str]) -> Option<Made> {
        let fitting: Vec<Made> =
            self.made.iter().filter(|made| made.level == level && kinds.contains(&made.kind)).cloned().collect();
        (!fitting.is_empty()).then(|| self.chance.one_of(&fitting).clone())
    }

    fn number(&mut self) -> &'static str {
        self.chance.one_of::<&'static str>(NUMBERS)
    }

    fn arithmetic(&mut self, names: &[&str], depth: u32) -> String {
        if depth == 0 || self.chance.percent(40) {
            let name = self.chance.one_of(names).to_string();
            return if self.chance.percent(70) { name } else { self.number().to_owned() };
        }
        let (left, right) = (self.arithmetic(names, depth - 1), self.arithmetic(names, depth - 1));
        match self.chance.below(8) {
            0 => format!("({left} + {right})"),
            1 => format!("({left} - {right})"),
            2 => format!("({left} * {right})"),
            3 => format!("({left} / {right})"),
            4 => format!("max({left}, {right})"),
            5 => format!("min({left}, {right})"),
            6 => format!("-({left})"),
            _ => left,
        }
    }

    fn truth(&mut self, names: &[&str], depth: u32) -> String {
        if depth > 0 && self.chance.percent(40) {
            let (left, right) = (self.truth(names, depth - 1), self.truth(names, depth - 1));
            return match self.chance.below(3) {
                0 => format!("({left} and {right})"),
                1 => format!("({left} or {right})"),
                _ => format!("not ({left})"),
            };
        }
        let comparison = self.chance.one_of(&["<", "<=", ">", ">=", "=="]).to_string();
        let (left, right) = (self.arithmetic(names, 1), self.number());
        if self.chance.percent(80) {
            format!("{left} {comparison} {right}")
        } else {
            format!("{left} {comparison} {}", self.arithmetic(names, 1))
        }
    }

    /// `level`, `measure`, `aggregation` and perhaps `unit_condition`, as flow entries, and the period.
    fn figure(&mut self, code: &str, direction: &str, period: Option<&str>) -> (String, &'static str, &'static str) {
        loop {
            let level: &'static str = self.chance.one_of::<&'static str>(LEVELS);
            let wanted = if level == "district" && self.chance.percent(70) { 0 } else { 1 + self.chance.below(8) };
            let (aggregation, kinds): (&str, &[&str]) = match wanted {
                0 if level == "district" => ("district_value", &["value", "count", "ratio"]),
                1 => ("ratio_of_sums", &["ratio"]),
                2 => ("mean", &["value", "count", "ratio"]),
                3 => ("weighted_mean", &["value", "count", "ratio"]),
                4 => ("sum", &["value", "count"]),
                5 => ("min", &["value", "count", "ratio"]),
                6 => ("weighted_survey", &["ratio"]),
                _ => ("share_of_units", &[]),
            };
            if kinds.is_empty() || (aggregation == "district_value" && self.chance.percent(30)) {
                let set = self.measure(format!("set.{code}"), "condition-set", level, None);
                let mut set = Made {
                    period: period.map_or(set.period, |wanted| GRAINS.iter().find(|g| **g == wanted).unwrap()),
                    ..set
                };
                set.parts = None;
                self.made.pop();
                let bound: Vec<Made> = (0..2).filter_map(|_| self.of(level, &["value", "count", "ratio"])).collect();
                let names = ["a", "b"];
                let expr = self.truth(&names[..bound.len()], 2);
                let list: Vec<String> =
                    bound.iter().zip(names).map(|(made, name)| format!("{name}: {}", made.id)).collect();
                let used: Vec<&String> = list.iter().filter(|entry| expr.contains(&entry[..1])).collect();
                if used.is_empty() {
                    continue;
                }
                let list = list.join(", ");
                self.write(&set, false);
                let text = format!(
                    "level: {level}, aggregation: {aggregation}, measure: {{{}, direction: {direction}}}, unit_condition: {{expr: '{expr}', names: {{{list}}}}}",
                    set.described()
                );
                return (text, level, set.period);
            }
            let Some(measure) = self.of(level, kinds) else { continue };
            if period.is_some_and(|wanted| wanted != measure.period) {
                continue;
            }
            let mut extra = String::new();
            if aggregation.starts_with("weighted") {
                let weight = self.of(level, &["value", "count"]).expect("there are plain numbers of each level");
                let _ = write!(extra, ", weight: {{id: {}}}", weight.id);
            }
            if aggregation == "weighted_survey" {
                let plan = self.of(level, &["value", "count"]).expect("there are plain numbers of each level");
                let _ = write!(extra, ", plan: {{id: {}}}", plan.id);
                if self.chance.percent(50) {
                    extra.push_str(", min_answers: 20, min_answers_per_unit: 2");
                }
            }
            let text = format!(
                "level: {level}, aggregation: {aggregation}, measure: {{{}, direction: {direction}{extra}}}",
                measure.described()
            );
            return (text, level, measure.period);
        }
    }

    /// A condition with its code, without the closing brace.
    fn condition(&mut self, names: &[&str]) -> String {
        self.codes += 1;
        let truth = self.truth(names, 2);
        format!("{{code: {}.{}, name: n, expr: '{truth}'", self.subject, self.codes)
    }

    /// A rule that can give exactly `points`.
    fn rule(&mut self, names: &[&str], points: u64, direction: &str, outermost: bool) -> String {
        let of = if self.chance.percent(25) { format!(", of: '{}'", self.arithmetic(names, 2)) } else { String::new() };
        let floor = if self.chance.percent(25) { ", floor: 0.25" } else { "" };
        match self.chance.below(if outermost { 10 } else { 8 }) {
            0 => format!("{{type: all_or_nothing, at: {}{of}}}", self.number()),
            1 | 2 => {
                let (low, high) = loop {
                    let (a, b) = (self.number(), self.number());
                    if a.parse::<f64>().unwrap() < b.parse::<f64>().unwrap() {
                        break (a, b);
                    }
                };
                let (full, zero) = if direction == "at_least" { (high, low) } else { (low, high) };
                format!("{{type: proportional, full_at: {full}, zero_at: {zero}{floor}{of}}}")
            }
            3 => {
                let half = format!("{}.5", points / 2);
                let (a, b, c) = (self.number(), self.number(), self.number());
                format!(
                    "{{type: tiers, tiers: [{{at: {a}, points: {points}}}, {{at: {b}, points: {half}}}, {{at: {c}, points: 0.333}}]{of}}}"
                )
            }
            4 => {
                let event = self.chance.one_of(&["0.3", "0.5", "1", "0.125"]);
                format!("{{type: deduct, start: {points}, per_event: {event}{floor}{of}}}")
            }
            5 => {
                let (a, b) = (self.condition(names), self.condition(names));
                format!("{{type: conditions, each: [{a}, points: 0.335}}, {b}, points: {}.665}}]}}", points - 1)
            }
            6 => {
                let (a, b, c) = (self.condition(names), self.condition(names), self.condition(names));
                let first = 1 + self.chance.below(2);
                format!(
                    "{{type: k_of_n, each: [{a}}}, {b}}}, {c}}}], steps: [{{k: {first}, points: 0.115}}, {{k: 3, points: {points}}}]}}"
                )
            }
            7 => {
                let step = self.chance.one_of(&["", ", step: 0.5", ", step: 0.25"]);
                format!("{{type: manual{step}}}")
            }
            8 => {
                let veto = self.truth(names, 2);
                format!("{{type: veto_then, veto: '{veto}', then: {}}}", self.rule(names, points, direction, false))
            }
            _ => {
                let (one, two) =
                    (self.rule(names, points, direction, false), self.rule(names, points, direction, false));
                format!(
                    "{{type: methods, each: [{{method: site_visit, weight: 33.3, then: {one}}}, {{method: interview, weight: 66.7, then: {two}}}]}}"
                )
            }
        }
    }

    fn indicator(&mut self, code: &str) -> (String, u64) {
        code.clone_into(&mut self.subject);
        let direction = *self.chance.one_of(&["at_least", "at_most"]);
        let (main, level, period) = self.figure(code, direction, None);
        let community = level == "community";
        let (mut also, mut names) = (Vec::new(), vec!["value"]);
        let together = self.chance.percent(30);
        for name in ["x", "y"].into_iter().take(self.chance.below(3) as usize) {
            // Not every grain has a figure for every level; the loop of `figure` finds one that has.
            let (figure, ..) = self.figure(&format!("{code}{name}"), "at_least", together.then_some(period));
            also.push(format!("{{name: {name}, {figure}, same_period: {together}}}"));
            names.push(name);
        }
        let mut points = 1 + self.chance.below(4);
        let (rule, kind) = if self.chance.percent(8) {
            points = 0;
            (format!("{{type: veto, when: '{}'}}", self.truth(&names, 2)), "veto")
        } else {
            let rule = self.rule(&names, points, direction, true);
            (rule, if self.chance.percent(20) { "reference" } else { "basic" })
        };
        let can_veto =
            kind == "veto" || (kind == "basic" && rule.starts_with("{type: veto_then") && self.chance.percent(70));
        let veto = if can_veto { ", veto: {effect: block}" } else { "" };
        let (value, breakdown) = (community && self.chance.percent(60), community && self.chance.percent(50));
        let text = format!(
            "- {{code: {code}, area: A, name_zh: n, name_en: n, kind: {kind}{veto}, points: {points}, lead: mzj, words: w, community_value: {value}, community_value_why: w, community_breakdown: {breakdown}, {main}, also: [{}], rule: {rule}}}\n",
            also.join(", ")
        );
        (text, if kind == "basic" { points } else { 0 })
    }
}

/// A standard of `indicators` indicators as its two texts: standard and measures.
pub fn pack_texts(chance: &mut Chance, indicators: usize) -> (String, String) {
    let mut author = Author { chance, made: Vec::new(), lines: String::new(), codes: 0, subject: String::new() };
    author.measures();
    let mut total = 0;
    let mut list = String::new();
    for i in 1..=indicators {
        let (text, points) = author.indicator(&format!("A{i:02}"));
        total += points;
        list.push_str(&text);
    }
    let standard = format!(
        "standard: {{id: random, name_zh: n, version: 1, total_points: {total}}}\nareas:\n- {{code: A, name_zh: n, name_en: n, indicators: {indicators}, points: {total}}}\nindicators:\n{list}"
    );
    (standard, format!("measures:\n{}", author.lines))
}

/// A pack of those texts.
pub fn pack(chance: &mut Chance, indicators: usize) -> Pack {
    let (standard, measures) = pack_texts(chance, indicators);
    Pack::load("standard.yaml", &standard, "measures.yaml", &measures)
        .unwrap_or_else(|errors| panic!("{errors}\n{standard}"))
}
